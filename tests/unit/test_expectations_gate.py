"""The gate with Great Expectations on real DuckDB files."""

import csv
import socket

import duckdb
import pytest

from expectations.checks import GRAINS_FILE
from expectations.errors import GateError
from expectations.gate import run_gate

pytestmark = pytest.mark.slow

SPECIAL = {
    "raw.documents": "document_id VARCHAR, status VARCHAR",
    "reference.identities": "identity_id VARCHAR, name_zh VARCHAR, severity VARCHAR, basis VARCHAR,"
    " constant DOUBLE",
    "conformed.fct_identity_result": "identity_result_id VARCHAR, identity_id VARCHAR,"
    " disclosure_id VARCHAR, document_id VARCHAR, fiscal_year INTEGER, scope VARCHAR,"
    " lhs_value DECIMAL(20, 2), rhs_value DECIMAL(20, 2), gap DECIMAL(20, 2), verdict VARCHAR,"
    " is_waived BOOLEAN",
    "reference.wording_checks": "check_id VARCHAR, name_zh VARCHAR, severity VARCHAR,"
    " basis VARCHAR",
    "conformed.fct_wording_result": "wording_result_id VARCHAR, check_id VARCHAR,"
    " disclosure_id VARCHAR, document_id VARCHAR, fiscal_year INTEGER, words_zh VARCHAR,"
    " held_against_zh VARCHAR",
    "marts.findings": "finding_id VARCHAR, severity VARCHAR",
}

SEEDS = """
    CREATE TABLE reference.forms (form_code VARCHAR);
    CREATE TABLE reference.identity_terms (identity_id VARCHAR, side VARCHAR, form_code VARCHAR);
    CREATE TABLE reference.waivers (identity_id VARCHAR, document_id VARCHAR, scope VARCHAR,
        expected_gap DECIMAL(18, 2), reason VARCHAR, author VARCHAR);
    CREATE TABLE reference.wording_patterns (check_id VARCHAR);
    INSERT INTO reference.wording_checks VALUES
        ('wording.unit_missing', '数字没有单位', 'info', '数字应带单位');
    INSERT INTO reference.wording_patterns VALUES ('wording.unit_missing');
    INSERT INTO raw.documents VALUES ('doc1', 'loaded');
    INSERT INTO reference.forms VALUES ('F01');
    INSERT INTO reference.identities VALUES
        ('expenditure_total', '支出总计等于各项之和', 'error', '报表编制说明', NULL),
        ('procurement_share', '采购占比与金额相符', 'warning', '公开说明', NULL);
    INSERT INTO reference.identity_terms VALUES
        ('expenditure_total', 'lhs', 'F01'), ('expenditure_total', 'rhs', 'F01'),
        ('procurement_share', 'lhs', NULL), ('procurement_share', 'numerator', NULL),
        ('procurement_share', 'denominator', NULL);
    INSERT INTO conformed.fct_identity_result VALUES
        ('r1', 'expenditure_total', 'd', 'doc1', 2024, '', 5, 5, 0, 'exact', false),
        ('r2', 'expenditure_total', 'd', 'doc1', 2024, 'line:2', 5, 4, 1, 'mismatch', false);
    INSERT INTO marts.findings VALUES ('f1', 'error');
"""


@pytest.fixture
def warehouse(tmp_path):
    """A private warehouse as SQLMesh leaves it: conformed and marts are views."""
    path = tmp_path / "仓 库 100% $HOME#1" / "warehouse.duckdb"
    path.parent.mkdir()
    with GRAINS_FILE.open(encoding="utf-8") as lines:
        grains = {row["relation"]: row["grain"].split() for row in csv.DictReader(lines)}
    with duckdb.connect(str(path)) as connection:
        for schema in ("raw", "reference", "conformed", "marts"):
            connection.execute(f"CREATE SCHEMA {schema}; CREATE SCHEMA sqlmesh__{schema}")
        for relation, columns in grains.items():
            schema, name = relation.split(".")
            declared = SPECIAL.get(relation) or ", ".join(f"{column} VARCHAR" for column in columns)
            if schema == "raw" or relation in SPECIAL:
                connection.execute(f"CREATE TABLE {relation} ({declared})")
            else:
                physical = f"sqlmesh__{schema}.{schema}__{name}__1"
                connection.execute(f"CREATE TABLE {physical} ({declared})")
                connection.execute(f"CREATE VIEW {relation} AS SELECT * FROM warehouse.{physical}")
        connection.execute(SEEDS)
    return path


def change(warehouse, sql):
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(sql)


def test_the_gate_passes_with_findings_and_writes_offline_data_docs(warehouse, tmp_path, capsys):
    report = run_gate(warehouse, tmp_path / "docs")
    assert report.failures == []
    assert report.passed
    assert report.identity_counts == {"exact": 1, "mismatch": 1}
    assert report.findings == {"error": 1}
    index = report.index_html.read_text(encoding="utf-8")
    assert report.index_html == tmp_path / "docs" / "index.html"
    assert "支出总计等于各项之和" in index
    assert "勾稽不符" in index
    pages = sorted((tmp_path / "docs" / "validations").rglob("*.html"))
    assert {page.relative_to(tmp_path / "docs").parts[1] for page in pages} == {
        "gate",
        "identities",
        "wordings",
    }
    identities = "".join(p.read_text(encoding="utf-8") for p in pages if "identities" in str(p))
    assert "采购占比与金额相符" in identities
    for page in (tmp_path / "docs").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "default-src 'none'" in text
        assert str(tmp_path) not in text
    assert capsys.readouterr() == ("", "")


def test_the_gate_leaves_the_warehouse_free_for_the_next_writer(warehouse, tmp_path):
    run_gate(warehouse, tmp_path / "docs")
    change(warehouse, "INSERT INTO marts.findings VALUES ('f2', 'warning')")
    assert run_gate(warehouse, tmp_path / "docs").findings == {"error": 1, "warning": 1}


def test_everything_that_stops_publication_is_reported_at_once(warehouse, tmp_path):
    change(
        warehouse,
        """
        INSERT INTO sqlmesh__conformed.conformed__fct_three_public__1
            VALUES ('d', 'total', 'general', 'final'), ('d', 'total', 'general', 'final');
        INSERT INTO reference.identity_terms VALUES ('expenditure_total', 'rhs', 'F99');
        INSERT INTO reference.waivers
            VALUES ('expenditure_total', 'doc1', 'line:2', 7, '理由', '署名');
        """,
    )
    report = run_gate(warehouse, tmp_path / "docs")
    assert not report.passed
    sentences = {failure.check_id.split("(")[0]: failure.sentence for failure in report.failures}
    assert set(sentences) == {
        "grain:conformed.fct_three_public",
        "catalogue:known_forms",
        "waiver:still_matches",
    }
    assert "conformed.fct_three_public" in sentences["grain:conformed.fct_three_public"]
    assert "F99" in sentences["catalogue:known_forms"]
    assert "未通过" in report.index_html.read_text(encoding="utf-8")


def test_a_check_that_raises_stops_publication_even_among_the_identities(warehouse, tmp_path):
    change(warehouse, "ALTER TABLE conformed.fct_identity_result DROP gap")
    report = run_gate(warehouse, tmp_path / "docs")
    assert not report.passed
    failed = {failure.check_id for failure in report.failures}
    assert {"expenditure_total", "procurement_share", "waiver:still_matches"} == failed
    assert all("gap" in failure.sentence for failure in report.failures)


def test_a_missing_relation_of_the_contract_stops_publication(warehouse, tmp_path):
    change(warehouse, "DROP VIEW marts.department_years; DROP TABLE conformed.fct_identity_result")
    report = run_gate(warehouse, tmp_path / "docs")
    sentences = " ".join(failure.sentence for failure in report.failures)
    assert "department_years" in sentences
    assert "fct_identity_result" in sentences


def test_a_suspicious_wording_is_shown_and_stops_nothing(warehouse, tmp_path):
    change(
        warehouse,
        "INSERT INTO conformed.fct_wording_result VALUES ('w1', 'wording.unit_missing', 'd',"
        " 'doc1', 2024, '增长3.4。', '增减率缺“%”')",
    )
    report = run_gate(warehouse, tmp_path / "docs")
    assert report.failures == []
    index = report.index_html.read_text(encoding="utf-8")
    row = index[index.index("数字没有单位（wording.unit_missing）") :]
    assert '<td class="number">1</td>' in row[: row.index("</tr>")]


def test_catalogue_text_is_data_in_sql_and_escaped_in_html(warehouse, tmp_path):
    change(
        warehouse,
        """
        INSERT INTO reference.identities VALUES
            ('a :b''{x} $y %d \\ "', '<b>项目</b> $basis {z} %s', 'error', '<i>依据</i>', NULL);
        INSERT INTO reference.identity_terms VALUES
            ('a :b''{x} $y %d \\ "', 'lhs', NULL), ('a :b''{x} $y %d \\ "', 'rhs', NULL);
        INSERT INTO conformed.fct_identity_result VALUES ('r3', 'a :b''{x} $y %d \\ "', 'd', 'doc1',
            2024, '<script>alert(1)</script>', 5, 4, 1, 'mismatch', false);
        """,
    )
    report = run_gate(warehouse, tmp_path / "docs")
    assert report.failures == []
    index = report.index_html.read_text(encoding="utf-8")
    assert "&lt;b&gt;项目&lt;/b&gt; $basis {z} %s" in index
    row = index[index.index("&lt;b&gt;项目") :]
    assert '<td class="number">1</td>' in row[: row.index("</tr>")]
    for page in (tmp_path / "docs").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<b>项目" not in text
        assert "<script" not in text


def test_without_warehouse_or_catalogue_the_gate_says_what_to_do(tmp_path):
    with pytest.raises(GateError, match="run the build first"):
        run_gate(tmp_path / "warehouse.duckdb", tmp_path / "docs")
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(GateError, match="catalogue"):
        run_gate(tmp_path / "empty.duckdb", tmp_path / "docs")


def test_the_gate_opens_no_connection_to_the_outside(warehouse, tmp_path, monkeypatch):
    attempts = []

    def refuse(_socket, address):
        attempts.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert run_gate(warehouse, tmp_path / "docs").passed
    assert attempts == []
