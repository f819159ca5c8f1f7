"""Covers in the midst of a file: a few short lines that say whose accounts follow, and of when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.captions import is_heading
from ingest.claims import Claims, read_whole_cover
from ingest.normalise import normalise
from ingest.tables import PlacedLine, Table

Item = PlacedLine | Table

MAX_COVER_LENGTH = 60
MAX_LINES_OF_NAME_YEAR_AND_KIND = 6
MAX_LINES_BEFORE_CONTENTS = 6
_CONTENTS = re.compile(r"^目[录次]$")
_CONTENTS_OR_FIRST = re.compile(r"^目[录次]$|^第一部分")
_BARE_CHAPTER = re.compile(r"第[一二三四五六七八九十]+部分")
_SENTENCE = re.compile(r"[。;；,，:：]")


@dataclass(frozen=True, slots=True)
class Cover:
    """Where a cover begins among the items of a file, and what it claims.

    ``opens_contents`` says that a table of contents or a first chapter follows it, as after the
    cover of a whole disclosure.
    """

    start: int
    claims: Claims
    opens_contents: bool


def find_covers(items: list[Item]) -> list[Cover]:
    """Return the covers among the items, in order.

    A chapter's title, a sentence and what runs at the head of the pages are none; so a line is only
    taken where nothing before it runs into it.
    """
    covers = []
    position = 0
    while position < len(items):
        cover, end = _cover_at(items, position)
        if cover:
            covers.append(cover)
        position = end
    return covers


def _cover_at(items: list[Item], start: int) -> tuple[Cover | None, int]:
    """Return the longest cover that begins with an item, and where to look on."""
    found, end = None, start + 1
    if not _stands_apart(items, start):
        return found, end
    texts: list[str] = []
    for position in range(start, min(start + MAX_LINES_OF_NAME_YEAR_AND_KIND, len(items))):
        item = items[position]
        if not _is_cover_line(item) or item.line.page_number != items[start].line.page_number:
            break
        texts.append(normalise(item.line.text))
        if sum(map(len, texts)) > MAX_COVER_LENGTH:
            break
        claims = read_whole_cover(texts)
        if not claims:
            continue
        opens_contents = _opens_contents(items, position + 1)
        # 2023年度部门决算情况说明 may be the title of a chapter, unless contents follow it.
        if claims.department_name_zh or opens_contents:
            found, end = Cover(start, claims, opens_contents), position + 1
    return found, end


def _is_cover_line(item: Item) -> bool:
    if isinstance(item, Table) or item.role not in ("body", "caption"):
        return False
    text = normalise(item.line.text)
    return not (is_heading(text) or _CONTENTS.match(text) or _SENTENCE.search(text))


def _stands_apart(items: list[Item], start: int) -> bool:
    """Whether a line opens a page or a paragraph, and is not the rest of a chapter's title."""
    item = items[start]
    if not _is_cover_line(item):
        return False
    before = next((i for i in reversed(items[:start]) if not _is_furniture(i)), None)
    if before is None or isinstance(before, Table):
        return True
    if before.line.page_number != item.line.page_number:
        return True
    text = normalise(before.line.text)
    if _BARE_CHAPTER.fullmatch(text):
        return False
    return item.after_blank or before.role == "note" or text.endswith(("。", ";", "；", ":", "："))


def _opens_contents(items: list[Item], start: int) -> bool:
    for item in items[start : start + MAX_LINES_BEFORE_CONTENTS]:
        if isinstance(item, Table):
            return False
        if _CONTENTS_OR_FIRST.match(normalise(item.line.text)):
            return True
    return False


def _is_furniture(item: Item) -> bool:
    return isinstance(item, PlacedLine) and item.role == "furniture"
