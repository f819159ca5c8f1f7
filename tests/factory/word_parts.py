"""A disclosure as a sequence of headings, paragraphs and sheets, for writers without a layout.

Every writer of Word, web pages and workbooks draws the same sequence, so that one disclosure says
the same in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.factory.codes import ordinal_label
from tests.factory.content import DisclosureContent, Form, Section
from tests.factory.layout import Layout, Sheet, Span, project_sheet, sheet_of


@dataclass(frozen=True, slots=True)
class FormPart:
    """One table with what is printed around it; ``name`` is short enough for a worksheet."""

    name: str
    title: str
    captions: tuple[str, ...]
    sheet: Sheet
    notes: tuple[str, ...] = ()


Part = str | FormPart


def parts_of(content: DisclosureContent, layout: Layout) -> list[Part]:
    """Return the paragraphs and tables of the whole disclosure, in order."""
    year = content.fiscal_year
    parts: list[Part] = [content.department_name, f"{year}年度", content.cover_kind]
    parts += ["目 录", f"第一部分 {content.department_name}概况"]
    parts += [section.heading for section in content.overview]
    parts += [f"第二部分 {year}年度部门决算表"]
    parts += [ordinal_label(n, title) for n, title in enumerate(content.listed_titles, 1)]
    parts += [f"第三部分 {year}年度部门决算情况说明"]
    parts += [section.heading for section in content.narrative]
    parts += ["第四部分 名词解释"]
    parts += _prose(f"第一部分 {content.department_name}概况", content.overview)
    if content.units:
        rows = tuple((str(number), unit, "") for number, unit in enumerate(content.units, 1))
        header = tuple(Span(t, 0, n) for n, t in enumerate(("序号", "单位名称", "备注")))
        parts.append(FormPart("单位", "", (), Sheet(("ordinal", "label", "text"), header, 1, rows)))
    forms = [f"第二部分 {year}年度部门决算表", *form_parts(content, layout)]
    narrative = _prose(f"第三部分 {year}年度部门决算情况说明", content.narrative)
    parts += [*narrative, *forms] if layout.narrative_first else [*forms, *narrative]
    parts += ["第四部分 名词解释", *content.glossary]
    parts += project_parts(content, layout)
    return parts


def form_parts(content: DisclosureContent, layout: Layout) -> list[FormPart]:
    """Return the statutory forms in the order in which they are listed."""
    return [
        _form_part(form, number, content, layout)
        for number, title in enumerate(content.listed_titles, 1)
        for form in content.forms
        if form.title == title
    ]


def _form_part(form: Form, number: int, content: DisclosureContent, layout: Layout) -> FormPart:
    captions = (layout.form_number.format(number),) if layout.has_form_numbers else ()
    captions += (f"部门：{content.department_name}", layout.unit_caption)
    return FormPart(f"公开{number:02d}", form.title, captions, sheet_of(form, layout), form.notes)


def project_parts(content: DisclosureContent, layout: Layout) -> list[FormPart]:
    """Return the summary of self-evaluations, if there is one."""
    if not content.projects:
        return []
    title = f"{content.fiscal_year}年度预算项目（政策）单位自评汇总表"
    caption = (f"单位：{content.department_name}",)
    return [FormPart("自评", title, caption, project_sheet(content.projects, layout))]


def _prose(title: str, sections: tuple[Section, ...]) -> list[Part]:
    parts: list[Part] = [title]
    for section in sections:
        parts += [section.heading, *section.paragraphs]
    return parts


def spans_of(sheet: Sheet) -> list[Span]:
    """Return every cell of a sheet with its spans, row numbers counted from the header on.

    An empty form keeps one blank line.
    """
    spans = list(sheet.header)
    merged = {(span.row, span.column): span for span in sheet.body_spans}
    covered = {
        (span.row + r, span.column + c)
        for span in sheet.body_spans
        for r in range(span.row_span)
        for c in range(span.column_span)
    }
    for number, row in enumerate(sheet.body or (("",) * len(sheet.roles),)):
        for column, text in enumerate(row):
            place = (number, column)
            top = number + sheet.header_row_count
            if place in merged:
                span = merged[place]
                spans.append(Span(span.text, top, column, span.row_span, span.column_span))
            elif place not in covered:
                spans.append(Span(text, top, column))
    return sorted(spans, key=lambda span: (span.row, span.column))


def row_count_of(sheet: Sheet) -> int:
    """Return the number of rows drawn."""
    return sheet.header_row_count + max(len(sheet.body), 1)
