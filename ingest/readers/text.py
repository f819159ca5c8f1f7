"""Plain text: consecutive lines with tabs, or between upright bars, are the rows of one grid.

Columns that are only aligned by spaces are left as lines: a blank cell among them cannot be told.
"""

from __future__ import annotations

import re
from pathlib import Path

from ingest.document import Cell, Document, Grid, Line

ENCODINGS = ("utf-8-sig", "gb18030")
_BARRED = re.compile(r"\s*[|│┃｜](.*)[|│┃｜]\s*")
_BAR = re.compile(r"[|│┃｜]")
# |---|:--:|, +----+ and the rules of drawn boxes stand between rows.
_RULE = re.compile(r"\s*[|+│┃┌┏├┣└┗╔╠╚][-:=+|\s─━═│┃┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]*[-─━═][^\w]*")


def decode_text(data: bytes) -> str | None:
    """Return the text of the bytes in the first encoding that fits, or None for binary data."""
    if b"\x00" in data:
        return None
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def read_text(path: Path) -> Document:
    """Read a text file into lines and grids; cells carry the line of the file, no boxes.

    Raises ValueError when the bytes are no text in UTF-8 or GB18030.
    """
    text = decode_text(path.read_bytes())
    if text is None:
        raise ValueError("not a text file")
    return parse_text(text)


def parse_text(text: str) -> Document:
    """Turn decoded text into a Document of one page; blank lines are kept as empty Lines."""
    elements: list[Line | Grid] = []
    rows: list[tuple[int, list[str]]] = []

    is_barred = False

    def close_grid() -> None:
        if is_barred and (len(rows) < 2 or len({len(texts) for _, texts in rows}) > 1):
            # One line between bars, or bars that do not agree, make no table.
            elements.extend(Line(lines[number - 1].strip(), 1, number) for number, _ in rows)
        elif rows:
            elements.append(_grid(rows))
        rows.clear()

    lines = [line.replace("\f", "") for line in text.split("\n")]
    for number, line in enumerate(lines, start=1):
        barred = _BARRED.fullmatch(line)
        if _RULE.fullmatch(line) and (rows or "+" in line or "─" in line or "━" in line):
            continue
        if "\t" in line or (barred and _BAR.search(barred[1])):
            if rows and is_barred != ("\t" not in line):
                close_grid()
            is_barred = "\t" not in line
            rows.append((number, _BAR.split(barred[1]) if is_barred else line.split("\t")))
            continue
        close_grid()
        elements.append(Line(line.strip(), page_number=1, line_number=number))
    close_grid()
    return Document(media_type="text/plain", page_count=1, elements=tuple(elements))


def _grid(rows: list[tuple[int, list[str]]]) -> Grid:
    cells = tuple(
        Cell(text.strip(), row_number, column_number, page_number=1, line_number=number)
        for row_number, (number, texts) in enumerate(rows)
        for column_number, text in enumerate(texts)
    )
    return Grid(
        cells=cells,
        row_count=len(rows),
        column_count=max(len(texts) for _, texts in rows),
        page_number=1,
        has_merges=False,
    )
