"""The self-evaluation reports of a real disclosure against golden files written from the source."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import pytest

from ingest.normalise import normalise
from juesuan.settings import Home

GOLDEN = Path(__file__).resolve().parent / "linzi-government-office-2020"
FILE_NAME = "linzi-government-office-2020.txt"
AMOUNT_COLUMNS = [
    f"{kind}/{amount}"
    for kind in ("计划安排", "实际安排", "实际支出")
    for amount in ("总金额", "当年金额")
]
SPENDING_COLUMNS = [
    "量化支出/明细内容",
    "量化支出/数量",
    "量化支出/单价",
    "量化支出/支出金额",
    "非量化支出/明细内容",
    "非量化支出/支出金额",
    "总金额",
]
TARGET_COLUMNS = ["目标值", "完成值", "计量单位"]
SCORE_COLUMNS = [*TARGET_COLUMNS, "分值", "得分", "标准件"]
FIELDS = {
    "project_name": ("项目基本信息", "项目名称"),
    "functional_code": ("项目基本信息", "功能科目"),
    "is_procurement": ("项目基本信息", "是否为政府采购"),
    "project_year": ("项目基本信息", "立项年度"),
    "business_year": ("项目基本信息", "业务年度"),
    "planned_start": ("项目基本信息", "计划实施时间"),
    "planned_end": ("项目基本信息", "计划完成时间"),
    "actual_start": ("项目基本信息", "实际实施时间"),
    "actual_end": ("项目基本信息", "实际完成时间"),
    "evaluation_start": ("项目基本信息", "评价开始时间"),
    "evaluation_end": ("项目基本信息", "评价结束时间"),
    "implementation_start": ("项目实施情况", "实施开始时间"),
    "implementation_end": ("项目实施情况", "实施结束时间"),
}
BLOCKS = {
    "单位基本信息",
    "项目基本信息",
    "项目实施情况",
    "项目资金来源",
    "项目支出明细",
    "评价组织情况",
    "目标完成情况",
    "项目自评情况",
    "评价组人员情况",
    "自我评价其他信息",
}
pytestmark = pytest.mark.slow


def _golden(file: str) -> list[dict[str, str]]:
    with (GOLDEN / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def cells(real_home: Home) -> list[dict]:
    """The published cells of the reports, in their order, texts without white space."""
    with duckdb.connect(str(real_home.published), read_only=True) as connection:
        found = connection.execute(
            """
            SELECT c.form_title, c.table_number, c.row_number, c.line_number, c.block_label,
                c.row_code, c.row_label, c.column_label, c.cell_kind, c.cell_text, c.is_redacted
            FROM raw.cells AS c
            JOIN raw.documents AS d USING (document_id)
            WHERE d.file_name = ? AND c.form_title LIKE '%自评报告'
            ORDER BY c.cell_id
            """,
            [FILE_NAME],
        )
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    for row in rows:
        row["cell_text"] = normalise(row["cell_text"] or "")
    return rows


@pytest.fixture(scope="module")
def title_of() -> dict[str, str]:
    """The title of each project's report."""
    return {r["project_name"]: normalise(r["report_title"]) for r in _golden("reports.csv")}


def _rows(cells: list[dict], block: str) -> list[dict]:
    """The rows of a list: title, line, labels, ordinal, and the values by their column."""
    rows: dict[tuple, dict] = defaultdict(lambda: {"values": {}, "ordinal": ""})
    for cell in cells:
        if cell["block_label"] != block or cell["cell_kind"] not in ("value", "ordinal", "label"):
            continue
        row = rows[cell["form_title"], cell["table_number"], cell["row_number"]]
        row |= {k: cell[k] for k in ("form_title", "line_number", "row_code", "row_label")}
        if cell["cell_kind"] == "ordinal":
            row["ordinal"] = cell["cell_text"]
        elif cell["cell_kind"] == "value":
            row["values"][cell["column_label"]] = cell["cell_text"]
    return list(rows.values())


def _values(row: dict, columns: list[str]) -> tuple:
    assert set(row["values"]) <= set(columns)
    return tuple(row["values"].get(column, "") for column in columns)


def test_every_report_has_the_same_blocks(cells):
    blocks: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        blocks[cell["form_title"]].add(cell["block_label"])
    assert len(blocks) == 16
    assert all(found == BLOCKS for found in blocks.values())


def test_fields_and_total_scores(cells):
    fields: dict[tuple, list[str]] = defaultdict(list)
    for cell in cells:
        if cell["cell_kind"] == "value" and cell["cell_text"]:
            place = (cell["block_label"], cell["row_label"], cell["column_label"])
            fields[cell["form_title"], *place].append(cell["cell_text"])
    for row in _golden("reports.csv"):
        title = normalise(row["report_title"])
        found = {name: fields[title, *place, ""] for name, place in FIELDS.items()}
        found["functional_code"] = [re.match(r"\[(\d+)\]", t)[1] for t in found["functional_code"]]
        found["total_score"] = fields[title, "项目自评情况", "得分分值(百分制)", "得分"]
        assert found == {name: [normalise(row[name])] for name in found}


def test_funding(cells, title_of):
    found = [
        (
            row["form_title"],
            row["line_number"],
            re.sub(r"^[一二三四\d]、", "", row["row_label"]),
            *_values(row, AMOUNT_COLUMNS),
        )
        for row in _rows(cells, "项目资金来源")
    ]
    golden = [
        (title_of[name], int(line), *map(normalise, rest))
        for name, line, *rest in (row.values() for row in _golden("reports_funding.csv"))
    ]
    assert Counter(found) == Counter(golden)


def test_spending(cells, title_of):
    found = [
        (
            row["form_title"],
            row["line_number"],
            row["row_code"],
            row["row_label"],
            *_values(row, SPENDING_COLUMNS),
        )
        for row in _rows(cells, "项目支出明细")
    ]
    golden = [
        (title_of[name], int(line), *map(normalise, rest))
        for name, line, _, *rest in (row.values() for row in _golden("reports_spending.csv"))
    ]
    assert Counter(found) == Counter(golden)


@pytest.mark.parametrize(
    ("table", "block", "columns"),
    [("targets", "目标完成情况", TARGET_COLUMNS), ("scores", "项目自评情况", SCORE_COLUMNS)],
)
def test_indicators(cells, title_of, table, block, columns):
    found = [
        (
            row["form_title"],
            row["line_number"],
            row["ordinal"],
            row["row_label"],
            *_values(row, columns),
        )
        for row in _rows(cells, block)
        if row["ordinal"]
    ]
    golden = []
    for row in _golden("reports_indicators.csv"):
        _, where, line, ordinal, *rest = map(normalise, row.values())
        if where == table:
            levels, values = rest[:4], rest[4 : 4 + len(columns)]
            title = title_of[row["project_name"]]
            golden.append((title, int(line), ordinal, "/".join(levels), *values))
    assert Counter(found) == Counter(golden)


def test_persons_of_the_reports_are_redacted(cells):
    """Names, posts and telephone numbers, in the lists of persons and beside their fields."""
    fields = ("单位负责人", "财务负责人", "绩效负责人", "实施负责人", "联系电话", "职务", "职称")
    persons = [
        cell
        for cell in cells
        if cell["cell_kind"] == "value"
        and (cell["row_label"] in fields or cell["column_label"] in ("姓名", *fields))
    ]
    assert len([cell for cell in persons if cell["is_redacted"]]) > 16 * 10
    assert not [cell for cell in persons if cell["cell_text"]]
