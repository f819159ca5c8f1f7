"""Reads a PDF: lines outside tables and ruled grids, in reading order; scanned pages too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.document import Document, Grid, Line
from ingest.errors import RejectedDocument
from ingest.page_progress import page_begun
from ingest.readers.ocr_extra import require_ocr
from ingest.readers.pdf_characters import UNREADABLE, join_lines
from ingest.readers.pdf_grids import read_grids
from ingest.readers.pdf_pages import PageContent, content_from_pdfium, content_from_pdfplumber
from ingest.readers.pdf_scanned import is_scanned
from ingest.readers.scan_sheets import align_sheets

MEDIA_TYPE = "application/pdf"
# The marks of a whole file: it ends with one of them, and no object follows.
END_MARKS = (b"%%EOF", b"startxref")
OBJECT_START = re.compile(rb"\b\d+\s+\d+\s+obj\b")

NOT_A_PDF = "不是 PDF 文件，请核对原件 / Not a PDF file: check the original"
ENCRYPTED = "PDF 已加密，请提供不设密码的版本 / The PDF is encrypted: supply one without a password"
DAMAGED = "PDF 已损坏，请重新下载原件 / The PDF is damaged: download the original again"
TRUNCATED = (
    "PDF 不完整（文件被截断），请重新下载原件 / The PDF is truncated: download the original again"
)
NO_PAGES = "PDF 没有任何页面，请核对原件 / The PDF has no pages: check the original"
NO_TEXT = "PDF 上没有文字，请核对原件 / There is no text in the PDF: check the original"
UNREADABLE_TEXT = (
    "PDF 的文字无法解码（字体缺少编码），请提供其他版本 / "
    "The text of the PDF cannot be decoded (fonts without an encoding): supply another version"
)


def read_pdf(path: Path) -> Document:
    """Read a PDF through PDFium; rotated pages and those PDFium fails on through pdfplumber.

    Pages that are pictures of text go through character recognition, page by page.
    PDFium is not safe for threads: read documents in parallel in processes. Raises
    RejectedDocument for a file that is encrypted, damaged, truncated, or without pages or text.
    """
    return _document(_contents(_read_whole(path)))


def read_pdf_with_pdfplumber(path: Path) -> Document:
    """Read a PDF through pdfplumber alone: slower, the reference that read_pdf is compared with.

    Raises RejectedDocument as read_pdf does.
    """
    return _document(_reference_contents(_read_whole(path)))


def read_page(path: Path, page_number: int) -> PageContent:
    """Read one page, counted from 1, as read_pdf does; raises RejectedDocument as read_pdf does."""
    data = _read_whole(path)
    with _open_pdfium(data) as pdf:
        content = _content_through_pdfium(pdf, page_number - 1)
    if content is None:
        with _open_pdfplumber(data) as reference:
            content = _content_through_pdfplumber(reference, page_number - 1)
    return content


def _contents(data: bytes) -> Iterator[PageContent | list[Line | Grid]]:
    with ExitStack() as files:
        pdf = files.enter_context(_open_pdfium(data))
        reference = None
        for index in range(len(pdf)):
            page_begun(index + 1, len(pdf))
            content = _content_through_pdfium(pdf, index)
            if content is None:
                reference = reference or files.enter_context(_open_pdfplumber(data))
                content = _content_through_pdfplumber(reference, index)
            yield _recognised(pdf, index, content) or content


def _reference_contents(data: bytes) -> Iterator[PageContent]:
    # PDFium opens the file too: what is encrypted, damaged or empty is told in one way.
    with _open_pdfium(data) as pdf, _open_pdfplumber(data) as reference:
        for index in range(len(pdf)):
            yield _content_through_pdfplumber(reference, index)


def _read_whole(path: Path) -> bytes:
    """Return the bytes of a file that begins and ends as a PDF does.

    A truncated file must be caught here: PDFium repairs it silently and loses its last pages.
    """
    data = path.read_bytes()
    if b"%PDF-" not in data[:1024]:
        raise RejectedDocument(NOT_A_PDF)
    end = max(data.rfind(mark) for mark in END_MARKS)
    if end < 0 or OBJECT_START.search(data, end):
        raise RejectedDocument(TRUNCATED)
    return data


@contextmanager
def _open_pdfium(data: bytes) -> Iterator[pdfium.PdfDocument]:
    # PDFium reads from ``data`` until it is closed; this frame keeps the bytes alive.
    # Opened by the raw call: its error code is stale unless opening itself failed, and the
    # helper does not tell a file without pages from one that cannot be opened.
    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        is_locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise RejectedDocument(ENCRYPTED if is_locked else DAMAGED)
    pdf = pdfium.PdfDocument(handle)
    try:
        if not len(pdf):
            raise RejectedDocument(NO_PAGES)
        yield pdf
    finally:
        pdf.close()


@contextmanager
def _open_pdfplumber(data: bytes) -> Iterator[pdfplumber.PDF]:
    with _rejecting(DAMAGED):
        pdf = pdfplumber.open(io.BytesIO(data))
    with pdf:
        yield pdf


def _content_through_pdfium(pdf: pdfium.PdfDocument, index: int) -> PageContent | None:
    """Return what stands on an upright page, None where the page is for pdfplumber to read."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return None
    try:
        return None if page.get_rotation() else content_from_pdfium(page)
    except pdfium.PdfiumError:
        return None
    finally:
        # An open page holds its parsed content: without this, memory grows with every page.
        page.close()


def _content_through_pdfplumber(pdf: pdfplumber.PDF, index: int) -> PageContent:
    number = index + 1
    reason = (
        f"PDF 第 {number} 页无法读取，请重新下载原件 / "
        f"Page {number} of the PDF cannot be read: download the original again"
    )
    with _rejecting(reason):
        page = pdf.pages[index]
        try:
            return content_from_pdfplumber(page)
        finally:
            page.close()


@contextmanager
def _rejecting(reason: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # On damaged input pdfminer raises nearly anything (KeyError, TypeError, AssertionError…).
        raise RejectedDocument(reason) from error


def _recognised(
    pdf: pdfium.PdfDocument, index: int, content: PageContent
) -> list[Line | Grid] | None:
    """Return what a page shows in pictures, None for a page that states its text."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return None
    try:
        if not is_scanned(page, len(content.characters)):
            return None
        require_ocr()
        # Imported here: digital files need none of it, and it may not be installed.
        from ingest.readers.scan import read_scanned_page

        page_begun(index + 1, len(pdf), is_slow=True)
        return read_scanned_page(page, index + 1)
    finally:
        page.close()


def _document(contents: Iterable[PageContent | list[Line | Grid]]) -> Document:
    elements: list[Line | Grid] = []
    page_count = printed = unreadable = 0
    for content in contents:
        page_count += 1
        if isinstance(content, list):
            elements += content
            printed += len(content)
            continue
        printed += len(content.characters)
        unreadable += sum(character.text == UNREADABLE for character in content.characters)
        elements += _page_elements(content, page_count)
    if not printed:
        raise RejectedDocument(NO_TEXT)
    if 2 * unreadable > printed:
        raise RejectedDocument(UNREADABLE_TEXT)
    return Document(MEDIA_TYPE, page_count, tuple(align_sheets(elements)))


def _page_elements(content: PageContent, page_number: int) -> list[Line | Grid]:
    grids, rest = read_grids(content.characters, content.edges, page_number)
    lines = [
        Line(line.text, page_number, box=line.box, character_boxes=line.character_boxes())
        for line in join_lines(rest)
    ]
    return sorted([*lines, *grids], key=lambda element: (element.box.top, element.box.x0))
