"""What the lines above and below a table say: its title, unit, department and notes."""

from __future__ import annotations

import re
from typing import Literal

from ingest.normalise import fold_characters, normalise

LineClass = Literal["title", "caption", "other"]

_FORM_NUMBER = re.compile(
    r"\(?(预决|部决|财决)?(公开|财决|预决|部决|附)表?[\d\-—A-Z]*\d表\)?|(公开|附)表[\d\-—]*\d"
    r"|\((公开|附)?表[\d一二三四五六七八九十]{1,3}\)|(?<=表)表[\d一二三四五六七八九十]{1,3}$"
    r"|^(公开|附)?表[\d一二三四五六七八九十]{1,3}$"
)
_UNIT_PART = re.compile(r"\(?(金额)?单位:?(人民币)?(亿元|百万元|万元|千元|元)\)?")
_DEPARTMENT_PART = re.compile(
    r"(编制|填报|公开|主管|预算)?(部门|单位)(名称|代码|编码)?(\([^)]*\))?:.*$|(填报|填表|编制)?日期:.*$"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_CONTINUED_TITLE = re.compile(r"(?<=表)\(?续表?\d*\)?$")
_CONTINUED = re.compile(r"\(?续表?\d*\)?")
_YEAR_ONLY = re.compile(r"\(?(20\d\d)年?度?(\d{1,2}月)?(\d{1,2}日)?\)?")
_NUMBERING = re.compile(
    r"^([一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.])(?=.*表)"
)
# What a title adds in brackets: (按经济分类), (功能科目), (汇总).
_TITLE_REMARK = re.compile(r"(?<=[表告])\([^()。;:]{1,14}\)$")
_PREFIX = re.compile(r"^(附件|附表|表)[\d一二三四五六七八九十\-]*[:、.]?(?=.*(表|报告)$)")
_NOT_A_TITLE = re.compile(
    r"(部门|单位)(预算|决算)表$|[下附上如见右]表$|第[一二三四五六七八九十]+部分|[。;；]"
)
_HEADING = re.compile(
    r"^(第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))"
)
_TITLE_HEAD = re.compile(
    r"财政拨款|公共预算|政府性基金|国有资本|三公|项目|绩效|经费|机关运行|政府采购"
)
_NOTE = re.compile(r"^(注|备注|说明|附注|注释)\d*[:、.(]|^\*|^注[^册意重销]")
_EMPTY_NOTE = re.compile(
    r"[本此该]表(无|为空|为零|以空表)|无相关数据|仍保留该表格式"
    r"|(没有|无|未|不涉及).{0,40}(收支|收入|支出|安排)"
)
_UNIT = re.compile(r"单位:?(?:人民币)?(亿元|百万元|万元|千元|元)")
_TITLE_UNIT = re.compile(r"\((亿元|百万元|万元|千元|元)\)$")
_DEPARTMENT = re.compile(
    r"(?:部门|单位)(?:名称)?\s*[:：]\s*(\S.*?)(?=\s*(?:金额)?单位\s*[:：]|\s*20\d\d\s*年|\s*公开\d+表"
    r"|\s+[^\s:：]{2,8}\s*[:：]|$)"
)
_MONEY = frozenset(("亿元", "百万元", "万元", "千元", "元", "人民币元", "人民币万元"))
MAX_TITLE_LENGTH = 60


def is_heading(text: str) -> bool:
    """Whether a line opens a part or section of the document."""
    return bool(_HEADING.match(normalise(text)))


def classify_line(text: str) -> tuple[LineClass, str]:
    """Tell a table's title from its caption lines and from other text.

    Returns the class and, for a title, the title without form number, unit and department.
    """
    rest = normalise(text)
    for pattern in (_FORM_NUMBER, _UNIT_PART, _DEPARTMENT_PART):
        rest = pattern.sub("", rest)
    if not rest or any(p.fullmatch(rest) for p in (_YEAR_ONLY, _BRACKETED, _CONTINUED)):
        return "caption", ""
    rest = _PREFIX.sub("", _NUMBERING.sub("", rest))
    title = _CONTINUED_TITLE.sub("", _TITLE_UNIT.sub("", rest))
    bare = _TITLE_REMARK.sub("", title)
    if not bare.endswith(("表", "报告")) or len(title) > MAX_TITLE_LENGTH:
        return "other", ""
    if _NOT_A_TITLE.search(bare) or bare in ("表", "报告"):
        return "other", ""
    return "title", title


def says_continued(text: str) -> bool:
    """Whether a line above a table says that it goes on from the page before."""
    line = normalise(text)
    return bool(_CONTINUED.fullmatch(line) or _CONTINUED_TITLE.search(line))


def opens_broken_title(text: str) -> bool:
    """Whether a line can be the first half of a title that is broken over two lines."""
    line = normalise(text)
    return (
        len(line) <= MAX_TITLE_LENGTH // 2
        and not is_heading(text)
        and not line.endswith(("表", "。", ":", "：", "；", ";", "，", ",", "报告"))
        and classify_line(text)[0] == "other"
        and bool(_TITLE_HEAD.search(line))
    )


def unit_of(texts: list[str]) -> str | None:
    """Return the money unit printed after 单位： in the lines, or None."""
    for text in texts:
        line = normalise(text)
        match = _UNIT.search(line) or _TITLE_UNIT.search(line)
        if match:
            return match.group(1)
    return None


def department_of(texts: list[str]) -> str | None:
    """Return the name printed after 部门： or 单位： in the lines, or None."""
    for text in texts:
        for match in _DEPARTMENT.finditer(fold_characters(text)):
            name = normalise(match.group(1))
            if name and name not in _MONEY:
                return name
    return None


def is_note(text: str) -> bool:
    """Whether a line after a table is one of its notes."""
    line = normalise(text)
    return bool(_NOTE.match(line)) or (not is_heading(text) and bool(_EMPTY_NOTE.search(line)))


def is_note_cell(text: str) -> bool:
    """Whether the only text of a table row makes it a note row."""
    return normalise(text).startswith(("注:", "备注", "说明", "注1", "注："))
