"""Kinds of files told by content; what is known and cannot be read says what to do instead."""

import shutil
import zipfile
from io import BytesIO

import docx
import pytest
import xlwt
from openpyxl import Workbook

from ingest.document import Line
from ingest.errors import RejectedDocument
from ingest.readers import office, read_document
from ingest.readers.sniff import ZIP, sniff


def saved(document):
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def old_workbook():
    workbook = xlwt.Workbook()
    workbook.add_sheet("a").write(0, 0, "x")
    return saved(workbook)


def package(*names, **parts):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "")
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "ending"),
    [
        (lambda: saved(docx.Document()), "wordprocessingml.document"),
        (lambda: saved(Workbook()), "spreadsheetml.sheet"),
        (old_workbook, "ms-excel"),
        (lambda: package("a.docx"), "zip"),
        (lambda: package(mimetype="application/vnd.oasis.opendocument.text"), "opendocument.text"),
        (lambda: b"{\\rtf1 }", "rtf"),
        (lambda: b"%PDF-1.4", "pdf"),
        (lambda: b"\n<!-- saved --><HTML><p>", "html"),
        (lambda: b'<?xml version="1.0"?><!DOCTYPE html><html>', "html"),
        (lambda: "<table><tr><td>决算".encode("gbk"), "html"),
        (lambda: "<html>".encode("utf-16"), "html"),
        (lambda: b"From: a\r\nContent-Type: multipart/related; boundary=b", "multipart/related"),
        (lambda: b"Content-Type: multipart/related; boundary=b", "multipart/related"),
        (lambda: b"From: a\r\n\r\nof text/related things", "plain"),
        (lambda: "a < b\t决算".encode(), "plain"),
    ],
)
def test_kinds(make, ending):
    assert sniff(make()).endswith(ending)


def test_an_archive_of_office_files_is_an_archive():
    assert sniff(package("公开/a.docx", "公开/b.xlsx")) == ZIP


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: package("[Content_Types].xml", "ppt/presentation.xml"), "docx"),
        (lambda: package("[Content_Types].xml", "xl/workbook.bin"), "xlsx"),
        (lambda: package(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "xlsx"),
        (lambda: package("OFD.xml"), "PDF"),
        (lambda: b"Rar!\x1a\x07\x00", "ZIP"),
        (lambda: old_workbook()[:600], "已损坏"),
        (
            lambda: old_workbook().replace(
                "Workbook".encode("utf-16-le"), "Encryptd".encode("utf-16-le")
            ),
            None,
        ),
    ],
)
def test_what_cannot_be_read_says_what_to_do(make, sentence):
    if sentence is None:
        assert sniff(make()) is None
        return
    with pytest.raises(RejectedDocument, match=sentence) as error:
        sniff(make())
    assert " / " in str(error.value)


def test_legacy_word_without_libreoffice_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 a}")
    with pytest.raises(RejectedDocument, match="libreoffice-writer"):
        read_document(path)


def test_rtf_is_read_by_libreoffice(tmp_path):
    """LibreOffice is optional, so its absence never fails a run of all tests."""
    if office.find_office() is None:
        pytest.skip("install LibreOffice (Debian package libreoffice-writer-nogui)")
    row = r"\trowd\cellx2000\cellx4000 {}\cell {}\cell\row "
    path = tmp_path / "a.doc"
    text = r"{\rtf1\ansi Income\par " + row.format("Total", "5.00") + r"\pard End\par}"
    path.write_bytes(text.encode())
    document = read_document(path)
    assert document.media_type == "application/rtf"
    lines = [e.text for e in document.elements if isinstance(e, Line) and e.text]
    assert lines == ["Income", "End"]
    (grid,) = [e for e in document.elements if not isinstance(e, Line)]
    assert [cell.text for cell in grid.cells] == ["Total", "5.00"]
