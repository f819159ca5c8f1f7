"""manifest.csv beside the files: what is known about them, over what they say of themselves.

Of a file that holds several disclosures it cannot say whose each is: department and scope are left
aside, and year and kind where the disclosures differ in them. ``juesuan assign`` names each.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from ingest.errors import ManifestError

MANIFEST_NAME = "manifest.csv"
COLUMNS = ("file", "department", "year", "kind", "scope", "source_url", "published_on")
KINDS = {
    "final_accounts": "final_accounts",
    "budget": "budget",
    "self_evaluation": "self_evaluation",
    "决算": "final_accounts",
    "部门决算": "final_accounts",
    "预算": "budget",
    "部门预算": "budget",
    "自评": "self_evaluation",
    "绩效自评": "self_evaluation",
}
SCOPES = {
    "department_consolidated": "department_consolidated",
    "department_own": "department_own",
    "unit": "unit",
    "部门汇总": "department_consolidated",
    "部门": "department_consolidated",
    "部门本级": "department_own",
    "本级": "department_own",
    "单位": "unit",
}

_OF_ONE = ("department_name_zh", "reporting_scope")
_COLUMN_OF = {
    "department_name_zh": "department",
    "reporting_scope": "scope",
    "fiscal_year": "year",
    "document_kind": "kind",
}


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest says of one file; None where it says nothing."""

    department_name_zh: str | None = None
    fiscal_year: int | None = None
    document_kind: str | None = None
    reporting_scope: str | None = None
    source_url: str | None = None
    published_on: date | None = None

    def stated(self) -> dict[str, object]:
        """Return the columns it states."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def read_manifest(folder: Path) -> dict[str, ManifestEntry]:
    """Read the manifest of a folder, by file name; empty when there is none.

    Raises ManifestError for an unknown column, a file that is not there, or a value that cannot
    be read.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ManifestError(
            "manifest.csv 不是 UTF-8 编码，请另存为 UTF-8 / "
            "manifest.csv is not in UTF-8: save it as UTF-8"
        ) from None
    with StringIO(text, newline="") as handle:
        reader = csv.DictReader(handle)
        unknown = [name for name in reader.fieldnames or [] if name not in COLUMNS]
        if unknown or "file" not in (reader.fieldnames or []):
            named = "、".join(unknown) or "（缺 file 列）"
            raise ManifestError(
                f"manifest.csv 的列名不对：{named} / manifest.csv must have the columns "
                f"{', '.join(COLUMNS)}; found: {', '.join(reader.fieldnames or [])}"
            )
        return {row["file"].strip(): _entry(folder, row, reader.line_num) for row in reader}


def stated_of_parts(
    stated: dict[str, object], documents: list[dict[str, Any]]
) -> tuple[dict[str, object], str | None]:
    """Return what holds for each of the disclosures of a file, and a sentence on what does not.

    ``documents`` are what the disclosures say of themselves; of a single one all holds.
    """
    if len(documents) < 2:
        return stated, None
    left = [
        name
        for name in ("department_name_zh", "reporting_scope", "fiscal_year", "document_kind")
        if name in stated
        and (name in _OF_ONE or len({document[name] for document in documents}) > 1)
    ]
    held = {name: value for name, value in stated.items() if name not in left}
    if not left:
        return held, None
    columns = "、".join(_COLUMN_OF[name] for name in left)
    return held, (
        f"文件里有 {len(documents)} 份公开，manifest.csv 的 {columns} 没有采用，请用 juesuan "
        f"assign 逐份指明 / The file holds {len(documents)} disclosures: {columns} of manifest.csv "
        "are left aside, juesuan assign names each"
    )


def _entry(folder: Path, row: dict[str, str | None], line: int) -> ManifestEntry:
    values = {name: (row.get(name) or "").strip() or None for name in COLUMNS}
    name = values["file"]
    if not name or not (folder / name).is_file():
        raise ManifestError(
            f"manifest.csv 第 {line} 行的文件“{name}”不存在 / manifest.csv line {line} names the "
            f"file '{name}', which is not in the folder"
        )
    return ManifestEntry(
        department_name_zh=values["department"],
        fiscal_year=_year(values["year"], line),
        document_kind=_choice(values["kind"], KINDS, "kind", line),
        reporting_scope=_choice(values["scope"], SCOPES, "scope", line),
        source_url=values["source_url"],
        published_on=_date(values["published_on"], line),
    )


def _choice(value: str | None, choices: dict[str, str], column: str, line: int) -> str | None:
    if value is None:
        return None
    if value not in choices:
        raise _bad(value, column, line, "one of " + ", ".join(sorted(set(choices.values()))))
    return choices[value]


def _year(value: str | None, line: int) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and 1990 <= int(value) <= 2100):
        raise _bad(value, "year", line, "a year such as 2020")
    return int(value)


def _date(value: str | None, line: int) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _bad(value, "published_on", line, "a date such as 2021-08-31") from None


def _bad(value: str, column: str, line: int, wanted: str) -> ManifestError:
    return ManifestError(
        f"manifest.csv 第 {line} 行的 {column} 值“{value}”无法识别 / manifest.csv line {line}: "
        f"{column} '{value}' is not {wanted}"
    )
