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
# How the reason begins for which a document gives way to others of the same file.
_REGROUPED = "同一文件现在读作"


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


def find_file(connection: duckdb.DuckDBPyConnection, file_id: str) -> list[dict[str, Any]]:
    """Return the rows of raw.document_reads of the disclosures that a file is read as."""
    cursor = connection.execute(
        "SELECT reads.* FROM raw.document_reads AS reads JOIN raw.documents AS documents "
        "USING (document_id) WHERE documents.file_id = ? "
        "AND NOT starts_with(coalesce(documents.status_reason, ''), ?) "
        "ORDER BY documents.part_number",
        [file_id, _REGROUPED],
    )
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def load_document(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    document: dict[str, Any],
    note: str | None = None,
) -> tuple[int, int]:
    """Load one document of a bundle, in place of its older rows; returns cells and figures.

    ``document`` is its row of raw.document_reads, without what loading adds; ``note`` is kept with
    its status.
    """
    document_id = document["document_id"]
    with transaction(connection):
        for table in _ROW_TABLES:
            connection.execute(f"DELETE FROM raw.{table} WHERE document_id = ?", [document_id])
            connection.execute(
                f"INSERT INTO raw.{table} BY NAME "
                "SELECT * FROM read_parquet(?) WHERE document_id = ?",
                [str(folder / f"{table}.parquet"), document_id],
            )
        _replace_read(connection, document | {"read_status": "loaded"}, note)
        return count_rows(connection, document_id)


def regroup(
    connection: duckdb.DuckDBPyConnection, file_id: str, document_ids: list[str]
) -> list[dict[str, Any]]:
    """Let the documents that a file was read as before give way; returns their rows.

    ``document_ids`` are what it is read as now. What they superseded is released by
    :func:`release`, once the others are loaded.
    """
    past = [
        read for read in find_file(connection, file_id) if read["document_id"] not in document_ids
    ]
    count = len(document_ids)
    reason = f"{_REGROUPED} {count} 份公开 / The same file is now read as {count} disclosure(s)"
    with transaction(connection):
        for read in past:
            _record(connection, read["document_id"], "withdrawn", reason)
    return past


def release(connection: duckdb.DuckDBPyConnection, past: list[dict[str, Any]]) -> None:
    """Release what the given documents superseded, if nothing else does."""
    with transaction(connection):
        for read in past:
            _release_orphans(connection, _key(read))


def restate(
    connection: duckdb.DuckDBPyConnection, document_id: str, values: dict[str, Any]
) -> None:
    """Change what is known of a loaded document, and what it supersedes by that."""
    read = find_read(connection, document_id)
    _replace_read(connection, read | values)


def _replace_read(
    connection: duckdb.DuckDBPyConnection, read: dict[str, Any], note: str | None = None
) -> None:
    document_id = read["document_id"]
    known = find_read(connection, document_id)
    # A withdrawal is a decision of a person: reading the file again, in parts or as a whole, does
    # not undo it.
    withdrawn = _is_withdrawn(connection, document_id, read.get("file_id") or document_id)
    _write_read(connection, read)
    if not withdrawn:
        _record(connection, document_id, "loaded", note)
        _supersede(connection, read)
    elif not known:
        reason = "这个文件已被撤回 / What this file was read as before was withdrawn"
        _record(connection, document_id, "withdrawn", reason)
    if known and _key(known) != _key(read):
        _release_orphans(connection, _key(known))


def _is_withdrawn(connection: duckdb.DuckDBPyConnection, document_id: str, file_id: str) -> bool:
    """Whether a person withdrew a document, or, where it is new, any other of its file."""
    row = connection.execute(
        "WITH decided AS ("
        "SELECT document_id, arg_max(event, event_number) AS event "
        "FROM raw.document_events JOIN raw.document_reads AS reads USING (document_id) "
        "WHERE coalesce(reads.file_id, document_id) = $file_id "
        "AND NOT starts_with(coalesce(reason, ''), $regrouped) GROUP BY document_id) "
        "SELECT coalesce(bool_or(event = 'withdrawn') FILTER (document_id = $id), "
        "bool_or(event = 'withdrawn'), false) FROM decided",
        {"file_id": file_id, "id": document_id, "regrouped": _REGROUPED},
    ).fetchone()
    return row[0]


def count_rows(connection: duckdb.DuckDBPyConnection, document_id: str) -> tuple[int, int]:
    """Return how many cells and figures of a document are loaded."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM raw.cells WHERE document_id = $id AND reading_number = 1), "
        "(SELECT count(*) FROM raw.narrative_figures WHERE document_id = $id)",
        {"id": document_id},
    ).fetchone()
    return row[0], row[1]


def reject(connection: duckdb.DuckDBPyConnection, document: dict[str, Any], reason: str) -> None:
    """Record that a document was not read, and why; the same rejection is recorded once.

    ``document`` is as for :func:`load_document`.
    """
    document_id = document["document_id"]
    known = find_read(connection, document_id)
    said = (document["parser_version"], reason)
    if known and (known["parser_version"], known["read_reason"]) == said:
        return
    with transaction(connection):
        for table in _ROW_TABLES:
            connection.execute(f"DELETE FROM raw.{table} WHERE document_id = ?", [document_id])
        _write_read(connection, document | {"read_status": "rejected", "read_reason": reason})
        _record(connection, document_id, "rejected", reason)


def _write_read(connection: duckdb.DuckDBPyConnection, read: dict[str, Any]) -> None:
    read = read | {"ingested_at": datetime.now(UTC).replace(tzinfo=None)}
    names = list(read)
    connection.execute(
        f"INSERT OR REPLACE INTO raw.document_reads ({', '.join(names)}) "
        f"VALUES ({', '.join('?' for _ in names)})",
        [read[name] for name in names],
    )


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
    reading old files anew, or in other parts, does not make them newer. A file that holds what the
    newer one lacks (a form, the prose) is no older version of it: both stand, as parts of one
    disclosure.
    """
    key = _key(read)
    if not key:
        return
    files = connection.execute(
        "WITH first_loads AS ("
        "SELECT coalesce(reads.file_id, document_id) AS file_id, min(event_number) AS first_load "
        "FROM raw.document_events JOIN raw.document_reads AS reads USING (document_id) "
        "WHERE event = 'loaded' GROUP BY 1) "
        "SELECT document_id, file_name, published_on, first_load, part_number "
        "FROM raw.documents JOIN first_loads USING (file_id) "
        f"WHERE {_SAME_KEY} AND status IN ('loaded', 'quarantined') "
        "ORDER BY first_load, part_number",
        key,
    ).fetchall()
    ours = next(file for file in files if file[0] == read["document_id"])
    for theirs in files:
        if theirs is ours:
            continue
        older, newer = sorted((ours, theirs), key=lambda file: file[3:])
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
