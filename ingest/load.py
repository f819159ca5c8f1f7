"""Bundles into the private raw layer: one short DuckDB transaction per document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from ingest.errors import WarehouseError

WAREHOUSE_NAME = "warehouse.duckdb"
CLAIM_COLUMNS = ("department_name_zh", "fiscal_year", "document_kind", "reporting_scope")
STATED_COLUMNS = (*CLAIM_COLUMNS, "source_url", "published_on")
_ROW_TABLES = ("tables", "cells", "lines", "narrative_figures")
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
        before = _status(connection, document_id)
        _write_read(connection, read)
        # A withdrawal is a decision of a person: reading the file again does not undo it.
        if before != "withdrawn":
            _record(connection, document_id, "loaded", None)
            _supersede(connection, read)
        return tuple(
            connection.execute(
                f"SELECT count(*) FROM raw.{table} WHERE document_id = ?", [document_id]
            ).fetchone()[0]
            for table in ("cells", "narrative_figures")
        )


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


def _supersede(connection: duckdb.DuckDBPyConnection, read: dict[str, Any]) -> None:
    """Let the newer of two files of the same department, year, kind and scope stand."""
    key = [read.get(name) for name in CLAIM_COLUMNS]
    if None in key:
        return
    rivals = connection.execute(
        "SELECT document_id, file_name, published_on FROM raw.documents "
        f"WHERE {' AND '.join(f'{name} = ?' for name in CLAIM_COLUMNS)} "
        "AND document_id <> ? AND status IN ('loaded', 'quarantined')",
        [*key, read["document_id"]],
    ).fetchall()
    ours: date | None = read.get("published_on")
    for document_id, file_name, published_on in rivals:
        if ours and published_on and published_on > ours:
            older, newer_name = read["document_id"], file_name
        else:
            older, newer_name = document_id, read["file_name"]
        _record(
            connection,
            older,
            "superseded",
            f"已被更新的文件“{newer_name}”取代 / Superseded by the newer file '{newer_name}'",
        )
