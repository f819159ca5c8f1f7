"""XLSX workbooks: cells as they are shown, formulas by the result that was stored with them."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Document
from ingest.errors import RejectedDocument
from ingest.readers.media_types import XLSX
from ingest.readers.number_formats import BUILT_IN, show_number
from ingest.readers.sheets import Sheet, SheetCell, document_of

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]")
_CONTROL = re.compile(r"_x000[dD]_")


def read_xlsx(data: bytes) -> Document:
    """Read a workbook; raises RejectedDocument when it is damaged or lacks stored results."""
    workbook = _open(data, data_only=True)
    _reject_unstored_results(workbook, data)
    sheets = [_sheet(sheet, workbook) for sheet in _shown(workbook)]
    return document_of(sheets, XLSX)


def _open(data: bytes, *, data_only: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # It warns of what it could not write back (validations, extensions): no part of a form.
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(data), data_only=data_only)
    except Exception as error:
        # openpyxl raises whatever the broken part sets off: KeyError, TypeError, ValueError.
        raise RejectedDocument(
            "打不开这个 Excel 工作簿，请用 Excel 或 WPS 另存为 xlsx 再试 / The workbook cannot be "
            f"opened: save it anew as xlsx and retry ({type(error).__name__})"
        ) from error


def _shown(workbook: Workbook) -> list[Worksheet]:
    return [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def _reject_unstored_results(workbook: Workbook, data: bytes) -> None:
    """Reject a workbook with a formula whose result is not stored: it is not ours to compute."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        if not any(_lacks_result(package.read(name)) for name in parts):
            return
    formulas = _open(data, data_only=False)
    for sheet in _shown(workbook):
        for cell in _stored_cells(formulas[sheet.title]):
            if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                raise RejectedDocument(
                    f"工作表“{sheet.title}”单元格 {cell.coordinate} 的公式没有保存计算结果，"
                    "请用 Excel 或 WPS 打开并保存后再提供 / The formula in cell "
                    f"{cell.coordinate} of sheet '{sheet.title}' has no stored result: open the "
                    "workbook in Excel or WPS, save it and retry"
                )


def _lacks_result(part: bytes) -> bool:
    return any(
        _FORMULA.search(body) and not _RESULT.search(body) and b't="str"' not in attributes
        for attributes, body in _CELL.findall(part)
    )


def _stored_cells(sheet: Worksheet) -> list[XlsxCell]:
    """Return the cells that the file holds; going through the used range may never end."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, XlsxCell)]


def _sheet(sheet: Worksheet, workbook: Workbook) -> Sheet:
    out = Sheet(sheet.title)
    for cell in _stored_cells(sheet):
        text = _text(cell, workbook)
        is_ruled = bool(cell.has_style and (cell.border.left.style or cell.border.right.style))
        if text or is_ruled:
            out.cells[cell.row, cell.column] = SheetCell(text, is_ruled)
    out.merges = [
        (area.min_row, area.min_col, area.max_row, area.max_col)
        for area in sheet.merged_cells.ranges
    ]
    out.hidden_rows = {
        number
        for number, row in sheet.row_dimensions.items()
        if row.hidden or (row.height is not None and not row.height)
    }
    for column in sheet.column_dimensions.values():
        if column.hidden or (column.customWidth and not column.width):
            # One entry may stand for a run of columns.
            out.hidden_columns |= set(range(column.min, column.max + 1))
    return out


def _text(cell: XlsxCell, workbook: Workbook) -> str:
    value: Any = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time | timedelta):
        value = to_excel(value, workbook.epoch)
    if isinstance(value, int | float):
        code = BUILT_IN.get(cell._style.numFmtId, cell.number_format)
        return show_number(value, code, from_1904=workbook.epoch == CALENDAR_MAC_1904)
    return _CONTROL.sub("", str(value)).replace("\r\n", "\n").strip()
