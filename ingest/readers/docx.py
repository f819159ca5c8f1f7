"""Word documents: paragraphs and tables in the order of the text, tracked changes as accepted.

Headers and footers are no part of the text. Pages are those that Word wrote down when it last
saved, else the explicit page breaks; the line number is the running number of paragraph or row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from ingest.document import Cell, Document
from ingest.errors import RejectedDocument
from ingest.normalise import is_number, normalise
from ingest.readers.docx_numbering import Numbering, read_numbering
from ingest.readers.docx_text import read_paragraph
from ingest.readers.flow import Flow
from ingest.readers.media_types import DOCX

_PARAGRAPH, _TABLE, _ROW, _CELL = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc"))
_WRAPPERS = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag"))
)


def read_docx(data: bytes) -> Document:
    """Read a Word document; raises RejectedDocument when it is damaged."""
    try:
        document = docx.Document(BytesIO(data))
        body = document.element.body
        numbering = read_numbering(document)
    except Exception as error:
        # python-docx raises whatever the broken part sets off: KeyError, ValueError and others.
        raise RejectedDocument(
            "打不开这个 Word 文件，请用 Word 或 WPS 另存为 docx 再试 / The Word document cannot be "
            f"opened: save it anew as docx and retry ({type(error).__name__})"
        ) from error
    is_rendered = next(body.iter(qn("w:lastRenderedPageBreak")), None) is not None
    reader = _Reader(Flow(), numbering, is_rendered)
    reader.blocks(body)
    return Document(DOCX, reader.page_number, tuple(reader.flow.elements))


@dataclass(slots=True)
class _Row:
    """A table row: its cells as (element, first column, columns spanned, goes on from above)."""

    element: Element
    cells: list[tuple[Element, int, int, bool]]


@dataclass(slots=True)
class _Reader:
    """Walks the body and keeps count of pages and of paragraphs and rows."""

    flow: Flow
    numbering: Numbering
    is_rendered: bool
    page_number: int = 1
    line_number: int = 0

    def blocks(self, parent: Element) -> None:
        for block in _children(parent, (_PARAGRAPH, _TABLE)):
            if block.tag == _PARAGRAPH:
                self.paragraph(block)
            else:
                self.table(block)

    def paragraph(self, paragraph: Element) -> None:
        found = read_paragraph(paragraph, is_rendered=self.is_rendered)
        self.page_number += found.breaks_before
        self.line_number += 1
        text = found.text
        if text:
            text = self.numbering.number(paragraph) + text
        self.flow.paragraph(text, self.page_number, self.line_number)
        self.page_number += found.breaks_within
        for box in found.boxes:
            self.blocks(box)
        properties = paragraph.find(qn("w:pPr"))
        section = properties.find(qn("w:sectPr")) if properties is not None else None
        if section is not None and not self.is_rendered and _opens_page(section):
            self.page_number += 1

    def table(self, table: Element) -> None:
        rows = [_row(element) for element in _children(table, (_ROW,)) if not _is_deleted(element)]
        nested = [
            inner for row in rows for cell, *_ in row.cells for inner in _children(cell, (_TABLE,))
        ]
        if nested and not any(
            is_number(normalise(self.cell_text(cell)[0])) for row in rows for cell, *_ in row.cells
        ):
            # The outer table only puts things side by side.
            for row in rows:
                for cell, *_ in row.cells:
                    self.blocks(cell)
            return
        self.flow.grid(self.cells(rows))
        for inner in nested:
            self.table(inner)

    def cells(self, rows: list[_Row]) -> list[Cell]:
        """Return the cells of a table, a vertical merge as one cell."""
        out: list[Cell] = []
        above: dict[int, int] = {}
        for number, row in enumerate(rows):
            self.line_number += 1
            texts = [self.cell_text(element, counts=True) for element, *_ in row.cells]
            # A row that begins on the next page says so in its cells, in each anew.
            self.page_number += max((before for _, before, _ in texts), default=0)
            for (_, column, spanned, goes_on), (text, _, _) in zip(row.cells, texts, strict=True):
                if goes_on and column in above:
                    index = above[column]
                    merged = out[index]
                    text = "\n".join(part for part in (merged.text, text) if part)
                    out[index] = _taller(merged, text, number)
                    continue
                above[column] = len(out)
                out.append(
                    Cell(
                        text,
                        number,
                        column,
                        column_span=spanned,
                        page_number=self.page_number,
                        line_number=self.line_number,
                    )
                )
            self.page_number += max((within for *_, within in texts), default=0)
        return out

    def cell_text(self, cell: Element, *, counts: bool = False) -> tuple[str, int, int]:
        """Return the text of a cell outside nested tables, page breaks before it and within."""
        parts: list[str] = []
        before = within = 0
        for paragraph in _children(cell, (_PARAGRAPH,)):
            found = read_paragraph(paragraph, is_rendered=self.is_rendered)
            number = self.numbering.number(paragraph) if counts else ""
            if any(parts):
                within += found.breaks_before
            else:
                before += found.breaks_before
            within += found.breaks_within
            parts.append(number + found.text)
            parts += [self.cell_text(box, counts=counts)[0] for box in found.boxes]
        return "\n".join(part for part in parts if part), before, within


def _taller(cell: Cell, text: str, last_row: int) -> Cell:
    return Cell(
        text,
        cell.row_number,
        cell.column_number,
        last_row - cell.row_number + 1,
        cell.column_span,
        cell.page_number,
        cell.line_number,
    )


def _row(element: Element) -> _Row:
    row = _Row(element, [])
    properties = element.find(qn("w:trPr"))
    column = _number(properties, "w:gridBefore", 0)
    for cell in _children(element, (_CELL,)):
        properties = cell.find(qn("w:tcPr"))
        spanned = max(1, _number(properties, "w:gridSpan", 1))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        row.cells.append((cell, column, spanned, goes_on))
        column += spanned
    return row


def _number(properties: Element | None, name: str, default: int) -> int:
    found = properties.find(qn(name)) if properties is not None else None
    return int(found.get(qn("w:val"), default)) if found is not None else default


def _is_deleted(row: Element) -> bool:
    properties = row.find(qn("w:trPr"))
    return properties is not None and any(
        properties.find(qn(name)) is not None for name in ("w:del", "w:hidden")
    )


def _opens_page(section: Element) -> bool:
    kind = section.find(qn("w:type"))
    return kind is None or kind.get(qn("w:val")) not in ("continuous", "nextColumn")


def _children(parent: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """Yield the children with one of the tags, also inside content controls and insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tags)
