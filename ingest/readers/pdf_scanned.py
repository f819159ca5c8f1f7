"""Tells the pages of a PDF that are pictures of text, to be read by character recognition."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

# A picture over this share of the page is what the page says; a smaller one is a logo.
COVERED = 0.4
# Outlines drawn in place of characters: no table without text has as many paths.
MANY_PATHS = 400
# Fewer characters than this on top of a picture are a page number or a scanner's mark.
FEW_CHARACTERS = 9


def is_scanned(page: pdfium.PdfPage, printed: int) -> bool:
    """Whether a page with ``printed`` characters of text says what it says in pictures.

    The invisible text that other recognisers leave over a picture counts as none.
    """
    left, bottom, right, top = page.get_bbox()
    area = paths = 0.0
    kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH)
    for item in page.get_objects(filter=kinds):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = item.get_bounds()
            wide = min(x1, right) - max(x0, left)
            high = min(y1, top) - max(y0, bottom)
            area += max(wide, 0) * max(high, 0)
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif (
            printed >= FEW_CHARACTERS
            and raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        ):
            return False
    return area >= COVERED * (right - left) * (top - bottom) or (not printed and paths > MANY_PATHS)
