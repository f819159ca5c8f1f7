"""Layout by layout: every variation of the factory alone, in the formats in turn, read exactly."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.detection.measure import measure
from juesuan.refresh import refresh
from juesuan.settings import Home
from tests.factory.corpus import write_matrix
from tests.factory.frozen import single_variations
from tests.needs import cjk_font

pytestmark = pytest.mark.slow
# Ruled pages are what varies most between places; every other document is one.
FORMATS = ("pdf", "text", "pdf", "docx", "pdf", "xlsx", "pdf", "html", "pdf", "xls")
VARIATIONS = [variation.name for variation in single_variations()]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    cjk_font()
    folder = tmp_path_factory.mktemp("matrix")
    index = write_matrix(folder, single_variations(), FORMATS)
    home = Home(folder / "home")
    refresh([folder / "documents"], home)
    return measure(index, home.published.resolve())


@pytest.mark.parametrize("variation", VARIATIONS)
def test_a_variation_is_read_exactly(measured, variation):
    (row,) = [row for row in measured["cells_by_layout"] if row["layout"] == variation]
    assert row["stated"] > 200
    assert (row["agreed"], row["read"]) == (row["stated"], row["stated"])
    # A table by unit is none of the nine forms: it is listed, and no figure of a form is unplaced.
    unplaced = [label for label in measured["unplaced"] if label["layout"] == variation]
    assert [label for label in unplaced if not label["label_zh"].endswith("(按单位)")] == []


def test_no_variation_raises_an_error_or_a_warning(measured):
    assert [row for row in measured["false_by_identity"] if row["severity"] != "info"] == []
