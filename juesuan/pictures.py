"""Pictures of the pages behind a finding: both sides outlined, persons masked.

A picture is cropped to the tables and paragraphs that the figures stand in. Of the text within it
only what is published is left to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import duckdb
import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from ingest.document import Box
from ingest.errors import RejectedDocument
from ingest.normalise import normalise
from ingest.readers.pdf import read_page
from ingest.readers.pdf_characters import Character, join_lines
from juesuan.errors import TraceError
from juesuan.publish import current_build
from juesuan.settings import Home
from juesuan.trace import Mark, Place

# Pixels per point.
SCALE = 110 / 72
MARGIN = 20
# Points between a figure and its outline, and pixels of the outline.
GAP = 1.5
OUTLINE = 3
LEFT_COLOUR, RIGHT_COLOUR, MASK_COLOUR = (200, 30, 30), (20, 90, 200), (0, 0, 0)
# Points that rounding may put between a character and the box that was made of it.
SLACK = 0.01

# Everything published on a page that has a box, and whether its text was held back. A sentence
# held back takes its lines with it: a telephone number may be broken over two of them.
_PUBLISHED = """
    WITH held_back AS (
        SELECT unnest(coalesce(line_numbers, [line_number])) AS line_number
        FROM raw.narrative_sentences WHERE document_id = $document_id AND is_redacted
    )
    SELECT x0, top, x1, bottom, is_redacted
    FROM raw.cells
    WHERE document_id = $document_id AND page_number = $page_number AND x0 IS NOT NULL
    UNION ALL
    SELECT
        x0, top, x1, bottom,
        is_redacted OR line_number IN (SELECT held_back.line_number FROM held_back)
    FROM raw.lines
    WHERE document_id = $document_id AND page_number = $page_number AND x0 IS NOT NULL
"""

_HEADERS = """
    SELECT DISTINCT cell_text FROM raw.cells
    WHERE document_id = $document_id AND cell_kind = 'header' AND cell_text IS NOT NULL
"""

_REGION = """
    WITH paragraph AS (
        SELECT unnest(coalesce(line_numbers, [line_number])) AS line_number
        FROM raw.narrative_sentences
        WHERE document_id = $document_id AND list_contains($paragraphs::INT[], paragraph_number)
    ), parts AS (
        SELECT x0, top, x1, bottom FROM raw.cells
        WHERE document_id = $document_id AND page_number = $page_number
            AND list_contains($tables::INT[], table_number)
        UNION ALL
        SELECT x0, top, x1, bottom FROM raw.lines
        WHERE document_id = $document_id AND page_number = $page_number
            AND line_number IN (SELECT paragraph.line_number FROM paragraph)
    )
    SELECT min(x0), min(top), max(x1), max(bottom) FROM parts
"""


@dataclass(frozen=True)
class Picture:
    """A part of one page as PNG; ``region`` is that part, in points from the top left."""

    document_id: str
    file_name: str
    page_number: int
    region: Box
    png: bytes


def make_pictures(home: Home, places: Iterable[Place]) -> list[Picture]:
    """Return a picture of each page that `places` have boxes on, by document and page.

    The left side is outlined in red, every other side in blue. Places without a box (plain text)
    have no picture. Raises TraceError when the original file is not kept under the home.
    """
    pages: dict[tuple[str, int], list[Place]] = {}
    for place in places:
        for page_number in {mark.page_number for mark in place.marks}:
            pages.setdefault((place.document_id, page_number), []).append(place)
    return [_make_picture(home, *page, pages[page]) for page in sorted(pages)]


def write_pictures(pictures: Iterable[Picture], folder: Path, name: str) -> list[Path]:
    """Write each picture to a file in `folder`, named by `name`, document and page."""
    files = []
    for picture in pictures:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}-{picture.document_id[:8]}-p{picture.page_number}.png"
        file.write_bytes(picture.png)
        files.append(file)
    return files


def _make_picture(home: Home, document_id: str, page_number: int, places: list[Place]) -> Picture:
    file_name = places[0].file_name
    original = home.original(places[0].file_id)
    if original is None:
        raise TraceError(
            f"没有保存原件 {file_name}，请重新读入 / the original of {file_name} is not kept:"
            " ingest it again"
        )
    page = {"document_id": document_id, "page_number": page_number}
    with duckdb.connect(
        str(current_build(home.path) / "juesuan.duckdb"), read_only=True
    ) as connection:
        published = connection.execute(_PUBLISHED, page).fetchall()
        headers = connection.execute(_HEADERS, {"document_id": document_id}).fetchall()
        parts = {
            "tables": [place.table_number for place in places if place.table_number],
            "paragraphs": [place.paragraph_number for place in places if place.paragraph_number],
        }
        around = connection.execute(_REGION, page | parts).fetchone()
    try:
        is_picture = not _is_pdf(original)
        characters = [] if is_picture else read_page(original, page_number).characters
        image = _render(_as_pdf(original) if is_picture else original, page_number)
    except (RejectedDocument, pdfium.PdfiumError) as error:
        raise TraceError(
            f"{file_name} 第 {page_number} 页画不出图，请对照原件 / page {page_number} of"
            f" {file_name} cannot be drawn: look at the original"
        ) from error
    canvas = ImageDraw.Draw(image, "RGBA")
    marks = [
        (_pixels(mark, GAP), LEFT_COLOUR if place.side in ("", "lhs") else RIGHT_COLOUR)
        for place in places
        for mark in place.marks
        if mark.page_number == page_number
    ]
    for box, colour in marks:
        canvas.rectangle(box, fill=(*colour, 40))
    for box in boxes_to_mask(characters, published, {normalise(text) for (text,) in headers}):
        canvas.rectangle(_pixels(box, 0.5), fill=MASK_COLOUR)
    for box, colour in marks:
        canvas.rectangle(box, outline=colour, width=OUTLINE)
    region = Box(
        max(around[0] - MARGIN, 0),
        max(around[1] - MARGIN, 0),
        min(around[2] + MARGIN, image.width / SCALE),
        min(around[3] + MARGIN, image.height / SCALE),
    )
    png = BytesIO()
    image.crop(tuple(map(round, _pixels(region, 0)))).save(png, "PNG")
    return Picture(document_id, file_name, page_number, region, png.getvalue())


def _is_pdf(original: Path) -> bool:
    with original.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _as_pdf(original: Path) -> bytes:
    """Return the pictures of a scan as the pages of a PDF, as large as they were read."""
    # Imported here: it comes with the extra that read the picture.
    from ingest.readers.scan_images import RESOLUTION, open_pictures

    first, *others = [Image.fromarray(grey) for grey, _ in open_pictures(original)]
    pages = BytesIO()
    first.save(pages, "PDF", save_all=True, append_images=others, resolution=RESOLUTION)
    return pages.getvalue()


def _render(original: Path | bytes, page_number: int) -> Image.Image:
    """Draw a page as shown, without annotations and form fields, which are not read either."""
    with pdfium.PdfDocument(original) as pdf:
        page = pdf[page_number - 1]
        try:
            bitmap = page.render(scale=SCALE, may_draw_forms=False, draw_annots=False)
            return bitmap.to_pil().convert("RGB")
        finally:
            page.close()


def boxes_to_mask(
    characters: list[Character],
    published: list[tuple[float, float, float, float, bool]],
    headers: set[str],
) -> list[Box]:
    """Return the boxes held back, and those of all text that stands in no published box.

    Such text is the rest of a row that began on the page before, or a header printed again; only
    the header is known, by its words.
    """
    held_back = [Box(*box) for *box, is_redacted in published if is_redacted]
    shown = [Box(*box) for *box, is_redacted in published if not is_redacted]
    unknown = [c for c in characters if not any(_holds(box, c) for box in shown)]
    for line in join_lines(unknown):
        for word in _words(line.characters):
            text = normalise("".join(character.text for character in word))
            if not any(text in header for header in headers):
                held_back += [Box(*character[1:5]) for character in word]
    return held_back


def _holds(box: Box, character: Character) -> bool:
    across = (character.x0 + character.x1) / 2
    down = (character.top + character.bottom) / 2
    return (
        box.x0 - SLACK <= across <= box.x1 + SLACK and box.top - SLACK <= down <= box.bottom + SLACK
    )


def _words(characters: list[Character | None]) -> Iterable[list[Character]]:
    """Split the characters of a line at its blanks."""
    word: list[Character] = []
    for character in [*characters, None]:
        if character is not None:
            word.append(character)
        elif word:
            yield word
            word = []


def _pixels(box: Box | Mark, margin: float) -> tuple[float, float, float, float]:
    """Return a box in pixels, with a margin in points around it."""
    sides = (box.x0 - margin, box.top - margin, box.x1 + margin, box.bottom + margin)
    x0, top, x1, bottom = (side * SCALE for side in sides)
    return x0, top, x1, bottom
