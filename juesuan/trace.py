"""From a figure back to where it stands: document, page, box or line, and a picture of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path

import duckdb
import pdfplumber
from PIL import Image

from juesuan.errors import TraceError
from juesuan.publish import current_build
from juesuan.settings import Home

RESOLUTION = 110
MARGIN = 20
LEFT_COLOUR, RIGHT_COLOUR = (200, 30, 30), (20, 90, 200)

# Every id a reader may hold, and the cells, figures and sentences behind it.
_PLACES = """
    WITH wanted AS (
        SELECT '' AS side, cell_id, NULL AS figure_id, NULL AS sentence_id
        FROM raw.cells WHERE cell_id = $id
        UNION
        SELECT '', NULL, figure_id, NULL FROM raw.narrative_figures WHERE figure_id = $id
        UNION
        SELECT '', cell_id, figure_id, sentence_id
        FROM conformed.fct_stated_value WHERE stated_value_id = $id
        UNION
        SELECT evidence.side, stated.cell_id, stated.figure_id, stated.sentence_id
        FROM conformed.identity_evidence AS evidence
        JOIN conformed.fct_stated_value AS stated USING (stated_value_id)
        WHERE evidence.identity_result_id = $id
            OR evidence.identity_result_id IN (
                SELECT identity_result_id FROM marts.findings WHERE finding_id = $id
            )
    )
    SELECT
        wanted.side, cells.document_id, documents.file_name, cells.page_number,
        CASE WHEN cells.x0 IS NULL THEN cells.line_number END AS line_number,
        cells.x0, cells.top, cells.x1, cells.bottom, cells.form_title,
        trim(cells.row_code || ' ' || cells.row_label), cells.column_label,
        cells.cell_text, cells.table_number,
        (
            SELECT string_agg(around.cell_text, ' | ' ORDER BY around.column_number)
            FROM raw.cells AS around
            WHERE around.document_id = cells.document_id
                AND around.reading_number = cells.reading_number
                AND around.table_number = cells.table_number
                AND around.row_number = cells.row_number
        )
    FROM wanted
    JOIN raw.cells AS cells USING (cell_id)
    JOIN raw.documents AS documents ON documents.document_id = cells.document_id
    UNION
    SELECT
        wanted.side, documents.document_id, documents.file_name,
        coalesce(figures.page_number, sentences.page_number),
        CASE
            WHEN documents.media_type <> 'application/pdf'
                AND documents.media_type NOT LIKE 'image/%'
            THEN coalesce(figures.line_number, sentences.line_number)
        END,
        NULL, NULL, NULL, NULL, coalesce(figures.section_zh, sentences.section_zh), '', '',
        figures.figure_text || coalesce(figures.unit_text, ''), NULL,
        coalesce(figures.sentence, sentences.sentence)
    FROM wanted
    LEFT JOIN raw.narrative_figures AS figures USING (figure_id)
    LEFT JOIN raw.narrative_sentences AS sentences
        ON sentences.sentence_id = wanted.sentence_id
    JOIN raw.documents AS documents
        ON documents.document_id = coalesce(figures.document_id, sentences.document_id)
    WHERE wanted.cell_id IS NULL
    ORDER BY 2, 4, 1, 5, 7, 6
"""


@dataclass(frozen=True)
class Place:
    """Where one figure stands; the box is in points from the top left, None in plain text."""

    side: str
    document_id: str
    file_name: str
    page_number: int
    line_number: int | None
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None
    heading: str
    row_label: str
    column_label: str
    text: str | None
    table_number: int | None
    words_around: str | None

    @property
    def sentence(self) -> str:
        """One line for a person: file, page or line, box, labels and the figure as printed."""
        where = f"第{self.page_number}页 page"
        if self.line_number is not None:
            where = f"第{self.line_number}行 line"
        if self.x0 is not None:
            where += f" ({self.x0:.0f}, {self.top:.0f})–({self.x1:.0f}, {self.bottom:.0f})"
        side = {"": "", "lhs": "左边 "}.get(self.side, "右边 ")
        labels = " · ".join(part for part in (self.row_label, self.column_label) if part)
        return f"{side}{self.file_name} {where}《{self.heading}》{labels}：{self.text or '—'}"


def find_places(home: Home, wanted_id: str) -> list[Place]:
    """Return the places behind an amount, a stated value, a cell, a figure, a result or a finding.

    Raises TraceError when nothing published has that id.
    """
    published = current_build(home.path) / "juesuan.duckdb"
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(_PLACES, {"id": wanted_id}).fetchall()
    if not rows:
        raise TraceError(
            f"已公布的数据里没有编号 {wanted_id}：请用金额、陈述值、单元格、核对结果或疑点的编号 /"
            f" nothing published has the id {wanted_id}: give that of an amount, a stated value, a"
            " cell, an identity result or a finding"
        )
    return [Place(*row) for row in rows]


def draw_pictures(home: Home, places: Iterable[Place], folder: Path, name: str) -> list[Path]:
    """Write one PNG per page with the cells of `places` outlined, cropped to their table.

    Cells that name persons are masked. Places without a box (plain text) have no picture. Raises
    TraceError when the original file is not kept under the home.
    """
    pictures = []
    boxed = [place for place in places if place.x0 is not None]
    for (document_id, page_number), on_page in groupby(
        boxed, key=lambda place: (place.document_id, place.page_number)
    ):
        original = home.original(document_id)
        if original is None:
            raise TraceError(
                f"没有保存原件 {boxed[0].file_name}，请重新读入 / the original of"
                f" {boxed[0].file_name} is not kept: ingest it again"
            )
        folder.mkdir(parents=True, exist_ok=True)
        picture = folder / f"{name}-{document_id[:8]}-p{page_number}.png"
        _draw(home, original, document_id, page_number, list(on_page), picture)
        pictures.append(picture)
    return pictures


def _paged(original: Path) -> Path | BytesIO:
    """Return a PDF to draw on: the original, or its pictures as pages of a PDF."""
    with original.open("rb") as file:
        if b"%PDF-" in file.read(1024):
            return original
    # Imported here: it comes with the extra that read the picture.
    from ingest.readers.scan_images import RESOLUTION as SCAN_RESOLUTION
    from ingest.readers.scan_images import open_pictures

    first, *others = [Image.fromarray(grey) for grey in open_pictures(original)]
    pages = BytesIO()
    first.save(pages, "PDF", save_all=True, append_images=others, resolution=SCAN_RESOLUTION)
    return pages


def _draw(
    home: Home, original: Path, document_id: str, page_number: int, marks: list[Place], out: Path
) -> None:
    tables = sorted({mark.table_number for mark in marks})
    with duckdb.connect(
        str(current_build(home.path) / "juesuan.duckdb"), read_only=True
    ) as connection:
        region = connection.execute(
            "SELECT min(x0), min(top), max(x1), max(bottom) FROM raw.cells"
            " WHERE document_id = ? AND page_number = ? AND list_contains(?, table_number)",
            [document_id, page_number, tables],
        ).fetchone()
        masked = connection.execute(
            "SELECT x0, top, x1, bottom FROM raw.cells"
            " WHERE document_id = ? AND page_number = ? AND is_redacted AND x0 IS NOT NULL",
            [document_id, page_number],
        ).fetchall()
    with pdfplumber.open(_paged(original)) as document:
        image = document.pages[page_number - 1].to_image(resolution=RESOLUTION, antialias=True)
    for box in masked:
        image.draw_rect(box, fill=(0, 0, 0), stroke=(0, 0, 0))
    for mark in marks:
        colour = LEFT_COLOUR if mark.side in ("", "lhs") else RIGHT_COLOUR
        image.draw_rect(
            (mark.x0, mark.top, mark.x1, mark.bottom),
            fill=(*colour, 40),
            stroke=colour,
            stroke_width=3,
        )
    x0, top, x1, bottom = region
    crop = (x0 - MARGIN, top - MARGIN, x1 + MARGIN, bottom + MARGIN)
    scale = image.scale
    width, height = image.annotated.size
    left, upper, right, lower = (side * scale for side in crop)
    image.annotated.crop((max(left, 0), max(upper, 0), min(right, width), min(lower, height))).save(
        out
    )
