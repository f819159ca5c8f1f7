"""The one-page self-evaluation form from a file to its facts, and what it contradicts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home
from tests.factory import archives, social_work
from tests.factory.content import Project
from tests.factory.evaluation_form import EvaluationForm, Indicator, Source, Words
from tests.factory.pdf_writer import write_pdf
from tests.factory.text_writer import write_text
from tests.needs import cjk_font

pytestmark = pytest.mark.slow


def _form(name: str, **changes) -> EvaluationForm:
    def indicator(*levels: str, weight: int, score: int) -> Indicator:
        return Indicator(levels, "不低于95%", "97%", Decimal(weight), Decimal(score))

    form = EvaluationForm(
        name,
        social_work.NAME,
        "示例市志愿服务指导中心",
        (
            Source("年度资金总额", Decimal(50), Decimal(60), Decimal("59.25")),
            Source("其中：当年财政拨款", Decimal(50), Decimal(50), Decimal("49.25")),
            Source("上年结转资金", None, Decimal(10), Decimal(10)),
            Source("其他资金", None, None, None),
        ),
        (
            indicator("产出指标", "数量指标", "培训场次", weight=50, score=50),
            indicator("效益指标", "社会效益指标", "服务人次", weight=30, score=28),
            indicator("满意度指标", "服务对象满意度指标", "满意度", weight=10, score=10),
        ),
        closing=(("自评等级", "优", "填表人", "某乙"),),
    )
    return replace(form, **changes)


def _project(name: str, executed: str) -> Project:
    return Project(name, Decimal(60), Decimal(executed), Decimal("97.88"), "优秀")


CONSISTENT = (
    _form("甲项目", cut_after=12),
    _form("乙项目", words=Words(unit="元", rate="fraction")),
    _form("丙项目", words=Words(rate="bare", title="预算项目绩效自评表")),
    # Two units that carry out one project: neither states what the summary states of it.
    _form("丁项目"),
    _form("丁项目", unit="示例市社会工作服务站"),
    # A source by another name; a cell that cannot be read; a rate scored twice.
    _form("戊项目", planted=(("2.label", "中央补助资金"),)),
    _form("己项目", planted=(("indicator 0.weight", "约50"), ("1.adjusted", "约50"))),
    _form("庚项目", planted=(("0.score", "9.9"), ("total.score", "97.9"))),
)
PLANTED = {
    "projects.form_funding_parts": _form("甲项目", planted=(("1.adjusted", "55.00"),)),
    "projects.form_funding_total": _form("乙项目", planted=(("1.executed", "39.25"),)),
    "projects.form_weights": _form("丙项目", planted=(("indicator 0.weight", "60"),)),
    "projects.form_scores": _form("丁项目", planted=(("total.score", "98.88"),)),
    "projects.form_score_within_weight": _form(
        "戊项目", planted=(("indicator 2.score", "12"), ("total.score", "99.88"))
    ),
    "projects.form_execution_rate": _form("己项目", planted=(("0.rate", "89.75%"),)),
    "projects.form_execution_score": _form(
        "庚项目",
        sources=(
            Source("年度资金总额", Decimal(50), Decimal(50), Decimal(25)),
            Source("当年财政拨款", Decimal(50), Decimal(50), Decimal(25)),
        ),
        planted=(("0.score", "10"), ("total.score", "98")),
    ),
    "projects.form_executed": _form("辛项目"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A consistent disclosure (PDF) and one with a mistake in every form (text)."""
    cjk_font()
    folder: Path = tmp_path_factory.mktemp("files")
    projects = tuple(_project(name, "59.25") for name in ("甲项目", "乙项目", "丁项目"))
    content = replace(social_work.content(), projects=projects, evaluation_forms=CONSISTENT)
    (folder / "consistent.pdf").write_bytes(write_pdf(content, social_work.LAYOUT))
    content = replace(
        archives.disclosures()[0],
        projects=(_project("辛项目", "58.25"),),
        evaluation_forms=tuple(PLANTED.values()),
    )
    text = write_text(content, archives.LAYOUT)
    (folder / "planted.txt").write_text(text, encoding="utf-8")
    made = Home(tmp_path_factory.mktemp("forms"))
    refresh([folder], made)
    return made


def _rows(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def _of(file_name: str) -> str:
    return f"document_id = (SELECT document_id FROM raw.documents WHERE file_name = '{file_name}')"


def test_a_consistent_form_raises_no_finding(home: Home):
    sql = f"SELECT statement_zh FROM marts.findings WHERE {_of('consistent.pdf')}"
    assert _rows(home, sql) == []


def test_every_planted_mistake_is_one_finding(home: Home):
    # The prose claims that the summary covers all projects, which these are not.
    claims = "('projects.budget_total', 'projects.executed_total')"
    of = f"{_of('planted.txt')} AND identity_id NOT IN {claims}"
    sql = f"SELECT identity_id FROM marts.findings WHERE {of} ORDER BY 1"
    assert [identity for (identity,) in _rows(home, sql)] == sorted(PLANTED)


def test_identities_are_evaluated_where_all_was_read(home: Home):
    """No finding is worth little where nothing is compared: 己项目 alone has unread cells."""
    evaluated = _rows(
        home,
        "SELECT identity_id, count(*) FILTER (WHERE verdict <> 'not_evaluable')"
        f" FROM conformed.fct_identity_result WHERE {_of('consistent.pdf')}"
        " AND identity_id LIKE 'projects.form%' GROUP BY ALL ORDER BY ALL",
    )
    counts = dict(evaluated)
    assert counts["projects.form_weights"] == counts["projects.form_scores"] == 7
    assert counts["projects.form_execution_rate"] == 7
    assert counts["projects.form_funding_parts"] >= 7 * 3
    # The summary and the forms of 甲项目 and 乙项目; 丁项目 has two.
    assert counts["projects.form_executed"] == counts["projects.form_score"] == 2


def test_facts_of_a_form(home: Home):
    condition = _of("consistent.pdf")
    assert _rows(
        home,
        "SELECT project_name, budget_cny::INT, executed_cny::INT, self_score::DOUBLE, grade"
        f" FROM conformed.fct_project WHERE {condition} AND project_name IN ('甲项目', '丙项目')"
        " ORDER BY project_name",
    ) == [("丙项目", 600000, 592500, 97.88, "优"), ("甲项目", 600000, 592500, 97.88, "优秀")]
    assert _rows(
        home,
        "SELECT DISTINCT funding_source_code, initial_budget_cny::INT, adjusted_budget_cny::INT,"
        " f.executed_cny::INT, execution_rate_pct::DOUBLE, weight::INT, score::DOUBLE"
        " FROM conformed.fct_project_funding AS f"
        " JOIN conformed.fct_project AS p USING (project_id)"
        f" WHERE p.{condition} AND project_name IN ('甲项目', '乙项目', '丙项目') ORDER BY 1",
    ) == [
        ("carryover", None, 100000, 100000, None, None, None),
        ("current", 500000, 500000, 492500, None, None, None),
        ("total", 500000, 600000, 592500, 98.75, 10, 9.88),
    ]
    indicators = _rows(
        home,
        "SELECT indicator_path_zh, replace(target, chr(10), ''), actual, weight::INT, score::INT"
        f" FROM conformed.fct_project_indicator AS i WHERE i.{condition} AND project_id ="
        f" (SELECT project_id FROM conformed.fct_project WHERE {condition}"
        " AND project_name = '甲项目') ORDER BY row_number",
    )
    assert indicators[1] == ("效益指标/社会效益指标/服务人次", "不低于95%", "97%", 30, 28)
    assert len(indicators) == 3


def test_all_cells_of_the_forms_have_a_place(home: Home):
    labels = "SELECT form_code, label_zh FROM conformed.unmapped_labels"
    assert _rows(home, f"{labels} WHERE form_code LIKE 'project_self%'") == []
