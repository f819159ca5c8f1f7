"""Web pages in one file (MHTML): the page and the frames in it, each read as a web page.

Every page is a page of the Document; the line number is the line of that page, decoded, not of the
file. Pictures, styles and pages that no frame shows are left out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from html import unescape
from urllib.parse import urljoin

from ingest.document import Document, Grid, Line
from ingest.errors import RejectedDocument
from ingest.readers.html import read_html
from ingest.readers.media_types import MHTML

_BOM = codecs.BOM_UTF8
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_FRAME = re.compile(rb"<i?frame\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_WORKBOOK = re.compile(rb"<x:ExcelWorkbook\b", re.IGNORECASE)


def read_mhtml(data: bytes) -> Document:
    """Read the page of an MHTML file and the frames it shows, in that order.

    Raises RejectedDocument when it is damaged, holds no page, breaks off inside a page or
    is a workbook.
    """
    try:
        message = message_from_bytes(data)
        parts = [part for part in message.walk() if not part.is_multipart()]
        pages = list(_shown(message, [p for p in parts if p.get_content_type() in _PAGE_TYPES]))
        contents = [text for text in map(_content, pages) if text.removeprefix(_BOM).strip()]
    except Exception as error:
        # The parser raises whatever a broken header or an endless nesting sets off.
        raise RejectedDocument(
            "MHTML（单个文件网页）已损坏，请重新保存 / "
            f"The MHTML file (single file web page) is damaged: save it again "
            f"({type(error).__name__})"
        ) from error
    if not contents:
        raise RejectedDocument(
            "MHTML（单个文件网页）里没有网页，请重新保存 / "
            "The MHTML file (single file web page) holds no page: save it again"
        )
    is_cut = any(
        isinstance(defect, CloseBoundaryNotFoundDefect)
        for container in message.walk()
        for defect in container.defects
    )
    if is_cut and parts[-1] in pages:
        raise RejectedDocument(
            "MHTML（单个文件网页）不完整，请重新保存 / "
            "The MHTML file (single file web page) breaks off inside a page: save it again"
        )
    if _WORKBOOK.search(contents[0]):
        raise RejectedDocument(
            "不读取存成 MHTML 的 Excel 工作簿，请另存为 xlsx / "
            "An Excel workbook saved as MHTML is not read: save it as xlsx"
        )
    elements = [
        _on_page(element, number)
        for number, content in enumerate(contents, 1)
        for element in read_html(content).elements
    ]
    return Document(MHTML, len(contents), tuple(elements))


def _shown(message: Message, pages: list[Message]) -> Iterator[Message]:
    """Return the page that the file opens with, then those its frames show, each once."""
    by_address = {address: page for page in pages for address in _addresses(page)}
    start = str(message.get_param("start", "")).strip("<> ")
    waiting = [by_address.get(f"cid:{start}", pages[0])] if pages else []
    seen: list[Message] = []
    while waiting:
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.append(page)
        yield page
        base = _location(page)
        named = (unescape(name.decode("utf-8", "replace")) for name in _FRAME.findall(_body(page)))
        frames = [by_address.get(name) or by_address.get(urljoin(base, name)) for name in named]
        waiting = [frame for frame in frames if frame] + waiting


def _addresses(page: Message) -> list[str]:
    content_id = str(page.get("Content-ID", "")).strip("<> ")
    named = [f"cid:{content_id}"] if content_id else []
    return [*named, *filter(None, [_location(page)])]


def _location(page: Message) -> str:
    return str(page.get("Content-Location", "")).strip()


def _body(page: Message) -> bytes:
    body = page.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _content(page: Message) -> bytes:
    """Return a page in UTF-8 where the file states its charset, else as it stands."""
    body, charset = _body(page), page.get_content_charset() or ""
    # Pages in GBK call themselves gb2312, and use characters that only GB18030 has.
    charset = "gb18030" if charset.startswith("gb") else charset
    try:
        return _BOM + body.decode(charset).removeprefix("\ufeff").encode()
    except (LookupError, UnicodeError):
        return body


def _on_page(element: Line | Grid, number: int) -> Line | Grid:
    if isinstance(element, Line):
        return replace(element, page_number=number)
    cells = tuple(replace(cell, page_number=number) for cell in element.cells)
    return replace(element, cells=cells, page_number=number)
