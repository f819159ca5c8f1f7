"""Readers: one module per format, each returning a Document; the format is told by content."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.document import Document
from ingest.errors import RejectedDocument
from ingest.readers.ocr_extra import require_ocr
from ingest.readers.text import decode_text, parse_text

_HTML = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype html|html|\?xml)", re.IGNORECASE)
_PICTURE_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_UNREAD_MAGIC = {
    b"PK\x03\x04": "application/zip",
    b"PK\x05\x06": "application/zip",
    b"\xd0\xcf\x11\xe0": "application/x-ole-storage",
}


def sniff(data: bytes) -> str | None:
    """Return the media type the bytes show themselves to be, or None when they are unknown."""
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    for magic, media_type in (_PICTURE_MAGIC | _UNREAD_MAGIC).items():
        if data.startswith(magic):
            return media_type
    if _HTML.match(data[:1024]):
        return "text/html"
    return "text/plain" if decode_text(data) is not None else None


def read_document(path: Path) -> Document:
    """Read a file into a Document; raises RejectedDocument with the sentence for the user."""
    data = path.read_bytes()
    if not data.strip():
        raise RejectedDocument(
            "文件是空的，没有内容可读 / The file is empty: there is nothing to read"
        )
    media_type = sniff(data)
    if media_type == "application/pdf":
        # Imported here: text files need none of the PDF machinery.
        from ingest.readers.pdf import read_pdf

        return read_pdf(path)
    if media_type in _PICTURE_MAGIC.values():
        require_ocr()
        # Imported here: it is slow to load and may not be installed.
        from ingest.readers.scan import read_pictures

        return read_pictures(path, media_type)
    if media_type == "text/plain":
        return parse_text(decode_text(data) or "")
    raise RejectedDocument(
        "暂不支持读取这种文件格式，请提供 PDF 或文本 / "
        "This format is not read yet: provide PDF or text"
    )
