"""Rows with fewer cells than columns, in text and in web tables."""

from __future__ import annotations

import pytest

from ingest.drifted_rows import fill_short_rows
from ingest.extract import label_cells
from ingest.readers.html import read_html
from ingest.readers.text import parse_text
from ingest.tables import Table, assemble

HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def text_table(*rows: str) -> Table:
    lines = ["\t".join(HEADER), *(row.replace("|", "\t") for row in rows)]
    [table] = assemble(parse_text("\n".join(["支出决算表", "", *lines]))).tables
    return table


def readings_of(table: Table) -> tuple[list[tuple[int, str]], list[list[tuple[int, int, str]]]]:
    """Return the amounts of the last row as read first, and the changes of the other readings."""
    cells = label_cells(table)
    readings = fill_short_rows(table, cells)
    last = table.row_count
    first = sorted((c.column_number, c.cell_text) for c in cells if c.row_number == last)
    changes = [[(c.row_number, c.column_number, c.cell_text) for c in r] for r in readings]
    return [pair for pair in first if pair[0] > 2], changes


def test_a_short_row_is_read_in_every_way_that_keeps_the_order():
    first, changes = readings_of(text_table("201|甲|5|3|2", "205|乙|7|7"))
    assert first == [(3, "7"), (4, "7"), (5, "")]
    assert changes == [
        [(3, 4, ""), (3, 5, "7")],
        [(3, 3, ""), (3, 5, "7")],
    ]


def test_rows_of_one_length_are_moved_alike():
    _, changes = readings_of(text_table("201|甲|5|3|2", "205|乙|7|7", "208|丙|9|9"))
    assert changes[0] == [(3, 4, ""), (3, 5, "7"), (4, 4, ""), (4, 5, "9")]
    assert len(changes) == 2


@pytest.mark.parametrize(
    "rows",
    [
        ("201|甲|5|3|2", "205|乙|7|7|"),
        # A table that keeps blank cells drops them at the end of a row only.
        ("201|甲|5||5", "205|乙|7|7"),
        ("201|甲|5|3|2", "205|乙"),
    ],
)
def test_a_row_whose_blanks_are_there_or_at_the_end_is_read_in_one_way(rows):
    assert readings_of(text_table(*rows))[1] == []


def test_more_ways_than_can_be_compared_are_none():
    rows = [f"2{number:02}|甲|5|5" for number in range(1, 99)]
    assert len(readings_of(text_table(*rows[:90]))[1]) == 2
    assert readings_of(text_table(*(row for row in rows for _ in range(8))))[1] == []


def test_a_web_table_whose_row_lacks_a_cell_is_filled_up():
    header = "".join(f"<th>{text}</th>" for text in HEADER)
    rows = [
        "<td>201</td><td>甲</td><td>5</td><td>3</td><td>2</td>",
        "<td>205</td><td>乙</td><td>7</td><td>7</td>",
    ]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    page = f"<p>支出决算表</p><table><tr>{header}</tr>{body}</table>"
    [table] = assemble(read_html(page.encode())).tables
    first, changes = readings_of(table)
    assert first == [(3, "7"), (4, "7"), (5, "")]
    assert len(changes) == 2
