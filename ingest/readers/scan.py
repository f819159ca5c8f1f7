"""Reads pages that are pictures: grids from their rules, cell by cell, and lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean

import numpy as np
import pypdfium2 as pdfium

from ingest.document import Box, Cell, Document, Grid, Line
from ingest.errors import RejectedDocument
from ingest.page_progress import page_begun
from ingest.readers.pdf_characters import Character, join_lines
from ingest.readers.pdf_grids import read_grids
from ingest.readers.scan_images import (
    POINTS_PER_DOT,
    Upright,
    open_pictures,
    render,
    set_upright,
)
from ingest.readers.scan_ink import Ink, find_ink, lines_of, text_height
from ingest.readers.scan_sheets import align_sheets
from ingest.readers.scan_text import Reading, find_lines, joined, read_line

# Points of paper kept around the ink of a line when it is read.
AROUND = 1.8
# A page read with less certainty than this may stand on its head.
DOUBTFUL = 0.7

NO_TEXT = (
    "扫描件上没有识别出文字，请核对原件 / No text was recognised on the scan: check the original"
)

Elements = list[Line | Grid]


def read_scanned_page(page: pdfium.PdfPage, page_number: int) -> Elements:
    """Read a page of a PDF that has no text of its own; boxes are in points of the page."""
    return _read_picture(render(page), page_number)


def read_pictures(path: Path, media_type: str) -> Document:
    """Read a picture file, page by page; raises RejectedDocument where nothing can be read."""
    pages = []
    for number, (grey, count) in enumerate(open_pictures(path), 1):
        page_begun(number, count, is_slow=True)
        pages.append(_read_picture(grey, number))
    elements = align_sheets([element for page in pages for element in page])
    if not elements:
        raise RejectedDocument(NO_TEXT)
    return Document(media_type, len(pages), tuple(elements))


def _read_picture(grey: np.ndarray, page_number: int) -> Elements:
    upright = set_upright(grey)
    lines = find_lines(upright.grey)
    turns = (1, 3) if _is_sideways(lines) else (0,)
    pages = []
    for turn in turns:
        if turn:
            upright = set_upright(grey, turn)
            lines = find_lines(upright.grey)
        pages.append(_read_upright(upright, lines, page_number))
    best = max(pages, key=_certainty)
    if turns == (0,) and best and _certainty(best) < DOUBTFUL:
        upright = set_upright(grey, 2)
        headlong = _read_upright(upright, find_lines(upright.grey), page_number)
        best = max(best, headlong, key=_certainty)
    return best


def _is_sideways(lines: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether most of the text runs up or down the page."""
    tall = sum(bottom - top > 1.5 * (x1 - x0) for x0, top, x1, bottom in lines)
    wide = sum(x1 - x0 > 1.5 * (bottom - top) for x0, top, x1, bottom in lines)
    return tall > 2 * wide


def _certainty(elements: Elements) -> float:
    found = [e.confidence for e in elements if isinstance(e, Line)]
    found += [
        cell.confidence
        for grid in elements
        if isinstance(grid, Grid)
        for cell in grid.cells
        if cell.text
    ]
    return mean(found) if found else 0.0


def _read_upright(
    upright: Upright, boxes: Sequence[tuple[float, float, float, float]], page_number: int
) -> Elements:
    ink = find_ink(upright.grey)
    grids, _ = read_grids(ink.pieces, ink.edges, page_number)
    height = text_height(ink.pieces)
    placed: list[tuple[Box, Line | Grid]] = []
    for grid in grids:
        cells = tuple(_read_cell(cell, ink, height, upright) for cell in grid.cells)
        placed.append((grid.box, replace(grid, cells=cells)))
    outside = [box for box in boxes if not any(_holds(grid.box, box) for grid in grids)]
    placed += _read_lines(outside, upright, page_number)
    placed.sort(key=lambda item: (item[0].top, item[0].x0))
    return [element for _, element in placed]


def _holds(outer: Box, dots: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = (place * POINTS_PER_DOT for place in dots)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return outer.x0 < x < outer.x1 and outer.top < y < outer.bottom


def _read_cell(cell: Cell, ink: Ink, height: float, upright: Upright) -> Cell:
    """Read what is drawn in a cell, line by line; nothing beyond its rules is looked at."""
    box = cell.box
    inside = [
        piece
        for piece in ink.pieces
        if box.x0 < (piece.x0 + piece.x1) / 2 < box.x1
        and box.top < (piece.top + piece.bottom) / 2 < box.bottom
    ]
    readings = [read_line(_cut(ink.clean, line, box)) for line in lines_of(inside, height)]
    readings = [reading for reading in readings if reading.text]
    on_page = upright.box_on_page(
        *(p / POINTS_PER_DOT for p in (box.x0, box.top, box.x1, box.bottom))
    )
    if not readings:
        return replace(cell, text="", box=on_page, confidence=1.0)
    whole = joined(readings)
    return replace(
        cell,
        text=whole.text,
        box=on_page,
        confidence=whole.confidence,
        alternatives=whole.alternatives,
    )


def _cut(picture: np.ndarray, line: Sequence[Character], box: Box) -> np.ndarray:
    """Cut the picture of a line out of its cell."""
    x0 = max(min(p.x0 for p in line) - AROUND, box.x0)
    x1 = min(max(p.x1 for p in line) + AROUND, box.x1)
    top = max(min(p.top for p in line) - AROUND, box.top)
    bottom = min(max(p.bottom for p in line) + AROUND, box.bottom)
    left, right, upper, lower = (round(p / POINTS_PER_DOT) for p in (x0, x1, top, bottom))
    return picture[upper:lower, left:right]


def _read_lines(
    boxes: Sequence[tuple[float, float, float, float]], upright: Upright, page_number: int
) -> list[tuple[Box, Line]]:
    """Read the lines outside grids; boxes side by side are one printed line."""
    readings: dict[int, Reading] = {}
    stand_ins = []
    for number, (x0, top, x1, bottom) in enumerate(boxes):
        rows, columns = upright.grey.shape
        left, upper = max(int(x0), 0), max(int(top), 0)
        right, lower = min(int(x1) + 1, columns), min(int(bottom) + 1, rows)
        if right - left < 4 or lower - upper < 4:
            continue
        reading = read_line(upright.grey[upper:lower, left:right])
        if reading.text:
            readings[number] = reading
            points = (place * POINTS_PER_DOT for place in (x0, top, x1, bottom))
            stand_ins.append(Character(reading.text, *points))
    lines = []
    for text, box, _ in join_lines(stand_ins):
        parts = [r for n, r in readings.items() if _holds(_grown(box), boxes[n])]
        dots = (place / POINTS_PER_DOT for place in (box.x0, box.top, box.x1, box.bottom))
        line = Line(
            text,
            page_number,
            box=upright.box_on_page(*dots),
            confidence=min(part.confidence for part in parts),
        )
        lines.append((box, line))
    return lines


def _grown(box: Box) -> Box:
    return Box(box.x0 - 0.1, box.top - 0.1, box.x1 + 0.1, box.bottom + 0.1)
