"""The ids and names of the disclosures of one file: a person should know which is meant."""

from __future__ import annotations

import hashlib

from ingest.claims import Claims

_KINDS = {"final_accounts": "决算", "budget": "预算", "self_evaluation": "自评"}


def part_id(file_id: str, number: int, count: int) -> str:
    """Return the document id of one of the disclosures in a file.

    It changes with their count: what was said of the second of two is not said of the second of
    three.
    """
    if count == 1:
        return file_id
    return hashlib.sha256(f"{file_id}/{number}/{count}".encode()).hexdigest()


def part_names(claims: list[Claims]) -> list[str | None]:
    """Return 2/3 某某中心 for each part, with year, kind or scope where the parts differ in them.

    None for the only part of a file.
    """
    if len(claims) == 1:
        return [None]
    has_years = len({each.fiscal_year for each in claims}) > 1
    has_kinds = len({each.document_kind for each in claims}) > 1
    names = []
    for number, each in enumerate(claims, start=1):
        words = each.department_name_zh or ""
        words += "（本级）" if each.reporting_scope == "department_own" else ""
        words += f"{each.fiscal_year}年度" if has_years and each.fiscal_year else ""
        words += _KINDS.get(each.document_kind or "", "") if has_kinds else ""
        names.append(f"{number}/{len(claims)} {words}".strip())
    return names


def name_of_part(file_name: str, part_name: str | None) -> str:
    """Return what a part is called: 名称.pdf［2/3 某某中心］."""
    return f"{file_name}［{part_name}］" if part_name else file_name
