"""Elements in reading order for the formats that have paragraphs and cells but no page geometry."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.captions import opens_broken_title
from ingest.document import Cell, Grid, Line
from ingest.errors import RejectedDocument

MAX_GRID_CELLS = 2_000_000


class Flow:
    """Collects lines and grids; every paragraph is closed by a blank line, as in plain text."""

    def __init__(self) -> None:
        self.elements: list[Line | Grid] = []

    def paragraph(self, text: str, page_number: int, line_number: int) -> None:
        """Add the lines of one paragraph; a title that breaks off stays open for its other half."""
        for part in text.split("\n"):
            if part.strip():
                self.elements.append(Line(part.strip(), page_number, line_number))
        if text.strip() and not opens_broken_title(text):
            self.elements.append(Line("", page_number, line_number))

    def grid(
        self, cells: Iterable[Cell], *, begins_anew: bool = False, is_counted: bool = False
    ) -> None:
        """Add a grid of cells placed anyhow; rows and columns that no cell starts in are closed up.

        ``is_counted`` says that a cell stands where counting puts it, not where the file says.
        Nothing is added when no cell has text.
        """
        grid = close_up(tuple(cells), begins_anew, is_counted)
        if grid:
            self.elements.append(grid)


def close_up(
    cells: tuple[Cell, ...], begins_anew: bool = False, is_counted: bool = False
) -> Grid | None:
    """Return the cells as a grid without the rows and columns that only spans run through.

    Every place that no cell covers becomes an empty cell. None when there is no text at all.
    """
    if not any(cell.text.strip() for cell in cells):
        return None
    row_at = {row: n for n, row in enumerate(sorted({c.row_number for c in cells}))}
    column_at = {column: n for n, column in enumerate(sorted({c.column_number for c in cells}))}
    if len(row_at) * len(column_at) > MAX_GRID_CELLS:
        raise RejectedDocument(
            "有一张表大得不像决算表，请只提供决算表 / "
            "One table is far larger than any statutory form: provide the forms alone"
        )
    placed: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    places: dict[int, tuple[int, int | None]] = {}
    ends: dict[int, int] = {}
    for cell in sorted(cells, key=lambda c: (c.row_number, c.column_number)):
        row, column = row_at[cell.row_number], column_at[cell.column_number]
        if (row, column) in covered:
            continue
        row_span = _kept(row_at, cell.row_number, cell.row_span)
        column_span = _kept(column_at, cell.column_number, cell.column_span)
        placed.append(
            Cell(
                cell.text,
                row,
                column,
                row_span,
                column_span,
                cell.page_number,
                cell.line_number,
            )
        )
        places.setdefault(row, (cell.page_number, cell.line_number))
        covered |= {
            (r, c) for r in range(row, row + row_span) for c in range(column, column + column_span)
        }
        for r in range(row, row + row_span):
            ends[r] = max(ends.get(r, 0), column + column_span - 1)
    for row, (page_number, line_number) in places.items():
        placed += [
            Cell(
                "",
                row,
                column,
                page_number=page_number,
                line_number=line_number,
                is_missing=is_counted and column > ends[row],
            )
            for column in range(len(column_at))
            if (row, column) not in covered
        ]
    return Grid(
        cells=tuple(sorted(placed, key=lambda c: (c.row_number, c.column_number))),
        row_count=len(row_at),
        column_count=len(column_at),
        page_number=placed[0].page_number,
        has_merges=any(c.row_span > 1 or c.column_span > 1 for c in placed),
        begins_anew=begins_anew,
    )


def _kept(kept: dict[int, int], first: int, span: int) -> int:
    """Return how many of the rows (or columns) that a span covers are kept."""
    if span == 1:
        return 1
    return max(1, sum(first <= number < first + span for number in kept))
