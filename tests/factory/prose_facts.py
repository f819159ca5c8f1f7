"""The amounts every disclosure of the factory states in its prose, in the warehouse's words."""

from __future__ import annotations

from decimal import Decimal

from tests.factory.economy import FISCAL_FUNDS, Economy, ThreePublic
from tests.factory.facts import Fact
from tests.factory.layout import Layout

_ITEMS = ("total", "overseas", "vehicles", "reception")


def prose_facts_of(economy: Economy, layout: Layout) -> list[Fact]:
    """Return the figures of the prose that stand in 万元, as printed; none of an empty “三公”."""
    totals = economy.totals
    counts = economy.particulars
    bought = (counts.procurement_goods, counts.procurement_works, counts.procurement_services)
    basic = economy.personnel + economy.operating
    stated = [
        ("grand_total", "final", "all_sources", totals.grand_total),
        ("income_total", "final", "all_sources", economy.income()),
        ("fiscal_income", "final", "fiscal_total", economy.income(*FISCAL_FUNDS)),
        ("expenditure_total", "final", "all_sources", economy.spent()),
        ("basic", "final", "all_sources", totals.basic),
        ("project", "final", "all_sources", totals.project),
        ("fiscal_grand_total", "final", "fiscal_total", totals.fiscal_total),
        ("general_budget_expenditure", "final", "general", totals.general_spent),
        ("general_basic", "final", "general", basic),
        ("personnel", "final", "general", economy.personnel),
        ("operating", "final", "general", economy.operating),
        ("agency_operating", "final", "", economy.operating),
        ("procurement.total", "final", "", sum(bought, Decimal(0))),
        ("procurement.sme_award", "final", "", counts.awarded_to_medium),
        ("procurement.micro_award", "final", "", counts.awarded_to_small),
    ]
    for line in economy.lines:
        if line.fund == "general":
            stated.append((line.code, "final", "general", line.spent))
            stated.append((line.code, "initial_budget", "general", line.initial_budget))
    budget, final = economy.three_public_budget, economy.three_public_final
    if budget.total or final.total:
        stated += _three_public("initial_budget", budget) + _three_public("final", final)
    return [
        Fact("narrative", "", line, "amount", phase, fund, _yuan(layout.wan(amount, "0")))
        for line, phase, fund, amount in stated
    ]


def _three_public(phase: str, spent: ThreePublic) -> list[tuple[str, str, str, Decimal]]:
    return [(f"three_public.{item}", phase, "general", getattr(spent, item)) for item in _ITEMS]


def _yuan(text: str) -> str:
    return f"{Decimal(text.replace(',', '')) * 10000:.2f}"
