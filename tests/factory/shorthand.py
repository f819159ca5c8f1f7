"""Short ways to write a department's year down as small tables of figures in 万元."""

from __future__ import annotations

from decimal import Decimal

from tests.factory.content import DisclosureContent, Project
from tests.factory.economy import ZERO, Economy, Line, carry_forward
from tests.factory.form_parts import FormStyle
from tests.factory.forms import doubled_forms, nine_forms
from tests.factory.layout import Layout
from tests.factory.narrative import GLOSSARY, narrative_sections, overview_sections

KINDS_OF_VEHICLES = (
    "主要领导干部用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部用车",
    "其他用车",
)


def disclosure(
    economy: Economy, style: FormStyle, layout: Layout, units: tuple[str, ...], duty: str
) -> DisclosureContent:
    """Put the forms and the prose of ``economy`` together; ``duty`` is one sentence."""
    return DisclosureContent(
        department_name=economy.department_name,
        fiscal_year=economy.fiscal_year,
        listed_titles=style.titles,
        forms=(*nine_forms(economy, style), *doubled_forms(economy, style)),
        overview=overview_sections(economy.department_name, duty),
        units=units,
        narrative=narrative_sections(economy, style.titles, layout),
        glossary=GLOSSARY,
        projects=economy.projects,
    )


def lines_of(text: str) -> tuple[Line, ...]:
    """Read lines of: 项, fund, income, basic, project, initial budget, and optionally opening."""
    lines = []
    for row in text.strip().splitlines():
        code, fund, *figures = row.split()
        income, basic, project, initial, *opening = map(Decimal, figures)
        lines.append(Line(code, fund, income, basic, project, *opening, initial_budget=initial))
    return tuple(lines)


def economic_of(text: str, lines: tuple[Line, ...]) -> dict[str, Decimal]:
    """Read pairs of 款 and amount; the one written ``rest`` gets what the basic 项 leave over."""
    words = text.split()
    pairs = dict(zip(words[::2], words[1::2], strict=True))
    stated = {code: Decimal(amount) for code, amount in pairs.items() if amount != "rest"}
    basic = sum((line.basic for line in lines if line.fund == "general"), ZERO)
    rest = basic - sum(stated.values(), ZERO)
    return {code: stated.get(code, rest) for code in pairs}


def projects_of(text: str) -> tuple[Project, ...]:
    """Read lines of: name, budget, executed, score, grade."""
    projects = []
    for row in text.strip().splitlines():
        name, *figures, grade = row.split()
        projects.append(Project(name, *map(Decimal, figures), grade))
    return tuple(projects)


def vehicles_of(*counts: int) -> tuple[tuple[str, int], ...]:
    """Name the counts of vehicles by kind, in the order in which prose lists them."""
    return tuple(zip(KINDS_OF_VEHICLES, counts, strict=True))


def year_after(previous: Economy, lines: tuple[Line, ...], **figures: object) -> Economy:
    """Return the year after ``previous``: opened with its carry-over, compared with its totals."""
    return Economy(
        department_name=previous.department_name,
        fiscal_year=previous.fiscal_year + 1,
        lines=carry_forward(previous, lines),
        prior=previous.totals,
        **figures,
    )
