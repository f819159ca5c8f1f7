"""Word documents: what is printed, in the order in which it is printed."""

from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.document import Grid, Line
from ingest.errors import RejectedDocument
from ingest.readers.docx import read_docx

W = nsdecls("w")


def read(document):
    buffer = BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue())


def read_body(*blocks):
    """Read a document of the given blocks of WordprocessingML."""
    document = docx.Document()
    for block in blocks:
        # The closing sectPr stays last.
        document.element.body[-1].addprevious(parse_xml(block))
    return read(document)


def lines(document):
    return [e.text for e in document.elements if isinstance(e, Line) and e.text]


def grids(document):
    return [e for e in document.elements if isinstance(e, Grid)]


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(*rows):
    body = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl {W}><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def texts(grid):
    return [(c.row_number, c.column_number, c.text) for c in grid.cells if c.text]


def test_paragraphs_and_tables_come_in_the_order_of_the_text():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉 1"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("收入决算表")
    document.add_table(1, 2).rows[0].cells[0].text = "项目"
    document.add_paragraph("注：以上。")
    elements = [e for e in read(document).elements if isinstance(e, Grid) or e.text]
    assert [e.text if isinstance(e, Line) else "grid" for e in elements] == [
        "收入决算表",
        "grid",
        "注：以上。",
    ]


def test_merged_cells_are_one_cell_with_its_spans():
    grid = grids(
        read_body(
            table(
                (
                    cell("项目", '<w:vMerge w:val="restart"/>'),
                    cell("本年支出", '<w:gridSpan w:val="2"/>'),
                ),
                (cell("", "<w:vMerge/>"), cell("基本"), cell("项目支出")),
                (cell("合计"), cell("1"), cell("2")),
            )
        )
    )[0]
    spans = {c.text: (c.row_number, c.column_number, c.row_span, c.column_span) for c in grid.cells}
    assert spans["项目"] == (0, 0, 2, 1)
    assert spans["本年支出"] == (0, 1, 1, 2)
    assert spans["2"] == (2, 2, 1, 1)
    assert grid.has_merges and grid.column_count == 3


def test_rows_whose_rules_are_a_little_apart_keep_their_columns():
    """A header over three grid columns, figures over two of them: no column comes of the rest."""
    wide, two = '<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="2"/>'
    grid = grids(
        read_body(
            table(
                (cell("项目", two), cell("合计", wide)),
                (cell("教育", two), cell("1", two), cell("2")),
            )
        )
    )[0]
    assert grid.column_count == 3
    assert texts(grid) == [(0, 0, "项目"), (0, 1, "合计"), (1, 0, "教育"), (1, 1, "1"), (1, 2, "2")]


def test_tracked_changes_are_read_as_accepted():
    change = 'w:id="1" w:author="a"'
    document = read_body(
        f"<w:p {W}><w:r><w:t>收入</w:t></w:r><w:del {change}><w:r><w:delText>5</w:delText></w:r>"
        f"</w:del><w:ins {change}><w:r><w:t>6</w:t></w:r></w:ins>"
        "<w:r><w:t>万元。</w:t></w:r></w:p>",
        table((cell("甲"), cell("1"))).replace(
            "</w:tr>", f"</w:tr><w:tr><w:trPr><w:del {change}/></w:trPr>{cell('乙')}</w:tr>"
        ),
    )
    assert lines(document) == ["收入6万元。"]
    assert texts(grids(document)[0]) == [(0, 0, "甲"), (0, 1, "1")]


def test_hidden_text_and_field_codes_are_not_printed():
    document = read_body(
        f"<w:p {W}><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
        "<w:r><w:instrText> PAGEREF 1 </w:instrText></w:r><w:r><w:t>明</w:t></w:r></w:p>"
    )
    assert lines(document) == ["明"]


def test_a_line_break_in_a_cell_is_kept():
    grid = grids(
        read_body(
            table((cell("本年收入</w:t><w:br/><w:t>合计"), cell("1")), (cell("a"), cell("2")))
        )
    )[0]
    assert texts(grid)[0] == (0, 0, "本年收入\n合计")


def test_text_boxes_are_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>单位：万元</w:t></w:r></w:p></w:txbxContent>"
    document = read_body(
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>收入决算表</w:t></w:r></w:p>"
    )
    assert lines(document) == ["收入决算表", "单位：万元"]


def test_a_table_that_only_arranges_tables_is_none():
    inner = table((cell("项目"), cell("决算数")), (cell("合计"), cell("5")))
    outer = table((cell("收入决算表"), f"<w:tc><w:tcPr/>{inner}<w:p/></w:tc>"))
    document = read_body(outer)
    assert lines(document) == ["收入决算表"]
    assert [texts(g) for g in grids(document)] == [
        [(0, 0, "项目"), (0, 1, "决算数"), (1, 0, "合计"), (1, 1, "5")]
    ]


def test_a_table_with_figures_stays_one_though_a_cell_holds_another():
    inner = table((cell("甲"), cell("1")), (cell("乙"), cell("2")))
    outer = table((cell("合计"), cell("3")), (cell("其中"), f"<w:tc><w:tcPr/>{inner}<w:p/></w:tc>"))
    assert [g.row_count for g in grids(read_body(outer))] == [2, 2]


def test_content_controls_hide_nothing():
    inside = table((cell("合计"), cell("5")))
    document = read_body(f"<w:sdt {W}><w:sdtContent>{inside}</w:sdtContent></w:sdt>")
    assert texts(grids(document)[0]) == [(0, 0, "合计"), (0, 1, "5")]


def test_pages_are_counted_by_explicit_breaks():
    document = docx.Document()
    document.add_paragraph("一")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("二")
    found = read(document)
    assert [(e.text, e.page_number) for e in found.elements if e.text] == [("一", 1), ("二", 2)]
    assert found.page_count == 2


def test_pages_that_word_wrote_down_are_not_counted_twice():
    rendered = "<w:lastRenderedPageBreak/>"
    document = read_body(
        f"<w:p {W}><w:r><w:t>一</w:t></w:r></w:p>",
        f'<w:p {W}><w:r><w:br w:type="page"/></w:r></w:p>',
        f"<w:p {W}><w:r>{rendered}<w:t>二</w:t></w:r></w:p>",
        table(
            (cell("a"), cell("1")),
            (cell(f"</w:t>{rendered}<w:t>b"), cell(f"</w:t>{rendered}<w:t>2")),
        ),
    )
    assert [e.page_number for e in document.elements if isinstance(e, Line) and e.text] == [1, 2]
    assert {c.text: c.page_number for c in grids(document)[0].cells} == {
        "a": 2,
        "1": 2,
        "b": 3,
        "2": 3,
    }


def test_every_paragraph_and_row_has_its_number():
    document = read_body(
        f"<w:p {W}><w:r><w:t>一</w:t></w:r></w:p>",
        table((cell("a"), cell("1")), (cell("b"), cell("2"))),
        f"<w:p {W}><w:r><w:t>二</w:t></w:r></w:p>",
    )
    (grid,) = grids(document)
    assert [c.line_number for c in grid.cells] == [2, 2, 3, 3]
    assert [e.line_number for e in document.elements if isinstance(e, Line) and e.text] == [1, 4]


def test_automatic_numbers_are_printed_with_their_paragraphs():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = (
        '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/>'
        '<w:lvlText w:val="{2}"/></w:lvl>'
    )
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "%2.")
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, depth in (("收入情况", 0), ("2023年收入5万元。", 1), ("支出情况", 0)):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        number = parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>')
        properties.append(number)
    assert properties.find(qn("w:numPr")) is not None
    assert lines(read(document)) == ["一、收入情况", "1. 2023年收入5万元。", "二、支出情况"]


def test_a_damaged_document_is_rejected():
    with pytest.raises(RejectedDocument, match="docx"):
        read_docx(b"PK\x03\x04")
