"""What a disclosure says, free of any layout: forms as plain tables, prose as sentences.

Amounts are ``Decimal`` in 万元, unrounded; ``None`` is a cell that carries no amount at all, while
``Decimal(0)`` is a zero (a layout may print it as ``0.00`` or leave it blank).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.factory.evaluation_form import EvaluationForm

FORM_CODES = (
    "income_expenditure_summary",
    "income",
    "expenditure",
    "fiscal_appropriation_summary",
    "general_budget_expenditure",
    "general_budget_basic_expenditure",
    "three_public",
    "government_fund",
    "state_capital",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a block: ``amounts`` holds one entry per measure of the block.

    ``code`` is a printed classification code; ``key`` is what the line means in the words of the
    warehouse (``source.general``, ``grand_total``, ``208``) where no code is printed.
    """

    label: str
    amounts: tuple[Decimal | None, ...]
    code: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table, or one of several side by side; ``heading`` is e.g. 收入 or 人员经费."""

    heading: str
    measures: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form.

    ``closing`` holds the label and amount pairs of the last line of the basic expenditure form
    (人员经费合计, 公用经费合计); it is empty elsewhere. A form whose blocks have no rows is empty,
    and one of its ``notes`` says why.
    """

    form_code: str
    title: str
    blocks: tuple[Block, ...]
    closing: tuple[tuple[str, Decimal], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the form has no line at all."""
        return not any(block.rows for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Project:
    """One line of the project self-evaluation summary, amounts in 万元."""

    name: str
    budget: Decimal
    executed: Decimal
    score: Decimal
    grade: str
    problems: str = "无"
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed piece of prose; a heading may stand alone (a part title)."""

    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisclosureContent:
    """One final-accounts disclosure of one department and year.

    ``listed_titles`` is what the table of contents announces, which may be more than ``forms``
    holds; ``units`` are the units covered by the accounts, one per line of the list of units;
    ``cover_kind`` is 部门决算, or 单位决算 for the accounts of one unit.
    """

    department_name: str
    fiscal_year: int
    listed_titles: tuple[str, ...]
    forms: tuple[Form, ...]
    overview: tuple[Section, ...]
    units: tuple[str, ...]
    narrative: tuple[Section, ...]
    glossary: tuple[str, ...]
    projects: tuple[Project, ...] = ()
    cover_kind: str = "部门决算"
    evaluation_forms: tuple[EvaluationForm, ...] = ()

    def form(self, form_code: str) -> Form:
        """Return the form of that code; ``KeyError`` when the disclosure does not hold it."""
        for form in self.forms:
            if form.form_code == form_code:
                return form
        raise KeyError(form_code)


def add_to_amounts(
    content: DisclosureContent, form_code: str, code: str, deltas: dict[int, Decimal]
) -> DisclosureContent:
    """Plant a mistake: add ``deltas`` (measure number → 万元) to the lines of ``code`` in one form.

    A form without codes (三公) is changed with ``code=""``. Raises ``KeyError`` when no such line
    exists, so that a planted mistake never vanishes unseen.
    """
    form = content.form(form_code)
    hit = False
    blocks = []
    for block in form.blocks:
        rows = []
        for row in block.rows:
            if row.code == code:
                hit = True
                amounts = tuple(
                    amount if number not in deltas else (amount or Decimal(0)) + deltas[number]
                    for number, amount in enumerate(row.amounts)
                )
                row = replace(row, amounts=amounts)
            rows.append(row)
        blocks.append(replace(block, rows=tuple(rows)))
    if not hit:
        raise KeyError(f"{form_code}: {code}")
    changed = replace(form, blocks=tuple(blocks))
    forms = tuple(changed if each is form else each for each in content.forms)
    return replace(content, forms=forms)
