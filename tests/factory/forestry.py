"""示例市林业局, fictional: own accounts, those of a unit and the consolidated ones, two years.

What the department pays to its nursery and the nursery to it drops out of the whole. In 2024 the
consolidated accounts, consistent in themselves, leave out a part of what the nursery spent.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.factory.consolidation import consolidated
from tests.factory.content import DisclosureContent
from tests.factory.economy import ZERO, Economy, Line, ThreePublic, Totals
from tests.factory.form_parts import FormStyle
from tests.factory.layout import Layout
from tests.factory.shorthand import disclosure, economic_of, lines_of, year_after

NAME = "示例市林业局"
OWN_NAME = f"{NAME}（本级）"
UNIT_NAME = f"{NAME}苗圃管理站"
DUTY = "负责本市造林绿化和林木种苗管理。"
STYLE = FormStyle()
LAYOUT = Layout()

# 项 of the nursery of which the consolidated accounts of 2024 lack this much, in 万元.
PLANTED_YEAR = 2024
PLANTED_CODE = "2130207"
PLANTED = Decimal("5.00")

_SUBSIDY = {2023: Decimal("12.00"), 2024: Decimal("15.00")}
_REMITTED = {2023: Decimal("3.00"), 2024: Decimal("4.00")}

# 项, fund, income, basic, project, initial budget
_OWN_LINES = {
    2023: """
        2130201 general 286.40 286.40      0 290.00
        2130202 general  64.50      0  58.20  66.00
        2130209 general 120.00      0 120.00 120.00
        2080505 general  25.76  25.76      0  26.00
        2210201 general  31.20  31.20      0  31.50
    """,
    2024: """
        2130201 general 297.85 297.85      0 301.00
        2130202 general  61.00      0  67.30  62.00
        2130209 general 132.00      0 132.00 132.00
        2080505 general  26.80  26.80      0  27.00
        2210201 general  32.45  32.45      0  32.60
    """,
}
_UNIT_LINES = {
    2023: """
        2130203 general  92.30  92.30      0  93.00
        2130207 general  48.00      0  48.00  48.00
        2080505 general   8.30   8.30      0   8.40
        2210201 general  10.05  10.05      0  10.20
    """,
    2024: """
        2130203 general  95.70  95.70      0  96.00
        2130207 general  52.60      0  52.60  52.60
        2080505 general   8.60   8.60      0   8.70
        2210201 general  10.40  10.40      0  10.50
    """,
}
_OWN_ECONOMIC = {
    2023: """
        30101 118.60 30102 84.20 30108 25.76 30113 31.20
        30201 8.90 30217 0.60 30231 2.40 30299 rest
    """,
    2024: """
        30101 122.30 30102 88.15 30108 26.80 30113 32.45
        30201 9.10 30217 0.50 30231 2.20 30299 rest
    """,
}
_UNIT_ECONOMIC = {
    2023: "30101 46.20 30107 28.40 30108 8.30 30113 10.05 30201 3.10 30231 1.80 30299 rest",
    2024: "30101 47.90 30107 29.30 30108 8.60 30113 10.40 30201 3.25 30231 1.70 30299 rest",
}
_OWN_PUBLIC = {
    2023: (("3.00", "0.90"), ("2.40", "0.60")),
    2024: (("2.80", "0.80"), ("2.20", "0.50")),
}
_UNIT_PUBLIC = {2023: (("2.00", "0"), ("1.80", "0")), 2024: (("1.90", "0"), ("1.70", "0"))}


def _totals(grand: str, basic: str, project: str, operating: str) -> Totals:
    total = Decimal(grand)
    general = Decimal(basic) + Decimal(project)
    return Totals(total, general, general, Decimal(basic), Decimal(project), Decimal(operating))


_OWN_2022 = _totals("530.10", "331.50", "180.40", "11.40")
_UNIT_2022 = _totals("182.60", "106.30", "56.20", "4.70")


def _own_lines(year: int) -> tuple[Line, ...]:
    subsidy, remitted = _SUBSIDY[year], _REMITTED[year]
    return (
        *lines_of(_OWN_LINES[year]),
        Line("2130202", "other", subsidy, subsidised=subsidy),
        Line("2130202", "subordinate_remittance", remitted, project=remitted),
    )


def _unit_lines(year: int) -> tuple[Line, ...]:
    subsidy, remitted = _SUBSIDY[year], _REMITTED[year]
    return (
        *lines_of(_UNIT_LINES[year]),
        Line("2130202", "superior_subsidy", subsidy, project=subsidy),
        Line("2130202", "business", remitted * 6, basic=remitted * 5, remitted=remitted),
    )


def _two_years(
    name: str,
    lines: dict[int, tuple[Line, ...]],
    economic: dict[int, str],
    public: dict[int, tuple[tuple[str, str], tuple[str, str]]],
    before: Totals,
) -> tuple[Economy, Economy]:
    def three_public(year: int, number: int) -> ThreePublic:
        vehicles, reception = public[year][number]
        return ThreePublic(vehicle_operation=Decimal(vehicles), reception=Decimal(reception))

    first = Economy(
        name,
        2023,
        lines[2023],
        economic_of(economic[2023], lines[2023]),
        three_public(2023, 0),
        three_public(2023, 1),
        before,
        three_public_adjusted=three_public(2023, 0),
    )
    second = year_after(
        first,
        lines[2024],
        economic=economic_of(economic[2024], lines[2024]),
        three_public_budget=three_public(2024, 0),
        three_public_final=three_public(2024, 1),
        three_public_adjusted=three_public(2024, 0),
    )
    return first, second


def economies() -> dict[int, tuple[Economy, Economy, Economy]]:
    """Return the consolidated, own and unit accounts by year, without the planted mistake."""
    years = (2023, 2024)
    own = _two_years(NAME, {y: _own_lines(y) for y in years}, _OWN_ECONOMIC, _OWN_PUBLIC, _OWN_2022)
    unit = _two_years(
        UNIT_NAME, {y: _unit_lines(y) for y in years}, _UNIT_ECONOMIC, _UNIT_PUBLIC, _UNIT_2022
    )
    first, second = (consolidated(*pair) for pair in zip(own, ([unit[0]], [unit[1]]), strict=True))
    first = replace(first, prior=_totals("694.70", "437.80", "236.60", "16.10"))
    second = replace(second, prior=first.totals)
    return {2023: (first, own[0], unit[0]), 2024: (second, own[1], unit[1])}


def _without_planted(whole: Economy) -> Economy:
    lines = tuple(
        replace(line, income=line.income - PLANTED, project=line.project - PLANTED)
        if line.code == PLANTED_CODE and line.project > ZERO
        else line
        for line in whole.lines
    )
    return replace(whole, lines=lines)


def disclosures() -> dict[str, DisclosureContent]:
    """Return the six disclosures by year and scope (``2023-consolidated``), the mistake too."""
    contents = {}
    for year, (whole, own, unit) in economies().items():
        whole = _without_planted(whole) if year == PLANTED_YEAR else whole
        accounts = {
            "consolidated": (whole, NAME, (OWN_NAME, UNIT_NAME), "部门决算"),
            "own": (own, OWN_NAME, (OWN_NAME,), "单位决算"),
            "station": (unit, UNIT_NAME, (UNIT_NAME,), "单位决算"),
        }
        for scope, (economy, name, units, kind) in accounts.items():
            content = disclosure(economy, STYLE, LAYOUT, units, DUTY)
            contents[f"{year}-{scope}"] = replace(content, department_name=name, cover_kind=kind)
    return contents
