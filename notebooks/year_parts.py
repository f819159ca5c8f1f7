"""What the dashboard shows of one department and year, section by section.

Each function takes the rows of one query of `queries` and returns a piece of the page.
"""

from __future__ import annotations

import charts
import labels
import marimo as mo
import page_parts as parts
import polars as pl


def summary(year: dict, absent_forms: pl.Series, unknown_tables: pl.Series, whose: str) -> mo.Html:
    """The headline figures of a row of marts.department_years, and what of its file was not read."""

    def growth(value):
        return "上年未入库，无从比较" if value is None else f"比上年公开的决算 {value:+,.2f}%"

    def share(value):
        return "" if value is None else f"占本年支出 {value:,.2f}%"

    return mo.vstack(
        [
            parts.heading(whose, "The selected department and year"),
            parts.cards(
                [
                    (
                        "本年收入",
                        parts.wan(year["income_cny"]),
                        growth(year["income_growth_pct"]),
                    ),
                    (
                        "本年支出",
                        parts.wan(year["expenditure_cny"]),
                        growth(year["expenditure_growth_pct"]),
                    ),
                    (
                        "基本支出",
                        parts.wan(year["basic_expenditure_cny"]),
                        share(year["basic_expenditure_share_pct"]),
                    ),
                    (
                        "项目支出",
                        parts.wan(year["project_expenditure_cny"]),
                        share(year["project_expenditure_share_pct"]),
                    ),
                    (
                        "完成年初预算率",
                        parts.percent(year["initial_budget_completion_pct"]),
                        "决算÷年初预算",
                    ),
                    (
                        "预算执行率",
                        parts.percent(year["budget_execution_pct"]),
                        "决算÷全年预算",
                    ),
                    (
                        "预算调整率",
                        parts.percent(year["budget_adjustment_pct"]),
                        "（全年预算－年初预算）÷年初预算",
                    ),
                ]
            ),
            parts.problems(
                [
                    f"{what}：{'、'.join(names)}"
                    for what, names in (
                        ("不在文件内的法定报表（待核原件）", absent_forms),
                        ("不认识、没有读入的表", unknown_tables),
                    )
                    if len(names)
                ]
            ),
        ]
    )


def functions(classes: pl.DataFrame, whose: str) -> mo.Html:
    """Expenditure by functional class, stacked by nature."""
    classes = classes.with_columns(
        nature=pl.col("expenditure_nature").replace(labels.NATURE_ZH),
        nature_order=pl.col("expenditure_nature").replace_strict(
            {nature: number for number, nature in enumerate(labels.NATURE_ZH)},
            default=len(labels.NATURE_ZH),
            return_dtype=pl.Int64,
        ),
    )
    spent = classes.filter(pl.col("wan") != 0)
    ends = spent.unique("label", keep="first", maintain_order=True).select(
        "label", "printed", wan="class_wan"
    )
    zeros = classes["label"].n_unique() - ends.height
    return mo.vstack(
        [
            parts.heading("支出按功能分类", "Expenditure by function", whose),
            charts.stacked_bars(spent, ends, "支出决算按功能分类（类）")
            if ends.height
            else parts.nothing("这份公开没有陈述按功能分类的支出（表不在文件内，或所印全为 0）。"),
            parts.quiet(f"另有 {zeros} 类所印为 0，未画出。" if zeros else ""),
        ]
    )


def economy(economic: pl.DataFrame, whose: str) -> mo.Html:
    """Basic expenditure by economic class, and its largest groups."""
    classes = economic.filter(pl.col("code_length") == 3)
    groups = economic.filter(pl.col("code_length") == 5).head(10)
    return mo.vstack(
        [
            parts.heading("基本支出按经济分类", "Basic expenditure by economic nature", whose),
            mo.hstack(
                [
                    charts.ranked_bars(frame, title, color)
                    for frame, title, color in (
                        (classes, "部门预算经济分类（类）", charts.BLUE),
                        (groups, f"其中金额最大的 {groups.height} 款", charts.LIGHT_BLUE),
                    )
                    if frame.height
                ],
                widths="equal",
                gap=2,
            )
            if classes.height
            else parts.nothing(
                "这份公开没有陈述基本支出的经济分类（《一般公共预算财政拨款基本支出决算表》"
                "不在文件内，或所印全为 0）。"
            ),
        ]
    )


def three_public(stated: pl.DataFrame, whose: str) -> mo.Html:
    """Budget and final of the 三公 expenses, for each fund a chart and a table."""
    amounts = {(fund, item, phase): wan for fund, item, phase, wan, _ in stated.rows()}
    from_prose = set(stated["source_kind"]) == {"narrative"}
    funds = sorted(set(stated["fund"]))
    # An empty form states the finals and says nothing of the budget: its column stays, in words.
    budgets = [
        phase for phase in labels.PHASE_ZH if phase != "final" and phase in set(stated["phase"])
    ]
    phases = [*(budgets or ["budget_unspecified"]), "final"]

    def of_budget(fund, item):
        budget, final = (amounts.get((fund, item, phase)) for phase in (phases[-2], "final"))
        if budget is None or final is None:
            return parts.NOT_STATED
        return f"{final / budget:.2%}" if budget else "预算数为 0"

    def chart(fund):
        bars = [
            (name, labels.PHASE_ZH[phase], wan, parts.wan_text(wan))
            for item, name in labels.THREE_PUBLIC_ZH.items()
            for phase in phases
            for wan in [amounts.get((fund, item, phase))]
        ]
        schema = {"item": pl.String, "phase": pl.String, "wan": pl.Float64, "printed": pl.String}
        return charts.grouped_bars(
            pl.DataFrame(bars, schema, orient="row"), f"{labels.FUND_ZH.get(fund, fund)}“三公”经费"
        )

    def table(fund):
        return parts.text_table(
            [
                "万元",
                *(labels.PHASE_ZH[phase] for phase in phases),
                f"决算数占{labels.PHASE_ZH[phases[-2]]}",
            ],
            [
                [
                    name,
                    *(parts.wan_text(amounts.get((fund, item, phase))) for phase in phases),
                    of_budget(fund, item),
                ]
                for item, name in labels.THREE_PUBLIC_ZH.items()
            ],
            numbers=range(1, len(phases) + 2),
        )

    return mo.vstack(
        [
            parts.heading(
                "“三公”经费：预算与决算",
                "Overseas trips, vehicles, reception: budget and final",
                f"{whose} · 没有这张决算表，各数取自情况说明" if from_prose else whose,
            ),
            *(
                mo.hstack([chart(fund), table(fund)], widths=[3, 2], gap=2, align="center")
                for fund in funds
            ),
            mo.Html("")
            if funds
            else parts.nothing(
                "未公开：这份文件里没有《财政拨款“三公”经费支出决算表》，情况说明也没有陈述。"
                "这不等于 0，待核原件。"
            ),
        ]
    )


def by_execution(projects: pl.DataFrame, whose: str) -> mo.Html:
    """The projects from the lowest execution to the highest."""

    def rate(rate):
        return "无法计算" if rate is None else f"{rate:.2%}"

    def chart():
        bars = [
            (
                row["project_name"],
                *(
                    None if row[column] is None else float(row[column]) / 10_000
                    for column in ("budget_cny", "executed_cny")
                ),
                charts.band(row["rate"]),
                rate(row["rate"]),
            )
            for row in projects.head(20).iter_rows(named=True)
        ]
        columns = {"name": pl.String, "budget": pl.Float64, "executed": pl.Float64}
        schema = columns | {"band": pl.String, "printed": pl.String}
        most = f"，共 {projects.height} 个，画出最低的 20 个" if projects.height > 20 else ""
        return charts.execution_bars(
            pl.DataFrame(bars, schema, orient="row"), f"执行金额占预算资金，由低到高{most}"
        )

    table = parts.text_table(
        ["项目", "预算资金", "执行金额", "执行金额占预算资金", "自评得分", "自评等级"],
        [
            [
                row["project_name"],
                parts.wan(row["budget_cny"]),
                parts.wan(row["executed_cny"]),
                rate(row["rate"]),
                parts.wan_text(row["self_score"]),
                row["grade"] or parts.NOT_STATED,
            ]
            for row in projects.iter_rows(named=True)
        ],
        numbers=(1, 2, 3, 4),
    )
    return mo.vstack(
        [
            parts.heading(
                "项目按执行率", "Projects by execution", f"{whose} · 单位：万元，取自项目自评表"
            ),
            mo.vstack([chart(), table])
            if projects.height
            else parts.nothing("没有项目：这份公开没有陈述项目自评，无从计算执行率。"),
        ]
    )
