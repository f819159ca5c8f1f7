"""Errors planted in the forms that take more than one cell: rows, columns and whole forms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.factory.content import Row
from tests.factory.planting import (
    LEAST,
    LEAST_OF_THREE_PUBLIC,
    Planted,
    Spot,
    Target,
    amount_at,
    place_at,
    row_at,
    spots,
    with_amount,
    with_row,
    with_rows,
)

SUMMARY, INCOME, EXPENDITURE = "income_expenditure_summary", "income", "expenditure"
FISCAL, GENERAL = "fiscal_appropriation_summary", "general_budget_expenditure"
BASIC, THREE_PUBLIC, FUND = "general_budget_basic_expenditure", "three_public", "government_fund"


def is_item(row: Row, measure: int) -> bool:
    """Whether the row is a 项; the measure does not matter."""
    return len(row.code) == 7


def rows_shifted(rng: Random, target: Target) -> Planted | None:
    """The amounts of 类, 款 and 项 of the general budget form one row too low."""
    rows = list(target.content.form(GENERAL).blocks[0].rows)
    body = rows[1:]
    if len({row.amounts for row in body}) < 4:
        return None
    amounts = [body[-1].amounts, *(row.amounts for row in body[:-1])]
    shifted = [replace(row, amounts=each) for row, each in zip(body, amounts, strict=True)]
    content = with_rows(target.content, GENERAL, 0, [rows[0], *shifted])
    places = tuple(
        place_at(target.content, Spot(GENERAL, 0, number + 1, measure))
        for number, (before, after) in enumerate(zip(body, shifted, strict=True))
        for measure in range(3)
        if before.amounts[measure] != after.amounts[measure]
    )
    is_large = any(
        abs(before.amounts[0] - after.amounts[0]) >= LEAST
        for before, after in zip(body, shifted, strict=True)
    )
    return Planted(content, places, body[0].code, body[1].code) if is_large else None


def cells_swapped(rng: Random, target: Target) -> Planted | None:
    """基本支出 and 项目支出 of one 项 in each other's column."""
    found = [
        s
        for s in spots(
            target.content, GENERAL, lambda row, measure: is_item(row, 0) and measure == 1
        )
        if abs(row_at(target.content, s).amounts[1] - row_at(target.content, s).amounts[2]) >= LEAST
    ]
    if not found:
        return None
    spot = rng.choice(found)
    row = row_at(target.content, spot)
    total, basic, project = row.amounts
    content = with_row(target.content, spot, replace(row, amounts=(total, project, basic)))
    # A cell left blank states nothing: then the 款 and the 类 above it tell.
    above = [
        number
        for number, other in enumerate(target.content.form(GENERAL).blocks[0].rows)
        if other.code and row.code.startswith(other.code)
    ]
    places = tuple(
        place_at(target.content, replace(spot, row=number, measure=n))
        for number in above
        for n in (1, 2)
    )
    return Planted(content, places, f"{basic:f}", f"{project:f}")


def columns_swapped(rng: Random, target: Target) -> Planted | None:
    """财政拨款收入 and 其他收入 of the whole income form in each other's column."""
    rows = list(target.content.form(INCOME).blocks[0].rows)
    total = rows[0].amounts
    # A column of blanks would state nothing that another form could contradict.
    if min(total[1], total[6]) < LEAST or abs(total[1] - total[6]) < LEAST:
        return None
    swapped = [
        replace(row, amounts=(row.amounts[0], row.amounts[6], *row.amounts[2:6], row.amounts[1]))
        for row in rows
    ]
    content = with_rows(target.content, INCOME, 0, swapped)
    places = (place_at(target.content, Spot(INCOME, 0, 0, 1)),)
    return Planted(content, places, f"{total[1]:f}", f"{total[6]:f}")


def total_not_updated(rng: Random, target: Target) -> Planted | None:
    """A 项 with its 项目支出 raised alike, its 款, 类 and 合计 left as they were."""
    found = [
        s
        for s in spots(target.content, EXPENDITURE, lambda row, n: is_item(row, 0) and n == 0)
        if row_at(target.content, s).amounts[2]
    ]
    if not found:
        return None
    spot = rng.choice(found)
    row = row_at(target.content, spot)
    more = Decimal(rng.randint(2, 60))
    amounts = (row.amounts[0] + more, row.amounts[1], row.amounts[2] + more, *row.amounts[3:])
    content = with_row(target.content, spot, replace(row, amounts=amounts))
    places = tuple(place_at(target.content, replace(spot, measure=n)) for n in (0, 2))
    return Planted(content, places, f"{row.amounts[0]:f}", f"{amounts[0]:f}")


def row_missing(rng: Random, target: Target) -> Planted | None:
    """A 项 of the general budget form left out, where its 款 lists others."""
    rows = list(target.content.form(GENERAL).blocks[0].rows)
    candidates = [
        number
        for number, row in enumerate(rows)
        if is_item(row, 0)
        and row.amounts[0] >= LEAST
        and sum(len(each.code) == 7 and each.code[:5] == row.code[:5] for each in rows) > 1
    ]
    if not candidates:
        return None
    number = rng.choice(candidates)
    code = rows[number].code
    parent = next(n for n, row in enumerate(rows) if row.code == code[:5])
    places = tuple(
        place_at(target.content, Spot(GENERAL, 0, parent, measure))
        for measure in range(3)
        if rows[number].amounts[measure]
    )
    content = with_rows(target.content, GENERAL, 0, rows[:number] + rows[number + 1 :])
    return Planted(content, places, code, "")


def fund_differs(rng: Random, target: Target) -> Planted | None:
    """Income and spending of one 项 raised through the whole fund form, not in the summary."""
    rows = list(target.content.form(FUND).blocks[0].rows)
    items = [row for row in rows if is_item(row, 0)]
    if not items:
        return None
    code = rng.choice(items).code
    more = Decimal(rng.randint(2, 60))
    changed = [
        replace(
            row,
            amounts=tuple(
                amount + more if number in (1, 2, 4) else amount
                for number, amount in enumerate(row.amounts)
            ),
        )
        if code.startswith(row.code)
        else row
        for row in rows
    ]
    content = with_rows(target.content, FUND, 0, changed)
    places = tuple(
        place_at(target.content, Spot(FUND, 0, number, measure))
        for number, row in enumerate(rows)
        for measure in (1, 2)
        if code.startswith(row.code)
    )
    return Planted(content, places, f"{rows[0].amounts[2]:f}", f"{changed[0].amounts[2]:f}")


def form_emptied(rng: Random, target: Target) -> Planted | None:
    """The fund form empty and said so, though the summary shows the fund."""
    form = target.content.form(FUND)
    if not form.blocks[0].rows or target.economy.spent("government_fund") < LEAST:
        return None
    name = target.content.department_name
    note = f"说明：{name}本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    blocks = (replace(form.blocks[0], rows=()),)
    emptied = replace(form, blocks=blocks, notes=(*form.notes, note))
    forms = tuple(emptied if f is form else f for f in target.content.forms)
    lines = {"income": ["source.government_fund"]}
    lines["expenditure"] = [
        "expenditure_total",
        *(row.code for row in form.blocks[0].rows if len(row.code) == 3),
    ]
    places = tuple(
        (FISCAL, block, line, "amount", "final", "government_fund")
        for block, names in lines.items()
        for line in names
    )
    # Nothing else can be planted in a form that is empty.
    places += ((FUND, "", "total", "total", "final", "government_fund"),)
    return Planted(replace(target.content, forms=forms), places, "", "empty")


def halves_swapped(rng: Random, target: Target) -> Planted | None:
    """“三公” budget and final in each other's place."""
    rows = target.content.form(THREE_PUBLIC).blocks[0].rows
    if not rows:
        return None
    half = len(rows[0].amounts) // 2
    budget, final = rows[0].amounts[:half], rows[0].amounts[half:]
    if abs(budget[0] - final[0]) < LEAST_OF_THREE_PUBLIC:
        return None
    content = with_rows(target.content, THREE_PUBLIC, 0, [replace(rows[0], amounts=final + budget)])
    places = tuple(place_at(target.content, Spot(THREE_PUBLIC, 0, 0, n)) for n in (half, half + 5))
    return Planted(content, places, f"{final[0]:f}", f"{budget[0]:f}")


def moved_between_items(rng: Random, target: Target) -> Planted | None:
    """A part of one economic 款 shown in another of the same 类."""
    found = [
        spot
        for spot in spots(target.content, BASIC, lambda row, n: row.code in ("30201", "30299"))
        if row_at(target.content, spot)
    ]
    if len(found) != 2:
        return None
    giver, taker = sorted(found, key=lambda s: -amount_at(target.content, s))
    amount = amount_at(target.content, giver) / 2
    if amount < LEAST:
        return None
    content = with_amount(target.content, giver, amount)
    content = with_amount(content, taker, amount_at(content, taker) + amount)
    places = tuple(place_at(target.content, spot) for spot in (giver, taker))
    return Planted(content, places, f"{amount * 2:f}", f"{amount:f}")
