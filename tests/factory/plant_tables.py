"""Errors planted in the forms: those of a single cell, and the list of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.factory.content import Row
from tests.factory.plant_structure import (
    BASIC,
    EXPENDITURE,
    FISCAL,
    FUND,
    GENERAL,
    INCOME,
    SUMMARY,
    THREE_PUBLIC,
    cells_swapped,
    columns_swapped,
    form_emptied,
    fund_differs,
    halves_swapped,
    is_item,
    moved_between_items,
    row_missing,
    rows_shifted,
    total_not_updated,
)
from tests.factory.planting import (
    LEAST,
    LEAST_OF_THREE_PUBLIC,
    Planted,
    Planter,
    Spot,
    Target,
    amount_at,
    digit_changed,
    place_at,
    spots,
    with_amount,
)

Accepts = Callable[[Row, int], bool]


def _one(rng: Random, target: Target, spot: Spot, amount: Decimal | None) -> Planted | None:
    """Put ``amount`` into one cell; ``None`` stays ``None``."""
    if amount is None:
        return None
    old = amount_at(target.content, spot)
    content = with_amount(target.content, spot, amount)
    return Planted(content, (place_at(target.content, spot),), f"{old:f}", f"{amount:f}")


def _digit(form_code: str, accepts: Accepts, least: Decimal = LEAST) -> Planter:
    """Return a planter that changes a digit in one accepted cell that carries an amount."""

    def plant(rng: Random, target: Target) -> Planted | None:
        found = [
            s for s in spots(target.content, form_code, accepts) if amount_at(target.content, s)
        ]
        if not found:
            return None
        spot = rng.choice(found)
        amount = digit_changed(rng, amount_at(target.content, spot), target.layout, least)
        return _one(rng, target, spot, amount)

    return plant


def _times(form_code: str, accepts: Accepts, factor: Callable[[Target], Decimal]) -> Planter:
    def plant(rng: Random, target: Target) -> Planted | None:
        by = factor(target)
        found = [
            spot
            for spot in spots(target.content, form_code, accepts)
            if abs(amount_at(target.content, spot) * (by - 1)) >= LEAST
        ]
        if not found:
            return None
        spot = rng.choice(found)
        return _one(rng, target, spot, amount_at(target.content, spot) * by)

    return plant


def _unit_factor(target: Target) -> Decimal:
    """元 among 万元, or the other way round."""
    return Decimal(10000) if target.layout.unit == "万元" else Decimal("0.0001")


def closing_total(rng: Random, target: Target) -> Planted | None:
    """人员经费合计 with a digit changed."""
    form = target.content.form(BASIC)
    (label, amount), operating = form.closing
    other = digit_changed(rng, amount, target.layout)
    if other is None:
        return None
    changed = replace(form, closing=((label, other), operating))
    forms = tuple(changed if f is form else f for f in target.content.forms)
    place = (BASIC, "", "personnel_total", "basic", "final", "general")
    return Planted(replace(target.content, forms=forms), (place,), f"{amount:f}", f"{other:f}")


def last_digit(rng: Random, target: Target) -> Planted | None:
    """The last place of a 类 in the expenditure form, within what rounding explains."""
    found = spots(target.content, EXPENDITURE, lambda row, n: len(row.code) == 3 and n == 0)
    spot = rng.choice(found)
    amount = amount_at(target.content, spot)
    unit = Decimal("0.01") if target.layout.unit == "万元" else Decimal("0.000001")
    return _one(rng, target, spot, amount + unit)


TABLE_PLANTERS: dict[str, Planter] = {
    "digit_in_summary_total": _digit(
        SUMMARY,
        lambda row, n: row.key in ("income_total", "expenditure_total", "grand_total"),
    ),
    "digit_in_source": _digit(SUMMARY, lambda row, n: row.key.startswith("source.")),
    "digit_in_class_of_summary": _digit(SUMMARY, lambda row, n: row.key.isdigit()),
    "opening_changed": _digit(SUMMARY, lambda row, n: row.key == "opening_carryover"),
    "digit_in_income_item": _digit(INCOME, lambda row, n: is_item(row, n) and n == 1),
    "digit_in_expenditure_item": _digit(EXPENDITURE, lambda row, n: is_item(row, n) and n == 0),
    "digit_in_fiscal_class": _digit(FISCAL, lambda row, n: row.key.isdigit() and n == 1),
    "digit_in_fiscal_closing": _digit(FISCAL, lambda row, n: row.key == "closing_carryover"),
    "digit_in_general_class": _digit(GENERAL, lambda row, n: len(row.code) == 3 and n == 0),
    "digit_in_economic_item": _digit(BASIC, lambda row, n: len(row.code) == 5),
    "digit_in_personnel_total": closing_total,
    "digit_in_three_public": _digit(
        THREE_PUBLIC,
        lambda row, n: len(row.amounts) // 2 <= n < len(row.amounts) // 2 + 6,
        LEAST_OF_THREE_PUBLIC,
    ),
    "digit_in_fund_item": _digit(FUND, lambda row, n: is_item(row, n) and n == 2),
    "rows_shifted": rows_shifted,
    "cells_swapped": cells_swapped,
    "columns_swapped": columns_swapped,
    "total_not_updated": total_not_updated,
    "units_confused": _times(SUMMARY, lambda row, n: row.key.isdigit(), _unit_factor),
    "decimal_point_moved": _times(
        EXPENDITURE, lambda row, n: is_item(row, n) and n == 0, lambda target: Decimal(10)
    ),
    "row_missing": row_missing,
    "fund_form_differs": fund_differs,
    "form_emptied": form_emptied,
    "three_public_halves_swapped": halves_swapped,
    "last_digit": last_digit,
    "moved_between_economic_items": moved_between_items,
}
