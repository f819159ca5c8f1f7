"""Scanned disclosures from picture to published build."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from juesuan.pictures import make_pictures
from juesuan.refresh import refresh
from juesuan.settings import Home
from juesuan.trace import find_places
from tests.factory.scan_writer import scan_pictures, write_scan

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
pytestmark = pytest.mark.slow

# The cover and some of the forms of two samples, by page from 0.
GOOD, GOOD_PAGES = SAMPLES / "example-social-work-2024.pdf", (0, 3, 8, 11)
BAD, BAD_PAGES = SAMPLES / "water-bureau-2023.pdf", (0, 6, 7)
# Two pictures in one file.
FAXED, FAXED_PAGES = SAMPLES / "water-bureau-2022.pdf", (0, 3)

# What the refresh told of its progress, by step.
TOLD: dict[str, list[tuple[str, int, int]]] = {}

AMOUNTS = """
    SELECT form_code, block, line_code, measure_code, phase, fund, amount_cny
    FROM conformed.fct_line_amount JOIN raw.documents USING (document_id)
    WHERE file_name = ? AND source_kind = 'table' AND form_code IN (
        'income_expenditure_summary', 'general_budget_expenditure', 'three_public'
    )
    ORDER BY ALL
"""


def rows(home: Home, sql: str, *parameters: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


@pytest.fixture(scope="module")
def scanned_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two scans and a file of two pictures."""
    folder = tmp_path_factory.mktemp("scans")
    (folder / "good.pdf").write_bytes(write_scan(GOOD.read_bytes(), pages=GOOD_PAGES))
    (folder / "bad.pdf").write_bytes(write_scan(BAD.read_bytes(), pages=BAD_PAGES))
    cover, form = scan_pictures(FAXED.read_bytes(), pages=FAXED_PAGES)
    cover.save(folder / "faxed.tif", save_all=True, append_images=[form], dpi=(200, 200))
    home = Home(tmp_path_factory.mktemp("scanned"))
    refresh([folder], home, step=begin_step, progress=lambda *args: last_step().append(args))
    return home


def begin_step(text: str) -> None:
    TOLD[text.rpartition(" / ")[2]] = []


def last_step() -> list[tuple[str, int, int]]:
    return list(TOLD.values())[-1]


def test_scan_states_the_amounts_of_the_digital_original(scanned_home: Home, samples_home: Home):
    amounts = rows(scanned_home, AMOUNTS, "good.pdf")
    assert len(amounts) > 40
    assert amounts == rows(samples_home, AMOUNTS, GOOD.name)


@pytest.mark.usefixtures("scanned_home")
def test_the_pages_of_a_scan_are_told_by_the_workers():
    read = TOLD["reading the files"]
    assert ("bad.pdf 第 2/3 页 / page 2 of 3", 0, 3) in read
    files = [args for args in read if " / page " not in args[0]]
    assert {name for name, _, _ in files} == {"bad.pdf", "faxed.tif", "good.pdf"}
    assert [counts for _, *counts in files] == [[1, 3], [2, 3], [3, 3]]


@pytest.mark.usefixtures("scanned_home")
def test_the_models_built_are_counted_to_the_last():
    built = TOLD["building the models"]
    assert "fct_line_amount" in {name for name, _, _ in built}
    assert [(done, total) for _, done, total in built] == [
        (done, len(built)) for done in range(1, len(built) + 1)
    ]


def test_scanned_figures_carry_their_confidence_and_a_place_to_look_at(scanned_home: Home):
    [(cell_id, lowest)] = rows(
        scanned_home,
        "SELECT arg_max(cell_id, length(cell_text)), min(confidence) FROM raw.cells"
        " WHERE cell_kind = 'value' AND cell_text <> ''",
    )
    assert 0.5 < lowest <= 1
    places = find_places(scanned_home, cell_id)
    [picture] = make_pictures(scanned_home, places)
    assert len(picture.png) > 1000


def test_scan_whose_totals_do_not_reconcile_is_quarantined_by_the_name_of_its_form(
    scanned_home: Home,
):
    found = dict(
        rows(
            scanned_home,
            "SELECT file_name, status || coalesce(status_reason, '') FROM raw.documents",
        )
    )
    assert found["good.pdf"] == "loaded"
    assert found["bad.pdf"].startswith("quarantined")
    assert "支出决算表" in found["bad.pdf"]
    assert "请核对原件" in found["bad.pdf"]


def test_picture_file_is_a_document_of_its_pages(scanned_home: Home):
    described = "SELECT media_type, page_count, status FROM raw.documents WHERE file_name = ?"
    assert rows(scanned_home, described, "faxed.tif") == [("image/tiff", 2, "loaded")]
    [(cell_id,)] = rows(
        scanned_home,
        "SELECT max(cell_id) FROM raw.cells JOIN raw.documents USING (document_id)"
        " WHERE cell_text LIKE '%.%' AND file_name = ?",
        "faxed.tif",
    )
    [picture] = make_pictures(scanned_home, find_places(scanned_home, cell_id))
    assert len(picture.png) > 1000
