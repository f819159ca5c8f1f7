"""Fixtures over real parts: homes built once per run."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home, silence_telemetry
from tests.needs import disclosure

ROOT = Path(__file__).resolve().parent.parent
silence_telemetry()

SharedHome = Callable[[str, Sequence[Path]], Home]


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> SharedHome:
    """Returns a published home by name; of the test processes the first to need it builds it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # The folder above is common to all test processes of the run.
        folder = folder.parent

    def publish(name: str, files: Sequence[Path]) -> Home:
        home = Home(folder / name)
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not home.published.exists():
                refresh(files, home)
        return home

    return publish


@pytest.fixture(scope="session")
def real_home(shared_home: SharedHome) -> Home:
    """A home with both real final accounts, published."""
    names = ["linzi-government-office-2020.txt", "putuo-social-work-2024.pdf"]
    return shared_home("real", [disclosure(name) for name in names])


@pytest.fixture(scope="session")
def budgets_home(shared_home: SharedHome) -> Home:
    """A home with the real departmental budgets, published."""
    names = ["jiangsu-cppcc-office-budget-2018", "jiangsu-cppcc-office-budget-2019"]
    files = [disclosure(f"{name}.pdf") for name in (*names, "putuo-wanli-street-budget-2025")]
    return shared_home("budgets", files)


@pytest.fixture(scope="session")
def samples_home(shared_home: SharedHome) -> Home:
    """A home with the shipped samples, published."""
    return shared_home("samples", [ROOT / "samples"])
