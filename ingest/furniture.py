"""Page furniture: page numbers and running heads, which neither part tables nor speak."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.captions import classify_line, is_note
from ingest.document import Document, Grid, Line
from ingest.normalise import normalise

_PAGE_NUMBER = re.compile(
    r"[-—–_~]*\d{1,4}[-—–_~]*|第?\d+页?[/,，]?(共?\d+页)?|[-—–]+|[IVXivx]{1,5}"
)
_DIGITS = re.compile(r"\d+")
MIN_PAGES_OF_RUNNING_HEAD = 3
MIN_SHARE_OF_RUNNING_HEAD = 0.4


def find_furniture(document: Document) -> set[int]:
    """Return the ids (``id(line)``) of the lines that are furniture; none in one-page documents."""
    if document.page_count < 2:
        return set()
    pages: dict[int, list[Line | Grid]] = defaultdict(list)
    for element in document.elements:
        pages[element.page_number].append(element)
    edges: dict[str, set[int]] = defaultdict(set)
    found: set[int] = set()
    edge_lines: list[Line] = []
    for page_number, elements in pages.items():
        for edge in _edge_lines(elements):
            text = normalise(edge.text)
            if _PAGE_NUMBER.fullmatch(text):
                found.add(id(edge))
                continue
            # 单位：万元 stands at the head of every form, and is no running head.
            if classify_line(edge.text)[0] == "caption" or is_note(edge.text):
                continue
            edges[_DIGITS.sub("#", text)].add(page_number)
            edge_lines.append(edge)
    needed = max(MIN_PAGES_OF_RUNNING_HEAD, MIN_SHARE_OF_RUNNING_HEAD * document.page_count)
    for line in edge_lines:
        if len(edges[_DIGITS.sub("#", normalise(line.text))]) >= needed:
            found.add(id(line))
    return found


def _edge_lines(elements: list[Line | Grid]) -> list[Line]:
    """Return the first and last two printed lines of a page that stand outside its tables."""
    printed = [e for e in elements if isinstance(e, Grid) or e.text.strip()]
    edge = printed[:2] + printed[-2:]
    return list({id(e): e for e in edge if isinstance(e, Line)}.values())
