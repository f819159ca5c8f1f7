"""A department under its old name and its new one, from files to the published build."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
pytestmark = pytest.mark.slow


def _rows(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def _accounts(folder: Path, sample: str, name: str, years: dict[str, str]) -> Path:
    """Write a sample as the accounts of another department, in other years."""
    text = (SAMPLES / sample).read_text(encoding="utf-8").replace("示例市档案馆", name)
    for before, after in years.items():
        text = text.replace(f"{before}年", f"{after}年")
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_renamed_department_is_held_against_its_old_name(tmp_path: Path):
    """Also where the older accounts come last: the newer ones are evaluated anew."""
    before = _accounts(
        tmp_path, "archives-2022.txt", "示例市环境保护局", {"2021": "2017", "2022": "2018"}
    )
    after = _accounts(
        tmp_path, "archives-2023.txt", "示例市生态环境局", {"2022": "2018", "2023": "2019"}
    )
    home = Home(tmp_path / "home")
    across_years = (
        "SELECT count(*), count(*) FILTER (verdict IN ('exact', 'rounding'))"
        " FROM conformed.fct_identity_result JOIN conformed.dim_department USING (department_id)"
        " WHERE identity_id LIKE 'cross_year.%' AND name_zh = '示例市生态环境局'"
    )
    refresh([after], home)
    assert _rows(home, across_years) == [(0, 0)]
    refresh([before], home)
    ((compared, held),) = _rows(home, across_years)
    assert compared == held > 5
    assert _rows(home, "SELECT kind, effective_year FROM conformed.department_succession") == [
        ("rename", 2019)
    ]
    assert _rows(
        home,
        "SELECT department_name_zh, fiscal_year FROM marts.department_years ORDER BY fiscal_year",
    ) == [("示例市环境保护局", 2018), ("示例市生态环境局", 2019)]
    assert _rows(home, "SELECT count(*) FROM marts.findings WHERE severity <> 'info'") == [(0,)]
