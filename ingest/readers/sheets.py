"""Worksheets of any workbook format to a Document: what stands around a table, and the table.

Only what a person sees is read: hidden sheets, rows and columns are left out. The page number is
the number of the sheet among those shown, the line number the row in the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.captions import classify_line, is_note
from ingest.document import Cell, Document
from ingest.errors import RejectedDocument
from ingest.normalise import is_number, normalise
from ingest.readers.flow import Flow

MIN_PROSE_LENGTH = 30


@dataclass(frozen=True, slots=True)
class SheetCell:
    """The text a cell shows; ``is_ruled`` says whether it has a rule to its left or right."""

    text: str
    is_ruled: bool = False


@dataclass(slots=True)
class Sheet:
    """One worksheet; rows and columns count from 1, merges are (first row, first column, last row,
    last column).
    """

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def document_of(sheets: Iterable[Sheet], media_type: str) -> Document:
    """Return the Document of the sheets that are shown, in their order."""
    flow = Flow()
    count = 0
    for sheet in sheets:
        count += 1
        _read_sheet(sheet, count, flow)
    if not flow.elements:
        raise RejectedDocument(
            "工作簿里没有可见的内容，请取消隐藏后再提供 / "
            "The workbook shows nothing: unhide its sheets and provide it again"
        )
    return Document(media_type, max(count, 1), tuple(flow.elements))


def _read_sheet(sheet: Sheet, page_number: int, flow: Flow) -> None:
    rows = _visible_rows(sheet)
    pieces = _pieces(rows, sheet.hidden_rows)
    prints_title = any(
        classify_line(text)[0] == "title"
        for kind, _, row in pieces
        if kind == "line"
        for text in _line_texts(row)
    )
    name_row = min((number for _, number, _ in pieces), default=1)
    if pieces and not prints_title and classify_line(sheet.name)[0] == "title":
        flow.paragraph(sheet.name, page_number, name_row)
    begins_anew = True
    table: list[Cell] = []
    opening: list[str] = []

    def close() -> None:
        nonlocal begins_anew
        if table:
            flow.grid(table, begins_anew=begins_anew)
            begins_anew = False
            table.clear()

    for kind, number, row in pieces:
        if kind == "line":
            close()
            opening = []
            for text in _line_texts(row):
                flow.paragraph(text, page_number, number)
        elif kind == "gap":
            close()
            if not _reads_on(row, opening):
                begins_anew, opening = True, []
        else:
            opening = opening or _texts(row)
            table += [
                Cell(
                    cell.text,
                    number,
                    column,
                    rows_spanned,
                    columns_spanned,
                    page_number,
                    number,
                )
                for column, (cell, rows_spanned, columns_spanned) in row.items()
            ]
    close()


Row = dict[int, tuple[SheetCell, int, int]]


def _visible_rows(sheet: Sheet) -> dict[int, Row]:
    """Return the visible rows that show anything: column → (cell, rows spanned, columns spanned).

    Columns without any text are left out. A merged cell stands at its first row and column that is
    shown.
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    cells = dict(sheet.cells)
    for first_row, first_column, last_row, last_column in sheet.merges:
        cell = cells.get((first_row, first_column))
        if not cell or not cell.text.strip():
            continue
        place = (
            _first_shown(first_row, last_row, sheet.hidden_rows),
            _first_shown(first_column, last_column, sheet.hidden_columns),
        )
        if None in place:
            continue
        del cells[first_row, first_column]
        cells[place] = cell
        spans[place] = (last_row - place[0] + 1, last_column - place[1] + 1)
    rows: dict[int, Row] = {}
    for (row, column), cell in sorted(cells.items()):
        if row in sheet.hidden_rows or column in sheet.hidden_columns:
            continue
        if cell.text.strip() or cell.is_ruled:
            rows.setdefault(row, {})[column] = (cell, *spans.get((row, column), (1, 1)))
    filled = {column for row in rows.values() for column in row if row[column][0].text.strip()}
    return {
        number: {column: row[column] for column in row if column in filled}
        for number, row in rows.items()
    }


def _first_shown(first: int, last: int, hidden: set[int]) -> int | None:
    return next((number for number in range(first, last + 1) if number not in hidden), None)


def _pieces(rows: dict[int, Row], hidden: set[int]) -> list[tuple[str, int, Row]]:
    """Part the rows into lines (titles, captions, notes, prose), rows of tables, and gaps in them.

    A gap carries the row that follows it.
    """
    pieces: list[tuple[str, int, Row]] = []
    in_table = False
    last_row = 0
    # Rows that a merged cell of the table reaches into belong to it, empty or not.
    reach = 0
    for number, row in sorted(rows.items()):
        filled = {column: entry for column, entry in row.items() if entry[0].text.strip()}
        if not filled:
            continue
        between = range(max(last_row, reach) + 1, number)
        # A gap is an empty row that is shown and not ruled as the rows of a table are.
        has_gap = any(row not in hidden and not rows.get(row) for row in between)
        if in_table and has_gap:
            pieces.append(("gap", number, filled))
            in_table = False
        last_row = number
        if _is_line(filled, in_table):
            pieces.append(("line", number, filled))
            in_table = False
            continue
        in_table = True
        reach = max(reach, *(number + spanned - 1 for _, spanned, _ in filled.values()))
        pieces.append(("row", number, row))
    return pieces


def _reads_on(row: Row, opening: list[str]) -> bool:
    """Whether a row after a gap goes on with the table: with figures, or its header once more."""
    texts = _texts(row)
    return any(map(is_number, texts)) or texts == opening


def _texts(row: Row) -> list[str]:
    return [text for cell, _, _ in row.values() if (text := normalise(cell.text))]


def _is_line(row: Row, in_table: bool) -> bool:
    texts = [cell.text for cell, _, _ in row.values()]
    kinds = {classify_line(text)[0] for text in texts}
    is_ruled = any(cell.is_ruled for cell, _, _ in row.values())
    if len(texts) == 1:
        (text,) = texts
        is_prose = len(text) >= MIN_PROSE_LENGTH and text.rstrip().endswith(("。", "；"))
        if in_table:
            is_caption = kinds <= {"title", "caption"} and not is_ruled
            return is_caption or is_note(text) or (is_prose and not is_ruled)
        return kinds <= {"title", "caption"} or is_prose or is_note(text) or not is_ruled
    if in_table and is_ruled:
        return False
    return kinds <= {"title", "caption"} or classify_line(" ".join(texts))[0] == "caption"


def _line_texts(row: Row) -> list[str]:
    """Return the lines a row prints: one for each caption, one for a caption in several cells."""
    texts = [cell.text for cell, _, _ in row.values()]
    if all(classify_line(text)[0] in ("title", "caption") for text in texts):
        return texts
    return [" ".join(texts)]
