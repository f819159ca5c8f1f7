"""Writes a disclosure as a scan: its PDF as pictures at 200 dpi, a little askew and noisy.

The pages carry no text layer. Equal content gives equal pictures.
"""

from __future__ import annotations

from io import BytesIO
from random import Random

import pypdfium2
from PIL import Image

from tests.factory.content import DisclosureContent
from tests.factory.layout import Layout
from tests.factory.pdf_writer import write_pdf

DPI = 200
MAX_SKEW_DEGREES = 0.4
NOISE = 12
JPEG_QUALITY = 80


def write_scan(content: DisclosureContent, layout: Layout) -> bytes:
    """Return a PDF of one picture a page."""
    rng = Random(f"{content.department_name}/{content.fiscal_year}")
    document = pypdfium2.PdfDocument(write_pdf(content, layout))
    pages = []
    for page in document:
        picture = page.render(scale=DPI / 72).to_pil().convert("L")
        pages.append(_scanned(picture, rng))
        page.close()
    document.close()
    buffer = BytesIO()
    pages[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=DPI,
        quality=JPEG_QUALITY,
    )
    return buffer.getvalue()


def _scanned(picture: Image.Image, rng: Random) -> Image.Image:
    """Turn the page a little and add the grain of a scanner."""
    angle = rng.uniform(-MAX_SKEW_DEGREES, MAX_SKEW_DEGREES)
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    # A coarse pattern of noise, drawn once a page: its bytes come from the seeded generator.
    grain = Image.frombytes("L", picture.size, rng.randbytes(picture.width * picture.height))
    return Image.blend(picture, grain, NOISE / 255)
