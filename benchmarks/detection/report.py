"""The measured figures as Markdown: what is printed and what stands in docs/benchmarks.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.factory.planting import error_kinds

_SEVERE = ("error", "warning")


def markdown(result: dict[str, Any]) -> str:
    """Return the section on detection."""
    options, cells = result["options"], result["cells_by_format"]
    kinds = error_kinds()
    clean = sum(row["clean"] for row in result["documents"])
    documents = sum(row["documents"] for row in result["documents"])
    visible = sum(row["visible"] for row in result["errors_by_kind"])
    found = sum(row["visible_found"] for row in result["errors_by_kind"])
    lines = [
        "## Detection",
        "",
        f"`make benchmark-detection DEPARTMENTS={options['departments']} YEARS={options['years']}"
        f" ERRORS={options['errors']} SEED={options['seed']} SCANS={options['scans']}`:"
        f" {documents} documents, {clean} of"
        f" them clean, {sum(row['stated'] for row in cells):,} cells,"
        f" {visible} planted errors that an identity can see.",
        "",
        f"- errors found: **{_percent(found, visible)}** ({found} of {visible}; target 99 %)",
        f"- false errors and warnings: **{_false(result, 'clean')}** on {clean} clean documents"
        f" (target 1 per 100); {_false(result, 'planted')} more in documents with planted errors"
        " that rest on none of them",
        f"- time: corpus {result['seconds']['corpus']:.0f} s,"
        + ",".join(f" {name} {s:.0f} s" for name, s in result["seconds"]["steps"].items()),
        "",
        "Half of the layouts are held out: nobody looks at them while readers and vocabulary are"
        f" tuned. Held out are {', '.join(result['held_out'])}.",
        "",
        *_cells_table("format", cells, lambda row: row["format"]),
        *_scans_table(result),
        *_cells_table("layouts", result["cells_by_tuning"], _side),
        *_cells_table(
            "layout", result["cells_by_layout"], lambda row: f"{row['layout']} ({_side(row)})"
        ),
        "| amounts in the prose of clean documents | stated | read |",
        "|---|---:|---:|",
        *(
            f"| {_side(row)} | {row['stated']:,} | {_percent(row['read'], row['stated'])} |"
            for row in result["prose_by_tuning"]
        ),
        "",
        "Which kinds of error an identity can see was written down before the run, with the reason"
        " (tests/factory/error_kinds.csv). A kind counts as found when a finding rests on the cell"
        " or the figure that carries the error; *as foreseen* when one of the identities named"
        " there raised it.",
        "",
        "| kind | | visible | found | as foreseen |",
        "|---|---|---:|---:|---:|",
    ]
    by_kind = {row["kind"]: row for row in result["errors_by_kind"]}
    for name, kind in kinds.items():
        row = by_kind.get(name)
        if row and kind.is_visible:
            lines.append(
                f"| {name} | {kind.name_zh} | {row['visible']} | {row['visible_found']}"
                f" | {row['as_foreseen']} |"
            )
    lines += ["", "Not visible, and why:", ""]
    for name, kind in kinds.items():
        row = by_kind.get(name)
        if row and not kind.is_visible:
            lines.append(
                f"- {name} ({kind.name_zh}): {row['invisible']} planted,"
                f" {row['invisible_found']} found. {kind.reason}。"
            )
    lines += [
        "",
        "| errors | visible | found |",
        "|---|---:|---:|",
        *(
            f"| {_side(row)} | {row['visible']} | {row['visible_found']} |"
            for row in result["errors_by_tuning"]
        ),
        *(
            f"| {row['format']} | {row['visible']} | {row['visible_found']} |"
            for row in result["errors_by_format"]
        ),
        "",
    ]
    return "\n".join(lines)


def scans_markdown(result: dict[str, Any]) -> str:
    """Return the section on a corpus of clean scans."""
    options, seconds, rows = result["options"], result["seconds"], result["scans"]
    stated, read, agreed = (sum(row[key] for row in rows) for key in ("stated", "read", "agreed"))
    documents, held_back = (sum(row[key] for row in rows) for key in ("documents", "held_back"))
    return "\n".join(
        [
            "## Scanned disclosures",
            "",
            f"`make benchmark-scanned SCANNED={options['departments']} SEED={options['seed']}`:"
            f" {documents} disclosures without errors, every page a picture (200 dpi), through the"
            " whole pipeline.",
            "",
            f"- held back because their forms do not add up as recognised:"
            f" **{held_back}** of {documents}",
            f"- cells of the {documents - held_back} published:"
            f" {stated:,} stated, precision **{_percent(agreed, read)}**,"
            f" recall **{_percent(agreed, stated)}** (target 99 %); of all stated, held back"
            f" or not, {_percent(agreed, sum(row['stated'] for row in result['cells_by_format']))}",
            f"- false errors and warnings: **{_false(result, 'clean')}**",
            f"- time: reading the pages {seconds['steps']['reading the files']:.0f} s",
            "",
            *_cells_table(
                "layout, held back ones counted as not read",
                result["cells_by_layout"],
                lambda row: f"{row['layout']} ({_side(row)})",
            ),
        ]
    )


def write_section(path: Path, section: str, name: str = "detection") -> None:
    """Put the section into the document, in place of the one of that name that stands there."""
    text = path.read_text(encoding="utf-8") if path.is_file() else "# Benchmarks\n"
    begin, end = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
    block = f"{begin}\n{section}\n{end}\n"
    pattern = re.compile(re.escape(begin) + ".*" + re.escape(end) + "\n", re.DOTALL)
    if pattern.search(text):
        text = pattern.sub(lambda match: block, text)
    else:
        text = f"{text.rstrip()}\n\n{block}"
    path.write_text(text, encoding="utf-8")


def false_count(result: dict[str, Any], documents: str) -> int:
    """Count the errors and warnings that rest on no planted cell; ``clean`` or ``planted``."""
    return sum(
        row["findings"]
        for row in result["false_findings"]
        if row["documents"] == documents and row["severity"] in _SEVERE
    )


def _false(result: dict[str, Any], documents: str) -> str:
    return str(false_count(result, documents))


def _side(row: dict[str, Any]) -> str:
    return "held out" if row["held_out"] else "tuning"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "–"


def _scans_table(result: dict[str, Any]) -> list[str]:
    rows = result["scans"]
    if not rows:
        return []
    not_published = sum(row["not_published"] for row in result["errors_by_kind"])
    return [
        "A scan whose forms do not add up as recognised is held back, and so is one whose forms do"
        " not add up as printed: a person has to compare. Its cells count as stated and not read"
        " in the table above; its errors are neither found nor missed but not published:"
        f" {not_published} here.",
        "",
        "| scans | documents | held back | cells stated in those published | precision | recall |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {'clean' if row['clean'] else 'with planted errors'} | {row['documents']}"
            f" | {row['held_back']} | {row['stated']:,} | {_percent(row['agreed'], row['read'])}"
            f" | {_percent(row['agreed'], row['stated'])} |"
            for row in rows
        ),
        "",
    ]


def _cells_table(name: str, rows: list[dict[str, Any]], label: Any) -> list[str]:
    lines = [f"| {name} | cells stated | read | precision | recall |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {label(row)} | {row['stated']:,} | {row['read']:,}"
        f" | {_percent(row['agreed'], row['read'])} | {_percent(row['agreed'], row['stated'])} |"
        for row in rows
    ]
    return [*lines, ""]
