"""The one-page self-evaluation form: from a written form to labelled cells, ruled or as text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.extract import Extraction, extract, label_cells
from ingest.people import People, mark_fields, mark_mentions
from ingest.readers.text import parse_text
from ingest.tables import assemble
from tests.factory import social_work
from tests.factory.evaluation_form import EvaluationForm, Indicator, Source, Words
from tests.factory.pdf_writer import write_pdf
from tests.factory.text_writer import write_text
from tests.needs import cjk_font

NAME = social_work.NAME
INDICATORS = (
    Indicator(
        ("产出指标（40分）", "数量指标", "培训场次"), "不少于10场", "12场", Decimal(20), Decimal(20)
    ),
    Indicator(
        ("产出指标（40分）", "质量指标", "培训合格率"), "不低于95%", "97%", Decimal(20), Decimal(20)
    ),
    Indicator(
        ("成本指标（10分）", "经济成本指标", "人均费用"),
        "不超过500元",
        "480",
        Decimal(10),
        Decimal(10),
    ),
    Indicator(
        ("效益指标（30分）", "社会效益指标", "服务人次"),
        "1000",
        "900",
        Decimal(30),
        Decimal(27),
        "天气影响，下年提前安排",
    ),
    Indicator(
        ("满意度指标（10分）", "服务对象满意度指标", "群众满意度"),
        "不低于90%",
        "95%",
        Decimal(10),
        Decimal(10),
    ),
)
FORM = EvaluationForm(
    "社区志愿服务培训",
    NAME,
    "示例市志愿服务指导中心",
    (
        Source("年度资金总额", Decimal(50), Decimal(60), Decimal("59.25")),
        Source("其中：当年财政拨款", Decimal(50), Decimal(50), Decimal("49.25")),
        Source("上年结转资金", None, Decimal(10), Decimal(10)),
        Source("其他资金", None, None, None),
    ),
    INDICATORS,
    persons=(("项目负责人", "欧阳某甲", "联系电话", "7123456"),),
    closing=(("自评等级", "优", "存在问题", "无"), ("填表人", "某乙", "联系电话", "7123457")),
)
INDICATORS_FROM = 11  # rows above the first indicator: two fields, persons, funding, goal, header


def written(form: EvaluationForm, folder: Path, media: str) -> Extraction:
    content = replace(social_work.content(), evaluation_forms=(form,))
    path = folder / f"a.{media}"
    if media == "pdf":
        cjk_font()
        path.write_bytes(write_pdf(content, social_work.LAYOUT))
    else:
        path.write_text(write_text(content, social_work.LAYOUT), encoding="utf-8")
    return extract(path, "0" * 64)


def values(extraction: Extraction, block: str) -> set[tuple[str, str, str]]:
    return {
        (cell["row_label"], cell["column_label"], cell["cell_text"].replace("\n", ""))
        for cell in extraction.cells
        if (cell["block_label"], cell["cell_kind"]) == (block, "value")
        and cell["cell_text"].strip()
    }


def expected_indicators(form: EvaluationForm) -> set[tuple[str, str, str]]:
    found = set()
    for each in form.indicators:
        label = "/".join(each.levels).replace("（", "(").replace("）", ")")
        texts = {
            form.words.target: each.target,
            form.words.actual: each.actual,
            "分值": f"{each.weight}",
            "得分": f"{each.score}",
            form.words.deviation: each.deviation,
        }
        found |= {(label, column, text) for column, text in texts.items() if text}
    total = form.words.total
    return found | {(total, "分值", "100"), (total, "得分", f"{form.score.normalize()}")}


@pytest.mark.parametrize("media", ["pdf", "txt"])
@pytest.mark.parametrize(
    "form",
    [
        FORM,
        replace(
            FORM, words=Words(title="财政支出项目绩效自评表", target="指标值", actual="完成值")
        ),
        replace(FORM, words=Words(actual="全年完成值", deviation="偏差原因", total="合计")),
        replace(FORM, persons=(), closing=()),
        *(replace(FORM, cut_after=INDICATORS_FROM + n) for n in range(4)),
    ],
)
def test_every_value_stands_under_its_words(form, media, tmp_path):
    extraction = written(form, tmp_path, media)
    assert values(extraction, "绩效指标") == expected_indicators(form)
    assert values(extraction, "项目资金") == {
        ("年度资金总额", "年初预算数", "50.00"),
        ("年度资金总额", "全年预算数", "60.00"),
        ("年度资金总额", "全年执行数", "59.25"),
        ("年度资金总额", "分值", "10"),
        ("年度资金总额", "执行率", "98.75%"),
        ("年度资金总额", "得分", "9.88"),
        ("当年财政拨款", "年初预算数", "50.00"),
        ("当年财政拨款", "全年预算数", "50.00"),
        ("当年财政拨款", "全年执行数", "49.25"),
        ("当年财政拨款", "分值", "—"),
        ("当年财政拨款", "得分", "—"),
        ("上年结转资金", "全年预算数", "10.00"),
        ("上年结转资金", "全年执行数", "10.00"),
        ("上年结转资金", "分值", "—"),
        ("上年结转资金", "得分", "—"),
        ("其他资金", "分值", "—"),
        ("其他资金", "得分", "—"),
    }
    assert values(extraction, "年度总体目标") == {
        ("年度总体目标", "预期目标", form.goal),
        ("年度总体目标", "实际完成情况", form.result),
    }
    (table,) = [t for t in extraction.tables if t["form_title"] == form.words.title]
    assert (table["project_zh"], table["unit_text"]) == (form.name, "万元")


@pytest.mark.parametrize("media", ["pdf", "txt"])
def test_persons_of_the_form_are_marked_and_nothing_else(media, tmp_path):
    extraction = written(replace(FORM, cut_after=INDICATORS_FROM + 2), tmp_path, media)
    cells = [c for c in extraction.cells if c["form_title"] == FORM.words.title]
    marked = {c["cell_text"] for c in cells if c["is_personal"]}
    assert marked == {"欧阳某甲", "7123456", "某乙", "7123457"}
    assert ("自评等级", "", "优") in values(extraction, "自评结论")


def test_forms_with_one_title_are_as_many_tables(tmp_path):
    forms = (FORM, replace(FORM, name="一、数字档案", cut_after=INDICATORS_FROM + 1))
    content = replace(social_work.content(), evaluation_forms=forms)
    path = tmp_path / "a.txt"
    path.write_text(write_text(content, social_work.LAYOUT), encoding="utf-8")
    tables = extract(path, "0" * 64).tables
    assert [t["project_zh"] for t in tables if t["project_zh"]] == [FORM.name, "一、数字档案"]


LIST = "项目名称\t主管部门\t全年预算数\t全年执行数\t自评得分\n甲\t某局\t5\t5\t99\n"
UNDER_TWO_HEADS = "项目名称\t项目资金\t\t得分\n\t全年预算数\t全年执行数\t\n甲\t5\t5\t99\n"


@pytest.mark.parametrize("rows", [LIST, UNDER_TWO_HEADS])
def test_a_list_of_projects_is_no_form(rows):
    (table,) = assemble(parse_text(f"项目支出绩效自评情况汇总表\n\n{rows}")).tables
    assert not table.is_evaluation_form
    assert ("甲", "5") in [(c.row_label, c.cell_text) for c in label_cells(table)]


def test_a_report_that_goes_on_with_the_name_of_its_project_is_one_table():
    text = "某项目绩效自评报告\n\n项目基本信息\t\n\n项目名称\t某项目\n立项年度\t2020\n"
    assert len(assemble(parse_text(text)).tables) == 1


HEAD = "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析\n"
START = "项目支出绩效自评表\n\n项目名称\t某项目\n"


def text_values(body: str) -> list[tuple[str, str, str]]:
    (table,) = assemble(parse_text(START + body)).tables
    return [
        (c.row_label, c.column_label, c.cell_text)
        for c in label_cells(table)
        if c.cell_kind == "value" and c.cell_text and c.block_label == "绩效指标"
    ]


def test_a_row_of_a_text_that_lost_a_tab_is_placed_nowhere():
    found = text_values(HEAD + "产出指标\t数量指标\t场次\t5场\t6场\t10\t9\t\n")
    assert {column for _, column, _ in found} == {""}


def test_rest_of_a_row_cut_by_a_page_break_belongs_to_it():
    row = "\t产出指标\t数量指标\t培训场\t5场\t6场\t10\t9\t天气影\n"
    found = text_values(HEAD + row + "\n\t\t\t次\t\t\t\t\t响\n")
    assert found[-1] == ("产出指标/数量指标/培训场次", "偏差原因分析", "天气影\n响")


def test_a_total_moved_by_merged_cells_is_weight_and_score():
    found = text_values(HEAD + "\t产出\t数量\t场次\t5\t6\t10\t9\t\n总分\t100\t9\n")
    assert found[-2:] == [("总分", "分值", "100"), ("总分", "得分", "9")]


def test_a_subtotal_is_no_indicator():
    rows = "\t产出\t数量\t场次\t5\t6\t10\t9\t\n\t\t小计\t\t\t\t10\t9\t\n"
    assert text_values(HEAD + rows)[-1] == ("小计", "得分", "9")


def test_halves_of_the_year_stand_under_one_word():
    head = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t\t分值\t得分\n"
    head += "\t\t\t\t\t上半年\t全年\t\t\n"
    found = text_values(head + "\t产出\t数量\t场次\t5\t2\t6\t10\t9\n")
    assert [column for _, column, _ in found] == [
        "指标值",
        "实际完成值/上半年",
        "实际完成值/全年",
        "分值",
        "得分",
    ]


def test_fields_and_persons_below_the_total_are_no_indicators():
    row = "\t产出\t数量\t场次\t5\t6\t10\t9\t\n"
    (table,) = assemble(parse_text(START + HEAD + row + "填表人\t某甲\t电话\t7123456\n")).tables
    cells = label_cells(table)
    people = People()
    mark_fields(people, cells)
    mark_mentions(people, cells)
    assert [c.cell_text for c in cells if c.is_personal] == ["某甲", "7123456"]
