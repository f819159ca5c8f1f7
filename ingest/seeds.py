"""The vocabularies that steer parsing, read from seeds/."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

from ingest.normalise import normalise


def seed_path(name: str) -> Path:
    """Return the path of a seed file; JUESUAN_SEEDS overrides the folder."""
    folder = os.environ.get("JUESUAN_SEEDS")
    root = Path(folder) if folder else Path(__file__).resolve().parent.parent / "seeds"
    return root / name


@cache
def _read_pairs(name: str, key: str, value: str) -> dict[str, str]:
    with seed_path(name).open(encoding="utf-8", newline="") as handle:
        return {normalise(row[key]): row[value].strip() for row in csv.DictReader(handle)}


def header_roles() -> dict[str, str]:
    """Return header text → code, label or ordinal."""
    return _read_pairs("header_roles.csv", "header_text", "role")


def person_labels() -> dict[str, str]:
    """Return field label → name, phone, detail (of a named person) or other (gives nobody away)."""
    return _read_pairs("person_labels.csv", "label", "kind")


@cache
def person_words() -> dict[str, frozenset[str]]:
    """Return kind of word (surname, title_end, organisation_end…) → the words of that kind."""
    found: dict[str, set[str]] = {}
    with seed_path("person_words.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in found.items()}
