"""Homes built before and after the models changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from ingest import ingest_paths
from juesuan.build import build
from juesuan.settings import PROJECT_ROOT, Home

pytestmark = pytest.mark.slow

SAMPLES = PROJECT_ROOT / "samples"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the models, whose builds the test may change."""
    copy = tmp_path / "project"
    copy.mkdir()
    for name in ("config.yaml", "external_models.yaml"):
        shutil.copy(PROJECT_ROOT / name, copy)
    for name in ("materializations", "models", "seeds"):
        shutil.copytree(PROJECT_ROOT / name, copy / name)
    monkeypatch.setattr("juesuan.build.PROJECT_ROOT", copy)
    return copy


def test_a_home_takes_changed_models_though_another_was_built_with_them_first(
    project: Path, tmp_path: Path
):
    """What SQLMesh keeps of the models of one home must not be taken for those of another."""
    older, newer = Home(tmp_path / "older"), Home(tmp_path / "newer")
    ingest_paths([SAMPLES / "archives-2022.txt"], older.path)
    build(older)

    # A further column leaves the tables as they are that follow from it.
    model = project / "models" / "conformed" / "derailed_forms.sql"
    text = model.read_text(encoding="utf-8")
    column = "COUNT(DISTINCT results.scope_line_code)::INT AS broken_line_count"
    assert column in text
    model.write_text(text.replace(column, f"{column}, 1::INT AS further"), encoding="utf-8")

    ingest_paths([SAMPLES / "archives-2022.txt"], newer.path)
    build(newer)
    ingest_paths([SAMPLES / "archives-2023.txt"], older.path)
    assert build(older).is_full
    with duckdb.connect(str(older.warehouse), read_only=True) as connection:
        years = connection.execute(
            "SELECT fiscal_year FROM marts.department_years ORDER BY fiscal_year"
        ).fetchall()
        assert years == [(2022,), (2023,)]
        assert connection.execute("SELECT further FROM conformed.derailed_forms").fetchall() == []
