"""The shipped samples: consistent but for the mistakes that samples/README.md lists."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from tests.factory import archives, forestry, linzi, social_work, typesetting, water_bureau
from tests.factory.checks import discrepancies, printed
from tests.factory.content import DisclosureContent, add_to_amounts
from tests.factory.economy import Economy, Line, ThreePublic, carry_forward
from tests.factory.layout import Layout, sheet_of
from tests.factory.write_samples import main, samples
from tests.needs import cjk_font

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    cjk_font()
    return samples()


def all_contents() -> dict[str, tuple[DisclosureContent, Layout]]:
    contents = {
        "linzi-government-office-2020": (linzi.content(), linzi.LAYOUT),
        "example-social-work-2024": (social_work.content(), social_work.LAYOUT),
    }
    for content in archives.disclosures():
        contents[f"archives-{content.fiscal_year}"] = (content, archives.LAYOUT)
    for name, content in forestry.disclosures().items():
        contents[f"forestry-bureau-{name}"] = (content, forestry.LAYOUT)
    for content in water_bureau.disclosures():
        contents[f"water-bureau-{content.fiscal_year}"] = (content, water_bureau.LAYOUT)
    return contents


PLANTED = {
    "water-bureau-2023": {
        ("expenditure", "children", "21303", 0): Decimal("10.00"),
        ("expenditure", "children", "21303", 2): Decimal("10.00"),
        ("expenditure", "children", "213", 0): Decimal("-10.00"),
        ("expenditure", "children", "213", 2): Decimal("-10.00"),
    },
    "archives-2024": {("three_public", "total", "", 6): Decimal("0.30")},
    "linzi-government-office-2020": {
        ("general_budget_basic_expenditure", "children", "301", 0): Decimal("-0.05"),
    },
}


@pytest.mark.parametrize("name", all_contents())
def test_the_only_contradictions_are_the_listed_ones(name: str) -> None:
    content, _ = all_contents()[name]
    assert discrepancies(content) == PLANTED.get(name, {})


def test_amounts_in_yuan_leave_rounding_tails() -> None:
    content = water_bureau.disclosures()[2]
    (rows,) = (content.form("expenditure").blocks[0].rows,)
    gaps = [printed(r.amounts[0]) - sum(map(printed, r.amounts[1:])) for r in rows]
    assert any(gaps), "the water bureau should show natural rounding tails"


@pytest.mark.parametrize("module", [archives, water_bureau])
def test_years_continue(module) -> None:
    years = module.economies()
    assert [year.fiscal_year for year in years] == [2022, 2023, 2024]
    for before, after in pairwise(years):
        assert before.closing() == after.opening()
        assert before.totals == after.prior


def test_the_forestry_bureau_is_its_own_accounts_and_its_units() -> None:
    """Without the planted mistake; what they pay each other drops out of the whole."""
    for whole, own, unit in forestry.economies().values():
        transfers = own.income("subordinate_remittance") + unit.income("superior_subsidy")
        assert transfers > 0
        assert whole.income() == own.income() + unit.income() - transfers
        assert whole.closing() == own.closing() + unit.closing()
    (before, *_), (after, *_) = forestry.economies().values()
    assert before.closing() == after.opening()


def test_contributions_equal_their_functional_items() -> None:
    """Pension, annuity and housing are the same figure in both classifications."""
    pairs = (("2080505", "30108"), ("2080506", "30109"), ("2210201", "30113"))
    for year in (*archives.economies(), *water_bureau.economies(), social_work.economy()):
        basic = {line.code: line.basic for line in year.lines}
        for functional, economic in pairs:
            assert basic[functional] == year.economic[economic], (year.fiscal_year, functional)


def test_discrepancies_sees_a_gap_of_two_cents() -> None:
    content = archives.disclosures()[0]
    changed = add_to_amounts(content, "expenditure", "2012601", {0: Decimal("0.02")})
    assert {key[:3] for key in discrepancies(changed)} == {
        ("expenditure", "children", "20126"),
        ("expenditure", "row", "2012601"),
    }


# --- the economy refuses what cannot be -------------------------------------------------------


def test_economy_refuses_economic_items_that_miss_the_basic_expenditure() -> None:
    year = social_work.economy()
    with pytest.raises(ValueError, match="economic 款 add up"):
        replace(year, economic=year.economic | {"30299": Decimal("99")})


def test_economy_refuses_to_spend_more_than_it_has() -> None:
    line = Line("2013901", "general", Decimal(1), project=Decimal(2))
    with pytest.raises(ValueError, match="more than it has"):
        replace(social_work.economy(), lines=(line,))


def test_economy_refuses_reception_above_its_three_public_item() -> None:
    final = ThreePublic(vehicle_operation=Decimal("3.90"), reception=Decimal("0.45"))
    with pytest.raises(ValueError, match="30217 exceeds"):
        replace(archives.economies()[0], three_public_final=final)


def test_a_carry_over_is_never_lost() -> None:
    first: Economy = water_bureau.economies()[0]
    with pytest.raises(ValueError, match="carry-over lost"):
        carry_forward(first, first.lines[:3])


# --- the files --------------------------------------------------------------------------------


def test_shipped_samples_are_what_the_factory_writes(written, tmp_path) -> None:
    assert main([str(tmp_path)]) == 0
    names = {path.name for path in SAMPLES.iterdir()} - {"README.md", "manifest.csv"}
    assert names == set(written) == {path.name for path in tmp_path.iterdir()}
    for name in sorted(names):
        shipped, fresh = (SAMPLES / name).read_bytes(), (tmp_path / name).read_bytes()
        assert fresh == written[name], f"{name} differs between two runs"
        if name.endswith(".txt"):
            assert shipped == fresh, name
        else:
            assert page_texts(shipped) == page_texts(fresh), name


def page_texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def squeezed(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())


@pytest.mark.parametrize("name", ["example-social-work-2024", "water-bureau-2023"])
def test_every_printed_row_is_in_the_ruled_tables(written, name: str) -> None:
    """The text layer and the rules give back each line of each form, in order."""
    content, layout = all_contents()[name]
    found: list[tuple[str, ...]] = []
    with pdfplumber.open(BytesIO(written[name + ".pdf"])) as document:
        for page in document.pages:
            for table in page.extract_tables():
                found += [
                    tuple(squeezed(cell) for cell in row if cell is not None) for row in table
                ]
    position = 0
    for form in content.forms:
        sheet = sheet_of(form, layout)
        merged = {span.row for span in sheet.body_spans}
        for number, row in enumerate(sheet.body):
            texts = tuple(map(squeezed, row))
            # A merged line has fewer cells; its texts stay.
            wanted = tuple(filter(None, texts)) if number in merged else texts
            while position < len(found):
                here = found[position]
                position += 1
                if wanted in (here, tuple(filter(None, here)) if number in merged else here):
                    break
            else:
                pytest.fail(f"{form.title}: row {texts} not found")


def test_prose_is_in_the_text_layer(written) -> None:
    for name, (content, _) in all_contents().items():
        if name + ".pdf" not in written:
            continue
        pages = page_texts(written[name + ".pdf"])
        # The number of the page stands first or last on it; drop what is not prose.
        text = squeezed("".join(pages[-4:]))
        for section in content.narrative:
            for paragraph in section.paragraphs:
                start = squeezed(paragraph)[:20]
                assert start in text, f"{name}: {start}"


def test_pdf_samples_stay_small(written) -> None:
    for name, data in written.items():
        assert len(data) < 150_000, name


def test_no_sample_names_a_person_or_a_phone(written) -> None:
    for name, data in written.items():
        text = data.decode() if name.endswith(".txt") else "".join(page_texts(data))
        assert not any(word in text for word in ("联系电话", "负责人", "电话")), name


def test_readme_lists_every_sample_and_planted_mistake() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for name in PLANTED:
        extension = "pdf" if name.startswith("water") else "txt"
        assert f"`{name}.{extension}`" in readme


def test_a_missing_font_is_said_with_its_debian_package(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv(typesetting.FONT_VARIABLE, str(tmp_path / "none.ttf"))
    with pytest.raises(typesetting.MissingFont, match="fonts-droid-fallback"):
        typesetting.register_font()
