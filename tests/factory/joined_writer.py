"""Writes several disclosures into one file, each whole: cover, contents, forms, prose.

:func:`write_unit_forms` leaves covers and prose out: a workbook of the forms of several units, the
forms of one after the other's, or each form for every unit in turn.
"""

from __future__ import annotations

from io import BytesIO

import docx
import pypdfium2

from tests.factory.content import DisclosureContent
from tests.factory.docx_writer import add_disclosure
from tests.factory.docx_writer import saved as saved_docx
from tests.factory.layout import Layout
from tests.factory.pdf_writer import write_pdf
from tests.factory.text_writer import write_text
from tests.factory.word_parts import form_parts, parts_of
from tests.factory.xlsx_writer import saved as saved_xlsx

Disclosures = list[tuple[DisclosureContent, Layout]]


def join_text(disclosures: Disclosures) -> str:
    """Return the texts one after the other."""
    return "\n\n".join(write_text(*each) for each in disclosures)


def join_pdf(disclosures: Disclosures) -> bytes:
    """Return a PDF of the pages of all."""
    joined = pypdfium2.PdfDocument.new()
    for each in disclosures:
        joined.import_pages(pypdfium2.PdfDocument(write_pdf(*each)))
    buffer = BytesIO()
    joined.save(buffer)
    return buffer.getvalue()


def join_docx(disclosures: Disclosures) -> bytes:
    """Return one Word document."""
    document = docx.Document()
    for each in disclosures:
        add_disclosure(document, *each)
    return saved_docx(document)


def join_xlsx(disclosures: Disclosures) -> bytes:
    """Return one workbook with the sheets of all."""
    return saved_xlsx([parts_of(*each) for each in disclosures])


def write_unit_forms(disclosures: Disclosures, *, in_turn: bool) -> bytes:
    """Return a workbook of the forms alone; ``in_turn`` puts the same forms of all together."""
    forms = [form_parts(*each) for each in disclosures]
    return saved_xlsx(zip(*forms, strict=True) if in_turn else forms)
