"""Workbooks: what a person sees, sheet by sheet, in both formats."""

from io import BytesIO

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Side

from ingest.document import Grid, Line
from ingest.errors import RejectedDocument
from ingest.readers.sheets import MIN_PROSE_LENGTH
from ingest.readers.xls import read_xls
from ingest.readers.xlsx import read_xlsx
from ingest.tables import assemble

FORM = [
    ["收入决算表"],
    ["部门：某局", None, "单位：万元"],
    ["科目编码", "科目名称", "合计"],
    ["201", "一般公共服务支出", 5.5],
]


def save(workbook):
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def workbook_of(*sheets):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, 1):
        sheet = workbook.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    return workbook


def read(workbook):
    return read_xlsx(save(workbook))


def lines(document):
    return [e.text for e in document.elements if isinstance(e, Line) and e.text]


def grids(document):
    return [e for e in document.elements if isinstance(e, Grid)]


def rows(grid):
    out = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        out[cell.row_number][cell.column_number] = cell.text
    return out


def test_what_stands_above_a_table_is_lines():
    document = read(workbook_of(FORM))
    assert lines(document) == ["收入决算表", "部门：某局", "单位：万元"]
    (grid,) = grids(document)
    assert rows(grid) == [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "5.5"]]
    assert {c.line_number for c in grid.cells} == {3, 4}
    (table,) = assemble(document).tables
    assert (table.form_title, table.unit_text, table.department_text) == (
        "收入决算表",
        "万元",
        "某局",
    )


def test_a_caption_in_two_cells_is_one_line():
    document = read(workbook_of([["收入决算表"], ["部门：", "某局"], *FORM[2:]]))
    assert lines(document) == ["收入决算表", "部门： 某局"]


def test_sheets_are_pages_and_never_continue_each_other():
    document = read(workbook_of(FORM, FORM[2:], [["支出决算表"], *FORM[2:]]))
    assert document.page_count == 3
    tables = assemble(document).tables
    assert [(t.form_title, t.grids[0].page_number) for t in tables] == [
        ("收入决算表", 1),
        ("", 2),
        ("支出决算表", 3),
    ]


def test_the_name_of_a_sheet_stands_in_for_a_missing_title():
    workbook = workbook_of(FORM[2:], FORM)
    workbook.worksheets[0].title = "支出决算表"
    workbook.worksheets[1].title = "财政拨款收入支出决算总表"
    titles = [table.form_title for table in assemble(read(workbook)).tables]
    assert titles == ["支出决算表", "收入决算表"]


def test_hidden_sheets_rows_and_columns_are_not_read():
    workbook = workbook_of([*FORM, ["202", "外交支出", 9]], FORM)
    first, second = workbook.worksheets
    first.row_dimensions[4].hidden = True
    first.column_dimensions["A"].hidden = True
    second.sheet_state = "hidden"
    (grid,) = grids(read(workbook))
    assert rows(grid) == [["科目名称", "合计"], ["外交支出", "9"]]


def test_a_merge_whose_first_column_is_hidden_stays_over_the_others():
    workbook = workbook_of([["项目", None, "合计"], ["编码", "名称", None], ["201", "公共", 5]])
    sheet = workbook.active
    sheet.merge_cells("A1:B1")
    sheet.column_dimensions["A"].hidden = True
    (grid,) = grids(read(workbook))
    assert rows(grid)[0] == ["项目", "合计"]


def test_merged_cells_have_their_spans_and_columns_of_spans_alone_are_closed_up():
    workbook = workbook_of(
        [["项目", None, "本年支出", None], [None, None, "基本", "项目支出"], ["合计", None, 1, 2]]
    )
    sheet = workbook.active
    for area in ("A1:B2", "C1:D1", "A3:B3"):
        sheet.merge_cells(area)
    (grid,) = grids(read(workbook))
    spans = {c.text: (c.column_number, c.row_span, c.column_span) for c in grid.cells}
    assert spans["项目"] == (0, 2, 1)
    assert spans["本年支出"] == (1, 1, 2)
    assert grid.column_count == 3


def test_numbers_are_read_as_they_are_shown():
    workbook = workbook_of([["项目", "决算数"], ["a", 1046.7], ["b", 1046.7], ["c", 0.0]])
    sheet = workbook.active
    sheet["B2"].number_format = "#,##0.00"
    sheet["B3"].number_format = "0"
    sheet["B4"].number_format = "0.00"
    (grid,) = grids(read(workbook))
    assert [row[1] for row in rows(grid)] == ["决算数", "1,046.70", "1047", "0.00"]


def test_texts_stay_as_they_are():
    rich = CellRichText("本年", TextBlock(InlineFont(b=True), "收入"))
    workbook = workbook_of([["科目编码", rich], ["0201", "1,046.70 "], ["a\nb", "x_x000D_\ny"]])
    (grid,) = grids(read(workbook))
    assert rows(grid) == [["科目编码", "本年收入"], ["0201", "1,046.70"], ["a\nb", "x\ny"]]


def test_a_date_is_read_as_it_is_shown():
    from datetime import date

    workbook = workbook_of([["项目", "日期"], ["a", date(2024, 8, 1)]])
    workbook.active["B2"].number_format = 'yyyy"年"m"月"'
    (grid,) = grids(read(workbook))
    assert rows(grid)[1] == ["a", "2024年8月"]


def test_a_formula_without_its_result_is_no_number_of_ours():
    workbook = workbook_of([*FORM, ["合计", None, "=SUM(C4)"]])
    with pytest.raises(RejectedDocument, match="C5"):
        read(workbook)


def test_notes_below_and_a_second_table_with_its_title_part_the_tables():
    workbook = workbook_of(
        [*FORM, ["注：本表反映收入。"], [], ["支出决算表"], ["单位：元"], *FORM[2:]]
    )
    tables = assemble(read(workbook)).tables
    assert [(t.form_title, t.unit_text) for t in tables] == [
        ("收入决算表", "万元"),
        ("支出决算表", "元"),
    ]
    assert [placed.line.text for placed in tables[0].notes] == ["注：本表反映收入。"]


def test_a_gap_ends_a_table_that_another_header_follows():
    other = [["名称", "人数", "车辆"], ["甲", 1, 2]]
    tables = assemble(read(workbook_of([*FORM, [], *other]))).tables
    assert [(t.form_title, t.row_count) for t in tables] == [("收入决算表", 2), ("", 2)]


def test_a_gap_before_more_figures_or_the_header_again_ends_nothing():
    more = [["202", "外交支出", 1]]
    tables = assemble(read(workbook_of([*FORM, [], *more, [], FORM[2], *more]))).tables
    assert [(t.form_title, t.row_count) for t in tables] == [("收入决算表", 4)]


def test_ruled_empty_rows_belong_to_their_table():
    workbook = workbook_of([*FORM, [], ["202", "外交支出", None]])
    side = Side("thin")
    for row in workbook.active["A3:C6"]:
        for cell in row:
            cell.border = Border(side, side, side, side)
    (grid,) = grids(read(workbook))
    assert grid.row_count == 3


def test_a_stray_format_far_away_costs_nothing():
    workbook = workbook_of(FORM)
    workbook.active.cell(1_000_000, 16_000).border = Border(left=Side("thin"))
    (grid,) = grids(read(workbook))
    assert (grid.row_count, grid.column_count) == (2, 3)


def test_prose_in_a_sheet_is_prose():
    sentence = "本单位当年收入五万元，" + "均为财政拨款收入" * (MIN_PROSE_LENGTH // 8) + "。"
    assert lines(read(workbook_of([["一、收入情况"], [sentence]]))) == ["一、收入情况", sentence]


@pytest.mark.parametrize("broken", [b"PK\x03\x04", b""])
def test_a_damaged_workbook_is_rejected(broken):
    with pytest.raises(RejectedDocument, match="xlsx"):
        read_xlsx(broken)


def old_workbook():
    workbook = xlwt.Workbook(encoding="utf-8")
    return workbook, workbook.add_sheet("Sheet1")


def test_an_old_workbook_shows_the_same():
    workbook, sheet = old_workbook()
    sheet.write_merge(0, 0, 0, 2, "收入决算表")
    sheet.write_merge(1, 2, 0, 0, "项目")
    sheet.write_merge(1, 1, 1, 2, "本年收入")
    for column, text in ((1, "合计"), (2, "财政拨款")):
        sheet.write(2, column, text)
    style = xlwt.XFStyle()
    style.num_format_str = "#,##0.00"
    sheet.write(3, 0, "合计")
    sheet.write(3, 1, 1046.7, style)
    sheet.write(3, 2, xlwt.Formula("B4"), style)
    hidden = workbook.add_sheet("隐藏")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    sheet.write(4, 0, "隐藏行")
    sheet.row(4).hidden = True
    document = read_xls(save(workbook))
    assert lines(document) == ["收入决算表"]
    (grid,) = grids(document)
    spans = {c.text: (c.row_span, c.column_span) for c in grid.cells}
    assert (spans["项目"], spans["本年收入"]) == ((2, 1), (1, 2))
    assert rows(grid)[2][:2] == ["合计", "1,046.70"]
    assert document.page_count == 1


def test_a_damaged_old_workbook_is_rejected():
    workbook, sheet = old_workbook()
    sheet.write(0, 0, "x")
    with pytest.raises(RejectedDocument, match="xlsx"):
        read_xls(save(workbook)[:700])
