"""Fixtures over real parts: the real disclosures, and homes built once per session."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home, silence_telemetry

ROOT = Path(__file__).resolve().parent.parent
silence_telemetry()


@pytest.fixture(scope="session")
def disclosures() -> Path:
    """The folder of the real disclosures; they are not part of the project."""
    folder = Path(os.environ.get("JUESUAN_DISCLOSURES", ROOT.parent / "shared" / "disclosures"))
    assert folder.is_dir(), f"set JUESUAN_DISCLOSURES: {folder} is missing"
    return folder


@pytest.fixture(scope="session")
def real_home(disclosures: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with both real final accounts, published."""
    home = Home(tmp_path_factory.mktemp("real"))
    files = ["linzi-government-office-2020.txt", "putuo-social-work-2024.pdf"]
    refresh([disclosures / name for name in files], home)
    return home


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the shipped samples, published."""
    home = Home(tmp_path_factory.mktemp("samples"))
    refresh([ROOT / "samples"], home)
    return home
