"""Blocks of pairs of field and value, and what both kinds of blocks of a report share."""

from __future__ import annotations

from ingest.document import Cell
from ingest.labels import LabelledCell
from ingest.normalise import is_number
from ingest.report_rows import Row, join_cut_fields, joined_text
from ingest.report_vocabulary import fields_of, filled, is_rule_row

MIN_CUT_NAME = 3


def label_fields(rows: list[Row], block: int, title: str) -> list[LabelledCell]:
    """Label pairs of field and value: a value is the next filled cell right beside its field.

    A known field of the block is never a value.
    """
    fields = fields_of(title)
    out: list[LabelledCell] = []
    above: dict[int, str] = {}
    for row in join_cut_fields(rows, fields):
        if is_rule_row(row):
            out += [labelled(cell, "note", block, title) for cell in filled(row)]
            continue
        texts = {id(cell): joined_text(cell.text, fields) for cell in filled(row)}
        names_fields = any(text in fields for text in texts.values())
        continues = bool(row) and not row[0].text.strip() and not names_fields
        field, field_end = "", -1
        for cell in filled(row):
            text = texts[id(cell)]
            beside = cell.column_number == field_end and text not in fields
            if continues:
                # The rest of a row that a page break cut: it continues the fields above.
                field = above.get(cell.column_number, "")
                out.append(labelled(cell, "value", block, title, field))
            elif beside or is_number(text):
                out.append(labelled(cell, "value", block, title, field))
                above[cell.column_number] = field
                field_end = -1
            else:
                field = _whole_name(text, fields)
                field_end = cell.column_number + cell.column_span
                above[cell.column_number] = field
                out.append(labelled(cell, "label", block, title, field))
    return out


def _whole_name(text: str, fields: frozenset[str]) -> str:
    """Return the one field of the block that begins so, where a page break lost its last part."""
    whole = [field for field in fields if field.startswith(text)]
    return whole[0] if len(whole) == 1 and len(text) >= MIN_CUT_NAME else text


def labelled(
    cell: Cell, kind: str, block: int, title: str, row_label: str = "", column_label: str = ""
) -> LabelledCell:
    """Return a cell of a report with its labels; row and column count from 1."""
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
        confidence=cell.confidence,
        alternatives=cell.alternatives,
    )
