"""Writes a disclosure as plain text, its tables tab-separated, the way text conversions look.

A merged cell prints its text once, in its first row and column, and leaves the rest empty.
"""

from __future__ import annotations

from tests.factory.codes import ordinal_label
from tests.factory.content import DisclosureContent, Form, Section
from tests.factory.evaluation_form import evaluation_sheets
from tests.factory.layout import Layout, Sheet, project_sheet, sheet_of


def write_text(content: DisclosureContent, layout: Layout) -> str:
    """Return the whole file, lines ended by a line feed."""
    year = content.fiscal_year
    lines = [f"{year}年度", content.department_name, content.cover_kind, ""]
    lines += _table_of_contents(content)
    lines += _part("第一部分", "部门概况", content.overview)
    if content.units:
        lines += ["序号\t单位名称\t备注"]
        lines += [f"{number}\t{unit}\t" for number, unit in enumerate(content.units, 1)]
        lines += [""]
    forms = ["第二部分", "", f"{year}年度部门决算表", ""]
    for number, title in enumerate(content.listed_titles, 1):
        for form in content.forms:
            if form.title == title:
                forms += _form(form, number, content, layout)
    narrative = _part("第三部分", f"{year}年度部门决算情况说明", content.narrative)
    lines += [*narrative, *forms] if layout.narrative_first else [*forms, *narrative]
    lines += ["第四部分", "", "名词解释", ""]
    for entry in content.glossary:
        lines += [entry, ""]
    if content.projects:
        lines += ["第五部分", "", "附件", ""]
        lines += [f"{year}年度预算项目（政策）单位自评汇总表", ""]
        lines += [f"单位：{content.department_name}", ""]
        lines += [*_tabbed(project_sheet(content.projects, layout)), ""]
    for form in content.evaluation_forms:
        lines += [form.words.title, f"（{year}年度）", ""]
        for sheet in evaluation_sheets(form):
            lines += [*_tabbed(sheet), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table_of_contents(content: DisclosureContent) -> list[str]:
    year = content.fiscal_year
    lines = ["目 录", "", "第一部分 部门概况", ""]
    lines += [f"- {section.heading}" for section in content.overview]
    lines += ["", f"第二部分 {year}年度部门决算表", ""]
    lines += [
        f"- {ordinal_label(number, title)}" for number, title in enumerate(content.listed_titles, 1)
    ]
    lines += ["", f"第三部分 {year}年度部门决算情况说明", ""]
    lines += [f"- {section.heading}" for section in content.narrative]
    lines += ["", "第四部分 名词解释", ""]
    if content.projects:
        lines += ["第五部分 附件", ""]
    return lines


def _part(number: str, title: str, sections: tuple[Section, ...]) -> list[str]:
    lines = [number, "", title, ""]
    for section in sections:
        lines += [section.heading, ""]
        for paragraph in section.paragraphs:
            lines += [paragraph, ""]
    return lines


def _form(form: Form, number: int, content: DisclosureContent, layout: Layout) -> list[str]:
    lines = [form.title, ""]
    if layout.has_form_numbers:
        lines += [layout.form_number.format(number), ""]
    lines += [f"部门：{content.department_name}", ""]
    lines += [f"{content.fiscal_year}年度 {layout.unit_caption}", ""]
    sheet = sheet_of(form, layout)
    rows = _tabbed(sheet)
    if layout.splits_before_total and form.form_code == "fiscal_appropriation_summary":
        rows = [*rows[:-1], "", *rows[:2], rows[-1]]
    return [*lines, *rows, "", *form.notes, ""]


def _tabbed(sheet: Sheet) -> list[str]:
    width = len(sheet.roles)
    header = [[""] * width for _ in range(sheet.header_row_count)]
    for span in sheet.header:
        header[span.row][span.column] = span.text
    # A word set vertically is one line here.
    return ["\t".join(row).replace("\n", "") for row in (*header, *sheet.body)]
