"""The text of Word paragraphs as it is printed: what was deleted or hidden is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

# What is not printed: deletions, moved-away text, field codes, footnotes' marks, phonetic guides.
_UNREAD = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rt", "w:pPr", "w:rPr"))
)
_SYMBOLS = {
    qn("w:tab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:ptab"): "\t",
}
_TEXT_BOX = qn("w:txbxContent")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_RUN, _TEXT, _BREAK = qn("w:r"), qn("w:t"), qn("w:br")
_RENDERED_BREAK = qn("w:lastRenderedPageBreak")
_MULTIPLE_SPACES = re.compile(r"[ \t\u3000]*\t[ \t\u3000]*")


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph holds: text, page breaks before and within it, and its text boxes."""

    text: str = ""
    breaks_before: int = 0
    breaks_within: int = 0
    boxes: list[Element] = field(default_factory=list)


def read_paragraph(paragraph: Element, *, is_rendered: bool) -> ParagraphText:
    """Read a ``w:p``; ``is_rendered`` counts the breaks that Word wrote down when it last saved.

    Without these the explicit page breaks are counted.
    """
    found = ParagraphText()
    parts: list[str] = []
    _walk(paragraph, parts, found, is_rendered)
    found.text = _MULTIPLE_SPACES.sub("  ", "".join(parts)).strip()
    if not is_rendered and _is_on(paragraph, "w:pPr/w:pageBreakBefore"):
        found.breaks_before += 1
    return found


def _walk(element: Element, parts: list[str], found: ParagraphText, is_rendered: bool) -> None:
    for child in element:
        tag = child.tag
        if tag in _UNREAD or not isinstance(tag, str):
            continue
        if tag == _TEXT:
            parts.append(child.text or "")
        elif tag in _SYMBOLS:
            parts.append(_SYMBOLS[tag])
        elif tag == _BREAK:
            kind = child.get(qn("w:type"))
            if kind == "page":
                _count_break(parts, found, not is_rendered)
            parts.append("\n")
        elif tag == _RENDERED_BREAK:
            _count_break(parts, found, is_rendered)
        elif tag == _TEXT_BOX:
            found.boxes.append(child)
        elif tag == _ALTERNATIVES:
            # The same drawing twice, for newer and older programs.
            with_box = [one for one in child if next(one.iter(_TEXT_BOX), None) is not None]
            for one in with_box[:1] or list(child)[:1]:
                _walk(one, parts, found, is_rendered)
        elif tag == _RUN and _is_on(child, "w:rPr/w:vanish"):
            continue
        else:
            _walk(child, parts, found, is_rendered)


def _count_break(parts: list[str], found: ParagraphText, counts: bool) -> None:
    if not counts:
        return
    if "".join(parts).strip():
        found.breaks_within += 1
    else:
        found.breaks_before += 1


def _is_on(element: Element, path: str) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    found = element
    for name in path.split("/"):
        found = found.find(qn(name)) if found is not None else None
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")
