"""Characters of a page, and how they join to printed lines.

Boxes are in points from the top left corner of the page as shown; a character's box is its font
box (advance wide, font size high), so that a full stop stands as high as the digits around it.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.document import Box

# Fake bold draws a character twice, shifted by less than this many points.
SAME_PLACE = 0.5
# Gaps, as shares of the height, that are blanks: between Latin letters or digits, there with a
# blank drawn as well, and beside Chinese, where justified lines and a change of script spread out.
GAP_LATIN = 0.2
GAP_DRAWN = 0.05
GAP_CHINESE = 0.5
UNREADABLE = "\ufffd"


class Character(NamedTuple):
    """One printed character, no blank, and its font box in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    after_blank: bool = False  # a blank was drawn right before it


class TextLine(NamedTuple):
    """The text of one printed line, the box around what is not blank, and what it was joined of.

    ``characters`` stand from left to right, None where the text has a blank.
    """

    text: str
    box: Box
    characters: list[Character | None]

    def character_boxes(self) -> array[float]:
        """Return x0, top, x1, bottom of each character of the text in turn.

        A blank has the box of the character before it; a ligature's letters share one.
        """
        boxes = array("d")
        box: tuple[float, ...] = ()
        for character in self.characters:
            count = 1
            if character is not None:
                box = character[1:5]
                count = len(character.text)
            boxes.extend(box * count)
        return boxes


def drop_double_drawn(characters: Iterable[Character]) -> list[Character]:
    """Keep the first of equal characters within 0.5 pt of each other, in the order drawn."""
    seen: dict[tuple[str, int, int], list[Character]] = {}
    kept = []
    for character in characters:
        text, x0, top, *_ = character
        columns = {math.floor(x0 - SAME_PLACE), math.floor(x0 + SAME_PLACE)}
        rows = {math.floor(top - SAME_PLACE), math.floor(top + SAME_PLACE)}
        if any(
            abs(x0 - other.x0) <= SAME_PLACE and abs(top - other.top) <= SAME_PLACE
            for column in columns
            for row in rows
            for other in seen.get((text, column, row), ())
        ):
            continue
        seen.setdefault((text, math.floor(x0), math.floor(top)), []).append(character)
        kept.append(character)
    return kept


def join_lines(characters: Iterable[Character]) -> list[TextLine]:
    """Join characters to lines, top to bottom, each from left to right.

    A character belongs to the line whose extent holds its middle; a wide gap becomes one blank.
    """
    lines: list[list[Character]] = []
    reach = -math.inf  # lower end of the line being filled
    for character in sorted(characters, key=_middle):
        if _middle(character) > reach:
            lines.append([])
            reach = character.bottom
        lines[-1].append(character)
        reach = max(reach, character.bottom)
    return [_join_line(line) for line in lines]


def _join_line(line: list[Character]) -> TextLine:
    line.sort(key=lambda character: character.x0)
    parts: list[Character | None] = [line[0]]
    for left, right in pairwise(line):
        if _has_blank(left, right):
            parts.append(None)
        parts.append(right)
    text = "".join([" " if part is None else part.text for part in parts])
    return TextLine(text, _box_around(line), parts)


def _has_blank(left: Character, right: Character) -> bool:
    if not (left.text.isascii() and right.text.isascii()):
        share = GAP_CHINESE
    else:
        share = GAP_DRAWN if right.after_blank else GAP_LATIN
    height = max(left.bottom - left.top, right.bottom - right.top)
    return right.x0 - left.x1 > share * height


def _box_around(characters: Sequence[Character]) -> Box:
    return Box(
        min(character.x0 for character in characters),
        min(character.top for character in characters),
        max(character.x1 for character in characters),
        max(character.bottom for character in characters),
    )


def _middle(character: Character) -> float:
    return (character.top + character.bottom) / 2
