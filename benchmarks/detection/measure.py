"""Joins the truth of a corpus with what was published about it: all in DuckDB, nothing interpreted.

A cell counts as read when its place (form, block, line, measure, phase, fund) and its value are
right. A planted error counts as found when a finding rests on a cell or a figure that carries it.

A scan whose forms do not add up as recognised is held back: a misread figure and a misprinted one
look alike, and a person has to compare. So its cells count as stated and not read; its errors are
neither found nor missed but not published, and are counted apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from benchmarks.detection.truth import PLACE, load_truth

_READ = """
CREATE OR REPLACE TEMP TABLE read AS
SELECT d.file_name AS file, a.form_code, coalesce(a.block, '') AS block,
    CASE WHEN a.form_code = 'project_self_evaluation_summary'
        THEN a.line_label_zh ELSE a.line_code END AS line_code,
    a.measure_code, a.phase, a.fund, a.amount_cny AS value_cny
FROM conformed.fct_line_amount AS a
JOIN raw.documents AS d USING (document_id)
WHERE a.source_kind = 'table' AND d.file_name IN (SELECT file FROM documents)
"""

_CELLS = f"""
CREATE OR REPLACE TEMP TABLE cells AS
WITH stated AS (
    SELECT file, {PLACE}, value_cny, count(*) AS stated FROM facts GROUP BY ALL
), found AS (
    SELECT file, {PLACE}, value_cny, count(*) AS found FROM read GROUP BY ALL
)
SELECT file, {PLACE}, value_cny, coalesce(stated, 0) AS stated, coalesce(found, 0) AS found,
    least(coalesce(stated, 0), coalesce(found, 0)) AS agreed
FROM stated FULL JOIN found USING (file, {PLACE}, value_cny)
"""

_HELD_BACK = """
CREATE OR REPLACE TEMP TABLE held_back AS
SELECT documents.file
FROM documents LEFT JOIN raw.documents AS read ON read.file_name = documents.file
WHERE documents.format = 'scan' AND coalesce(read.status, '') <> 'loaded'
"""

_RESTS_ON = """
CREATE OR REPLACE TEMP TABLE rests_on AS
SELECT DISTINCT f.finding_id, f.severity, m_result.identity_id, own.file_name AS finding_file,
    d.file_name AS file, s.form_code, coalesce(s.block, '') AS block,
    CASE WHEN s.form_code = 'project_self_evaluation_summary'
        THEN s.line_label_zh ELSE s.line_code END AS line_code,
    s.measure_code, s.phase, coalesce(s.fund, '') AS fund,
    rtrim(regexp_replace(coalesce(s.printed, ''), '[,%％\\s]', '', 'g')) AS printed
FROM marts.findings AS f
JOIN raw.documents AS own ON own.document_id = f.document_id
JOIN marts.finding_members AS m USING (finding_id)
JOIN conformed.fct_identity_result AS m_result
    ON m_result.identity_result_id = m.identity_result_id
JOIN conformed.identity_evidence AS e ON e.identity_result_id = m.identity_result_id
JOIN conformed.fct_stated_value AS s ON s.stated_value_id = e.stated_value_id
JOIN raw.documents AS d ON d.document_id = s.document_id
"""

_CAUGHT = """
CREATE OR REPLACE TEMP TABLE caught AS
SELECT DISTINCT places.error_id, rests_on.finding_id, rests_on.identity_id
FROM places
JOIN rests_on USING (file, form_code, block, line_code, measure_code, phase, fund)
UNION
SELECT DISTINCT figures.error_id, rests_on.finding_id, rests_on.identity_id
FROM figures
JOIN rests_on
    ON rests_on.file = figures.file AND rests_on.form_code = 'narrative'
    AND rests_on.printed = figures.printed
"""


def measure(index: dict[str, Any], published: Path) -> dict[str, Any]:
    """Return precision, recall and false findings as plain data; see the report for the names."""
    with duckdb.connect(str(published), read_only=True) as connection:
        load_truth(connection, index)
        for statement in (_READ, _CELLS, _HELD_BACK, _RESTS_ON, _CAUGHT):
            connection.execute(statement)
        return {
            "documents": _documents(connection),
            "cells_by_format": _cells(connection, "format"),
            "scans": _scans(connection),
            "cells_by_layout": _cells(connection, "layout, held_out"),
            "cells_by_tuning": _cells(connection, "held_out"),
            "cells_by_form": _cells_by_form(connection),
            "prose_by_tuning": _prose(connection, "held_out"),
            "prose_missed": _prose_missed(connection),
            "errors_by_kind": _errors(connection, "kind"),
            "errors_by_format": _errors(connection, "format"),
            "errors_by_tuning": _errors(connection, "held_out"),
            "errors_by_layout": _errors(connection, "layout"),
            "missed": _missed(connection),
            "false_findings": _false_findings(connection),
            "false_by_identity": _false_by_identity(connection),
            "unplaced": _unplaced(connection),
        }


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _documents(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        """
        SELECT format, count(*) AS documents, count(*) FILTER (clean) AS clean,
            count(*) FILTER (status = 'loaded') AS loaded,
            string_agg(DISTINCT status_reason, '；') FILTER (status <> 'loaded') AS reasons
        FROM documents LEFT JOIN raw.documents AS read ON read.file_name = documents.file
        GROUP BY 1 ORDER BY 1
        """,
    )


def _scans(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What became of the scans, clean ones and those with planted errors; cells of published."""
    return _rows(
        connection,
        """
        WITH read AS (
            SELECT file, sum(stated)::INT AS stated, sum(found)::INT AS found,
                sum(agreed)::INT AS agreed
            FROM cells GROUP BY file
        )
        SELECT clean, count(*) AS documents, count(*) FILTER (is_held_back) AS held_back,
            coalesce(sum(stated) FILTER (NOT is_held_back), 0)::INT AS stated,
            coalesce(sum(found) FILTER (NOT is_held_back), 0)::INT AS read,
            coalesce(sum(agreed) FILTER (NOT is_held_back), 0)::INT AS agreed
        FROM (SELECT *, file IN (FROM held_back) AS is_held_back FROM documents)
        LEFT JOIN read USING (file)
        WHERE format = 'scan' GROUP BY clean ORDER BY clean DESC
        """,
    )


def _cells(connection: duckdb.DuckDBPyConnection, group: str) -> list[dict[str, Any]]:
    return _rows(
        connection,
        f"""
        SELECT {group}, sum(stated)::INT AS stated, sum(found)::INT AS read,
            sum(agreed)::INT AS agreed,
            sum(agreed) / nullif(sum(found), 0) AS precision,
            sum(agreed) / nullif(sum(stated), 0) AS recall
        FROM cells JOIN documents USING (file) GROUP BY {group} ORDER BY {group}
        """,
    )


def _cells_by_form(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        """
        SELECT layout, form_code, sum(stated)::INT AS stated, sum(found)::INT AS read,
            sum(agreed)::INT AS agreed
        FROM cells JOIN documents USING (file)
        WHERE NOT held_out
        GROUP BY ALL HAVING sum(agreed) < greatest(sum(stated), sum(found)) ORDER BY 1, 2
        """,
    )


_PROSE_READ = """
    SELECT prose.*, EXISTS (
        FROM conformed.fct_line_amount AS a JOIN raw.documents AS d USING (document_id)
        WHERE d.file_name = prose.file AND a.form_code = 'narrative'
            AND a.line_code = prose.line_code AND a.phase = prose.phase
            AND a.measure_code = 'amount' AND coalesce(a.fund, '') = prose.fund
            AND a.amount_cny = prose.value_cny
    ) AS is_read
    FROM prose
"""


def _prose(connection: duckdb.DuckDBPyConnection, group: str) -> list[dict[str, Any]]:
    """Recall of the amounts in the prose of clean documents."""
    return _rows(
        connection,
        f"""
        SELECT {group}, count(*) AS stated, count(*) FILTER (is_read) AS read
        FROM ({_PROSE_READ}) JOIN documents USING (file) GROUP BY {group} ORDER BY {group}
        """,
    )


def _prose_missed(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        f"""
        SELECT CASE WHEN regexp_full_match(line_code, '[0-9]{{7}}') THEN '项' ELSE line_code END
            AS line_code, phase, fund, count(*) AS missed, min(file) AS example
        FROM ({_PROSE_READ}) JOIN documents USING (file)
        WHERE NOT held_out AND NOT is_read GROUP BY ALL ORDER BY missed DESC, 1, 2, 3
        """,
    )


def _errors(connection: duckdb.DuckDBPyConnection, group: str) -> list[dict[str, Any]]:
    return _rows(
        connection,
        f"""
        WITH judged AS (
            SELECT errors.*, layout, held_out, format,
                expected_visible AND file NOT IN (FROM held_back) AS is_visible,
                error_id IN (SELECT error_id FROM caught) AS is_found,
                error_id IN (
                    SELECT caught.error_id FROM caught JOIN errors AS known USING (error_id)
                    WHERE regexp_full_match(caught.identity_id, known.by_identity)
                ) AS is_found_as_foreseen
            FROM errors JOIN documents USING (file)
        )
        SELECT {group}, count(*) FILTER (is_visible) AS visible,
            count(*) FILTER (is_visible AND is_found) AS visible_found,
            count(*) FILTER (is_visible AND is_found_as_foreseen) AS as_foreseen,
            count(*) FILTER (expected_visible AND NOT is_visible) AS not_published,
            count(*) FILTER (NOT expected_visible) AS invisible,
            count(*) FILTER (NOT expected_visible AND is_found) AS invisible_found
        FROM judged GROUP BY {group} ORDER BY {group}
        """,
    )


def _missed(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Visible errors that no finding rests on; those of held-out layouts are only counted."""
    return _rows(
        connection,
        """
        SELECT file, layout, format, kind, old, new FROM errors JOIN documents USING (file)
        WHERE expected_visible AND NOT held_out
            AND error_id NOT IN (SELECT error_id FROM caught)
            AND file NOT IN (FROM held_back)
        ORDER BY kind, file
        """,
    )


_SPURIOUS = """
    SELECT finding_id, any_value(severity) AS severity, any_value(finding_file) AS file,
        bool_and(documents.clean) AS is_on_clean_documents
    FROM rests_on JOIN documents USING (file)
    WHERE finding_id NOT IN (SELECT finding_id FROM caught)
    GROUP BY finding_id
"""


def _false_findings(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Findings that rest on no planted cell, on clean documents and on the others."""
    return _rows(
        connection,
        f"""
        SELECT CASE WHEN is_on_clean_documents THEN 'clean' ELSE 'planted' END AS documents,
            held_out, severity, count(*) AS findings, count(DISTINCT file) AS documents_with
        FROM ({_SPURIOUS}) JOIN documents USING (file) GROUP BY ALL ORDER BY ALL
        """,
    )


def _false_by_identity(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        f"""
        SELECT spurious.severity, is_on_clean_documents, layout, format, identity_id,
            count(DISTINCT spurious.finding_id) AS findings, min(spurious.file) AS example
        FROM ({_SPURIOUS}) AS spurious
        JOIN documents USING (file)
        JOIN rests_on USING (finding_id)
        WHERE NOT held_out
        GROUP BY ALL ORDER BY 1, 2 DESC, 6 DESC, 5, 3, 4
        """,
    )


def _unplaced(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Labels and headers of the tuning layouts that no alias knows."""
    return _rows(
        connection,
        """
        SELECT layout, format, form_code, label_kind, label_zh,
            sum(cell_count)::INT AS cells
        FROM conformed.unmapped_labels
        JOIN raw.documents AS d USING (document_id)
        JOIN documents ON documents.file = d.file_name
        WHERE NOT held_out
        GROUP BY ALL ORDER BY cells DESC, 1, 2, 3, 4, 5 LIMIT 60
        """,
    )
