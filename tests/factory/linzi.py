"""The figures that 淄博市临淄区人民政府办公室 printed in its 2020 final accounts.

Facts only, exactly as printed: forms 01, 04, 06 and 09, the project summary, and the headline
figures of the prose, put into sentences of our own. The known oddities are kept: the 款 of 301 add
up to 0.05 more than the 类, 公用经费合计 stands in one block with its value in another, and the
“三公” items add up to 0.01 more than their total.
"""

from __future__ import annotations

from decimal import Decimal

from tests.factory import codes
from tests.factory.content import Block, DisclosureContent, Form, Project, Row, Section
from tests.factory.economy import ZERO, ThreePublic
from tests.factory.form_parts import (
    FUND_NAMES,
    INCOME_SOURCES,
    FormStyle,
    basic_form,
    blank,
    class_rows,
    side_by_side,
)
from tests.factory.layout import Layout
from tests.factory.narrative import GLOSSARY, Wording, headings, three_public_items

NAME = "淄博市临淄区人民政府办公室"
STYLE = FormStyle()
LAYOUT = Layout(zero="0", detail_zero="0", strips_zeros=True, splits_before_total=True)

TOTAL = Decimal("3236.26")
BASIC = Decimal("1290.94")
PROJECT = Decimal("1945.32")
PERSONNEL = Decimal("1094.96")
OPERATING = Decimal("195.98")
BY_CLASS = {"201": Decimal("3230.24"), "208": Decimal("6.02")}
THREE_PUBLIC_BUDGET = ThreePublic(
    overseas=Decimal(20), vehicle_operation=Decimal(30), reception=Decimal(20)
)
THREE_PUBLIC_FINAL = ThreePublic(vehicle_operation=Decimal("13.06"), reception=Decimal("10.33"))
# As printed: 0.01 less than its items.
THREE_PUBLIC_TOTAL = Decimal("23.38")

# 项: initial budget and final accounts.
BY_ITEM = {
    "2010301": (Decimal("1330.65"), Decimal("1281.33")),
    "2010302": (Decimal("531.58"), Decimal("420.66")),
    "2010303": (Decimal("2476.42"), Decimal("1447.39")),
    "2010305": (ZERO, Decimal("77.26")),
    "2010399": (ZERO, Decimal("3.6")),
    "2080501": (ZERO, Decimal("6.02")),
}

_ECONOMIC = """
301 1046.67 30101 254.58 30102 196 30103 95.18 30107 133.89 30108 79.99 30109 53.39
30110 31.73 30111 17.95 30112 3.53 30113 65.82 30199 114.66
303 48.29 30301 6.06 30302 27.53 30303 1.16 30305 13.54
302 185.98 30201 20.92 30202 8.46 30207 15.87 30211 16.17 30213 2.96 30216 1.04 30217 5
30226 2.16 30227 21.62 30228 9.43 30229 0.67 30231 13.06 30239 29.03 30299 39.59
310 10 31002 10
"""

_PROJECTS = """
区政府重大活动保障经费 120.61 99.23
民生热线平台运行经费项目 166.58 166.57
电子政务网络运行维护建设项目 235.85 192.66
电子政务网络升级改造项目 40 23.1
行政办公中心机房升级改造、网络设备热备和村居接入项目 173 16.36
数字政府规划和建设项目 25 0
机关事务服务中心往年项目尾款 167.37 0.98
区行政办公中心西楼部分维修改造及楼顶防水项目 32.7 0
周转住房运行及维修（护）项目 41.28 10.74
区集中管理使用公车运营管理项目 11.5 1.25
行政办公楼内部安保经费项目 112 80.59
区机关事业单位周转住房运行及维修（护）项目 20 0
行政办公楼职工食堂运营项目 750.56 494.75
行政办公中心中央空调主机更换项目 290.5 264.04
行政办公楼运行维修（护）项目 641.83 464.85
文印服务中心运行维修（护）项目 179.22 130.2
"""


def _projects() -> tuple[Project, ...]:
    projects = []
    for row in _PROJECTS.strip().splitlines():
        name, budget, executed = row.split()
        projects.append(Project(name, Decimal(budget), Decimal(executed), Decimal(100), "优秀"))
    return tuple(projects)


def _summary(title: str) -> Form:
    left = [
        Row(codes.ordinal_label(number, name), (TOTAL if number == 1 else ZERO,))
        for number, name in enumerate(INCOME_SOURCES, 1)
    ]
    right = class_rows(lambda code: (BY_CLASS.get(code, ZERO),))
    left += [blank(1)] * (len(right) - len(left))
    left += [
        Row("本年收入合计", (TOTAL,)),
        Row("使用非财政拨款结余", (ZERO,)),
        Row("年初结转和结余", (ZERO,)),
        blank(1),
        Row("总计", (TOTAL,)),
    ]
    right += [
        Row("本年支出合计", (TOTAL,)),
        Row("结余分配", (ZERO,)),
        Row("年末结转和结余", (ZERO,)),
        blank(1),
        Row("总计", (TOTAL,)),
    ]
    note = "注：本表列示本年度全部收支和年末结转结余；以万元列示，换算可能产生尾数误差。"
    measures = (("决算数",), ("决算数",))
    return side_by_side("income_expenditure_summary", title, left, right, measures, note)


def _fiscal_summary(title: str) -> Form:
    left = [
        Row(codes.ordinal_label(number, name), (TOTAL if number == 1 else ZERO,))
        for number, name in enumerate(FUND_NAMES, 1)
    ]
    right = class_rows(lambda code: (BY_CLASS.get(code, ZERO),) * 2 + (ZERO, ZERO))
    left += [blank(1)] * (len(right) - len(left))
    left += [Row("本年收入合计", (TOTAL,)), Row("年初财政拨款结转和结余", (ZERO,))]
    left += [Row(name, (ZERO,)) for name in FUND_NAMES]
    left.append(Row("总计", (TOTAL,)))
    total = (TOTAL, TOTAL, ZERO, ZERO)
    right += [Row("本年支出合计", total), Row("年末财政拨款结转和结余", (ZERO,) * 4)]
    right += [blank(4)] * 3
    right.append(Row("总计", total))
    note = "注：本表列示本年度各类财政拨款的收支和结转结余。"
    measures = (("决算数",), ("合计", *FUND_NAMES))
    return side_by_side("fiscal_appropriation_summary", title, left, right, measures, note)


def _forms() -> tuple[Form, ...]:
    titles = STYLE.titles
    words = _ECONOMIC.split()
    amounts = {code: Decimal(text) for code, text in zip(words[::2], words[1::2], strict=True)}
    lists = (codes.PERSONNEL, codes.GOODS_AND_SERVICES, codes.THIRD_BLOCK_2020)
    state_capital = Form(
        "state_capital",
        titles[8],
        (Block("", ("合计", "基本支出", "项目支出"), ()),),
        notes=(
            "注：本表列示本年度国有资本经营预算财政拨款支出。",
            "本部门没有使用国有资本经营预算安排的支出，故本表无数据。",
        ),
    )
    return (
        _summary(titles[0]),
        _fiscal_summary(titles[3]),
        basic_form(titles[5], amounts, lists, (PERSONNEL, OPERATING)),
        state_capital,
    )


def _narrative() -> tuple[Section, ...]:
    words = Wording(LAYOUT)
    prior = TOTAL - Decimal("107.31")
    budgeted = THREE_PUBLIC_BUDGET.total
    general = "2020年度一般公共预算财政拨款支出"
    budget = sum((initial for initial, _ in BY_ITEM.values()), ZERO)
    items = [
        f"{number}、{codes.functional_path(code)}。{words.against_budget(final, initial)}。"
        if initial
        else f"{number}、{codes.functional_path(code)}。年初预算为0万元，"
        f"支出决算为{words.money(final)}。"
        for number, (code, (initial, final)) in enumerate(BY_ITEM.items(), 1)
    ]
    shares = "；".join(
        f"{codes.FUNCTIONAL_NAMES[code]}（类）{words.money(amount)}，"
        f"占{words.percent(amount, TOTAL)}"
        for code, amount in BY_CLASS.items()
    )
    paragraphs = (
        (
            f"2020年度收、支总计{words.money(TOTAL)}。"
            f"{words.change(TOTAL, prior, 2019, '收、支总计各')}",
        ),
        (f"本年收入合计{words.money(TOTAL)}，其中：财政拨款收入{words.money(TOTAL)}，占100%。",),
        (
            f"本年支出合计{words.money(TOTAL)}，其中：基本支出{words.money(BASIC)}，"
            f"占{words.percent(BASIC, TOTAL)}；项目支出{words.money(PROJECT)}，"
            f"占{words.percent(PROJECT, TOTAL)}。",
        ),
        (f"2020年度财政拨款收、支总计{words.money(TOTAL)}。",),
        (
            f"{general}{words.money(TOTAL)}，主要用于以下方面：{shares}。",
            f"{general}{words.against_budget(TOTAL, budget)}。其中：",
            *items,
        ),
        (
            f"2020年度一般公共预算财政拨款基本支出{words.money(BASIC)}。其中："
            f"人员经费{words.money(PERSONNEL)}，公用经费{words.money(OPERATING)}。",
        ),
        (
            f"2020年度一般公共预算财政拨款“三公”经费支出年初预算为{words.money(budgeted)}，"
            f"支出决算为{words.money(THREE_PUBLIC_TOTAL)}，"
            f"比年初预算减少{words.money(budgeted - THREE_PUBLIC_TOTAL)}，"
            f"完成年初预算的{words.percent(THREE_PUBLIC_TOTAL, budgeted)}。",
            *three_public_items(words, THREE_PUBLIC_BUDGET, THREE_PUBLIC_FINAL),
        ),
        ("本部门没有政府性基金预算财政拨款收入和支出。",),
        ("本部门没有使用国有资本经营预算安排的支出。",),
        (
            f"2020年度机关运行经费支出{words.money(OPERATING)}。",
            "2020年度政府采购支出总额611.77万元，其中：政府采购货物支出370.76万元、"
            "政府采购工程支出0万元、政府采购服务支出241.01万元。",
            "截至2020年12月31日，本部门共有车辆71辆，其中：领导干部用车1辆、机要通信用车1辆、"
            "应急保障用车14辆、执法执勤用车8辆、其他用车47辆。",
        ),
        (
            "2020年度绩效自评涵盖项目16个，涉及预算资金3008万元，"
            "占部门预算项目支出总额的100%；16个项目自评等级为优。",
        ),
    )
    return tuple(map(Section, headings(STYLE.titles), paragraphs))


def content() -> DisclosureContent:
    """Return the sample: the forms that the public text conversion holds, and the prose."""
    return DisclosureContent(
        department_name=NAME,
        fiscal_year=2020,
        listed_titles=STYLE.titles,
        forms=_forms(),
        overview=(
            Section("一、部门职能", ("本样例只收录公开数字，文字由本项目撰写。",)),
            Section("二、机构设置", (f"{NAME}部门决算只包括办公室本级。",)),
        ),
        units=(),
        narrative=_narrative(),
        glossary=GLOSSARY,
        projects=_projects(),
    )
