"""Plain text: tables by tabs or between bars, and prose that is never taken for a table."""

import pytest

from ingest.document import Grid, Line
from ingest.readers.text import parse_text


def rows(document):
    out = []
    for grid in (e for e in document.elements if isinstance(e, Grid)):
        table = [[""] * grid.column_count for _ in range(grid.row_count)]
        for cell in grid.cells:
            table[cell.row_number][cell.column_number] = cell.text
        out.append(table)
    return out


def lines(document):
    return [e.text for e in document.elements if isinstance(e, Line) and e.text]


TABLE = [["项目", "决算数"], ["合计", "5"], ["其中", ""]]


@pytest.mark.parametrize(
    "text",
    [
        "| 项目 | 决算数 |\n|:---|---:|\n| 合计 | 5 |\n| 其中 |  |",
        "+----+----+\n| 项目 | 决算数 |\n+----+----+\n| 合计 | 5 |\n| 其中 | |\n+----+----+",
        "┌──┬──┐\n│项目│决算数│\n├──┼──┤\n│合计│5│\n│其中│　│\n└──┴──┘",
        "项目\t决算数\n合计\t5\n其中\t",
    ],
)
def test_tables_between_bars(text):
    document = parse_text(f"收入决算表\n{text}\n完")
    assert rows(document) == [TABLE]
    assert lines(document) == ["收入决算表", "完"]


def test_cells_between_bars_have_the_line_they_stand_on():
    (grid,) = (
        e for e in parse_text("a\n| b | 1 |\n|---|---|\n| c | 2 |").elements if isinstance(e, Grid)
    )
    assert [cell.line_number for cell in grid.cells] == [2, 2, 4, 4]


@pytest.mark.parametrize(
    "text",
    [
        "| 注意 | 公开 |",
        "| a | b |\n| c | d | e |",
        "收入|支出 5|4",
        "| 只有一格 |\n| 还是一格 |",
        "收入    5 万元\n支出    4 万元\n结余    1 万元",
    ],
)
def test_prose_is_never_a_table(text):
    document = parse_text(text)
    assert rows(document) == []
    assert lines(document) == text.split("\n")


def test_tabs_after_bars_are_another_table():
    assert len(rows(parse_text("| a | b |\n| c | d |\ne\tf\ng\th"))) == 2


def test_a_dash_line_in_prose_stays():
    assert lines(parse_text("前\n----\n后")) == ["前", "----", "后"]
