"""Prose: lines outside the tables to sections, sentences and every figure in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.captions import is_heading
from ingest.document import Box
from ingest.normalise import fold_prose, normalise
from ingest.tables import Assembly, PlacedLine, Table

_PART = re.compile(r"^第[一二三四五六七八九十]+部分")
_TOP = re.compile(r"^[一二三四五六七八九十]+、")
_SUB = re.compile(r"^\([一二三四五六七八九十]+\)")
_LIST_ITEM = re.compile(r"^([-*•●■]\s*)?((\d{1,2}|\(\d{1,2}\))(?!\d)\s*[、.．)]?(?=\D)|[①-⑳])")
_ORDINAL = re.compile(r"^(注[:：])?(\(?\d{1,2}\)?[、.．)](?!\d)|\(\d{1,2}\))")
_BULLET = re.compile(r"^[-*•●■]\s+")
_CONTENTS = re.compile(r"^目[录次]$")
_SENTENCE_END = re.compile(r"[。；！？]")
_SPACE_IN_TEXT = re.compile(r"(?<![0-9A-Za-z.,])\s+|\s+(?![0-9A-Za-z.,])")
_RUN_IN_END = ("情况", "说明", "结果", "概况")
_UNITS = (
    "亿元|百万元|千元|万元|元/人|元|%|‰|个百分点|百分点|人次|人|批次|批|个|辆|台/套|台套|台|套|项|次|家|户|件|"
    "平方米|公里|亩|分|年度|年|月|日|号|条|期|场|名|位|倍|天|小时|类|款"
)
_FIGURE = re.compile(
    rf"(?P<number>(?<![\d.])[-−]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)\s*(?P<unit>{_UNITS})?"
)
MAX_HEADING = 45
MIN_BROKEN_LINE = 25
MAX_CONTENTS_LINE = 70


@dataclass(slots=True)
class Sentence:
    """One sentence of the prose; the sentences of a paragraph, joined, are its text.

    ``paragraph_offset`` counts characters in that text, from 0; page and line are those it begins
    on, ``line_numbers`` are all the lines it stands on.
    """

    section_zh: str
    paragraph_number: int
    sentence_number: int
    paragraph_offset: int
    sentence: str
    page_number: int
    line_number: int
    line_numbers: list[int]
    is_personal: bool = False


@dataclass(slots=True)
class Figure:
    """One number of the prose; offsets count characters in sentence and paragraph, from 0.

    ``box`` is around its digits, or, where the line breaks within them, around those on the first
    line; None in plain text.
    """

    section_zh: str
    sentence: str
    figure_text: str
    unit_text: str | None
    page_number: int
    line_number: int
    paragraph_number: int
    sentence_number: int
    start_offset: int
    paragraph_offset: int
    box: Box | None = None
    is_personal: bool = False


@dataclass(slots=True)
class Narrative:
    """The prose of a document; ``section_of`` gives the section of each line by its id()."""

    sentences: list[Sentence] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    section_of: dict[int, str] = field(default_factory=dict)
    paragraph_count: int = 0


class _Sections:
    """Where in the document the reader is: 一、… and the (一)… below it, joined by '/'."""

    def __init__(self) -> None:
        self.top = ""
        self.sub = ""
        self.in_contents = False

    @property
    def path(self) -> str:
        if self.in_contents:
            return "目录"
        return "/".join(part for part in (self.top, self.sub) if part)

    def see(self, text: str, first_parts: set[str]) -> tuple[bool, str]:
        """Take in one normalised line; returns whether it is a heading, and prose run in behind."""
        if _CONTENTS.match(text):
            self.in_contents = True
            return True, ""
        part = _PART.match(text)
        if self.in_contents:
            # The contents end where their first part comes again, or where prose begins.
            again = bool(part) and part.group() in first_parts
            first_parts.update({part.group()} if part else ())
            if not again and len(text) <= MAX_CONTENTS_LINE:
                return True, ""
            self.in_contents = False
        if part:
            self.top, self.sub = text[:MAX_HEADING], ""
            return True, ""
        heading, rest = _split_heading(text)
        if not heading:
            return False, text
        if _TOP.match(heading):
            self.top, self.sub = heading, ""
        else:
            self.sub = heading
        return True, rest


def _split_heading(text: str) -> tuple[str, str]:
    """Return heading and the prose run in behind it; an empty heading when the line is prose."""
    if not (_TOP.match(text) or _SUB.match(text)):
        return "", text
    if len(text) <= MAX_HEADING and not re.search(r"[。;；,，:：]", text.rstrip("。:：")):
        return text.rstrip("。:："), ""
    first, mark, rest = text.partition("。")
    if mark and len(first) <= MAX_HEADING and first.endswith(_RUN_IN_END):
        return first, rest
    return "", text


def read_narrative(assembly: Assembly) -> Narrative:
    """Return the sentences of the prose, the figures in them, and the section of each line.

    Titles, captions and furniture of tables are no prose; notes are.
    """
    sections = _Sections()
    first_parts: set[str] = set()
    found = Narrative()
    section_of = found.section_of
    paragraph: list[PlacedLine] = []
    where = ""

    def close() -> None:
        if paragraph:
            _read_paragraph(paragraph, where, found)
            paragraph.clear()

    for item in assembly.order:
        if isinstance(item, Table):
            close()
            if sections.in_contents:
                sections.in_contents = False
            continue
        if item.role != "body" and item.role != "note":
            section_of[id(item)] = sections.path
            if item.role != "furniture":
                close()
            continue
        text = normalise(_BULLET.sub("", item.line.text))
        is_head, rest = sections.see(text, first_parts)
        section_of[id(item)] = sections.path
        if is_head:
            close()
            where = sections.path
            if rest:
                paragraph.append(item)
            continue
        if paragraph and _starts_anew(paragraph[-1], item):
            close()
        where = sections.path
        paragraph.append(item)
    close()
    return found


def _ends(placed: PlacedLine) -> bool:
    return placed.line.text.rstrip().endswith(("。", "；", "！", "？", "：", ";", ":"))


def _starts_anew(last: PlacedLine, placed: PlacedLine) -> bool:
    """Whether a line opens a paragraph of its own: a list item, or after a closed, short line.

    Blank lines part paragraphs, except in the midst of a long sentence (a page break in text).
    """
    text = placed.line.text.strip()
    if last.role != placed.role or is_heading(text):
        return True
    if placed.after_blank and (_ends(last) or len(last.line.text) < MIN_BROKEN_LINE):
        return True
    if not _ends(last):
        return False
    if _LIST_ITEM.match(text):
        return True
    box, before = placed.line.box, last.line.box
    return bool(box and before and (box.x0 > before.x0 + 6 or before.x1 < box.x1 - 18))


def _read_paragraph(paragraph: list[PlacedLine], section: str, found: Narrative) -> None:
    """Split a paragraph into its sentences and append them and their figures."""
    text, origins, places = _join(paragraph)
    found.paragraph_count += 1
    start = 0
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    for end in [*ends, len(text)]:
        if text[start:end].strip():
            placed = paragraph[origins[start]]
            sentence = Sentence(
                section_zh=section,
                paragraph_number=found.paragraph_count,
                sentence_number=len(found.sentences) + 1,
                paragraph_offset=start,
                sentence=text[start:end],
                page_number=placed.line.page_number,
                line_number=placed.number,
                line_numbers=[paragraph[n].number for n in sorted({*origins[start:end]})],
            )
            found.sentences.append(sentence)
            _read_figures(sentence, paragraph, origins, places, found.figures)
        start = end


def _read_figures(
    sentence: Sentence,
    paragraph: list[PlacedLine],
    origins: list[int],
    places: list[int],
    figures: list[Figure],
) -> None:
    text = sentence.sentence
    ordinal = _ORDINAL.match(text)
    for match in _FIGURE.finditer(text):
        if ordinal and match.start() < ordinal.end():
            continue
        offset = sentence.paragraph_offset + match.start()
        placed = paragraph[origins[offset]]
        digits = range(offset, offset + len(match["number"]))
        on_line = [places[i] for i in digits if origins[i] == origins[offset]]
        figures.append(
            Figure(
                section_zh=sentence.section_zh,
                sentence=text,
                figure_text=match["number"],
                unit_text=match["unit"],
                page_number=placed.line.page_number,
                line_number=placed.number,
                paragraph_number=sentence.paragraph_number,
                sentence_number=sentence.sentence_number,
                start_offset=match.start(),
                paragraph_offset=offset,
                box=placed.line.box_around(on_line),
            )
        )


def _join(paragraph: list[PlacedLine]) -> tuple[str, list[int], list[int]]:
    """Join the lines of a paragraph to its text.

    Returns with it, per character, the line it came from and its place in that line as printed.
    """
    parts: list[str] = []
    origins: list[int] = []
    places: list[int] = []
    for number, placed in enumerate(paragraph):
        printed = placed.line.text.rstrip()
        text = _BULLET.sub("", printed.lstrip())
        kept = _kept_places(text, len(printed) - len(text))
        text = _SPACE_IN_TEXT.sub("", fold_prose(text))
        parts.append(text)
        origins += [number] * len(text)
        places += kept
    return "".join(parts), origins, places


def _kept_places(text: str, start: int) -> list[int]:
    """Return, per character of a folded line without its blanks, its place counted from start."""
    folded = fold_prose(text)
    places = list(range(start, start + len(text)))
    if len(folded) != len(text):
        # A character such as ㎡ folds to several.
        places = [start + i for i, character in enumerate(text) for _ in fold_prose(character)]
    for blank in reversed([*_SPACE_IN_TEXT.finditer(folded)]):
        del places[blank.start() : blank.end()]
    return places
