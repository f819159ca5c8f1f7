"""Writes a corpus of disclosures with the truth beside them: documents/ and index.json.

The index lists every document with its layout, format and facts, and every planted error. Equal
options give an equal corpus.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from tests.factory import formats
from tests.factory.content import DisclosureContent
from tests.factory.economy import Economy
from tests.factory.facts import facts_of
from tests.factory.frozen import NamedLayout, frozen_layouts
from tests.factory.plant_prose import ECONOMY_PLANTERS, PROSE_PLANTERS
from tests.factory.plant_tables import TABLE_PLANTERS
from tests.factory.planting import ErrorKind, Planted, Target, error_kinds, record
from tests.factory.prose_facts import prose_facts_of
from tests.factory.random_economy import CONSOLIDATED, OWN, UNIT, Account, random_accounts
from tests.factory.shorthand import disclosure

# Where an error in a whole economy shows, for the kinds that other accounts tell.
TOLD_BY_OTHERS = {
    "carry_over_of_last_year": (
        ("income_expenditure_summary", "income", "opening_carryover", "amount", "final"),
        "all_sources",
    ),
    "prior_year_misstated": (("narrative", "", "grand_total", "change", "final"), "all_sources"),
    "unit_left_out": (
        ("income_expenditure_summary", "income", "income_total", "amount", "final"),
        "all_sources",
    ),
}
TOLD_BY_YEAR_BEFORE = ("carry_over_of_last_year", "prior_year_misstated")
DUTY = "负责本地区有关公共事务的管理和服务。"
CELL_PLANTERS = TABLE_PLANTERS | PROSE_PLANTERS
# Documents without any planted error, in ten: false findings are counted on them.
CLEAN_IN_TEN = 3
MOST_ERRORS_PER_DOCUMENT = 6


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """What to write: so many of the documents are ``scans``; ``layouts`` names some alone."""

    departments: int = 200
    years: int = 3
    errors: int = 2000
    seed: int = 1
    last_year: int = 2024
    scans: int = 0
    format_names: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()


@dataclass
class _Draft:
    """A document before it is written."""

    name: str
    account: Account
    layout: NamedLayout
    format_name: str
    is_clean: bool
    economy: Economy
    content: DisclosureContent
    errors: list[dict[str, Any]]
    used: set[str]
    has_year_before: bool = False
    scan_lot: float = 0.0


def write_corpus(folder: Path, options: CorpusOptions, workers: int = 2) -> dict[str, Any]:
    """Write the documents and ``index.json`` into ``folder``; return the index."""
    drafts = draw_drafts(options)
    planted = _plant(drafts, options)
    _write_documents(folder, drafts, workers)
    index = {
        "options": {name: getattr(options, name) for name in CorpusOptions.__dataclass_fields__},
        "documents": [_entry(draft) for draft in drafts],
        "errors": planted,
    }
    text = json.dumps(index, ensure_ascii=False)
    (folder / "index.json").write_text(text, encoding="utf-8")
    return index


def write_matrix(
    folder: Path, layouts: list[NamedLayout], format_names: tuple[str, ...], workers: int = 2
) -> dict[str, Any]:
    """Write one document without errors in each layout, the formats in turn; return the index."""
    accounts = [
        account
        for account in random_accounts(1, 2 * len(layouts), range(2024, 2025))
        if account.scope == CONSOLIDATED
    ]
    suffixes = formats.available()
    drafts = []
    for number, (account, layout) in enumerate(zip(accounts, layouts, strict=False)):
        format_name = format_names[number % len(format_names)]
        name = f"{number:03d}{suffixes[format_name]}"
        drafts.append(_clean_draft(name, account, layout, format_name))
    _write_documents(folder, drafts, workers)
    return {"documents": [_entry(draft) for draft in drafts], "errors": []}


def _write_documents(folder: Path, drafts: list[_Draft], workers: int) -> None:
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(workers) as pool:
        jobs = [(draft.format_name, draft.content, draft.layout.layout) for draft in drafts]
        for draft, data in zip(drafts, pool.map(_write, jobs, chunksize=4), strict=True):
            (documents / draft.name).write_bytes(data)


def _write(job: tuple[str, DisclosureContent, Any]) -> bytes:
    return formats.write(*job)


def draw_drafts(options: CorpusOptions) -> list[_Draft]:
    """Return the documents as drawn, before any error is planted and any file written."""
    rng = Random(f"{options.seed}/corpus")
    layouts = [
        each for each in frozen_layouts() if not options.layouts or each.name in options.layouts
    ]
    suffixes = formats.available()
    names = options.format_names or tuple(name for name in formats.SHARES if name in suffixes)
    weights = [formats.SHARES.get(name, 1) for name in names]
    years = range(options.last_year - options.years + 1, options.last_year + 1)
    usual: dict[str, NamedLayout] = {}
    drafts = []
    for number, account in enumerate(random_accounts(options.seed, options.departments, years)):
        # A place keeps its layout for the most part.
        if account.department_name not in usual or rng.random() < 0.2:
            usual[account.department_name] = layouts[number % len(layouts)]
        layout = usual[account.department_name]
        format_name = rng.choices(names, weights)[0]
        scan_lot = rng.random()
        name = f"{number:05d}-{account.fiscal_year}{suffixes[format_name]}"
        draft = _clean_draft(name, account, layout, format_name)
        draft.is_clean = rng.random() < CLEAN_IN_TEN / 10 or not options.errors
        draft.scan_lot = scan_lot
        drafts.append(draft)
    for draft in sorted(drafts, key=lambda each: each.scan_lot)[: options.scans]:
        draft.format_name = "scan"
        draft.name = f"{draft.name.partition('.')[0]}{suffixes['scan']}"
    # A zero that is printed as a blank states nothing that the next year could be held against.
    telling = {
        _key(draft.account, 0)
        for draft in drafts
        if draft.economy.closing() or draft.layout.layout.zero
    }
    for draft in drafts:
        draft.has_year_before = _key(draft.account, -1) in telling
    return drafts


def _clean_draft(name: str, account: Account, layout: NamedLayout, format_name: str) -> _Draft:
    content = _content(account, account.economy, layout)
    return _Draft(name, account, layout, format_name, True, account.economy, content, [], set())


def _key(account: Account, years: int) -> tuple[str, str, int]:
    return account.printed_name, account.scope, account.fiscal_year + years


def _content(account: Account, economy: Economy, layout: NamedLayout) -> DisclosureContent:
    content = disclosure(economy, layout.style, layout.layout, account.units, DUTY)
    is_part = account.scope in (OWN, UNIT)
    return replace(
        content,
        department_name=account.printed_name,
        cover_kind="单位决算" if is_part else "部门决算",
    )


def _plant(drafts: list[_Draft], options: CorpusOptions) -> list[dict[str, Any]]:
    """Plant the errors, every kind about as often; return their records.

    A corpus too small for so many gets as many as it holds.
    """
    rng = Random(f"{options.seed}/errors")
    kinds = list(error_kinds().values())
    room = [draft for draft in drafts if not draft.is_clean]
    # What changes a whole economy comes first: the other errors are planted in what it gives.
    first = [kind for kind in kinds if kind.kind in ECONOMY_PLANTERS]
    each = options.errors // len(kinds)
    planted: list[dict[str, Any]] = []
    for kind in [*first, *(kind for kind in kinds if kind not in first)]:
        for _ in range(min(each, options.errors - len(planted))):
            found = _plant_one(rng, kind, room)
            if found is None:
                break
            planted.append(found)
    others = [kind for kind in kinds if kind not in first]
    for number in range(options.errors * 2):
        if len(planted) >= options.errors:
            break
        found = _plant_one(rng, others[number % len(others)], room)
        if found:
            planted.append(found)
    return planted


def _plant_one(rng: Random, kind: ErrorKind, room: list[_Draft]) -> dict[str, Any] | None:
    """Plant one error of ``kind`` somewhere; ``None`` when no document takes it."""
    for draft in rng.sample(room, len(room)):
        if len(draft.errors) >= MOST_ERRORS_PER_DOCUMENT or kind.kind in draft.used:
            continue
        planted = _planted(rng, kind, draft)
        if planted is None:
            continue
        # Two errors in one form could hide each other.
        touched = {place[0] for place in planted.places} or {f"prose of {kind.kind}"}
        if touched & draft.used:
            continue
        draft.content = planted.content
        draft.used |= touched | {kind.kind}
        draft.errors.append(record(draft.name, kind, planted))
        return draft.errors[-1]
    return None


def _planted(rng: Random, kind: ErrorKind, draft: _Draft) -> Planted | None:
    if kind.kind not in ECONOMY_PLANTERS:
        target = Target(draft.content, draft.layout.layout, draft.economy)
        return CELL_PLANTERS[kind.kind](rng, target)
    if draft.errors or (kind.kind in TOLD_BY_YEAR_BEFORE and not draft.has_year_before):
        return None
    economy = ECONOMY_PLANTERS[kind.kind](rng, draft.account)
    if economy is None:
        return None
    old, new = draft.economy.totals.grand_total, economy.totals.grand_total
    draft.economy = economy
    place, fund = TOLD_BY_OTHERS.get(kind.kind, ((), ""))
    places = ((*place, fund),) if place else ()
    return Planted(_content(draft.account, economy, draft.layout), places, f"{old:f}", f"{new:f}")


def _entry(draft: _Draft) -> dict[str, Any]:
    return {
        "file": draft.name,
        "department": draft.account.department_name,
        "scope": draft.account.scope,
        "fiscal_year": draft.account.fiscal_year,
        "layout": draft.layout.name,
        "held_out": draft.layout.is_held_out,
        "format": draft.format_name,
        "clean": not draft.errors,
        "facts": [fact.as_dict() for fact in facts_of(draft.content, draft.layout.layout)],
        # What planted errors leave true of the prose is not told apart: clean documents alone.
        "prose": [
            fact.as_dict()
            for fact in prose_facts_of(draft.economy, draft.layout.layout)
            if not draft.errors
        ],
    }
