"""The real departmental budgets against golden files written from their pages."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from juesuan.settings import Home

GOLDEN = Path(__file__).resolve().parent
BUDGETS = (
    "jiangsu-cppcc-office-budget-2018",
    "jiangsu-cppcc-office-budget-2019",
    "putuo-wanli-street-budget-2025",
)
pytestmark = pytest.mark.slow


def _golden(name: str, file: str) -> list[dict[str, str]]:
    with (GOLDEN / name / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _query(home: Home, sql: str, *values: str) -> list[tuple]:
    with duckdb.connect(str(home.published), read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()


def test_every_budget_says_what_it_is(budgets_home: Home):
    found = _query(
        budgets_home,
        "SELECT department_name_zh, fiscal_year, document_kind, reporting_scope, status"
        " FROM raw.documents ORDER BY fiscal_year",
    )
    common = ("budget", "department_consolidated", "loaded")
    assert found == [
        ("江苏省政协办公厅", 2018, *common),
        ("江苏省政协办公厅", 2019, *common),
        ("上海市普陀区人民政府万里街道办事处", 2025, *common),
    ]


def test_the_units_of_a_budget_are_those_that_it_names(budgets_home: Home):
    """One sentence of the two old budgets says how many and who; the new one numbers its lines."""
    listed = _query(
        budgets_home,
        "SELECT fiscal_year, stated_as, page_number, list(unit_name_zh ORDER BY unit_number)"
        " FROM conformed.listed_units JOIN raw.documents USING (document_id)"
        " GROUP BY ALL ORDER BY fiscal_year",
    )
    street = "上海市普陀区万里街道"
    assert listed == [
        (2018, "sentence", 4, ["省政协办公厅本级"]),
        (2019, "sentence", 4, ["省政协办公厅本级"]),
        (
            2025,
            "line",
            4,
            [
                "上海市普陀区人民政府万里街道办事处(本部)",
                f"{street}社区事务受理服务中心",
                f"{street}社区党群服务中心",
                f"{street}城市运行管理中心",
                f"{street}经济发展服务中心",
                f"{street}综合行政执法队",
            ],
        ),
    ]


def test_every_cell_of_the_forms_is_the_initial_budget_in_yuan(budgets_home: Home):
    """All 875 figures of the nine forms: place, meaning, print and amount; nothing else."""
    name = "putuo-wanli-street-budget-2025"
    stated = _query(
        budgets_home,
        """
        SELECT v.form_code, c.page_number::VARCHAR, v.block,
            regexp_extract(c.row_code, '^[0-9]*'), c.row_label,
            v.measure_code || CASE WHEN v.form_code = 'fiscal_appropriation_summary'
                AND v.block = 'expenditure' THEN '|' || v.fund ELSE '' END,
            v.printed, v.value, v.phase
        FROM conformed.fct_stated_value AS v
        JOIN raw.cells AS c USING (cell_id)
        JOIN raw.documents AS d ON d.document_id = v.document_id
        WHERE d.file_name = ? AND v.source_kind = 'table'
        """,
        f"{name}.pdf",
    )
    golden = [
        (*list(row.values())[:-1], Decimal(row["amount_cny"]), "initial_budget")
        for row in _golden(name, "cells.csv")
    ]
    assert len(golden) == 875
    assert Counter(stated) == Counter(golden)


def test_empty_forms_of_a_budget_state_zero_expenditure(budgets_home: Home):
    assert _query(
        budgets_home,
        "SELECT DISTINCT form_code, measure_code, phase, value FROM conformed.fct_stated_value"
        " WHERE source_kind = 'note' ORDER BY 1, 2",
    ) == [
        (form, measure, "initial_budget", 0)
        for form in ("government_fund", "state_capital")
        for measure in ("basic", "project", "total")
    ]


@pytest.mark.parametrize("name", BUDGETS)
def test_what_is_read_of_the_prose_stands_there(budgets_home: Home, name: str):
    """Every statement read was found on its page by eye: amounts, changes, rates, counts."""
    read = _query(
        budgets_home,
        """
        SELECT coalesce(f.page_number, s.page_number)::VARCHAR, p.line_code,
            coalesce(p.functional_code, ''), coalesce(p.fund, ''), p.measure_code, p.phase,
            coalesce(p.base, ''), p.printed, p.value
        FROM conformed.phrase_statements AS p
        JOIN raw.narrative_sentences AS s USING (sentence_id)
        LEFT JOIN raw.narrative_figures AS f ON f.figure_id = p.figure_id
        JOIN raw.documents AS d ON d.document_id = p.document_id
        WHERE d.file_name = ? AND p.unplaced_reason IS NULL
        """,
        f"{name}.pdf",
    )
    golden = [
        (*list(row.values())[:-1], Decimal(row["value"])) for row in _golden(name, "prose.csv")
    ]
    assert Counter(read) == Counter(golden)


def test_what_is_not_read_of_the_prose_says_so(budgets_home: Home):
    """Left unread: a 款 named as a 项, the income of a budget without one, a plan by quarters."""
    unread = _query(
        budgets_home,
        """
        SELECT d.fiscal_year, f.page_number, p.unplaced_reason, p.printed
        FROM conformed.phrase_statements AS p
        JOIN raw.narrative_figures AS f USING (figure_id)
        JOIN raw.documents AS d ON d.document_id = p.document_id
        WHERE p.unplaced_reason IS NOT NULL
        ORDER BY ALL
        """,
    )
    assert unread == [
        (2018, 15, "budget_prose", "0"),
        (2019, 17, "threshold", "20"),
        (2025, 7, "budget_prose", "20.00"),
        (2025, 30, "threshold", "100"),
        (2025, 30, "threshold", "100"),
        *[(2025, 31, "budget_prose", "15")] * 4,
    ]
    assert _query(
        budgets_home,
        "SELECT count(*) FROM conformed.narrative_statements AS n"
        " JOIN raw.documents AS d USING (document_id) WHERE d.document_kind = 'budget'",
    ) == [(0,)]


def test_nothing_is_unmapped_and_only_what_is_wrong_is_accused(budgets_home: Home):
    """One rate does not follow from the amounts beside it: 2233.13 / 3348.98 is 66.68 %."""
    assert _query(budgets_home, "SELECT * FROM conformed.unmapped_labels") == []
    assert _query(
        budgets_home,
        "SELECT fiscal_year, identity_id, severity, lhs_value::DOUBLE, round(rhs_value, 4)::DOUBLE"
        " FROM conformed.fct_identity_result WHERE verdict IN ('mismatch', 'implausible')",
    ) == [(2018, "budget.growth", "error", -66.69, -66.6809)]
    assert _query(budgets_home, "SELECT count(*) FROM marts.findings") == [(1,)]
    shares = _query(
        budgets_home,
        "SELECT forms_coverage, forms_token_count, evaluable_share >= 0.95"
        " FROM marts.document_quality ORDER BY fiscal_year",
    )
    assert shares == [(None, 0, True), (None, 0, True), (1, 875, True)]


def test_the_budget_of_the_year_before_is_what_the_next_one_says_it_was(budgets_home: Home):
    """33 figures less what they grew by since 2018, each the one printed in the budget of 2018."""
    assert _query(
        budgets_home,
        "SELECT fiscal_year, verdict, count(*) FROM conformed.fct_identity_result"
        " WHERE identity_id = 'cross_year.prior_budget' GROUP BY ALL",
    ) == [(2019, "exact", 33)]


def test_the_facts_hold_the_budgets(budgets_home: Home):
    facts = _query(
        budgets_home,
        """
        SELECT fiscal_year, 'agency_operating', amount_cny FROM conformed.fct_agency_operating
        UNION ALL
        SELECT fiscal_year, item_code, amount_cny FROM conformed.fct_three_public
        WHERE item_code IN ('meeting', 'training', 'reception') AND phase = 'initial_budget'
        UNION ALL
        SELECT fiscal_year, 'procurement', amount_cny FROM conformed.fct_procurement
        WHERE item_code = 'total' AND phase = 'initial_budget'
        UNION ALL
        SELECT fiscal_year, 'general', amount_cny FROM conformed.fct_expenditure
        WHERE functional_code = 'total' AND expenditure_nature = 'total' AND fund = 'general'
            AND phase = 'initial_budget'
        UNION ALL
        SELECT fiscal_year, 'basic', sum(amount_cny) FROM conformed.fct_economic_leaf
        WHERE phase = 'initial_budget' GROUP BY ALL
        ORDER BY 1, 2
        """,
    )
    assert facts == [
        (2018, "agency_operating", 11_158_500),
        (2018, "general", 100_704_800),
        (2018, "meeting", 8_841_600),
        (2018, "procurement", 12_817_600),
        (2018, "reception", 4_125_000),
        (2018, "training", 976_000),
        (2019, "agency_operating", 11_307_400),
        (2019, "general", 132_971_100),
        (2019, "meeting", 12_825_600),
        (2019, "procurement", 16_244_200),
        (2019, "reception", 3_975_000),
        (2019, "training", 2_817_700),
        (2025, "agency_operating", 4_646_400),
        (2025, "basic", 101_341_746),
        (2025, "general", 189_767_551),
        (2025, "procurement", 48_212_000),
        (2025, "reception", 13_500),
    ]
