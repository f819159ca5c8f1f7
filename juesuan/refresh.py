"""The way from files to a published build: ingest → build → check → publish."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.gate import GateReport, run_gate
from expectations.quarantine import documents_to_quarantine
from ingest import IngestReport, ingest_paths
from juesuan.build import Progress, build, require_warehouse
from juesuan.errors import GateClosedError, HomeBusyError
from juesuan.publish import publish
from juesuan.settings import Home

Step = Callable[[str], None]


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh did: the files, the gate's findings, and the folder of the new build."""

    ingest: IngestReport
    gate: GateReport
    quarantined: list[tuple[str, str]]
    build_folder: Path


def refresh(
    paths: Sequence[Path],
    home: Home,
    *,
    workers: int = 2,
    step: Step = lambda text: None,
    progress: Progress = lambda name, done, total: None,
) -> RefreshReport:
    """Ingest `paths`, rebuild what they touch, check it and publish it.

    `step` is told what begins; `progress` counts the files read and the models built. Raises the
    errors of each step; whatever fails, the published build stays as it was.
    """
    with only_one(home):
        step("读取文件 / reading the files")
        report = ingest_paths(paths, home.path, workers=workers, progress=progress)
        step("构建模型 / building the models")
        build(home, progress)
        step("核对勾稽关系 / checking the identities")
        gate, quarantined = check(home, progress)
        step("公布 / publishing")
        build_folder = publish_build(home, gate)
    return RefreshReport(report, gate, quarantined, build_folder)


def check(
    home: Home, progress: Progress = lambda name, done, total: None
) -> tuple[GateReport, list[tuple[str, str]]]:
    """Quarantine the documents read too badly, then hold the build against the gate.

    Returns the report, passed or not, and the (document_id, reason) newly quarantined.
    """
    require_warehouse(home)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        bad = documents_to_quarantine(connection)
    if bad:
        with duckdb.connect(str(home.warehouse)) as connection:
            connection.executemany(
                "INSERT INTO raw.document_events (document_id, event, reason, recorded_at)"
                " VALUES (?, 'quarantined', ?, now()::TIMESTAMP)",
                bad,
            )
        build(home, progress)
    return run_gate(home.warehouse, home.docs), bad


def publish_build(home: Home, gate: GateReport) -> Path:
    """Publish the build that `gate` judged; raises GateClosedError when it did not pass."""
    if not gate.passed:
        reasons = "\n  · ".join(failure.sentence for failure in gate.failures)
        raise GateClosedError(
            "没有通过发布前的检查，已公布的数据不变 / the build did not pass the gate, what is"
            f" published stays as it was:\n  · {reasons}\n详见 / see {gate.index_html}"
        )
    return publish(
        home.path,
        docs_dir=home.docs,
        build_info={"identities": gate.identity_counts, "findings": gate.findings},
    )


@contextmanager
def only_one(home: Home) -> Iterator[None]:
    """Keep a second command away from the same home; raises HomeBusyError."""
    home.path.mkdir(parents=True, exist_ok=True)
    with (home.path / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise HomeBusyError(
                f"另一个 juesuan 正在处理 {home.path.name}，请等它结束 / another juesuan is"
                f" working on {home.path.name}: wait for it to end"
            ) from error
        yield
