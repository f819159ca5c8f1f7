"""Header rows, column roles, blocks and labels, on tables as they are really printed."""

from ingest.document import Box, Cell, Document, Grid, Line
from ingest.extract import label_cells
from ingest.headers import read_layout
from ingest.readers.text import parse_text
from ingest.tables import assemble


def only_table(text):
    (table,) = assemble(parse_text(text)).tables
    return table


def values(table):
    return {
        (c.block_label, c.row_code, c.row_label, c.column_label): c.cell_text
        for c in label_cells(table)
        if c.cell_kind == "value" and c.cell_text
    }


def ruled(*cells, rows, columns):
    """A ruled grid: cells as (row, column, text[, row_span, column_span])."""
    made = tuple(
        Cell(text, row, column, *(spans or (1, 1)), box=Box(0, 0, 1, 1))
        for row, column, text, *spans in cells
    )
    return Grid(made, rows, columns, 1, has_merges=True, box=Box(50, 100, 500, 700))


def test_side_by_side_blocks_and_column_number_row():
    table = only_table(
        "收入支出决算总表\n\n收入\t\t\t支出\t\t\n项目\t行次\t决算数\t项目\t行次\t决算数\n"
        "栏次\t\t1\t栏次\t\t2\n一、事业收入\t1\t5.5\t一、外交支出\t9\t4\n总计\t2\t5.5\t总计\t10\t4\n"
    )
    layout = read_layout(table.cells, table.row_count, table.column_count, False)
    assert layout.header_row_count == 3
    assert layout.roles == ("label", "ordinal", "measure") * 2
    assert layout.block_labels == {1: "收入", 2: "支出"}
    assert values(table) == {
        ("收入", "", "一、事业收入", "决算数"): "5.5",
        ("支出", "", "一、外交支出", "决算数"): "4",
        ("收入", "", "总计", "决算数"): "5.5",
        ("支出", "", "总计", "决算数"): "4",
    }


def test_total_whose_amount_stands_in_the_next_block():
    table = only_table(
        "一般公共预算财政拨款基本支出决算表\n人员经费\t\t\t公用经费\t\t\t\t\t\n"
        + "\t".join(["经济分类科目编码\t科目名称\t决算数"] * 3)
        + "\n301\t工资\t7\t302\t办公\t2\t310\t设备\t1\n"
        "人员经费合计\t\t7\t公用经费合计\t\t\t\t\t3\n"
    )
    found = values(table)
    assert found["公用经费", "", "公用经费合计", "决算数"] == "3"
    assert found["人员经费", "", "人员经费合计", "决算数"] == "7"
    total = next(c for c in label_cells(table) if c.cell_text == "3")
    assert (total.block_number, total.column_number) == (2, 9)


def test_code_in_three_columns_and_total_row_under_the_column_numbers():
    grid = ruled(
        (0, 0, "项目", 1, 4),
        (0, 4, "本年支\n出合计", 2, 1),
        (0, 5, "基本支出", 2, 1),
        (1, 0, "功能分类科目编码", 1, 3),
        (1, 3, "科目名称"),
        (2, 0, "类", 2, 1),
        (2, 1, "款", 2, 1),
        (2, 2, "项", 2, 1),
        (2, 3, "栏次"),
        (2, 4, "1"),
        (2, 5, "2"),
        (3, 3, "合计"),
        (3, 4, "9.00"),
        (3, 5, ""),
        (4, 0, "201"),
        (4, 1, "03"),
        (4, 2, "01"),
        (4, 3, "行政\n运行"),
        (4, 4, "9.00"),
        (4, 5, "8"),
        rows=5,
        columns=6,
    )
    (table,) = assemble(Document("application/pdf", 1, (Line("支出决算表", 1), grid))).tables
    assert values(table) == {
        ("", "", "合计", "本年支出合计"): "9.00",
        ("", "2010301", "行政运行", "本年支出合计"): "9.00",
        ("", "2010301", "行政运行", "基本支出"): "8",
    }
    blank = [c for c in label_cells(table) if c.cell_kind == "value" and c.cell_text == ""]
    assert [(c.row_label, c.column_label) for c in blank] == [("合计", "基本支出")]


def test_total_in_the_header_of_an_empty_form():
    table = only_table(
        "政府性基金预算财政拨款收入支出决算表\n项目\t\t年初结转和结余\t本年支出\t\n"
        "科目编码\t科目名称\t\t合计\t基本支出\n合计\t\t\t\t\n"
    )
    layout = read_layout(table.cells, table.row_count, table.column_count, False)
    assert layout.roles[:2] == ("code", "label")
    assert layout.column_labels[2:] == ("年初结转和结余", "本年支出/合计", "本年支出/基本支出")


def test_total_row_that_ends_the_header_of_the_code_columns():
    table = only_table(
        "收入决算表\n项目\t\t\t\t本年收入合计\t财政拨款收入\n"
        "功能分类科目编码\t\t\t科目名称\t\t\n\t\t\t\t决算数\t决算数\n"
        "类\t款\t项\t合计\t9.50\t9.50\n213\t\t\t农林水支出\t9.50\t9.50\n"
        "2130301\t\t\t行政运行\t9.50\t9.50\n"
    )
    layout = read_layout(table.cells, table.row_count, table.column_count, False)
    assert layout.roles == ("code", "code", "code", "label", "measure", "measure")
    found = values(table)
    assert found["", "", "合计", "本年收入合计/决算数"] == "9.50"
    assert found["", "213", "农林水支出", "财政拨款收入/决算数"] == "9.50"
    heads = [c.cell_text for c in label_cells(table) if c.cell_kind == "header"]
    assert heads[-3:] == ["类", "款", "项"]


def test_total_row_that_tells_the_columns_of_the_expenditure_apart():
    table = only_table(
        "政府性基金预算财政拨款收入支出决算表\n项目\t\t本年收入\t本年支出\t\t\t年末结转和结余\n"
        "功能分类科目编码\t科目名称\t\t\t\t\t\n合计\t\t8.00\t合计\t基本支出\t项目支出\t0\n"
        "212\t城乡社区支出\t8.00\t8.00\t\t8.00\t0\n"
    )
    found = values(table)
    assert found["", "", "合计", "本年收入"] == "8.00"
    assert found["", "212", "城乡社区支出", "本年支出/合计"] == "8.00"
    assert found["", "212", "城乡社区支出", "本年支出/项目支出"] == "8.00"
    assert ("", "", "合计", "本年支出/合计") not in found


def test_words_of_the_first_row_of_a_list_are_no_header():
    table = only_table("项目支出表\n项目名称\t预算数\t说明\t\n修缮\t3.00\t良\t无\n道路\t2.00\t\t\n")
    layout = read_layout(table.cells, table.row_count, table.column_count, False)
    assert not layout.shared_columns
    assert values(table)["", "", "修缮", "说明"] == "良"


def test_note_row_inside_a_grid():
    table = only_table("收入决算表\n项目\t金额\n合计\t1\n注：本表反映收入\t\n")
    assert [c.cell_text for c in label_cells(table) if c.cell_kind == "note"] == [
        "注：本表反映收入"
    ]


def test_title_and_unit_inside_the_grid():
    grid = ruled(
        (0, 0, "收入决算表", 1, 2),
        (1, 0, "公开02表\n单位：元", 1, 2),
        (2, 0, "项目"),
        (2, 1, "合计"),
        (3, 0, "总计"),
        (3, 1, "5"),
        rows=4,
        columns=2,
    )
    (table,) = assemble(Document("application/pdf", 1, (grid,))).tables
    assert (table.form_title, table.unit_text) == ("收入决算表", "元")
    assert values(table) == {("", "", "总计", "合计"): "5"}


def test_radicals_and_full_width_forms_are_folded():
    table = only_table("收入决算表\n项目\t⺠政（收入）\n合\u3000计\t１２\n")
    assert values(table) == {("", "", "合计", "民政(收入)"): "１２"}


def test_report_blocks_of_two_kinds():
    table = only_table(
        "某项目绩效自评报告\n\n项目基本信息\t\t\t\n项目名称\t甲\t\t立项年度\t2020\n"
        "项目类别\t\t预算分类\t项目支出\n项目资金来源\t\t\t\n"
        "资金来源\t计划安排\t\t实际安排\n\t总金额\t当年金额\t总金额\n"
        "一、本级资金\t3\t2\t1\n"
    )
    found = values(table)
    assert found["项目基本信息", "", "项目名称", ""] == "甲"
    assert found["项目基本信息", "", "立项年度", ""] == "2020"
    assert found["项目基本信息", "", "预算分类", ""] == "项目支出"
    assert found["项目资金来源", "", "一、本级资金", "计划安排/当年金额"] == "2"
