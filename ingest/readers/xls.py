"""XLS workbooks (BIFF, Excel 97 to 2003): cells as they are shown."""

from __future__ import annotations

from io import StringIO

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell as XlsCell
from xlrd.sheet import Sheet as XlsSheet

from ingest.document import Document
from ingest.errors import RejectedDocument
from ingest.readers.media_types import XLS
from ingest.readers.number_formats import BUILT_IN, show_number
from ingest.readers.sheets import Sheet, SheetCell, document_of


def read_xls(data: bytes) -> Document:
    """Read a workbook; raises RejectedDocument when it is encrypted or damaged."""
    try:
        # Ragged rows end where the file has no more cells, however wide the sheet is said to be.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
    except Exception as error:
        # xlrd raises whatever the broken record sets off: struct.error, IndexError, AssertionError.
        if "encrypt" in str(error).lower():
            raise RejectedDocument(
                "Excel 工作簿已加密，请提供没有密码的文件 / The workbook is encrypted: provide one "
                "without a password"
            ) from error
        raise RejectedDocument(
            "打不开这个 Excel 工作簿，请用 Excel 或 WPS 另存为 xlsx 再试 / The workbook cannot be "
            f"opened: save it anew as xlsx and retry ({type(error).__name__})"
        ) from error
    shown = [sheet for sheet in book.sheets() if sheet.visibility == 0]
    return document_of([_sheet(sheet, book) for sheet in shown], XLS)


def _sheet(sheet: XlsSheet, book: Book) -> Sheet:
    out = Sheet(sheet.name)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            text = _text(cell, book)
            border = book.xf_list[cell.xf_index].border if cell.xf_index is not None else None
            is_ruled = bool(border and (border.left_line_style or border.right_line_style))
            if text or is_ruled:
                out.cells[row + 1, column + 1] = SheetCell(text, is_ruled)
    out.merges = [
        (first_row + 1, first_column + 1, end_row, end_column)
        for first_row, end_row, first_column, end_column in sheet.merged_cells
    ]
    out.hidden_rows = {number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden}
    out.hidden_columns = {n + 1 for n, column in sheet.colinfo_map.items() if column.hidden}
    return out


def _text(cell: XlsCell, book: Book) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).replace("\r\n", "\n").strip()
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        key = book.xf_list[cell.xf_index].format_key
        known = book.format_map.get(key)
        code = BUILT_IN.get(key) or (known.format_str if known else "General")
        return show_number(cell.value, code, from_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    return ""
