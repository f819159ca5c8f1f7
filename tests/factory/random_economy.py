"""Departments drawn at random: own accounts and units, year after year, consistent in themselves.

Equal seeds give equal economies. Amounts are exact to the yuan, so that tables in 万元 carry
rounding tails; carry-overs run from year to year; what a department pays to its units (对附属单位
补助) and they to it (上缴上级) is income on the other side and drops out of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from tests.factory.consolidation import AMOUNTS, added_up, consolidated, summed
from tests.factory.content import Project
from tests.factory.economy import ZERO, Economy, Line, Totals
from tests.factory.places import (
    GOVERNMENT_FUND_CODES,
    STATE_CAPITAL_CODES,
    UNIT_SUFFIXES,
    Task,
    tasks,
)
from tests.factory.random_details import (
    economic_of_basic,
    particulars_of,
    projects_of_lines,
    three_public_of,
    yuan,
)

CONSOLIDATED, OWN, UNIT = "department_consolidated", "department_own", "unit"


@dataclass(frozen=True, slots=True)
class Account:
    """One set of accounts to be disclosed: whose, of which year, and in which scope.

    ``parts`` holds the own accounts and those of the units where the accounts add them up.
    """

    department_name: str
    printed_name: str
    scope: str
    fiscal_year: int
    economy: Economy
    units: tuple[str, ...]
    parts: tuple[Economy, ...] = ()


@dataclass
class _Entity:
    """A department's own accounts or those of a unit, as they stand before the next year."""

    name: str
    lines: list[Line]
    three_public_scale: Decimal
    suffix: str = ""
    last: Economy | None = None
    units: list[_Entity] = field(default_factory=list)


def random_accounts(seed: int, departments: int, years: range) -> list[Account]:
    """Return the accounts of ``departments`` departments in ``years``, units included.

    About one department in four has units whose own accounts are disclosed too. Where there are
    four departments and two years or more, the second is merged into the first in the last year.
    """
    accounts: list[Account] = []
    entities = [
        _department(Random(f"{seed}/{n}"), task) for n, task in enumerate(tasks(departments))
    ]
    for year in years:
        merged = departments >= 4 and len(years) >= 2 and year == years[-1]
        if merged:
            _merge(entities[0], entities[1])
        for number, entity in enumerate(entities):
            if merged and number == 1:
                continue
            rng = Random(f"{seed}/{number}/{year}")
            accounts += _disclose(rng, entity, year)
    return accounts


def _department(rng: Random, task: Task) -> _Entity:
    size = Decimal(rng.choice((120, 300, 700, 1500, 4000)))
    department = _entity(rng, task.department_name, task, size)
    if rng.random() < 0.25:
        for suffix in rng.sample(UNIT_SUFFIXES, rng.choice((1, 1, 2))):
            name = task.department_name + suffix
            unit = _entity(rng, name, task, size * Decimal("0.3"))
            unit.suffix = suffix
            subsidy, remitted = yuan(rng, size * Decimal("0.05")), yuan(rng, size / 100)
            code = task.general_affairs
            unit.lines += [
                Line(code, "superior_subsidy", subsidy, project=subsidy),
                Line(code, "business", remitted * 6, basic=remitted * 5, remitted=remitted),
            ]
            department.lines += [
                Line(code, "other", subsidy, subsidised=subsidy),
                Line(code, "subordinate_remittance", remitted, project=remitted),
            ]
            department.units.append(unit)
        department.lines = added_up(department.lines)
    return department


def _entity(rng: Random, name: str, task: Task, size: Decimal) -> _Entity:
    """Draw the lines of a first year; their incomes are the measure of the years to come."""

    def basic(code: str, share: str) -> Line:
        amount = yuan(rng, size * Decimal(share))
        return Line(code, "general", amount, basic=amount)

    lines = [
        basic(task.running, "1"),
        basic("2080505", "0.09"),
        basic("2080506", "0.045"),
        basic("2101101", "0.06"),
        basic("2101103", "0.02"),
        basic("2210201", "0.1"),
    ]
    chosen = rng.sample(task.projects, min(len(task.projects), rng.randint(1, 5)))
    for code in (task.general_affairs, *chosen):
        amount = yuan(rng, size * Decimal(rng.choice(("0.05", "0.1", "0.3", "0.8"))))
        lines.append(_project_line(rng, code, "general", amount))
    others = (
        (0.35, "government_fund", GOVERNMENT_FUND_CODES),
        (0.12, "state_capital", STATE_CAPITAL_CODES),
        (0.4, "other", (task.general_affairs,)),
    )
    for chance, fund, codes in others:
        if rng.random() < chance:
            for code in rng.sample(codes, rng.choice((1, 1, 2)) if len(codes) > 1 else 1):
                lines.append(_project_line(rng, code, fund, yuan(rng, size / 5)))
    if rng.random() < 0.1:
        amount = yuan(rng, size / 10)
        spent = yuan(rng, amount, "0.7", "0.95")
        lines.append(Line(task.running, "operating", amount, business=spent))
    return _Entity(name, added_up(lines), size if rng.random() < 0.85 else ZERO)


def _project_line(rng: Random, code: str, fund: str, amount: Decimal) -> Line:
    """Spend all of it, or leave something to carry over."""
    spent = amount if rng.random() < 0.6 else yuan(rng, amount, "0.6", "0.98")
    return Line(code, fund, amount, project=spent)


def _disclose(rng: Random, department: _Entity, year: int) -> list[Account]:
    """Return what the department and its units disclose of ``year``, and remember it."""
    own = _year(rng, department, year)
    units = [_year(rng, unit, year) for unit in department.units]
    own, units = _transfers_agree(own, units)
    before = [entity.last for entity in (department, *department.units)]
    for entity, economy in zip((department, *department.units), (own, *units), strict=True):
        entity.last = economy
    if not units:
        return [Account(department.name, department.name, CONSOLIDATED, year, own, ())]
    prior = consolidated(before[0], before[1:]).totals if all(before) else None
    whole = consolidated(own, units)
    whole = replace(whole, prior=prior or _invented_prior(rng, whole))
    own_name = f"{department.name}（本级）"
    names = (own_name, *(unit.department_name for unit in units))
    accounts = [
        Account(department.name, department.name, CONSOLIDATED, year, whole, names, (own, *units))
    ]
    accounts.append(Account(department.name, own_name, OWN, year, own, (own_name,)))
    for unit in units:
        name = unit.department_name
        accounts.append(Account(name, name, UNIT, year, unit, (name,)))
    return accounts


def _year(rng: Random, entity: _Entity, year: int) -> Economy:
    """Draw one year: each line grows a little, what was left over is opened with."""
    growth = Decimal(rng.uniform(0.93, 1.12))
    left = (
        {(line.code, line.fund): line.closing for line in entity.last.lines} if entity.last else {}
    )
    lines = []
    for line in entity.lines:
        opening = left.pop((line.code, line.fund), ZERO)
        if entity.last is None and line.closing and rng.random() < 0.5:
            opening = yuan(rng, line.income / 10)
        scaled = _scaled(rng, line, growth)
        # What was left over is spent on projects sooner or later.
        spends = opening and scaled.project and rng.random() < 0.7
        project = scaled.project + yuan(rng, opening, "0.5", "1") if spends else scaled.project
        line = replace(scaled, opening=opening, project=min(project, scaled.project + opening))
        lines.append(_budgeted(rng, line))
    for (code, fund), amount in sorted(left.items()):
        if amount:
            lines.append(Line(code, fund, ZERO, opening=amount, project=amount))
    lines.sort(key=lambda line: (line.code, line.fund))
    economic = economic_of_basic(rng, lines, has_three_public=bool(entity.three_public_scale))
    budget, adjusted, final = three_public_of(rng, economic, entity.three_public_scale)
    economy = Economy(
        entity.name,
        year,
        tuple(lines),
        economic,
        budget,
        final,
        prior=Totals(*(ZERO,) * 6),
        three_public_adjusted=adjusted,
        projects=projects_of_lines(rng, entity.suffix, lines),
    )
    prior = _restated(rng, entity.last.totals) if entity.last else _invented_prior(rng, economy)
    return replace(economy, prior=prior, particulars=particulars_of(rng, economy))


def _scaled(rng: Random, line: Line, growth: Decimal) -> Line:
    factor = growth * Decimal(rng.uniform(0.95, 1.05))
    values = {name: round(getattr(line, name) * factor, 4) for name in AMOUNTS}
    line = replace(line, **values)
    # Rounding each amount by itself must not leave a line a yuan short.
    short = -min(line.closing, ZERO)
    return replace(line, income=line.income + short)


def _budgeted(rng: Random, line: Line) -> Line:
    """Give the line its budgets: some are not in the initial one at all."""
    if line.fund != "general":
        return line
    adjusted = line.spent if line.basic else yuan(rng, line.spent, "1", "1.08")
    initial = ZERO if line.project and rng.random() < 0.1 else yuan(rng, line.spent, "0.9", "1.15")
    return replace(line, initial_budget=initial, adjusted_budget=adjusted)


def _transfers_agree(own: Economy, units: list[Economy]) -> tuple[Economy, list[Economy]]:
    """Make both sides of every transfer the same: the payer's figure holds."""
    if not units:
        return own, units
    lines = list(own.lines)
    paid = sum((line.subsidised for line in lines), ZERO)
    received = []
    for number, unit in enumerate(units):
        share = (
            round(paid / len(units), 4)
            if number
            else paid - round(paid / len(units), 4) * (len(units) - 1)
        )
        unit_lines = [
            replace(line, income=share, project=share) if line.fund == "superior_subsidy" else line
            for line in unit.lines
        ]
        received.append(_with_lines(unit, unit_lines))
    remitted = sum((line.remitted for unit in units for line in unit.lines), ZERO)
    lines = [
        replace(line, income=remitted, project=remitted)
        if line.fund == "subordinate_remittance"
        else line
        for line in lines
    ]
    return _with_lines(own, lines), received


def _with_lines(economy: Economy, lines: list[Line]) -> Economy:
    """Replace the lines; the projects follow them again."""
    spent = sum((line.project for line in lines), ZERO)
    projects = list(economy.projects)
    if projects:
        gap = spent - sum((project.executed for project in projects), ZERO)
        name = f"{economy.department_name}补充安排项目"
        projects.append(Project(name, abs(gap), abs(gap), Decimal(95), "优"))
        if gap <= 0:
            projects = projects[:-1]
            largest = max(range(len(projects)), key=lambda n: projects[n].executed)
            changed = projects[largest]
            projects[largest] = replace(
                changed, budget=changed.budget + gap, executed=changed.executed + gap
            )
    return replace(economy, lines=tuple(lines), projects=tuple(projects))


def _invented_prior(rng: Random, economy: Economy) -> Totals:
    """A year before the first one, which nobody disclosed."""
    names = Totals.__dataclass_fields__
    return Totals(
        **{name: yuan(rng, getattr(economy.totals, name), "0.8", "1.2") for name in names}
    )


def _restated(rng: Random, totals: Totals) -> Totals:
    """What the next year calls the year before: now and then it is restated."""
    if rng.random() >= 0.1:
        return totals
    more = yuan(rng, totals.grand_total / 100)
    return replace(
        totals, grand_total=totals.grand_total + more, fiscal_total=totals.fiscal_total + more
    )


def _merge(heir: _Entity, dissolved: _Entity) -> None:
    """The reorganisation: one department takes over the lines and the carry-over of another."""
    heir.lines = added_up(heir.lines + dissolved.lines)
    heir.three_public_scale += dissolved.three_public_scale
    heir.units += dissolved.units
    assert heir.last and dissolved.last
    heir.last = summed([heir.last, dissolved.last])
