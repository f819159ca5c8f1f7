"""A Document's grids joined to tables, each with the title, caption and notes that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.captions import (
    classify_line,
    department_of,
    is_heading,
    is_note,
    opens_broken_title,
    says_continued,
    unit_of,
)
from ingest.continuation import continued_cells, continues
from ingest.document import Cell, Document, Grid, Line
from ingest.evaluation_form import is_evaluation_form, opens_evaluation_form, unit_inside
from ingest.furniture import find_furniture
from ingest.headers import count_header_rows, rows_of
from ingest.normalise import normalise
from ingest.report_vocabulary import is_block_title

_REPORT_TITLE = re.compile(r"(报告|自评表|评价表)$")
MAX_CAPTION_LINES = 8
MAX_BLOCK_TITLE_LENGTH = 40


@dataclass(slots=True)
class PlacedLine:
    """A printed line outside the grids: its number in the document and what it is there for.

    ``role`` is one of body, title, caption, note, furniture; ``after_blank`` says whether blank
    lines stand above it.
    """

    line: Line
    number: int
    role: str = "body"
    after_blank: bool = False


@dataclass(slots=True)
class Table:
    """One table, however many grids or pages it spans; rows and columns count from 0."""

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    has_merges: bool
    grids: list[Grid]
    form_title: str = ""
    caption_lines: list[PlacedLine] = field(default_factory=list)
    notes: list[PlacedLine] = field(default_factory=list)
    unit_text: str | None = None
    department_text: str | None = None
    skip: int = 0

    @property
    def is_report(self) -> bool:
        """Whether the table is a part of a report of many blocks."""
        return bool(_REPORT_TITLE.search(self.form_title)) and not self.is_evaluation_form

    @property
    def is_evaluation_form(self) -> bool:
        """Whether the table is a one-page self-evaluation form, told by what it holds."""
        return is_evaluation_form(self.cells, self.row_count, self.form_title)

    @property
    def caption(self) -> str:
        """The lines between title and table, in one line."""
        return " ".join(placed.line.text.strip() for placed in self.caption_lines)


@dataclass(slots=True)
class Assembly:
    """What a Document holds: its tables and all printed lines outside them, in order.

    ``order`` is the sequence of both, for the readers of prose that need to know where tables cut.
    """

    tables: list[Table]
    order: list[PlacedLine | Table]

    @property
    def lines(self) -> list[PlacedLine]:
        """The printed lines outside the grids."""
        return [item for item in self.order if isinstance(item, PlacedLine)]


def assemble(document: Document) -> Assembly:
    """Join continued grids, drop phantom ones, and give every table its lines."""
    furniture = find_furniture(document)
    assembly = Assembly([], [])
    between: list[PlacedLine] = []
    current: Table | None = None
    number = 0
    blank = False
    for element in document.elements:
        if isinstance(element, Line):
            number = element.line_number or number + 1
            if not element.text.strip():
                blank = True
                continue
            role = "furniture" if id(element) in furniture else "body"
            placed = PlacedLine(element, number, role, blank)
            blank = False
            assembly.order.append(placed)
            if role == "body":
                between.append(placed)
            continue
        if not any(cell.text.strip() for cell in element.cells):
            continue
        blank = True
        if element.cells[-1].line_number:
            number = element.cells[-1].line_number
        if current and _goes_on(current, element, between):
            _extend(current, element)
            for placed in between:
                placed.role = "caption"
            between = []
            continue
        rest = _take_notes(current, between) if current else between
        current = _open_table(element, rest, current)
        assembly.tables.append(current)
        assembly.order.append(current)
        between = []
    if current:
        _take_notes(current, between)
    return assembly


def _goes_on(table: Table, grid: Grid, between: list[PlacedLine]) -> bool:
    """Whether a grid continues the table: nothing stands between, or only its caption again.

    A title that comes again opens a new table, unless it says 续 or no header follows it.
    """
    if not continues(table, grid) or _opens_form(table, grid):
        return False
    texts = [placed.line.text for placed in between]
    kinds = [classify_line(text) for text in texts]
    titles = [title for kind, title in kinds if kind == "title"]
    if any(kind == "other" for kind, _ in kinds) or any(t != table.form_title for t in titles):
        return False
    if not titles:
        return not between or grid.page_number > table.grids[-1].page_number
    headless = count_header_rows(rows_of(grid.cells, grid.row_count)) == 0
    return headless or any(map(says_continued, texts))


def _opens_form(table: Table, grid: Grid) -> bool:
    """Whether the first rows of a grid are the title of another form, or name another project."""
    if table.is_evaluation_form:
        return opens_evaluation_form(grid.cells)
    if is_evaluation_form(grid.cells, grid.row_count):
        return True
    if table.is_report:
        return False
    title, _ = _read_inside(grid.cells, grid.row_count)
    return bool(title) and title != table.form_title


def _extend(table: Table, grid: Grid) -> None:
    table.cells, table.row_count = continued_cells(table, grid)
    table.column_count = max(table.column_count, grid.column_count)
    table.grids.append(grid)


def _take_notes(table: Table, between: list[PlacedLine]) -> list[PlacedLine]:
    """Give a table the note lines right after it; returns the lines that are left."""
    taken = 0
    for position, placed in enumerate(between):
        text = placed.line.text
        wraps = taken and not placed.after_blank and not _ends_sentence(between[position - 1])
        if is_heading(text) or classify_line(text)[0] == "title" or not (is_note(text) or wraps):
            break
        placed.role = "note"
        table.notes.append(placed)
        taken += 1
    return between[taken:]


def _ends_sentence(placed: PlacedLine) -> bool:
    return placed.line.text.rstrip().endswith(("。", "！", "；", "："))


def _open_table(grid: Grid, above: list[PlacedLine], previous: Table | None) -> Table:
    table = Table(grid.cells, grid.row_count, grid.column_count, grid.has_merges, [grid])
    title, captions, title_lines = _read_above(above)
    inner_title, table.skip = _read_inside(table.cells, table.row_count)
    table.form_title = title or inner_title
    if not table.form_title and previous and _goes_with(table, previous) and _is_block_title(above):
        table.form_title = previous.form_title
        captions = above
    table.caption_lines = captions
    for placed in captions:
        placed.role = "caption"
    for placed in title_lines:
        placed.role = "title"
    texts = [placed.line.text for placed in [*captions, *title_lines]]
    texts += [cell.text for cell in table.cells if cell.row_number < table.skip]
    inside = unit_inside(table.cells, table.row_count) if table.is_evaluation_form else None
    table.unit_text = inside or unit_of(texts)
    table.department_text = department_of(texts)
    return table


def _goes_with(table: Table, previous: Table) -> bool:
    """Whether an untitled table stands under the title of the one before it."""
    if previous.is_evaluation_form:
        return table.is_evaluation_form
    return previous.is_report


def _read_above(above: list[PlacedLine]) -> tuple[str, list[PlacedLine], list[PlacedLine]]:
    """Return title, caption lines and title lines: the nearest title with only captions between.

    Caption lines above the title (a form number printed first) belong to the caption as well.
    """
    captions: list[PlacedLine] = []
    for position in range(len(above) - 1, max(-1, len(above) - 1 - MAX_CAPTION_LINES), -1):
        placed = above[position]
        kind, title = classify_line(placed.line.text)
        if kind == "caption" or is_block_title(normalise(placed.line.text)):
            captions.insert(0, placed)
            continue
        if kind == "other":
            tail = _broken_title(above, position)
            if not tail:
                break
            title = tail
        lines = [placed]
        if (
            position
            and not placed.after_blank
            and opens_broken_title(above[position - 1].line.text)
        ):
            head = above[position - 1]
            title = normalise(head.line.text) + title
            lines.insert(0, head)
            position -= 1
        while position and classify_line(above[position - 1].line.text)[0] == "caption":
            position -= 1
            captions.insert(0, above[position])
        return title, captions, lines
    return "", captions, []


def _broken_title(above: list[PlacedLine], position: int) -> str:
    """Return the end of a title (表, 算表) whose head is the line above it, or ''."""
    text = normalise(above[position].line.text)
    if not (position and text.endswith("表") and len(text) <= 4):
        return ""
    return text if opens_broken_title(above[position - 1].line.text) else ""


def _read_inside(cells: tuple[Cell, ...], row_count: int) -> tuple[str, int]:
    """Return the title among the leading grid rows, and how many are title or caption."""
    title = ""
    count = 0
    for row in rows_of(cells, row_count):
        texts = [cell.text for cell in row if cell.text.strip()]
        kinds = [classify_line(text) for text in texts]
        if not texts or any(kind == "other" for kind, _ in kinds):
            break
        titles = [text for kind, text in kinds if kind == "title"]
        if len(titles) > 1:
            break
        title = title or "".join(titles)
        count += 1
    return title, count


def _is_block_title(above: list[PlacedLine]) -> bool:
    """Whether the lines above a grid only name the next block of a report."""
    return len(above) <= 2 and all(
        len(placed.line.text) <= MAX_BLOCK_TITLE_LENGTH
        and not placed.line.text.endswith("。")
        and not is_heading(placed.line.text)
        for placed in above
    )
