"""Legacy Word, RTF and OpenDocument text: converted by LibreOffice where there is one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ingest.document import Document
from ingest.errors import RejectedDocument

SUFFIXES = {
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
}
TIME_LIMIT_SECONDS = 180
NEEDS_LIBREOFFICE = (
    "读取 DOC、RTF、ODT 需要 LibreOffice：请安装 libreoffice-writer 后重试，或另存为 docx / "
    "Reading DOC, RTF and ODT needs LibreOffice: install libreoffice-writer and retry, or save the "
    "file as docx"
)


def find_office() -> str | None:
    """Return the path of LibreOffice, or None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read_by_office(data: bytes, media_type: str) -> Document:
    """Convert a file to DOCX and read that; raises RejectedDocument with what to do instead."""
    office = find_office()
    if office is None:
        raise RejectedDocument(NEEDS_LIBREOFFICE)
    with tempfile.TemporaryDirectory(prefix="juesuan-office-") as name:
        folder = Path(name)
        source = folder / f"document{SUFFIXES[media_type]}"
        source.write_bytes(data)
        _convert(office, source, folder)
        converted = folder / "document.docx"
        if not converted.is_file():
            raise RejectedDocument(
                "LibreOffice 无法转换这个文件，请另存为 docx / LibreOffice cannot convert "
                "this file: save it as docx"
            )
        # Imported here: who only asks for LibreOffice needs no reader of Word.
        from ingest.readers.docx import read_docx

        document = read_docx(converted.read_bytes())
    return Document(media_type, document.page_count, document.elements)


def _convert(office: str, source: Path, folder: Path) -> None:
    # A profile of its own: two conversions at once, or a desktop left open, share nothing.
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIME_LIMIT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise RejectedDocument(
            f"LibreOffice 转换超过 {TIME_LIMIT_SECONDS} 秒，请另存为 docx / LibreOffice took more "
            f"than {TIME_LIMIT_SECONDS} seconds: save the file as docx"
        ) from error
    finally:
        if process.poll() is None:
            # The program starts children; all of them end with their session.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
