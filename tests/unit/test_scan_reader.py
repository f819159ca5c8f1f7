"""Pages that are pictures: skew, rules, ink, characters, and what becomes of the file."""

from __future__ import annotations

import socket
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Box, Cell, Grid, Line
from ingest.errors import RejectedDocument
from ingest.readers import ocr_extra, read_document
from ingest.readers.pdf_characters import Character
from ingest.readers.scan_images import find_skew, set_upright
from ingest.readers.scan_ink import find_ink, lines_of
from ingest.readers.scan_sheets import align_sheets
from ingest.readers.scan_text import as_number
from ingest.run import ingest_paths

NUMBERS = [["2013999", "1,264.87", "0.00"], ["20139", "-307.82", "62.63"], ["201", "51.3", "196"]]
FONT = ImageFont.load_default(size=24)


def table_picture(turned: float = 0.0) -> Image.Image:
    """A quarter of a page at 200 dpi: a heading and a ruled table of numbers."""
    picture = Image.new("L", (900, 600), 245)
    draw = ImageDraw.Draw(picture)
    draw.text((120, 60), "Table 12", font=FONT, fill=20)
    for number in range(4):
        draw.line((100, 150 + 60 * number, 760, 150 + 60 * number), fill=20, width=2)
        draw.line((100 + 220 * number, 150, 100 + 220 * number, 330), fill=20, width=2)
    for row, texts in enumerate(NUMBERS):
        for column, text in enumerate(texts):
            place = (300 + 220 * column, 165 + 60 * row)
            draw.text(place, text, font=FONT, fill=20, anchor="ra")
    picture = picture.rotate(turned, Image.Resampling.BICUBIC, fillcolor=245, expand=False)
    noise = np.random.default_rng(1).normal(0, 5, (600, 900))
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, dpi=(200, 200), **options)
    return path


def texts_of(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.row_count)]
    for cell in sorted(grid.cells, key=lambda c: (c.row_number, c.column_number)):
        rows[cell.row_number].append(cell.text)
    return rows


def the_grid(elements: tuple[Line | Grid, ...]) -> Grid:
    [grid] = [element for element in elements if isinstance(element, Grid)]
    return grid


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a scan was read with a connection to the outside")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("offline")
def test_skewed_picture_gives_its_cells_with_confidence_and_places(tmp_path: Path, capfd) -> None:
    document = read_document(saved(table_picture(0.8), tmp_path / "a.png"))
    assert document.media_type == "image/png"
    grid = the_grid(document.elements)
    assert texts_of(grid) == NUMBERS
    assert all(0.8 < cell.confidence <= 1 for cell in grid.cells)
    heading = document.elements[0]
    assert heading.text == "Table 12"
    assert heading.confidence > 0.8
    # The box stands where the cell is on the picture as it lies, in points.
    cell = next(c for c in grid.cells if c.text == "0.00")
    assert cell.box.x0 == pytest.approx(540 * 0.36, abs=4)
    assert cell.box.top == pytest.approx(150 * 0.36, abs=4)
    assert capfd.readouterr() == ("", "")


def test_picture_on_its_side_is_turned_and_its_boxes_are_turned_back(tmp_path: Path) -> None:
    picture = table_picture()
    upright = the_grid(read_document(saved(picture, tmp_path / "a.png")).elements)
    sideways = saved(picture.transpose(Image.Transpose.ROTATE_90), tmp_path / "b.png")
    turned = the_grid(read_document(sideways).elements)
    assert texts_of(turned) == texts_of(upright) == NUMBERS
    ours, theirs = (next(c.box for c in g.cells if c.text == "0.00") for g in (turned, upright))
    assert ours.x0 == pytest.approx(theirs.top, abs=1)
    assert ours.bottom == pytest.approx(900 * 0.36 - theirs.x0, abs=1)


def test_pages_of_a_tiff_are_pages_of_the_document(tmp_path: Path) -> None:
    pages = [table_picture(0.4), table_picture(-0.4)]
    path = saved(pages[0], tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    document = read_document(path)
    assert document.page_count == 2
    grids = [element for element in document.elements if isinstance(element, Grid)]
    assert [grid.page_number for grid in grids] == [1, 2]
    assert [texts_of(grid) for grid in grids] == [NUMBERS, NUMBERS]


def mixed_pdf(path: Path) -> Path:
    """One page of text, one page that is a picture with a page number printed over it."""
    canvas = Canvas(str(path), pagesize=(324, 216))
    canvas.drawString(30, 150, "page of plain text")
    canvas.showPage()
    canvas.drawImage(ImageReader(table_picture(0.5)), 0, 0, 324, 216)
    canvas.drawString(160, 5, "- 2 -")
    canvas.save()
    return path


def test_mixed_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    document = read_document(mixed_pdf(tmp_path / "a.pdf"))
    text, *scanned = document.elements
    assert (text.text, text.page_number, text.confidence) == ("page of plain text", 1, None)
    assert texts_of(the_grid(tuple(scanned))) == NUMBERS
    assert {element.page_number for element in scanned} == {2}


def test_invisible_text_over_a_picture_is_not_believed(tmp_path: Path) -> None:
    """Scanners leave what they recognised themselves, invisible, over the picture of the page."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(324, 216))
    canvas.drawImage(ImageReader(table_picture()), 0, 0, 324, 216)
    text = canvas.beginText(40, 150)
    text.setTextRenderMode(3)
    text.textLine("l,264.B7 wrongly recognised")
    canvas.drawText(text)
    canvas.save()
    document = read_document(tmp_path / "a.pdf")
    assert texts_of(the_grid(document.elements)) == NUMBERS
    assert not any("wrongly" in e.text for e in document.elements if isinstance(e, Line))


def test_without_the_extra_a_scan_says_what_to_install_and_is_read_once_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, home = tmp_path / "in", tmp_path / "home"
    files.mkdir()
    mixed_pdf(files / "a.pdf")
    saved(table_picture(), files / "b.png")
    with monkeypatch.context() as patch:
        patch.setattr(ocr_extra, "_MODULES", ("cv2", "no_such_module"))
        with pytest.raises(RejectedDocument, match=r"pip install 'juesuan\[ocr\]'"):
            read_document(files / "a.pdf")
        results = ingest_paths([files], home, workers=1).results
        assert [result.reason for result in results] == [ocr_extra.NEEDS_EXTRA] * 2
    # Neither is a disclosure: what matters is that both were read this time.
    for result in ingest_paths([files], home, workers=1).results:
        assert result.reason != ocr_extra.NEEDS_EXTRA


def test_broken_picture_is_rejected(tmp_path: Path) -> None:
    whole = saved(table_picture(), tmp_path / "a.png").read_bytes()
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RejectedDocument, match="damaged"):
        read_document(cut)


def test_blank_picture_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(RejectedDocument, match="No text"):
        read_document(saved(Image.new("L", (900, 600), 250), tmp_path / "a.png"))


def test_pdf_page_of_a_picture_keeps_the_points_of_the_page(tmp_path: Path) -> None:
    buffer = BytesIO()
    table_picture().save(buffer, "PDF", resolution=200)
    path = tmp_path / "a.pdf"
    path.write_bytes(buffer.getvalue())
    grid = the_grid(read_document(path).elements)
    assert grid.box.x0 == pytest.approx(36, abs=1)
    assert grid.box.bottom == pytest.approx(330 * 0.36, abs=1)


@pytest.mark.parametrize("degrees", [-2.3, -0.37, 0.0, 0.6, 3.1])
def test_skew_is_found(degrees: float) -> None:
    assert find_skew(np.asarray(table_picture(degrees))) == pytest.approx(-degrees, abs=0.06)


def test_heads_of_characters_in_a_row_are_no_rules() -> None:
    """The bars of 合 and 计 made one straight run, and were painted white as a rule."""
    picture = table_picture()
    ImageDraw.Draw(picture).line((330, 180, 400, 180), fill=20, width=3)
    upright = set_upright(np.asarray(picture))
    ink = find_ink(upright.grey)
    plain = find_ink(set_upright(np.asarray(table_picture())).grey)
    assert len(ink.edges) == len(plain.edges) == 8
    assert upright.grey[181, 365] < 60
    assert ink.clean[181, 365] < 60


def test_bars_of_one_character_are_one_line_and_two_lines_are_two() -> None:
    def piece(top: float, bottom: float) -> Character:
        return Character("■", 10, top, 18, bottom)

    three_bars = [piece(0, 1), piece(3.5, 4.5), piece(7, 8)]
    assert len(lines_of(three_bars, 8)) == 1
    assert len(lines_of([*three_bars, piece(12, 20)], 8)) == 2
    dust = piece(3, 4.2)._replace(x1=11.2)
    assert lines_of([dust], 8) == []
    # A stop stands by its number, dust anywhere in the cell.
    stop, far = dust._replace(x0=18.5, x1=19.7), dust._replace(x0=40, x1=41.2)
    assert lines_of([piece(0, 8), stop, far], 8) == [[piece(0, 8), stop]]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1O4.87", "104.87"),
        ("264。87", "264.87"),
        ("1,23", "1.23"),
        ("l2,345.6", "12,345.6"),
        ("一307.82", "-307.82"),
        (".18.99", "18.99"),
        ("264.87", None),
        ("1,264.87", None),
        ("机关", None),
        ("O", None),
    ],
)
def test_a_number_with_mistaken_signs_is_another_reading(text: str, number: str | None) -> None:
    assert as_number(text) == number


def test_table_goes_on_under_the_one_before_where_the_sheet_lay_shifted() -> None:
    def grid(page: int, x0: float, x1: float, confidence: float | None) -> Grid:
        cell = Cell("1", 0, 0, page_number=page, box=Box(x0, 0, x1, 9), confidence=confidence)
        return Grid((cell,), 1, 1, page, True, Box(x0, 0, x1, 9))

    first = grid(1, 50, 500, 0.9)
    _, shifted = align_sheets([first, grid(2, 58, 509, 0.9)])
    assert (shifted.box.x0, shifted.box.x1) == (50, 500)
    assert shifted.cells[0].box.x0 == 58
    # A digital page lies where it lies, and another width is another table.
    for other in (grid(2, 58, 509, None), grid(2, 58, 490, 0.9), grid(3, 58, 509, 0.9)):
        assert align_sheets([first, other])[1] == other
