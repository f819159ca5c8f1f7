"""The gate of one document: which documents were read too badly to be published.

The limits are rows of limits.csv over columns of `marts.document_quality`; a measure that is NULL
(a document without numbers in tables, say) breaks no limit.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb

from expectations.errors import GateError, LimitsError

LIMITS_FILE = Path(__file__).with_name("limits.csv")

_BROKEN = {"at_least": "<", "at_most": ">"}


@dataclass(frozen=True)
class Limit:
    """One limit: `measure` must be at_least or at_most `limit_value`, for the reason given.

    `named_in`, where given, is the column of `marts.document_quality` that names what is meant.
    """

    measure: str
    comparator: str
    limit_value: Decimal
    reason_zh: str
    reason_en: str
    named_in: str = ""


def documents_to_quarantine(
    connection: duckdb.DuckDBPyConnection, limits_file: Path = LIMITS_FILE
) -> list[tuple[str, str]]:
    """The (document_id, reason) of every loaded document that breaks a limit, one per document.

    A document whose last event is `released` is left alone: somebody decided so, until it is
    read anew. Raises GateError when the quality of the documents cannot be read.
    """
    found: dict[str, list[str]] = {}
    for limit in read_limits(limits_file):
        for document_id, measured, names in _broken(connection, limit):
            found.setdefault(document_id, []).append(_reason(limit, measured, names))
    return [(document_id, "；".join(reasons)) for document_id, reasons in sorted(found.items())]


def read_limits(limits_file: Path = LIMITS_FILE) -> list[Limit]:
    """The rows of limits.csv; raises LimitsError for one that cannot be used."""
    with limits_file.open(encoding="utf-8", newline="") as lines:
        return [_limit(row, limits_file.name) for row in csv.DictReader(lines)]


def _limit(row: dict[str, str], file_name: str) -> Limit:
    try:
        value = Decimal(row["limit_value"])
    except InvalidOperation:
        value = Decimal("NaN")
    if (
        not value.is_finite()
        or row["comparator"] not in _BROKEN
        or not row["measure"].isidentifier()
        or not (row.get("named_in") or "_").isidentifier()
    ):
        raise LimitsError(
            f"{file_name} 中“{row['measure']}”一行不能用：comparator 只能是 at_least 或 at_most，"
            f"limit_value 必须是数 / the row of {row['measure']!r} in {file_name} needs a column "
            "name, at_least or at_most, and a number"
        )
    reasons = (row["reason_zh"], row["reason_en"])
    return Limit(row["measure"], row["comparator"], value, *reasons, row.get("named_in") or "")


def _broken(connection: duckdb.DuckDBPyConnection, limit: Limit) -> list[tuple[str, float, str]]:
    names = f"coalesce(q.{limit.named_in}, '')" if limit.named_in else "''"
    query = f"""
        SELECT q.document_id, q.{limit.measure}, {names}
        FROM marts.document_quality AS q
        JOIN raw.documents AS d ON d.document_id = q.document_id AND d.status = 'loaded'
        WHERE q.{limit.measure} {_BROKEN[limit.comparator]} {limit.limit_value}
          AND coalesce((
            SELECT arg_max(e.event, e.event_number) FROM raw.document_events AS e
            WHERE e.document_id = q.document_id
          ), '') <> 'released'
        ORDER BY q.document_id
    """
    try:
        return connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise GateError(
            f"读不出文件质量（{limit.measure}），无法决定隔离哪些文件 / marts.document_quality."
            f"{limit.measure} cannot be read, so no document can be judged: {error}"
        ) from error


def _reason(limit: Limit, measured: float, names: str) -> str:
    sign_zh = "低于" if limit.comparator == "at_least" else "高于"
    sign_en = "below" if limit.comparator == "at_least" else "above"
    named = f"：{names}" if names else ""
    return (
        f"{limit.reason_zh}{named}（{limit.measure} {measured:.3g} {sign_zh} {limit.limit_value}）"
        f" / {limit.reason_en} ({limit.measure} {measured:.3g} is {sign_en} {limit.limit_value})"
    )
