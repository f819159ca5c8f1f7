"""The dashboard: what is published, read only, for someone who has never seen it before.

`juesuan dashboard --home DIR` serves it; `JUESUAN_HOME` names the same folder. Text from documents
is hostile: it reaches the page through `escape`, `plain` or a chart's text mark, never as HTML or
Markdown. Nothing is loaded from outside.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(
    width="full", app_title="决算看板 · Final accounts dashboard", css_file="dashboard.css"
)

with app.setup:
    import json
    import os
    from datetime import datetime, timedelta, timezone
    from html import escape
    from pathlib import Path

    import duckdb
    import finding_parts
    import labels
    import marimo as mo
    import page_parts as parts
    import polars as pl
    import queries
    import year_parts

    from juesuan.errors import PublishError
    from juesuan.publish import current_build
    from juesuan.settings import Home

    ALL = "全部"
    BEIJING = timezone(timedelta(hours=8))


@app.cell
def _():
    home = Path(os.environ.get("JUESUAN_HOME", "warehouse"))
    try:
        # The build's own folder, not the symlink: a reader must not see two builds at once.
        build = current_build(home)
    except PublishError:
        build = None
    mo.stop(
        build is None,
        parts.nothing(
            f"“{home.name}” 里还没有发布过数据。请先运行 juesuan refresh 决算文件夹 --home {home.name} "
            "，再刷新本页。/ Nothing is published yet: run that command, then reload this page."
        ),
    )
    connection = duckdb.connect(str(build / "juesuan.duckdb"), read_only=True)
    manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))

    def query(sql: str, *values) -> pl.DataFrame:
        """The rows of one query on the published file."""
        return connection.cursor().execute(sql, list(values)).pl()

    return home, manifest, query


@app.cell
def _(manifest, query):
    _totals = query(queries.TOTALS).row(0, named=True)
    _verdicts = dict(
        query("SELECT verdict, count(*) FROM conformed.fct_identity_result GROUP BY 1").rows()
    )
    _severities = dict(query("SELECT severity, count(*) FROM marts.findings GROUP BY 1").rows())
    _problems = query(queries.PROBLEMS)
    _unchecked = _verdicts.get("not_evaluable", 0)
    _built = datetime.fromisoformat(manifest["built_at"]).astimezone(BEIJING)
    _by_severity = "、".join(
        f"{name} {_severities[key]}"
        for key, name in labels.SEVERITY_ZH.items()
        if key in _severities
    )
    mo.vstack(
        [
            mo.Html(
                "<h1>部门决算看板 <small>Departmental final accounts, read and checked</small></h1>"
                "<p>部门决算公开文件里印着的数字，逐格读出，按勾稽关系核对。"
                "“疑点”是请人对照原件的提示，不是结论。金额单位：万元。</p>"
                f'<p class="quiet">构建时间 {_built:%Y-%m-%d %H:%M}（北京时间） · '
                f"构建编号 {escape(manifest['build_id'])}</p>"
            ),
            parts.cards(
                [
                    ("已公布文件", f"{_totals['documents']:,}", f"共收到 {_totals['files']:,} 个"),
                    ("部门", f"{_totals['departments']:,}", f"{_totals['years'] or '—'} 年度"),
                    ("入库金额", f"{_totals['amounts']:,}", "每一笔可追到原件的页与格"),
                    (
                        "已核对勾稽关系",
                        f"{sum(_verdicts.values()) - _unchecked:,}",
                        f"另有 {_unchecked:,} 项缺表或未陈述，无法核对",
                    ),
                    ("勾稽不符", f"{_verdicts.get('mismatch', 0):,}", "舍入解释不了的差额"),
                    (
                        "疑点",
                        f"{sum(_severities.values()):,}",
                        f"同因合并：{_by_severity}" if _by_severity else "没有疑点",
                    ),
                ]
            ),
            parts.problems(
                [
                    f"{labels.STATUS_ZH.get(status, status)}：{name}，{reason or '没有写明原因'}"
                    for name, status, reason in _problems.rows()
                ]
            ),
        ]
    )
    return


@app.cell
def _(query):
    department_years = query(queries.DEPARTMENT_YEARS)
    mo.stop(
        department_years.is_empty(),
        parts.nothing(
            "已公布的文件里还没有认定部门与年度的决算，请用 juesuan refresh 加入决算公开文件。"
            "/ No department-year is published yet: add disclosures with juesuan refresh."
        ),
    )
    department_years = department_years.with_columns(
        pl.Series("department_name_zh", map(parts.plain, department_years["department_name_zh"]))
    )
    _names = department_years.select("department_name_zh", "department_id").unique().sort(pl.all())
    # Two departments may bear one name: then the id tells them apart.
    _same = _names["department_name_zh"].is_duplicated()
    _departments = {
        f"{name}（{key}）" if same else name: key
        for (name, key), same in zip(_names.rows(), _same, strict=True)
    }
    _years = sorted(department_years["fiscal_year"].unique(), reverse=True)
    department = mo.ui.dropdown({ALL: None} | _departments, value=ALL, label="部门")
    year = mo.ui.dropdown({ALL: None} | {f"{y}年度": y for y in _years}, value=ALL, label="年度")
    return department, department_years, year


@app.cell
def _(department, department_years, year):
    _titles = {
        "department_name_zh": "部门",
        "fiscal_year": "年度",
        "reporting_scope": "口径",
        "income": "本年收入",
        "expenditure": "本年支出",
        "basic": "基本支出",
        "project": "项目支出",
        "three_public": "三公决算",
        "growth": "支出比上年",
        "findings_count": "待核疑点",
        "coverage": "落位率",
        "evaluable": "可核对率",
    }
    _amounts = ["本年收入", "本年支出", "基本支出", "项目支出", "三公决算"]
    _rates = ["支出比上年", "落位率", "可核对率"]
    _keys = {"department_id", "disclosure_id", "document_id", "scope"}
    _shown = (
        department_years.filter(
            pl.col("department_id").eq(department.value) if department.value else pl.lit(True),
            pl.col("fiscal_year").eq(year.value) if year.value else pl.lit(True),
        )
        .with_columns(
            pl.col("reporting_scope").replace(labels.SCOPE_ZH),
            scope=pl.col("reporting_scope"),
        )
        .rename(_titles)
    )

    def _style(_row, column, value):
        if column == "待核疑点" and value:
            return {"color": "#b42318", "fontWeight": 700}
        return {"color": "#98a2b3"} if value in (parts.NOT_STATED, "—") else {}

    overview = mo.ui.table(
        _shown.select(*_titles.values(), *_keys),
        selection="single",
        initial_selection=[0] if _shown.height else None,
        hidden_columns=list(_keys),
        format_mapping={
            "年度": str,
            **dict.fromkeys(_amounts, parts.wan_text),
            **dict.fromkeys(_rates, parts.short_percent),
        },
        text_justify_columns={"年度": "left"}
        | dict.fromkeys([*_amounts, *_rates, "待核疑点"], "right"),
        column_widths={"部门": 215, "年度": 70, "口径": 90}
        | dict.fromkeys(_amounts, 98)
        | dict.fromkeys([*_rates, "待核疑点"], 92),
        style_cell=_style,
        header_tooltip={
            "支出比上年": "与上一年度公开的决算相比",
            "落位率": "报表数字中认出了行与栏的比例",
            "可核对率": "报表齐备的勾稽关系中能核对的比例",
        },
        page_size=20,
        show_column_summaries=False,
        show_data_types=False,
        show_download=False,
        show_search=False,
    )
    mo.vstack(
        [
            parts.heading(
                "部门×年度概览",
                "Departments and years",
                "单位：万元。勾选一行，看它的明细；点列名旁的箭头排序。",
            ),
            mo.hstack([department, year], justify="start", gap=2),
            overview
            if _shown.height
            else parts.nothing("这个部门没有已公布的这一年度的决算，请换一个年度。"),
        ]
    )
    return (overview,)


@app.cell
def _(overview):
    mo.stop(
        not overview.value.height,
        parts.nothing("请在概览表里勾选一行，看它的功能分类、经济分类、三公经费和项目。"),
    )
    chosen = overview.value.row(0, named=True)
    whose = f"{chosen['部门']} · {chosen['年度']}年度 · {chosen['口径']}"
    chosen_keys = (chosen["department_id"], chosen["年度"], chosen["scope"])
    return chosen, chosen_keys, whose


@app.cell
def _(chosen, chosen_keys, query, whose):
    _year = query(
        queries.YEAR,
        *chosen_keys,
    ).row(0, named=True)
    _absent_forms = query(
        queries.ABSENT_FORMS,
        chosen["document_id"],
    )["name_zh"]
    _unknown_tables = query(
        queries.UNKNOWN_TABLES,
        chosen["document_id"],
    )["title_zh"]
    year_parts.summary(_year, _absent_forms, _unknown_tables, whose)
    return


@app.cell
def _(chosen, query, whose):
    year_parts.functions(
        query(queries.FUNCTIONAL_CLASSES, chosen["disclosure_id"], chosen["年度"]), whose
    )
    return


@app.cell
def _(chosen, query, whose):
    year_parts.economy(
        query(queries.ECONOMIC_LEVELS, chosen["disclosure_id"], chosen["年度"]), whose
    )
    return


@app.cell
def _(chosen, query, whose):
    year_parts.three_public(query(queries.THREE_PUBLIC, chosen["disclosure_id"]), whose)
    return


@app.cell
def _(chosen, chosen_keys, query, whose):
    year_parts.by_execution(query(queries.PROJECTS, *chosen_keys, chosen["disclosure_id"]), whose)
    return


@app.cell
def _(department, query, year):
    findings = query(
        queries.FINDINGS,
        department.value,
        year.value,
    )
    return (findings,)


@app.cell
def _(findings):
    _rows = finding_parts.table_rows(findings)

    def _style(_row, column, value):
        colors = {"错误": "#b42318", "警告": "#b54708", "提示": "#475467"}
        return {"color": colors.get(value), "fontWeight": 700} if column == "程度" else {}

    finding_table = mo.ui.table(
        _rows,
        selection="single",
        initial_selection=[0] if _rows else None,
        hidden_columns=["finding_id"] if _rows else None,
        wrapped_columns=["疑点"] if _rows else None,
        column_widths={"疑点": 595, "程度": 60, "左边": 120, "右边": 120, "差额": 110}
        | {"位置": 85, "存疑于": 85, "状态": 65}
        if _rows
        else None,
        text_justify_columns=dict.fromkeys(["左边", "右边", "差额"], "right") if _rows else None,
        style_cell=_style,
        page_size=10,
        show_column_summaries=False,
        show_data_types=False,
        show_download=False,
        show_search=False,
    )
    mo.vstack(
        [
            parts.heading(
                "疑点",
                "Suspicious points, to be checked against the original",
                "随上面所选的部门、年度筛选。勾选一行，看它的证据与原件。",
            ),
            finding_table
            if _rows
            else parts.nothing("没有疑点：所选范围内，能核对的勾稽关系都相符，或差额在舍入之内。"),
        ]
    )
    return (finding_table,)


@app.cell
def _(finding_table, findings, query):
    mo.stop(findings.is_empty())
    mo.stop(not finding_table.value, parts.nothing("请在疑点表里勾选一行，看两边的数字与出处。"))
    finding = findings.row(
        by_predicate=pl.col("finding_id") == finding_table.value[0]["finding_id"], named=True
    )
    finding_parts.evidence(finding, query(queries.MEMBERS, finding["finding_id"]))
    return (finding,)


@app.cell
def _(finding, home):
    finding_parts.original(Home(home), finding["finding_id"])
    return


if __name__ == "__main__":
    app.run()
