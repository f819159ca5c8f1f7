"""Immutable Parquet bundles: what was extracted from one file by one version of the parser."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import polars as pl

from ingest.extract import Extraction

_BOX = {"x0": pl.Float64, "top": pl.Float64, "x1": pl.Float64, "bottom": pl.Float64}
SCHEMAS: dict[str, dict[str, type[pl.DataType] | pl.DataType]] = {
    "documents": {
        "document_id": pl.String,
        "file_id": pl.String,
        "part_number": pl.Int32,
        "part_count": pl.Int32,
        "part_name": pl.String,
        "media_type": pl.String,
        "byte_count": pl.Int64,
        "page_count": pl.Int32,
        "part_first_page": pl.Int32,
        "part_last_page": pl.Int32,
        "part_first_line": pl.Int32,
        "part_last_line": pl.Int32,
        "department_name_zh": pl.String,
        "fiscal_year": pl.Int32,
        "document_kind": pl.String,
        "reporting_scope": pl.String,
        "read_reason": pl.String,
    },
    "tables": {
        "table_id": pl.String,
        "document_id": pl.String,
        "reading_number": pl.Int32,
        "table_number": pl.Int32,
        "form_title": pl.String,
        "caption": pl.String,
        "unit_text": pl.String,
        "department_text": pl.String,
        "project_zh": pl.String,
        "notes": pl.String,
        "first_page": pl.Int32,
        "last_page": pl.Int32,
        "first_line": pl.Int32,
        "last_line": pl.Int32,
        "row_count": pl.Int32,
        "column_count": pl.Int32,
        "header_row_count": pl.Int32,
    },
    "cells": {
        "cell_id": pl.String,
        "document_id": pl.String,
        "reading_number": pl.Int32,
        "form_title": pl.String,
        "table_number": pl.Int32,
        "page_number": pl.Int32,
        "line_number": pl.Int32,
        "row_number": pl.Int32,
        "column_number": pl.Int32,
        "block_number": pl.Int32,
        "block_label": pl.String,
        "row_code": pl.String,
        "row_label": pl.String,
        "column_label": pl.String,
        "cell_kind": pl.String,
        "cell_text": pl.String,
        **_BOX,
        "is_personal": pl.Boolean,
        "confidence": pl.Float64,
    },
    "cell_alternatives": {
        "cell_id": pl.String,
        "document_id": pl.String,
        "alternative_number": pl.Int32,
        "cell_text": pl.String,
        "confidence": pl.Float64,
    },
    "lines": {
        "document_id": pl.String,
        "page_number": pl.Int32,
        "line_number": pl.Int32,
        "section_zh": pl.String,
        "line_text": pl.String,
        **_BOX,
        "is_personal": pl.Boolean,
        "confidence": pl.Float64,
    },
    "narrative_sentences": {
        "sentence_id": pl.String,
        "document_id": pl.String,
        "paragraph_number": pl.Int32,
        "sentence_number": pl.Int32,
        "section_zh": pl.String,
        "page_number": pl.Int32,
        "line_number": pl.Int32,
        "line_numbers": pl.List(pl.Int32),
        "paragraph_offset": pl.Int32,
        "sentence": pl.String,
        "is_personal": pl.Boolean,
    },
    "narrative_figures": {
        "figure_id": pl.String,
        "document_id": pl.String,
        "section_zh": pl.String,
        "sentence": pl.String,
        "figure_text": pl.String,
        "unit_text": pl.String,
        "page_number": pl.Int32,
        "line_number": pl.Int32,
        "paragraph_number": pl.Int32,
        "sentence_number": pl.Int32,
        "start_offset": pl.Int32,
        "paragraph_offset": pl.Int32,
        **_BOX,
        "is_personal": pl.Boolean,
    },
}


def bundle_folder(home: Path, parser_version: str, file_id: str) -> Path:
    """Return where the bundle of a file lies, written or not."""
    return home / "bundles" / parser_version / file_id


def read_documents(folder: Path) -> list[dict[str, Any]]:
    """Return the row of each disclosure in a bundle, in their order in the file."""
    return pl.read_parquet(folder / "documents.parquet").sort("part_number").to_dicts()


def write_bundle(extraction: Extraction, folder: Path) -> None:
    """Write the bundle whole or not at all; an existing bundle is left as it is."""
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder.parent))
    try:
        for name, schema in SCHEMAS.items():
            frame = pl.DataFrame(getattr(extraction, name), schema=schema)
            frame.write_parquet(unfinished / f"{name}.parquet")
        os.chmod(unfinished, 0o755)  # noqa: PTH101 - mkdtemp made it private
        try:
            unfinished.rename(folder)
        except OSError:
            # Another run finished the same bundle first; both hold the same rows.
            if not folder.exists():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
