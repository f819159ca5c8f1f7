"""The checks of the gate as SQL, run without Great Expectations."""

import duckdb
import pytest

from expectations.checks import (
    catalogue_checks,
    grain_checks,
    identity_checks,
    read_identities,
    waiver_checks,
)
from expectations.errors import GateError, LimitsError
from expectations.quarantine import documents_to_quarantine, read_limits


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("""
            CREATE SCHEMA raw; CREATE SCHEMA reference; CREATE SCHEMA conformed;
            CREATE SCHEMA marts;
            CREATE TABLE raw.documents (document_id VARCHAR, status VARCHAR);
            CREATE TABLE raw.document_events
                (document_id VARCHAR, event_number BIGINT, event VARCHAR);
            CREATE TABLE marts.document_quality (document_id VARCHAR, forms_coverage DOUBLE,
                scanned_form_unreconciled_count BIGINT DEFAULT 0,
                scanned_forms_unreconciled_zh VARCHAR,
                forms_with_text_beside_count BIGINT DEFAULT 0, forms_with_text_beside_zh VARCHAR,
                forms_stated_twice_count BIGINT DEFAULT 0, forms_stated_twice_zh VARCHAR,
                lost_column_count BIGINT DEFAULT 0);
            CREATE TABLE reference.forms (form_code VARCHAR);
            CREATE TABLE reference.identities
                (identity_id VARCHAR, name_zh VARCHAR, severity VARCHAR, basis VARCHAR,
                constant DOUBLE);
            CREATE TABLE reference.identity_terms
                (identity_id VARCHAR, side VARCHAR, form_code VARCHAR);
            CREATE TABLE reference.wording_checks (check_id VARCHAR);
            CREATE TABLE reference.wording_patterns (check_id VARCHAR);
            CREATE TABLE reference.waivers (identity_id VARCHAR, document_id VARCHAR,
                scope VARCHAR, expected_gap DECIMAL(18, 2), reason VARCHAR, author VARCHAR);
            CREATE TABLE conformed.fct_identity_result (identity_result_id VARCHAR,
                identity_id VARCHAR, disclosure_id VARCHAR, document_id VARCHAR,
                fiscal_year INTEGER, scope VARCHAR, lhs_value DECIMAL(20, 2),
                rhs_value DECIMAL(20, 2), gap DECIMAL(20, 2), verdict VARCHAR,
                is_waived BOOLEAN);
            INSERT INTO raw.documents VALUES ('doc1', 'loaded'), ('doc2', 'withdrawn');
            INSERT INTO reference.forms VALUES ('F01'), ('F02');
            INSERT INTO reference.identities VALUES
                ('income_total', '收入总计等于各项之和', 'error', '部门决算报表编制说明', NULL),
                ('growth', '增长率与两年数相符', 'info', '公开说明', NULL);
            INSERT INTO reference.identity_terms VALUES
                ('income_total', 'lhs', 'F01'), ('income_total', 'rhs', 'F02'),
                ('growth', 'lhs', NULL), ('growth', 'numerator', ''),
                ('growth', 'denominator', 'F01');
        """)
        yield connection


def found(connection, checks):
    """The ids of the checks that return rows."""
    return [
        check.check_id
        for check in checks
        if connection.execute(check.query.format(batch="conformed.fct_identity_result")).fetchall()
    ]


def add_result(connection, verdict, gap=0, is_waived=False, scope="", identity_id="income_total"):
    connection.execute(
        "INSERT INTO conformed.fct_identity_result VALUES"
        " (uuid(), ?, 'd', 'doc1', 2024, ?, 1, 1, ?, ?, ?)",
        [identity_id, scope, gap, verdict, is_waived],
    )


def test_an_intact_catalogue_returns_no_row(connection):
    assert found(connection, catalogue_checks()) == []
    assert found(connection, waiver_checks()) == []


@pytest.mark.parametrize(
    ("change", "check_id"),
    [
        ("DELETE FROM reference.forms WHERE form_code = 'F02'", "catalogue:known_forms"),
        (
            "INSERT INTO reference.identity_terms VALUES ('stranger', 'lhs', NULL)",
            "catalogue:known_identities",
        ),
        ("DELETE FROM reference.identity_terms WHERE side = 'rhs'", "catalogue:two_sides"),
        (
            "DELETE FROM reference.identity_terms WHERE identity_id = 'growth'",
            "catalogue:two_sides",
        ),
        ("DELETE FROM reference.identity_terms WHERE side = 'numerator'", "catalogue:two_sides"),
        ("INSERT INTO reference.wording_patterns VALUES ('w')", "catalogue:known_wordings"),
    ],
)
def test_a_broken_catalogue_is_named(connection, change, check_id):
    connection.execute(change)
    assert found(connection, catalogue_checks()) == [check_id]


def test_an_empty_catalogue_is_no_pass(connection):
    connection.execute("DELETE FROM reference.identities; DELETE FROM reference.identity_terms")
    assert found(connection, catalogue_checks()) == ["catalogue:not_empty"]


def test_a_result_of_an_identity_outside_the_catalogue_is_named(connection):
    add_result(connection, "exact", identity_id="removed")
    assert found(connection, catalogue_checks()) == ["catalogue:results_known"]


@pytest.mark.parametrize(
    ("gap", "scope", "matches"),
    [("1.50", "line:1", True), ("1.51", "line:1", False), ("1.50", "line:2", False)],
)
def test_a_waiver_must_match_identity_scope_and_gap(connection, gap, scope, matches):
    add_result(connection, "mismatch", gap=gap, scope=scope, is_waived=True)
    connection.execute(
        "INSERT INTO reference.waivers VALUES"
        " ('income_total', 'doc1', 'line:1', 1.5, '原件已更正', '张老师')"
    )
    assert (found(connection, waiver_checks()) == []) is matches


def test_a_waiver_for_a_document_that_is_not_loaded_is_ignored(connection):
    connection.execute(
        "INSERT INTO reference.waivers VALUES"
        " ('income_total', 'doc2', '', 1, '理由', '署名'),"
        " ('income_total', 'doc9', '', 1, '理由', '署名')"
    )
    assert found(connection, waiver_checks()) == []


@pytest.mark.parametrize("values", ["1, '', '署名'", "1, '理由', NULL", "NULL, '理由', '署名'"])
def test_a_waiver_needs_reason_gap_and_author(connection, values):
    connection.execute(
        f"INSERT INTO reference.waivers VALUES ('income_total', 'doc2', '', {values})"
    )
    assert found(connection, waiver_checks()) == ["waiver:complete"]


@pytest.mark.parametrize(
    ("verdict", "is_waived", "is_finding"),
    [
        ("exact", False, False),
        ("rounding", False, False),
        ("not_evaluable", False, False),
        ("mismatch", False, True),
        ("implausible", None, True),
        ("mismatch", True, False),
    ],
)
def test_only_unwaived_contradictions_are_findings(connection, verdict, is_waived, is_finding):
    add_result(connection, verdict, is_waived=is_waived)
    checks = identity_checks(read_identities(connection))
    assert found(connection, checks) == (["income_total"] if is_finding else [])


def test_identity_checks_carry_name_basis_and_severity(connection):
    growth, income = identity_checks(read_identities(connection))
    assert (growth.severity, income.severity) == ("info", "critical")
    assert "收入总计等于各项之和" in income.title
    assert "部门决算报表编制说明" in income.basis


def test_every_relation_of_the_contract_has_a_grain():
    relations = {check.check_id.split(":")[1].split("(")[0] for check in grain_checks()}
    assert {"raw.documents", "raw.cells", "conformed.fct_expenditure"} <= relations
    assert {"marts.findings", "marts.document_quality", "marts.department_years"} <= relations


@pytest.mark.parametrize(
    ("rows", "is_broken"),
    [
        ("(1, NULL), (2, NULL)", False),
        ("(1, 1), (1, 2)", False),
        ("(1, 1), (1, 1)", True),
        ("(1, NULL), (1, NULL)", True),
        ("(NULL, 1)", True),
    ],
)
def test_a_grain_is_unique_and_its_required_part_is_stated(tmp_path, rows, is_broken):
    grains = tmp_path / "grains.csv"
    grains.write_text("relation,grain,may_be_null\nmain.facts,key code,code\n", encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE facts AS SELECT * FROM (VALUES {rows}) AS v(key, code)")
        assert bool(found(connection, grain_checks(grains))) is is_broken


@pytest.mark.parametrize("row", ["main.facts,,", "main.facts,key,code", ",key,"])
def test_a_grain_row_that_cannot_be_used_is_refused_by_its_name(tmp_path, row):
    grains = tmp_path / "grains.csv"
    grains.write_text(f"relation,grain,may_be_null\n{row}\n", encoding="utf-8")
    with pytest.raises(LimitsError, match=r"grains\.csv"):
        grain_checks(grains)


def test_a_document_read_below_the_floor_is_quarantined_with_its_reason(connection):
    connection.execute("""
        INSERT INTO marts.document_quality (document_id, forms_coverage)
            VALUES ('doc1', 0.5), ('doc2', 0.1), ('doc3', 0.95), ('doc4', NULL);
        INSERT INTO raw.documents VALUES ('doc3', 'loaded'), ('doc4', 'loaded');
    """)
    [(document_id, reason)] = documents_to_quarantine(connection)
    assert document_id == "doc1"
    assert "落位率" in reason
    assert "forms_coverage 0.5 is below 0.9" in reason


def test_a_scan_that_does_not_reconcile_is_quarantined_by_the_names_of_its_forms(connection):
    connection.execute("""
        INSERT INTO marts.document_quality (document_id, scanned_form_unreconciled_count,
            scanned_forms_unreconciled_zh)
        VALUES ('doc1', 1, '支出决算表')
    """)
    [(document_id, reason)] = documents_to_quarantine(connection)
    assert document_id == "doc1"
    assert "请核对原件：支出决算表（" in reason


def test_a_released_document_stays_released_until_it_is_read_anew(connection):
    connection.execute("""
        INSERT INTO marts.document_quality (document_id, forms_coverage) VALUES ('doc1', 0.5);
        INSERT INTO raw.document_events VALUES
            ('doc1', 1, 'loaded'), ('doc1', 2, 'quarantined'), ('doc1', 3, 'released');
    """)
    assert documents_to_quarantine(connection) == []
    connection.execute("INSERT INTO raw.document_events VALUES ('doc1', 4, 'loaded')")
    assert [document_id for document_id, _ in documents_to_quarantine(connection)] == ["doc1"]


def test_a_missing_measure_is_an_error_not_a_pass(connection):
    connection.execute("ALTER TABLE marts.document_quality DROP forms_coverage")
    with pytest.raises(GateError, match="forms_coverage"):
        documents_to_quarantine(connection)


def test_the_limits_file_states_a_reason_for_every_limit():
    assert all(limit.reason_zh and limit.reason_en for limit in read_limits())


@pytest.mark.parametrize(
    "row", ["forms_coverage,at_least,nine", "forms_coverage,near,1", "x; DROP,at_most,1"]
)
def test_a_limit_that_cannot_be_used_is_refused(tmp_path, row):
    limits = tmp_path / "limits.csv"
    limits.write_text(
        f"measure,comparator,limit_value,reason_zh,reason_en\n{row},理由,reason\n",
        encoding="utf-8",
    )
    with pytest.raises(LimitsError, match=r"limits\.csv"):
        read_limits(limits)
