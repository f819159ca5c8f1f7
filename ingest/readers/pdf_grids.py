"""Rules of a page to grids: pdfplumber's table algorithm, open sides closed, spans from the edges.

A grid here is the set of cells that pdfplumber finds; its columns and rows are the distinct edges
of those cells, so that the span of a merged cell is the number of edges it reaches over.
"""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from pdfplumber.utils import cluster_objects, filter_edges

from ingest.document import Box, Cell, Grid
from ingest.readers.pdf_characters import Character, join_lines
from ingest.readers.pdf_pages import edge

# pdfplumber's defaults: rules nearer than this many points are one; shorter rules are none.
TOLERANCE = 3.0
SHORTEST_EDGE = 3.0
# The middle cell of a table is not smaller than this in either direction; that of a chart may be.
SMALLEST_CELL = 5.0
# More rules and crossings than a page of tables has (150 rows by 40 columns): a drawing. The
# search for cells takes the square of the crossings, half a second at this many.
MOST_PAIRS = 200_000
MOST_CROSSINGS = 6_000
# A grid with less than this share of its cells filled may be a chart with its labels.
SPARSE = 0.25
# A full-width row beside an open-sided one is at most so many times as high.
FULL_WIDTH_ROW = 1.5


class _Rule(NamedTuple):
    """A rule seen along its own direction: where it lies across, and from where to where."""

    position: float
    start: float
    end: float


class _Band(NamedTuple):
    """The strip between two neighbouring rules that end at the same place, at that place."""

    first: float
    second: float
    start: float
    end: float
    nearest: float | None  # the crossing rule next to the open end, None where nothing crosses


def read_grids(
    characters: Sequence[Character], edges: list[dict], page_number: int
) -> tuple[list[Grid], list[Character]]:
    """Return the grids of a page, top to bottom, and the characters that stand in none of them.

    Left out, with their text among the rest: grids without text, grids of one column (framed text,
    shaded lines), charts, and all rules of a page that has too many of them.
    """
    edges = _merge(edges)
    if _pair_count(edges) > MOST_PAIRS:
        return [], list(characters)
    for direction in ("h", "v"):
        added = _missing_sides(edges, direction, characters)
        edges = _merge(edges + added) if added else edges
    crossings = edges_to_intersections(edges, TOLERANCE, TOLERANCE)
    if len(crossings) > MOST_CROSSINGS:
        return [], list(characters)
    grids = []
    rest = list(characters)
    for boxes in cells_to_tables(intersections_to_cells(crossings)):
        if _is_drawing(boxes):
            continue
        grid, outside = _fill_grid(boxes, rest, page_number)
        if grid.column_count > 1 and not _is_chart(grid):
            grids.append(grid)
            rest = outside
    return grids, rest


def _merge(edges: list[dict]) -> list[dict]:
    merged = merge_edges(edges, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    return filter_edges(merged, min_length=SHORTEST_EDGE)


def _pair_count(edges: list[dict]) -> int:
    across = sum(edge["orientation"] == "h" for edge in edges)
    return across * (len(edges) - across)


def _is_drawing(boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    width = statistics.median(x1 - x0 for x0, _, x1, _ in boxes)
    height = statistics.median(bottom - top for _, top, _, bottom in boxes)
    return min(width, height) < SMALLEST_CELL


def _fill_grid(
    boxes: Sequence[tuple[float, float, float, float]],
    characters: Sequence[Character],
    page_number: int,
) -> tuple[Grid, list[Character]]:
    """Number the cells by the edges and put each character where its middle lies."""
    xs = sorted({x for box in boxes for x in (box[0], box[2])})
    ys = sorted({y for box in boxes for y in (box[1], box[3])})
    column_of = {x: number for number, x in enumerate(xs)}
    row_of = {y: number for number, y in enumerate(ys)}
    owner: dict[tuple[int, int], int] = {}
    for index, (x0, top, x1, bottom) in enumerate(boxes):
        for row in range(row_of[top], row_of[bottom]):
            for column in range(column_of[x0], column_of[x1]):
                owner.setdefault((row, column), index)
    inside: list[list[Character]] = [[] for _ in boxes]
    outside = []
    for character in characters:
        row = bisect_right(ys, (character.top + character.bottom) / 2) - 1
        column = bisect_right(xs, (character.x0 + character.x1) / 2) - 1
        index = owner.get((row, column))
        (outside if index is None else inside[index]).append(character)
    cells = [
        Cell(
            text="\n".join(line.text for line in join_lines(inside[index])),
            row_number=row_of[top],
            column_number=column_of[x0],
            row_span=row_of[bottom] - row_of[top],
            column_span=column_of[x1] - column_of[x0],
            page_number=page_number,
            box=Box(x0, top, x1, bottom),
        )
        for index, (x0, top, x1, bottom) in enumerate(boxes)
    ]
    cells.sort(key=lambda cell: (cell.row_number, cell.column_number))
    grid = Grid(
        cells=tuple(cells),
        row_count=len(ys) - 1,
        column_count=len(xs) - 1,
        page_number=page_number,
        has_merges=True,
        box=Box(xs[0], ys[0], xs[-1], ys[-1]),
    )
    return grid, outside


def _is_chart(grid: Grid) -> bool:
    """Tell a chart by its few scattered texts, and an empty grid with it.

    A table, however empty, has a row without gaps (its header) or, continued from the page before,
    a column of labels. One or two rows are the end of a table rather than a chart.
    """
    filled = [cell for cell in grid.cells if cell.text]
    if not filled:
        return True
    if grid.row_count <= 2 or len(filled) >= SPARSE * len(grid.cells):
        return False
    in_row = Counter(cell.row_number for cell in grid.cells)
    filled_in_row = Counter(cell.row_number for cell in filled)
    if any(filled_in_row[row] == count > 1 for row, count in in_row.items()):
        return False
    labels = Counter((cell.column_number, cell.column_span) for cell in filled)
    return 2 * max(labels.values()) < grid.row_count


def _missing_sides(
    edges: list[dict], direction: str, characters: Sequence[Character]
) -> list[dict]:
    """Return the rules that close what lies open at the ends of the rules of one direction.

    Where neighbouring rules end together beyond the outermost rule that crosses them, and text
    stands between, a column (for "h"; a row for "v") lies open there.
    """
    rules, crossings = [], []
    for item in edges:
        spans = ((item["top"], item["x0"], item["x1"]), (item["x0"], item["top"], item["bottom"]))
        along_h, along_v = (_Rule(*span) for span in spans)
        if item["orientation"] == direction:
            rules.append(along_h if direction == "h" else along_v)
        else:
            crossings.append(along_v if direction == "h" else along_h)
    # Middles as (along, across) the rules.
    middles = [((c.x0 + c.x1) / 2, (c.top + c.bottom) / 2) for c in characters]
    if direction == "v":
        middles = [(across, along) for along, across in middles]
    added = []
    for side in ("start", "end"):
        for group in cluster_objects(rules, attrgetter(side), TOLERANCE):
            place = statistics.mean(map(attrgetter(side), group))
            passing = [r for r in rules if r.start < place - TOLERANCE < place + TOLERANCE < r.end]
            bands = _open_bands(group, crossings, passing, place)
            for band in _bands_to_close(bands, place, middles):
                if direction == "h":
                    added.append(edge("v", place, band.first, place, band.second))
                else:
                    added.append(edge("h", band.first, place, band.second, place))
    return added


def _open_bands(
    group: list[_Rule], crossings: list[_Rule], passing: list[_Rule], place: float
) -> list[_Band]:
    """List the strips between neighbours of a group that nothing closes at ``place``.

    Two rules with a third one passing through between them are no neighbours: they divide merged
    header cells that stand apart.
    """
    bands = []
    for one, other in pairwise(sorted(group)):
        if other.position - one.position <= TOLERANCE:
            continue
        if any(one.position < rule.position < other.position for rule in passing):
            continue
        covering = [
            rule.position
            for rule in crossings
            if rule.start <= one.position + TOLERANCE and rule.end >= other.position - TOLERANCE
        ]
        if any(abs(position - place) <= TOLERANCE for position in covering):
            continue
        start, end = max(one.start, other.start), min(one.end, other.end)
        within = [at for at in covering if start - TOLERANCE <= at <= end + TOLERANCE]
        nearest = min(within, key=lambda at: abs(at - place), default=None)
        bands.append(_Band(one.position, other.position, start, end, nearest))
    return bands


def _bands_to_close(
    bands: list[_Band], place: float, middles: list[tuple[float, float]]
) -> list[_Band]:
    """Keep the bands of an open column that holds text, and full-width rows right beside them."""
    divided = [band for band in bands if band.nearest is not None]

    def holds_text(band: _Band, low: float, high: float) -> bool:
        return any(
            low < along < high and band.first < across < band.second for along, across in middles
        )

    if not any(holds_text(band, *sorted((place, band.nearest))) for band in divided):
        return []
    usual = statistics.median(band.second - band.first for band in divided)
    ends = {position for band in divided for position in (band.first, band.second)}
    full_width = [
        band
        for band in bands
        if band.nearest is None
        and band.second - band.first <= FULL_WIDTH_ROW * usual
        and ends & {band.first, band.second}
        and holds_text(band, band.start, band.end)
    ]
    return divided + full_width
