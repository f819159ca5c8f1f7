"""Tables cut by a page break (or, in text, by a blank line): when to join them, and how."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.document import Cell, Grid
from ingest.headers import count_header_rows, rows_of
from ingest.normalise import is_code, is_number, normalise
from ingest.report_vocabulary import is_block_title
from ingest.seeds import header_roles

if TYPE_CHECKING:
    from ingest.tables import Table

EDGE_TOLERANCE = 3.0  # points; inner edges may differ, outer ones do not
_TOTALS = ("合计", "总计", "小计")


def continues(table: Table, grid: Grid) -> bool:
    """Whether a grid with no text before it goes on with the table."""
    last = table.grids[-1]
    if grid.begins_anew:
        return False
    if grid.box and last.box:
        return (
            grid.page_number == last.page_number + 1
            and abs(grid.box.x0 - last.box.x0) <= EDGE_TOLERANCE
            and abs(grid.box.x1 - last.box.x1) <= EDGE_TOLERANCE
            and (table.is_evaluation_form or column_map(last, grid) is not None)
        )
    if table.is_report or table.is_evaluation_form:
        return True
    if _repeated_rows(table, grid) > 0:
        return True
    return grid.column_count == last.column_count and not _has_own_header(grid)


def _has_own_header(grid: Grid) -> bool:
    """Whether a grid opens with words that head columns (项目, 科目名称), as a new table does."""
    rows = rows_of(grid.cells, grid.row_count)
    header = rows[: count_header_rows(rows)]
    return any(normalise(cell.text) in header_roles() for row in header for cell in row)


def continued_cells(table: Table, grid: Grid) -> tuple[tuple[Cell, ...], int]:
    """Return the table's cells with the grid's appended, and the new number of rows.

    Rows that repeat the header are dropped; a first row that is the rest of a row cut by the page
    break is joined to the last one.
    """
    is_form = table.is_evaluation_form
    drop = 0 if is_form else _repeated_rows(table, grid)
    # The parts of a form have columns of their own: they are told by where they stand.
    mapped = None if is_form else column_map(table.grids[-1], grid)
    columns = mapped or list(range(grid.column_count))
    rows = [
        [replace(cell, column_number=columns[cell.column_number]) for cell in row]
        for row in rows_of(grid.cells, grid.row_count)[drop:]
    ]
    cells = list(table.cells)
    if rows and not is_form and _is_rest_of_row(table, rows[0]):
        rest = {cell.column_number: cell.text for cell in rows[0] if cell.text.strip()}
        last = table.row_count - 1
        cells = [
            replace(cell, text=f"{cell.text}\n{rest[cell.column_number]}")
            if cell.row_number == last and cell.column_number in rest
            else cell
            for cell in cells
        ]
        rows = rows[1:]
    for offset, row in enumerate(rows):
        cells += [replace(cell, row_number=table.row_count + offset) for cell in row]
    return tuple(cells), table.row_count + len(rows)


def column_map(first: Grid, second: Grid) -> list[int] | None:
    """Return the column of ``first`` under which each column of ``second`` stands, or None.

    Equal column counts map one to one; otherwise each column goes where it overlaps most, and two
    columns that would fall into one make the grids different tables.
    """
    if first.column_count == second.column_count:
        return list(range(second.column_count))
    if not (first.box and second.box):
        return None
    ours, theirs = _column_spans(first), _column_spans(second)
    mapped = []
    for column in range(second.column_count):
        if column not in theirs or not ours:
            return None
        x0, x1 = theirs[column]
        mapped.append(max(ours, key=lambda c: min(ours[c][1], x1) - max(ours[c][0], x0)))
    return mapped if len(set(mapped)) == len(mapped) else None


def _column_spans(grid: Grid) -> dict[int, tuple[float, float]]:
    spans: dict[int, tuple[float, float]] = {}
    for cell in grid.cells:
        if cell.box and cell.column_span == 1:
            spans.setdefault(cell.column_number, (cell.box.x0, cell.box.x1))
    return spans


def _repeated_rows(table: Table, grid: Grid) -> int:
    """Return how many leading rows of the grid repeat the table's header.

    A place that prints 合计 inside the header repeats it with the header.
    """
    rows = rows_of(table.cells, table.row_count)
    count = count_header_rows(rows, table.skip)
    ours = [_texts(row) for row in rows[:count]]
    first = _texts(rows[count]) if count < len(rows) else []
    theirs = [_texts(row) for row in rows_of(grid.cells, grid.row_count)]
    for start in range(len(ours)):
        length = 0
        while (
            start + length < len(ours)
            and length < len(theirs)
            and ours[start + length] == theirs[length]
        ):
            length += 1
        # A repeat may leave out the row of column numbers, or repeat only the lower rows.
        if length and (start == 0 or start + length == len(ours)):
            is_total = bool(first) and first[0] in _TOTALS
            return length + (is_total and theirs[length : length + 1] == [first])
    return 0


def _texts(row: list[Cell]) -> list[str]:
    return [text for cell in row if (text := normalise(cell.text))]


def _is_rest_of_row(table: Table, row: list[Cell]) -> bool:
    """Whether a row only continues the cells of the table's last row, cut by the page break.

    Told by what a whole row would have: a code where the table has codes, a 行次 where it has 行次.
    Without either, two rows are two rows.
    """
    filled = {c.column_number: normalise(c.text) for c in row if c.text.strip()}
    rows = rows_of(table.cells, table.row_count)
    last = {c.column_number: normalise(c.text) for c in rows[-1] if c.text.strip()}
    if not filled or any(column not in last for column in filled):
        return False
    if any(map(is_block_title, filled.values())):
        return False
    if any(is_number(last[c]) and is_number(text) for c, text in filled.items()):
        return False
    if any(text.startswith(_TOTALS) or text.endswith(_TOTALS) for text in filled.values()):
        return False
    body = rows[count_header_rows(rows, table.skip) :]
    keys = _key_columns(body)
    return any(c in last for c in keys) and not any(c in filled for c in keys)


def _key_columns(body: list[list[Cell]]) -> set[int]:
    """Return the columns of codes or of row numbers (whole numbers up to three digits)."""
    texts: dict[int, list[str]] = {}
    for row in body:
        for cell in row:
            if cell.text.strip():
                texts.setdefault(cell.column_number, []).append(normalise(cell.text))
    return {
        column
        for column, values in texts.items()
        if all(is_code(v) or v in _TOTALS for v in values)
        or all(v.isdigit() and len(v) <= 3 for v in values)
    }
