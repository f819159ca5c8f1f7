"""What some tests need beside Python, and what happens without it.

On a machine that lacks it the test is skipped with a sentence that says what to install; where
JUESUAN_TEST_EVERYTHING is set, as in CI, it fails instead.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from tests.factory import typesetting

ROOT = Path(__file__).resolve().parent.parent
DISCLOSURES = Path(os.environ.get("JUESUAN_DISCLOSURES", ROOT.parent / "shared" / "disclosures"))


def disclosure(name: str) -> Path:
    """A real disclosure; they are published documents of others and not part of the project."""
    path = DISCLOSURES / name
    if not path.is_file():
        _unmet(f"set JUESUAN_DISCLOSURES to the folder that holds {name}")
    return path


def chromium() -> str:
    """The browser that the dashboard is tested in."""
    path = os.environ.get("JUESUAN_CHROMIUM") or shutil.which("chromium")
    if not path:
        _unmet("install Chromium (Debian package chromium), or name it in JUESUAN_CHROMIUM")
    return path


def cjk_font() -> None:
    """The font that the PDF samples are set in."""
    try:
        typesetting.register_font()
    except typesetting.MissingFont as error:
        _unmet(str(error))


def _unmet(sentence: str) -> NoReturn:
    if os.environ.get("JUESUAN_TEST_EVERYTHING"):
        pytest.fail(sentence)
    pytest.skip(sentence)
