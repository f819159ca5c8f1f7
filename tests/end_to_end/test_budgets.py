"""A departmental budget from a file to its facts: tables of units and projects, and its prose."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home

pytestmark = pytest.mark.slow
TABLES = """
部门收支总表

部门：示例市文化局

单位：万元

收入		支出	
项目	预算数	项目	预算数
一、一般公共预算拨款收入	300.00	一、文化旅游体育与传媒支出	320.00
二、其他收入	50.00	二、社会保障和就业支出	30.00
收入总计	350.00	支出总计	350.00

部门收入总表

部门：示例市文化局

单位：万元

部门(单位)代码	部门(单位)名称	合计	本年收入			上年结转结余
			小计	一般公共预算	其他收入	
201	示例市文化局	350.00	350.00	300.00	50.00	
201001	示例市文化局本级	200.00	200.00	200.00		
201002	示例市文化馆	150.00	150.00	100.00	50.00	
合计		350.00	350.00	300.00	50.00	

部门支出总表

部门：示例市文化局

单位：万元

科目编码	科目名称	合计	基本支出	项目支出
207	文化旅游体育与传媒支出	320.00	200.00	120.00
20701	文化和旅游	320.00	200.00	120.00
2070101	行政运行	200.00	200.00	
2070109	群众文化	120.00		120.00
208	社会保障和就业支出	30.00	30.00	
20805	行政事业单位养老支出	30.00	30.00	
2080505	机关事业单位基本养老保险缴费支出	30.00	30.00	
	合计	350.00	230.00	120.00

一般公共预算支出表

部门：示例市文化局

单位：万元

科目编码	科目名称	合计	基本支出	项目支出
207	文化旅游体育与传媒支出	270.00	200.00	70.00
20701	文化和旅游	270.00	200.00	70.00
2070101	行政运行	200.00	200.00	
2070109	群众文化	70.00		70.00
208	社会保障和就业支出	30.00	30.00	
20805	行政事业单位养老支出	30.00	30.00	
2080505	机关事业单位基本养老保险缴费支出	30.00	30.00	
	合计	300.00	230.00	70.00

项目支出表

部门：示例市文化局

单位：万元

类型	项目名称	项目单位	合计	本年拨款		单位资金
				一般公共预算	政府性基金预算	
特定目标类	群众文化活动	示例市文化馆	80.00	30.00		50.00
特定目标类	文物普查	示例市文化局本级	40.00	40.00		
合计			120.00	70.00		50.00
"""
PROSE = """
{year}年，示例市文化局收入预算350.00万元，其中：财政拨款收入300.00万元，比{last}年预算增加20.00万元；其他收入50.00万元。

支出预算350.00万元，其中：财政拨款支出预算300.00万元，比{last}年预算增加{change}万元。财政拨款支出预算中，一般公共预算拨款支出预算300万元，比{last}年预算增加20.00万元；政府性基金拨款支出预算0万元，与{last}年预算持平；国有资本经营预算拨款支出预算0万元，与{last}年预算持平。

财政拨款支出主要内容如下：

1.“文化旅游体育与传媒支出（类）文化和旅游（款）行政运行（项）”200.00万元，主要用于日常开支。

2.“文化旅游体育与传媒支出（类）文化和旅游（款）群众文化（项）”{item}万元，主要用于活动。

3.“社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）”30.00万元。

其他相关情况说明

一、{year}年“三公”经费预算情况说明

{year}年“三公”经费预算数为5.00万元，比{last}年预算减少1.00万元，下降16.67%。其中：

（一）因公出国（境）费0万元，与{last}年预算持平。

（二）公务用车购置及运行费4.00万元，比{last}年预算减少1.00万元。其中：公务用车购置费0万元，与{last}年预算持平；公务用车运行费4.00万元，比{last}年预算减少1.00万元。

（三）公务接待费1.00万元。与{last}年预算持平。

二、国有资产占有使用情况

截至{last}年8月31日，示例市文化局共有车辆3辆，其中：执法执勤用车1辆、其他用车{cars}辆。

{year}年部门预算安排购置车辆0辆，其中：执法执勤用车0辆、其他用车0辆。
"""


def _budget(year: int, **changes: str) -> str:
    words = {"change": "20.00", "item": "70.00", "cars": "2", **changes}
    prose = PROSE.format(year=year, last=year - 1, **words)
    return f"{year}年示例市文化局部门预算\n\n{prose}\n{TABLES}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A consistent budget, and the one of the next year with three mistakes in its prose."""
    folder: Path = tmp_path_factory.mktemp("files")
    (folder / "2025.txt").write_text(_budget(2025), encoding="utf-8")
    wrong = _budget(2026, change="25.00", item="77.00", cars="3")
    (folder / "2026.txt").write_text(wrong, encoding="utf-8")
    made = Home(tmp_path_factory.mktemp("budgets"))
    refresh([folder], made)
    return made


def _rows(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def _in(file_name: str) -> str:
    return f"document_id = (SELECT document_id FROM raw.documents WHERE file_name = '{file_name}')"


def test_every_figure_of_every_table_has_a_place(home: Home):
    assert _rows(home, "SELECT * FROM conformed.unmapped_labels") == []
    assert _rows(
        home, "SELECT DISTINCT forms_coverage, forms_token_count > 60 FROM marts.document_quality"
    ) == [(1, True)]


def test_units_are_lines_and_no_total(home: Home):
    lines = _rows(
        home,
        "SELECT line_label_zh, value::INT FROM conformed.fct_stated_value"
        f" WHERE form_code = 'income' AND measure_code = 'total' AND {_in('2025.txt')}"
        " ORDER BY row_number",
    )
    assert lines == [
        ("示例市文化局", 3_500_000),
        ("示例市文化局本级", 2_000_000),
        ("示例市文化馆", 1_500_000),
        ("合计", 3_500_000),
    ]
    totals = "SELECT count(*), sum(amount_cny)::INT FROM conformed.fct_income"
    condition = f"income_source_code = 'total' AND {_in('2025.txt')}"
    assert _rows(home, f"{totals} WHERE {condition}") == [(1, 3_500_000)]


def test_projects_of_a_budget_are_facts(home: Home):
    assert _rows(
        home,
        "SELECT project_name, budget_cny::INT, executed_cny FROM conformed.fct_project"
        f" WHERE {_in('2025.txt')} ORDER BY budget_cny",
    ) == [("特定目标类/文物普查", 400_000, None), ("特定目标类/群众文化活动", 800_000, None)]


def test_prose_is_read_in_full(home: Home):
    unread = "SELECT printed FROM conformed.phrase_statements WHERE unplaced_reason IS NOT NULL"
    assert _rows(home, unread) == []
    assert _rows(
        home,
        "SELECT measure_code, base, value::DOUBLE FROM conformed.fct_stated_value"
        f" WHERE line_code = 'three_public.total' AND {_in('2025.txt')} ORDER BY 1",
    ) == [
        ("amount", None, 50_000),
        ("change", "prior_year_initial_budget", -10_000),
        ("growth", "prior_year_initial_budget", -16.67),
    ]


def test_a_consistent_budget_is_not_accused_and_each_mistake_is_found(home: Home):
    found = _rows(
        home,
        "SELECT d.file_name, f.identity_id, f.severity FROM marts.findings AS f"
        " JOIN raw.documents AS d USING (document_id) ORDER BY 1, 2",
    )
    # Both years state the same amounts, so that 比上年增加 contradicts the budget before.
    assert found == [
        ("2026.txt", "budget.prose_funds", "error"),
        ("2026.txt", "budget.restated_items", "error"),
        ("2026.txt", "budget.vehicles_held", "warning"),
        ("2026.txt", "cross_year.prior_budget", "info"),
    ]
    evaluated = _rows(
        home,
        "SELECT DISTINCT identity_id FROM conformed.fct_identity_result"
        f" WHERE verdict = 'exact' AND {_in('2025.txt')}",
    )
    assert {
        "budget.restated_income",
        "budget.restated_expenditure",
        "budget.restated_items",
        "budget.prose_funds",
        "budget.prose_three_public_change",
        "budget.prose_vehicles_change",
        "budget.vehicles_held",
        "budget.project_row",
        "budget.projects_total",
        "budget.projects_agree",
    } <= {identity for (identity,) in evaluated}
