"""What every reader returns: a Document of text lines and grids, in reading order.

Coordinates are in points from the top left corner of the page as it is shown; readers without a
page geometry (plain text) leave the boxes ``None`` and give the line of the file instead.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points, the origin at the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line outside any grid; ``confidence`` as for a Cell.

    ``character_boxes`` is flat, for memory's sake: x0, top, x1 and bottom of each character of
    ``text`` in turn. A blank has the box of the character before it.
    """

    text: str
    page_number: int
    line_number: int | None = None
    box: Box | None = None
    confidence: float | None = None
    character_boxes: array[float] | None = field(default=None, repr=False, compare=False)

    def box_around(self, places: Iterable[int]) -> Box | None:
        """Return the box around the characters at ``places`` in the text, None without geometry."""
        if self.character_boxes is None:
            return None
        boxes = [self.character_boxes[4 * place : 4 * place + 4] for place in places]
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return Box(min(x0), min(top), max(x1), max(bottom))


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: text as printed (line breaks kept) and the columns it covers.

    ``column_number`` and ``row_number`` count from 0 inside the grid; a merged cell is listed once,
    at its first row and column, with the spans it covers. ``confidence`` (0 to 1) says how sure
    the characters are where they were recognised in a picture, None where the file states them;
    ``alternatives`` are other readings of the same place, each with its confidence. A place that a
    row of counted cells does not reach is an empty cell that ``is_missing``.
    """

    text: str
    row_number: int
    column_number: int
    row_span: int = 1
    column_span: int = 1
    page_number: int = 1
    line_number: int | None = None
    box: Box | None = None
    confidence: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled (or tab-separated) table as it stands on one page.

    ``has_merges`` says whether spans are known (ruled tables); without it, empty header cells may
    stand for a merge and are filled by the labelling step. ``begins_anew`` says that the file
    itself parts the grid from the one before (another sheet), so that it never continues it.
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    page_number: int
    has_merges: bool
    box: Box | None = None
    begins_anew: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its lines and grids in reading order."""

    media_type: str
    page_count: int
    elements: tuple[Line | Grid, ...] = field(default_factory=tuple)
