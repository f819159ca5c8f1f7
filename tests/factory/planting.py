"""Plants errors of named kinds in a disclosure whose truth is known, and records each.

A kind is a row of ``error_kinds.csv``, written before any run: whether an identity can see it,
which one, and why. What is planted is larger than rounding explains wherever the kind is called
visible: :data:`LEAST` is above half a last place times the most terms that a sum here has.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from tests.factory.content import DisclosureContent, Row
from tests.factory.economy import Economy
from tests.factory.facts import places_of
from tests.factory.layout import Layout

KINDS_FILE = Path(__file__).with_name("error_kinds.csv")
# 万元. Sums of a hundred terms printed to 0.01 are exact to 0.5; “三公” has at most four terms.
LEAST = Decimal(1)
LEAST_OF_THREE_PUBLIC = Decimal("0.1")
# Percentage points by which a planted ratio differs at least.
LEAST_RATIO = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """One row of ``error_kinds.csv``."""

    kind: str
    name_zh: str
    is_visible: bool
    by_identity: str
    reason: str


@dataclass(frozen=True, slots=True)
class Target:
    """What an error is planted in."""

    content: DisclosureContent
    layout: Layout
    economy: Economy


@dataclass(frozen=True, slots=True)
class Planted:
    """A disclosure with one more error: where it stands and what was changed.

    ``places`` are (form, block, line, measure, phase, fund) of the cells that carry it,
    ``figures`` the numbers as printed in the prose.
    """

    content: DisclosureContent
    places: tuple[tuple[str, ...], ...]
    old: str
    new: str
    figures: tuple[str, ...] = ()


Planter = Callable[[Random, Target], Planted | None]


def error_kinds() -> dict[str, ErrorKind]:
    """Return the kinds by name, in the order of the file."""
    with KINDS_FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        row["kind"]: ErrorKind(
            row["kind"],
            row["name_zh"],
            row["is_visible"] == "true",
            row["by_identity"],
            row["reason"],
        )
        for row in rows
    }


def record(document: str, kind: ErrorKind, planted: Planted) -> dict[str, Any]:
    """Return what is stored of a planted error."""
    known = asdict(kind)
    return {
        "document": document,
        "kind": kind.kind,
        "places": [list(place) for place in planted.places],
        "figures": list(planted.figures),
        "old": planted.old,
        "new": planted.new,
        "expected_visible": known["is_visible"],
        "by_identity": kind.by_identity,
        "reason": kind.reason,
    }


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a form: block number, row index and measure number."""

    form_code: str
    block: int
    row: int
    measure: int


def row_at(content: DisclosureContent, spot: Spot) -> Row:
    """Return the row that the spot is in."""
    return content.form(spot.form_code).blocks[spot.block].rows[spot.row]


def amount_at(content: DisclosureContent, spot: Spot) -> Decimal:
    """Return the amount of the spot in 万元; a cell that carries none counts as zero."""
    return row_at(content, spot).amounts[spot.measure] or Decimal(0)


def place_at(content: DisclosureContent, spot: Spot) -> tuple[str, ...]:
    """Return the place of the spot in the words of the warehouse."""
    form = content.form(spot.form_code)
    return places_of(form, spot.block, row_at(content, spot))[spot.measure]


def with_amount(
    content: DisclosureContent, spot: Spot, amount: Decimal | None
) -> DisclosureContent:
    """Return the disclosure with another amount in one cell."""
    row = row_at(content, spot)
    amounts = list(row.amounts)
    amounts[spot.measure] = amount
    return with_row(content, spot, replace(row, amounts=tuple(amounts)))


def with_row(content: DisclosureContent, spot: Spot, row: Row) -> DisclosureContent:
    """Return the disclosure with another row where the spot is."""
    rows = list(content.form(spot.form_code).blocks[spot.block].rows)
    rows[spot.row] = row
    return with_rows(content, spot.form_code, spot.block, rows)


def with_rows(
    content: DisclosureContent, form_code: str, block: int, rows: list[Row]
) -> DisclosureContent:
    """Return the disclosure with other rows in one block of a form."""
    form = content.form(form_code)
    blocks = list(form.blocks)
    blocks[block] = replace(blocks[block], rows=tuple(rows))
    changed = replace(form, blocks=tuple(blocks))
    return replace(content, forms=tuple(changed if f is form else f for f in content.forms))


def spots(
    content: DisclosureContent, form_code: str, accepts: Callable[[Row, int], bool]
) -> list[Spot]:
    """Return the cells of a form whose row and measure number are accepted; none if it lacks."""
    found = []
    for form in content.forms:
        if form.form_code != form_code:
            continue
        for block_number, block in enumerate(form.blocks):
            for row_number, row in enumerate(block.rows):
                found += [
                    Spot(form_code, block_number, row_number, measure)
                    for measure in range(len(row.amounts))
                    if accepts(row, measure)
                ]
    return found


def digit_changed(
    rng: Random, amount: Decimal, layout: Layout, least: Decimal = LEAST
) -> Decimal | None:
    """Change one printed digit so that the amount is off by at least ``least``; else ``None``."""
    text = f"{amount:.4f}" if layout.unit == "元" else f"{amount:.2f}"
    tries = []
    for number, character in enumerate(text):
        for digit in "0123456789" if character.isdigit() else "":
            if number == 0 and digit == "0":
                continue
            other = Decimal(text[:number] + digit + text[number + 1 :])
            if digit != character and abs(other - amount) >= least:
                tries.append(other)
    return rng.choice(tries) if tries else None
