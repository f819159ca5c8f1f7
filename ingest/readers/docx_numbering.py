"""Automatic numbers of Word paragraphs: 一、 and （一） are often printed and stand in no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

_DIGITS = "〇一二三四五六七八九"
_PLACEHOLDER = re.compile(r"%(\d)")
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_VALUE = qn("w:val")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: its kind of number, its text such as ``（%2）``, its start."""

    kind: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The numberings of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def number(self, paragraph: Element) -> str:
        """Return the number printed before the next paragraph, counted on; '' for none."""
        place = self._place(paragraph)
        if not place:
            return ""
        number_id, depth = place
        levels = self.levels.get(number_id, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.shared[number_id], {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            level = levels.get(wanted, levels[depth])
            return _show(counts.get(wanted, level.start), level.kind)

        text = _PLACEHOLDER.sub(shown, levels[depth].text)
        # Word sets a tab behind the number; "1." and "2023年" must not become one figure.
        return f"{text} " if text[-1:].isascii() and text else text

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        style = properties.find(qn("w:pStyle"))
        inherited = self.styles.get(style.get(_VALUE)) if style is not None else None
        own = _numbering_of(properties)
        if own:
            number_id, depth = own
            number_id = number_id or (inherited[0] if inherited else None)
            if depth is None:
                depth = inherited[1] if inherited else 0
            return (number_id, depth) if number_id and number_id != "0" else None
        return inherited


def read_numbering(document: WordDocument) -> Numbering:
    """Read the numberings of a document; empty when it has none."""
    out = Numbering()
    part = next(
        (
            relation.target_part
            for relation in document.part.rels.values()
            if not relation.is_external and relation.reltype.endswith("/numbering")
        ),
        None,
    )
    if part is None:
        return out
    root = part.element
    abstract = {
        item.get(qn("w:abstractNumId")): _levels(item) for item in root.findall(qn("w:abstractNum"))
    }
    for item in root.findall(qn("w:num")):
        number_id = item.get(qn("w:numId"))
        reference = item.find(qn("w:abstractNumId"))
        shared = reference.get(_VALUE) if reference is not None else None
        levels = dict(abstract.get(shared, {}))
        overrides = item.findall(qn("w:lvlOverride"))
        for override in overrides:
            levels |= _levels(override)
        out.levels[number_id] = levels
        # Lists over one definition count together unless one starts anew.
        out.shared[number_id] = number_id if overrides else f"shared-{shared}"
    for style in document.styles.element.findall(qn("w:style")):
        properties = style.find(qn("w:pPr"))
        own = _numbering_of(properties) if properties is not None else None
        if own and own[0]:
            out.styles[style.get(qn("w:styleId"))] = (own[0], own[1] or 0)
    return out


def _levels(item: Element) -> dict[int, Level]:
    levels = {}
    for level in item.findall(qn("w:lvl")):
        kind, text, start = (
            found.get(_VALUE) if (found := level.find(qn(name))) is not None else None
            for name in ("w:numFmt", "w:lvlText", "w:start")
        )
        levels[int(level.get(qn("w:ilvl")))] = Level(kind or "decimal", text or "", int(start or 1))
    return levels


def _numbering_of(properties: Element) -> tuple[str | None, int | None] | None:
    found = properties.find(qn("w:numPr"))
    if found is None:
        return None
    number_id, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    return (
        number_id.get(_VALUE) if number_id is not None else None,
        int(depth.get(_VALUE)) if depth is not None else None,
    )


def _show(number: int, kind: str) -> str:
    """Print a number in the kind of its level; bullets and letters print none that we need."""
    if kind in _CHINESE:
        return _chinese(number)
    if kind == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if kind == "decimalEnclosedCircle" and number <= 20:
        return chr(0x2460 + number - 1)
    if kind in ("bullet", "none"):
        return ""
    return str(number)


def _chinese(number: int) -> str:
    """Print 1 to 99 as 一 to 九十九, what is beyond as figures."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones else "")
