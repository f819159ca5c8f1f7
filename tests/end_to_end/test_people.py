"""No name or phone of a person leaves the private raw layer."""

from __future__ import annotations

import html
import re

import duckdb
import pytest

from juesuan.settings import Home

pytestmark = pytest.mark.slow


def _persons(home: Home) -> set[str]:
    """The names and phones in the person cells of the private raw, found at test time."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        texts = connection.execute(
            "SELECT DISTINCT cell_text FROM raw.cells WHERE is_personal AND cell_kind = 'value'"
            " AND regexp_matches(row_label || column_label, '负责人|姓名|电话')"
        ).fetchall()
    return {text for (text,) in texts if re.fullmatch(r"[一-龥]{2,4}|[0-9-]{7,}", text)}


def test_no_person_stands_in_any_published_table_or_parquet_file(real_home: Home):
    persons = _persons(real_home)
    assert len(persons) > 10
    pattern = "|".join(sorted(persons))
    with duckdb.connect(str(real_home.published.resolve()), read_only=True) as connection:
        columns = connection.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns()"
            " WHERE data_type = 'VARCHAR' AND NOT internal"
        ).fetchall()
        assert len(columns) > 100
        for schema, table, column in columns:
            found = connection.execute(
                f'SELECT count(*) FROM {schema}.{table} WHERE regexp_matches("{column}", ?)',
                [pattern],
            ).fetchone()
            assert found == (0,), f"{schema}.{table}.{column}"
    with duckdb.connect() as connection:
        files = sorted((real_home.path / "published" / "parquet").rglob("*.parquet"))
        assert len(files) > 20
        for file in files:
            found = connection.execute(
                "SELECT count(*) FROM read_parquet(?) AS t WHERE regexp_matches(t::VARCHAR, ?)",
                [str(file), pattern],
            ).fetchone()
            assert found == (0,), file.name


def test_no_person_stands_in_the_data_docs(real_home: Home):
    pattern = re.compile("|".join(sorted(_persons(real_home))))
    docs = real_home.published.parent / "current" / "data_docs"
    pages = sorted(docs.rglob("*.html"))
    assert pages
    for page in pages:
        assert not pattern.search(html.unescape(page.read_text(encoding="utf-8"))), page.name


def test_redacted_cells_say_so(real_home: Home):
    with duckdb.connect(str(real_home.published.resolve()), read_only=True) as connection:
        redacted, with_text = connection.execute(
            "SELECT count(*), count(cell_text) FROM raw.cells WHERE is_redacted"
        ).fetchone()
    assert redacted > 100
    assert with_text == 0
