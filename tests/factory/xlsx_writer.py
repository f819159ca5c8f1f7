"""Writes a disclosure as a workbook, one sheet per form, numbers as numbers with their format."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.factory.content import DisclosureContent
from tests.factory.layout import Layout
from tests.factory.word_parts import FormPart, Part, parts_of, row_count_of, spans_of

RULE = Border(*(Side("thin") for _ in range(4)))


def write_xlsx(content: DisclosureContent, layout: Layout) -> bytes:
    """Return the workbook: a sheet of prose before the forms, their sheets, a sheet after them."""
    return saved([parts_of(content, layout)])


def saved(disclosures: Iterable[Iterable[Part]]) -> bytes:
    """Return a workbook with the sheets of each disclosure in turn."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for parts in disclosures:
        _sheets(workbook, parts)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheets(workbook: Workbook, parts: Iterable[Part]) -> None:
    prose: Worksheet | None = None
    for part in parts:
        if isinstance(part, FormPart) and part.title:
            _form(workbook.create_sheet(part.name), part)
            prose = None
            continue
        if prose is None:
            prose = workbook.create_sheet(f"说明{len(workbook.worksheets)}")
        if isinstance(part, str):
            prose.cell(prose.max_row + 2, 1, part)
        else:
            _table(prose, part, prose.max_row + 2)


def _form(sheet: Worksheet, part: FormPart) -> None:
    width = len(part.sheet.roles)
    sheet.cell(1, 1, part.title)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    for number, caption in enumerate(part.captions):
        sheet.cell(2 + number, 1 if caption.startswith("部门") else width, caption)
    top = 3 + len(part.captions)
    _table(sheet, part, top)
    for number, note in enumerate(part.notes):
        row = top + row_count_of(part.sheet) + number
        sheet.cell(row, 1, note)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _table(sheet: Worksheet, part: FormPart, top: int) -> None:
    for row in range(row_count_of(part.sheet)):
        for column in range(len(part.sheet.roles)):
            sheet.cell(top + row, 1 + column).border = RULE
    for span in spans_of(part.sheet):
        cell = sheet.cell(top + span.row, 1 + span.column)
        is_amount = part.sheet.roles[span.column] == "amount"
        value, number_format = typed(span.text, is_amount)
        cell.value = value
        cell.number_format = number_format
        if span.row_span > 1 or span.column_span > 1:
            sheet.merge_cells(
                start_row=cell.row,
                end_row=cell.row + span.row_span - 1,
                start_column=cell.column,
                end_column=cell.column + span.column_span - 1,
            )


def typed(text: str, is_amount: bool) -> tuple[float | str | None, str]:
    """Return a printed amount as the number and the format that print it so; words as they are."""
    plain = text.replace(",", "")
    if not is_amount or not plain.replace(".", "", 1).lstrip("-").isdigit():
        return text or None, "General"
    whole, _, decimals = plain.partition(".")
    places = "0." + "0" * len(decimals) if decimals else "0"
    # A whole number is what General shows as well; the decimals decide the rest.
    number_format = f"#,##{places}" if "," in text else (places if decimals else "General")
    return (float(plain) if decimals else int(whole)), number_format
