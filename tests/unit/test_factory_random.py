"""The random factory: reproducible, consistent, and errors that are errors."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

import pypdfium2
import pytest

from tests.factory import corpus, formats
from tests.factory.checks import discrepancies
from tests.factory.corpus import CELL_PLANTERS, CorpusOptions, write_corpus
from tests.factory.economy import ZERO
from tests.factory.facts import facts_of
from tests.factory.form_parts import FormStyle
from tests.factory.frozen import COUNT, frozen_layouts
from tests.factory.layout import Layout, sheet_of
from tests.factory.plant_prose import ECONOMY_PLANTERS, PROSE_PLANTERS
from tests.factory.plant_tables import TABLE_PLANTERS
from tests.factory.planting import Target, error_kinds
from tests.factory.random_economy import CONSOLIDATED, OWN, UNIT, Account, random_accounts
from tests.factory.shorthand import disclosure
from tests.needs import cjk_font

PLAIN = FormStyle(state_capital_income=True)


@pytest.fixture(scope="module")
def accounts() -> list[Account]:
    return random_accounts(3, 24, range(2022, 2025))


def content_of(account: Account, style: FormStyle = PLAIN, layout: Layout | None = None):
    return disclosure(account.economy, style, layout or Layout(), account.units, "负责。")


def test_equal_seeds_give_equal_accounts(accounts):
    assert random_accounts(3, 24, range(2022, 2025)) == accounts
    assert random_accounts(4, 24, range(2022, 2025)) != accounts


def test_every_random_disclosure_adds_up(accounts):
    """Its forms agree with themselves and each other, within rounding."""
    found = {
        (account.printed_name, account.fiscal_year): discrepancies(content_of(account))
        for account in accounts
    }
    assert {name: gaps for name, gaps in found.items() if gaps} == {}


def test_years_are_linked_by_their_carry_over(accounts):
    """Except in the year in which the first department takes over the second."""
    by_name: dict[tuple[str, str], list[Account]] = {}
    for account in accounts:
        by_name.setdefault((account.printed_name, account.scope), []).append(account)
    heir = accounts[0].department_name
    gaps = {
        after.printed_name
        for years in by_name.values()
        for before, after in pairwise(years)
        if before.economy.closing() != after.economy.opening()
    }
    assert gaps <= {heir, f"{heir}（本级）"}


def test_the_whole_is_own_and_units_without_what_they_paid_each_other(accounts):
    wholes = [account for account in accounts if account.parts]
    assert wholes
    for whole in wholes:
        parts = whole.parts
        transfers = sum((part.total(lambda line: line.subsidised) for part in parts), ZERO)
        remitted = sum((part.total(lambda line: line.remitted) for part in parts), ZERO)
        assert transfers == sum((part.income("superior_subsidy") for part in parts), ZERO)
        assert remitted == sum((part.income("subordinate_remittance") for part in parts), ZERO)
        spent = sum((part.spent() for part in parts), ZERO)
        assert whole.economy.spent() == spent - transfers - remitted
    scopes = {account.scope for account in accounts}
    assert scopes == {CONSOLIDATED, OWN, UNIT}


def test_one_department_is_merged_into_another_in_the_last_year(accounts):
    names = [
        {a.department_name for a in accounts if a.fiscal_year == year} for year in (2023, 2024)
    ]
    assert len(names[0] - names[1]) == 1


def test_half_of_the_frozen_layouts_are_held_out():
    layouts = frozen_layouts()
    assert len(layouts) == len({layout.name for layout in layouts}) == COUNT
    assert sum(layout.is_held_out for layout in layouts) == COUNT // 2


@pytest.mark.parametrize("named", frozen_layouts(), ids=lambda named: named.name)
def test_facts_are_the_amounts_of_the_sheets(accounts, named):
    """As many facts as printed amounts, whatever the layout; a fact is a number in yuan."""
    content = content_of(accounts[0], named.style, named.layout)
    printed = 0
    for form in content.forms:
        if form.form_code.endswith("_by_unit"):
            continue
        sheet = sheet_of(form, named.layout)
        numbers = [n for n, role in enumerate(sheet.roles) if role == "amount"]
        printed += sum(bool(row[n]) for row in sheet.body for n in numbers)
        if form.form_code in ("income", "expenditure") and named.layout.total_row == "header":
            total = form.blocks[0].rows[0]
            printed += sum(bool(named.layout.amount(v, named.layout.zero)) for v in total.amounts)
    facts = [f for f in facts_of(content, named.layout) if not f.form_code.startswith("project")]
    others = ("general_budget_expenditure", "government_fund", "state_capital")
    if named.layout.total_row == "header":
        printed += sum(
            bool(named.layout.amount(value, named.layout.zero))
            for form in content.forms
            if form.form_code in others and form.blocks[0].rows
            for value in form.blocks[0].rows[0].amounts
        )
    assert len(facts) == printed
    assert all(Decimal(fact.value_cny) >= 0 for fact in facts)


@pytest.mark.slow
def test_a_scan_is_pictures_of_the_same_pages(accounts):
    cjk_font()
    content = content_of(accounts[0])
    scan = pypdfium2.PdfDocument(formats.write("scan", content, Layout()))
    digital = pypdfium2.PdfDocument(formats.write("pdf", content, Layout()))
    assert len(scan) == len(digital)
    assert all(not page.get_textpage().get_text_range().strip() for page in scan)
    assert scan[0].get_size() == pytest.approx(digital[0].get_size(), abs=1)


def test_every_kind_of_error_has_a_planter_and_a_reason():
    kinds = error_kinds()
    assert set(kinds) == set(TABLE_PLANTERS) | set(PROSE_PLANTERS) | set(ECONOMY_PLANTERS)
    assert all(kind.reason for kind in kinds.values())
    assert all(bool(kind.by_identity) == kind.is_visible for kind in kinds.values())


@pytest.mark.parametrize("kind", CELL_PLANTERS)
def test_a_planted_error_changes_what_is_printed(accounts, kind):
    """In one account at least, and a visible one of a table by more than rounding explains."""
    for account in accounts:
        layout = Layout()
        content = content_of(account)
        target = Target(content, layout, account.economy)
        planted = CELL_PLANTERS[kind](Random(kind), target)
        if planted:
            break
    assert planted.content != content
    assert planted.places or planted.figures
    before, after = facts_of(content, layout), facts_of(planted.content, layout)
    assert (before != after) == bool(planted.places)
    forms = ("income", "expenditure", "general_budget_expenditure")
    own = [p for p in planted.places if p[0] in forms]
    if own and error_kinds()[kind].is_visible and kind != "columns_swapped":
        assert discrepancies(planted.content)


def test_a_small_corpus_is_reproducible_and_says_what_it_holds(tmp_path):
    options = CorpusOptions(departments=4, years=2, errors=20, format_names=("text",))
    index = write_corpus(tmp_path / "one", options)
    again = write_corpus(tmp_path / "two", options)
    assert (
        index
        == again
        == json.loads((tmp_path / "one" / "index.json").read_text()) | {"options": index["options"]}
    )
    assert len(index["errors"]) == 20
    files = {path.name: path.read_bytes() for path in (tmp_path / "one" / "documents").iterdir()}
    assert set(files) == {entry["file"] for entry in index["documents"]}
    planted = {error["document"] for error in index["errors"]}
    assert planted == {entry["file"] for entry in index["documents"] if not entry["clean"]}
    for name, data in files.items():
        assert (tmp_path / "two" / "documents" / name).read_bytes() == data


def test_so_many_documents_are_scans_and_the_others_stay_as_they_were():
    plain = CorpusOptions(departments=4, years=2, errors=20, format_names=("text",))
    before = corpus.draw_drafts(plain)
    after = corpus.draw_drafts(replace(plain, scans=2))
    scans = [draft for draft in after if draft.format_name == "scan"]
    assert [draft.name[-4:] for draft in scans] == [".pdf", ".pdf"]
    others = [(a, b) for a, b in zip(before, after, strict=True) if b.format_name != "scan"]
    assert len(others) == len(before) - 2
    assert all((a.name, a.layout, a.content) == (b.name, b.layout, b.content) for a, b in others)
