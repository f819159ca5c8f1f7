"""Brings the index of a corpus into DuckDB as tables: documents, facts, prose, errors, places."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

PLACE = "form_code, block, line_code, measure_code, phase, fund"


def load_truth(connection: duckdb.DuckDBPyConnection, index: dict[str, Any]) -> None:
    """Make the tables in the temporary schema of ``connection``."""
    documents = [
        {name: value for name, value in entry.items() if name not in ("facts", "prose")}
        for entry in index["documents"]
    ]
    facts = [
        {"file": entry["file"], **fact} for entry in index["documents"] for fact in entry["facts"]
    ]
    prose = [
        {"file": entry["file"], **fact} for entry in index["documents"] for fact in entry["prose"]
    ]
    names = [name.strip() for name in PLACE.split(",")]
    errors, places, figures = [], [], []
    for number, error in enumerate(index["errors"]):
        key = {"error_id": number, "file": error["document"]}
        keep = ("kind", "expected_visible", "by_identity", "old", "new")
        errors.append(key | {name: error[name] for name in keep})
        places += [key | dict(zip(names, place, strict=True)) for place in error["places"]]
        figures += [key | {"printed": figure} for figure in error["figures"]]
    text, flag = pl.String, pl.Boolean
    place_schema = {"error_id": pl.Int64, "file": text, **dict.fromkeys(names, text)}
    frames = {
        "documents": pl.DataFrame(documents),
        "facts": pl.DataFrame(facts).with_columns(pl.col("value_cny").cast(pl.Decimal(20, 2))),
        "prose": pl.DataFrame(
            prose, {"file": text, **dict.fromkeys(names, text), "value_cny": text}
        ).with_columns(pl.col("value_cny").cast(pl.Decimal(20, 2))),
        "errors": pl.DataFrame(
            errors,
            {
                "error_id": pl.Int64,
                "file": text,
                "kind": text,
                "expected_visible": flag,
                "by_identity": text,
                "old": text,
                "new": text,
            },
        ),
        "places": pl.DataFrame(places, place_schema),
        "figures": pl.DataFrame(figures, {"error_id": pl.Int64, "file": text, "printed": text}),
    }
    for name, frame in frames.items():
        connection.register(f"{name}_frame", frame)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {name}_frame")
