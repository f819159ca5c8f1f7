"""Titles, captions, notes, and tables cut by page breaks or blank lines."""

import pytest

from ingest.captions import classify_line, department_of, unit_of
from ingest.document import Box, Cell, Document, Grid, Line
from ingest.readers.text import parse_text
from ingest.tables import assemble


def page_grid(page, rows, *, x1=500.0):
    cells = tuple(
        Cell(text, r, c, page_number=page, box=Box(50 + c * 50, 0, 100 + c * 50, 10))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Grid(cells, len(rows), len(rows[0]), page, True, Box(50, 100, x1, 700))


HEAD = ["科目编码", "科目名称", "合计"]


def pages(*elements, count=3):
    return assemble(Document("application/pdf", count, elements))


def texts(table):
    return [c.text for c in sorted(table.cells, key=lambda c: (c.row_number, c.column_number))]


def test_continued_over_pages_without_the_repeated_header():
    assembly = pages(
        Line("支出决算表", 1),
        page_grid(1, [HEAD, ["201", "一般", "5"]]),
        Line("- 1 -", 1),
        page_grid(2, [HEAD, ["202", "外交", "6"]], x1=502.0),
    )
    (table,) = assembly.tables
    assert texts(table) == [*HEAD, "201", "一般", "5", "202", "外交", "6"]
    assert {grid.page_number for grid in table.grids} == {1, 2}


def test_total_repeated_with_the_header_is_not_stated_twice():
    assembly = pages(
        Line("支出决算表", 1),
        page_grid(1, [HEAD, ["合计", "", "11"], ["201", "一般", "5"]]),
        page_grid(2, [HEAD, ["合计", "", "11"], ["202", "外交", "6"]]),
    )
    (table,) = assembly.tables
    assert texts(table) == [*HEAD, "合计", "", "11", "201", "一般", "5", "202", "外交", "6"]


def test_row_cut_by_the_page_break_is_one_row():
    assembly = pages(
        Line("支出决算表", 1),
        page_grid(1, [HEAD, ["201", "一般", "5"], ["20103", "政府办公厅", "5"]]),
        page_grid(2, [["", "及相关机构事务", ""], ["202", "外交", "6"]]),
    )
    (table,) = assembly.tables
    assert table.row_count == 4
    assert "政府办公厅\n及相关机构事务" in texts(table)


def test_rows_without_a_key_are_never_merged():
    assembly = pages(
        Line("收入支出决算总表", 1),
        page_grid(1, [["项目", "决算数"], ["十五、金融支出", "1"], ["结余分配", ""]]),
        page_grid(2, [["年末结转和结余", ""], ["总计", "1"]]),
    )
    assert assembly.tables[0].row_count == 5


@pytest.mark.parametrize(
    "between",
    [
        [Line("收入决算表", 2)],
        [Line("本年度情况如下，详见说明。", 2)],
    ],
    ids=["title", "body text"],
)
def test_text_between_pages_parts_tables(between):
    first = page_grid(1, [HEAD, ["201", "一般", "5"]])
    second = page_grid(2, [HEAD, ["201", "一般", "5"]])
    assert len(pages(Line("支出决算表", 1), first, *between, second).tables) == 2


def test_other_outer_edges_part_tables():
    first = page_grid(1, [HEAD, ["201", "一般", "5"]])
    second = page_grid(2, [HEAD, ["201", "一般", "5"]], x1=540.0)
    assembly = pages(Line("支出决算表", 1), first, second)
    assert [t.form_title for t in assembly.tables] == ["支出决算表", ""]


def test_phantom_grid_is_dropped():
    grids = page_grid(1, [HEAD, ["201", "一般", "5"]]), page_grid(1, [["", ""]])
    assert len(pages(Line("支出决算表", 1), *grids).tables) == 1


def test_title_does_not_leak_to_a_later_table():
    assembly = assemble(
        parse_text(
            "收入决算表\n项目\t金额\n合计\t1\n\n第三部分\n\n车辆如下。\n\n种类\t数量\n车\t1\n"
        )
    )
    assert [t.form_title for t in assembly.tables] == ["收入决算表", ""]


def test_title_over_two_lines_with_captions_between():
    assembly = assemble(
        parse_text(
            "国有资本经营预算财政拨款\n支出决算表\n\n公开09表\n部门：某市某局\n\n"
            "2020年度 金额单位：万元\n\n项目\t合计\n合计\t1\n\n注：本表反映支出。\n故本表无数据。\n"
        )
    )
    (table,) = assembly.tables
    assert table.form_title == "国有资本经营预算财政拨款支出决算表"
    assert (table.unit_text, table.department_text) == ("万元", "某市某局")
    assert [note.line.text for note in table.notes] == ["注：本表反映支出。", "故本表无数据。"]


def test_text_table_cut_by_a_blank_line():
    assembly = assemble(parse_text("收入决算表\n项目\t金额\n一、甲\t1\n\n项目\t金额\n合计\t1\n"))
    (table,) = assembly.tables
    assert texts(table) == ["项目", "金额", "一、甲", "1", "合计", "1"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("收 入 决 算 表", ("title", "收入决算表")),
        ("公开02表", ("caption", "")),
        ("收入决算表 公开02表 单位：万元", ("title", "收入决算表")),
        ("2020年度部门决算表", ("other", "")),
        ("具体情况见下表", ("other", "")),
        ("单位：某局 2020年度 金额单位：元", ("caption", "")),
        ("某项目 绩效自评报告", ("title", "某项目绩效自评报告")),
        ("一般公共预算财政拨款“三公”经费支出决算表", None),
    ],
)
def test_classify_line(line, expected):
    assert classify_line(line) == (expected or ("title", line))


def test_unit_and_department_of_one_line():
    line = "部门：某市 某局    2020年度    金额单位：万元"
    assert unit_of([line]) == "万元"
    assert department_of([line]) == "某市某局"
    assert department_of(["单位：万元"]) is None


def test_unit_line_on_many_pages_is_no_running_head():
    elements = []
    titles = ("收入决算表", "支出决算表", "财政拨款收入支出决算总表", "收入支出决算总表")
    for page, title in enumerate(titles, start=1):
        elements += [
            Line("某局决算公开", page),
            Line(title, page),
            Line("单位：元", page),
            page_grid(page, [HEAD, ["201", "甲", "1"]]),
        ]
    assembly = pages(*elements, count=4)
    assert [t.form_title for t in assembly.tables] == list(titles)
    assert [t.unit_text for t in assembly.tables] == ["元"] * 4
    assert sum(line.role == "furniture" for line in assembly.lines) == 4


def test_a_grid_without_a_page_that_has_its_own_header_is_another_table():
    """In Word and web pages nothing but a blank may part two tables of as many columns."""
    first = "收入决算表\n科目编码\t科目名称\t合计\n201\t公共服务\t5\n"
    other = "项目\t预算数\t决算数\n甲\t1\t2\n"
    more = "其他支出\t\t\n202\t外交\t1\n"
    assert [t.row_count for t in assemble(parse_text(f"{first}\n{other}")).tables] == [2, 2]
    assert [t.row_count for t in assemble(parse_text(f"{first}\n{more}")).tables] == [4]
