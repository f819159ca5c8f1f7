"""The short table at the end of a refresh, and `juesuan status`: read from the published build."""

from __future__ import annotations

from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

STATUS_ZH = {
    "loaded": "已载入 loaded",
    "rejected": "未能读取 rejected",
    "quarantined": "已隔离 quarantined",
    "superseded": "已被更正 superseded",
    "withdrawn": "已撤回 withdrawn",
}
VERDICT_ZH = {
    "exact": "一致 exact",
    "rounding": "尾差 rounding",
    "implausible": "尾差存疑 implausible",
    "mismatch": "勾稽不符 mismatch",
    "not_evaluable": "无法核对 not evaluable",
}
SEVERITY_ZH = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}


def summary_table(published: Path) -> Table:
    """Return documents, cells, amounts, identities by verdict and findings by severity."""
    table = Table(title="决算 juesuan", show_header=False, title_style="bold", min_width=48)
    table.add_column("项目")
    table.add_column("数量", justify="right")
    with duckdb.connect(str(published), read_only=True) as connection:
        statuses = _counts(connection, "raw.documents", "status")
        _section(table, "文件 documents", statuses, STATUS_ZH)
        for label, relation in (
            ("单元格 cells", "raw.cells WHERE reading_number = 1"),
            ("金额 amounts", "conformed.fct_line_amount"),
        ):
            count = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()[0]
            table.add_row(label, f"{count:,}", end_section=True)
        verdicts = _counts(connection, "conformed.fct_identity_result", "verdict")
        _section(table, "勾稽关系 identities", verdicts, VERDICT_ZH)
        findings = _counts(connection, "marts.findings", "severity")
        _section(table, "疑点 findings", findings, SEVERITY_ZH)
    return table


def print_problems(console: Console, published: Path) -> None:
    """Print the documents that are not published and why, and notes on others, one line each."""
    with duckdb.connect(str(published), read_only=True) as connection:
        problems = connection.execute(
            "SELECT file_name, status, status_reason FROM raw.documents"
            " WHERE status IN ('rejected', 'quarantined')"
            " OR (status = 'loaded' AND status_reason IS NOT NULL) ORDER BY file_name"
        ).fetchall()
        waiting = connection.execute(
            "SELECT file_name, reason_zh FROM marts.unassigned_documents ORDER BY file_name"
        ).fetchall()
    for file_name, status, reason in problems:
        console.print(f"{STATUS_ZH[status]}  {file_name}：{reason}", markup=False)
    for file_name, reason in waiting:
        console.print(
            f"待归属 unassigned  {file_name}：{reason}；请用 juesuan assign 或 manifest.csv 指明"
            " / say whose it is with juesuan assign or manifest.csv",
            markup=False,
        )


def unmapped_table(published: Path) -> Table:
    """Return the labels that no seed knows, those of most documents first, with proposals."""
    table = Table(title="对不上的标签 unmapped labels")
    for name in (
        "报表 form",
        "块 block",
        "",
        "标签 label",
        "文件 files",
        "相近 resembles",
        "建议 code",
    ):
        # A label is copied into a seed: it is broken over lines rather than cut.
        justify = "right" if name.startswith("文件") else "left"
        table.add_column(name, justify=justify, overflow="fold")
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT form_code, block, label_kind, label_zh, document_count,
                known_label_zh || ' ' || round(similarity * 100)::INT || '%', proposed_code
            FROM marts.unmapped_proposals
            ORDER BY document_count DESC, cell_count DESC, form_code, block, label_zh
            """
        ).fetchall()
    for row in rows:
        table.add_row(*(str(value or "") for value in row))
    return table


def _counts(connection: duckdb.DuckDBPyConnection, relation: str, column: str) -> dict[str, int]:
    return dict(
        connection.execute(f"SELECT {column}, count(*) FROM {relation} GROUP BY 1").fetchall()
    )


def _section(table: Table, title: str, counts: dict[str, int], names: dict[str, str]) -> None:
    table.add_row(title, f"{sum(counts.values()):,}", style="bold")
    present = [key for key in names if counts.get(key)]
    for key in present:
        table.add_row(f"  {names[key]}", f"{counts[key]:,}")
    table.add_section()
