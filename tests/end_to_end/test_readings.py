"""What can be read in several ways: the sums of its form choose among what was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ingest import extract
from ingest.document import Cell, Document, Grid
from ingest.readers import read_document
from juesuan.refresh import refresh
from juesuan.settings import Home
from juesuan.trace import find_places

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
pytestmark = pytest.mark.slow

# What was read instead of what the file says: header or row label of the table, the text of the
# cell, how often it stands before in the table, what was read, how surely, and what else was read.
Misread = tuple[str, str, int, str, float, tuple[tuple[str, float], ...]]
MENDED: list[Misread] = [
    ("上缴上级支出", "136.48", 0, "186.48", 0.80, (("135.48", 0.78), ("136.48", 0.75))),
    # Doubtful as well, and right: no sum asks for another reading of it.
    ("上缴上级支出", "21.18", 0, "21.18", 0.85, (("27.18", 0.60),)),
]
TIED: list[Misread] = [
    ("公务接待费", "0.00", 0, "0.00", 0.80, (("0.50", 0.70),)),
    ("公务接待费", "0.70", 0, "0.20", 0.80, (("0.70", 0.70),)),
]
# The total of 三公 is printed wrong; that another cell is doubtful does not mend it.
PRINTED_WRONG: list[Misread] = [("公务接待费", "0.38", 0, "0.38", 0.80, (("0.48", 0.70),))]
WRONG = {
    "archives-2022.txt": MENDED,
    "archives-2023.txt": TIED,
    "archives-2024.txt": PRINTED_WRONG,
}
# The amounts of 三公 in a row that lost its blank cells: whose name the file has, and the row.
AMOUNTS = "5.20 0.00 4.50 0.00 4.50 0.70 4.29 0.00 3.85 0.00 3.85 0.44"
SHORT_ROWS = {
    "示例市图书馆": "5.20 4.50 0.00 4.50 0.70 4.29 3.85 0.00 3.85 0.44",
    # 购置费 or 运行维护费: both add up.
    "示例市博物馆": "5.20 4.50 4.50 0.70 4.29 3.85 3.85 0.44",
    # No way to read it adds up, some break less than others.
    "示例市美术馆": "5.20 4.50 0.00 4.50 0.70 4.29 3.85 0.00 3.85 0.49",
}


def recognised(document: Document, misread: list[Misread]) -> Document:
    """The document as if its tables had been read from pictures, some cells wrongly."""
    elements = list(document.elements)
    for number, element in enumerate(elements):
        if isinstance(element, Grid):
            cells = [replace(cell, confidence=0.99) for cell in element.cells]
            texts = {cell.text for cell in cells}
            for header, *wrong in misread:
                if header in texts:
                    _misread(cells, *wrong)
            elements[number] = replace(element, cells=tuple(cells))
    return replace(document, elements=tuple(elements))


def _misread(cells: list[Cell], text: str, skip: int, read: str, confidence: float, others) -> None:
    places = [place for place, cell in enumerate(cells) if cell.text == text]
    if len(places) > skip:
        cell = cells[places[skip]]
        cells[places[skip]] = replace(cell, text=read, confidence=confidence, alternatives=others)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home, short = (Home(tmp_path_factory.mktemp("readings")), tmp_path_factory.mktemp("short"))
    text = (SAMPLES / "archives-2023.txt").read_text(encoding="utf-8")
    for name, row in SHORT_ROWS.items():
        whole, lost = ("\t".join(amounts.split()) for amounts in (AMOUNTS, row))
        assert whole in text
        changed = text.replace(whole, lost).replace("示例市档案馆", name)
        (short / f"{name}.txt").write_text(changed, encoding="utf-8")

    def read(path: Path) -> Document:
        document = read_document(path)
        return recognised(document, WRONG[path.name]) if path.name in WRONG else document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extract, "read_document", read)
        refresh([*(SAMPLES / name for name in WRONG), short], home, workers=1)
    return home


def rows(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_figure_read_wrong_with_the_right_reading_beside_it_is_right(home: Home):
    amounts = rows(
        home,
        "SELECT measure_code, amount_cny::INT, cell_id FROM conformed.fct_line_amount"
        " WHERE form_code = 'expenditure' AND line_code IN ('2012604', '2101101')"
        " AND fiscal_year = 2022 AND amount_cny <> 0 ORDER BY line_code, measure_code",
    )
    assert [row[:2] for row in amounts] == [
        ("project", 1364800),
        ("total", 1364800),
        ("basic", 211800),
        ("total", 211800),
    ]
    assert rows(home, "SELECT status FROM raw.documents WHERE file_name = 'archives-2022.txt'") == [
        ("loaded",)
    ]
    # The figure leads to the reading that was kept, among the other figures of its row.
    [place] = find_places(home, next(row[2] for row in amounts if row[0] == "total"))
    assert "136.48 | 0.00 | 136.48" in place.words_around
    assert "186.48" not in place.words_around


def test_what_was_kept_over_what_and_why_is_there_to_see(home: Home):
    choices = rows(
        home,
        "SELECT first_text, other_text, decision, reason_zh FROM marts.reading_choices"
        " JOIN raw.documents USING (document_id) WHERE file_name = 'archives-2022.txt'",
    )
    [(first, other, decision, reason)] = choices
    assert (first, other, decision) == ("186.48", "136.48", "kept_by_identities")
    assert reason.startswith("取“136.48”：")


def test_readings_that_are_tied_stay_unplaced_and_the_scan_is_held_back(home: Home):
    [(status, reason, tied)] = rows(
        home,
        "SELECT status, status_reason, unplaced_readings_tied_count FROM marts.document_quality"
        " WHERE file_name = 'archives-2023.txt'",
    )
    assert (status, tied) == ("quarantined", 2)
    assert "三公" in reason


def test_a_total_that_is_printed_wrong_is_not_mended(home: Home):
    [(status, reason)] = rows(
        home,
        "SELECT status, status_reason FROM raw.documents WHERE file_name = 'archives-2024.txt'",
    )
    assert status == "quarantined"
    assert "三公" in reason
    decisions = rows(
        home,
        "SELECT DISTINCT reading_number, decision FROM conformed.chosen_readings"
        " JOIN raw.documents USING (document_id)"
        " WHERE file_name = 'archives-2024.txt' ORDER BY 1",
    )
    assert decisions == [(1, "kept_as_read"), (2, "not_kept")]


def three_public(home: Home, name: str) -> list[tuple]:
    return rows(
        home,
        "SELECT phase, measure_code, amount_cny::INT FROM conformed.fct_line_amount"
        " JOIN raw.documents USING (document_id)"
        f" WHERE form_code = 'three_public' AND file_name = '{name}.txt' ORDER BY ALL",
    )


def test_a_row_that_lost_its_blank_cells_is_read_as_its_sums_demand(home: Home):
    assert three_public(home, "示例市图书馆") == [
        ("budget_unspecified", "reception", 7000),
        ("budget_unspecified", "total", 52000),
        ("budget_unspecified", "vehicle_operation", 45000),
        ("budget_unspecified", "vehicle_purchase", 0),
        ("budget_unspecified", "vehicles", 45000),
        ("final", "reception", 4400),
        ("final", "total", 42900),
        ("final", "vehicle_operation", 38500),
        ("final", "vehicle_purchase", 0),
        ("final", "vehicles", 38500),
    ]


def test_where_ways_to_read_a_short_row_differ_nothing_is_placed(home: Home):
    assert three_public(home, "示例市博物馆") == [
        ("budget_unspecified", "reception", 7000),
        ("budget_unspecified", "total", 52000),
        ("budget_unspecified", "vehicles", 45000),
        ("final", "reception", 4400),
        ("final", "total", 42900),
        ("final", "vehicles", 38500),
    ]


def test_a_short_row_that_adds_up_in_no_way_accuses_nobody(home: Home):
    [(tied,)] = rows(
        home,
        "SELECT unplaced_readings_tied_count FROM marts.document_quality"
        " WHERE file_name = '示例市美术馆.txt'",
    )
    assert tied > 0
    assert (
        rows(
            home,
            "SELECT identity_id FROM marts.findings JOIN raw.documents USING (document_id)"
            " WHERE file_name IN ('示例市图书馆.txt', '示例市博物馆.txt', '示例市美术馆.txt')"
            " AND severity <> 'info'",
        )
        == []
    )
