"""The dashboard's notebook, run without a browser over the shipped samples."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from decimal import Decimal
from html import unescape
from pathlib import Path
from types import ModuleType, SimpleNamespace

import marimo as mo
import polars as pl
import pytest

from juesuan.settings import Home

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LINZI = "linzi-government-office"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, NOTEBOOKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


charts, parts = _load("charts"), _load("page_parts")


def _run(home: Path, monkeypatch: pytest.MonkeyPatch, **known: object) -> tuple[str, dict]:
    """The text of the page over `home` and the notebook's variables; `known` replaces cells."""
    monkeypatch.setenv("JUESUAN_HOME", str(home))
    monkeypatch.syspath_prepend(str(NOTEBOOKS))
    outputs, variables = _load("dashboard").app.run(defs=known)
    page = "\n".join(mo.as_html(output).text for output in outputs if output is not None)
    # Charts and marimo's tables stand in the page as JSON within an attribute.
    return unescape(unescape(page)), variables


def _choose(
    home: Path, monkeypatch: pytest.MonkeyPatch, department: str | None, year: int | None = None
) -> str:
    """The text of the page after choosing in the two drop-downs."""
    _, variables = _run(home, monkeypatch)
    text, _ = _run(
        home,
        monkeypatch,
        department=SimpleNamespace(value=department),
        year=SimpleNamespace(value=year),
        department_years=variables["department_years"],
    )
    return text


def _show(home: Path, monkeypatch: pytest.MonkeyPatch, identity_id: str) -> tuple[str, dict]:
    """The page with the finding of an identity selected, and the notebook's variables."""
    _, variables = _run(home, monkeypatch)
    found = variables["findings"].filter(identity_id=identity_id)
    assert found.height == 1
    return _run(
        home,
        monkeypatch,
        finding_table=SimpleNamespace(value=[{"finding_id": found["finding_id"][0]}]),
    )


def _original(text: str) -> str:
    """What the page shows of the original behind the selected finding."""
    return text[text.index("原件 <small>The original</small>") :]


@pytest.mark.slow
def test_the_header_says_what_is_published(samples_home: Home, monkeypatch):
    text, variables = _run(samples_home.path, monkeypatch)
    assert variables["manifest"]["build_id"] in text
    for words in ("部门决算看板", "已公布文件", "已核对勾稽关系", "构建时间", "北京时间"):
        assert words in text
    not_read = variables["query"]("SELECT file_name FROM raw.documents WHERE status <> 'loaded'")
    assert all(name in text for (name,) in not_read.rows())
    assert variables["department_years"].height == 14


@pytest.mark.slow
def test_linzi_2020_shows_its_figures_and_says_what_is_not_there(samples_home: Home, monkeypatch):
    text = _choose(samples_home.path, monkeypatch, LINZI, 2020)
    assert "淄博市临淄区人民政府办公室 · 2020年度 · 部门汇总" in text
    assert '<div class="figure">3,236.26</div>' in text
    assert '<div class="figure missing">未陈述</div>' in text
    assert "不在文件内的法定报表（待核原件）：收入决算表、支出决算表" in text
    # The form on the three public expenses is not in the file; its prose states them.
    assert "没有这张决算表，各数取自情况说明" in text and "未公开" not in text
    # The rates have three names, and the projects' is none of them.
    for rate in ("完成年初预算率", "预算执行率", "预算调整率", "执行金额占预算资金"):
        assert rate in text


@pytest.mark.slow
def test_projects_are_listed_from_the_lowest_execution(samples_home: Home, monkeypatch):
    text = _choose(samples_home.path, monkeypatch, LINZI)
    table = text[text.index("<th class=number>执行金额占预算资金</th>") :]
    order = ["数字政府规划和建设项目", "机关事务服务中心往年项目尾款", "民生热线平台运行经费项目"]
    assert sorted(order, key=table.index) == order
    # 1,665,700 of 1,665,800 yuan: not a hundred percent.
    assert "<td class=number>99.99%</td>" in table


@pytest.mark.slow
def test_the_finding_shows_both_sides_and_its_evidence(samples_home: Home, monkeypatch):
    text = _choose(samples_home.path, monkeypatch, LINZI)
    evidence = text[text.index("所选疑点的证据") :]
    assert "左边 1,046.67 万元，右边 1,046.72 万元，差额 -0.05 万元" in evidence
    assert "舍入所能解释的最大差额 0.06 万元" in evidence
    assert "政府收支分类科目：类＝Σ款" in evidence
    assert "<td>右边</td>" in evidence and "<td>30113 住房公积金</td>" in evidence
    assert "<td>第162行</td>" in evidence


@pytest.mark.slow
def test_a_finding_in_plain_text_has_its_lines_instead_of_a_picture(
    samples_home: Home, monkeypatch
):
    original = _original(_choose(samples_home.path, monkeypatch, LINZI, 2020))
    assert "原件是纯文本，没有版面可画" in original and "<img" not in original
    assert "<td>左边</td>" in original and "<td>第162行</td>" in original
    assert "301 | 工资福利支出 | <mark>1046.67</mark> | 302" in original
    # The lines above and below are there to find the place by.
    assert '<div class="quiet">经济分类科目编码 | 科目名称 | 决算数' in original
    assert '<div class="quiet">30101 | 基本工资 | 254.58' in original


@pytest.mark.slow
def test_a_finding_that_is_not_money_has_its_own_unit_and_names_its_members(
    samples_home: Home, monkeypatch
):
    text, variables = _show(samples_home.path, monkeypatch, "red_flags.full_score_low_execution")
    assert variables["finding"]["lhs_cny"] is None
    evidence = text[text.index("所选疑点的证据") :]
    assert "左边 100 分，右边 80 分，差额 20 分" in evidence
    assert "舍入所能解释" not in evidence[evidence.index("<dl>") : evidence.index("</dl>")]
    members = evidence[evidence.index("<th>合并</th>") : evidence.index("原件 <small>")]
    assert members.count("处</td>") == variables["finding"]["member_count"] == 6
    assert "数字政府规划和建设项目 · 自评得分" in members
    assert "project-" not in members
    # What the execution rate is made of is neither a left nor a right side.
    sides = re.findall("<td>(左边|右边|分子|分母)</td>", evidence[: evidence.index("合并")])
    assert sides == ["左边", "分子", "分子", "分母"]
    assert "<td>左边、分子、分母</td>" in _original(text)


@pytest.mark.slow
def test_one_cause_is_one_finding_with_all_its_members(samples_home: Home, monkeypatch):
    text, variables = _show(samples_home.path, monkeypatch, "expenditure.hierarchy")
    assert variables["findings"].filter(department_name_zh="示例市水务局").height == 1
    members = text[text.index("<th>合并</th>") : text.index("原件 <small>")]
    assert members.count("处</td>") == variables["finding"]["member_count"] == 4
    assert "21303 水利 · 本年支出合计" in members and "213 农林水支出 · 项目支出" in members
    assert "<td class=number>-10.00 万元</td>" in members


@pytest.mark.slow
def test_the_finding_of_a_pdf_shows_each_page_it_stands_on(samples_home: Home, monkeypatch):
    text, variables = _show(samples_home.path, monkeypatch, "expenditure.hierarchy")
    pages = {term["page"] for term in json.loads(variables["finding"]["evidence"])}
    images = re.findall(r'src="data:image/png;base64,([^"]+)"', _original(text))
    assert len(images) == len(pages) == 2
    assert all(f"<figcaption>原件第{page}页" in text for page in pages)
    assert all(b64decode(image).startswith(b"\x89PNG") for image in images)


@pytest.mark.slow
def test_without_the_original_the_finding_of_a_pdf_says_so(
    samples_home: Home, monkeypatch, tmp_path: Path
):
    home = tmp_path / "home"
    home.mkdir()
    (home / "published").symlink_to(samples_home.path / "published")
    text, _ = _show(home, monkeypatch, "expenditure.hierarchy")
    original = _original(text)
    assert "这份原件没有保存或画不出图" in original and "<img" not in original
    assert "<td>第7页</td>" in original and "21303 | 水利 | <mark>2,812.14</mark>" in original


@pytest.mark.slow
def test_a_finding_in_the_prose_of_a_pdf_shows_its_paragraph(real_home: Home, monkeypatch):
    text, variables = _show(real_home.path, monkeypatch, "narrative.completion_on_zero_budget")
    assert "左边 95.89%，右边 0%，差额 95.89%" in text
    original = _original(text)
    page = variables["finding"]["page_number"]
    assert f"<figcaption>原件第{page}页：红框是左边的数字" in original
    assert original.count("<img") == 1 and "原文" not in original


@pytest.mark.slow
def test_a_wording_shows_what_the_words_and_the_form_say(real_home: Home, monkeypatch):
    text, variables = _show(real_home.path, monkeypatch, "wording.listed_but_zero")
    assert variables["finding"]["lhs_value"] is None
    assert "文字列为主要内容的支出在表内为零" in text
    assert "左边是文字所说，右边是它所对照的表格或文字" in text
    original = _original(text)
    # The list in the prose and the cell of the form stand on pages of their own.
    assert original.count("<img") == 2 and "原文" not in original
    assert "原件第13页" in original and "原件第20页" in original


@pytest.mark.slow
def test_days_are_shown_as_dates(real_home: Home, monkeypatch):
    text, _ = _show(real_home.path, monkeypatch, "red_flags.actual_dates")
    assert "左边 2021-01-01，右边 2020-01-31，差额 336 天" in text


@pytest.mark.slow
def test_a_year_without_findings_or_projects_says_so(samples_home: Home, monkeypatch):
    _, variables = _run(samples_home.path, monkeypatch)
    years = variables["department_years"].filter(department_name_zh="示例市水务局")
    text = _choose(samples_home.path, monkeypatch, years["department_id"][0], 2022)
    assert "示例市水务局 · 2022年度" in text
    assert "没有疑点：所选范围内" in text
    assert "没有项目：这份公开没有陈述项目自评" in text


@pytest.mark.slow
def test_what_a_disclosure_does_not_state_is_said_in_words(samples_home: Home, monkeypatch):
    _, variables = _run(samples_home.path, monkeypatch)
    text, _ = _run(
        samples_home.path,
        monkeypatch,
        chosen=variables["chosen"] | {"disclosure_id": "disclosure-of-nothing"},
        chosen_keys=variables["chosen_keys"],
        whose=variables["whose"],
    )
    assert "这份公开没有陈述按功能分类的支出" in text
    assert "这份公开没有陈述基本支出的经济分类" in text
    assert "未公开：这份文件里没有" in text


@pytest.mark.slow
def test_a_department_without_that_year_says_so(samples_home: Home, monkeypatch):
    text = _choose(samples_home.path, monkeypatch, LINZI, 2024)
    assert "请换一个年度" in text


def test_without_a_build_the_page_names_the_command(tmp_path: Path, monkeypatch):
    text, _ = _run(tmp_path, monkeypatch)
    assert "还没有发布过数据" in text and "juesuan refresh" in text


@pytest.mark.slow
def test_the_notebook_runs_as_a_script(samples_home: Home):
    run = subprocess.run(
        [sys.executable, NOTEBOOKS / "dashboard.py"],
        env=os.environ | {"JUESUAN_HOME": str(samples_home.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_amounts_keep_their_meaning():
    assert parts.wan(Decimal("32362600.00")) == "3,236.26"
    assert parts.wan(None) == "未陈述"
    assert parts.wan(Decimal("0.00")) == "0.00"
    assert parts.wan_exact(Decimal("-500.00")) == "-0.05"
    assert parts.wan_exact(Decimal("1234567.89")) == "123.456789"
    assert parts.wan_exact(None) == "—"


@pytest.mark.parametrize(
    ("value", "unit", "side", "gap"),
    [
        ("28121400.000000", "CNY", "2,812.14 万元", "2,812.14 万元"),
        ("95.890000", "percent", "95.89%", "95.89%"),
        ("-0.007534", "percent", "-0.007534%", "-0.007534%"),
        ("100.000000", "point", "100 分", "100 分"),
        ("0.000000", "point", "0 分", "0 分"),
        ("18627.000000", "day", "2020-12-31", "18,627 天"),
        ("12.500000", "unknown", "12.5", "12.5"),
    ],
)
def test_sides_and_gaps_carry_their_unit(value: str, unit: str, side: str, gap: str):
    assert parts.quantity(Decimal(value), unit) == side
    assert parts.difference(Decimal(value), unit) == gap


def test_a_side_that_is_not_stated_has_no_unit():
    for unit in ("CNY", "percent", "point", "day"):
        assert parts.quantity(None, unit) == parts.difference(None, unit) == "—"


def test_a_figure_is_placed_by_page_or_by_line():
    assert parts.place(7, None) == "第7页"
    assert parts.place(1, 162) == "第162行"
    assert parts.place(None, None) == "—"


@pytest.mark.parametrize(
    ("rate", "band"),
    [(0, "低于50%"), (0.5, "50%至90%"), (0.9, "90%至100%"), (1, "90%至100%"), (1.01, "超过100%")],
)
def test_rates_fall_into_bands(rate: float, band: str):
    assert charts.band(rate) == band


def test_a_rate_without_a_base_has_its_own_band():
    assert charts.band(None) == "无法计算"


def test_text_of_documents_is_never_html():
    hostile = "<img src=x onerror=alert(1)>"
    for piece in (
        parts.text_table([hostile], [[hostile]]),
        parts.cards([(hostile, hostile, hostile)]),
        parts.heading(hostile, hostile, hostile),
        parts.problems([hostile]),
        parts.nothing(hostile),
        parts.picture(b"", hostile),
        parts.html_table([hostile], [[parts.marked(hostile, [(1, 4)])]]),
        parts.html_table([], [[parts.line_around(hostile)]]),
    ):
        assert "<img src" not in piece.text and "&lt;img" in piece.text
    assert "<img" not in parts.definitions([(hostile, hostile)])


def test_figures_are_highlighted_where_they_stand_even_when_they_repeat():
    assert parts.marked("收1元，支1元", [(5, 6)]) == "收1元，支<mark>1</mark>元"
    assert parts.marked("1<2", [(2, 3), (0, 1), (2, 3)]) == "<mark>1</mark>&lt;<mark>2</mark>"
    assert parts.marked("没有数字", []) == "没有数字"


def test_an_address_in_a_document_is_not_an_address_to_marimo():
    assert "https://" not in parts.plain("见https://example.org/a.png")
    assert not parts.plain("data:image/png;base64,").startswith("data:")


def test_a_value_not_stated_has_words_and_no_bar():
    frame = pl.DataFrame(
        {
            "item": ["公务接待费", "公务接待费"],
            "phase": ["预算数", "决算数"],
            "wan": [None, 0.0],
            "printed": ["未陈述", "0.00"],
        }
    )
    chart = charts.grouped_bars(frame, "三公").to_dict()
    rows = [row for rows in chart["datasets"].values() for row in rows]
    assert [(row["wan"], row["printed"]) for row in rows] == [(None, "未陈述"), (0.0, "0.00")]


def test_charts_are_svg_without_a_menu_of_links():
    embedding = charts.alt.renderers.options["embed_options"]
    assert embedding == {"actions": False, "renderer": "svg"}
