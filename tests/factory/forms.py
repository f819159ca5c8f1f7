"""Economy → the nine statutory forms, each figure derived from the same lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.factory import codes
from tests.factory.content import Block, Form, Row
from tests.factory.economy import (
    FISCAL_FUNDS,
    FUNDS,
    OTHER_FUNDS,
    ZERO,
    Economy,
    Line,
    roll_up,
)
from tests.factory.form_parts import (
    BY_UNIT,
    EXPENDITURE_MEASURES,
    FUND_MEASURES,
    FUND_NAMES,
    INCOME_MEASURES,
    INCOME_SOURCES,
    MEETING_MEASURES,
    THREE_PUBLIC_MEASURES,
    FormStyle,
    basic_form,
    blank,
    class_rows,
    side_by_side,
    statutory,
)


def nine_forms(economy: Economy, style: FormStyle) -> tuple[Form, ...]:
    """Return T1 … T9 of ``economy`` in the words of ``style``."""
    titles = statutory(style.titles)
    return (
        _income_expenditure_summary(economy, style, titles[0]),
        _income(economy, titles[1]),
        _expenditure(economy, titles[2]),
        _fiscal_summary(economy, style, titles[3]),
        _general_budget(economy, titles[4]),
        _basic(economy, style, titles[5]),
        _three_public(economy, style, titles[6]),
        _fund_form(economy, "government_fund", titles[7], True),
        _fund_form(economy, "state_capital", titles[8], style.state_capital_income),
    )


def doubled_forms(economy: Economy, style: FormStyle) -> tuple[Form, ...]:
    """Return income and expenditure once more by unit, where the style prints them twice."""
    if not style.doubles_tables:
        return ()
    doubled = []
    for form in nine_forms(economy, style)[1:3]:
        (block,) = form.blocks
        total = block.rows[0]
        rows = (total, Row(economy.department_name, total.amounts, "001"))
        title = form.title + BY_UNIT
        blocks = (replace(block, rows=rows),)
        doubled.append(Form(f"{form.form_code}_by_unit", title, blocks, notes=form.notes))
    return tuple(doubled)


def _income_expenditure_summary(economy: Economy, style: FormStyle, title: str) -> Form:
    by_class = roll_up(economy.lines, lambda line: (line.spent,))
    right = class_rows(lambda code: by_class.get(code, (ZERO,)), style.class_count)
    left = [
        Row(codes.ordinal_label(number, name), (economy.income(fund),), key=f"source.{fund}")
        for number, (name, fund) in enumerate(zip(INCOME_SOURCES, FUNDS, strict=True), 1)
    ]
    left += [blank(1)] * (len(right) - len(left))
    grand_total = economy.income() + economy.opening()
    left += [
        Row("本年收入合计", (economy.income(),), key="income_total"),
        Row("使用非财政拨款结余", (ZERO,), key="use_of_surplus"),
        Row("年初结转和结余", (economy.opening(),), key="opening_carryover"),
        Row("总计", (grand_total,), key="grand_total"),
    ]
    right += [
        Row("本年支出合计", (economy.spent(),), key="expenditure_total"),
        Row("结余分配", (ZERO,), key="surplus_distribution"),
        Row("年末结转和结余", (economy.closing(),), key="closing_carryover"),
        Row("总计", (economy.spent() + economy.closing(),), key="grand_total"),
    ]
    note = "注：本表列示本年度全部收支和年末结转结余；以万元列示，换算可能产生尾数误差。"
    measures = (("决算数",), ("决算数",))
    return side_by_side("income_expenditure_summary", title, left, right, measures, note)


def _coded_form(
    form_code: str,
    title: str,
    measures: tuple[str, ...],
    lines: list[Line],
    amounts: Callable[[Line], tuple[Decimal, ...]],
    notes: tuple[str, ...],
) -> Form:
    """Return a form with one line per 类, 款 and 项, and 合计 first; without lines it is empty."""
    rows = []
    if lines:
        total = tuple(sum(column, ZERO) for column in zip(*map(amounts, lines), strict=True))
        rows.append(Row("合计", total, key="total"))
    for code, sums in roll_up(lines, amounts).items():
        rows.append(Row(codes.FUNCTIONAL_NAMES[code], sums, code))
    return Form(form_code, title, (Block("", measures, tuple(rows)),), notes=notes)


def _income(economy: Economy, title: str) -> Form:
    def amounts(line: Line) -> tuple[Decimal, ...]:
        fiscal = line.income if line.fund in FISCAL_FUNDS else ZERO
        others = (line.income if line.fund == fund else ZERO for fund in OTHER_FUNDS)
        return (line.income, fiscal, *others)

    lines = [line for line in economy.lines if line.income]
    notes = ("注：本表列示本年度取得的各项收入。",)
    return _coded_form("income", title, INCOME_MEASURES, lines, amounts, notes)


def _expenditure(economy: Economy, title: str) -> Form:
    def amounts(line: Line) -> tuple[Decimal, ...]:
        natures = (line.basic, line.project, line.remitted, line.business, line.subsidised)
        return (line.spent, *natures)

    lines = [line for line in economy.lines if line.spent]
    notes = ("注：本表列示本年度各项支出。",)
    return _coded_form("expenditure", title, EXPENDITURE_MEASURES, lines, amounts, notes)


def _fiscal_summary(economy: Economy, style: FormStyle, title: str) -> Form:
    def per_fund(amount: Callable[[str], Decimal]) -> tuple[Decimal, ...]:
        values = tuple(amount(fund) for fund in FISCAL_FUNDS)
        return (sum(values, ZERO), *values)

    by_fund = {
        fund: roll_up([x for x in economy.lines if x.fund == fund], lambda line: (line.spent,))
        for fund in FISCAL_FUNDS
    }
    right = class_rows(
        lambda code: per_fund(lambda fund: by_fund[fund].get(code, (ZERO,))[0]),
        style.class_count,
    )
    left = [
        Row(codes.ordinal_label(number, name), (economy.income(fund),), key=f"source.{fund}")
        for number, (name, fund) in enumerate(zip(FUND_NAMES, FISCAL_FUNDS, strict=True), 1)
    ]
    left += [blank(1)] * (len(right) - len(left))
    income, opening = economy.income(*FISCAL_FUNDS), economy.opening(*FISCAL_FUNDS)
    left.append(Row("本年收入合计", (income,), key="income_total"))
    left.append(Row("年初财政拨款结转和结余", (opening,), key="opening_carryover"))
    for number, (name, fund) in enumerate(zip(FUND_NAMES, FISCAL_FUNDS, strict=True), 1):
        label = codes.ordinal_label(number, name) if style.numbers_carry_over else name
        left.append(Row(label, (economy.opening(fund),), key=f"opening_carryover.{fund}"))
    left.append(Row("总计", (income + opening,), key="grand_total"))
    used = per_fund(lambda fund: economy.spent(fund) + economy.closing(fund))
    closing = per_fund(economy.closing)
    right.append(Row("本年支出合计", per_fund(economy.spent), key="expenditure_total"))
    right.append(Row("年末财政拨款结转和结余", closing, key="closing_carryover"))
    right += [blank(4)] * 3
    right.append(Row("总计", used, key="grand_total"))
    note = "注：本表列示本年度各类财政拨款的收支和结转结余。"
    measures = (("决算数",), ("合计", *FUND_NAMES))
    return side_by_side("fiscal_appropriation_summary", title, left, right, measures, note)


def _general_budget(economy: Economy, title: str) -> Form:
    lines = [line for line in economy.lines if line.fund == "general" and line.spent]
    return _coded_form(
        "general_budget_expenditure",
        title,
        ("合计", "基本支出", "项目支出"),
        lines,
        lambda line: (line.spent, line.basic, line.project),
        ("注：本表列示本年度一般公共预算财政拨款支出。",),
    )


def _basic(economy: Economy, style: FormStyle, title: str) -> Form:
    amounts = dict(economy.economic)
    for code, amount in economy.economic.items():
        amounts[code[:3]] = amounts.get(code[:3], ZERO) + amount
    if style.basic_blocks == 3:
        lists = (codes.PERSONNEL, codes.GOODS_AND_SERVICES, codes.THIRD_BLOCK)
    else:
        lists = (codes.PERSONNEL, codes.GOODS_AND_SERVICES + codes.SHORT_CAPITAL)
    return basic_form(title, amounts, lists, (economy.personnel, economy.operating))


def _three_public(economy: Economy, style: FormStyle, title: str) -> Form:
    """Return the one line of twelve measures, first the six of the budget, then of the finals.

    With 会议费 and 培训费 there are eight each. The budget is the adjusted one where the style says
    全年预算数.
    """
    final = economy.three_public_final
    budget = economy.three_public_budget
    if style.budget_heading == "全年预算数":
        budget = economy.three_public_adjusted or budget
    names = THREE_PUBLIC_MEASURES + (MEETING_MEASURES if style.has_meetings else ())
    measures = tuple(
        f"{half}/{name}" for half in (style.budget_heading, "决算数") for name in names
    )
    rows: tuple[Row, ...] = ()
    notes = ["注：本表列示本年度“三公”经费的预算数和决算数。"]
    if budget.total or final.total:
        count = len(names)
        rows = (Row("", budget.printed[:count] + final.printed[:count], key="total"),)
    else:
        name = economy.department_name
        notes.append(f"说明：{name}本年度没有财政拨款“三公”经费支出，故本表无数据。")
    return Form("three_public", title, (Block("", measures, rows),), notes=tuple(notes))


def _fund_form(economy: Economy, fund: str, title: str, with_income: bool) -> Form:
    word = "政府性基金预算" if fund == "government_fund" else "国有资本经营预算"
    flows = "收入和支出" if with_income else "支出"
    lines = [line for line in economy.lines if line.fund == fund]
    notes = [f"注：本表列示本年度{word}财政拨款{flows}。"]
    if not lines:
        notes.append(
            f"说明：{economy.department_name}本年度没有{word}财政拨款{flows}，故本表无数据。"
        )

    def amounts(line: Line) -> tuple[Decimal, ...]:
        spending = (line.spent, line.basic, line.project)
        return (line.opening, line.income, *spending, line.closing) if with_income else spending

    measures = FUND_MEASURES if with_income else ("合计", "基本支出", "项目支出")
    return _coded_form(fund, title, measures, lines, amounts, tuple(notes))
