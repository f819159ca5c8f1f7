"""Which further readings a table with doubtful cells has."""

from __future__ import annotations

from ingest.labels import LabelledCell
from ingest.readings import MOST_READINGS, further_readings


def cell(
    text: str,
    *alternatives: tuple[str, float],
    column: int = 1,
    confidence: float | None = 0.9,
    kind: str = "value",
) -> LabelledCell:
    return LabelledCell(
        page_number=1,
        line_number=None,
        row_number=1,
        column_number=column,
        block_number=1,
        block_label="",
        row_code="201",
        row_label="一般公共服务支出",
        column_label="合计",
        cell_kind=kind,
        cell_text=text,
        confidence=confidence,
        alternatives=alternatives,
    )


def texts(cells: list[LabelledCell]) -> list[list[tuple[int, str]]]:
    readings = further_readings(cells)
    return [[(c.column_number, c.cell_text) for c in changed] for changed in readings]


def test_the_most_doubtful_cell_comes_first_then_cells_in_pairs():
    cells = [
        cell("13.00", ("18.00", 0.8), column=1, confidence=0.9),
        cell("0.00", column=2, confidence=0.99),
        cell("6.1", ("8.1", 0.5), ("5.1", 0.4), ("9.1", 0.3), column=3, confidence=0.6),
    ]
    assert texts(cells) == [
        [(3, "8.1")],
        [(3, "5.1")],
        [(1, "18.00")],
        [(3, "8.1"), (1, "18.00")],
        [(3, "5.1"), (1, "18.00")],
    ]
    [first, *_] = further_readings(cells)
    assert (first[0].confidence, first[0].row_label) == (0.5, "一般公共服务支出")


def test_what_states_the_same_number_or_none_is_no_other_reading():
    assert texts([cell("1,264.87", ("1264.87", 0.9), ("1 264.870", 0.9), ("l264", 0.8))]) == []
    assert texts([cell("1O4.87", ("104.87", 0.0))]) == [[(1, "104.87")]]
    assert texts([cell("2010301", ("2010801", 0.9), kind="code")]) == []
    # Figures of a file that states its text have no other reading.
    assert texts([cell("13.00", ("18.00", 0.8), confidence=None)]) == []


def test_a_page_of_doubtful_cells_has_a_bounded_number_of_readings():
    cells = [cell("1", ("2", 0.5), ("3", 0.5), column=n) for n in range(100)]
    assert len(further_readings(cells)) == MOST_READINGS
