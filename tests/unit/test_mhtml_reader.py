"""Web pages in one file: the page, its charset, its frames, and what is damaged or no page."""

import pytest

from ingest.document import Grid, Line
from ingest.errors import RejectedDocument
from ingest.readers import read_document
from ingest.readers.html import read_html
from ingest.readers.mhtml import read_mhtml
from tests.factory.mhtml_writer import mhtml_of

TABLE = "<table><tr><td>项目</td><td>决算数</td></tr><tr><td>合计</td><td>5</td></tr></table>"
PAGE = f"<!DOCTYPE html>\n<html><body><p>收入决算表</p>\n{TABLE}</body></html>"


def related(*parts, head="", end="--b--\r\n"):
    """Return a file of parts, each its headers and its text, as they stand."""
    lines = ["MIME-Version: 1.0", f"Content-Type: multipart/related; boundary=b{head}", ""]
    for headers, text in parts:
        lines += ["--b", *headers, "", text]
    return "\r\n".join([*lines, end]).encode()


def html(text, *headers):
    kind = ("Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    return (*kind, *headers), text


def lines(document):
    return [(e.text, e.page_number) for e in document.elements if isinstance(e, Line) and e.text]


def test_a_page_reads_as_it_does_by_itself(tmp_path):
    path = tmp_path / "saved.txt"
    path.write_bytes(mhtml_of(PAGE.encode(), "utf-8"))
    document = read_document(path)
    assert document.elements == read_html(PAGE.encode()).elements
    assert (document.media_type, document.page_count) == ("multipart/related", 1)


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [("gb18030", "gb2312"), ("gb18030", None), ("utf-8", "x-unknown")],
)
def test_the_charset_is_what_the_file_says_or_what_fits(encoding, stated):
    document = read_mhtml(mhtml_of(PAGE.replace("表", "表㐂").encode(encoding), stated))
    assert lines(document) == [("收入决算表㐂", 1)]


def test_the_charset_of_the_part_counts_over_what_the_page_says_of_itself():
    page = '<html><meta charset="gb2312"><p>决算</p></html>'
    assert lines(read_mhtml(related(html(page)))) == [("决算", 1)]


def test_frames_are_read_where_the_page_shows_them_and_other_pages_are_not():
    document = read_mhtml(
        related(
            html("<p>不在框架中</p>", "Content-Location: http://a/other.html"),
            html(
                "<p>首页</p><iframe src='cid:f@x'></iframe><iframe src=t.html></iframe>",
                "Content-ID: <root@x>",
                "Content-Location: http://a/b/",
            ),
            html(TABLE, "Content-Location: http://a/b/t.html"),
            html(
                "<p>框架</p><iframe src='http://a/b/'></iframe><iframe src=none></iframe>",
                "Content-ID: <f@x>",
            ),
            html("", "Content-ID: <empty@x>"),
            head='; start="<root@x>"',
        )
    )
    assert lines(document) == [("首页", 1), ("框架", 2)]
    (grid,) = [e for e in document.elements if isinstance(e, Grid)]
    assert (grid.page_number, {cell.page_number for cell in grid.cells}) == (3, {3})
    assert document.page_count == 3


def test_an_empty_frame_is_left_out():
    page = html("<p>首页</p><iframe src='cid:e'></iframe>")
    assert read_mhtml(related(page, html("", "Content-ID: <e>"))).page_count == 1


def test_a_file_cut_behind_its_page_is_read():
    picture = (("Content-Type: image/gif", "Content-Transfer-Encoding: base64"), "R0lG")
    assert lines(read_mhtml(related(html("<p>决算</p>"), picture, end=""))) == [("决算", 1)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "没有网页"),
        (related((("Content-Type: image/gif",), "R0lG")), "没有网页"),
        (related(html(" ")), "没有网页"),
        (related(html(PAGE[:90]), end=""), "不完整"),
        (related(html("<xml><x:ExcelWorkbook></xml>")), "xlsx"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data, sentence):
    with pytest.raises(RejectedDocument, match=sentence) as error:
        read_mhtml(data)
    assert " / " in str(error.value)
