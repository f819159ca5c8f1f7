"""The boxes of the figures of the prose hold their digits and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document, Line
from ingest.extract import extract
from ingest.narrative import read_narrative
from ingest.readers.pdf import read_pdf, read_pdf_with_pdfplumber
from ingest.tables import assemble
from tests.factory.typesetting import CJK, LATIN, width_of
from tests.needs import ROOT, cjk_font

SIZE = 12
WIDTH, HEIGHT = 595, 842
PROSE = (
    "一、收入情况说明",
    "本年收入合计 307.82 万元，按㈠占 100.00%；比上年 -1,290.94",
    "万元，其中 12,34",
    "5.67万元，增长3%。",
)
CROP = (20, 40, 585, 812)

Row = dict


def text_within(page: pdfplumber.page.Page, figure: Row, left: float = 0, top: float = 0) -> str:
    """What pdfplumber finds in the box of a figure; left and top are those of the crop box."""
    found = [
        char
        for char in page.chars
        if figure["x0"] <= (char["x0"] + char["x1"]) / 2 - left <= figure["x1"]
        and figure["top"] <= (char["top"] + char["bottom"]) / 2 - top <= figure["bottom"]
    ]
    # The box is no wider than the digits.
    assert figure["x0"] == pytest.approx(min(char["x0"] for char in found) - left, abs=0.2)
    assert figure["x1"] == pytest.approx(max(char["x1"] for char in found) - left, abs=0.2)
    return "".join(char["text"] for char in found)


def draw_prose(canvas: Canvas) -> None:
    """The lines of PROSE at the top of the page, each run in the font that has its characters."""
    for number, line in enumerate(PROSE):
        x = 80.0
        for is_latin, run in groupby(line, lambda character: ord(character) < 0x80):
            text = "".join(run)
            canvas.setFont(LATIN if is_latin else CJK, SIZE)
            canvas.drawString(x, HEIGHT - 100 - 20 * number, text)
            x += width_of(text, SIZE)


def drawn(path: Path, draw: Callable[[Canvas], None]) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    draw(canvas)
    canvas.save()
    return path


@pytest.mark.parametrize("name", ["water-bureau-2023.pdf", "example-social-work-2024.pdf"])
def test_each_box_of_a_written_disclosure_holds_its_figure(name: str):
    path = ROOT / "samples" / name
    extraction = extract(path, "d" * 64)
    lines = {row["line_number"]: row["line_text"] for row in extraction.lines}
    assert len(extraction.narrative_figures) > 40
    with pdfplumber.open(path) as pdf:
        for figure in extraction.narrative_figures:
            found = text_within(pdf.pages[figure["page_number"] - 1], figure)
            if found != figure["figure_text"]:
                # Only a figure broken over two lines has less in its box.
                assert found and figure["figure_text"].startswith(found)
                assert lines[figure["line_number"]].endswith(found)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_on_the_page_as_shown_however_it_is_turned(rotation: int, tmp_path: Path):
    cjk_font()
    # The page is drawn turned, so that its turn shows it upright.
    width, height = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
    origins = {0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((width, height))
        canvas.translate(*origins[rotation])
        canvas.rotate(rotation)
        draw_prose(canvas)

    path = tmp_path / "turned.pdf"
    with pdfium.PdfDocument(drawn(tmp_path / "upright.pdf", draw)) as pdf:
        pdf[0].set_rotation(rotation)
        pdf.save(path)
    figures = read_narrative(assemble(read_pdf(path))).figures
    assert [figure.figure_text for figure in figures] == [
        "307.82",
        "100.00",
        "-1,290.94",
        "12,345.67",
        "3",
    ]
    with pdfplumber.open(path) as pdf:
        texts = [text_within(pdf.pages[0], vars_of(figure)) for figure in figures]
    # The fourth breaks at the end of its line.
    assert texts == ["307.82", "100.00", "-1,290.94", "12,34", "3"]
    assert figures[0].box.x0 == pytest.approx(80 + width_of("本年收入合计 ", SIZE), abs=0.5)
    assert figures[0].box.top < 119 < figures[0].box.bottom


def vars_of(figure) -> Row:
    return {name: getattr(figure.box, name) for name in ("x0", "top", "x1", "bottom")}


@pytest.mark.parametrize("read", [read_pdf, read_pdf_with_pdfplumber])
def test_boxes_count_from_the_corner_of_the_crop_box(
    read: Callable[[Path], Document], tmp_path: Path
):
    cjk_font()

    def draw(canvas: Canvas) -> None:
        canvas.setCropBox(CROP)
        draw_prose(canvas)

    path = drawn(tmp_path / "cropped.pdf", draw)
    figures = read_narrative(assemble(read(path))).figures
    left, top = CROP[0], HEIGHT - CROP[3]
    with pdfplumber.open(path) as pdf:
        texts = [text_within(pdf.pages[0], vars_of(figure), left, top) for figure in figures]
    assert texts == ["307.82", "100.00", "-1,290.94", "12,34", "3"]


def test_without_geometry_a_figure_has_no_box():
    lines = (Line("本年收入合计307.82万元。", 1),)
    (figure,) = read_narrative(assemble(Document("application/pdf", 1, lines))).figures
    assert figure.box is None


def test_a_sentence_knows_the_lines_it_stands_on_and_no_page_number_between():
    lines = (Line("收入1万元。支出", 1), Line("- 1 -", 1), Line("2万元，结余", 2), Line("0元。", 2))
    found = read_narrative(assemble(Document("application/pdf", 2, lines))).sentences
    assert [(s.sentence, s.line_numbers) for s in found] == [
        ("收入1万元。", [1]),
        ("支出2万元，结余0元。", [1, 3, 4]),
    ]
