"""What a file says of itself: department, year, kind and scope, from its cover and its captions."""

from __future__ import annotations

import re
from collections import Counter

from ingest.claims import KINDS, Claims, clean_name, read_cover, scope_of
from ingest.errors import RejectedDocument
from ingest.headers import MEASURE, read_layout
from ingest.normalise import is_number, normalise
from ingest.tables import Assembly, Table

MAX_COVER_LINES = 40
MIN_PROSE_HEADINGS = 3
_CONTENTS = re.compile(r"^目[录次]$|^第[一二三四五六七八]部分|^一、")
_NUMBERING = re.compile(r"[-—\d]{1,5}|[-—]?附件\d*[:：]?")
# What a web page prints about itself around the title, and the number that supervision gives it.
_PAGE_MARK = re.compile(
    r"(监督索引号|索引号)[:：]?\d.*|.*>.*"
    r"|(信息)?(来源|索引号|文号|发文(机关|日期|字号)|发布(机构|单位|部门|者|日期|时间)"
    r"|成文日期|公开(日期|方式)|(主题|体裁)分类|当前位置)[:：](?!.*决算).*"
)
_FORM = re.compile(r"决算.*表$")
# The tables of the execution or evaluation of a budget are no budget.
_BUDGET_FORM = re.compile(r"^(?!.*(决算|执行|完成|绩效|自评|评价)).*预算.*表$")
# What a budget says of itself where its forms are a file apart: 附件：某某局2019年度部门预算公开表
_ATTACHED_FORMS = re.compile(r"附件\d*:(?=.*(部门|单位)(预算|决算)(公开)?表$)")
_MONEY = re.compile(r"\d(万|亿)?元")
_SELF_EVALUATION = re.compile(r"自评(汇总表|表|报告)(\([^()]*\))?$|绩效评价报告$")
# Where a self-evaluation form names its department, before which a code may stand: [101]某某局
_FORM_DEPARTMENT = re.compile(r"(预算)?主管部门(及代码|名称)?")
_DEPARTMENT_CODE = re.compile(r"^[\[(]?[0-9A-Z]{3,}[\])]?[-—]?")
# A place alone is no department, and neither are the words of a template.
_PLACE = re.compile(r".*[省市区县旗州]")
# A file may hold the prose alone; its headings speak of 决算情况说明 again and again.
_PROSE_OF_ACCOUNTS = re.compile(r"决算(?:总体|结构|具体)?情况(?:的?说明)?")
_YEAR_ANYWHERE = {
    kind: re.compile(rf"(20\d\d)年度?(?:[^\d。]{{0,40}}){word}") for word, kind in KINDS.items()
}


def identify(assembly: Assembly, cover_at: int = 0) -> Claims:
    """Read the claims; raises RejectedDocument for what is no disclosure this parser reads.

    ``cover_at`` is where in the order of the assembly the cover begins.
    """
    titles = [table.form_title for table in assembly.tables if table.form_title]
    cover = _cover_lines(assembly, cover_at)
    claims = read_cover(cover)
    if not assembly.tables and not (claims.department_name_zh or claims.fiscal_year):
        claims = read_cover(_attached_forms(assembly))
    claims.document_kind = _kind(titles, claims.document_kind, assembly)
    _fill_from_captions(claims, assembly)
    return claims


def _kind(titles: list[str], on_cover: str | None, assembly: Assembly) -> str:
    """Tell the kind by the forms; where forms of both kinds or none are there, by the cover.

    Final accounts speak of 预算 on every page, so a budget must not only have forms of a budget:
    its cover must not say 决算, or, without a cover, its text must speak of 预算 more often.
    """
    finals = [title for title in titles if _FORM.search(title)]
    budgets = [title for title in titles if _BUDGET_FORM.search(title)]
    text = "".join(normalise(placed.line.text) for placed in assembly.lines)
    is_about_budgets = text.count("预算") > text.count("决算")
    if finals and not (budgets and on_cover == "budget"):
        _reject_blank(assembly.tables)
        return "final_accounts"
    if on_cover != "budget" and len(_PROSE_OF_ACCOUNTS.findall(text)) >= MIN_PROSE_HEADINGS:
        return "final_accounts"
    if budgets and (on_cover == "budget" or (not on_cover and is_about_budgets)):
        _reject_blank(assembly.tables)
        return "budget"
    if any(_SELF_EVALUATION.search(title) for title in titles):
        _reject_blank(assembly.tables)
        return "self_evaluation"
    if on_cover == "budget" and is_about_budgets and _MONEY.search(text):
        return "budget"
    raise RejectedDocument(
        "没有找到决算表（如“收入支出决算总表”）或预算表，不是决算或预算公开文件 / "
        "No statutory form was found: this is no disclosure of final accounts or of a budget"
    )


def _departments_in_forms(assembly: Assembly) -> list[str]:
    """Return what stands right of 主管部门 in each self-evaluation form, without its code."""
    names = []
    for table in assembly.tables:
        cells = [cell for cell in table.cells if cell.text.strip()]
        for cell in cells:
            if _FORM_DEPARTMENT.fullmatch(normalise(cell.text)):
                right = [
                    c
                    for c in cells
                    if c.row_number == cell.row_number and c.column_number > cell.column_number
                ]
                if right:
                    text = normalise(min(right, key=lambda c: c.column_number).text)
                    names.append(_DEPARTMENT_CODE.sub("", text))
    return names


def _reject_blank(tables: list[Table]) -> None:
    """Reject a template: forms without one figure, and no statement that they are empty."""
    if any(map(_has_figure, tables)):
        return
    raise RejectedDocument(
        "表格都是空白模板，没有任何数字 / The forms are a blank template without a single figure"
    )


def _has_figure(table: Table) -> bool:
    """Whether a table has a number that is neither 行次, 栏次, a code nor an ordinal."""
    layout = read_layout(
        table.cells, table.row_count, table.column_count, table.has_merges, table.skip
    )
    return any(
        cell.row_number >= layout.header_row_count
        and layout.roles[cell.column_number] == MEASURE
        and is_number(normalise(cell.text))
        for cell in table.cells
    )


def is_statutory_title(title: str) -> bool:
    """Whether a form of this title is one of final accounts or of a budget."""
    return bool(_FORM.search(title) or _BUDGET_FORM.search(title))


def _cover_lines(assembly: Assembly, first: int) -> list[str]:
    lines = []
    for item in assembly.order[first : first + MAX_COVER_LINES]:
        if isinstance(item, Table):
            break
        text = normalise(item.line.text)
        if _CONTENTS.match(text):
            break
        if item.role in ("title", "caption"):
            continue
        if not (_NUMBERING.fullmatch(text) or _PAGE_MARK.fullmatch(text)):
            lines.append(text)
    return lines


def _attached_forms(assembly: Assembly) -> list[str]:
    """Return the line that names the forms in a file apart, without 附件, for want of a cover."""
    for placed in assembly.lines:
        text = normalise(placed.line.text)
        if _ATTACHED_FORMS.match(text):
            return [_ATTACHED_FORMS.sub("", text)]
    return []


def _fill_from_captions(claims: Claims, assembly: Assembly) -> None:
    """Fill what the cover leaves open from 部门： and the year above the tables, or prose."""
    stated = claims.department_name_zh
    if not stated or _PLACE.fullmatch(stated):
        names = Counter(
            table.department_text
            for table in assembly.tables
            if table.department_text and clean_name(table.department_text)
        )
        if not names and claims.document_kind == "self_evaluation":
            names = Counter(filter(clean_name, _departments_in_forms(assembly)))
        if names:
            name = names.most_common(1)[0][0]
            claims.reporting_scope = claims.reporting_scope or scope_of(None, name)
            claims.department_name_zh = clean_name(name)
    if not claims.fiscal_year:
        years: Counter[int] = Counter()
        for table in assembly.tables:
            years.update(map(int, re.findall(r"20\d\d(?=年)", normalise(table.caption))))
            years.update(map(int, re.findall(r"20\d\d(?=年)", table.form_title)))
        kind = claims.document_kind
        if not years and kind in _YEAR_ANYWHERE:
            for placed in assembly.lines:
                text = normalise(placed.line.text)
                years.update(map(int, _YEAR_ANYWHERE[kind].findall(text)))
        if years:
            claims.fiscal_year = years.most_common(1)[0][0]
    if not claims.reporting_scope and claims.department_name_zh:
        claims.reporting_scope = "department_consolidated"
