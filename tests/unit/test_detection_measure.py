"""How scans count in the detection benchmark: what was held back is neither found nor missed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks.detection.measure import measure
from benchmarks.detection.report import markdown

PLACE = {
    "form_code": "income",
    "block": "",
    "line_code": "total",
    "measure_code": "total",
    "phase": "final",
    "fund": "all_sources",
}
STATED = PLACE | {"value_cny": "100.00"}
SCHEMA = """
    CREATE SCHEMA raw; CREATE SCHEMA conformed; CREATE SCHEMA marts;
    CREATE TABLE raw.documents AS SELECT * FROM (VALUES
        ('d1', 'held.pdf', 'quarantined', '请核对原件'), ('d2', 'scan.pdf', 'loaded', NULL),
        ('d3', 'text.txt', 'loaded', NULL)
    ) AS t(document_id, file_name, status, status_reason);
    CREATE TABLE conformed.fct_line_amount AS SELECT
        unnest(['d2', 'd3']) AS document_id, 'income' AS form_code, '' AS block,
        '合计' AS line_label_zh, 'total' AS line_code, 'total' AS measure_code,
        'final' AS phase, 'all_sources' AS fund, 100.00::DECIMAL(20, 2) AS amount_cny,
        'table' AS source_kind;
    CREATE TABLE conformed.fct_stated_value AS SELECT
        'd3' AS document_id, 's' AS stated_value_id, 'income' AS form_code, '' AS block,
        '合计' AS line_label_zh, 'total' AS line_code, 'total' AS measure_code,
        'final' AS phase, 'all_sources' AS fund, '1' AS printed;
    CREATE TABLE conformed.identity_evidence AS
        SELECT 'r' AS identity_result_id, 's' AS stated_value_id;
    CREATE TABLE conformed.fct_identity_result AS
        SELECT 'r' AS identity_result_id, 'income.rows' AS identity_id;
    CREATE TABLE conformed.unmapped_labels (
        document_id VARCHAR, form_code VARCHAR, label_kind VARCHAR, label_zh VARCHAR,
        cell_count BIGINT
    );
    CREATE TABLE marts.findings AS
        SELECT 'f' AS finding_id, 'd3' AS document_id, 'error' AS severity;
    CREATE TABLE marts.finding_members AS
        SELECT 'f' AS finding_id, 'r' AS identity_result_id;
"""


def document(file: str, form: str, clean: bool) -> dict:
    return {
        "file": file,
        "layout": "layout-01",
        "held_out": False,
        "format": form,
        "clean": clean,
        "facts": [STATED],
        "prose": [],
    }


def error(file: str) -> dict:
    return {
        "document": file,
        "kind": "digit_in_source",
        "expected_visible": True,
        "by_identity": "income.*",
        "old": "1",
        "new": "2",
        "places": [list(PLACE.values())],
        "figures": [],
    }


@pytest.fixture
def result(tmp_path: Path) -> dict:
    with duckdb.connect(str(tmp_path / "published.duckdb")) as connection:
        connection.execute(SCHEMA)
    index = {
        "documents": [
            document("held.pdf", "scan", False),
            document("scan.pdf", "scan", True),
            document("text.txt", "text", False),
        ],
        "errors": [error("held.pdf"), error("text.txt")],
    }
    return measure(index, tmp_path / "published.duckdb")


def test_a_scan_held_back_states_cells_that_were_not_read(result: dict):
    by_format = {row["format"]: row for row in result["cells_by_format"]}
    assert (by_format["scan"]["stated"], by_format["scan"]["read"]) == (2, 1)
    clean, planted = result["scans"]
    assert (clean["documents"], clean["held_back"], clean["stated"], clean["agreed"]) == (
        1,
        0,
        1,
        1,
    )
    assert (planted["documents"], planted["held_back"], planted["stated"]) == (1, 1, 0)


def test_its_errors_are_not_published_rather_than_found_or_missed(result: dict):
    by_format = {row["format"]: row for row in result["errors_by_format"]}
    scan, text = by_format["scan"], by_format["text"]
    assert (scan["visible"], scan["visible_found"], scan["not_published"]) == (0, 0, 1)
    assert (text["visible"], text["visible_found"], text["not_published"]) == (1, 1, 0)
    assert result["missed"] == []


def test_the_report_says_so(result: dict):
    options = {"departments": 1, "years": 1, "errors": 2, "seed": 1, "scans": 2}
    seconds = {"corpus": 1.0, "steps": {}}
    text = markdown(result | {"options": options, "seconds": seconds, "held_out": []})
    assert "SCANS=2" in text
    assert "| with planted errors | 1 | 1 | 0 | – | – |" in text
    assert "| clean | 1 | 0 | 1 | 100.00 % | 100.00 % |" in text
    assert "not published: 1 here" in text
