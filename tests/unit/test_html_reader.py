"""Web pages: the tables that hold data, and the text around them."""

import pytest

from ingest.document import Grid, Line
from ingest.readers.html import read_html
from ingest.tables import assemble

TABLE = "<table><tr><td>项目</td><td>决算数</td></tr><tr><td>合计</td><td>5</td></tr></table>"


def read(body, head=""):
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def lines(document):
    return [e.text for e in document.elements if isinstance(e, Line) and e.text]


def grids(document):
    return [e for e in document.elements if isinstance(e, Grid)]


def rows(grid):
    out = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        out[cell.row_number][cell.column_number] = cell.text
    return out


def test_text_and_tables_come_in_order():
    document = read(f"<h1>收入决算表</h1><div>单位：<b>万元</b></div>{TABLE}尾注<p>完</p>")
    elements = [e for e in document.elements if isinstance(e, Grid) or e.text]
    assert [e.text if isinstance(e, Line) else rows(e) for e in elements] == [
        "收入决算表",
        "单位：万元",
        [["项目", "决算数"], ["合计", "5"]],
        "尾注",
        "完",
    ]


def test_spans_push_the_cells_to_their_right():
    (grid,) = grids(
        read(
            "<table><thead><tr><th rowspan=2>项目</th><th colspan='2'>本年支出</th></tr>"
            "<tr><th>基本</th><th>项目支出</th></tr></thead>"
            "<tbody><tr><td>合计</td><td>1</td><td>2</td></tr></tbody></table>"
        )
    )
    places = {
        c.text: (c.row_number, c.column_number, c.row_span, c.column_span) for c in grid.cells
    }
    assert places == {
        "项目": (0, 0, 2, 1),
        "本年支出": (0, 1, 1, 2),
        "基本": (1, 1, 1, 1),
        "项目支出": (1, 2, 1, 1),
        "合计": (2, 0, 1, 1),
        "1": (2, 1, 1, 1),
        "2": (2, 2, 1, 1),
    }


def test_a_table_that_only_arranges_is_a_container():
    page = f"<table><tr><td>栏目</td><td><p>收入决算表</p>{TABLE}</td></tr></table>"
    document = read(page)
    assert lines(document) == ["栏目", "收入决算表"]
    assert [rows(g) for g in grids(document)] == [[["项目", "决算数"], ["合计", "5"]]]


def test_a_table_of_one_column_is_text():
    assert lines(read("<table><tr><td>一、收入</td></tr><tr><td>5万元。</td></tr></table>")) == [
        "一、收入",
        "5万元。",
    ]


def test_what_is_not_shown_is_not_read():
    document = read(
        "<script>var a = '5万元';</script><nav>首页</nav><ul><li><a>目录</a></li></ul>"
        "<p style='display: none'>密</p><p hidden>密</p><!-- 密 --><p>明</p>"
        "<table><tr style='display:none'><td>a</td><td>b</td></tr>"
        "<tr><td>合计</td><td>5</td></tr></table>",
        "<title>公开</title><style>p {}</style>",
    )
    assert lines(document) == ["明"]
    assert rows(grids(document)[0]) == [["合计", "5"]]


def test_breaks_entities_and_hard_spaces():
    (grid,) = grids(
        read("<table><tr><td>本年收入<br>合计</td><td>&nbsp;1&#44;046&nbsp;</td></tr></table>")
    )
    assert rows(grid) == [["本年收入\n合计", "1,046"]]


@pytest.mark.parametrize("charset", ["gbk", "gb2312", "gb18030", "utf-8", "utf-8-sig"])
def test_charsets(charset):
    page = f"<html><head><meta charset={charset.removesuffix('-sig')}></head><p>决算镕</p></html>"
    data = page.encode("gb18030" if charset == "gb2312" else charset)
    assert lines(read_html(data)) == ["决算镕"]


def test_a_page_that_says_nothing_or_the_wrong_charset():
    assert lines(read_html("<html><p>决算</p></html>".encode("gb18030"))) == ["决算"]
    wrong = "<html><meta charset='utf-8'><p>决算</p></html>".encode("gb18030")
    assert lines(read_html(wrong)) == ["决算"]
    declared = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><p>决算</p></html>'
    assert lines(read_html(declared.encode())) == ["决算"]


def test_places_are_lines_of_the_source():
    document = read_html(
        "<html>\n<p>一</p>\n<table>\n<tr><td>a</td><td>1</td></tr>\n"
        "<tr><td>b</td><td>2</td></tr></table></html>".encode()
    )
    assert [e.line_number for e in document.elements if isinstance(e, Line) and e.text] == [2]
    assert [c.line_number for c in grids(document)[0].cells] == [4, 4, 5, 5]


def test_hostile_spans_are_bounded():
    cell = "<td rowspan=999999 colspan=999999>a</td>"
    (grid,) = grids(read(f"<table><tr>{cell}<td>1</td></tr></table>"))
    assert (grid.row_count, grid.column_count) == (1, 2)


def test_a_page_on_one_line_keeps_its_sections_apart():
    """Every line of such a page has the same number; the section must not be looked up by it."""
    from ingest.narrative import read_narrative

    document = read("<p>一、收入情况</p><p>收入5万元。</p><p>二、支出情况</p><p>支出4万元。</p>")
    assembly = assemble(document)
    sections = read_narrative(assembly).section_of
    assert [sections[id(placed)] for placed in assembly.lines] == [
        "一、收入情况",
        "一、收入情况",
        "二、支出情况",
        "二、支出情况",
    ]
