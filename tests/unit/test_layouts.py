"""Wordings and layouts of disclosures that the real ones at hand do not show."""

import duckdb
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.captions import classify_line, is_note
from ingest.document import Box, Cell, Document, Grid, Line
from ingest.errors import RejectedDocument
from ingest.extract import label_cells
from ingest.headers import read_layout
from ingest.identify import identify
from ingest.readers.pdf import read_pdf
from ingest.readers.text import parse_text
from ingest.tables import assemble
from juesuan.refresh import refresh
from juesuan.settings import Home
from tests.factory.wordings import WORDINGS

NAME = "示例市水务局"
FORM = """收入支出决算总表
{caption}
收入\t\t支出\t
项目\t决算数\t项目\t决算数
一、财政拨款收入\t1\t一、外交支出\t1
"""
CONSOLIDATED, OWN, UNIT = "department_consolidated", "department_own", "unit"


def claims(cover, caption=f"部门：{NAME}　2023年度　单位：万元"):
    lines = [*cover, "目录", "第一部分 概况", "一、职能", "", FORM.format(caption=caption)]
    return identify(assemble(parse_text("\n".join(lines))))


@pytest.mark.parametrize(
    ("cover", "name", "scope"),
    [
        (["2023年度", NAME, "部门决算公开"], NAME, CONSOLIDATED),
        ([f"{NAME}2023年度决算"], NAME, CONSOLIDATED),
        ([f"{NAME}2023年部门决算公开说明"], NAME, CONSOLIDATED),
        (["附件2", f"关于公开{NAME}2023年度部门决算的公告"], NAME, CONSOLIDATED),
        (["2023年度部门决算公开", NAME, "2024年8月"], NAME, CONSOLIDATED),
        (["2023年度部门决算", f"部门名称：{NAME}"], NAME, CONSOLIDATED),
        ([f"{NAME}部门决算公开", "（2023年度）"], NAME, CONSOLIDATED),
        (["二〇二三年度", NAME, "部门决算"], NAME, CONSOLIDATED),
        ([f"{NAME}部门2023年度决算公开"], NAME, CONSOLIDATED),
        ([f"{NAME}（部门汇总）2023年度部门决算"], NAME, CONSOLIDATED),
        ([f"{NAME}2023年度部门（单位）决算公开"], NAME, CONSOLIDATED),
        ([f"{NAME}（本级）2023年度部门决算"], NAME, OWN),
        ([f"{NAME}2023年度单位决算公开"], NAME, UNIT),
        (["2023年度", "水利部部门决算"], "水利部", CONSOLIDATED),
        # What a web page prints above its title, and a place on a line of its own.
        (["首页", f"{NAME}2023年度部门决算"], NAME, CONSOLIDATED),
        (["通知公告", "首页", f"{NAME}2023年度部门决算"], NAME, CONSOLIDATED),
        (["信息公开目录", NAME, "2023年度部门决算"], NAME, CONSOLIDATED),
        (["示例市", "甲区水务局2023年度部门决算"], "示例市甲区水务局", CONSOLIDATED),
        (["中共", "示例市委办公室2023年度部门决算"], "中共示例市委办公室", CONSOLIDATED),
        (["示例市第12中学2023年度单位决算"], "示例市第12中学", UNIT),
        (["示例市2023年度市级部门决算"], NAME, CONSOLIDATED),
        (["2023年度部门决算"], NAME, CONSOLIDATED),
        (["XX部门2023年度部门决算"], NAME, CONSOLIDATED),
        ([], NAME, CONSOLIDATED),
    ],
)
def test_a_cover_names_the_department_and_never_a_word_of_its_own(cover, name, scope):
    found = claims(cover)
    assert (found.department_name_zh, found.fiscal_year) == (name, 2023)
    assert found.reporting_scope == scope


def test_a_cover_that_names_nobody_still_says_the_year():
    assert claims(["2023年度", "部门决算"], f"部门：{NAME}\n单位：万元").fiscal_year == 2023


BUDGET_FORM = """{title}
部门：{name}　单位：万元
项目\t预算数
合计\t1
"""


def kind(cover, *titles, prose=""):
    forms = [BUDGET_FORM.format(title=title, name=NAME) for title in titles]
    lines = [*cover, "目录", "第一部分 概况", "一、职能", prose, "", *forms]
    return identify(assemble(parse_text("\n".join(lines)))).document_kind


@pytest.mark.parametrize(
    ("cover", "titles", "document_kind"),
    [
        ([f"{NAME}2023年部门预算"], ["收支预算总表", "一般公共预算支出表"], "budget"),
        ([], ["部门收支预算总表", "一般公共预算支出预算表"], "budget"),
        ([f"{NAME}2023年度部门决算"], ["一般公共预算财政拨款支出决算表"], "final_accounts"),
        # Final accounts that print the budget beside them, and a budget that recalls the accounts.
        ([f"{NAME}2023年度部门决算"], ["支出决算表", "收支预算总表"], "final_accounts"),
        ([], ["支出决算表", "收支预算总表"], "final_accounts"),
        ([f"{NAME}2023年部门预算"], ["支出决算表", "收支预算总表"], "budget"),
        ([], ["预算项目(政策)单位自评汇总表"], "self_evaluation"),
    ],
)
def test_final_accounts_never_become_a_budget_nor_a_budget_final_accounts(
    cover, titles, document_kind
):
    assert kind(cover, *titles) == document_kind


@pytest.mark.parametrize(
    ("cover", "titles", "prose"),
    [
        ([f"{NAME}2023年度部门决算"], ["收支预算总表"], ""),
        ([], ["项目支出预算执行情况表"], ""),
        ([], ["收支预算总表"], "本年决算比上年决算增加，决算如上。"),
    ],
)
def test_a_budget_form_alone_makes_no_budget_of_what_speaks_of_final_accounts(cover, titles, prose):
    with pytest.raises(RejectedDocument):
        kind(cover, *titles, prose=prose)


def test_a_budget_without_a_readable_cover_is_named_by_the_forms_it_attaches():
    text = f"第一部分 概况\n部门预算总计5万元。\n附件：{NAME}2019年度部门预算公开表"
    found = identify(assemble(parse_text(text)))
    assert (found.department_name_zh, found.fiscal_year) == (NAME, 2019)
    assert found.document_kind == "budget"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1.收入支出决算总表", "收入支出决算总表"),
        ("（一）收入支出决算总表", "收入支出决算总表"),
        ("（表一）收入支出决算总表", "收入支出决算总表"),
        ("收入支出决算总表（附表1）", "收入支出决算总表"),
        ("收入支出决算总表　公开01表", "收入支出决算总表"),
        ("收入支出决算总表 表1", "收入支出决算总表"),
        ("基本支出决算表（按经济分类）", "基本支出决算表(按经济分类)"),
    ],
)
def test_a_title_is_found_among_its_numbers_and_remarks(line, title):
    assert classify_line(line) == ("title", title)


@pytest.mark.parametrize("line", ["表1", "（表一）", "附表3", "公开表1"])
def test_a_form_number_alone_is_a_caption(line):
    assert classify_line(line)[0] == "caption"


@pytest.mark.parametrize("line", ["见下表（单位：万元）", "现将有关情况列于表（见附件）。"])
def test_a_sentence_about_a_table_is_no_title(line):
    assert classify_line(line)[0] == "other"


@pytest.mark.parametrize(
    "line", ["此表无数据", "本表为空表。", "本表以空表列示。", "本部门不涉及政府性基金预算收支。"]
)
def test_a_form_is_said_to_be_empty_in_many_ways(line):
    assert is_note(line)


def test_a_header_without_spans_never_leaves_the_one_above_it():
    rows = [
        ["合计", "", "公务用车购置及运行维护费", "", "", "", "公务接待费", ""],
        ["", "", "小计", "", "公务用车运行维护费", "", "", ""],
        ["预算数", "决算数"] * 4,
        ["6", "3", "4", "2", "4", "2", "2", "1"],
    ]
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    labels = read_layout(cells, len(rows), 8, has_merges=False).column_labels
    assert labels[4:] == (
        "公务用车购置及运行维护费/公务用车运行维护费/预算数",
        "公务用车购置及运行维护费/公务用车运行维护费/决算数",
        "公务接待费/预算数",
        "公务接待费/决算数",
    )


def test_counts_below_the_amounts_are_no_amounts():
    text = WORDINGS["Jiangsu"].text()
    (table,) = [t for t in assemble(parse_text(text)).tables if "三公" in t.form_title]
    counts = [
        (cell.row_label, cell.column_label, cell.cell_text)
        for cell in label_cells(table)
        if cell.row_number > 4 and cell.cell_kind == "value"
    ]
    assert counts == [
        ("国内公务接待批次(个)", "统计数", "7"),
        ("公务用车保有量(辆)", "统计数", "2"),
    ]


def test_a_page_whose_grid_opens_with_another_title_is_another_form():
    def page(number, title, amount):
        texts = [[title, ""], ["项目", "决算数"], ["合计", amount]]
        cells = tuple(
            Cell(text, r, c, page_number=number, box=Box(50 + 50 * c, 0, 100 + 50 * c, 9))
            for r, row in enumerate(texts)
            for c, text in enumerate(row)
        )
        return Grid(cells, 3, 2, number, True, Box(50, 100, 150, 700))

    pages = (
        page(1, "收入决算表", "1"),
        Line("- 1 -", 1),
        page(2, "支出决算表", "2"),
        page(3, "支出决算表", "3"),
    )
    tables = assemble(Document("application/pdf", 3, pages)).tables
    assert [(table.form_title, len(table.grids)) for table in tables] == [
        ("收入决算表", 1),
        ("支出决算表", 2),
    ]
    assert [c.text for c in tables[1].cells if c.text.isdigit()] == ["2", "3"]


def test_merged_headers_that_stand_apart_are_not_cut_by_the_rules_between_them(tmp_path):
    path = tmp_path / "two-halves.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for y in (700, 640, 620):
        canvas.line(50, y, 410, y)
    for column in range(7):
        canvas.line(50 + 60 * column, 620, 50 + 60 * column, 700 if column % 3 != 2 else 670)
    for left in (110, 290):
        canvas.line(left, 670, left + 120, 670)
    for half, left in enumerate((50, 230)):
        canvas.drawString(left + 5, 675, f"tall{half}")
        canvas.drawString(left + 5, 660, "cell")
        canvas.drawString(left + 65, 680, f"group{half}")
        for column in range(3):
            canvas.drawString(left + 5 + 60 * column, 626, "1")
        canvas.drawString(left + 65, 650, "one")
        canvas.drawString(left + 125, 650, "two")
    canvas.save()
    (grid,) = [e for e in read_pdf(path).elements if isinstance(e, Grid)]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells if cell.text}
    assert (spans["tall0\ncell"], spans["tall1\ncell"]) == ((2, 1), (2, 1))
    assert (spans["group0"], spans["group1"]) == ((1, 2), (1, 2))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("layouts")
    for number, wording in enumerate(WORDINGS.values()):
        (folder / f"{number}.txt").write_text(wording.text(), encoding="utf-8")
    home = Home(tmp_path_factory.mktemp("home"))
    refresh([folder], home, workers=1)
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.mark.slow
def test_every_wording_is_read_whole_and_accused_of_nothing(published):
    assert published("SELECT * FROM conformed.unmapped_labels") == []
    # What the invented accounts hint at is true of them: project spending under 行政运行.
    assert published("SELECT DISTINCT identity_id, severity FROM marts.findings ORDER BY ALL") == [
        ("hints.operation_with_project", "info")
    ]
    quality = published(
        "SELECT department_name_zh, status, forms_token_count - forms_placed_count,"
        " forms_not_in_file, evaluable_share > 0.9 FROM marts.document_quality ORDER BY 1"
    )
    names = sorted(wording.name for wording in WORDINGS.values())
    assert [(name, "loaded", 0, None, True) for name in names] == quality


@pytest.mark.slow
def test_every_wording_states_the_same_totals(published):
    assert published(
        "SELECT DISTINCT form_code, line_code, measure_code, value FROM conformed.fct_stated_value"
        " WHERE (form_code, measure_code) IN (('income', 'total'), ('general_budget_expenditure',"
        " 'basic'), ('government_fund', 'total')) AND line_role = 'total' ORDER BY 1"
    ) == [
        ("general_budget_expenditure", "total", "basic", 700_000),
        ("government_fund", "total", "total", 100_000),
        ("income", "total", "total", 1_050_000),
    ]
    finals = published(
        "SELECT DISTINCT item_code, amount_cny FROM conformed.fct_three_public"
        " WHERE phase = 'final' ORDER BY 1"
    )
    assert finals == [
        ("overseas", 0),
        ("reception", 20_000),
        ("total", 35_000),
        ("vehicle_operation", 15_000),
        ("vehicle_purchase", 0),
        ("vehicles", 15_000),
    ]


@pytest.mark.slow
def test_the_phase_of_a_budget_is_the_one_that_is_printed(published):
    assert published(
        "SELECT phase, count(DISTINCT disclosure_id) FROM conformed.fct_three_public"
        " WHERE item_code = 'total' AND phase <> 'final' GROUP BY 1 ORDER BY 1"
    ) == [("adjusted_budget", 1), ("budget_unspecified", 6), ("initial_budget", 1)]


@pytest.mark.slow
def test_parts_of_a_line_are_stated_and_never_added_up(published):
    parts = published(
        "SELECT line_code, value FROM conformed.fct_stated_value WHERE line_role = 'part'"
        " ORDER BY 1"
    )
    assert parts == [
        ("closing_part.project", 80_000),
        ("distribution_part.business_fund", 20_000),
        ("opening_part.project", 50_000),
        ("part.government_fund", 100_000),
    ]
    assert published(
        "SELECT DISTINCT verdict FROM conformed.fct_identity_result"
        " WHERE identity_id LIKE 'income_expenditure_summary.%'"
    ) == [("exact",)]
