"""Writes a disclosure as a digital PDF: cover, contents, ruled forms, prose, glossary.

Wide forms stand on landscape pages; a form longer than its page continues on the next one, with
its header repeated or not, as the layout says. Merged header cells are true spans.
"""

from __future__ import annotations

from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from tests.factory.codes import ordinal_label
from tests.factory.content import DisclosureContent, Form, Section
from tests.factory.evaluation_form import evaluation_sheets
from tests.factory.layout import Layout, Sheet, project_sheet, sheet_of
from tests.factory.typesetting import CJK, LATIN, broken, markup, register_font

MARGIN = 56.0
CELL_PADDING = 3.0
CELL_SIZE = 8.5
BODY_SIZE = 12.0
TITLE_SIZE = 14.0
# Relative widths of columns by role.
WIDTHS = {"code": 2.1, "label": 4.6, "ordinal": 1.0, "text": 2.6, "amount": 2.2}
ALIGNMENT = {"code": TA_LEFT, "label": TA_LEFT, "text": TA_LEFT, "amount": TA_RIGHT}
LANDSCAPE_FROM_COLUMNS = 7
# A form of a project goes on overleaf as it is.
PLAIN = Layout(repeats_header=False)


def write_pdf(content: DisclosureContent, layout: Layout) -> bytes:
    """Return the PDF; equal content gives equal bytes (with equal fonts and reportlab)."""
    register_font()
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=f"{content.department_name}{content.fiscal_year}年度部门决算",
        author="juesuan samples",
        invariant=1,
    )
    document.addPageTemplates(
        [_page("portrait", *A4), _page("landscape", *landscape(A4))],
    )
    story: list[Flowable] = [*_cover(content), *_contents(content)]
    story += _prose(f"第一部分 {content.department_name}概况", content.overview)
    story += _units(content, layout)
    forms: list[Flowable] = []
    for number, title in enumerate(content.listed_titles, 1):
        for form in content.forms:
            if form.title == title:
                forms += _form(form, number, content, layout)
    year = content.fiscal_year
    narrative: list[Flowable] = [NextPageTemplate("portrait"), PageBreak()]
    narrative += _prose(f"第三部分 {year}年度部门决算情况说明", content.narrative)
    story += [*narrative, *forms] if layout.narrative_first else [*forms, *narrative]
    story += [NextPageTemplate("portrait"), PageBreak(), *_title("第四部分 名词解释")]
    story += [_paragraph(entry, BODY_SIZE, indent=2) for entry in content.glossary]
    if content.projects:
        story += _projects(content, layout)
    story += _evaluation_forms(content)
    document.build(story)
    return buffer.getvalue()


def _page(name: str, width: float, height: float) -> PageTemplate:
    def number(canvas: Canvas, document: BaseDocTemplate) -> None:
        if document.page > 1:
            canvas.setFont(LATIN, 9)
            canvas.drawCentredString(width / 2, MARGIN / 2, str(document.page))

    frame = Frame(
        MARGIN,
        MARGIN,
        width - 2 * MARGIN,
        height - 2 * MARGIN,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    return PageTemplate(name, [frame], onPage=number, pagesize=(width, height))


def _frame_width(is_wide: bool) -> float:
    return (A4[1] if is_wide else A4[0]) - 2 * MARGIN


def _paragraph(
    text: str,
    size: float,
    alignment: int = TA_LEFT,
    indent: int = 0,
    width: float | None = None,
    after: float = 0.0,
) -> Paragraph:
    """Return ``text`` broken into lines; ``indent`` counts characters of the first line."""
    room = _frame_width(False) if width is None else width
    style = ParagraphStyle(
        "body",
        fontName=CJK,
        fontSize=size,
        leading=size * (1.35 if size < BODY_SIZE else 1.75),
        alignment=alignment,
        firstLineIndent=indent * size,
        spaceAfter=after,
    )
    parts = text.split("\n")
    lines = [line for part in parts for line in broken(part, room - 1, size, indent * size)]
    return Paragraph("<br/>".join(markup(line) for line in lines), style)


def _title(text: str, size: float = TITLE_SIZE, is_wide: bool = False) -> list[Flowable]:
    return [_paragraph(text, size, TA_CENTER, width=_frame_width(is_wide)), Spacer(1, size * 0.6)]


def _cover(content: DisclosureContent) -> list[Flowable]:
    lines = (content.department_name, f"{content.fiscal_year}年度", content.cover_kind)
    words = [_paragraph(line, 26, TA_CENTER) for line in lines]
    return [Spacer(1, 180), *words, PageBreak()]


def _contents(content: DisclosureContent) -> list[Flowable]:
    year, name = content.fiscal_year, content.department_name
    lines = [f"第一部分 {name}概况"]
    lines += [section.heading for section in content.overview]
    lines += [f"第二部分 {year}年度部门决算表"]
    lines += [ordinal_label(n, title) for n, title in enumerate(content.listed_titles, 1)]
    lines += [f"第三部分 {year}年度部门决算情况说明"]
    lines += [section.heading for section in content.narrative]
    lines += ["第四部分 名词解释"]
    if content.projects:
        lines += ["第五部分 附件"]
    return [*_title("目 录"), *(_paragraph(line, 11) for line in lines), PageBreak()]


def _prose(title: str, sections: tuple[Section, ...]) -> list[Flowable]:
    story = _title(title)
    for section in sections:
        story.append(_paragraph(section.heading, BODY_SIZE, indent=2))
        story += [_paragraph(text, BODY_SIZE, indent=2) for text in section.paragraphs]
    return story


def _units(content: DisclosureContent, layout: Layout) -> list[Flowable]:
    body = tuple((str(n), unit, "") for n, unit in enumerate(content.units, 1))
    names = ("序号", "单位名称", "备注")
    data = [[_cell(name, 90, TA_CENTER) for name in names]]
    data += [[_cell(text, 300, TA_LEFT) for text in row] for row in body]
    table = Table(data, colWidths=[50, 330, 90], hAlign="CENTER")
    table.setStyle(_ruled([]))
    return [Spacer(1, 6), table]


def _form(form: Form, number: int, content: DisclosureContent, layout: Layout) -> list[Flowable]:
    sheet = sheet_of(form, layout)
    is_wide = len(sheet.roles) >= LANDSCAPE_FROM_COLUMNS
    width = _frame_width(is_wide)
    story: list[Flowable] = [NextPageTemplate("landscape" if is_wide else "portrait"), PageBreak()]
    if number == 1:
        story += _title(f"第二部分 {content.fiscal_year}年度部门决算表")
    story += _title(form.title, 12.0, is_wide)
    if layout.has_form_numbers:
        story.append(_paragraph(layout.form_number.format(number), 9, TA_RIGHT, width=width))
        caption = Table(
            [
                [
                    _paragraph(f"部门：{content.department_name}", 9, TA_LEFT, width=width / 2),
                    _paragraph(layout.unit_caption, 9, TA_RIGHT, width=width / 2),
                ]
            ],
            colWidths=[width / 2] * 2,
        )
        caption.setStyle(
            [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
        )
        story.append(caption)
    else:
        story.append(_paragraph(layout.unit_caption, 9, TA_RIGHT, width=width, after=3))
    story += [_table(sheet, width, layout), Spacer(1, 4)]
    story += [_paragraph(note, 9, width=width) for note in form.notes]
    if layout.adds_phantom_table:
        story.append(Table([["", ""]], colWidths=[width / 2] * 2, style=_ruled([])))
    return story


def _projects(content: DisclosureContent, layout: Layout) -> list[Flowable]:
    width = _frame_width(True)
    title = f"{content.fiscal_year}年度预算项目（政策）单位自评汇总表"
    sheet = project_sheet(content.projects, layout)
    return [
        NextPageTemplate("landscape"),
        PageBreak(),
        *_title("第五部分 附件", is_wide=True),
        *_title(title, 12.0, is_wide=True),
        _paragraph(f"单位：{content.department_name}", 9, width=width, after=3),
        _table(sheet, width, layout),
    ]


def _evaluation_forms(content: DisclosureContent) -> list[Flowable]:
    """Draw each form on a page of its own; one that is cut goes on overleaf without a title."""
    width = _frame_width(False)
    story: list[Flowable] = []
    for form in content.evaluation_forms:
        story += [NextPageTemplate("portrait"), PageBreak(), *_title(form.words.title, 12.0)]
        story.append(_paragraph(f"（{content.fiscal_year}年度）", 9, TA_CENTER, after=3))
        for number, sheet in enumerate(evaluation_sheets(form)):
            story += [PageBreak()] * bool(number) + [_table(sheet, width, PLAIN)]
    return story


def _cell(text: str, width: float, alignment: int) -> Paragraph | str:
    if not text:
        return ""
    return _paragraph(text, CELL_SIZE, alignment, width=width - 2 * CELL_PADDING)


def _halved(text: str) -> str:
    """Break a long header in its middle."""
    middle = (len(text) + 1) // 2
    return text[:middle] + "\n" + text[middle:] if len(text) >= 5 else text


def _spaced(text: str) -> str:
    """Set a space inside an amount, as justified cells do: 1,234.5 6."""
    return f"{text[:-1]} {text[-1]}" if len(text) >= 6 else text


def _ruled(commands: list[tuple]) -> list[tuple]:
    return [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        *commands,
    ]


def _table(sheet: Sheet, width: float, layout: Layout) -> Table:
    total = sum(WIDTHS[role] for role in sheet.roles)
    columns = [width * WIDTHS[role] / total for role in sheet.roles]
    count = sheet.header_row_count
    # An empty form keeps one blank line.
    body = sheet.body or (("",) * len(columns),)
    data: list[list[Paragraph | str]] = [["" for _ in columns] for _ in range(count)]
    spans = []
    spaced = layout.spaces_amounts

    def merged(row: int, column: int, row_span: int, column_span: int) -> float:
        if row_span > 1 or column_span > 1:
            corner = (column + column_span - 1, row + row_span - 1)
            spans.append(("SPAN", (column, row), corner))
        return sum(columns[column : column + column_span])

    for span in sheet.header:
        room = merged(span.row, span.column, span.row_span, span.column_span)
        text = _halved(span.text) if layout.breaks_headers else span.text
        data[span.row][span.column] = _cell(text, room, TA_CENTER)
    for row in body:
        data.append(
            [
                _cell(
                    _spaced(text) if spaced and sheet.roles[number] == "amount" else text,
                    columns[number],
                    ALIGNMENT.get(sheet.roles[number], TA_CENTER),
                )
                for number, text in enumerate(row)
            ]
        )
    for span in sheet.body_spans:
        room = merged(count + span.row, span.column, span.row_span, span.column_span)
        data[count + span.row][span.column] = _cell(span.text, room, TA_CENTER)
    table = Table(data, colWidths=columns, repeatRows=count if layout.repeats_header else 0)
    table.setStyle(_ruled(spans))
    return table
