"""The prose of the real disclosures against golden files written by eye from the source."""

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
# What the golden files found no agreed code for, and the code it has since.
NAMED_SINCE = {
    "unlisted.government_fund": "government_fund.total",
    "unlisted.state_capital": "state_capital.total",
    "unlisted.department_evaluated_projects": "performance.department_evaluated",
    "unlisted.finance_evaluated_projects_reported": "performance.finance_evaluated_reported",
}
NO_STATEMENT = {"date_or_year", "legal_reference", "ordinal", "threshold"}
pytestmark = pytest.mark.slow


def _query(home: Home, sql: str, file_name: str) -> list[tuple]:
    with duckdb.connect(str(home.published), read_only=True) as connection:
        return connection.execute(sql, [file_name]).fetchall()


def _golden(name: str) -> list[tuple]:
    with (GOLDEN / name / "narrative.csv").open(encoding="utf-8", newline="") as lines:
        return [
            (
                row["page_number"],
                row["line_number"],
                NAMED_SINCE.get(row["line_code"], row["line_code"]),
                row["measure_code"],
                # A budget of which the prose does not say which one it is.
                row["phase"] or "budget_unspecified",
                row["base"],
                row["value_kind"],
                row["printed"],
                Decimal(row["value"])
                * (10000 if row["unit_printed"] == "万元" and row["value_kind"] == "amount" else 1),
            )
            for row in csv.DictReader(lines)
        ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_statement_of_the_prose_is_the_golden_one(real_home: Home, name: str):
    """What, in which respect, phase, base and value: nothing missing, nothing added."""
    stated = _query(
        real_home,
        """
        SELECT
            CASE WHEN d.media_type = 'application/pdf'
                THEN coalesce(f.page_number, s.page_number)::VARCHAR ELSE '' END,
            CASE WHEN d.media_type = 'application/pdf'
                THEN '' ELSE coalesce(f.line_number, s.line_number)::VARCHAR END,
            n.line_code, n.measure_code, n.phase, coalesce(n.base, ''), n.value_kind, n.printed,
            n.value
        FROM conformed.narrative_statements AS n
        JOIN raw.documents AS d USING (document_id)
        JOIN raw.narrative_sentences AS s USING (sentence_id)
        LEFT JOIN raw.narrative_figures AS f ON f.figure_id = n.figure_id
        WHERE d.file_name = ? AND n.unplaced_reason IS NULL
        """,
        DOCUMENTS[name],
    )
    assert Counter(stated) == Counter(_golden(name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nearly_every_figure_of_the_prose_is_placed(real_home: Home, name: str):
    """Dates, ordinals, numbers of laws and limits apart, 99 figures in a hundred are understood."""
    reasons = Counter(
        reason
        for (reason,) in _query(
            real_home,
            """
            SELECT n.unplaced_reason
            FROM conformed.narrative_statements AS n
            JOIN raw.documents AS d USING (document_id)
            WHERE d.file_name = ? AND n.figure_id IS NOT NULL
            """,
            DOCUMENTS[name],
        )
        if reason not in NO_STATEMENT
    )
    assert reasons[None] >= 0.99 * reasons.total() > 80
