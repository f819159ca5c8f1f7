"""What the gate asserts, as plain data: one SQL query per check that must return no row.

Great Expectations is not imported here; `suites` turns these checks into its expectations.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.errors import LimitsError

GRAINS_FILE = Path(__file__).with_name("grains.csv")

IDENTITY_RESULTS = "conformed.fct_identity_result"
WORDING_RESULTS = "conformed.fct_wording_result"

# The catalogue's words for severity, and those of Great Expectations.
SEVERITIES = {"error": "critical", "warning": "warning", "info": "info"}


@dataclass(frozen=True)
class Identity:
    """One row of reference.identities or reference.wording_checks, as the suites need it."""

    identity_id: str
    name_zh: str
    severity: str
    basis: str


@dataclass(frozen=True)
class Check:
    """A query that must return no row.

    `query` is DuckDB SQL where `{batch}` stands for the batch and other braces are doubled.
    `sentence` says, Chinese first, what it means when a row does come back.
    """

    check_id: str
    title: str
    query: str
    sentence: str
    basis: str = ""
    severity: str = "critical"


def read_identities(connection: duckdb.DuckDBPyConnection) -> list[Identity]:
    """The catalogue in the order of its ids; a severity the gate does not know counts as error."""
    rows = connection.execute(
        "SELECT DISTINCT ON (identity_id) identity_id, name_zh, severity, basis"
        " FROM reference.identities WHERE identity_id IS NOT NULL ORDER BY identity_id"
    ).fetchall()
    return [Identity(*("" if value is None else str(value) for value in row)) for row in rows]


def identity_checks(identities: list[Identity]) -> list[Check]:
    """One check per identity over `conformed.fct_identity_result`; its rows are findings."""
    return [_identity_check(identity) for identity in identities]


def _identity_check(identity: Identity) -> Check:
    return Check(
        check_id=identity.identity_id,
        title=f"{identity.name_zh}（{identity.identity_id}）",
        query=(
            "SELECT identity_result_id, disclosure_id, document_id, fiscal_year, scope,"
            " lhs_value, rhs_value, gap, verdict FROM {batch}"
            f" WHERE identity_id = {_literal(identity.identity_id)}"
            " AND verdict IN ('mismatch', 'implausible') AND is_waived IS NOT TRUE"
        ),
        sentence=f"勾稽关系“{identity.name_zh}”有疑点 / the identity {identity.identity_id} has"
        " findings",
        basis=identity.basis,
        severity=SEVERITIES.get(identity.severity, "critical"),
    )


def read_wordings(connection: duckdb.DuckDBPyConnection) -> list[Identity]:
    """The checks of wordings in the order of their ids."""
    rows = connection.execute(
        "SELECT check_id, name_zh, severity, basis FROM reference.wording_checks"
        " WHERE check_id IS NOT NULL ORDER BY check_id"
    ).fetchall()
    return [Identity(*("" if value is None else str(value) for value in row)) for row in rows]


def wording_checks(wordings: list[Identity]) -> list[Check]:
    """One check per kind of wording over `conformed.fct_wording_result`; its rows are findings."""
    return [
        Check(
            check_id=wording.identity_id,
            title=f"{wording.name_zh}（{wording.identity_id}）",
            query=(
                "SELECT wording_result_id, disclosure_id, document_id, fiscal_year, words_zh,"
                " held_against_zh FROM {batch}"
                f" WHERE check_id = {_literal(wording.identity_id)}"
            ),
            sentence=f"文字核对“{wording.name_zh}”有疑点 / the check of wordings"
            f" {wording.identity_id} has findings",
            basis=wording.basis,
            severity=SEVERITIES.get(wording.severity, "critical"),
        )
        for wording in wordings
    ]


def gate_checks() -> list[Check]:
    """The checks that stop publication: grains, the catalogue's integrity, the waivers."""
    return [*grain_checks(), *catalogue_checks(), *waiver_checks()]


def grain_checks(grains_file: Path = GRAINS_FILE) -> list[Check]:
    """One check per row of grains.csv: no key twice, no key part empty unless it may be."""
    with grains_file.open(encoding="utf-8", newline="") as lines:
        return [_grain_check(row, grains_file) for row in csv.DictReader(lines)]


def _grain_check(row: dict[str, str], grains_file: Path) -> Check:
    relation, columns = row["relation"], row["grain"].split()
    nullable = (row["may_be_null"] or "").split()
    if not relation or not columns or not set(nullable) <= set(columns):
        raise LimitsError(
            f"{grains_file.name} 中“{relation}”一行不能用：请写明粒度列，may_be_null 须取自其中 / "
            f"the row of {relation!r} in {grains_file.name} needs grain columns, and may_be_null "
            "must be some of them"
        )
    empty = [f"{column} IS NULL" for column in columns if column not in nullable]
    having = " OR ".join(["count(*) > 1", *empty])
    keys = ", ".join(columns)
    return Check(
        check_id=f"grain:{relation}({','.join(columns)})",
        title=f"{relation} 每行唯一：{keys}",
        query=f"SELECT {keys}, count(*) AS row_count FROM {relation} GROUP BY ALL HAVING {having}",
        sentence=f"{relation} 的粒度（{keys}）有重复或空缺，请检查产生它的模型 / the grain of "
        f"{relation} ({keys}) is repeated or empty: mend the model behind it",
    )


def catalogue_checks() -> list[Check]:
    """The catalogue names only what exists, and every identity can be evaluated."""
    return [
        Check(
            check_id="catalogue:not_empty",
            title="勾稽目录不为空",
            query="""
                SELECT row_count
                FROM (SELECT count(*) AS row_count FROM reference.identities)
                WHERE row_count = 0
            """,
            sentence="勾稽目录为空，什么都没有核对 / the identity catalogue is empty, so nothing"
            " was checked: restore seeds/identities.csv",
        ),
        Check(
            check_id="catalogue:known_forms",
            title="勾稽目录引用的报表都存在",
            query="""
                SELECT DISTINCT identity_id, form_code
                FROM reference.identity_terms
                WHERE nullif(form_code, '') IS NOT NULL AND form_code NOT IN (
                    SELECT form_code FROM reference.forms WHERE form_code IS NOT NULL
                )
            """,
            sentence="勾稽目录引用了不存在的报表，请改 seeds/identity_terms.csv 或 seeds/forms.csv"
            " / the catalogue names a form that reference.forms does not have",
        ),
        Check(
            check_id="catalogue:known_identities",
            title="勾稽各项都属于目录中的勾稽关系",
            query="""
                SELECT DISTINCT identity_id
                FROM reference.identity_terms
                WHERE identity_id IS NULL OR identity_id NOT IN (
                    SELECT identity_id FROM reference.identities WHERE identity_id IS NOT NULL
                )
            """,
            sentence="identity_terms 中有目录里没有的勾稽编号 / seeds/identity_terms.csv has terms"
            " of an identity that seeds/identities.csv does not have",
        ),
        Check(
            check_id="catalogue:two_sides",
            title="每个勾稽关系两边都有项",
            query="""
                SELECT identity_id, sides
                FROM (
                    SELECT i.identity_id, any_value(i.constant) AS constant,
                        list_sort(list(DISTINCT coalesce(t.side, ''))) AS sides
                    FROM reference.identities AS i
                    LEFT JOIN reference.identity_terms AS t ON t.identity_id = i.identity_id
                    GROUP BY i.identity_id
                )
                WHERE NOT (
                    list_has_all(sides, ['lhs', 'rhs'])
                    OR (list_contains(sides, 'lhs') AND constant IS NOT NULL)
                    OR (
                        list_has_all(sides, ['numerator', 'denominator'])
                        AND list_has_any(sides, ['lhs', 'rhs'])
                    )
                )
            """,
            sentence="有勾稽关系缺一边的项，无法核对 / an identity lacks the terms of one side:"
            " lhs and rhs are needed, or lhs with a constant, or with numerator and denominator",
        ),
        Check(
            check_id="catalogue:known_wordings",
            title="文字样式都属于目录中的文字核对",
            query="""
                SELECT DISTINCT check_id
                FROM reference.wording_patterns
                WHERE check_id IS NULL OR check_id NOT IN (
                    SELECT check_id FROM reference.wording_checks WHERE check_id IS NOT NULL
                )
            """,
            sentence="wording_patterns 中有目录里没有的核对编号 / seeds/wording_patterns.csv has"
            " patterns of a check that seeds/wording_checks.csv does not have",
        ),
        Check(
            check_id="catalogue:results_known",
            title="核对结果都属于目录中的勾稽关系",
            query=f"""
                SELECT DISTINCT identity_id
                FROM {IDENTITY_RESULTS}
                WHERE identity_id IS NULL OR identity_id NOT IN (
                    SELECT identity_id FROM reference.identities WHERE identity_id IS NOT NULL
                )
            """,
            sentence="核对结果中有目录里没有的勾稽编号，请完整重建 / identity results exist of an"
            " identity the catalogue does not have: run a full build",
        ),
    ]


def waiver_checks() -> list[Check]:
    """Every waiver is signed, and still describes the document it was written for.

    A waiver for a document that is not loaded is ignored: there is nothing to compare it with.
    """
    return [
        Check(
            check_id="waiver:complete",
            title="每条豁免都有理由、差额和署名",
            query="""
                SELECT identity_id, document_id, scope
                FROM reference.waivers
                WHERE nullif(trim(reason), '') IS NULL
                   OR nullif(trim(author), '') IS NULL
                   OR TRY_CAST(expected_gap AS DECIMAL(38, 6)) IS NULL
            """,
            sentence="有豁免缺理由、预期差额或署名，请补 seeds/waivers.csv / a waiver lacks its"
            " reason, expected gap or author",
        ),
        Check(
            check_id="waiver:still_matches",
            title="每条豁免都仍与文件相符",
            query=f"""
                SELECT w.identity_id, w.document_id, w.scope, w.expected_gap
                FROM reference.waivers AS w
                JOIN raw.documents AS d ON d.document_id = w.document_id AND d.status = 'loaded'
                WHERE NOT EXISTS (
                    SELECT 1
                    FROM {IDENTITY_RESULTS} AS r
                    WHERE r.identity_id = w.identity_id
                      AND r.document_id = w.document_id
                      AND coalesce(r.scope, '') = coalesce(w.scope, '')
                      AND TRY_CAST(r.gap AS DECIMAL(38, 6))
                          = TRY_CAST(w.expected_gap AS DECIMAL(38, 6))
                )
            """,
            sentence="有豁免与已载入的文件不再相符（勾稽、范围或差额变了），请改 seeds/waivers.csv"
            " / a waiver no longer matches its loaded document (identity, scope or gap)",
        ),
    ]


def _literal(text: str) -> str:
    """A SQL string literal that survives GX's str.format and SQLAlchemy's :name parameters."""
    doubled = text.replace("'", "''").replace("{", "{{").replace("}", "}}")
    return "'" + doubled.replace(":", "\\:") + "'"
