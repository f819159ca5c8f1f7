"""Writes a disclosure as a Word document: paragraphs, tables with true merges, page breaks."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.enum.text import WD_BREAK

from tests.factory.content import DisclosureContent
from tests.factory.layout import Layout, Sheet
from tests.factory.word_parts import FormPart, parts_of, row_count_of, spans_of


def write_docx(content: DisclosureContent, layout: Layout) -> bytes:
    """Return the document; every form begins on a page of its own."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"{content.department_name}部门决算"
    add_disclosure(document, content, layout)
    return saved(document)


def add_disclosure(
    document: docx.document.Document, content: DisclosureContent, layout: Layout
) -> None:
    """Write a disclosure to the end of a document."""
    for part in parts_of(content, layout):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        if part.title:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            document.add_paragraph(part.title)
        _form(document, part)


def saved(document: docx.document.Document) -> bytes:
    """Return the bytes of the file."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _form(document: docx.document.Document, part: FormPart) -> None:
    for caption in part.captions:
        document.add_paragraph(caption)
    add_table(document, part.sheet)
    for note in part.notes:
        document.add_paragraph(note)


def add_table(document: docx.document.Document, sheet: Sheet) -> None:
    """Draw a sheet with its merged cells."""
    table = document.add_table(row_count_of(sheet), len(sheet.roles), style="Table Grid")
    grid = [list(row.cells) for row in table.rows]
    for span in spans_of(sheet):
        cell = grid[span.row][span.column]
        if span.row_span > 1 or span.column_span > 1:
            last = grid[span.row + span.row_span - 1][span.column + span.column_span - 1]
            cell = cell.merge(last)
        cell.text = span.text
