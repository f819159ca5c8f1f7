"""The gate of the whole build: runs its suites over the private warehouse, writes Data Docs.

Three suites over one read-only file: `identities` and `wordings` (findings: they stop nothing) and
`gate` (it stops the publication). A check that raised stops the publication in any of them: a crash
is no verdict.
"""

from __future__ import annotations

import io
import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations import data_docs
from expectations.checks import (
    IDENTITY_RESULTS,
    WORDING_RESULTS,
    Check,
    gate_checks,
    identity_checks,
    read_identities,
    read_wordings,
    wording_checks,
)
from expectations.errors import GateError
from expectations.suites import CheckResult, build_suite, one_line, read_results


@dataclass(frozen=True)
class GateFailure:
    """One reason why nothing is published: the check, and a sentence a person can act on."""

    check_id: str
    sentence: str


@dataclass(frozen=True)
class GateReport:
    """What the gate found. `passed` is False exactly when there are failures.

    `identity_counts` counts `conformed.fct_identity_result` by verdict, `findings` counts
    `marts.findings` by severity, `index_html` is the first page of the Data Docs.
    """

    passed: bool
    failures: list[GateFailure]
    identity_counts: dict[str, int]
    findings: dict[str, int]
    index_html: Path


def run_gate(warehouse: Path, docs_dir: Path) -> GateReport:
    """Run the suites over the DuckDB file and write Data Docs into `docs_dir`.

    Needs the file to itself only against writers: it is opened read-only and closed again.
    Raises GateError when the warehouse or its catalogue cannot be read.
    """
    identities, wordings, counts, findings = _read_warehouse(warehouse)
    suites = {
        "identities": identity_checks(identities),
        "wordings": wording_checks(wordings),
        "gate": gate_checks(),
    }
    with _quiet(), tempfile.TemporaryDirectory(prefix="juesuan-gate-") as folder:
        results, errors = _run_suites(warehouse, suites, Path(folder))
        failures = _failures(results, errors)
        summary = data_docs.Summary(
            failures=[failure.sentence for failure in failures],
            identity_counts=counts,
            findings=findings,
            results=results,
        )
        index_html = data_docs.write_site(Path(folder), docs_dir, summary)
    return GateReport(not failures, failures, counts, findings, index_html)


def _read_warehouse(warehouse: Path) -> tuple[list, list, dict[str, int], dict[str, int]]:
    """The identities, the checks of wordings, and the counts of results and findings.

    Results are counted by verdict, findings by severity. A relation of the counts that is
    missing counts nothing here: its grain check reports it.
    """
    if not warehouse.is_file():
        raise GateError(
            f"找不到待检查的仓库 {warehouse.name}，请先构建 / there is no warehouse"
            f" {warehouse.name} to check: run the build first"
        )
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return (
                read_identities(connection),
                read_wordings(connection),
                _counts(connection, IDENTITY_RESULTS, "verdict"),
                _counts(connection, "marts.findings", "severity"),
            )
    except duckdb.Error as error:
        raise GateError(
            f"读不出 {warehouse.name} 的勾稽目录，检查没有进行 / the catalogue in"
            f" {warehouse.name} cannot be read, so nothing was checked: {one_line(str(error))}"
        ) from error


def _counts(connection: duckdb.DuckDBPyConnection, relation: str, column: str) -> dict[str, int]:
    try:
        rows = connection.execute(
            f"SELECT coalesce({column}, 'unknown'), count(*) FROM {relation} GROUP BY 1 ORDER BY 1"
        ).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        return {}
    return dict(rows)


def _run_suites(
    warehouse: Path, suites: dict[str, list[Check]], site_folder: Path
) -> tuple[dict[str, list[CheckResult]], list[GateFailure]]:
    """The results by suite, and a failure for each suite that could not be run at all."""
    import great_expectations as gx

    from expectations.datasource import open_datasource

    context = gx.get_context(mode="ephemeral", project_config=data_docs.context_config(site_folder))
    datasource = open_datasource(context, warehouse)
    batches = {
        "identities": f"SELECT * FROM {IDENTITY_RESULTS}",
        "wordings": f"SELECT * FROM {WORDING_RESULTS}",
        "gate": "SELECT 1 AS build",
    }
    results: dict[str, list[CheckResult]] = {}
    errors = []
    try:
        for name, checks in suites.items():
            if not checks:
                continue
            try:
                asset = datasource.add_query_asset(name, query=batches[name])
                results[name] = read_results(checks, _validate(context, asset, name, checks))
            except Exception as error:
                sentence = f"检查“{name}”没有跑完 / the suite {name} could not be run: "
                errors.append(GateFailure(name, sentence + one_line(str(error))))
        context.build_data_docs()
    finally:
        datasource.close()
    return results, errors


def _validate(context: Any, asset: Any, name: str, checks: list[Check]) -> Any:
    import great_expectations as gx
    from great_expectations.core.run_identifier import RunIdentifier

    suite = context.suites.add(build_suite(name, checks))
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(
            name=name, data=asset.add_batch_definition_whole_table("all"), suite=suite
        )
    )
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name=name,
            validation_definitions=[definition],
            result_format={"result_format": "COMPLETE"},
        )
    )
    outcome = checkpoint.run(run_id=RunIdentifier(run_name="juesuan"))
    return next(iter(outcome.run_results.values()))


def _failures(
    results: dict[str, list[CheckResult]], errors: list[GateFailure]
) -> list[GateFailure]:
    failures = list(errors)
    for suite, suite_results in results.items():
        for result in suite_results:
            check = result.check
            if result.exception is not None:
                sentence = (
                    f"检查“{check.title}”本身出错，不能算通过 / the check {check.check_id} raised,"
                    f" which is no pass: {result.exception}"
                )
                failures.append(GateFailure(check.check_id, sentence))
            elif suite == "gate" and result.row_count:
                example = f"（{result.row_count} 处，例如 {result.example}）"
                failures.append(GateFailure(check.check_id, check.sentence + example))
    return failures


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the log, the warnings and what GX prints about queries without {batch}."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with (
            warnings.catch_warnings(),
            redirect_stdout(io.StringIO()),
            redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
