"""Reading PDFs: the real disclosures both ways, and small drawings of what goes wrong silently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document, Grid, Line
from ingest.errors import RejectedDocument
from ingest.readers.pdf import read_pdf, read_pdf_with_pdfplumber
from tests.needs import disclosure

PUTUO = "putuo-social-work-2024.pdf"
WANLI = "putuo-wanli-street-budget-2025.pdf"
BOTH_WAYS = pytest.mark.parametrize("read", [read_pdf, read_pdf_with_pdfplumber])
PAGE = (595, 842)

Reader = Callable[[Path], Document]


@pytest.fixture(scope="module")
def putuo() -> Document:
    return read_pdf(disclosure(PUTUO))


def grids(document: Document, page_number: int | None = None) -> list[Grid]:
    return [
        element
        for element in document.elements
        if isinstance(element, Grid) and page_number in (None, element.page_number)
    ]


def lines(document: Document) -> list[str]:
    return [element.text for element in document.elements if isinstance(element, Line)]


def rows(grid: Grid) -> list[list[str]]:
    """Texts without line breaks, '' under merges, one list per row."""
    table = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        table[cell.row_number][cell.column_number] = cell.text.replace("\n", "")
    return table


def spans(grid: Grid) -> dict[str, tuple[int, int]]:
    return {
        cell.text.replace("\n", ""): (cell.row_span, cell.column_span)
        for cell in grid.cells
        if (cell.row_span, cell.column_span) != (1, 1)
    }


# --- the real disclosures ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "jiangsu-cppcc-office-budget-2018.pdf",
        "jiangsu-cppcc-office-budget-2019.pdf",
        PUTUO,
        WANLI,
    ],
)
def test_both_ways_read_the_same(name: str) -> None:
    fast = read_pdf(disclosure(name))
    reference = read_pdf_with_pdfplumber(disclosure(name))
    assert fast.page_count == reference.page_count
    assert len(fast.elements) == len(reference.elements)
    for one, other in zip(fast.elements, reference.elements, strict=True):
        assert type(one) is type(other)
        assert one.page_number == other.page_number
        if isinstance(one, Line):
            assert one.text.replace(" ", "") == other.text.replace(" ", "")
            continue
        assert (one.row_count, one.column_count) == (other.row_count, other.column_count)
        for cell, same in zip(one.cells, other.cells, strict=True):
            assert cell.text == same.text
            assert spans_of(cell) == spans_of(same)
            assert cell.box.x0 == pytest.approx(same.box.x0, abs=0.1)
            assert cell.box.top == pytest.approx(same.box.top, abs=0.1)


def spans_of(cell) -> tuple[int, int, int, int]:
    return cell.row_number, cell.column_number, cell.row_span, cell.column_span


def test_putuo_pages_have_their_grids(putuo: Document) -> None:
    shapes = {grid.page_number: (grid.row_count, grid.column_count) for grid in grids(putuo)}
    assert putuo.page_count == 24
    assert shapes == {
        4: (3, 3),
        5: (32, 4),
        6: (14, 9),
        7: (6, 9),
        8: (14, 8),
        9: (6, 8),
        10: (17, 7),
        11: (17, 7),
        12: (20, 5),
        13: (40, 6),
        14: (5, 12),
        15: (6, 8),
        16: (6, 8),
    }
    assert all(grid.has_merges for grid in grids(putuo))


def test_putuo_elements_stand_in_reading_order(putuo: Document) -> None:
    on_page = [element for element in putuo.elements if element.page_number == 5]
    texts = [element.text if isinstance(element, Line) else "grid" for element in on_page]
    assert texts == [
        "中共上海市普陀区委社会工作部2024年度部门决算表",
        "收入支出决算总表",
        "单位：万元",
        "grid",
        "注：本表反映部门本年度的总收支和年末结转结余情况。",
    ]


def test_putuo_summary_has_income_beside_expenditure(putuo: Document) -> None:
    (grid,) = grids(putuo, 5)
    table = rows(grid)
    assert spans(grid) == {"收入": (1, 2), "支出": (1, 2)}
    assert table[2] == ["一、一般公共预算财政拨款收入", "307.82", "一、一般公共服务支出", "264.87"]
    assert table[9] == ["八、其他收入", "", "八、社会保障和就业支出", "10.82"]
    assert table[31] == ["总计", "307.82", "总计", "307.82"]


def test_putuo_header_cells_span_rows_and_columns(putuo: Document) -> None:
    (grid,) = grids(putuo, 8)
    assert spans(grid) == {
        "项目": (1, 2),
        "本年支出合计": (2, 1),
        "基本支出": (2, 1),
        "项目支出": (2, 1),
        "上缴上级支出": (2, 1),
        "经营支出": (2, 1),
        "对附属单位补助支出": (2, 1),
        "合计": (1, 2),
    }
    assert rows(grid)[2] == ["合计", "", "307.82", "105.58", "202.24", "", "", ""]


def test_putuo_wrapped_label_keeps_its_line_breaks(putuo: Document) -> None:
    (grid,) = grids(putuo, 12)
    texts = [cell.text for cell in grid.cells if cell.row_number == 9]
    assert texts == ["2080505", "机关事业单位\n基本养老保险\n缴费支出", "6.18", "6.18", ""]


def test_putuo_basic_expenditure_has_two_blocks(putuo: Document) -> None:
    (grid,) = grids(putuo, 13)
    table = rows(grid)
    assert table[0] == ["经济分类科目编码", "科目名称", "决算数"] * 2
    assert table[7][:3] == ["30108", "机关事业单位基本养老保险缴费", "6.18"]
    assert table[27][3:] == ["30240", "税金及附加费用", "0.00"]
    assert table[38] == ["", "", "", "31099", "其他资本性支出", "0.00"]
    assert table[39] == ["人员经费合计", "", "95.36", "公用经费合计", "", "10.23"]
    assert spans(grid) == {"人员经费合计": (1, 2), "公用经费合计": (1, 2)}


def test_putuo_three_public_header_has_three_merged_rows(putuo: Document) -> None:
    (grid,) = grids(putuo, 14)
    assert spans(grid) == {
        "财政拨款“三公”经费": (1, 12),
        "合计": (2, 2),
        "因公出国（境）费": (2, 2),
        "公务用车购置及运行维护费": (1, 6),
        "公务接待费": (2, 2),
        "小计": (1, 2),
        "公务用车购置费": (1, 2),
        "公务用车运行维护费": (1, 2),
    }
    assert rows(grid)[3] == ["预算数", "决算数"] * 6
    assert rows(grid)[4] == [""] * 12


def test_putuo_fund_form_has_measures_in_a_body_row(putuo: Document) -> None:
    for page_number in (15, 16):
        (grid,) = grids(putuo, page_number)
        table = rows(grid)
        assert spans(grid)["本年支出"] == (2, 3)
        assert table[2] == ["合计", "", "", "", "合计", "基本支出", "项目支出", ""]


def test_wanli_contents_page_shaded_lines_are_no_grid() -> None:
    document = read_pdf(disclosure(WANLI))
    assert min(grid.page_number for grid in grids(document)) == 9
    assert any(line.startswith("五、部门预算表") for line in lines(document))
    (grid,) = grids(document, 29)
    assert rows(grid)[3] == ["37.91", "0", "1.35", "36.56", "15", "21.56", "464.64"]


# --- drawings ---------------------------------------------------------------------------------


def drawn(path: Path, draw: Callable[[Canvas], None], **options) -> Path:
    canvas = Canvas(str(path), pagesize=PAGE, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return path


def draw_table(
    canvas: Canvas,
    texts: list[list[str]],
    left: float = 100,
    top: float = 700,
    sides: tuple[bool, bool] = (True, True),
    merged_rows: tuple[int, ...] = (),
) -> None:
    """Draw rows of 20 pt and columns of 80 pt, with or without the left and right side."""
    width = 80 * len(texts[0])
    for row in range(len(texts) + 1):
        canvas.line(left, top - 20 * row, left + width, top - 20 * row)
    for column in range(len(texts[0]) + 1):
        is_outer = column in (0, len(texts[0]))
        if is_outer and not sides[column > 0]:
            continue
        for row in range(len(texts)):
            if is_outer or row not in merged_rows:
                x = left + 80 * column
                canvas.line(x, top - 20 * row, x, top - 20 * row - 20)
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            canvas.drawString(left + 80 * column + 5, top - 20 * row - 14, text)


TEXTS = [["code", "name", "amount"], ["201", "a b", "307.82"], ["202", "", "0.00"]]


@BOTH_WAYS
@pytest.mark.parametrize("sides", [(False, False), (False, True), (True, False), (True, True)])
def test_open_sides_keep_the_outer_columns(
    read: Reader, sides: tuple[bool, bool], tmp_path: Path
) -> None:
    path = drawn(tmp_path / "open.pdf", lambda canvas: draw_table(canvas, TEXTS, sides=sides))
    (grid,) = grids(read(path))
    assert rows(grid) == TEXTS
    assert grid.box.x0 == pytest.approx(100, abs=0.5)
    assert grid.box.x1 == pytest.approx(340, abs=0.5)


@BOTH_WAYS
def test_open_sides_keep_a_full_width_header_row(read: Reader, tmp_path: Path) -> None:
    texts = [["three public", "", ""], *TEXTS]
    path = drawn(
        tmp_path / "header.pdf",
        lambda canvas: draw_table(canvas, texts, sides=(False, False), merged_rows=(0,)),
    )
    (grid,) = grids(read(path))
    assert rows(grid) == texts
    assert spans(grid) == {"three public": (1, 3)}


@BOTH_WAYS
def test_open_side_keeps_a_label_over_two_rows(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for y, x in ((700, 100), (680, 180), (660, 100), (640, 100)):
            canvas.line(x, y, 340, y)
        for x in (180, 260):
            canvas.line(x, 700, x, 640)
        canvas.drawString(105, 675, "two")
        canvas.drawString(105, 646, "one")
        for row in range(3):
            canvas.drawString(185, 686 - 20 * row, f"name {row}")
            canvas.drawString(265, 686 - 20 * row, f"{row}.5")

    (grid,) = grids(read(drawn(tmp_path / "label.pdf", draw)))
    assert rows(grid) == [["two", "name 0", "0.5"], ["", "name 1", "1.5"], ["one", "name 2", "2.5"]]
    assert spans(grid) == {"two": (2, 1)}


def test_open_sides_do_not_join_two_tables(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, TEXTS, sides=(False, False))
        canvas.drawString(100, 600, "title of the second")
        draw_table(canvas, TEXTS, top=580, sides=(False, False))

    document = read_pdf(drawn(tmp_path / "two.pdf", draw))
    assert [rows(grid) for grid in grids(document)] == [TEXTS, TEXTS]
    assert lines(document) == ["title of the second"]


def test_rules_overrunning_without_text_make_no_column(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, TEXTS)
        for row in range(4):
            canvas.line(85, 700 - 20 * row, 100, 700 - 20 * row)

    (grid,) = grids(read_pdf(drawn(tmp_path / "overrun.pdf", draw)))
    assert rows(grid) == TEXTS


def test_row_open_at_the_page_end_is_kept(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, TEXTS)
        for column in range(4):
            canvas.line(100 + 80 * column, 640, 100 + 80 * column, 620)
        canvas.drawString(105, 626, "203")

    (grid,) = grids(read_pdf(drawn(tmp_path / "bottom.pdf", draw)))
    assert rows(grid) == [*TEXTS, ["203", "", ""]]


@BOTH_WAYS
@pytest.mark.parametrize(
    ("rotation", "origin", "corner"),
    [
        (90, (595, 0), (150 - 40, 595 - 400 - 20)),
        (180, (595, 842), (150 - 10, 842 - 400 - 40)),
        (270, (0, 842), (150 - 30, 595 - 400 - 10)),
    ],
)
def test_rotated_page_is_read_as_shown(
    read: Reader,
    rotation: int,
    origin: tuple[float, float],
    corner: tuple[float, float],
    tmp_path: Path,
) -> None:
    def draw(canvas: Canvas) -> None:
        # Margins of 20 left, 40 below, 10 right and 30 above, before the page is turned.
        canvas.setCropBox((20, 40, 585, 812))
        canvas.translate(*origin)
        canvas.rotate(rotation)
        draw_table(canvas, TEXTS, left=150, top=400)

    path = tmp_path / "rotated.pdf"
    with pdfium.PdfDocument(drawn(tmp_path / "upright.pdf", draw)) as pdf:
        pdf[0].set_rotation(rotation)
        pdf.save(path)
    (grid,) = grids(read(path))
    assert rows(grid) == TEXTS
    assert (grid.box.x0, grid.box.top) == pytest.approx(corner, abs=0.5)


@BOTH_WAYS
def test_shifted_boxes_give_coordinates_as_shown(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 100, 500, 800))
        draw_table(canvas, TEXTS)
        canvas.drawString(100, 90, "outside the crop box")

    path = drawn(tmp_path / "shifted.pdf", draw)
    data = path.read_bytes().replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ -9 9 595 820]")
    path.write_bytes(data)
    document = read(path)
    (grid,) = grids(document)
    assert rows(grid) == TEXTS
    assert (grid.box.x0, grid.box.top) == pytest.approx((50, 100), abs=0.5)
    assert lines(document) == []


@BOTH_WAYS
def test_form_objects_are_moved_and_scaled(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        draw_table(canvas, TEXTS, left=0, top=60)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(20, 30)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.translate(100, 300)
        canvas.scale(1.5, 1.5)
        canvas.doForm("outer")

    (grid,) = grids(read(drawn(tmp_path / "form.pdf", draw)))
    assert rows(grid) == TEXTS
    box = grid.box
    assert (box.x0, box.x1) == pytest.approx((130, 490), abs=0.5)
    assert (box.top, box.bottom) == pytest.approx((842 - 435, 842 - 345), abs=0.5)


@BOTH_WAYS
def test_fake_bold_is_read_once(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, TEXTS)
        canvas.translate(0.3, 0)
        draw_table(canvas, TEXTS)

    (grid,) = grids(read(drawn(tmp_path / "bold.pdf", draw)))
    assert rows(grid) == TEXTS


@BOTH_WAYS
def test_slanted_watermark_does_not_enter_cells(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, TEXTS)
        canvas.translate(120, 640)
        canvas.rotate(20)
        canvas.drawString(0, 0, "8 8 8 8 8 8 8 8 8 8 8 8")

    document = read(drawn(tmp_path / "watermark.pdf", draw))
    assert rows(grids(document)[0]) == TEXTS
    assert lines(document) == []


@BOTH_WAYS
def test_merged_cell_is_listed_once_with_its_spans(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 600, 300, 90)
        canvas.line(100, 630, 400, 630)
        canvas.line(200, 660, 400, 660)
        canvas.line(200, 600, 200, 690)
        canvas.line(300, 600, 300, 660)
        canvas.drawString(110, 655, "label")
        canvas.drawString(210, 670, "group")
        for column, text in enumerate(["x", "1", "2"]):
            canvas.drawString(110 + 100 * column, 610, text)

    (grid,) = grids(read(drawn(tmp_path / "merged.pdf", draw)))
    assert spans(grid) == {"label": (2, 1), "group": (1, 2)}
    assert len(grid.cells) == 7
    assert rows(grid)[2] == ["x", "1", "2"]


@BOTH_WAYS
def test_charts_and_empty_grids_are_no_grids(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 780, "text")
        draw_table(canvas, [["", ""], ["", ""]])
        for step in range(31):
            canvas.line(100, 400 + 4 * step, 220, 400 + 4 * step)
            canvas.line(100 + 4 * step, 400, 100 + 4 * step, 520)
        canvas.drawString(150, 450, "chart")

    document = read(drawn(tmp_path / "chart.pdf", draw))
    assert grids(document) == []
    assert lines(document) == ["text", "chart"]


def test_bar_chart_is_no_grid(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(100, 400, 100, 560)
        for step in range(6):
            canvas.line(100, 400 + 30 * step, 400, 400 + 30 * step)
            canvas.drawString(80, 397 + 30 * step, str(10 * step))
        for step, height in enumerate((50, 100, 140, 75)):
            canvas.rect(120 + 70 * step, 400, 30, height, fill=1)
            canvas.drawString(122 + 70 * step, 404 + height, f"{height}.2")

    assert grids(read_pdf(drawn(tmp_path / "bars.pdf", draw))) == []


def test_empty_form_and_its_last_row_are_grids(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas, [["code", "name", "x", "y"], *[[""] * 4] * 8])
        draw_table(canvas, [["total", "", "", "", ""]], top=400)

    shapes = [
        (grid.row_count, grid.column_count)
        for grid in grids(read_pdf(drawn(tmp_path / "form.pdf", draw)))
    ]
    assert shapes == [(9, 4), (1, 5)]


def test_drawing_of_countless_rules_is_skipped(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for step in range(110):
            canvas.line(20, 100 + 5 * step, 560, 100 + 5 * step)
            canvas.line(20 + 5 * step, 100, 20 + 5 * step, 645)
        canvas.drawString(150, 450, "map")

    document = read_pdf(drawn(tmp_path / "map.pdf", draw))
    assert grids(document) == []
    assert lines(document) == ["map"]


@BOTH_WAYS
def test_blanks_come_from_drawn_blanks_and_gaps(read: Reader, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "  1,000.00   2,000.00 ")
        canvas.drawString(100, 680, "left")
        canvas.drawString(300, 680, "right")
        canvas.drawString(100, 660, "2023-")
        canvas.drawString(100, 640, "2024")

    document = read(drawn(tmp_path / "blanks.pdf", draw))
    assert lines(document) == ["1,000.00 2,000.00", "left right", "2023-", "2024"]


# --- files that cannot be read ----------------------------------------------------------------


def text_page(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "text")


def rejection(path: Path, read: Reader = read_pdf) -> str:
    with pytest.raises(RejectedDocument) as caught:
        read(path)
    chinese, english = str(caught.value).split(" / ")
    assert not chinese.isascii()
    assert english.isascii()
    return english


@BOTH_WAYS
def test_encrypted_file_is_rejected(read: Reader, tmp_path: Path) -> None:
    lock = StandardEncryption("secret", ownerPassword="owner")
    path = drawn(tmp_path / "locked.pdf", text_page, encrypt=lock)
    assert "encrypted" in rejection(path, read)


def test_file_with_an_owner_password_only_is_read(tmp_path: Path) -> None:
    lock = StandardEncryption("", ownerPassword="owner", canCopy=0)
    assert lines(read_pdf(drawn(tmp_path / "owner.pdf", text_page, encrypt=lock))) == ["text"]


@BOTH_WAYS
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_truncated_file_is_rejected(read: Reader, share: float, tmp_path: Path) -> None:
    path = drawn(tmp_path / "cut.pdf", text_page)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "truncated" in rejection(path, read)


def test_truncated_real_disclosure_is_rejected(tmp_path: Path) -> None:
    data = disclosure(WANLI).read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: len(data) // 2])
    assert "truncated" in rejection(path)


def test_garbage_after_the_end_is_no_truncation(tmp_path: Path) -> None:
    path = drawn(tmp_path / "tail.pdf", text_page)
    path.write_bytes(path.read_bytes() + b"\n<!-- served by a web page -->" * 200)
    assert lines(read_pdf(path)) == ["text"]


def test_damaged_file_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 8 + b"\n%%EOF\n")
    assert "damaged" in rejection(path)


def test_other_file_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("<html></html>", encoding="utf-8")
    assert "Not a PDF" in rejection(path)


def hand_written(path: Path, *objects: bytes) -> Path:
    """Write a PDF of these objects, numbered from 1; the first is the catalog."""
    data = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    path.write_bytes(data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end)
    return path


def test_file_without_pages_is_rejected(tmp_path: Path) -> None:
    path = hand_written(
        tmp_path / "empty.pdf",
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
    )
    assert "no pages" in rejection(path)


@BOTH_WAYS
def test_missing_page_is_named(read: Reader, tmp_path: Path) -> None:
    path = hand_written(
        tmp_path / "missing.pdf",
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    assert "Page 2" in rejection(path, read)


@BOTH_WAYS
def test_font_without_encoding_is_rejected(read: Reader, tmp_path: Path) -> None:
    text = b"BT /F 12 Tf 72 700 Td <00210022002300240025> Tj ET"
    path = hand_written(
        tmp_path / "glyphs.pdf",
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/FontDescriptor/FontName/X/Flags 4/ItalicAngle 0/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80/FontBBox[0 -200 1000 800]>>",
    )
    assert "cannot be decoded" in rejection(path, read)


@BOTH_WAYS
def test_page_of_rules_without_text_is_rejected(read: Reader, tmp_path: Path) -> None:
    path = drawn(tmp_path / "scan.pdf", lambda canvas: draw_table(canvas, [["", ""], [" ", ""]]))
    assert "no text" in rejection(path, read)
