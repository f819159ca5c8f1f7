"""The detection benchmark works, and a clean random disclosure raises no false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.detection.__main__ import run
from benchmarks.detection.report import false_count, markdown, scans_markdown, write_section
from tests.factory.corpus import CorpusOptions
from tests.needs import cjk_font

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory):
    cjk_font()
    options = CorpusOptions(
        departments=6, years=2, errors=40, seed=5, format_names=("pdf", "text", "text")
    )
    return run(tmp_path_factory.mktemp("detection"), options)


def test_clean_documents_raise_no_error_and_no_warning(result):
    assert sum(row["clean"] for row in result["documents"]) >= 2
    assert false_count(result, "clean") == 0


def test_documents_are_read_and_planted_errors_found(result):
    """Not the targets, which need a large corpus: that the joins join."""
    for row in result["cells_by_format"]:
        assert row["stated"] > 1000
        assert row["agreed"] / row["stated"] > 0.9, row["format"]
    visible = sum(row["visible"] for row in result["errors_by_kind"])
    found = sum(row["visible_found"] for row in result["errors_by_kind"])
    assert visible > 25
    assert found / visible > 0.9


def test_the_report_replaces_its_own_section_only(result, tmp_path: Path):
    path = tmp_path / "benchmarks.md"
    path.write_text("# Benchmarks\n\nBefore.\n", encoding="utf-8")
    for _ in range(2):
        write_section(path, markdown(result))
        write_section(path, scans_markdown(result), "scanned")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Benchmarks\n\nBefore.\n")
    assert text.count("## Detection") == text.count("## Scanned disclosures") == 1
