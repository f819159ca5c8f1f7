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
    import tempfile
    from datetime import datetime, timedelta, timezone
    from html import escape
    from pathlib import Path

    import charts
    import duckdb
    import marimo as mo
    import page_parts as parts
    import polars as pl

    from juesuan.errors import PublishError, TraceError
    from juesuan.publish import current_build
    from juesuan.settings import Home
    from juesuan.trace import draw_pictures, find_places

    ALL = "全部"
    BEIJING = timezone(timedelta(hours=8))
    SEVERITY_ZH = {"error": "错误", "warning": "警告", "info": "提示"}
    REVIEW_ZH = {"open": "待核", "waived": "已豁免"}
    ORIGIN_ZH = {"disclosure": "披露存疑", "reading": "解析存疑"}
    STATUS_ZH = {
        "rejected": "未能读取",
        "quarantined": "已隔离",
        "superseded": "已被更正",
        "withdrawn": "已撤回",
    }
    SCOPE_ZH = {
        "department_consolidated": "部门汇总",
        "department_own": "部门本级",
        "unit": "所属单位",
    }
    NATURE_ZH = {
        "basic": "基本支出",
        "project": "项目支出",
        "remitted_to_superior": "上缴上级支出",
        "business": "经营支出",
        "subsidy_to_subordinate": "对附属单位补助支出",
        "contingency_reserve": "预备费",
        "total": "未分基本与项目",
    }
    PHASE_ZH = {
        "initial_budget": "年初预算数",
        "adjusted_budget": "全年预算数",
        "budget_unspecified": "预算数",
        "final": "决算数",
    }
    SIDE_ZH = {"lhs": "左边", "rhs": "右边", "numerator": "分子", "denominator": "分母"}
    FUND_ZH = {"general": "一般公共预算财政拨款", "fiscal_total": "财政拨款"}
    THREE_PUBLIC_ZH = {
        "total": "“三公”经费合计",
        "overseas": "因公出国（境）费",
        "vehicles": "公务用车小计",
        "vehicle_purchase": "其中：公务用车购置",
        "vehicle_operation": "其中：公务用车运行维护",
        "reception": "公务接待费",
    }


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
    _totals = query("""
        SELECT
          (SELECT count(*) FROM raw.documents WHERE status = 'loaded') AS documents,
          (SELECT count(*) FROM raw.documents) AS files,
          (SELECT count(*) FROM conformed.fct_line_amount) AS amounts,
          (SELECT count(DISTINCT department_id) FROM marts.department_years) AS departments,
          (SELECT concat_ws('–', min(fiscal_year), max(fiscal_year)) FROM marts.department_years)
            AS years
    """).row(0, named=True)
    _verdicts = dict(
        query("SELECT verdict, count(*) FROM conformed.fct_identity_result GROUP BY 1").rows()
    )
    _severities = dict(query("SELECT severity, count(*) FROM marts.findings GROUP BY 1").rows())
    _problems = query("""
        SELECT file_name, status, status_reason
        FROM raw.documents WHERE status <> 'loaded' ORDER BY file_name
    """)
    _unchecked = _verdicts.get("not_evaluable", 0)
    _built = datetime.fromisoformat(manifest["built_at"]).astimezone(BEIJING)
    _by_severity = "、".join(
        f"{name} {_severities[key]}" for key, name in SEVERITY_ZH.items() if key in _severities
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
                    f"{STATUS_ZH.get(status, status)}：{name}，{reason or '没有写明原因'}"
                    for name, status, reason in _problems.rows()
                ]
            ),
        ]
    )
    return


@app.cell
def _(query):
    department_years = query("""
        SELECT
          department_id, disclosure_id, document_id, reporting_scope, department_name_zh, fiscal_year,
          (income_cny / 10000)::DOUBLE AS income,
          (expenditure_cny / 10000)::DOUBLE AS expenditure,
          (basic_expenditure_cny / 10000)::DOUBLE AS basic,
          (project_expenditure_cny / 10000)::DOUBLE AS project,
          (three_public_cny / 10000)::DOUBLE AS three_public,
          expenditure_growth_pct::DOUBLE AS growth,
          findings_count,
          (coverage * 100)::DOUBLE AS coverage,
          (evaluable_share * 100)::DOUBLE AS evaluable
        FROM marts.department_years
        ORDER BY
          max(findings_count) OVER (PARTITION BY department_id) DESC,
          department_name_zh, department_id, fiscal_year DESC, reporting_scope
    """)
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
            pl.col("reporting_scope").replace(SCOPE_ZH),
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
        page_size=12,
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
        """
        SELECT * FROM marts.department_years
        WHERE department_id = ? AND fiscal_year = ? AND reporting_scope = ?
        """,
        *chosen_keys,
    ).row(0, named=True)
    _absent_forms = query(
        """
        SELECT forms.name_zh
        FROM marts.document_quality AS quality
        JOIN reference.forms AS forms
          ON list_contains(string_split(quality.forms_not_in_file, ','), forms.form_code)
        WHERE quality.document_id = ?
        ORDER BY forms.form_number
        """,
        chosen["document_id"],
    )["name_zh"]

    def _growth(value):
        return "上年未入库，无从比较" if value is None else f"比上年公开的决算 {value:+,.2f}%"

    def _share(value):
        return "" if value is None else f"占本年支出 {value:,.2f}%"

    mo.vstack(
        [
            parts.heading(whose, "The selected department and year"),
            parts.cards(
                [
                    (
                        "本年收入",
                        parts.wan(_year["income_cny"]),
                        _growth(_year["income_growth_pct"]),
                    ),
                    (
                        "本年支出",
                        parts.wan(_year["expenditure_cny"]),
                        _growth(_year["expenditure_growth_pct"]),
                    ),
                    (
                        "基本支出",
                        parts.wan(_year["basic_expenditure_cny"]),
                        _share(_year["basic_expenditure_share_pct"]),
                    ),
                    (
                        "项目支出",
                        parts.wan(_year["project_expenditure_cny"]),
                        _share(_year["project_expenditure_share_pct"]),
                    ),
                    (
                        "完成年初预算率",
                        parts.percent(_year["initial_budget_completion_pct"]),
                        "决算÷年初预算",
                    ),
                    (
                        "预算执行率",
                        parts.percent(_year["budget_execution_pct"]),
                        "决算÷全年预算",
                    ),
                    (
                        "预算调整率",
                        parts.percent(_year["budget_adjustment_pct"]),
                        "（全年预算－年初预算）÷年初预算",
                    ),
                ]
            ),
            parts.problems(
                [f"不在文件内的法定报表（待核原件）：{'、'.join(_absent_forms)}"]
                if len(_absent_forms)
                else []
            ),
        ]
    )
    return


@app.cell
def _(chosen, query, whose):
    # 类 named by the list valid in the year; a code that it does not know keeps only its digits.
    _classes = query(
        """
        WITH classes AS (
          SELECT left(functional_code, 3) AS code, expenditure_nature, sum(amount_cny) AS amount_cny
          FROM conformed.fct_expenditure_leaf
          WHERE disclosure_id = ? AND phase = 'final' AND functional_code <> 'total'
          GROUP BY ALL
        )
        SELECT
          concat_ws(' ', classes.code, names.name_zh) AS label,
          expenditure_nature,
          (amount_cny / 10000)::DOUBLE AS wan,
          sum(wan) OVER (PARTITION BY classes.code) AS class_wan,
          sum(wan) OVER () AS total_wan,
          format('{:,.2f} 万元（{:.1f}%）', class_wan, class_wan / total_wan * 100) AS printed
        FROM classes
        LEFT JOIN conformed.dim_functional_classification AS names
          ON names.code = classes.code
          AND ? BETWEEN names.valid_from_year AND coalesce(names.valid_to_year, 9999)
        ORDER BY class_wan DESC, label
        """,
        chosen["disclosure_id"],
        chosen["年度"],
    ).with_columns(
        nature=pl.col("expenditure_nature").replace(NATURE_ZH),
        nature_order=pl.col("expenditure_nature").replace_strict(
            {nature: number for number, nature in enumerate(NATURE_ZH)},
            default=len(NATURE_ZH),
            return_dtype=pl.Int64,
        ),
    )
    _spent = _classes.filter(pl.col("wan") != 0)
    _ends = _spent.unique("label", keep="first", maintain_order=True).select(
        "label", "printed", wan="class_wan"
    )
    _zeros = _classes["label"].n_unique() - _ends.height
    mo.vstack(
        [
            parts.heading("支出按功能分类", "Expenditure by function", whose),
            charts.stacked_bars(_spent, _ends, "支出决算按功能分类（类）")
            if _ends.height
            else parts.nothing("这份公开没有陈述按功能分类的支出（表不在文件内，或所印全为 0）。"),
            parts.quiet(f"另有 {_zeros} 类所印为 0，未画出。" if _zeros else ""),
        ]
    )
    return


@app.cell
def _(chosen, query, whose):
    _economic = query(
        """
        WITH leaves AS (
          SELECT economic_code AS code, line_label_zh, amount_cny
          FROM conformed.fct_economic_leaf
          WHERE disclosure_id = ? AND phase = 'final' AND expenditure_nature = 'basic'
            AND project_id = ''
        ), levels AS (
          SELECT left(code, 3) AS code, NULL AS line_label_zh, sum(amount_cny) AS amount_cny
          FROM leaves GROUP BY ALL
          UNION ALL
          SELECT * FROM leaves WHERE length(code) = 5
        )
        SELECT
          length(levels.code) AS code_length,
          concat_ws(' ', levels.code, coalesce(names.name_zh, line_label_zh)) AS label,
          (amount_cny / 10000)::DOUBLE AS wan,
          format('{:,.2f}', wan) AS printed
        FROM levels
        LEFT JOIN conformed.dim_economic_classification AS names
          ON names.scheme = 'departmental' AND names.code = levels.code
          AND ? BETWEEN names.valid_from_year AND coalesce(names.valid_to_year, 9999)
        WHERE amount_cny <> 0
        ORDER BY amount_cny DESC, levels.code
        """,
        chosen["disclosure_id"],
        chosen["年度"],
    )
    _classes = _economic.filter(pl.col("code_length") == 3)
    _groups = _economic.filter(pl.col("code_length") == 5).head(10)
    mo.vstack(
        [
            parts.heading("基本支出按经济分类", "Basic expenditure by economic nature", whose),
            mo.hstack(
                [
                    charts.ranked_bars(frame, title, color)
                    for frame, title, color in (
                        (_classes, "部门预算经济分类（类）", charts.BLUE),
                        (_groups, f"其中金额最大的 {_groups.height} 款", charts.LIGHT_BLUE),
                    )
                    if frame.height
                ],
                widths="equal",
                gap=2,
            )
            if _classes.height
            else parts.nothing(
                "这份公开没有陈述基本支出的经济分类（《一般公共预算财政拨款基本支出决算表》"
                "不在文件内，或所印全为 0）。"
            ),
        ]
    )
    return


@app.cell
def _(chosen, query, whose):
    _stated = query(
        """
        SELECT fund, item_code, phase, (amount_cny / 10000)::DOUBLE AS wan, source_kind
        FROM conformed.fct_three_public WHERE disclosure_id = ?
        """,
        chosen["disclosure_id"],
    )
    _amounts = {(fund, item, phase): wan for fund, item, phase, wan, _ in _stated.rows()}
    _from_prose = set(_stated["source_kind"]) == {"narrative"}
    _funds = sorted(set(_stated["fund"]))
    # An empty form states the finals and says nothing of the budget: its column stays, in words.
    _budgets = [phase for phase in PHASE_ZH if phase != "final" and phase in set(_stated["phase"])]
    _phases = [*(_budgets or ["budget_unspecified"]), "final"]

    def _of_budget(fund, item):
        budget, final = (_amounts.get((fund, item, phase)) for phase in (_phases[-2], "final"))
        if budget is None or final is None:
            return parts.NOT_STATED
        return f"{final / budget:.2%}" if budget else "预算数为 0"

    def _chart(fund):
        bars = [
            (name, PHASE_ZH[phase], wan, parts.wan_text(wan))
            for item, name in THREE_PUBLIC_ZH.items()
            for phase in _phases
            for wan in [_amounts.get((fund, item, phase))]
        ]
        schema = {"item": pl.String, "phase": pl.String, "wan": pl.Float64, "printed": pl.String}
        return charts.grouped_bars(
            pl.DataFrame(bars, schema, orient="row"), f"{FUND_ZH.get(fund, fund)}“三公”经费"
        )

    def _table(fund):
        return parts.text_table(
            ["万元", *(PHASE_ZH[phase] for phase in _phases), f"决算数占{PHASE_ZH[_phases[-2]]}"],
            [
                [
                    name,
                    *(parts.wan_text(_amounts.get((fund, item, phase))) for phase in _phases),
                    _of_budget(fund, item),
                ]
                for item, name in THREE_PUBLIC_ZH.items()
            ],
            numbers=range(1, len(_phases) + 2),
        )

    mo.vstack(
        [
            parts.heading(
                "“三公”经费：预算与决算",
                "Overseas trips, vehicles, reception: budget and final",
                f"{whose} · 没有这张决算表，各数取自情况说明" if _from_prose else whose,
            ),
            *(
                mo.hstack([_chart(fund), _table(fund)], widths=[3, 2], gap=2, align="center")
                for fund in _funds
            ),
            mo.Html("")
            if _funds
            else parts.nothing(
                "未公开：这份文件里没有《财政拨款“三公”经费支出决算表》，情况说明也没有陈述。"
                "这不等于 0，待核原件。"
            ),
        ]
    )
    return


@app.cell
def _(chosen, chosen_keys, query, whose):
    # A project stated both in the accounts and in a self-evaluation of the year is shown once.
    _projects = query(
        """
        SELECT project_name, budget_cny, executed_cny, self_score, grade,
          CASE WHEN budget_cny > 0 THEN executed_cny::DOUBLE / budget_cny::DOUBLE END AS rate
        FROM conformed.fct_project
        WHERE department_id = ? AND fiscal_year = ? AND reporting_scope = ?
        QUALIFY row_number() OVER (
          PARTITION BY project_name ORDER BY disclosure_id = ? DESC, disclosure_id, project_id
        ) = 1
        ORDER BY rate NULLS LAST, budget_cny DESC NULLS LAST, project_name
        """,
        *chosen_keys,
        chosen["disclosure_id"],
    )

    def _rate(rate):
        return "无法计算" if rate is None else f"{rate:.2%}"

    def _chart():
        bars = [
            (
                row["project_name"],
                *(
                    None if row[column] is None else float(row[column]) / 10_000
                    for column in ("budget_cny", "executed_cny")
                ),
                charts.band(row["rate"]),
                _rate(row["rate"]),
            )
            for row in _projects.head(20).iter_rows(named=True)
        ]
        columns = {"name": pl.String, "budget": pl.Float64, "executed": pl.Float64}
        schema = columns | {"band": pl.String, "printed": pl.String}
        most = f"，共 {_projects.height} 个，画出最低的 20 个" if _projects.height > 20 else ""
        return charts.execution_bars(
            pl.DataFrame(bars, schema, orient="row"), f"执行金额占预算资金，由低到高{most}"
        )

    _table = parts.text_table(
        ["项目", "预算资金", "执行金额", "执行金额占预算资金", "自评得分", "自评等级"],
        [
            [
                row["project_name"],
                parts.wan(row["budget_cny"]),
                parts.wan(row["executed_cny"]),
                _rate(row["rate"]),
                parts.wan_text(row["self_score"]),
                row["grade"] or parts.NOT_STATED,
            ]
            for row in _projects.iter_rows(named=True)
        ],
        numbers=(1, 2, 3, 4),
    )
    mo.vstack(
        [
            parts.heading(
                "项目按执行率", "Projects by execution", f"{whose} · 单位：万元，取自项目自评表"
            ),
            mo.vstack([_chart(), _table])
            if _projects.height
            else parts.nothing("没有项目：这份公开没有陈述项目自评，无从计算执行率。"),
        ]
    )
    return


@app.cell
def _(department, query, year):
    findings = query(
        """
        SELECT
          findings.*, coalesce(identities.name_zh, wordings.name_zh) AS identity_zh,
          documents.file_name
        FROM marts.findings AS findings
        LEFT JOIN reference.identities AS identities USING (identity_id)
        LEFT JOIN reference.wording_checks AS wordings ON wordings.check_id = findings.identity_id
        LEFT JOIN raw.documents AS documents USING (document_id)
        WHERE findings.department_id = coalesce(?, findings.department_id)
          AND findings.fiscal_year = coalesce(?, findings.fiscal_year)
        ORDER BY
          findings.review_status = 'waived',
          CASE findings.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
          abs(findings.gap_cny) DESC NULLS LAST, findings.value_unit,
          abs(findings.gap) DESC NULLS LAST, findings.finding_id
        """,
        department.value,
        year.value,
    )
    return (findings,)


@app.cell
def _(findings):
    _rows = [
        {
            "finding_id": row["finding_id"],
            "程度": SEVERITY_ZH.get(row["severity"], row["severity"]),
            "疑点": parts.plain(row["statement_zh"].removeprefix("疑点：")),
            "左边": parts.quantity(row["lhs_value"], row["value_unit"]),
            "右边": parts.quantity(row["rhs_value"], row["value_unit"]),
            "差额": parts.difference(row["gap"], row["value_unit"]),
            "位置": parts.place(row["page_number"], row["line_number"]),
            "存疑于": ORIGIN_ZH.get(row["origin"], row["origin"]),
            "状态": REVIEW_ZH.get(row["review_status"], row["review_status"]),
        }
        for row in findings.iter_rows(named=True)
    ]

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
    _unit = finding["value_unit"]
    _lhs, _rhs = (parts.quantity(finding[side], _unit) for side in ("lhs_value", "rhs_value"))
    _tolerance = parts.quantity(finding["tolerance_cny"], "CNY")
    # What a member is about is said by the first figure of its left side, or else of its right.
    _members = query(
        """
        SELECT
          members.member_number, identities.name_zh,
          arg_min(
            concat_ws(
              ' ', stated.functional_code, stated.economic_code, stated.line_label_zh,
              '·', stated.measure_label_zh
            ),
            (evidence.side <> 'lhs', evidence.term_number, evidence.stated_value_id)
          ) AS figure_zh,
          any_value(results.lhs_value) AS lhs_value,
          any_value(results.rhs_value) AS rhs_value,
          any_value(results.gap) AS gap,
          any_value(results.value_unit) AS value_unit
        FROM marts.finding_members AS members
        JOIN conformed.fct_identity_result AS results USING (identity_result_id)
        JOIN reference.identities AS identities ON identities.identity_id = results.identity_id
        LEFT JOIN conformed.identity_evidence AS evidence
          ON evidence.identity_result_id = results.identity_result_id
        LEFT JOIN conformed.fct_stated_value AS stated
          ON stated.stated_value_id = evidence.stated_value_id
        WHERE members.finding_id = ?
        GROUP BY ALL
        ORDER BY members.member_number
        """,
        finding["finding_id"],
    )
    _is_wording = finding["kind"] == "wording"
    _sides = f"左边 {_lhs}，右边 {_rhs}，差额 {parts.difference(finding['gap'], _unit)}"
    _facts = [
        (
            "文字核对" if _is_wording else "勾稽关系",
            finding["identity_zh"] or finding["identity_id"],
        ),
        ("依据", finding["basis"] or parts.NOT_STATED),
        ("两边", "左边是文字所说，右边是它所对照的表格或文字" if _is_wording else _sides),
        *([("舍入", f"舍入所能解释的最大差额 {_tolerance}")] if _unit == "CNY" else []),
        (
            "原件",
            f"{finding['file_name']}，{parts.place(finding['page_number'], finding['line_number'])}",
        ),
    ]
    _terms = [
        [
            SIDE_ZH.get(term.get("side"), "—"),
            term.get("form_zh") or "—",
            parts.place(term.get("page"), term.get("line")),
            term.get("label") or "—",
            term.get("measure") or "—",
            term.get("printed") or "（空表，陈述为 0）",
            term.get("unit") or "—",
        ]
        for term in sorted(
            json.loads(finding["evidence"] or "[]"),
            key=lambda term: [*SIDE_ZH, term.get("side")].index(term.get("side")),
        )
    ]
    mo.vstack(
        [
            mo.Html(
                '<div class="finding"><h3>所选疑点的证据 <small>Evidence of the selected point</small>'
                f"</h3><p>{escape(finding['statement_zh'])}</p>"
                f"<dl>{parts.definitions(_facts)}</dl></div>"
            ),
            parts.text_table(
                ["边", "报表", "位置", "行", "栏", "所印", "单位"], _terms, numbers=[5]
            )
            if _terms
            else parts.nothing("这个疑点没有单独的单元格，请按上面的位置对照原件。"),
            parts.text_table(
                ["合并", "勾稽关系", "数字", "左边", "右边", "差额"],
                [
                    [
                        f"第{row['member_number']}处",
                        row["name_zh"],
                        row["figure_zh"] or "—",
                        parts.quantity(row["lhs_value"], row["value_unit"]),
                        parts.quantity(row["rhs_value"], row["value_unit"]),
                        parts.difference(row["gap"], row["value_unit"]),
                    ]
                    for row in _members.iter_rows(named=True)
                ],
                numbers=(3, 4, 5),
            )
            if _members.height > 1
            else mo.Html(""),
        ]
    )
    return (finding,)


@app.cell
def _(finding, home):
    _problem, _pictures = "", []
    try:
        _places = find_places(Home(home), finding["finding_id"])
    except (PublishError, TraceError):
        # A newer build may have been published since this page was opened.
        _places, _problem = [], "已公布的数据里找不到这个疑点的出处，请刷新本页再看。"
    try:
        with tempfile.TemporaryDirectory() as _folder:
            _drawn = draw_pictures(Home(home), _places, Path(_folder), "finding")
            _boxed = [place for place in _places if place.x0 is not None]
            _pages = dict.fromkeys((place.document_id, place.page_number) for place in _boxed)
            _pictures = [
                (page, path.read_bytes()) for (_, page), path in zip(_pages, _drawn, strict=True)
            ]
    except TraceError:
        _problem = "这份原件没有保存，画不出图；请按下面的位置对照原件。"
    # One row of a table holds several figures: it is shown once, with all the sides it serves.
    _lines = {}
    for _place in _places:
        if not _pictures or _place.x0 is None:
            _where = (_place.document_id, _place.page_number, _place.line_number)
            _words = _place.words_around or _place.text or ""
            _sides = _lines.setdefault((_where, _place.file_name, _words), [])
            _sides.append(_place.side)
    if _lines and not _problem:
        _problem = "原件是纯文本，没有版面可画；原文的这些行如下。"
        if any(_place.line_number is None for _place in _places):
            _which = "另一些数字" if _pictures else "这些数字"
            _problem = f"{_which}印在文字里，不在表格里，没有图；原文如下。"
    mo.vstack(
        [
            mo.Html("<h3>原件 <small>The original</small></h3>"),
            *(
                parts.picture(png, f"原件第{page}页：红框是左边的数字，蓝框是右边的数字")
                for page, png in _pictures
            ),
            parts.nothing(_problem) if _problem else mo.Html(""),
            parts.text_table(
                ["边", "文件", "位置", "原文"],
                [
                    [
                        "、".join(zh for side, zh in SIDE_ZH.items() if side in sides) or "—",
                        name,
                        parts.place(page, line),
                        words,
                    ]
                    for ((_, page, line), name, words), sides in _lines.items()
                ],
            )
            if _lines
            else mo.Html(""),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
