"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from sqlglot import exp
from sqlmesh.core.dialect import parse

ROOT = Path(__file__).resolve().parent.parent
MODELS = sorted((ROOT / "models").rglob("*.sql"))
MODULES = sorted(
    path
    for folder in ("juesuan", "ingest", "expectations", "materializations")
    for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_path_is_name(path: Path):
    name = re.search(r"name (\w+\.\w+)", path.read_text(encoding="utf-8")).group(1)
    assert name == f"{path.parent.name}.{path.stem}"


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_model_says_what_a_row_is_and_has_grain_and_audits(path: Path):
    text = path.read_text(encoding="utf-8")
    comment = text[: text.index("MODEL (")]
    assert re.search(r"One\s+row\s+per", comment)
    assert "grain" in text and "audits" in text


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_outer_joins_are_on_equal_values(path: Path):
    """DuckDB compares every row with every row for any other condition, once tables are large.

    What is asked of the joined rows alone does no harm, nor does a seed: it is small.
    """
    *_, query = parse(path.read_text(encoding="utf-8"), default_dialect="duckdb")
    for join in query.find_all(exp.Join):
        condition = join.args.get("on")
        if not (join.side and condition) or join.this.args.get("db") == exp.to_identifier(
            "reference"
        ):
            continue
        joined = {join.this.alias_or_name}
        for part in condition.flatten() if isinstance(condition, exp.And) else [condition]:
            sides = [
                {column.table for column in side.find_all(exp.Column)}
                for side in part.args.values()
                if isinstance(side, exp.Expr)
            ]
            is_equality = (
                isinstance(part, exp.EQ | exp.NullSafeEQ)
                and joined in sides
                and sides[0] != sides[1]
            )
            assert is_equality or set().union(*sides) == joined, part.sql("duckdb")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows_point_one_way(path: Path):
    """juesuan → ingest, expectations; neither of those knows the other or the command."""
    forbidden = {
        "ingest": {"juesuan", "expectations"},
        "expectations": {"juesuan", "ingest"},
        "materializations": {"juesuan", "ingest", "expectations"},
        "juesuan": set(),
    }[path.relative_to(ROOT).parts[0]]
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.split(".")[0])
    assert not imported & forbidden


def test_tracked_files_name_no_machine_path_and_no_loose_ends():
    pattern = r"/(root|home|work)/[a-z]|TODO|FIXME|pytest\.mark\.(skip|xfail)"
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", ".", ":!*.lock", ":!tests/test_conventions.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


def test_every_folder_of_models_is_a_layer():
    folders = {path.name for path in (ROOT / "models").iterdir() if path.is_dir()}
    assert folders == {"staging", "conformed", "marts", "reference"}
