"""Adding accounts up: lines of one 项 and fund, and units into their department."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.factory.economy import ZERO, Economy, Line, ThreePublic

AMOUNTS = (
    "income",
    "basic",
    "project",
    "opening",
    "initial_budget",
    "adjusted_budget",
    "remitted",
    "business",
    "subsidised",
)


def _sum(first: Line, second: Line) -> Line:
    return replace(
        first, **{name: getattr(first, name) + getattr(second, name) for name in AMOUNTS}
    )


def added_up(lines: list[Line]) -> list[Line]:
    """Put lines of one 项 and fund together."""
    sums: dict[tuple[str, str], Line] = {}
    for line in lines:
        key = (line.code, line.fund)
        sums[key] = _sum(sums[key], line) if key in sums else line
    return [sums[key] for key in sorted(sums)]


def consolidated(own: Economy, units: list[Economy]) -> Economy:
    """Add the units to the own accounts, what they paid each other taken out on both sides.

    The subsidy's spending by the unit is spending from the payer's source; what a unit remitted is
    spent by the department from the unit's source.
    """
    lines: list[Line] = [replace(line, subsidised=ZERO) for line in own.lines]
    lines += [replace(line, remitted=ZERO) for unit in units for line in unit.lines]
    sources = {"superior_subsidy": "other", "subordinate_remittance": "business"}
    lines = [
        replace(line, fund=sources[line.fund], income=ZERO) if line.fund in sources else line
        for line in lines
    ]
    return summed([own, *units], lines)


def summed(economies: list[Economy], lines: list[Line] | None = None) -> Economy:
    """Add the accounts up under the name of the first; ``lines`` are theirs unless given."""
    if lines is None:
        lines = [line for economy in economies for line in economy.lines]
    economic: dict[str, Decimal] = {}
    for economy in economies:
        for code, amount in economy.economic.items():
            economic[code] = economic.get(code, ZERO) + amount
    has_projects = all(economy.projects for economy in economies)
    projects = [project for economy in economies for project in economy.projects]
    return replace(
        economies[0],
        lines=tuple(added_up(lines)),
        economic=economic,
        three_public_budget=_three_public_sum([e.three_public_budget for e in economies]),
        three_public_final=_three_public_sum([e.three_public_final for e in economies]),
        three_public_adjusted=_three_public_sum([e.three_public_adjusted for e in economies]),
        projects=tuple(projects) if has_projects else (),
    )


def _three_public_sum(parts: list[ThreePublic]) -> ThreePublic:
    names = ThreePublic.__dataclass_fields__
    return ThreePublic(**{name: sum((getattr(p, name) for p in parts), ZERO) for name in names})
