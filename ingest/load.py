"""Bundles into the private raw layer: one short DuckDB transaction per document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ingest.errors import WarehouseError

WAREHOUSE_NAME = "warehouse.duckdb"
CLAIM_COLUMNS = ("department_name_zh", "fiscal_year", "document_kind", "reporting_scope")
STATED_COLUMNS = (*CLAIM_COLUMNS, "source_url", "published_on")
_ROW_TABLES = (
    "tables",
    "cells",
    "cell_alternatives",
    "lines",
    "narrative_sentences",
    "narrative_figures",
)
_SCHEMA_SQL = Path(__file__).with_name("raw_schema.sql")


def open_warehouse(home: Path) -> duckdb.DuckDBPyConnection:
    """Open (or make) the warehouse and its raw schema; raises WarehouseError when it is in use."""
    home.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(home / WAREHOUSE_NAME))
    except duckdb.IOException as error:
        raise WarehouseError(
            "仓库文件正被另一个进程使用或已损坏，请稍后再试 / The warehouse file is in use by "
            f"another process or damaged: close what holds it and retry ({type(error).__name__})"
        ) from error
    connection.execute(_SCHEMA_SQL.read_text(encoding="utf-8"))
    return connection


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def find_read(connection: duckdb.DuckDBPyConnection, document_id: str) -> dict[str, Any] | None:
    """Return the row of raw.document_reads of a document, or None."""
    cursor = connection.execute(
        "SELECT * FROM raw.document_reads WHERE document_id = ?", [document_id]
    )
    row = cursor.fetchone()
    return dict(zip([d[0] for d in cursor.description], row, strict=True)) if row else None


def load_bundle(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    document_id: str,
    file_name: str,
    parser_version: str,
    stated: dict[str, Any],
) -> tuple[int, int]:
    """Load one bundle, in place of older rows of the same document; returns cells and figures.

    ``stated`` overrides what the document claims of itself.
    """
    with transaction(connection):
        cursor = connection.execute(
            "SELECT * FROM read_parquet(?)", [str(folder / "documents.parquet")]
        )
        names = [d[0] for d in cursor.description]
        read = dict(zip(names, cursor.fetchone(), strict=True)) | stated
        read |= {"file_name": file_name, "parser_version": parser_version, "read_status": "loaded"}
        for table in _ROW_TABLES:
            connection.execute(f"DELETE FROM raw.{table} WHERE document_id = ?", [document_id])
            connection.execute(
                f"INSERT INTO raw.{table} BY NAME SELECT * FROM read_parquet(?)",
                [str(folder / f"{table}.parquet")],
            )
        _replace_read(connection, read)
        return count_rows(connection, document_id)


def restate(
    connection: duckdb.DuckDBPyConnection, document_id: str, values: dict[str, Any]
) -> None:
    """Change what is known of a loaded document, and what it supersedes by that."""
    read = find_read(connection, document_id)
    _replace_read(connection, read | values)


def _replace_read(connection: duckdb.DuckDBPyConnection, read: dict[str, Any]) -> None:
    document_id = read["document_id"]
    before = _status(connection, document_id)
    known = find_read(connection, document_id)
    _write_read(connection, read)
    # A withdrawal is a decision of a person: reading the file again does not undo it.
    if before != "withdrawn":
        _record(connection, document_id, "loaded", None)
        _supersede(connection, read)
    if known and _key(known) != _key(read):
        _release_orphans(connection, _key(known))


def count_rows(connection: duckdb.DuckDBPyConnection, document_id: str) -> tuple[int, int]:
    """Return how many cells and figures of a document are loaded."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM raw.cells WHERE document_id = $id), "
        "(SELECT count(*) FROM raw.narrative_figures WHERE document_id = $id)",
        {"id": document_id},
    ).fetchone()
    return row[0], row[1]


def reject(
    connection: duckdb.DuckDBPyConnection,
    document_id: str,
    file_name: str,
    byte_count: int,
    parser_version: str,
    reason: str,
) -> None:
    """Record that a file was not read, and why; the same rejection is recorded once."""
    known = find_read(connection, document_id)
    if known and (known["parser_version"], known["read_reason"]) == (parser_version, reason):
        return
    with transaction(connection):
        for table in _ROW_TABLES:
            connection.execute(f"DELETE FROM raw.{table} WHERE document_id = ?", [document_id])
        _write_read(
            connection,
            {
                "document_id": document_id,
                "file_name": file_name,
                "byte_count": byte_count,
                "parser_version": parser_version,
                "read_status": "rejected",
                "read_reason": reason,
            },
        )
        _record(connection, document_id, "rejected", reason)


def _write_read(connection: duckdb.DuckDBPyConnection, read: dict[str, Any]) -> None:
    read = read | {"ingested_at": datetime.now(UTC).replace(tzinfo=None)}
    names = list(read)
    connection.execute(
        f"INSERT OR REPLACE INTO raw.document_reads ({', '.join(names)}) "
        f"VALUES ({', '.join('?' for _ in names)})",
        [read[name] for name in names],
    )


def _status(connection: duckdb.DuckDBPyConnection, document_id: str) -> str | None:
    row = connection.execute(
        "SELECT status FROM raw.documents WHERE document_id = ?", [document_id]
    ).fetchone()
    return row[0] if row else None


def _record(
    connection: duckdb.DuckDBPyConnection, document_id: str, event: str, reason: str | None
) -> None:
    connection.execute(
        "INSERT INTO raw.document_events (document_id, event, reason, recorded_at) "
        "VALUES (?, ?, ?, ?)",
        [document_id, event, reason, datetime.now(UTC).replace(tzinfo=None)],
    )


def _key(read: dict[str, Any] | None) -> list[Any] | None:
    """Return what two files must share to be versions of one disclosure, None if not all known."""
    key = [read.get(name) for name in CLAIM_COLUMNS] if read else [None]
    return None if None in key else key


_SAME_KEY = " AND ".join(f"{name} = ?" for name in CLAIM_COLUMNS)


def _supersede(connection: duckdb.DuckDBPyConnection, read: dict[str, Any]) -> None:
    """Let the newest of the files of one department, year, kind and scope stand.

    Newer is what was published later, or, where a date is missing, what was loaded later at first:
    reading old files anew does not make them newer. A file that holds what the newer one lacks (a
    form, the prose) is no older version of it: both stand, as parts of one disclosure.
    """
    key = _key(read)
    if not key:
        return
    files = connection.execute(
        "SELECT document_id, file_name, published_on, min(event_number) AS first_loaded "
        "FROM raw.documents JOIN raw.document_events USING (document_id) "
        f"WHERE {_SAME_KEY} AND event = 'loaded' AND status IN ('loaded', 'quarantined') "
        "GROUP BY ALL ORDER BY first_loaded",
        key,
    ).fetchall()
    ours = next(file for file in files if file[0] == read["document_id"])
    for theirs in files:
        if theirs is ours:
            continue
        older, newer = sorted((ours, theirs), key=lambda file: file[3])
        if ours[2] and theirs[2] and ours[2] != theirs[2]:
            older, newer = sorted((ours, theirs), key=lambda file: file[2])
        if _parts(connection, older[0]) <= _parts(connection, newer[0]):
            reason = f"已被更新的文件“{newer[1]}”取代 / Superseded by the newer file '{newer[1]}'"
            _record(connection, older[0], "superseded", reason)


def _parts(connection: duckdb.DuckDBPyConnection, document_id: str) -> set[str]:
    """Return what a file holds: the titles of its forms, and 情况说明 if its prose has figures.

    Files of self-evaluations hold the same form for other projects: there the project counts too.
    """
    rows = connection.execute(
        "SELECT CASE WHEN document_kind = 'self_evaluation' "
        "THEN concat_ws('|', form_title, project_zh) ELSE form_title END "
        "FROM raw.tables JOIN raw.documents USING (document_id) "
        "WHERE document_id = $id AND form_title <> '' "
        "UNION SELECT '情况说明' FROM raw.narrative_figures WHERE document_id = $id "
        "AND unit_text IS NOT NULL",
        {"id": document_id},
    ).fetchall()
    return {part for (part,) in rows}


def _release_orphans(connection: duckdb.DuckDBPyConnection, key: list[Any] | None) -> None:
    """Release the newest superseded file of a key that no file holds any more."""
    if not key:
        return
    rows = connection.execute(
        "SELECT document_id, status FROM raw.documents JOIN raw.document_events "
        f"USING (document_id) WHERE {_SAME_KEY} GROUP BY document_id, status, published_on "
        "ORDER BY published_on NULLS FIRST, min(event_number)",
        key,
    ).fetchall()
    superseded = [document_id for document_id, status in rows if status == "superseded"]
    if superseded and not any(status in ("loaded", "quarantined") for _, status in rows):
        reason = "取代它的文件已归入其他部门或年度 / The file that superseded it was reassigned"
        _record(connection, superseded[-1], "released", reason)
