"""Writes the reference in docs/: the commands from their help, the columns from their comments.

`python -m juesuan.reference_docs PUBLISHED_FILE docs` writes both; a test compares them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import duckdb

from juesuan.cli import main as command

SCHEMAS = ("marts", "conformed", "raw", "reference")


def commands_page() -> str:
    """Return docs/commands.md: the help of every command."""
    parts = ["# Commands\n", "Written from `juesuan --help`; do not edit.\n"]
    group = click.Context(command, info_name="juesuan")
    parts.append(f"```\n{_help(command, group)}\n```\n")
    for name in sorted(command.commands):
        context = click.Context(command.commands[name], info_name=name, parent=group)
        parts.append(f"## juesuan {name}\n\n```\n{_help(command.commands[name], context)}\n```\n")
    return "\n".join(parts)


def dictionary_page(published: Path) -> str:
    """Return docs/data-dictionary.md: relations and columns of a published file."""
    parts = ["# 数据字典 Data dictionary\n", "由仓库里的注释生成 / written from the comments.\n"]
    with duckdb.connect(str(published), read_only=True) as connection:
        for schema in SCHEMAS:
            parts.append(f"## {schema}\n")
            relations = connection.execute(
                "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = ? ORDER BY 1",
                [schema],
            ).fetchall()
            for relation, comment in relations:
                parts.append(f"### {schema}.{relation}\n")
                if comment:
                    parts.append(" ".join(comment.split()) + "\n")
                parts.append(_columns_table(connection, schema, relation))
    return "\n".join(parts)


def _columns_table(connection: duckdb.DuckDBPyConnection, schema: str, relation: str) -> str:
    columns = connection.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns()"
        " WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
        [schema, relation],
    ).fetchall()
    rows = [f"| `{name}` | {kind} | {comment} |" for name, kind, comment in columns]
    return "\n".join(["| column | type | 说明 |", "|---|---|---|", *rows, ""])


def _help(item: click.Command, context: click.Context) -> str:
    context.terminal_width = 90
    return item.get_help(context)


def write(published: Path, folder: Path) -> None:
    """Write both pages into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "commands.md").write_text(commands_page(), encoding="utf-8")
    (folder / "data-dictionary.md").write_text(dictionary_page(published), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
