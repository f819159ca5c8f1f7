"""The prose of a fictional disclosure: short sentences that restate the figures of its forms."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tests.factory import codes
from tests.factory.content import Section
from tests.factory.economy import FISCAL_FUNDS, OTHER_FUNDS, Economy, ThreePublic
from tests.factory.form_parts import INCOME_SOURCES, statutory
from tests.factory.layout import CENT, Layout

GLOSSARY = (
    "一、财政拨款收入：本级财政当年拨给单位的各类预算资金。",
    "二、基本支出：维持机构运转、完成日常工作的支出。",
    "三、项目支出：基本支出以外，为专门任务安排的支出。",
    "四、年末结转和结余：当年没有用完、留到下一年度的资金。",
)


class Wording:
    """Turns amounts into the words of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def money(self, value: Decimal) -> str:
        """Return e.g. ``12.30万元``; a zero is ``0万元``."""
        return self._layout.wan(value, "0") + "万元"

    def percent(self, part: Decimal, whole: Decimal) -> str:
        """Return e.g. ``33.33%``; a whole of zero raises ``DivisionByZero``."""
        ratio = (part * 100 / whole).quantize(CENT, ROUND_HALF_UP)
        text = f"{ratio:.2f}"
        if self._layout.strips_zeros or ratio in (0, 100):
            text = text.rstrip("0").rstrip(".")
        return text + "%"

    def change(self, now: Decimal, before: Decimal, year: int, subject: str = "") -> str:
        """Return the comparison with ``year``: 增加 or 减少, with the rate."""
        if now == before:
            return f"与{year}年度相比，{subject}持平。"
        word, rate = ("增加", "增长") if now > before else ("减少", "下降")
        gap = abs(now - before)
        change = f"{word}{self.money(gap)}"
        if before:
            change += f"，{rate}{self.percent(gap, before)}"
        return f"与{year}年度相比，{subject}{change}。"

    def against_budget(self, final: Decimal, budget: Decimal, name: str = "年初预算") -> str:
        """Return budget, final, the gap and the completion rate."""
        text = f"{name}为{self.money(budget)}，支出决算为{self.money(final)}"
        if budget == final:
            return text + ("，完成" + name + "的100%" if budget else "")
        if not budget:
            return text
        word = "增加" if final > budget else "减少"
        return (
            f"{text}，比{name}{word}{self.money(abs(final - budget))}，"
            f"完成{name}的{self.percent(final, budget)}"
        )

    def against_budgets(self, final: Decimal, initial: Decimal, adjusted: Decimal) -> str:
        """Return the budgets, the final and the completion of the one the place speaks of."""
        if self._layout.budget_word == "年初预算":
            return self.against_budget(final, initial)
        text = (
            f"年初预算为{self.money(initial)}，全年预算为{self.money(adjusted)}，"
            f"支出决算为{self.money(final)}"
        )
        return f"{text}，完成全年预算的{self.percent(final, adjusted)}" if adjusted else text


def overview_sections(department: str, duty: str) -> tuple[Section, ...]:
    """Return the two opening sections; ``duty`` is one sentence."""
    return (
        Section("一、部门职能", (f"{department}为虚构单位，{duty}",)),
        Section("二、机构设置", (f"纳入{department}决算编制范围的单位见下表。",)),
    )


def headings(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the eleven headings of the prose, nine of them after the titles of the forms."""
    names = [
        title.removesuffix("表") + ("体情况说明" if title.endswith("总表") else "情况说明")
        for title in titles
    ]
    names += ["其他重要事项情况说明", "预算绩效情况说明"]
    return tuple(codes.ordinal_label(number, name) for number, name in enumerate(names, 1))


def narrative_sections(
    economy: Economy, titles: tuple[str, ...], layout: Layout
) -> tuple[Section, ...]:
    """Return sections 一 to 十一 for ``economy``; ``titles`` are those of its nine forms."""
    words = Wording(layout)
    titles = statutory(titles)
    paragraphs = (
        (_overall(economy, words, fiscal=False),),
        (_income(economy, words),),
        _expenditure(economy, words),
        (_overall(economy, words, fiscal=True),),
        tuple(_general(economy, words)),
        (_basic(economy, words),),
        tuple(_three_public(economy, words)),
        (_fund(economy, words, "government_fund", with_income=True),),
        (_fund(economy, words, "state_capital", with_income="收入" in titles[8]),),
        tuple(_other_matters(economy, words)),
        (_performance(economy, words),),
    )
    return tuple(map(Section, headings(titles), paragraphs))


def _overall(economy: Economy, words: Wording, *, fiscal: bool) -> str:
    now, prior = economy.totals, economy.prior
    value = now.fiscal_total if fiscal else now.grand_total
    before = prior.fiscal_total if fiscal else prior.grand_total
    name = "财政拨款收、支总计" if fiscal else "收、支总计"
    year = economy.fiscal_year
    comparison = words.change(value, before, year - 1, f"{name}各")
    return f"{year}年度{name}{words.money(value)}。{comparison}"


def _income(economy: Economy, words: Wording) -> str:
    total, fiscal = economy.income(), economy.income(*FISCAL_FUNDS)
    text = (
        f"本年收入合计{words.money(total)}，其中：财政拨款收入{words.money(fiscal)}，"
        f"占{words.percent(fiscal, total)}"
    )
    for fund, name in zip(OTHER_FUNDS, INCOME_SOURCES[3:], strict=True):
        other = economy.income(fund)
        if other:
            text += f"；{name}{words.money(other)}，占{words.percent(other, total)}"
    return text + "。"


def _expenditure(economy: Economy, words: Wording) -> tuple[str, ...]:
    total, now, before = economy.spent(), economy.totals, economy.prior
    year = economy.fiscal_year - 1
    others = (
        ("上缴上级支出", economy.total(lambda line: line.remitted)),
        ("经营支出", economy.total(lambda line: line.business)),
        ("对附属单位补助支出", economy.total(lambda line: line.subsidised)),
    )
    further = "".join(
        f"；{name}{words.money(amount)}，占{words.percent(amount, total)}"
        for name, amount in others
        if amount
    )
    return (
        f"本年支出合计{words.money(total)}，其中：基本支出{words.money(now.basic)}，"
        f"占{words.percent(now.basic, total)}；项目支出{words.money(now.project)}，"
        f"占{words.percent(now.project, total)}{further}。",
        f"1、基本支出{words.money(now.basic)}。{words.change(now.basic, before.basic, year)}",
        f"2、项目支出{words.money(now.project)}。{words.change(now.project, before.project, year)}",
    )


def _general(economy: Economy, words: Wording) -> list[str]:
    year = economy.fiscal_year
    spent, all_spent = economy.spent("general"), economy.spent()
    name = "一般公共预算财政拨款支出"
    comparison = words.change(spent, economy.prior.general_spent, year - 1, name)
    lines = [line for line in economy.lines if line.fund == "general"]
    by_class: dict[str, Decimal] = {}
    for line in lines:
        by_class[line.code[:3]] = by_class.get(line.code[:3], Decimal(0)) + line.spent
    shares = "；".join(
        f"{codes.FUNCTIONAL_NAMES[code]}（类）{words.money(amount)}，"
        f"占{words.percent(amount, spent)}"
        for code, amount in sorted(by_class.items())
    )
    budget = economy.total(lambda line: line.initial_budget, "general")
    adjusted = economy.total(lambda line: line.adjusted_budget, "general")
    paragraphs = [
        f"{year}年度{name}{words.money(spent)}，占本年支出合计的{words.percent(spent, all_spent)}。"
        f"{comparison}",
        f"{year}年度{name}{words.money(spent)}，主要用于以下方面：{shares}。",
        f"{year}年度{name}{words.against_budgets(spent, budget, adjusted)}。其中：",
    ]
    for number, line in enumerate(sorted(lines, key=lambda each: each.code), 1):
        result = words.against_budgets(line.spent, line.initial_budget, line.adjusted_budget)
        paragraphs.append(f"{number}、{codes.functional_path(line.code)}。{result}。")
    return paragraphs


def _basic(economy: Economy, words: Wording) -> str:
    def named(is_personnel: bool) -> str:
        return "、".join(
            codes.ECONOMIC_NAMES[code]
            for code, amount in sorted(economy.economic.items())
            if amount and code.startswith(("301", "303")) == is_personnel
        )

    total = economy.personnel + economy.operating
    return (
        f"{economy.fiscal_year}年度一般公共预算财政拨款基本支出{words.money(total)}。"
        f"其中：人员经费{words.money(economy.personnel)}，主要包括：{named(True)}；"
        f"公用经费{words.money(economy.operating)}，主要包括：{named(False)}。"
    )


def three_public_items(
    words: Wording,
    budget: ThreePublic,
    final: ThreePublic,
    adjusted: ThreePublic | None = None,
) -> list[str]:
    """Return one sentence per item: 出国（境）, vehicles, reception; budgets and final."""
    adjusted = adjusted or budget

    def budgets(item: str) -> str:
        amounts = (getattr(each, item) for each in (final, budget, adjusted))
        return words.against_budgets(*amounts)

    return [
        f"1、因公出国（境）费{budgets('overseas')}。",
        f"2、公务用车购置及运行维护费{budgets('vehicles')}。"
        f"其中：公务用车购置费支出{words.money(final.vehicle_purchase)}，"
        f"公务用车运行维护费支出{words.money(final.vehicle_operation)}。",
        f"3、公务接待费{budgets('reception')}。",
    ]


def _three_public(economy: Economy, words: Wording) -> list[str]:
    budget, final = economy.three_public_budget, economy.three_public_final
    adjusted = economy.three_public_adjusted or budget
    year = economy.fiscal_year
    if not budget.total and not final.total:
        return [f"{economy.department_name}{year}年度无“三公”经费财政拨款支出。"]
    counts = economy.particulars
    paragraphs = [
        f"{year}年度一般公共预算财政拨款“三公”经费支出"
        f"{words.against_budgets(final.total, budget.total, adjusted.total)}。",
        *three_public_items(words, budget, final, adjusted),
    ]
    paragraphs[1] += (
        f"全年因公出国（境）团组{counts.overseas_groups}个，累计{counts.overseas_persons}人次。"
    )
    paragraphs[2] += (
        f"全年购置公务用车{counts.vehicles_bought}辆；"
        f"截至{year}年12月31日，财政拨款开支运行维护费的公务用车保有量为{counts.vehicles_kept}辆。"
    )
    paragraphs[3] += f"国内接待共计{counts.reception_batches}批次、{counts.reception_guests}人次。"
    return paragraphs


def _fund(economy: Economy, words: Wording, fund: str, *, with_income: bool) -> str:
    name = "政府性基金预算" if fund == "government_fund" else "国有资本经营预算"
    if not (economy.income(fund) or economy.opening(fund)):
        return f"本部门没有{name}财政拨款{'收入和支出' if with_income else '支出'}。"
    if not with_income:
        return f"{economy.fiscal_year}年度{name}财政拨款支出{words.money(economy.spent(fund))}。"
    return (
        f"{economy.fiscal_year}年度{name}财政拨款年初结转和结余"
        f"{words.money(economy.opening(fund))}，本年收入{words.money(economy.income(fund))}，"
        f"本年支出{words.money(economy.spent(fund))}，"
        f"年末结转和结余{words.money(economy.closing(fund))}。"
    )


def _other_matters(economy: Economy, words: Wording) -> list[str]:
    year, counts = economy.fiscal_year, economy.particulars
    operating = economy.operating
    goods, works = counts.procurement_goods, counts.procurement_works
    services = counts.procurement_services
    paragraphs = [
        "（一）机关运行经费支出情况",
        f"{year}年度机关运行经费支出{words.money(operating)}。"
        f"{words.change(operating, economy.prior.agency_operating, year - 1)}",
        "（二）政府采购支出情况",
        f"{year}年度政府采购支出总额{words.money(goods + works + services)}，"
        f"其中：政府采购货物支出{words.money(goods)}、政府采购工程支出{words.money(works)}、"
        f"政府采购服务支出{words.money(services)}。"
        f"授予中小企业合同金额{words.money(counts.awarded_to_medium)}，"
        f"其中：授予小微企业合同金额{words.money(counts.awarded_to_small)}。",
        "（三）国有资产占用情况",
    ]
    vehicles = sum(count for _, count in counts.vehicle_kinds)
    kinds = "、".join(f"{name}{count}辆" for name, count in counts.vehicle_kinds)
    detail = f"，其中：{kinds}" if kinds else ""
    paragraphs.append(
        f"截至{year}年12月31日，本部门共有车辆{vehicles}辆{detail}；"
        f"单价100万元（含）以上设备（不含车辆）{counts.equipment_over_million}台（套）。"
    )
    return paragraphs


def _performance(economy: Economy, words: Wording) -> str:
    projects = economy.projects
    if not projects:
        return f"{economy.department_name}对{economy.fiscal_year}年度项目支出开展了绩效自评。"
    budget = sum((project.budget for project in projects), Decimal(0))
    good = sum(project.grade == "优" for project in projects)
    fair = sum(project.grade == "良" for project in projects)
    return (
        f"{economy.fiscal_year}年度绩效自评涵盖项目{len(projects)}个，涉及预算资金{words.money(budget)}，"
        f"占部门预算项目支出总额的100%；{good}个项目自评等级为优，{fair}个项目自评等级为良。"
    )
