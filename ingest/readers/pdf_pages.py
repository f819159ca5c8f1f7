"""What stands on a page of a PDF: its characters and its straight rules, from PDFium or pdfplumber.

PDFium is the fast way; pdfplumber is the reference, and the way for rotated pages. Both return the
same PageContent: points from the top left corner of the page as shown, that is of the crop box
inside the media box. Slanted text (a watermark) is no part of the page's text and is left out.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pdfplumber.page
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.pdf_characters import UNREADABLE, Character, drop_double_drawn

# A segment that leaves its direction by less than this many points is a straight rule.
SLANT = 0.5
SHORTEST_RULE = 1.0
# Text turned from the edges of the page by more than this (radians) is a watermark.
TURNED = 0.03


@dataclass(frozen=True, slots=True)
class PageContent:
    """Characters and rules of one page.

    ``edges`` are mappings as pdfplumber's table functions take them: x0, x1, top, bottom, width,
    height in points and orientation "h" or "v".
    """

    characters: list[Character]
    edges: list[dict]


def content_from_pdfium(page: pdfium.PdfPage) -> PageContent:
    """Read an unrotated page; raises pypdfium2.PdfiumError where PDFium cannot."""
    left, bottom, right, top = page.get_bbox()
    textpage = page.get_textpage()
    try:
        characters = list(_pdfium_characters(textpage, left, top))
    finally:
        textpage.close()
    edges = straight_edges(
        (x0 - left, top - y0, x1 - left, top - y1) for x0, y0, x1, y1 in _pdfium_segments(page)
    )
    return _content(characters, edges, right - left, top - bottom)


def content_from_pdfplumber(page: pdfplumber.page.Page) -> PageContent:
    """Read a page, rotated or not, with pdfplumber."""
    left, top, width, height = _shown_part(page)
    characters = list(_plumber_characters(page.chars, left, top))
    edges = straight_edges(
        (edge["x0"] - left, edge["top"] - top, edge["x1"] - left, edge["bottom"] - top)
        for edge in page.edges
    )
    return _content(characters, edges, width, height)


def straight_edges(segments: Iterable[tuple[float, float, float, float]]) -> list[dict]:
    """Turn (x0, top, x1, bottom) segments into edges; slanted and tiny ones are left out."""
    edges = []
    for ax, ay, bx, by in segments:
        x0, x1 = sorted((ax, bx))
        top, bottom = sorted((ay, by))
        if bottom - top <= SLANT and x1 - x0 >= SHORTEST_RULE:
            top = bottom = (top + bottom) / 2
            edges.append(edge("h", x0, top, x1, bottom))
        elif x1 - x0 <= SLANT and bottom - top >= SHORTEST_RULE:
            x0 = x1 = (x0 + x1) / 2
            edges.append(edge("v", x0, top, x1, bottom))
    return edges


def edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict:
    """One edge as pdfplumber's table functions take it."""
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _content(
    characters: Iterable[Character], edges: list[dict], width: float, height: float
) -> PageContent:
    shown = [
        character
        for character in characters
        if 0 <= character.x0 + character.x1 <= 2 * width
        and 0 <= character.top + character.bottom <= 2 * height
    ]
    return PageContent(drop_double_drawn(shown), edges)


def _pdfium_characters(
    textpage: pdfium.PdfTextPage, left: float, top: float
) -> Iterator[Character]:
    # The loop runs once per character of a document: plain calls on bound names, one box for all.
    handle = textpage.raw
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    is_generated, angle_of = raw.FPDFText_IsGenerated, raw.FPDFText_GetCharAngle
    is_hyphen, has_no_mapping = raw.FPDFText_IsHyphen, raw.FPDFText_HasUnicodeMapError
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    after_blank = False
    for index in range(textpage.count_chars()):
        code = unicode_of(handle, index)
        is_text = 0 < code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF
        # Without a mapping PDFium gives the code of the glyph, which reads as wrong text.
        is_text = is_text and not has_no_mapping(handle, index)
        text = chr(code) if is_text else UNREADABLE
        # PDFium drops blanks drawn alone and generates its own from the gap: both are blanks.
        if text.isspace():
            after_blank = True
            continue
        if is_generated(handle, index) or not box_of(handle, index, pointer):
            continue
        if _is_slanted(angle_of(handle, index)):
            continue
        if is_hyphen(handle, index):
            text = "-"
        yield Character(
            text, box.left - left, top - box.top, box.right - left, top - box.bottom, after_blank
        )
        after_blank = False


def _plumber_characters(chars: Iterable[dict], left: float, top: float) -> Iterator[Character]:
    after_blank = False
    for char in chars:
        text = UNREADABLE if char["text"].startswith("(cid:") else char["text"]
        if text.isspace():
            after_blank = True
            continue
        if _is_slanted(math.atan2(char["matrix"][1], char["matrix"][0])):
            continue
        box = (char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
        yield Character(text, *box, after_blank)
        after_blank = False


def _is_slanted(angle: float) -> bool:
    return abs(math.remainder(angle, math.pi / 2)) > TURNED


def _pdfium_segments(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight segments of all drawn paths, in PDF points of the page."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if not fill.value and not stroke.value:
            continue
        # A path inside form XObjects is moved by its own matrix, then by each form's, outwards.
        matrix = path.get_matrix()
        form = path.container
        while form is not None:
            matrix = matrix.multiply(form.get_matrix())
            form = form.container
        yield from _path_segments(path, matrix)


def _path_segments(
    path: pdfium.PdfObject, matrix: pdfium.PdfMatrix
) -> Iterator[tuple[float, float, float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = None
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and here is not None:
            yield (*here, *point)
        here = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield (*here, *start)
            here = start


def _shown_part(page: pdfplumber.page.Page) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the crop box in pdfplumber's coordinates."""
    media = _ordered(page.page_obj.mediabox)
    crop = _ordered(page.page_obj.cropbox)
    # Margins between media box and crop box, clockwise from the left of the unrotated page.
    margins = [
        max(crop[0] - media[0], 0),
        max(media[3] - crop[3], 0),
        max(media[2] - crop[2], 0),
        max(crop[1] - media[1], 0),
    ]
    turns = page.rotation // 90
    left, top, right, bottom = margins[-turns:] + margins[:-turns] if turns else margins
    return (
        page.mediabox[0] + left,
        page.mediabox[1] + top,
        page.width - left - right,
        page.height - top - bottom,
    )


def _ordered(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, x1 = sorted((box[0], box[2]))
    y0, y1 = sorted((box[1], box[3]))
    return x0, y0, x1, y1
