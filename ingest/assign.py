"""What a person says of a document that does not say it itself: department, year, kind, scope."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ingest.errors import WarehouseError
from ingest.load import find_read, open_warehouse, restate, transaction


def assign(home: Path, document: str, values: dict[str, Any]) -> str:
    """Record what is known of a loaded document and return its file name.

    ``document`` is a file name (of a file with several disclosures, the name of one as status lists
    them), or a document id or the beginning of one; ``values`` maps
    department_name_zh, fiscal_year, document_kind or reporting_scope to its value. It holds over
    the manifest and outlives a newer parser. Raises WarehouseError when no document, or more than
    one, is meant.
    """
    connection = open_warehouse(home)
    try:
        document_id = _find(connection, document)
        now = datetime.now(UTC).replace(tzinfo=None)
        with transaction(connection):
            for name, value in values.items():
                connection.execute(
                    "INSERT INTO raw.document_assignments "
                    "(document_id, column_name, assigned_value, assigned_at) VALUES (?, ?, ?, ?)",
                    [document_id, name, str(value), now],
                )
            restate(connection, document_id, values)
        return find_read(connection, document_id)["file_name"]
    finally:
        connection.close()


def assigned_values(
    connection: duckdb.DuckDBPyConnection, document_id: str
) -> dict[str, str | int]:
    """Return the newest value assigned to each column of a document."""
    rows = connection.execute(
        "SELECT column_name, arg_max(assigned_value, assignment_number) "
        "FROM raw.document_assignments WHERE document_id = ? GROUP BY 1",
        [document_id],
    ).fetchall()
    return {name: int(value) if name == "fiscal_year" else value for name, value in rows}


def _find(connection: duckdb.DuckDBPyConnection, document: str) -> str:
    rows = connection.execute(
        "SELECT document_id, file_name FROM raw.documents "
        "WHERE status IN ('loaded', 'quarantined', 'superseded') "
        "AND (file_name = $name OR starts_with(document_id, $name))",
        {"name": document},
    ).fetchall()
    if len(rows) == 1:
        return rows[0][0]
    if not rows:
        _refuse_whole(connection, document)
        raise WarehouseError(
            f"仓库里没有文件“{document}”，请用 juesuan status 查看 / The warehouse has no document "
            f"'{document}': juesuan status lists those that wait to be assigned"
        )
    ids = "、".join(sorted(document_id[:12] for document_id, _ in rows))
    raise WarehouseError(
        f"有 {len(rows)} 个文件叫“{document}”，请改用文件编号：{ids} / {len(rows)} documents are "
        f"called '{document}': give a document id instead: {ids}"
    )


def _refuse_whole(connection: duckdb.DuckDBPyConnection, file_name: str) -> None:
    """Raise WarehouseError when a name is that of a file with several disclosures."""
    rows = connection.execute(
        "SELECT file_name FROM raw.documents WHERE starts_with(file_name, $name || '［') "
        "AND part_count > 1 AND status <> 'withdrawn' ORDER BY part_number",
        {"name": file_name},
    ).fetchall()
    if rows:
        names = "、".join(name for (name,) in rows)
        raise WarehouseError(
            f"“{file_name}”里有 {len(rows)} 份公开，请指明哪一份：{names} / '{file_name}' holds "
            f"{len(rows)} disclosures: name the one that is meant: {names}"
        )
