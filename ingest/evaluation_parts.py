"""The one-page self-evaluation form cut into its parts, and the columns that its headers set out.

Ruled cells are placed under the header cell that they lie below on the page, so that a part which
goes on overleaf may be cut into other columns there; the cells of a text are placed by their number
in the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.captions import is_note_cell
from ingest.document import Cell
from ingest.evaluation_vocabulary import (
    CLOSING,
    FUNDING,
    GOALS,
    INDICATORS,
    INFORMATION,
    header_of,
    is_field,
    is_figure,
    is_level,
    is_nothing,
    is_total,
    kind_of,
    text_of,
    word_of,
)

Row = list[Cell]
_EPSILON = 1e-6
# A row of funding leaves at least so many cells for its amounts.
MIN_FUNDING_CELLS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A header cell: its word, or path of words, and from where to where it reaches."""

    label: str
    start: float
    end: float


@dataclass(slots=True)
class Part:
    """The rows of one part; the first ``header_count`` of them are its header."""

    label: str
    rows: list[Row] = field(default_factory=list)
    header_count: int = 0

    @property
    def header(self) -> list[Row]:
        """The rows of the header."""
        return self.rows[: self.header_count]

    @property
    def body(self) -> list[Row]:
        """The rows below the header."""
        return self.rows[self.header_count :]


def filled(row: Row) -> Row:
    """Return the cells of a row that hold text."""
    return [cell for cell in row if cell.text.strip()]


def split_parts(rows: list[Row], has_merges: bool) -> list[Part]:
    """Cut the rows of a form into its parts, top to bottom."""
    parts = [Part(INFORMATION)]
    for row in rows:
        part = parts[-1]
        header = header_of(row)
        is_again = bool(part.header_count) and header == part.label
        if header and not is_again:
            parts.append(Part(header, [row], 1))
            continue
        if not is_again and part.header_count == len(part.rows) == 1:
            part.header_count += _is_lower_header(part, row, has_merges)
        elif not is_again and part.label == FUNDING and not _is_funding(row):
            parts.append(Part(GOALS))
        parts[-1].rows.append(row)
    return [each for part in parts for each in _without_closing(part, has_merges) if each.rows]


def _is_lower_header(part: Part, row: Row, has_merges: bool) -> bool:
    """Whether a row goes on with the header above it, such as halves of the year under one word."""
    words = [word_of(cell) for cell in filled(row)]
    if not words or any(map(is_figure, words)):
        return False
    if has_merges:
        lowest = max(c.row_number + c.row_span for c in _own_cells(part.label, part.rows[0]))
        return row[0].row_number < lowest
    return all(kind_of(part.label, word) for word in words)


def _is_funding(row: Row) -> bool:
    """Whether a row below the header of the funding states amounts, or leaves them blank."""
    texts = [text_of(cell) for cell in filled(row)]
    if any(map(is_figure, texts[1:])) or (len(texts) == 1 and is_note_cell(texts[0])):
        return True
    # A source without amounts: its label, and at most dashes.
    return sum(not is_nothing(text) for text in texts) <= 1 and len(row) > MIN_FUNDING_CELLS


def _without_closing(part: Part, has_merges: bool) -> list[Part]:
    """Part the fields that follow the total, or the last indicator, from the indicators."""
    if part.label != INDICATORS:
        return [part]
    columns = columns_of(part, has_merges)
    indicators, totals, fields = [], [], []
    for number, row in enumerate(part.body):
        first = next((text_of(cell) for cell in filled(row)), "")
        if is_total(first) and any(is_figure(text_of(cell)) for cell in filled(row)[1:]):
            totals.append(number)
        elif is_field(first):
            fields.append(number)
        elif depth_of(row, columns, has_merges) > 1 or header_of(row) == INDICATORS:
            indicators.append(number)
    last = max((*totals, *indicators), default=-1)
    first_field = min((n for n in fields if n > max(totals, default=-1)), default=last + 1)
    # A total above its indicators closes nothing, and neither does a field in their midst.
    count = part.header_count + (last + 1 if first_field > last else first_field)
    if totals and not any(n > totals[-1] and n < first_field for n in indicators):
        count = part.header_count + totals[-1] + 1
    return [
        Part(INDICATORS, part.rows[:count], part.header_count),
        Part(CLOSING, part.rows[count:]),
    ]


def depth_of(row: Row, columns: Sequence[Column], has_merges: bool) -> int:
    """Return the deepest level of the indicators under which a row holds text, 0 for none.

    A cell that spans them all, as a total does, stands under none.
    """
    levels = [column for column in columns if is_level(column.label)]
    deepest = 0
    for cell in filled(row):
        start, end = reach(cell, has_merges)
        if start <= levels[0].start + _EPSILON and end >= levels[-1].end - _EPSILON:
            continue
        column = under(cell, levels, has_merges)
        deepest = max(deepest, levels.index(column) + 1 if column else 0)
    return deepest


def reach(cell: Cell, has_merges: bool) -> tuple[float, float]:
    """Return from where to where a cell reaches: points on the page, or numbers of columns."""
    if has_merges and cell.box:
        return cell.box.x0, cell.box.x1
    return cell.column_number, cell.column_number + cell.column_span


def under(cell: Cell, columns: Sequence[Column], has_merges: bool) -> Column | None:
    """Return the column that a cell stands under: the one it shares most with, half at least."""
    start, end = reach(cell, has_merges)
    best, most = None, 0.0
    for column in columns:
        shared = min(end, column.end) - max(start, column.start)
        if shared > most and shared * 2 > min(end - start, column.end - column.start):
            best, most = column, shared
    return best


def columns_of(part: Part, has_merges: bool) -> list[Column]:
    """Return the columns that the header of a part sets out, left to right."""
    upper = _own_cells(part.label, part.rows[0])
    reaches = [reach(cell, has_merges) for cell in upper]
    if not has_merges:
        # Blank cells after a word stand for its merged cell.
        ends = [start for start, _ in reaches[1:]] + [len(part.rows[0])]
        reaches = [(start, end) for (start, _), end in zip(reaches, ends, strict=True)]
    columns = [Column(word_of(c), *r) for c, r in zip(upper, reaches, strict=True)]
    for row in part.header[1:]:
        for cell in filled(row):
            above = under(cell, columns, has_merges)
            if above is None:
                continue
            start, end = reach(cell, has_merges)
            pieces = [
                replace(above, end=start),
                Column(f"{above.label}/{word_of(cell)}", start, end),
                replace(above, start=end),
            ]
            place = columns.index(above)
            columns[place : place + 1] = [p for p in pieces if p.end - p.start > _EPSILON]
    return columns


def _own_cells(label: str, head: Row) -> Row:
    """Return the cells of a header from its first known word on: left of it stands the title."""
    cells = filled(head)
    known = [
        is_level(word_of(cell)) if label == INDICATORS else bool(kind_of(label, word_of(cell)))
        for cell in cells
    ]
    return cells[known.index(True) :]
