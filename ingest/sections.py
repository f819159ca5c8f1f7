"""Report tables: one region of many blocks, each with a title row, of two kinds: lists and forms.

A list has a header row (序号 …) and is labelled like any table; a form is pairs of field and value.
The block number counts the blocks of the region and the block label is the title of the block.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.document import Cell
from ingest.headers import MEASURE, Layout, read_layout, rows_of
from ingest.labels import LabelledCell, label_table
from ingest.normalise import is_number, normalise
from ingest.seeds import header_roles

_SECTION_TITLE = re.compile(r"^[^:：，。;；]{2,14}(信息|情况|来源|明细|指标|内容)$")
_LIST_HEAD = frozenset(("资金来源", "支出内容", "一级指标"))


def label_report(
    cells: tuple[Cell, ...], row_count: int, column_count: int, has_merges: bool, caption: str
) -> list[LabelledCell]:
    """Label a region of blocks; ``caption`` names the first block when it has no title row."""
    rows = rows_of(cells, row_count)
    starts = [n for n, row in enumerate(rows) if n == 0 or _opens_block(rows, n)]
    out: list[LabelledCell] = []
    title = normalise(caption)
    for block, (start, end) in enumerate(zip(starts, [*starts[1:], row_count], strict=True), 1):
        head = _title_of(rows[start])
        first = start
        if head:
            title = head
            first += 1
            out += [_cell(c, "header", block, title, "", "") for c in rows[start] if c.text.strip()]
        elif block > 1:
            # A list that follows its predecessor without a title of its own.
            title = ""
        out += _label_block(rows[first:end], column_count, has_merges, block, title)
    return out


def _opens_block(rows: list[list[Cell]], number: int) -> bool:
    if _title_of(rows[number]):
        return True
    return _is_list_head(rows, number) and not _title_of(rows[number - 1])


def _title_of(row: list[Cell]) -> str:
    filled = [normalise(cell.text) for cell in row if cell.text.strip()]
    if len(filled) == 1 and row[0].text.strip() and _SECTION_TITLE.match(filled[0]):
        return filled[0]
    return ""


def _is_list_head(rows: list[list[Cell]], number: int) -> bool:
    first = next((normalise(c.text) for c in rows[number] if c.column_number == 0), "")
    if first in _LIST_HEAD:
        return len([c for c in rows[number] if c.text.strip()]) > 2
    return header_roles().get(first) == "ordinal"


def _label_block(
    rows: list[list[Cell]], column_count: int, has_merges: bool, block: int, title: str
) -> list[LabelledCell]:
    if not rows:
        return []
    if not _is_list_head(rows, 0):
        return _label_form(rows, block, title)
    shift = min((cell.row_number for row in rows for cell in row), default=0)
    moved = tuple(replace(c, row_number=c.row_number - shift) for row in rows for c in row)
    layout = read_layout(moved, len(rows), column_count, has_merges)
    layout = replace(
        layout,
        blocks=(1,) * column_count,
        block_labels={1: title},
        roles=_leading_roles(layout),
        column_labels=_unblocked_labels(moved, layout, column_count, has_merges),
    )
    labelled = label_table(moved, len(rows), layout)
    for cell in labelled:
        cell.row_number += shift
        cell.block_number = block
    return labelled


def _leading_roles(layout: Layout) -> tuple[str, ...]:
    """Return the roles with labels only where they lead the row: a list has one block."""
    first = next((c for c, r in enumerate(layout.roles) if r == MEASURE), len(layout.roles))
    return tuple(r if c < first else MEASURE for c, r in enumerate(layout.roles))


def _unblocked_labels(
    cells: tuple[Cell, ...], layout: Layout, column_count: int, has_merges: bool
) -> tuple[str, ...]:
    """Return the column labels with the parts that the layout took for block labels."""
    labels = []
    for column, label in enumerate(layout.column_labels):
        head = layout.block_labels[layout.blocks[column]]
        labels.append(f"{head}/{label}" if head and label else head or label)
    return tuple(labels)


def _label_form(rows: list[list[Cell]], block: int, title: str) -> list[LabelledCell]:
    """Label pairs of field and value: a value is the next filled cell right beside its field."""
    out: list[LabelledCell] = []
    above: dict[int, str] = {}
    for row in rows:
        field = ""
        field_end = -1
        starts_inside = bool(row) and not row[0].text.strip()
        for cell in row:
            text = normalise(cell.text)
            if not text:
                continue
            beside = cell.column_number == field_end
            if starts_inside:
                # The rest of a row that a page break cut: it continues the fields above.
                out.append(
                    _cell(cell, "value", block, title, above.get(cell.column_number, ""), "")
                )
            elif beside or is_number(text):
                out.append(_cell(cell, "value", block, title, field, ""))
                above[cell.column_number] = field
                field_end = -1
            else:
                field = text
                field_end = cell.column_number + cell.column_span
                above[cell.column_number] = field
                out.append(_cell(cell, "label", block, title, field, ""))
    return out


def _cell(
    cell: Cell, kind: str, block: int, title: str, row_label: str, column_label: str
) -> LabelledCell:
    return LabelledCell(
        page_number=cell.page_number,
        line_number=cell.line_number,
        row_number=cell.row_number + 1,
        column_number=cell.column_number + 1,
        block_number=block,
        block_label=title,
        row_code="",
        row_label=row_label,
        column_label=column_label,
        cell_kind=kind,
        cell_text=cell.text,
        box=cell.box,
    )
