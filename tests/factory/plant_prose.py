"""Errors planted in the prose and among the projects, and those that change the whole economy."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from tests.factory.consolidation import summed
from tests.factory.content import DisclosureContent
from tests.factory.economy import ZERO, Economy
from tests.factory.narrative import Wording
from tests.factory.planting import (
    LEAST,
    LEAST_OF_THREE_PUBLIC,
    LEAST_RATIO,
    Planted,
    Planter,
    Target,
    digit_changed,
)
from tests.factory.random_economy import Account

_AMOUNT = r"[\d,]+(?:\.\d+)?"
_PROJECTS = "project_self_evaluation_summary"


def _figure(text: str) -> str:
    return text.replace(",", "").removesuffix("万元").removesuffix("%")


def _replaced(
    target: Target, pattern: str, new: Callable[[re.Match[str]], str | None]
) -> Planted | None:
    """Replace the group ``old`` of the first sentence that matches; ``new`` may decline."""
    for number, section in enumerate(target.content.narrative):
        for index, paragraph in enumerate(section.paragraphs):
            match = re.search(pattern, paragraph)
            text = new(match) if match else None
            if match and text is not None and text != match["old"]:
                start, end = match.span("old")
                paragraphs = list(section.paragraphs)
                paragraphs[index] = paragraph[:start] + text + paragraph[end:]
                sections = list(target.content.narrative)
                sections[number] = replace(section, paragraphs=tuple(paragraphs))
                content = replace(target.content, narrative=tuple(sections))
                return Planted(content, (), match["old"], text, (_figure(text),))
    return None


def _amount_of(match: re.Match[str], name: str = "old") -> Decimal:
    return Decimal(match[name].replace(",", ""))


def _stale(pattern: str, least: Decimal = LEAST) -> Planter:
    """Return a planter that states a figure some per cent off, as of the year before."""

    def plant(rng: Random, target: Target) -> Planted | None:
        def new(match: re.Match[str]) -> str | None:
            old = _amount_of(match)
            other = old * Decimal(rng.choice(("0.87", "0.94", "1.06", "1.13")))
            if abs(other - old) < least:
                return None
            return Wording(target.layout).money(other).removesuffix("万元")

        return _replaced(target, pattern, new)

    return plant


def growth_on_wrong_base(rng: Random, target: Target) -> Planted | None:
    """The rate of change taken on this year's figure instead of last year's."""
    pattern = rf"(?:增加|减少)(?P<gap>{_AMOUNT})万元，(?:增长|下降)(?P<old>[\d.]+)%"
    totals, prior = target.economy.totals, target.economy.prior

    def new(match: re.Match[str]) -> str | None:
        gap = abs(totals.grand_total - prior.grand_total)
        if not totals.grand_total or not prior.grand_total:
            return None
        text = Wording(target.layout).percent(gap, totals.grand_total).removesuffix("%")
        is_off = abs(Decimal(text) - _amount_of(match)) >= LEAST_RATIO
        return text if is_off else None

    return _replaced(target, pattern, new)


def _ratio(pattern: str) -> Planter:
    """Return a planter that changes a percentage."""

    def plant(rng: Random, target: Target) -> Planted | None:
        def new(match: re.Match[str]) -> str | None:
            old = _amount_of(match)
            other = old + Decimal(rng.choice(("0.9", "2", "9", "-0.7", "-3")))
            return f"{other:.2f}" if other > 0 else None

        return _replaced(target, pattern, new)

    return plant


def neighbour_copied(rng: Random, target: Target) -> Planted | None:
    """The final of one 项 in the prose taken from the 项 before it."""
    spent = [line.spent for line in _general_lines(target.economy)]
    pairs = [
        (before, after)
        for before, after in pairwise(spent)
        if abs(before - after) >= LEAST and after
    ]
    if not pairs:
        return None
    before, after = rng.choice(pairs)
    words = Wording(target.layout)
    old, new = (words.money(each).removesuffix("万元") for each in (after, before))
    pattern = rf"（项）。.*?支出决算为(?P<old>{re.escape(old)})万元"
    return _replaced(target, pattern, lambda match: new)


def _general_lines(economy: Economy) -> list:
    lines = (line for line in economy.lines if line.fund == "general")
    return sorted(lines, key=lambda line: line.code)


def _procurement(economy: Economy) -> Decimal:
    counts = economy.particulars
    return counts.procurement_goods + counts.procurement_works + counts.procurement_services


def _above(pattern: str, bound: Callable[[Economy], Decimal]) -> Planter:
    """Return a planter that states a figure above what bounds it."""

    def plant(rng: Random, target: Target) -> Planted | None:
        limit = bound(target.economy)
        if limit < LEAST:
            return None
        text = Wording(target.layout).money(limit + Decimal(rng.randint(2, 50)))
        return _replaced(target, pattern, lambda match: text.removesuffix("万元"))

    return plant


def _count(pattern: str) -> Planter:
    def plant(rng: Random, target: Target) -> Planted | None:
        return _replaced(target, pattern, lambda match: str(int(match["old"]) + rng.randint(1, 3)))

    return plant


def full_score_without_execution(rng: Random, target: Target) -> Planted | None:
    """A project with full marks of which nothing was executed."""
    found = [p for p in target.content.projects if p.budget >= LEAST]
    if not found:
        return None
    project = rng.choice(found)
    changed = replace(project, executed=ZERO, score=Decimal(100), grade=project.grade)
    place = (_PROJECTS, "", project.name, "executed", "final", "fiscal_total")
    return Planted(
        _with_project(target.content, project.name, changed), (place,), f"{project.executed:f}", "0"
    )


def project_digit(rng: Random, target: Target) -> Planted | None:
    """The executed amount of a project with a digit changed."""
    found = [p for p in target.content.projects if p.executed >= LEAST]
    if not found:
        return None
    project = rng.choice(found)
    other = digit_changed(rng, project.executed, replace(target.layout, unit_caption="万元"))
    if other is None:
        return None
    place = (_PROJECTS, "", project.name, "executed", "final", "fiscal_total")
    content = _with_project(target.content, project.name, replace(project, executed=other))
    return Planted(content, (place,), f"{project.executed:f}", f"{other:f}")


def _with_project(content: DisclosureContent, name: str, project) -> DisclosureContent:
    projects = tuple(project if each.name == name else each for each in content.projects)
    return replace(content, projects=projects)


PROSE_PLANTERS: dict[str, Planter] = {
    "narrative_total_stale": _stale(rf"本年(?:收入|支出)合计(?P<old>{_AMOUNT})万元"),
    "narrative_basic_stale": _stale(rf"财政拨款基本支出(?P<old>{_AMOUNT})万元。其中"),
    "narrative_three_public_stale": _stale(
        rf"“三公”经费支出年初预算.*?支出决算为(?P<old>{_AMOUNT})万元", LEAST_OF_THREE_PUBLIC
    ),
    "growth_on_wrong_base": growth_on_wrong_base,
    "share_wrong": _ratio(r"财政拨款收入[\d.,]+万元，占(?P<old>[\d.]+)%"),
    "completion_wrong": _ratio(r"（项）。.*?完成(?:年初|全年)预算的(?P<old>[\d.]+)%"),
    "neighbour_copied": neighbour_copied,
    "procurement_total_wrong": _stale(rf"政府采购支出总额(?P<old>{_AMOUNT})万元"),
    "award_above_procurement": _above(rf"授予中小企业合同金额(?P<old>{_AMOUNT})万元", _procurement),
    "small_award_above_medium": _above(
        rf"授予小微企业合同金额(?P<old>{_AMOUNT})万元",
        lambda economy: economy.particulars.awarded_to_medium,
    ),
    "vehicles_miscounted": _count(r"本部门共有车辆(?P<old>\d+)辆，其中"),
    "grades_miscounted": _count(r"(?P<old>\d+)个项目自评等级为优"),
    "agency_above_operating": _above(
        rf"机关运行经费支出(?P<old>{_AMOUNT})万元", lambda economy: economy.operating
    ),
    "full_score_zero_execution": full_score_without_execution,
    "project_executed_digit": project_digit,
}


# Kinds that change the whole economy before anything is written: account → economy, or None.
def carry_over_of_last_year(rng: Random, account: Account) -> Economy | None:
    """The opening of 其他收入, and all that follows from it, other than last year's closing."""
    economy = account.economy
    number = next((n for n, line in enumerate(economy.lines) if line.fund == "other"), None)
    if number is None:
        return None
    lines = list(economy.lines)
    more = Decimal(rng.randint(2, 40))
    lines[number] = replace(lines[number], opening=lines[number].opening + more)
    return replace(economy, lines=tuple(lines))


def unit_left_out(rng: Random, account: Account) -> Economy | None:
    """The department's total without its last unit."""
    if len(account.parts) < 3:
        return None
    own, *units = account.parts
    whole = summed([own, *units[:-1]])
    return replace(whole, prior=account.economy.prior, particulars=account.economy.particulars)


def prior_year_misstated(rng: Random, account: Account) -> Economy | None:
    """Last year's total other than what last year's accounts say, consistently."""
    prior = account.economy.prior
    wrong = round(prior.grand_total * Decimal("0.9"), 4)
    return replace(account.economy, prior=replace(prior, grand_total=wrong))


ECONOMY_PLANTERS: dict[str, Callable[[Random, Account], Economy | None]] = {
    "carry_over_of_last_year": carry_over_of_last_year,
    "unit_left_out": unit_left_out,
    "prior_year_misstated": prior_year_misstated,
}
