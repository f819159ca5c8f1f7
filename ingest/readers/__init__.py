"""Readers: one module per format, each returning a Document; the format is told by content."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document
from ingest.errors import RejectedDocument
from ingest.readers.ocr_extra import require_ocr


def read_document(path: Path) -> Document:
    """Read a file into a Document; raises RejectedDocument with the sentence for the user."""
    # Imported here: who only names a reader needs none of their machinery.
    from ingest.readers import docx, html, media_types, mhtml, office, pdf, sniff, text, xls, xlsx

    data = path.read_bytes()
    if not data.strip():
        raise RejectedDocument(
            "文件是空的，没有内容可读 / The file is empty: there is nothing to read"
        )
    media_type = sniff.sniff(data)
    if media_type == sniff.PDF:
        return pdf.read_pdf(path)
    if media_type in sniff.PICTURE_MAGIC.values():
        require_ocr()
        # Imported here: it is slow to load and may not be installed.
        from ingest.readers.scan import read_pictures

        return read_pictures(path, media_type)
    if media_type == sniff.TEXT:
        return text.parse_text(text.decode_text(data) or "")
    by_type = {
        media_types.DOCX: docx.read_docx,
        media_types.XLSX: xlsx.read_xlsx,
        media_types.XLS: xls.read_xls,
        media_types.HTML: html.read_html,
        media_types.MHTML: mhtml.read_mhtml,
    }
    if media_type in by_type:
        return by_type[media_type](data)
    if media_type in office.SUFFIXES:
        return office.read_by_office(data, media_type)
    raise RejectedDocument(
        "暂不支持读取这种文件格式，请提供 PDF、Word、Excel、网页或文本 / "
        "This format is not read: provide PDF, Word, Excel, a web page or text"
    )
