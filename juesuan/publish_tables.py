"""Copies the private warehouse into the published file: plain tables, redacted, with comments.

The private conformed and marts are SQLMesh views that name their own catalog, so the private file
is attached under the name of its file, as SQLMesh opened it, and copied by CREATE TABLE AS.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.normalise import normalise
from juesuan.errors import PublishError

# The raw relations the contract publishes; the event log and the other bookkeeping stay private.
RAW_RELATIONS = (
    "documents",
    "tables",
    "cells",
    "lines",
    "narrative_sentences",
    "narrative_figures",
)
SCHEMAS = ("raw", "reference", "conformed", "marts")

_TARGET = "juesuan_build"
_REDACTED_COMMENT = "是否因含个人信息而不公开文字（姓名、电话）"

_PUBLIC_DOCUMENTS = (
    "SELECT document_id FROM raw.documents WHERE status NOT IN ('quarantined', 'withdrawn')"
)

# An unknown mark counts as personal.
_PERSONAL = "(r.is_personal IS DISTINCT FROM false)"

# The personal texts of each table and of each document, spelt as ingest spells labels. CASE keeps
# the Python function away from all other rows. Texts of one character are left out: they would be
# found inside almost any label.
_PERSONAL_CELLS = f"""
    personal_cells AS (
        SELECT document_id, table_number, list(DISTINCT text) AS texts
        FROM (
            SELECT r.*, CASE WHEN {_PERSONAL} THEN comparable(r.cell_text) END AS text
            FROM raw.cells AS r
        )
        WHERE length(text) > 1
        GROUP BY document_id, table_number
    )
"""
_PERSONAL_LINES = f"""
    personal_lines AS (
        SELECT document_id, list(DISTINCT text) AS texts
        FROM (
            SELECT r.*, CASE WHEN {_PERSONAL} THEN comparable(r.line_text) END AS text
            FROM raw.lines AS r
        )
        WHERE length(text) > 1
        GROUP BY document_id
    )
"""


@dataclass(frozen=True)
class PublishedTable:
    """One table of a build: its schema, name and number of rows."""

    schema: str
    name: str
    row_count: int


def copy_warehouse(private: Path, build_folder: Path) -> list[PublishedTable]:
    """Write `juesuan.duckdb` and `parquet/<schema>/<table>/data.parquet` into `build_folder`.

    Opens the private file read-only. Raises PublishError when it holds no raw.documents and
    duckdb.Error when it cannot be read.
    """
    # Spilling goes into the build folder: the working directory of the user is not ours.
    scratch = build_folder / ".scratch"
    with duckdb.connect(":memory:", config={"temp_directory": str(scratch)}) as connection:
        connection.create_function("comparable", normalise, ["VARCHAR"], "VARCHAR")
        catalog = _identifier(private.stem)
        connection.execute(f"ATTACH {_literal(private)} AS {catalog} (READ_ONLY)")
        connection.execute(f"ATTACH {_literal(build_folder / 'juesuan.duckdb')} AS {_TARGET}")
        connection.execute(f"USE {catalog}")
        relations = _relations(connection, private.stem)
        if ("raw", "documents") not in relations:
            raise PublishError(
                f"{private.name} 里没有 raw.documents，请先载入文件 / {private.name} holds no"
                " raw.documents: ingest documents first"
            )
        for schema in SCHEMAS:
            connection.execute(f"CREATE SCHEMA {_TARGET}.{schema}")
        tables = [_copy_relation(connection, private.stem, *relation) for relation in relations]
        connection.execute(f"CHECKPOINT {_TARGET}")
        for table in tables:
            _export_parquet(connection, table, build_folder)
        connection.execute("USE memory")
        connection.execute(f"DETACH {_TARGET}")
    return tables


def _relations(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[tuple[str, str]]:
    """The (schema, name) of every table and view to publish, in a fixed order."""
    rows = connection.execute(
        """
        SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $catalog
        UNION ALL
        SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = $catalog
        ORDER BY ALL
        """,
        {"catalog": catalog},
    ).fetchall()
    return [
        (schema, name)
        for schema, name in rows
        if schema in SCHEMAS and (schema != "raw" or name in RAW_RELATIONS)
    ]


def _copy_relation(
    connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, name: str
) -> PublishedTable:
    relation = f"{schema}.{_identifier(name)}"
    query = _raw_query(name) if schema == "raw" else f"SELECT * FROM {relation}"
    connection.execute(f"CREATE TABLE {_TARGET}.{relation} AS {query}")
    _copy_comments(connection, catalog, schema, name)
    [row_count] = connection.execute(f"SELECT count(*) FROM {_TARGET}.{relation}").fetchone()
    return PublishedTable(schema, name, row_count)


def _raw_query(name: str) -> str:
    """The query that redacts one raw relation and leaves out documents that may not be read.

    What `is_personal` marks loses its text; labels, captions and notes that repeat such a text
    are lost as well.
    """
    return {
        "documents": "SELECT * FROM raw.documents",
        "tables": _tables_query(),
        "cells": _cells_query(),
        "lines": _prose_query("lines", "line_text"),
        "narrative_sentences": _prose_query("narrative_sentences", "sentence"),
        "narrative_figures": _prose_query("narrative_figures", "sentence", "figure_text"),
    }[name]


def _tables_query() -> str:
    def redacted(column: str) -> str:
        texts = "list_concat(coalesce(c.texts, []), coalesce(l.texts, []))"
        repeats = f"list_bool_or([contains(comparable(r.{column}), t) FOR t IN {texts}])"
        return f"CASE WHEN coalesce({repeats}, false) THEN NULL ELSE r.{column} END AS {column}"

    return f"""
        WITH {_PERSONAL_CELLS}, {_PERSONAL_LINES}
        SELECT r.* REPLACE ({redacted("caption")}, {redacted("notes")})
        FROM raw.tables AS r
        LEFT JOIN personal_cells AS c USING (document_id, table_number)
        LEFT JOIN personal_lines AS l USING (document_id)
        WHERE r.document_id IN ({_PUBLIC_DOCUMENTS})
    """


def _cells_query() -> str:
    def redacted(column: str) -> str:
        # A header path repeats a text in one of its parts.
        equal = f"list_has_any(string_split(r.{column}, '/') || [r.{column}], c.texts)"
        inside = f"list_bool_or([contains(r.{column}, t) FOR t IN c.texts])"
        repeats = f"{equal} OR ({_PERSONAL} AND {inside})"
        return f"CASE WHEN coalesce({repeats}, false) THEN NULL ELSE r.{column} END AS {column}"

    labels = ("block_label", "row_code", "row_label", "column_label")
    return f"""
        WITH {_PERSONAL_CELLS}
        SELECT r.* EXCLUDE (is_personal)
            REPLACE ({_blanked("cell_text")}, {", ".join(map(redacted, labels))}),
            {_PERSONAL} AS is_redacted
        FROM raw.cells AS r
        LEFT JOIN personal_cells AS c USING (document_id, table_number)
        WHERE r.document_id IN ({_PUBLIC_DOCUMENTS})
    """


def _prose_query(name: str, *columns: str) -> str:
    return f"""
        SELECT r.* EXCLUDE (is_personal) REPLACE ({", ".join(map(_blanked, columns))}),
            {_PERSONAL} AS is_redacted
        FROM raw.{name} AS r
        WHERE r.document_id IN ({_PUBLIC_DOCUMENTS})
    """


def _blanked(column: str) -> str:
    return f"CASE WHEN {_PERSONAL} THEN NULL ELSE r.{column} END AS {column}"


def _copy_comments(
    connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, name: str
) -> None:
    """Carry the comments on the relation and its columns over to the published table."""
    target = f"{_TARGET}.{schema}.{_identifier(name)}"
    parameters = {"catalog": catalog, "schema": schema, "name": name}
    [comment] = connection.execute(
        """
        SELECT comment FROM duckdb_tables()
        WHERE database_name = $catalog AND schema_name = $schema AND table_name = $name
        UNION ALL
        SELECT comment FROM duckdb_views()
        WHERE database_name = $catalog AND schema_name = $schema AND view_name = $name
        """,
        parameters,
    ).fetchone()
    if comment:
        connection.execute(f"COMMENT ON TABLE {target} IS {_literal(comment)}")
    columns = connection.execute(
        """
        SELECT column_name, comment FROM duckdb_columns()
        WHERE database_name = $catalog AND schema_name = $schema AND table_name = $name
            AND column_name <> 'is_personal'
        """,
        parameters,
    ).fetchall()
    if schema == "raw" and name not in ("documents", "tables"):
        columns.append(("is_redacted", _REDACTED_COMMENT))
    for column, text in columns:
        if text:
            connection.execute(
                f"COMMENT ON COLUMN {target}.{_identifier(column)} IS {_literal(text)}"
            )


def _export_parquet(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, build_folder: Path
) -> None:
    folder = build_folder / "parquet" / table.schema / table.name
    folder.mkdir(parents=True)
    connection.execute(
        f"COPY {_TARGET}.{table.schema}.{_identifier(table.name)}"
        f" TO {_literal(folder / 'data.parquet')} (FORMAT parquet, COMPRESSION zstd)"
    )


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
