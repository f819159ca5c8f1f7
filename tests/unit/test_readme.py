"""The README's promises: its queries run on the samples, its reference pages are current."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from juesuan.reference_docs import commands_page, dictionary_page
from juesuan.settings import Home

ROOT = Path(__file__).resolve().parents[2]
QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES)
def test_readme_queries_return_rows(samples_home: Home, query: str):
    with duckdb.connect(str(samples_home.published), read_only=True) as connection:
        assert connection.execute(query).fetchall()


def test_readme_has_queries():
    assert len(QUERIES) >= 6


def test_command_reference_is_current():
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == commands_page()


@pytest.mark.slow
def test_data_dictionary_is_current(samples_home: Home):
    page = dictionary_page(samples_home.published)
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == page


@pytest.mark.slow
def test_every_column_of_conformed_and_marts_has_a_comment(samples_home: Home):
    with duckdb.connect(str(samples_home.published), read_only=True) as connection:
        bare = connection.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns()"
            " WHERE schema_name IN ('conformed', 'marts') AND comment IS NULL"
        ).fetchall()
    assert bare == []
