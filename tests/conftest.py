"""Fixtures over real parts: homes built once per session."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home, silence_telemetry
from tests.needs import disclosure

ROOT = Path(__file__).resolve().parent.parent
silence_telemetry()


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with both real final accounts, published."""
    home = Home(tmp_path_factory.mktemp("real"))
    files = ["linzi-government-office-2020.txt", "putuo-social-work-2024.pdf"]
    refresh([disclosure(name) for name in files], home)
    return home


@pytest.fixture(scope="session")
def budgets_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the real departmental budgets, published."""
    home = Home(tmp_path_factory.mktemp("budgets"))
    names = ("jiangsu-cppcc-office-budget-2018", "jiangsu-cppcc-office-budget-2019")
    files = [f"{name}.pdf" for name in (*names, "putuo-wanli-street-budget-2025")]
    refresh([disclosure(name) for name in files], home)
    return home


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the shipped samples, published."""
    home = Home(tmp_path_factory.mktemp("samples"))
    refresh([ROOT / "samples"], home)
    return home
