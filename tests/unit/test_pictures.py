"""Pictures of pages show no person, wherever the name or the telephone number stands."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import groupby
from pathlib import Path

import duckdb
import pdfplumber
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest import ingest_paths
from ingest.readers.pdf_characters import Character
from juesuan.pictures import (
    LEFT_COLOUR,
    MASK_COLOUR,
    SCALE,
    Picture,
    boxes_to_mask,
    make_pictures,
)
from juesuan.publish_tables import copy_warehouse
from juesuan.settings import Home
from juesuan.trace import Mark, Place
from tests.factory.typesetting import CJK, LATIN, width_of
from tests.needs import cjk_font

SIZE = 10
HEADER = ("项目编码", "项目名称", "项目负责人", "预算数")
# The last row is cut by the page break: what is left of it stands on the second page.
FIRST_PAGE = (
    HEADER,
    ("101", "档案整理", "张三丰", "5.00"),
    ("102", "库房修缮", "李四光、", "7.00"),
)
SECOND_PAGE = (HEADER, ("", "", "王五福", ""), ("103", "设备更新", "赵六", "9.00"))
PROSE = (
    "项目负责人：张三丰",
    "一、收入情况说明",
    "本年收入21.00万元，由张三丰汇总，联系电话：",
    "021-55512345，比上年增长5.00%。",
)
NAMES = ("张三丰", "李四光", "王五福", "赵六", "021-55512345")


def _write(canvas: Canvas, x: float, y: float, text: str) -> None:
    for is_latin, run in groupby(text, lambda character: ord(character) < 0x80):
        piece = "".join(run)
        canvas.setFont(LATIN if is_latin else CJK, SIZE)
        canvas.drawString(x, y, piece)
        x += width_of(piece, SIZE)


def _table(canvas: Canvas, rows: tuple[tuple[str, ...], ...], top: float) -> None:
    for row in range(len(rows) + 1):
        canvas.line(60, top - 20 * row, 460, top - 20 * row)
    for column in range(5):
        canvas.line(60 + 100 * column, top, 60 + 100 * column, top - 20 * len(rows))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            _write(canvas, 65 + 100 * column, top - 20 * row - 14, text)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a PDF full of persons, its raw layer published."""
    cjk_font()
    folder = tmp_path_factory.mktemp("persons")
    canvas = Canvas(str(folder / "persons.pdf"), pagesize=(595, 842))
    _write(canvas, 65, 800, "2024年度某市档案馆部门决算")
    _write(canvas, 65, 70, "收入决算表")
    canvas.showPage()
    _write(canvas, 65, 800, "项目支出决算表")
    _table(canvas, FIRST_PAGE, 780)
    canvas.showPage()
    _table(canvas, SECOND_PAGE, 800)
    for number, line in enumerate(PROSE):
        _write(canvas, 65, 728 - 16 * number, line)
    canvas.save()
    home = Home(folder / "home")
    ingest_paths([folder / "persons.pdf"], home.path)
    build = home.path / "published" / "build"
    build.mkdir(parents=True)
    copy_warehouse(home.warehouse, build)
    (home.path / "published" / "current").symlink_to(build)
    return home


def _published(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(
        str(home.path / "published" / "current" / "juesuan.duckdb"), read_only=True
    ) as connection:
        return connection.execute(sql).fetchall()


def _place(document_id: str, mark: Mark, **parts: int | None) -> Place:
    known = {"table_number": None, "paragraph_number": None} | parts
    nothing = dict.fromkeys(("line_number", "heading", "row_label", "column_label", "text"))
    nothing |= dict.fromkeys(("words_around", "text_start", "first_line", "last_line"))
    return Place(
        side="lhs",
        document_id=document_id,
        file_id=document_id,
        file_name="persons.pdf",
        page_number=mark.page_number,
        marks=(mark,),
        **nothing,
        **known,
    )


def _picture_of_cells(home: Home, text: str) -> list[Picture]:
    cells = _published(
        home,
        "SELECT document_id, page_number, x0, top, x1, bottom, table_number FROM raw.cells"
        f" WHERE cell_text = '{text}'",
    )
    assert cells
    places = [_place(row[0], Mark(*row[1:6]), table_number=row[6]) for row in cells]
    return make_pictures(home, places)


def _picture_of_figures(home: Home) -> list[Picture]:
    figures = _published(
        home,
        "SELECT document_id, page_number, x0, top, x1, bottom, paragraph_number"
        " FROM raw.narrative_figures WHERE unit_text IS NOT NULL AND page_number = 3",
    )
    assert figures
    places = [_place(row[0], Mark(*row[1:6]), paragraph_number=row[6]) for row in figures]
    return make_pictures(home, places)


def _persons_seen(picture: Picture, original: Path) -> tuple[int, list[str]]:
    """How many characters of persons the picture covers, and those that are not all black."""
    with pdfplumber.open(original) as pdf:
        chars = [c for c in pdf.pages[picture.page_number - 1].chars if not c["text"].isspace()]
    text = "".join(char["text"] for char in chars)
    image = Image.open(BytesIO(picture.png)).convert("RGB")
    region, covered, seen = picture.region, 0, []
    for match in re.finditer("|".join(NAMES), text):
        for char in chars[match.start() : match.end()]:
            x0, x1 = (round((char[side] - region.x0) * SCALE) for side in ("x0", "x1"))
            top, bottom = (round((char[side] - region.top) * SCALE) for side in ("top", "bottom"))
            if x1 <= 0 or bottom <= 0 or x0 >= image.width or top >= image.height:
                continue
            covered += 1
            middle = image.crop((x0 + 1, max(top, 0) + 1, x1 - 1, min(bottom, image.height) - 1))
            if middle.getcolors() != [(middle.width * middle.height, MASK_COLOUR)]:
                seen.append(char["text"])
    return covered, seen


def test_a_picture_of_a_table_hides_its_persons(home: Home):
    (picture,) = _picture_of_cells(home, "5.00")
    covered, seen = _persons_seen(picture, next((home.path / "originals").glob("*.pdf")))
    assert (covered, seen) == (6, [])


def test_a_row_cut_by_the_page_break_and_the_lines_below_a_table_hide_theirs(home: Home):
    (picture,) = _picture_of_cells(home, "9.00")
    covered, seen = _persons_seen(picture, next((home.path / "originals").glob("*.pdf")))
    assert covered >= 5 + 3
    assert seen == []


def test_a_header_printed_again_is_left_to_be_read_and_nothing_else():
    def word(text: str, x: float) -> list[Character]:
        return [Character(c, x + 10 * n, 50, x + 10 * n + 9, 60) for n, c in enumerate(text)]

    characters = [*word("预算数", 100), *word("赵六", 200), *word("5.00", 300)]
    published = [(290, 45, 350, 65, False), (10, 10, 20, 20, True)]
    masked = boxes_to_mask(characters, published, {"预算数", "项目名称"})
    assert [(box.x0, box.x1) for box in masked] == [(10, 20), (200, 209), (210, 219)]


def test_a_picture_of_the_prose_hides_names_and_a_telephone_number_on_its_own_line(home: Home):
    (picture,) = _picture_of_figures(home)
    covered, seen = _persons_seen(picture, next((home.path / "originals").glob("*.pdf")))
    assert covered >= 3 + len("021-55512345")
    assert seen == []


def test_the_outline_lies_around_the_figure(home: Home):
    (picture,) = _picture_of_cells(home, "5.00")
    image = Image.open(BytesIO(picture.png)).convert("RGB")
    (mark,) = _published(home, "SELECT x0, top, x1, bottom FROM raw.cells WHERE cell_text = '5.00'")
    x0, top, x1, bottom = mark
    middle = (top + bottom) / 2 - picture.region.top
    for x in (x0 - 1, x1 + 1):
        at = (round((x - picture.region.x0) * SCALE), round(middle * SCALE))
        assert image.getpixel(at) == LEFT_COLOUR
    inside = (round((x0 + 90 - picture.region.x0) * SCALE), round(middle * SCALE))
    red, green, blue = image.getpixel(inside)
    assert red > green == pytest.approx(blue, abs=5) and green > 200
