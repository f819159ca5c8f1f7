"""Grids to labelled cells: every value with its row label, code, column label and block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.captions import is_note_cell
from ingest.document import Box, Cell
from ingest.headers import MEASURE, Layout, rows_of
from ingest.normalise import is_code, is_number, normalise

_CODE_AND_NAME = re.compile(r"\[?([235]\d{6}|[235]\d{4}|[235]\d{2})\]?([^\d万元年个人台].*)")
_STATISTIC = "统计数"


@dataclass(slots=True)
class LabelledCell:
    """One cell of raw.cells, without the ids; labels are normalised, the text is as printed."""

    page_number: int
    line_number: int | None
    row_number: int
    column_number: int
    block_number: int
    block_label: str
    row_code: str
    row_label: str
    column_label: str
    cell_kind: str
    cell_text: str
    box: Box | None = None
    is_personal: bool = False
    confidence: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class _Stub:
    """The code and label of one block in one row."""

    code: str = ""
    label: str = ""
    has_value: bool = False


def label_table(
    cells: tuple[Cell, ...], row_count: int, layout: Layout, skip: int = 0
) -> list[LabelledCell]:
    """Label the cells of a grid with a column header; the first ``skip`` rows are captions."""
    out: list[LabelledCell] = []
    tall = [
        cell
        for cell in cells
        if cell.row_span > 1
        and cell.row_number >= layout.header_row_count
        and layout.roles[cell.column_number] != MEASURE
    ]
    in_statistics = False
    for number, row in enumerate(rows_of(cells, row_count)):
        if number < layout.header_row_count:
            kind = "note" if number < skip else "header"
            out += [_labelled(c, kind, layout, _Stub()) for c in row if c.text.strip()]
            continue
        in_statistics = in_statistics or _opens_statistics(row)
        if in_statistics:
            out += _label_statistics(row, layout)
            continue
        if number == layout.header_row_count and layout.shared_columns:
            heads = [c for c in row if c.column_number in layout.shared_columns]
            out += [_labelled(c, "header", layout, _Stub()) for c in heads]
            row = [c for c in row if c.column_number not in layout.shared_columns]
        reaching = [c for c in tall if c.row_number < number < c.row_number + c.row_span]
        out += _label_row(row, reaching, layout)
    return out


def _opens_statistics(row: list[Cell]) -> bool:
    """Whether a row heads the counts (团组, 人次, 辆) that some places print below the amounts."""
    return any(
        text == _STATISTIC or text.startswith("相关统计数")
        for text in (normalise(cell.text) for cell in row)
    )


def _label_statistics(row: list[Cell], layout: Layout) -> list[LabelledCell]:
    """Label pairs of name and count: the columns above have nothing to do with them."""
    out = []
    name = ""
    for cell in row:
        text = normalise(cell.text)
        if not text:
            continue
        is_count = is_number(text) and bool(name)
        if not is_count:
            name = "" if text == _STATISTIC else text
        labelled = _labelled(cell, "value" if is_count else "label", layout, _Stub(label=name))
        labelled.column_label = _STATISTIC if is_count else ""
        out.append(labelled)
    return out


def _label_row(row: list[Cell], reaching: list[Cell], layout: Layout) -> list[LabelledCell]:
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) == 1 and is_note_cell(filled[0].text):
        return [_labelled(filled[0], "note", layout, _Stub())]
    kinds = {id(cell): body_kind(cell, layout.roles[cell.column_number]) for cell in row}
    stubs: dict[int, _Stub] = {}
    for cell in sorted(reaching + row, key=lambda c: c.column_number):
        block = layout.blocks[cell.column_number]
        stub = stubs.setdefault(block, _Stub())
        kind = kinds.get(id(cell)) or body_kind(cell, layout.roles[cell.column_number])
        _extend(stub, kind, normalise(cell.text))
    out = []
    for cell in row:
        kind = kinds[id(cell)]
        if kind != "value" and not cell.text.strip():
            continue
        block = layout.blocks[cell.column_number]
        stub = stubs[block]
        if kind == "value" and cell.text.strip() and not (stub.label or stub.code):
            # A total may stand in one block and its amount in the next.
            lenders = [b for b, s in stubs.items() if b < block and s.label and not s.has_value]
            if lenders:
                block = max(lenders)
                stub = stubs[block]
        out.append(_labelled(cell, kind, layout, stub, block))
    return out


def body_kind(cell: Cell, role: str) -> str:
    """Tell the kind of a body cell from the role of its column and from what it says."""
    text = normalise(cell.text)
    if role == MEASURE:
        return "value"
    if role == "ordinal":
        return "ordinal"
    # 款 and 项 columns hold two digits each.
    if is_code(text) or (role == "code" and text.isdigit() and len(text) > 1):
        return "code"
    if is_number(text) and "." in text:
        return "value"
    # A total stands in the code column of some forms.
    return "label" if text else role


def _extend(stub: _Stub, kind: str, text: str) -> None:
    if not text:
        return
    if kind == "code":
        # 类|款|项 columns hold either the parts or, each time, the whole code so far.
        stub.code = text if text.startswith(stub.code) else stub.code + text
    elif kind == "label":
        match = _CODE_AND_NAME.fullmatch(text)
        if match and not stub.code:
            stub.code, text = match.groups()
        stub.label = f"{stub.label}/{text}" if stub.label and stub.label != text else text
    elif kind == "value":
        stub.has_value = True


def _labelled(
    cell: Cell, kind: str, layout: Layout, stub: _Stub, block: int | None = None
) -> LabelledCell:
    block = block or layout.blocks[cell.column_number]
    return LabelledCell(
        page_number=cell.page_number,
        line_number=cell.line_number,
        row_number=cell.row_number + 1,
        column_number=cell.column_number + 1,
        block_number=block,
        block_label=layout.block_labels[block],
        row_code=stub.code,
        row_label=stub.label,
        column_label=layout.column_labels[cell.column_number],
        cell_kind=kind,
        cell_text=cell.text,
        box=cell.box,
        confidence=cell.confidence,
        alternatives=cell.alternatives,
    )
