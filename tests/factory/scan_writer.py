"""Turns a digital PDF into a scan: pictures of its pages, askew, dusty and compressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

DUST_PER_MEGADOT = 12


@dataclass(frozen=True, slots=True)
class Wear:
    """How a page was scanned.

    ``noise`` is the standard deviation of the grey of paper and ink, of 255. ``is_shaded`` paper is
    grey, darker towards one corner.
    """

    dpi: int = 200
    skew_degrees: float = 0.5
    noise: float = 6.0
    jpeg_quality: int = 75
    is_shaded: bool = False


USUAL = Wear()


def write_scan(
    pdf_bytes: bytes, wear: Wear = USUAL, seed: int = 1, pages: Sequence[int] | None = None
) -> bytes:
    """Return a PDF of pictures alone, of the given pages (from 0) or of all.

    The sheets lie askew by turns to the left and to the right.
    """
    pictures = scan_pictures(pdf_bytes, wear, seed, pages)
    buffer = BytesIO()
    pictures[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=wear.dpi,
        quality=wear.jpeg_quality,
    )
    return buffer.getvalue()


def scan_pictures(
    pdf_bytes: bytes, wear: Wear = USUAL, seed: int = 1, pages: Sequence[int] | None = None
) -> list[Image.Image]:
    """Return pages as grey pictures, as a scanner would give them."""
    random = np.random.default_rng(seed)
    document = pdfium.PdfDocument(pdf_bytes)
    try:
        wanted = range(len(document)) if pages is None else pages
        pictures = [document[n].render(scale=wear.dpi / 72).to_pil().convert("L") for n in wanted]
    finally:
        document.close()
    return [
        _worn(picture, wear, wear.skew_degrees * (-1) ** number, random)
        for number, picture in enumerate(pictures)
    ]


def _worn(
    page: Image.Image, wear: Wear, degrees: float, random: np.random.Generator
) -> Image.Image:
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(turned, dtype=np.float32)
    # Ink is never quite black, nor paper quite white.
    grey = 18 + grey * (246 - 18) / 255 + random.normal(0, wear.noise, grey.shape)
    height, width = grey.shape
    specks = int(height * width / 1e6 * DUST_PER_MEGADOT)
    rows = random.integers(0, height, specks)
    columns = random.integers(0, width, specks)
    grey[rows, columns] = 60
    if wear.is_shaded:
        grey *= np.linspace(0.62, 0.86, width) * np.linspace(1, 0.9, height)[:, None]
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))
