"""Self-evaluation published in files of its own: judged alone, and against the final accounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home
from tests.factory import archives
from tests.factory.content import Project
from tests.factory.evaluation_form import EvaluationForm, Indicator, Source
from tests.factory.text_writer import write_text

pytestmark = pytest.mark.slow


def _form(name: str, department: str, executed: str = "59.25", **changes) -> EvaluationForm:
    def indicator(*levels: str, weight: int, score: int) -> Indicator:
        return Indicator(levels, "不低于95%", "97%", Decimal(weight), Decimal(score))

    form = EvaluationForm(
        name,
        department,
        "示例市档案服务中心",
        (
            Source("年度资金总额", Decimal(60), Decimal(60), Decimal(executed)),
            Source("其中：当年财政拨款", Decimal(60), Decimal(60), Decimal(executed)),
        ),
        (
            indicator("产出指标", "数量指标", "整理卷数", weight=50, score=50),
            indicator("效益指标", "社会效益指标", "利用人次", weight=30, score=28),
            indicator("满意度指标", "服务对象满意度指标", "满意度", weight=10, score=10),
        ),
    )
    return replace(form, **changes)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Final accounts with a summary, and two files with nothing but self-evaluation forms."""
    folder: Path = tmp_path_factory.mktemp("files")
    content = archives.disclosures()[0]
    name = content.department_name
    projects = tuple(
        Project(project, Decimal(60), Decimal("59.25"), Decimal("97.88"), "优秀")
        for project in ("甲项目", "乙项目", "丁项目")
    )
    accounts = replace(content, projects=projects, evaluation_forms=())
    (folder / "accounts.txt").write_text(write_text(accounts, archives.LAYOUT), encoding="utf-8")
    files = {
        # 乙项目 was told otherwise in the accounts; the scores of 丙项目 do not add up.
        "first.txt": (
            _form("甲项目", f"[101]{name}"),
            _form("乙项目", name, executed="48.00"),
            _form("丙项目", name, planted=(("total.score", "98.88"),)),
            _form("丁项目", name),
        ),
        # Another unit evaluates a project of the same name: neither is held against the accounts.
        "second.txt": (_form("丁项目", name, executed="30.00"),),
    }
    for file, forms in files.items():
        text = write_text(replace(content, projects=(), evaluation_forms=forms), archives.LAYOUT)
        start = text.index(forms[0].words.title)
        (folder / file).write_text(text[start:], encoding="utf-8")
    made = Home(tmp_path_factory.mktemp("evaluations"))
    refresh([folder], made)
    return made


def _rows(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_file_of_forms_says_whose_it_is(home: Home):
    content = archives.disclosures()[0]
    common = (content.department_name, content.fiscal_year, "self_evaluation", "loaded")
    assert _rows(
        home,
        "SELECT file_name, department_name_zh, fiscal_year, document_kind, status"
        " FROM raw.documents WHERE file_name <> 'accounts.txt' ORDER BY 1",
    ) == [("first.txt", *common), ("second.txt", *common)]


def test_the_forms_are_judged_by_themselves(home: Home):
    evaluated = dict(
        _rows(
            home,
            "SELECT identity_id, count(*) FROM conformed.fct_identity_result AS r"
            " JOIN conformed.dim_disclosure AS d USING (disclosure_id)"
            " WHERE d.document_kind = 'self_evaluation' AND verdict <> 'not_evaluable'"
            " GROUP BY ALL",
        )
    )
    forms = ("weights", "scores", "execution_rate", "execution_score")
    assert [evaluated.get(f"projects.form_{form}") for form in forms] == [5, 5, 5, 5]
    assert _rows(
        home,
        "SELECT file_name, identity_id, f.severity FROM marts.findings AS f"
        " JOIN raw.documents AS d USING (document_id) WHERE d.document_kind = 'self_evaluation'",
    ) == [("first.txt", "projects.form_scores", "error")]


def test_projects_of_one_name_are_held_against_the_final_accounts(home: Home):
    found = _rows(
        home,
        "SELECT identity_id, verdict, severity, count(*) FROM conformed.fct_identity_result"
        " WHERE identity_id LIKE 'cross_document.project%' GROUP BY ALL ORDER BY ALL",
    )
    budget = "cross_document.project_form_budget_unspecified"
    executed = "cross_document.project_form_executed"
    assert found == [
        (budget, "exact", None, 2),
        (executed, "exact", None, 1),
        (executed, "mismatch", "info", 1),
    ]
