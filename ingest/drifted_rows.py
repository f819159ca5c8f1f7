"""Other readings of rows that have fewer cells than their table has columns.

Where columns are counted and not measured (text with tabs, web tables), a blank cell that was left
out moves all behind it to the left. The first reading takes a short row as it stands; a further one
takes cells to be missing elsewhere, in all rows of that length alike. Which of them holds, the sums
of the form decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import comb

from ingest.document import Cell
from ingest.headers import MEASURE, Layout, read_layout, rows_of
from ingest.labels import LabelledCell
from ingest.tables import Table

# All the ways to read the rows, or none: enough for one row of twelve columns with four missing.
MOST_CELLS = 6000

Row = list[LabelledCell]


def fill_short_rows(table: Table, labelled: list[LabelledCell]) -> list[Row]:
    """Complete the short rows of a table with blanks and return their further readings.

    ``labelled`` are the cells of the table in their first reading; the blanks are added to it. A
    further reading is the list of the cells that it reads otherwise. Nothing is done for a table of
    more than one block, or where there are more ways to read the rows than can be compared.
    """
    if table.is_report or table.is_evaluation_form or _is_measured(table):
        return []
    layout = read_layout(
        table.cells, table.row_count, table.column_count, table.has_merges, table.skip
    )
    short = _short_rows(rows_of(table.cells, table.row_count), layout)
    if not short:
        return []
    columns = range(layout.roles.index(MEASURE), table.column_count)
    rows_by_length: dict[int, list[Row]] = defaultdict(list)
    for number, end in short:
        row = [
            cell
            for cell in labelled
            if cell.row_number == number + 1 and columns.start < cell.column_number <= end
        ]
        if row and all(cell.cell_kind == "value" for cell in row):
            rows_by_length[len(row)].append(sorted(row, key=lambda cell: cell.column_number))
    known = {(cell.row_number, cell.column_number) for cell in labelled}
    readings = []
    for length, rows in rows_by_length.items():
        if comb(len(columns), length) * len(columns) * len(rows) > MOST_CELLS:
            continue
        # The first way is the first reading: cells are missing at the end alone.
        first_way, *other_ways = combinations(columns, length)
        as_read = [cell for row in rows for cell in _spread(row, first_way, columns, layout)]
        labelled += [c for c in as_read if (c.row_number, c.column_number) not in known]
        for way in other_ways:
            moved = [cell for row in rows for cell in _spread(row, way, columns, layout)]
            pairs = zip(moved, as_read, strict=True)
            readings.append([cell for cell, first in pairs if cell.cell_text != first.cell_text])
    return readings


def _is_measured(table: Table) -> bool:
    """Whether the cells stand where a page shows them: none of them is counted."""
    return any(cell.box or cell.confidence is not None for cell in table.cells)


def _short_rows(rows: list[list[Cell]], layout: Layout) -> list[tuple[int, int]]:
    """Return number and count of cells of the body rows that end before the last column.

    None where the table keeps blank cells among its amounts: a row ends early there because its
    last cells are blank. None where amounts are parted by labels.
    """
    roles = layout.roles
    if MEASURE not in roles or set(roles[roles.index(MEASURE) :]) != {MEASURE}:
        return []
    found = []
    for number, row in enumerate(rows[layout.header_row_count :], layout.header_row_count):
        there = [cell for cell in row if not cell.is_missing]
        amounts = [cell for cell in there if roles[cell.column_number] == MEASURE]
        if not all(cell.text.strip() for cell in amounts):
            return []
        is_counted = [cell.column_number for cell in there] == list(range(len(there)))
        if amounts and is_counted and len(there) < len(roles):
            found.append((number, len(there)))
    return found


def _spread(row: Row, way: Sequence[int], columns: Sequence[int], layout: Layout) -> Row:
    """Return a row over all columns of amounts: its cells in those of ``way``, else blanks."""
    text_at = dict(zip(way, (cell.cell_text for cell in row), strict=True))
    return [
        replace(
            row[0],
            column_number=column + 1,
            column_label=layout.column_labels[column],
            cell_text=text_at.get(column, ""),
        )
        for column in columns
    ]
