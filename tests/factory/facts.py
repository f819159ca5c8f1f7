"""What a disclosure states, in the words of the warehouse: the truth that a reading is held to.

The vocabulary is that of ``conformed.fct_line_amount``; values are in 元 *as printed*, that is
rounded to the last place of the layout. A cell that prints nothing states nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal

from tests.factory.content import DisclosureContent, Form, Row
from tests.factory.economy import FISCAL_FUNDS
from tests.factory.layout import DETAIL_FORMS, Layout

_SOURCES = ("superior_subsidy", "business", "operating", "subordinate_remittance", "other")
_SPENDING = ("total", "basic", "project")
_FLOWS = ("opening_carryover", "income", *_SPENDING, "closing_carryover")
_MEASURES = {
    "income": ("total", "fiscal_appropriation", *_SOURCES),
    "expenditure": (*_SPENDING, "remitted_to_superior", "business", "subsidy_to_subordinate"),
    "general_budget_expenditure": _SPENDING,
}
_THREE_PUBLIC = (
    "total",
    "overseas",
    "vehicles",
    "vehicle_purchase",
    "vehicle_operation",
    "reception",
    "meeting",
    "training",
)
_PHASES = {
    "预算数": "budget_unspecified",
    "年初预算数": "initial_budget",
    "全年预算数": "adjusted_budget",
}
_BLOCKS = ("income", "expenditure")
_FORM_FUNDS = {
    "income": "all_sources",
    "expenditure": "all_sources",
    "general_budget_expenditure": "general",
    "general_budget_basic_expenditure": "general",
    "government_fund": "government_fund",
    "state_capital": "state_capital",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One amount stated in a form; a project has its name for ``line_code``."""

    form_code: str
    block: str
    line_code: str
    measure_code: str
    phase: str
    fund: str
    value_cny: str

    def as_dict(self) -> dict[str, str]:
        """Return the columns by name."""
        return asdict(self)


def facts_of(content: DisclosureContent, layout: Layout) -> list[Fact]:
    """Return every amount that the forms and the project summary print."""
    facts = [fact for form in content.forms for fact in _form_facts(form, layout)]
    for project in content.projects:
        for measure, phase, amount in (
            ("budget", "budget_unspecified", project.budget),
            ("executed", "final", project.executed),
        ):
            value = _yuan(layout.wan(amount, "0"), "万元")
            place = ("project_self_evaluation_summary", "", project.name)
            facts.append(Fact(*place, measure, phase, "fiscal_total", value))
    return facts


def places_of(form: Form, block_number: int, row: Row) -> list[tuple[str, ...]]:
    """Return (form, block, line, measure, phase, fund) for each measure of a row, printed or not.

    A form that the warehouse has no words for has no places.
    """
    code, line = form.form_code, row.code or row.key
    block = _BLOCKS[block_number] if len(form.blocks) == 2 and "summary" in code else ""
    if code == "income_expenditure_summary":
        fund = line.removeprefix("source.")
        fund = fund if line.startswith("source.") and fund in FISCAL_FUNDS else "all_sources"
        return [(code, block, line, "amount", "final", fund)]
    if code == "fiscal_appropriation_summary" and block == "income":
        fund = line.rpartition(".")[2] if "." in line else "fiscal_total"
        return [(code, block, line, "amount", "final", fund)]
    if code == "fiscal_appropriation_summary":
        funds = ("fiscal_total", *FISCAL_FUNDS)
        return [(code, block, line, "amount", "final", fund) for fund in funds]
    if code == "three_public":
        return _three_public_places(form, line)
    if code == "general_budget_basic_expenditure":
        return [(code, "", line, "basic", "final", "general")]
    if code in ("government_fund", "state_capital"):
        measures = _FLOWS if len(row.amounts) == len(_FLOWS) else _SPENDING
    elif code in _MEASURES:
        measures = _MEASURES[code]
    else:
        return []
    return [(code, "", line, measure, "final", _FORM_FUNDS[code]) for measure in measures]


def _three_public_places(form: Form, line: str) -> list[tuple[str, ...]]:
    measures = form.blocks[0].measures
    count = len(measures) // 2
    fund = "general" if "一般公共预算" in form.title else "fiscal_total"
    budget = _PHASES[measures[0].split("/")[0]]
    return [
        ("three_public", "", line, item, phase, fund)
        for phase in (budget, "final")
        for item in _THREE_PUBLIC[:count]
    ]


def _form_facts(form: Form, layout: Layout) -> Iterator[Fact]:
    zero = layout.detail_zero if form.form_code in DETAIL_FORMS else layout.zero
    for number, block in enumerate(form.blocks):
        for row in block.rows:
            if not row.label and not row.key:
                continue
            places = places_of(form, number, row)
            for place, amount in zip(places, row.amounts if places else (), strict=True):
                text = layout.amount(amount, zero)
                if text:
                    yield Fact(*place, _yuan(text, layout.unit))
    for (_, amount), line in zip(
        form.closing, ("personnel_total", "operating_total"), strict=False
    ):
        place = (form.form_code, "", line, "basic", "final", "general")
        text = layout.amount(amount, zero)
        if text:
            yield Fact(*place, _yuan(text, layout.unit))


def _yuan(text: str, unit: str) -> str:
    value = Decimal(text.replace(",", "")) * (10000 if unit == "万元" else 1)
    return f"{value:.2f}"
