"""Report tables: one region of many blocks, each with a title row, of two kinds: lists and forms.

A list has a header row (序号 …); a form is pairs of field and value. The block number counts the
blocks of the region; the block label is the title of the block, one word however it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.document import Cell
from ingest.headers import MEASURE, Layout, read_layout, rows_of
from ingest.labels import LabelledCell, label_table
from ingest.normalise import normalise
from ingest.report_fields import label_fields, labelled
from ingest.report_lists import label_list
from ingest.report_rows import Row, completes
from ingest.report_vocabulary import (
    ListForm,
    block_label_of,
    fields_of,
    filled,
    filled_texts,
    find_list,
    is_block_title,
)
from ingest.seeds import header_roles

_SECTION_TITLE = re.compile(r"^[^:：，。;；]{2,14}(信息|情况|来源|明细|指标|内容)$")
_LIST_HEAD = frozenset(("资金来源", "支出内容", "一级指标"))


@dataclass(slots=True)
class _Block:
    """The rows under one title; ``form`` is the list that they are, where it is a known one."""

    title: str
    title_row: Row = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    form: ListForm | None = None


def label_report(
    cells: tuple[Cell, ...], row_count: int, column_count: int, has_merges: bool, caption: str
) -> list[LabelledCell]:
    """Label a region of blocks; ``caption`` names the first block when it has no title row."""
    out: list[LabelledCell] = []
    rows = rows_of(cells, row_count)
    for number, block in enumerate(_split(rows, _title_in(caption)), start=1):
        out += [labelled(c, "header", number, block.title) for c in filled(block.title_row)]
        if block.form and not _has_tall_labels(block.rows):
            out += label_list(block.rows, block.form, number, has_merges)
        elif block.rows and (block.form or _is_list_head(block.rows[0])):
            out += _label_other_list(block.rows, column_count, has_merges, number, block.title)
        else:
            out += label_fields(block.rows, number, block.title)
    return out


def _title_in(caption: str) -> str:
    """Return the title of a block among the lines above a grid, or all that they say."""
    known = [block_label_of(part) for part in caption.split() if is_block_title(normalise(part))]
    return known[-1] if known else normalise(caption)


def _split(rows: list[Row], caption: str) -> list[_Block]:
    blocks = [_Block(caption)]
    for number, row in enumerate(rows):
        block = blocks[-1]
        title = _title_of(rows, number, fields_of(block.title))
        if title:
            if block.rows or block.title_row:
                blocks.append(_Block(title))
            blocks[-1].title, blocks[-1].title_row = title, row
            continue
        form = find_list(rows[number:])
        repeats_header = form and block.form and form.columns == block.form.columns
        if (form or _is_list_head(row)) and not repeats_header:
            if block.rows:
                # A list that follows its predecessor without a title of its own.
                blocks.append(_Block(""))
            _open_list(blocks[-1], form)
        blocks[-1].rows.append(row)
    return blocks


def _open_list(block: _Block, form: ListForm | None) -> None:
    """Give a block the list that its header tells; a known title stays, any other gives way."""
    if form and is_block_title(block.title):
        form = replace(form, block_label=block.title)
    elif form:
        block.title = form.block_label
    block.form = form


def _title_of(rows: list[Row], number: int, fields: frozenset[str]) -> str:
    """Return the title that a row is, or ''; half a field name, cut by a page break, is none."""
    row = rows[number]
    texts = filled_texts(row)
    if len(texts) != 1 or not row[0].text.strip():
        return ""
    if number and completes(rows[number - 1], row, fields):
        return ""
    if number + 1 < len(rows) and completes(row, rows[number + 1], fields):
        return ""
    is_title = is_block_title(texts[0]) or _SECTION_TITLE.match(texts[0])
    return block_label_of(texts[0]) if is_title else ""


def _is_list_head(row: Row) -> bool:
    first = next((normalise(c.text) for c in row if c.column_number == 0), "")
    if first in _LIST_HEAD:
        return len(filled(row)) > 2
    return header_roles().get(first) == "ordinal"


def _has_tall_labels(rows: list[Row]) -> bool:
    """Whether cells below the header reach over several rows: their labels are for all of them."""
    return any(cell.row_span > 1 for row in rows[2:] for cell in row)


def _label_other_list(
    rows: list[Row], column_count: int, has_merges: bool, block: int, title: str
) -> list[LabelledCell]:
    """Label a list by its own header, as any table is."""
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
    out = label_table(moved, len(rows), layout)
    for cell in out:
        cell.row_number += shift
        cell.block_number = block
    return out


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
