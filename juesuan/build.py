"""Builds the models with SQLMesh: everything the first time, then only the touched documents."""

from __future__ import annotations

import gc
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import duckdb

from juesuan.errors import BuildError
from juesuan.settings import PROJECT_ROOT, Home, silence_telemetry

REBUILT_BY_DOCUMENT = ("staging.*", "conformed.*", "marts.*")
# Made anew, with all that follows, for disclosures held against others that changed.
REBUILT_BY_RELATION = ("conformed.identity_evidence",)

# Told the name of what was just built, how many are done and how many there are.
Progress = Callable[[str, int, int], None]

# What the models say of a document depends on these: one that differs from the last build is
# touched.
_BUILT_COLUMNS = (
    "document_id, parser_version, status, department_name_zh, fiscal_year, document_kind,"
    " reporting_scope, source_url, published_on"
)
_RELATION_COLUMNS = "disclosure_id, relation, related_disclosure_id, years_before"


@dataclass(frozen=True)
class BuildReport:
    """What was built: ``is_full`` when models or seeds changed, else the touched documents."""

    is_full: bool
    touched_count: int


def build(home: Home, progress: Progress = lambda name, done, total: None) -> BuildReport:
    """Bring the models up to date with raw and return what was rebuilt.

    Touched are the documents whose reading, status or assignment differs from the last build,
    the other documents of the same department, on whose years they bear, and those held against
    any of them: the accounts of a department against its units', of a successor against its
    predecessor's. A changed model or seed rebuilds every document. `progress` counts the models
    built. Raises BuildError when a model or an audit fails; nothing is published then.
    """
    require_warehouse(home)
    touched_count, is_first = _mark_touched(home)
    with _context(home, progress) as context:
        plan = _plan(context)
        is_changed = plan.has_changes
        if is_changed and not is_first:
            touched_count = _mark_all_touched(home, context)
        if is_changed:
            context.apply(plan)
        if touched_count and not is_first:
            context.apply(_plan(context, restate_models=REBUILT_BY_DOCUMENT))
            related_count = 0 if is_changed else _mark_related(context)
            if related_count:
                context.apply(_plan(context, restate_models=REBUILT_BY_RELATION))
                touched_count += related_count
    _record_built(home)
    return BuildReport(is_changed, touched_count)


def require_warehouse(home: Home) -> None:
    """Raise BuildError when nothing was ingested into `home` yet."""
    if not home.warehouse.is_file():
        raise BuildError(
            f"{home.path.name} 里还没有读入文件，请先运行 juesuan ingest / nothing was"
            f" ingested into {home.path.name} yet: run juesuan ingest first"
        )


def _mark_touched(home: Home) -> tuple[int, bool]:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS raw.built_documents AS"
            f" SELECT {_BUILT_COLUMNS} FROM raw.documents WHERE false"
        )
        # What a document was built as counts too: a reassigned one also bears on the department
        # that it has left.
        connection.execute(
            f"""
            CREATE OR REPLACE TABLE raw.touched_documents AS
            WITH now_read AS (
                SELECT {_BUILT_COLUMNS} FROM raw.documents
            ), changed AS (
                SELECT * FROM (SELECT * FROM now_read EXCEPT SELECT * FROM raw.built_documents)
                UNION
                SELECT * FROM (SELECT * FROM raw.built_documents EXCEPT SELECT * FROM now_read)
            )
            SELECT document_id FROM changed
            UNION
            SELECT now_read.document_id FROM now_read JOIN changed USING (department_name_zh)
            """
        )
        touched = connection.execute("SELECT count(*) FROM raw.touched_documents").fetchone()[0]
        built = connection.execute("SELECT count(*) FROM raw.built_documents").fetchone()[0]
    return touched, built == 0


def _mark_all_touched(home: Home, context: Any) -> int:
    adapter = context.engine_adapter
    adapter.execute(
        "CREATE OR REPLACE TABLE raw.touched_documents AS SELECT document_id FROM raw.documents"
    )
    return adapter.fetchone("SELECT count(*) FROM raw.touched_documents")[0]


def _mark_related(context: Any) -> int:
    """Touch, in place of what was rebuilt, the other documents that are or were held against it."""
    adapter = context.engine_adapter
    adapter.execute(
        f"""
        CREATE OR REPLACE TABLE raw.touched_documents AS
        WITH now_related AS (
            SELECT {_RELATION_COLUMNS} FROM conformed.related_disclosures
        ), changed AS (
            SELECT * FROM (SELECT * FROM now_related EXCEPT SELECT * FROM raw.built_relations)
            UNION
            SELECT * FROM (SELECT * FROM raw.built_relations EXCEPT SELECT * FROM now_related)
            UNION
            SELECT * FROM now_related WHERE related_disclosure_id IN (
                SELECT disclosure_id FROM conformed.bridge_disclosure_document
                WHERE document_id IN (SELECT document_id FROM raw.touched_documents)
            )
        )
        SELECT DISTINCT document_id FROM conformed.bridge_disclosure_document
        WHERE disclosure_id IN (SELECT disclosure_id FROM changed)
            AND document_id NOT IN (SELECT document_id FROM raw.touched_documents)
        """
    )
    return adapter.fetchone("SELECT count(*) FROM raw.touched_documents")[0]


def _record_built(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            "CREATE OR REPLACE TABLE raw.built_documents AS"
            f" SELECT {_BUILT_COLUMNS} FROM raw.documents"
        )
        connection.execute(
            "CREATE OR REPLACE TABLE raw.built_relations AS"
            f" SELECT {_RELATION_COLUMNS} FROM conformed.related_disclosures"
        )


@contextmanager
def _context(home: Home, progress: Progress) -> Iterator[Any]:
    silence_telemetry()
    home.state.parent.mkdir(parents=True, exist_ok=True)
    os.environ["JUESUAN_WAREHOUSE"] = str(home.warehouse)
    os.environ["JUESUAN_STATE"] = str(home.state)
    # Its worker processes cost more than they read: the models come from its cache.
    os.environ.setdefault("MAX_FORK_WORKERS", "1")
    # Imported here because it takes more than a second and most commands never need it.
    from sqlmesh import Context
    from sqlmesh.core.config import DuckDBConnectionConfig
    from sqlmesh.core.console import NoopConsole, set_console
    from sqlmesh.core.loader import SqlMeshLoader
    from sqlmesh.core.state_sync import EngineAdapterStateSync
    from sqlmesh.utils.errors import SQLMeshError

    class BuildConsole(NoopConsole):
        """Counts the models built, and keeps which failed and why: the exception does not say."""

        failures: ClassVar[list[Exception]] = []

        def start_evaluation_progress(
            self, batched_intervals: dict[Any, Any], *_: Any, **__: Any
        ) -> None:
            self._done, self._total = 0, sum(map(len, batched_intervals.values()))

        def update_snapshot_evaluation_progress(self, snapshot: Any, *_: Any, **__: Any) -> None:
            self._done += 1
            progress(snapshot.model.view_name, self._done, self._total)

        def log_failed_models(self, errors: list[Exception]) -> None:
            self.failures.extend(errors)

    class LoaderWithoutTests(SqlMeshLoader):
        """Leaves the tests of the models unread: a build runs none of them."""

        def load_model_tests(self) -> list[Any]:
            return []

    console = BuildConsole()
    set_console(console)
    with (
        _rare_collections(),
        warnings.catch_warnings(),
        # Beside the models, SQLMesh would keep which table of a home each has, for all homes.
        TemporaryDirectory() as cache,
    ):
        # SQLMesh casts the columns of seeds in a way that pandas announces to forbid.
        warnings.simplefilter("ignore", FutureWarning)
        connection = DuckDBConnectionConfig(database=str(home.state))
        state = EngineAdapterStateSync(
            connection.create_engine_adapter(), schema="sqlmesh", cache_dir=Path(cache)
        )
        context = Context(paths=[str(PROJECT_ROOT)], loader=LoaderWithoutTests, state_sync=state)
        try:
            yield context
        except SQLMeshError as error:
            raise BuildError(_sentence([*console.failures, error])) from error
        finally:
            context.close()


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage less often: walking all syntax trees for it took a third of a build."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _plan(context: Any, **options: Any) -> Any:
    return context.plan_builder("prod", skip_tests=True, include_unmodified=True, **options).build()


def _sentence(errors: list[Exception]) -> str:
    reasons = []
    for error in errors:
        node = getattr(error, "node", None)
        cause = error.__cause__ or error
        reasons.append(f"{getattr(node, 'snapshot_name', node) or ''} {cause}".strip())
    said = re.sub(r"\s+", " ", "；".join(dict.fromkeys(reasons)))[:1500]
    return f"模型没有建成，已公布的数据不变：{said} / the models were not built"
