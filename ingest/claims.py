"""Whose accounts a cover or a caption says they are, and of when: pure reading of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
# A name may hold digits (第12中学), but no year, no 决算 and no 部门预算.
_NAME = r"(?<!\d)(?P<name>(?!\d)(?:(?!20\d\d|决算|部门预算)[^。,:;、]){3,50}?)"
_YEAR = r"(?<!\d)(?P<year>20\d\d)年?+度?+"
_KIND = r"(?P<scope>区级部门|市级部门|省级部门|部门\(单位\)|部门|单位)?(?P<kind>决算|预算)"
_COVERS = (
    re.compile(rf"{_NAME}{_YEAR}{_KIND}"),
    re.compile(rf"{_YEAR}{_NAME}{_KIND}"),
    # 某某局部门决算（2022年度）; 2022年度部门决算公开 某某局
    re.compile(rf"{_NAME}{_KIND}(?:信息)?(?:公开)?(?:情况)?(?:报告|说明|文本)?\(?{_YEAR}"),
    re.compile(
        rf"{_YEAR}{_KIND}(?:信息)?(?:公开)?(?:情况)?(?:报告|说明|文本)?"
        rf"(?:(?:部门|单位)(?:名称)?:)?{_NAME}(?=(?:20\d\d年.*)?$)"
    ),
)
_YEAR_ALONE = re.compile(rf"{_YEAR}{_KIND}")
# What a cover adds behind its kind when it stands alone: 公开说明, (汇总), the month it came out.
_COVER_END = re.compile(
    r"(?:信息)?(?:公开)?(?:情况)?(?:报告|说明|文本|资料)?(?:\([^()]{1,10}\))?\)?"
    r"(?:20\d\d年\d{1,2}月(?:\d{1,2}日)?)?"
)
_BUDGET_OFFICE = re.compile(r"预算(主管)?(部门|单位):(?P<name>[^:]+)")
KINDS = {"决算": "final_accounts", "预算": "budget"}
_NOT_IN_NAME = re.compile(
    r"^(关于)?(公开|公布)?|\((部门|部门汇总|汇总|公章|盖章|公开)\)$|(?<=..)(部门|单位)$"
)
_PLACE_OR_PARTY = re.compile(r".*[省市区县旗州盟]|中共|中国共产党")
_BEGINS_WITH_PLACE = re.compile(r"(中共|中国共产党)?.{2,8}?[省市区县旗州盟]")
_NO_NAME = re.compile(r"(本|某|各|全)?(部门|单位)(名称)?|[Xx*×]+.{0,4}|目录|汇总|公开")
_NO_OFFICE = re.compile(r"(说明|报告|情况|概况|解释|附件|附表|表|目录|汇编|资料|公开)$")
_OWN = re.compile(r"\(?(本级|本部|机关本级)\)?$")


@dataclass(slots=True)
class Claims:
    """What the document claims to be; None where it does not say."""

    department_name_zh: str | None = None
    fiscal_year: int | None = None
    document_kind: str | None = None
    reporting_scope: str | None = None


def read_whole_cover(lines: list[str]) -> Claims | None:
    """Return what a cover claims that these normalised lines are, and nothing else; else None.

    A cover that names nobody still says year and kind.
    """
    text = _cover_text(lines)
    for pattern in (*_COVERS, _YEAR_ALONE):
        match = pattern.match(text)
        if match and _COVER_END.fullmatch(text, match.end()):
            claims = _claims_of(match)
            # 2025年部门预算编制说明 is the title of a chapter.
            return None if _NO_OFFICE.search(claims.department_name_zh or "") else claims
    return None


def name_and_scope(printed: str) -> tuple[str | None, str]:
    """Return the name that a caption prints, without its additions, and the scope it tells."""
    return clean_name(printed), scope_of(None, printed)


def _cover_text(lines: list[str]) -> str:
    text = re.sub(r"^附件\d*[:：]?", "", "".join(lines))
    return _HAN_YEAR.sub(lambda match: match[0].translate(_HAN_DIGITS), text)


def _claims_of(match: re.Match[str]) -> Claims:
    name = match.groupdict().get("name")
    return Claims(
        department_name_zh=clean_name(name) if name else None,
        fiscal_year=int(match["year"]),
        document_kind=KINDS[match["kind"]],
        reporting_scope=scope_of(match["scope"], name) if name else None,
    )


def read_cover(lines: list[str]) -> Claims:
    """Read a cover; a line before the name of a place that is no place itself is not of the name.

    A web page prints 首页 or 通知公告 above its title, which runs into the name otherwise.
    """
    claims = _search_cover(lines)
    for number, line in enumerate(lines[:-1], start=1):
        name = claims.department_name_zh or ""
        if not (line and name.startswith(line)) or _PLACE_OR_PARTY.fullmatch(line):
            continue
        rest = _search_cover(lines[number:])
        shorter = rest.department_name_zh or ""
        if _BEGINS_WITH_PLACE.match(shorter) and name.endswith(shorter):
            claims = rest
    return claims


def _search_cover(lines: list[str]) -> Claims:
    claims = Claims()
    text = _cover_text(lines)
    for pattern in _COVERS:
        match = pattern.search(text)
        if match:
            claims = _claims_of(match)
            break
    else:
        alone = _YEAR_ALONE.search(text)
        claims = _claims_of(alone) if alone else claims
    office = _BUDGET_OFFICE.search(text)
    if office:
        claims.department_name_zh = office["name"]
    return claims


def clean_name(text: str) -> str | None:
    """Return the name without what a cover or caption adds to it; None when no name is left."""
    name = _OWN.sub("", _NOT_IN_NAME.sub("", text))
    return None if len(name) < 3 or _NO_NAME.fullmatch(name) else name


def scope_of(word: str | None, name: str) -> str:
    """Return the reporting scope that the word before 决算, or the end of a name, tells."""
    if _OWN.search(name):
        return "department_own"
    return "unit" if word == "单位" or name.endswith("单位") else "department_consolidated"
