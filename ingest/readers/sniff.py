"""What kind of file the bytes are: told by content, never by the name."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO, StringIO

from xlrd.compdoc import CompDoc

from ingest.errors import RejectedDocument
from ingest.readers.media_types import DOCX, HTML, MHTML, XLS, XLSX
from ingest.readers.text import decode_text

PDF = "application/pdf"
TEXT = "text/plain"
ZIP = "application/zip"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
PICTURE_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_RATIO = 200
# A small file may pack well without harm.
FREE_BYTES = 50_000_000
_HTML = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|div|meta)\b", re.I | re.S
)
_HTML_IN_XML = re.compile(r"\s*<\?xml[^>]*\?>.{0,400}?<(!doctype\s+html|html)\b", re.I | re.S)
_MHTML = re.compile(
    rb"\s*(MIME-Version|From|Subject|Date|Content-Type|Snapshot-Content-Location):", re.IGNORECASE
)
_REJECTED_MAGIC = {
    b"Rar!\x1a\x07": ("RAR", "RAR"),
    b"7z\xbc\xaf\x27\x1c": ("7z", "7z"),
    b"\x1f\x8b": ("gzip", "gzip"),
}


def sniff(data: bytes) -> str | None:
    """Return the media type the bytes show themselves to be, or None when they are unknown.

    Raises RejectedDocument for a kind that is known and cannot be read, with what to do instead.
    """
    if b"%PDF-" in data[:1024]:
        return PDF
    for magic, media_type in PICTURE_MAGIC.items():
        if data.startswith(magic):
            return media_type
    for magic, (name_zh, name_en) in _REJECTED_MAGIC.items():
        if data.startswith(magic):
            raise RejectedDocument(
                f"不读取 {name_zh} 压缩包，请解压，或改用 ZIP / "
                f"{name_en} archives are not read: unpack it or use ZIP"
            )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_type(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_type(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return RTF
    if _MHTML.match(data[:200]) and b"multipart/related" in data[:4096].lower():
        return MHTML
    head = _decode_head(data)
    if head is not None and (_HTML.match(head) or _HTML_IN_XML.match(head)):
        return HTML
    return TEXT if decode_text(data) is not None else None


def _decode_head(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:4096].decode("utf-16", "ignore")
    return None if b"\x00" in data[:4096] else data[:4096].decode("utf-8-sig", "ignore")


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP; raises RejectedDocument when it is damaged or a bomb."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
        size = sum(info.file_size for info in package.infolist())
    except Exception as error:
        raise RejectedDocument(
            "ZIP 压缩包或 Office 文件已损坏，请重新下载 / The ZIP archive or Office file is "
            "damaged: fetch it again"
        ) from error
    is_bomb = size > FREE_BYTES and size > MAX_RATIO * len(data)
    if size > MAX_UNPACKED_BYTES or is_bomb:
        raise RejectedDocument(
            f"解压后有 {size // 1_000_000} MB，超出上限，请只提供决算文件 / It would unpack to "
            f"{size // 1_000_000} MB, beyond the limit: provide the disclosures alone"
        )
    return package


def _package_type(data: bytes) -> str:
    with open_package(data) as package:
        names = set(package.namelist())
        if "[Content_Types].xml" in names:
            if "word/document.xml" in names or _has_part(names, "word/document"):
                return DOCX
            if "xl/workbook.xml" in names:
                return XLSX
            raise RejectedDocument(
                "不读取这种 Office 文件，请另存为 docx、xlsx 或 PDF / "
                "This kind of Office file is not read: save it as docx, xlsx or PDF"
            )
        if "mimetype" in names:
            kind = package.read("mimetype").decode("ascii", "ignore").strip()
            if kind == ODT:
                return ODT
            if kind.startswith("application/"):
                raise RejectedDocument(
                    "不读取这种 OpenDocument 或 OFD 文件，请另存为 xlsx、docx 或 PDF / "
                    "This kind of OpenDocument file is not read: save it as xlsx, docx or PDF"
                )
        if "OFD.xml" in names:
            raise RejectedDocument("不读取 OFD，请另存为 PDF / OFD is not read: save it as PDF")
    return ZIP


def _has_part(names: set[str], start: str) -> bool:
    return any(name.startswith(start) and name.endswith(".xml") for name in names)


def _ole_type(data: bytes) -> str | None:
    """Tell the kinds of OLE storage by the streams at its root; embedded objects lie deeper."""
    try:
        entries = CompDoc(data, logfile=StringIO()).dirlist
        names = {entries[number].name for number in entries[0].children}
    except Exception as error:
        # A damaged storage sets off whatever the broken sector leads to.
        raise RejectedDocument(
            "文件已损坏，请重新下载或另存 / The file is damaged: fetch it or save it again"
        ) from error
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise RejectedDocument(
            "Office 文件已加密，请提供没有密码的文件 / The Office file is encrypted: provide one "
            "without a password"
        )
    if names & {"Workbook", "Book"}:
        return XLS
    return DOC if "WordDocument" in names else None
