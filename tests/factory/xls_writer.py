"""Writes a disclosure as an Excel 97 workbook; the same sheets as the XLSX writer."""

from __future__ import annotations

from io import BytesIO

import xlwt

from tests.factory.content import DisclosureContent
from tests.factory.layout import Layout
from tests.factory.word_parts import FormPart, parts_of, row_count_of, spans_of
from tests.factory.xlsx_writer import typed


def write_xls(content: DisclosureContent, layout: Layout) -> bytes:
    """Return the workbook: a sheet of prose before the forms, their sheets, a sheet after them."""
    workbook = xlwt.Workbook(encoding="utf-8")
    prose: xlwt.Worksheet | None = None
    row = count = 0
    for part in parts_of(content, layout):
        if isinstance(part, FormPart) and part.title:
            _form(workbook.add_sheet(part.name), part)
            prose = None
            continue
        if prose is None:
            count += 1
            prose, row = workbook.add_sheet(f"说明{count}"), 0
        if isinstance(part, str):
            prose.write(row, 0, part)
            row += 2
        else:
            _table(prose, part, row)
            row += row_count_of(part.sheet) + 1
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _form(sheet: xlwt.Worksheet, part: FormPart) -> None:
    width = len(part.sheet.roles)
    sheet.write_merge(0, 0, 0, width - 1, part.title)
    for number, caption in enumerate(part.captions):
        sheet.write(1 + number, 0 if caption.startswith("部门") else width - 1, caption)
    top = 1 + len(part.captions)
    _table(sheet, part, top)
    for number, note in enumerate(part.notes):
        row = top + row_count_of(part.sheet) + number
        sheet.write_merge(row, row, 0, width - 1, note)


def _table(sheet: xlwt.Worksheet, part: FormPart, top: int) -> None:
    for span in spans_of(part.sheet):
        value, number_format = typed(span.text, part.sheet.roles[span.column] == "amount")
        style = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
        style.num_format_str = number_format
        row, column = top + span.row, span.column
        if span.row_span > 1 or span.column_span > 1:
            last = (row + span.row_span - 1, column + span.column_span - 1)
            sheet.write_merge(row, last[0], column, last[1], value, style)
        else:
            sheet.write(row, column, value, style)
