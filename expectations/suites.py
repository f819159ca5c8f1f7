"""Turns checks into Great Expectations suites, and reads their results back as plain data."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from expectations.checks import Check

# More is not shown to a person, and hostile documents must not flood a terminal.
EXAMPLE_CHARACTERS = 200
EXCEPTION_CHARACTERS = 300


@dataclass(frozen=True)
class CheckResult:
    """How one check came out: the rows it found, or the exception it raised."""

    check: Check
    row_count: int
    example: str
    exception: str | None


def build_suite(name: str, checks: list[Check]) -> Any:
    """A GX suite with one UnexpectedRowsExpectation per check, found again by meta.check_id."""
    import great_expectations as gx
    import great_expectations.expectations as gxe

    suite = gx.ExpectationSuite(name=name)
    for check in checks:
        description = check.title + (f"，依据：{check.basis}" if check.basis else "")
        suite.add_expectation(
            gxe.UnexpectedRowsExpectation(
                unexpected_rows_query=check.query,
                # Data Docs print the description as HTML.
                description=html.escape(description),
                notes=html.escape(check.basis) or None,
                severity=check.severity,
                meta={"check_id": check.check_id},
            )
        )
    return suite


def read_results(checks: list[Check], validation: Any) -> list[CheckResult]:
    """The result of every check, in the order given; a check without a result has raised.

    `validation` is the ExpectationSuiteValidationResult of the suite built from `checks`.
    """
    by_id = {
        result.expectation_config.meta["check_id"]: result
        for result in validation.results
        if result.expectation_config and result.expectation_config.meta
    }
    return [_read_result(check, by_id.get(check.check_id)) for check in checks]


def _read_result(check: Check, result: Any) -> CheckResult:
    if result is None:
        return CheckResult(check, 0, "", "Great Expectations returned no result")
    exception = _exception_message(result.exception_info)
    found = result.result or {}
    if exception is None and not isinstance(found.get("observed_value"), int):
        exception = "Great Expectations returned no count of rows"
    if exception is not None:
        return CheckResult(check, 0, "", exception)
    rows = (found.get("details") or {}).get("unexpected_rows") or []
    return CheckResult(check, found["observed_value"], _example(rows), None)


def _exception_message(exception_info: Any) -> str | None:
    """The first exception of a result: GX nests them by metric, or gives a single one."""
    if not exception_info:
        return None
    nested = [info for info in exception_info.values() if isinstance(info, dict)]
    for info in nested or [exception_info]:
        if info.get("raised_exception"):
            return one_line(info.get("exception_message") or "unknown exception")
    return None


def one_line(text: str) -> str:
    """The text on one line without control characters, cut to what a person reads."""
    plain = re.sub(r"[\x00-\x1f\x7f\s]+", " ", str(text)).strip()
    return plain[:EXCEPTION_CHARACTERS]


def _example(rows: list[dict[str, Any]]) -> str:
    """The first row as `column=value`, the values as the database printed them."""
    if not rows:
        return ""
    shown = ", ".join(f"{column}={value}" for column, value in rows[0].items())
    return one_line(shown)[:EXAMPLE_CHARACTERS]
