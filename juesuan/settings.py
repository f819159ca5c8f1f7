"""Where things are: the project's own files, and the files under one home."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Home:
    """The folder of one warehouse (``--home DIR``) and what stands in it."""

    path: Path

    @property
    def warehouse(self) -> Path:
        """The private build file; nobody but the build reads it."""
        return self.path / "warehouse.duckdb"

    @property
    def state(self) -> Path:
        """SQLMesh's own state, outside the warehouse file."""
        return self.path / "state" / "models.duckdb"

    @property
    def docs(self) -> Path:
        """The Data Docs of the last check, published or not."""
        return self.path / "data_docs"

    @property
    def pictures(self) -> Path:
        """Pictures of pages with the figures marked."""
        return self.path / "pictures"

    def original(self, file_id: str) -> Path | None:
        """A file that was read, as kept by ingest; None when it is not there."""
        return next((self.path / "originals").glob(f"{file_id}.*"), None)

    @property
    def published(self) -> Path:
        """The file that readers open."""
        return self.path / "published" / "current.duckdb"


def silence_telemetry() -> None:
    """Switch off the usage statistics of SQLMesh, Great Expectations and marimo.

    A run opens no connection to the outside. Call before any of them is imported.
    """
    os.environ["SQLMESH__DISABLE_ANONYMIZED_ANALYTICS"] = "true"
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    os.environ["DO_NOT_TRACK"] = "1"
