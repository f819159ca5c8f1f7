"""Keeps the files that were loaded, so that every figure can be shown on the page it stands on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def keep_original(home: Path, file: Path, file_id: str) -> Path:
    """Copy ``file`` to ``originals/<file_id>.<extension>`` under the home, once; private."""
    folder = home / "originals"
    kept = folder / f"{file_id}{file.suffix.lower() or '.txt'}"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{kept.name}.{os.getpid()}"
        shutil.copyfile(file, unfinished)
        unfinished.replace(kept)
    return kept
