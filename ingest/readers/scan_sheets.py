"""Sheets of a scan lie otherwise in the scanner each time: grids that go on are aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.document import Grid, Line

# Sheets lie a few millimetres to the left or right of each other (points).
SHEET_SHIFT = 20.0
SAME_WIDTH = 4.0


def align_sheets(elements: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Let a grid that continues on the next sheet stand under the one before.

    Only the box of the grid is moved; its cells stay where they are on their own sheet.
    """
    aligned = list(elements)
    places = [n for n, element in enumerate(aligned) if isinstance(element, Grid)]
    for before, after in pairwise(places):
        one, other = aligned[before], aligned[after]
        if other.page_number != one.page_number + 1 or not is_scanned(other):
            continue
        shift = one.box.x0 - other.box.x0
        width = (one.box.x1 - one.box.x0) - (other.box.x1 - other.box.x0)
        if abs(shift) <= SHEET_SHIFT and abs(width) <= SAME_WIDTH:
            box = replace(other.box, x0=one.box.x0, x1=one.box.x1)
            aligned[after] = replace(other, box=box)
    return aligned


def is_scanned(grid: Grid) -> bool:
    """Whether the cells of a grid were read from a picture."""
    return any(cell.confidence is not None for cell in grid.cells)
