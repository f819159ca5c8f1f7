"""From files to a published build and back, with the real parts."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from juesuan.cli import EXIT_FAILED, EXIT_SOME_REJECTED, main
from juesuan.errors import GateClosedError
from juesuan.publish import builds, current_build
from juesuan.refresh import refresh
from juesuan.settings import Home

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
pytestmark = pytest.mark.slow


def _rows(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def _tables(home: Home) -> list[str]:
    return [
        f"{schema}.{name}"
        for schema, name in _rows(
            home,
            "SELECT schema_name, table_name FROM duckdb_tables()"
            " WHERE schema_name IN ('conformed', 'marts') ORDER BY ALL",
        )
    ]


def test_the_samples_show_exactly_their_known_contradictions(samples_home: Home):
    """samples/README.md lists them; the prose ones are not read yet."""
    found = _rows(
        samples_home,
        "SELECT department_name_zh, fiscal_year, identity_id, abs(gap_wan)::DOUBLE, severity"
        " FROM marts.findings ORDER BY ALL",
    )
    linzi = "淄博市临淄区人民政府办公室"
    assert found == [
        (linzi, 2020, "general_budget_basic_expenditure.hierarchy", 0.05, "warning"),
        (linzi, 2020, "hints.low_execution_initial", 234.66, "info"),
        (linzi, 2020, "red_flags.full_score_low_execution", None, "warning"),
        ("示例市林业局", 2024, "consolidation.sources", 5.0, "warning"),
        ("示例市档案馆", 2024, "three_public.total", 0.3, "error"),
        ("示例市水务局", 2023, "expenditure.hierarchy", 10.0, "error"),
    ]


def test_leaf_views_add_up_to_the_totals(samples_home: Home):
    """Whoever sums a leaf view gets the department's total, within the rounding of its figures."""
    gaps = _rows(
        samples_home,
        """
        SELECT y.department_name_zh, y.fiscal_year, y.reporting_scope,
            any_value(y.expenditure_cny) - sum(e.amount_cny),
            any_value(y.income_cny) - any_value(i.amount_cny)
        FROM marts.department_years AS y
        JOIN conformed.fct_expenditure_leaf AS e USING (disclosure_id)
        JOIN (
            SELECT disclosure_id, sum(amount_cny) AS amount_cny
            FROM conformed.fct_income_leaf GROUP BY 1
        ) AS i USING (disclosure_id)
        GROUP BY ALL
        """,
    )
    assert len(gaps) == 14
    assert all(abs(expenditure) <= 1000 and abs(income) <= 1000 for *_, expenditure, income in gaps)


def test_forms_and_prose_in_two_files_are_one_disclosure(tmp_path: Path):
    """The prose is held against the forms of the other file, and nothing is stated twice."""
    text = (SAMPLES / "archives-2023.txt").read_text(encoding="utf-8")
    forms, prose = text.split("\n第三部分\n", 1)
    cover = text.split("目 录", 1)[0]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1-forms.txt").write_text(forms, encoding="utf-8")
    (inbox / "2-prose.txt").write_text(f"{cover}第三部分\n{prose}", encoding="utf-8")
    home = Home(tmp_path / "home")
    told: list[tuple[str, int, int]] = []
    refresh([inbox], home, progress=lambda *seen: told.append(seen))
    names, done, totals = zip(*(seen for seen in told if not seen[0].endswith(".txt")), strict=True)
    assert "fct_identity_result" in names
    assert done == tuple(range(1, len(names) + 1))
    assert set(totals) == {len(names)}
    result = CliRunner().invoke(main, ["unmapped", "--home", str(home.path)])
    assert result.output == "所有标签都对得上 / every label is known\n"
    assert _rows(home, "SELECT count(*) FROM conformed.dim_disclosure WHERE is_current") == [(1,)]
    assert _rows(home, "SELECT count(*) FROM marts.department_years") == [(1,)]
    ((restated, documents),) = _rows(
        home,
        """
        SELECT count(*) FILTER (verdict = 'exact'), count(DISTINCT document_id)
        FROM conformed.fct_identity_result WHERE identity_id LIKE 'narrative.restated_%'
        """,
    )
    assert restated > 10
    assert documents == 1
    assert _rows(home, "SELECT count(*) FROM marts.findings") == [(0,)]


def test_documents_one_after_the_other_give_the_rows_of_a_full_build(
    samples_home: Home, tmp_path: Path
):
    """Incremental equals full, and a second document within the minute shows up."""
    home = Home(tmp_path / "home")
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".pdf"))
    refresh(files[:5], home)
    first = _rows(home, "SELECT count(*) FROM marts.department_years")
    refresh(files[5:6], home)
    refresh(files[6:], home)
    assert first == [(5,)]
    assert _rows(home, "SELECT count(*) FROM marts.department_years") == [(14,)]
    for table in _tables(samples_home):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert _rows(home, query) == _rows(samples_home, query), table


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, list[tuple]]:
    """A home of a document, read twice, and its correction; and what was found before that."""
    folder, home = tmp_path_factory.mktemp("corrected"), Home(tmp_path_factory.mktemp("home"))
    original = folder / "archives-2024.txt"
    shutil.copy(SAMPLES / "archives-2024.txt", original)
    refresh([original], home)
    assert refresh([original], home).ingest.count("unchanged") == 1
    assert _rows(home, "SELECT count(*), min(version_number) FROM conformed.dim_disclosure") == [
        (1, 1)
    ]
    found = _rows(home, "SELECT lhs_cny, finding_id FROM marts.findings")
    text = original.read_text(encoding="utf-8")
    assert "\t4.20\t0.00\t3.52" in text
    text = text.replace("\t4.20\t0.00\t3.52", "\t3.90\t0.00\t3.52")
    (folder / "archives-2024-corrected.txt").write_text(text, encoding="utf-8")
    refresh([folder / "archives-2024-corrected.txt"], home)
    return home, found


def test_same_bytes_twice_change_nothing_but_a_correction_supersedes(corrected):
    home, found = corrected
    assert len(found) == 1
    assert _rows(home, "SELECT count(*) FROM marts.findings") == [(0,)], found
    assert _rows(
        home,
        "SELECT d.file_name, d.status, x.version_number, x.is_current"
        " FROM conformed.dim_disclosure AS x JOIN raw.documents AS d USING (document_id)"
        " ORDER BY x.version_number",
    ) == [
        ("archives-2024.txt", "superseded", 1, False),
        ("archives-2024-corrected.txt", "loaded", 2, True),
    ]
    (superseding,) = _rows(
        home,
        "SELECT supersedes_disclosure_id FROM conformed.dim_disclosure WHERE version_number = 2",
    )[0]
    assert superseding is not None
    # The old version stays in the long table, never in a fact.
    assert _rows(
        home,
        "SELECT count(DISTINCT document_id) FROM conformed.fct_stated_value",
    ) == [(2,)]
    assert _rows(home, "SELECT count(DISTINCT document_id) FROM conformed.fct_income") == [(1,)]


def test_rollback_and_status(corrected):
    home, _ = corrected
    *_, before, last = [build.path for build in builds(home.path)]
    assert current_build(home.path) == last
    run = CliRunner()
    assert run.invoke(main, ["rollback", "--home", str(home.path)]).exit_code == 0
    assert current_build(home.path) == before
    status = run.invoke(main, ["status", "--home", str(home.path)])
    assert status.exit_code == 0 and f"* {before.name}" in status.output


def test_a_broken_grain_keeps_the_last_build(corrected, monkeypatch: pytest.MonkeyPatch):
    """What the gate stops is not published, and the reader's file does not change."""
    home, _ = corrected
    before = current_build(home.path), builds(home.path)
    monkeypatch.setattr("juesuan.refresh.build", _double_a_disclosure)
    with pytest.raises(GateClosedError, match=r"marts\.department_years"):
        refresh([SAMPLES / "archives-2023.txt"], home)
    assert (current_build(home.path), builds(home.path)) == before


def _double_a_disclosure(home: Home, *_: object) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        (physical,) = connection.execute(
            "SELECT table_name FROM duckdb_tables()"
            " WHERE table_name LIKE 'marts__department_years__%'"
        ).fetchone()
        name = f'sqlmesh__marts."{physical}"'
        connection.execute(f"INSERT INTO {name} SELECT * FROM {name}")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Path]:
    """A home, refreshed by the command, and its inbox: good files, bad ones, one read badly."""
    folder, home = tmp_path_factory.mktemp("inbox"), Home(tmp_path_factory.mktemp("mixed"))
    shutil.copy(SAMPLES / "archives-2022.txt", folder)
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "truncated.pdf").write_bytes((SAMPLES / "water-bureau-2022.pdf").read_bytes()[:20000])
    (folder / "minutes.txt").write_text("会议纪要\n\n今天开会。\n", encoding="utf-8")
    shutil.copy(SAMPLES / "water-bureau-2024.pdf", folder / "renamed.txt")
    text = (SAMPLES / "archives-2023.txt").read_text(encoding="utf-8")
    (folder / "archives-2023.txt").write_text(
        text.replace("决算数", "某数").replace("基本支出", "某支出").replace("合计", "某计"),
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["refresh", str(folder), "--home", str(home.path)])
    assert result.exit_code == EXIT_SOME_REJECTED, result.output
    return home, folder


def test_bad_files_are_rejected_with_a_reason_and_harm_no_other(mixed):
    home, _ = mixed
    assert _rows(home, "SELECT file_name, status FROM raw.documents ORDER BY 1") == [
        ("archives-2022.txt", "loaded"),
        ("archives-2023.txt", "quarantined"),
        ("empty.pdf", "rejected"),
        ("minutes.txt", "rejected"),
        ("renamed.txt", "loaded"),
        ("truncated.pdf", "rejected"),
    ]
    reasons = _rows(home, "SELECT status_reason FROM raw.documents WHERE status = 'rejected'")
    assert len({reason for (reason,) in reasons}) == 3
    assert all(reason for (reason,) in reasons)


def test_a_document_read_too_badly_is_quarantined_alone(mixed):
    """Most labels of its forms are unknown: it is not published, the other documents are."""
    home, _ = mixed
    assert _rows(home, "SELECT fiscal_year FROM marts.department_years ORDER BY 1") == [
        (2022,),
        (2024,),
    ]
    assert _rows(home, "SELECT count(*) FROM conformed.unmapped_labels")[0][0] > 0
    assert _rows(
        home,
        "SELECT count(*) FROM raw.cells JOIN raw.documents USING (document_id)"
        " WHERE status = 'quarantined'",
    ) == [(0,)]


def test_a_document_assigned_by_manifest_moves_to_its_department(mixed):
    """The same bytes, reassigned: nothing is read again, but the models follow."""
    home, folder = mixed
    (folder / "manifest.csv").write_text(
        "file,department,year,kind,scope,source_url,published_on\n"
        "archives-2022.txt,示例市图书馆,,,,,\n",
        encoding="utf-8",
    )
    refresh([folder], home)
    names = _rows(
        home,
        "SELECT department_name_zh FROM marts.department_years WHERE fiscal_year = 2022",
    )
    assert names == [("示例市图书馆",)]


def test_commands_without_a_warehouse_say_what_to_do(tmp_path: Path):
    for command in ("build", "check", "publish", "status", "rollback", "dashboard"):
        result = CliRunner().invoke(main, [command, "--home", str(tmp_path / "none")])
        assert result.exit_code == EXIT_FAILED, command
        assert "juesuan" in result.output and "Traceback" not in result.output, command
