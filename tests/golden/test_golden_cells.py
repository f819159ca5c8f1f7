"""The real disclosures against golden files written by eye from the source."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from juesuan.settings import Home

GOLDEN = Path(__file__).resolve().parent
DOCUMENTS = {
    "linzi-government-office-2020": "linzi-government-office-2020.txt",
    "putuo-social-work-2024": "putuo-social-work-2024.pdf",
}
pytestmark = pytest.mark.slow


def _golden(name: str, file: str) -> list[dict[str, str]]:
    with (GOLDEN / name / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _query(home: Home, sql: str, file_name: str) -> list[tuple]:
    with duckdb.connect(str(home.published), read_only=True) as connection:
        return connection.execute(sql, [file_name]).fetchall()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_printed_value_is_stated_where_the_golden_file_says(real_home: Home, name: str):
    """Form, place, labels and figure are those on the page: nothing missing, nothing added."""
    stated = _query(
        real_home,
        """
        SELECT v.form_code,
            CASE WHEN d.media_type = 'application/pdf' THEN c.page_number::VARCHAR ELSE '' END,
            coalesce(c.line_number::VARCHAR, ''),
            v.block,
            regexp_extract(c.row_code, '^[0-9]*'),
            c.row_label, c.column_label, v.printed
        FROM conformed.fct_stated_value AS v
        JOIN raw.cells AS c USING (cell_id)
        JOIN raw.documents AS d ON d.document_id = v.document_id
        WHERE d.file_name = ? AND v.source_kind = 'table'
            AND v.measure_code NOT IN ('problems', 'remark')
            AND v.form_code <> 'project_self_evaluation_report'
        """,
        DOCUMENTS[name],
    )
    golden = [tuple(row.values()) for row in _golden(name, "cells.csv")]
    assert Counter(stated) == Counter(golden)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_amount_stands_in_yuan(real_home: Home, name: str):
    """fct_line_amount holds each amount as printed and ten thousand times that in yuan."""
    amounts = _query(
        real_home,
        """
        SELECT a.form_code, c.row_label, a.amount_printed, a.amount_cny, a.unit_printed
        FROM conformed.fct_line_amount AS a
        JOIN raw.cells AS c USING (cell_id)
        JOIN raw.documents AS d ON d.document_id = a.document_id
        WHERE d.file_name = ? AND a.source_kind = 'table'
            AND a.form_code <> 'project_self_evaluation_report'
        """,
        DOCUMENTS[name],
    )
    golden = [
        (
            row["form_code"],
            row["row_label"],
            row["printed"],
            Decimal(row["printed"]) * 10000,
            "万元",
        )
        for row in _golden(name, "cells.csv")
        if row["column_label"] not in ("自评得分", "自评等级")
    ]
    assert Counter(amounts) == Counter(golden)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_empty_forms_are_stated_zeros(real_home: Home, name: str):
    """A form printed empty with its statement states zeros, on the line the golden file names."""
    stated = _query(
        real_home,
        """
        SELECT DISTINCT v.form_code,
            CASE WHEN d.media_type = 'application/pdf' THEN c.page_number::VARCHAR ELSE '' END,
            coalesce(c.line_number::VARCHAR, '')
        FROM conformed.fct_stated_value AS v
        JOIN raw.cells AS c USING (cell_id)
        JOIN raw.documents AS d ON d.document_id = v.document_id
        WHERE d.file_name = ? AND v.source_kind = 'note' AND v.value = 0
        """,
        DOCUMENTS[name],
    )
    golden = {
        (row["form_code"], row["page_number"], row["line_number"])
        for row in _golden(name, "notes.csv")
    }
    assert set(stated) == golden


@pytest.mark.parametrize("name", DOCUMENTS)
def test_coverage_and_evaluable_share(real_home: Home, name: str):
    """No unmapped label, no unplaced figure, and nine in ten identities evaluated."""
    ((coverage, unmapped, share),) = _query(
        real_home,
        "SELECT forms_coverage, unmapped_label_count, evaluable_share"
        " FROM marts.document_quality WHERE file_name = ?",
        DOCUMENTS[name],
    )
    assert (coverage, unmapped) == (1, 0)
    assert share >= Decimal("0.9")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_findings_are_those_looked_up_in_the_source(real_home: Home, name: str):
    """Every finding was looked up by eye; there is no other.

    The scope of a wording is its item, or, where all of a document are one finding, their number.
    """
    found = _query(
        real_home,
        """
        SELECT f.identity_id,
            CASE w.finding_per
                WHEN 'document' THEN f.member_count::VARCHAR
                WHEN 'item' THEN words.item_key
                ELSE r.scope
            END,
            f.verdict, f.severity, f.lhs_value, f.rhs_value
        FROM marts.findings AS f
        LEFT JOIN conformed.fct_identity_result AS r USING (identity_result_id)
        LEFT JOIN reference.wording_checks AS w ON w.check_id = f.identity_id
        LEFT JOIN conformed.fct_wording_result AS words
            ON words.wording_result_id = f.identity_result_id
        JOIN raw.documents AS d ON d.document_id = f.document_id
        WHERE d.file_name = ?
        """,
        DOCUMENTS[name],
    )
    golden = [
        (
            row["identity_id"],
            row["scope"],
            row["verdict"],
            row["severity"],
            Decimal(row["lhs_value"]) if row["lhs_value"] else None,
            Decimal(row["rhs_value"]) if row["rhs_value"] else None,
        )
        for row in _golden(name, "findings.csv")
    ]
    assert Counter(found) == Counter(golden)
