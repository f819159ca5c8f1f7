"""Plain text with tab-separated tables: consecutive lines with tabs are the rows of one grid."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Cell, Document, Grid, Line

ENCODINGS = ("utf-8-sig", "gb18030")


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

    def close_grid() -> None:
        if rows:
            elements.append(_grid(rows))
            rows.clear()

    for number, raw_line in enumerate(text.split("\n"), start=1):
        line = raw_line.replace("\f", "")
        if "\t" in line:
            rows.append((number, line.split("\t")))
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
