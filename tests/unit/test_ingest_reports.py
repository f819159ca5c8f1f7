"""Self-evaluation reports: blocks, rows cut by a page break, ragged lists, persons in them.

A blank line in these texts is a page break. The names are words for "somebody".
"""

import pytest

from ingest.document import Box, Cell, Document, Grid
from ingest.extract import label_cells
from ingest.people import People, mark_fields
from ingest.readers.text import parse_text
from ingest.tables import assemble

TITLE = "某项目绩效自评报告\n\n"
SPENDING = (
    "项目支出明细\t\t\t\t\t\t\t\n"
    "支出内容\t量化支出\t\t\t\t非量化支出\t\t总金额\n"
    "\t明细内容\t数量\t单价\t支出金额\t明细内容\t支出金额\t\n"
)
SCORES = (
    "序号\t一级指标\t二级指标\t三级指标\t四级指标\t目标值\t完成值\t计量单位\t分值\t得分\t标准件\n"
)
PERSONS = "评价组人员情况\t\t\t\t\t\n序号\t姓名\t职务\t职称\t单位\t联系电话\n"


def cells_of(text):
    """The labelled cells of all tables of a report that holds ``text``."""
    tables = assemble(parse_text(TITLE + text)).tables
    assert {table.form_title for table in tables} == {"某项目绩效自评报告"}
    return [cell for table in tables for cell in label_cells(table)]


def values(text):
    return [
        (c.row_label, c.column_label, c.cell_text)
        for c in cells_of(text)
        if c.cell_kind == "value" and c.cell_text
    ]


def blocks(text):
    return list(dict.fromkeys(c.block_label for c in cells_of(text)))


def test_one_word_for_a_block_however_it_is_printed():
    assert blocks("自评价其他信息\t\n项目建议\t无\n") == ["自我评价其他信息"]
    assert blocks("自评价其他信息\n\n项目建议\t无\n") == ["自我评价其他信息"]


def test_rest_of_a_broken_field_name_opens_no_block():
    cells = cells_of("自我评价其他信息\t\n项目资金来源\t无\n\n源和支出说明情况\t\n项目建议\t无\n")
    assert {cell.block_label for cell in cells} == {"自我评价其他信息"}
    label = next(c for c in cells if c.cell_text.startswith("项目资金来源"))
    assert label.cell_text == "项目资金来源\n源和支出说明情况"
    assert label.row_label == "项目资金来源和支出说明情况"


def test_block_title_after_a_page_break_is_no_rest_of_a_row():
    text = SPENDING + "[30201]办公费\t\t0\t0\t0\t纸\t3\t3\n\n评价组织情况\t\n评级目的\t提高效益。\n"
    assert blocks(text) == ["项目支出明细", "评价组织情况"]
    assert values(text)[-1] == ("评级目的", "", "提高效益。")


@pytest.mark.parametrize(
    ("first", "rest", "field", "value"),
    [
        ("项目名称\t机房升级改造和村居接入\t\t立项年度\t2020", "项目\t\t\t\t", "项目名称", "项目"),
        ("项目简介\t机房已使用多年，需要", "\t改造。", "项目简介", "改造。"),
        ("评价方法\t比较法，建立评价指", "\t\t标体系。", "评价方法", "标体系。"),
    ],
)
def test_value_cut_by_a_page_break_is_one_cell(first, rest, field, value):
    block = "评价组织情况" if field == "评价方法" else "项目基本信息"
    cells = cells_of(f"{block}\t\n{first}\n\n{rest}\n")
    joined = [c for c in cells if c.row_label == field and c.cell_kind == "value"]
    assert [c.cell_text.split("\n")[-1] for c in joined] == [value]
    assert joined[0].line_number == 4
    assert not [c for c in cells if c.line_number and c.line_number > 4]


def test_end_of_a_field_name_printed_again_adds_nothing_to_it():
    text = (
        "项目基本信息\t\t\t\n实际实施时间\t2020-01-01\t实际完成时间\t2020-12-31\n\n时间\t\t间\t\n"
        "评价开始时间\t2021-02-04\t评价结束时间\t2021-03-31\n"
    )
    assert values(text) == [
        ("实际实施时间", "", "2020-01-01"),
        ("实际完成时间", "", "2020-12-31"),
        ("评价开始时间", "", "2021-02-04"),
        ("评价结束时间", "", "2021-03-31"),
    ]
    assert "实际实施时间\n时间" in [c.cell_text for c in cells_of(text)]


def test_row_that_is_half_a_rest_and_half_a_row_of_its_own():
    text = (
        "项目基本信息\t\t\t\t\t\n业务年度\t2020\t开始时\t2020-01-01\t结束时间\t2020-12-31\n\n"
        "项目类别\t\t间\t\t\t\n\t\t预算分\t项目支出\t归口处室\t教科\n"
    )
    assert values(text) == [
        ("业务年度", "", "2020"),
        ("开始时间", "", "2020-01-01"),
        ("结束时间", "", "2020-12-31"),
        ("预算分类", "", "项目支出"),
        ("归口处室", "", "教科"),
    ]


def test_unknown_field_after_a_page_break_stays_a_field():
    text = "项目基本信息\t\n归口处室\t教科文卫事务管理科室\n\n佐证材料\t附后\n"
    assert values(text) == [("归口处室", "", "教科文卫事务管理科室"), ("佐证材料", "", "附后")]


def test_list_row_cut_by_a_page_break_is_one_row():
    text = (
        "项目自评情况\n\n"
        + SCORES
        + "1\t效果\t项目\t服务对象满意度\t用户满意度\t99\t99\t%\t10.00\t10\t满意\n"
        "\n\t\t效益\t服务对象满意度\t\t\t\t\t\t率\n"
        "2\t产出\t项目产出\t质量指标\t日常验收合\t优\t优\t\t5.00\t5\t优良\n\n"
        "\t\t\t\t格率\t\t\t\t\t\t中差\n"
    )
    found = [(row, column, value) for row, column, value in values(text) if column == "标准件"]
    assert found == [
        ("效果/项目效益/服务对象满意度/用户满意度", "标准件", "满意\n率"),
        ("产出/项目产出/质量指标/日常验收合格率", "标准件", "优良\n中差"),
    ]


def test_row_with_its_own_number_after_a_page_break_is_a_row():
    text = (
        "项目自评情况\n\n" + SCORES + "1\t产出\t项目产出\t数量指标\t甲\t是\t是\t\t5\t5\t是否\n\n"
        "2\t产出\t项目产出\t数量指标\t甲\t是\t是\t\t5\t5\t是否\n"
    )
    ordinals = [c.cell_text for c in cells_of(text) if c.cell_kind == "ordinal"]
    rows = {c.row_number for c in cells_of(text) if c.row_label == "产出/项目产出/数量指标/甲"}
    assert (ordinals, len(rows)) == (["1", "2"], 2)


@pytest.mark.parametrize(
    "row",
    ["\t\t\t\t得分分值（百分制）\t\t\t\t\t10 0.0\t", "得分分值（百分制）\t\t\t\t\t\t\t\t100.0"],
)
def test_total_of_the_scores(row):
    text = (
        "项目自评情况\n\n"
        + SCORES
        + "1\t投入\t管理\t执行率\t执行率\t9\t9\t%\t10\t10\t率\n"
        + row
        + "\n"
    )
    label, column, value = values(text)[-1]
    assert (label, column) == ("得分分值(百分制)", "得分")
    assert value.replace(" ", "") == "100.0"


SPENT = [
    ("办公费", "量化支出/数量", "0"),
    ("办公费", "量化支出/单价", "0"),
    ("办公费", "量化支出/支出金额", "0"),
    ("办公费", "非量化支出/明细内容", "纸"),
    ("办公费", "非量化支出/支出金额", "3.2"),
    ("办公费", "总金额", "3.2"),
]


@pytest.mark.parametrize(
    "header",
    [
        "支出内容\t量化支出\t\t\t\t非量化支出\t\t总金额\n\t明细内容\t数量\t单价\t支出金额\t明细内容\t支出金额\t\n",
        "支出内容\t量化支出\t\t非量化支出\t\t总金额\t\n\n\t明细内容\t数量\t单价\t支出金额\t明细内容\t支出金额\t\n",
        "支出内容\t量化支出\t\t\t非量化支出\t\t总金额\t\n\t明细内容\t数量\t单价\t支出金额\t支出金额\t\t\n",
        "支出内容\t量化支出\t\t\t非量化支出\t\t总金额\t\n\t明细内容\t数量\t单价\t支出金额\t明细内容\t\t支出金额\n",
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        "[30201]办公费\t\t0\t0\t0\t纸\t3.2\t3.2",
        "[30201]办公费\t\t\t0\t0\t0\t纸\t\t3.2\t\t3.2",
        "[30201]办公费\t0\t0\t0\t纸\t3.2\t3.2\t",
    ],
)
def test_ragged_rows_under_ragged_headers(header, row):
    cells = cells_of(f"项目支出明细\t\t\t\t\t\t\t\n{header}{row}\n")
    found = [c for c in cells if c.cell_kind == "value" and c.cell_text]
    assert [(c.row_label, c.column_label, c.cell_text) for c in found] == SPENT
    assert {(c.block_label, c.row_code) for c in found} == {("项目支出明细", "30201")}


def test_cells_that_fit_two_ways_are_left_without_a_column():
    found = values(SPENDING + "[30201]办公费\t5\t5\n")
    assert found == [("", "", "[30201]办公费"), ("", "", "5"), ("", "", "5")]


def test_one_cell_of_an_odd_kind_stays_where_it_stands():
    found = values(SPENDING + "[30201]办公费\t\t若干\t0\t0\t纸\t3\t3\n")
    assert ("办公费", "量化支出/数量", "若干") in found


def test_blank_label_and_phantom_column():
    text = SPENDING + "\t\t0\t0\t0\t纸\t3\t3\n项目资金来源\t\t\t\t\t\t\t\n"
    text += "资金来源\t计划安排\t\t实际安排\t\t实际支出\t\t\n\t" + "总金额\t当年金额\t" * 3 + "\n"
    text += "一、本级资金\t1\t2\t3\t4\t5\t6\t\n"
    found = values(text)
    assert found[3] == ("", "非量化支出/明细内容", "纸")
    assert [column for _, column, _ in found[6:]] == [
        f"{kind}/{amount}"
        for kind in ("计划安排", "实际安排", "实际支出")
        for amount in ("总金额", "当年金额")
    ]
    assert "" not in {c.column_label for c in cells_of(text) if c.cell_kind == "value"}


def test_columns_stand_where_the_header_stands():
    header = SCORES.replace("完成值\t计量单位", "完成值\t\t计量单位").replace("\n", "\t\n")
    text = (
        "项目自评情况\n\n" + header + "1\t产出\t项目产出\t数量指标\t甲\t7\t8\t\t人\t5\t4\t数量\t\n"
    )
    text += "2\t产出\t项目产出\t数量指标\t乙\t7\t8\t人\t5\t4\t数量\n"
    found = values(text)
    assert [value for _, _, value in found[:6]] == [value for _, _, value in found[6:]]
    assert [column for _, column, _ in found[:6]] == [column for _, column, _ in found[6:]]


def test_rules_of_a_conversion_are_notes_without_labels():
    text = (
        "自我评价其他信息\n\n评价综合意见\t项目已完成。\n--------\t--------\n\n见\t\n项目建议\t无\n"
    )
    notes = [c for c in cells_of(text) if c.cell_kind == "note"]
    assert [(c.cell_text, c.row_label, c.column_label) for c in notes] == [("--------", "", "")] * 2
    assert values(text) == [("评价综合意见", "", "项目已完成。"), ("项目建议", "", "无")]


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        (
            PERSONS + "1\t某甲\t党组成员、办公\t\t某办公室\t7123456\n\n\t\t室主任\t\t\t\n",
            ["某甲", "党组成员、办公\n室主任", "7123456"],
        ),
        (PERSONS + "某甲\t\t科长\t\t某办公室\t无\n", ["某甲", "科长"]),
        (PERSONS + "1\t\t某甲\t\t科长\t\t\t某办公室\n", ["某甲", "科长"]),
        (PERSONS + "某甲\t某乙\t某丙\t某丁\t某戊\t某己\t某庚\n", list("甲乙丙丁戊己庚")),
        (
            "单位基本信息\t\t\t\n单位负\t某甲\t联系电\t7123456\n\n责人\t\t话\t\n",
            ["某甲", "7123456"],
        ),
    ],
)
def test_persons_stay_marked_in_joined_and_ragged_rows(text, personal):
    cells = cells_of(text)
    mark_fields(People(), cells)
    marked = [c.cell_text for c in cells if c.is_personal]
    assert all(any(text in found for found in marked) for text in personal)


def test_ruled_list_with_merged_header_cells():
    """In ruled tables the cells stand under their header however many there are in a row."""
    made = [(0, 0, "项目支出明细", 1, 9)]
    made += [(1, 0, "支出内容", 2, 2), (1, 2, "量化支出", 1, 4), (1, 6, "非量化支出", 1, 2)]
    made += [(1, 8, "总金额", 2, 1)]
    lower = ["明细内容", "数量", "单价", "支出金额", "明细内容", "支出金额"]
    made += [(2, column, word, 1, 1) for column, word in enumerate(lower, 2)]
    body = ["", "0", "0", "0", "纸", "3.2", "3.2"]
    made += [(3, 0, "[30201]办公费", 1, 2)]
    made += [(3, column, word, 1, 1) for column, word in enumerate(body, 2)]
    cells = tuple(Cell(t, r, c, rs, cs, box=Box(0, 0, 1, 1)) for r, c, t, rs, cs in made)
    grid = Grid(cells, 4, 9, 1, has_merges=True, box=Box(50, 100, 500, 700))
    title = parse_text("某项目绩效自评报告").elements
    (table,) = assemble(Document("application/pdf", 1, (*title, grid))).tables
    found = [c for c in label_cells(table) if c.cell_kind == "value" and c.cell_text]
    assert [(c.row_label, c.column_label, c.cell_text) for c in found] == SPENT
