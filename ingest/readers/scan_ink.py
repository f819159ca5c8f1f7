"""What is drawn on an upright picture: straight rules, and pieces of ink that are not rules.

Places are in points of the upright picture, as for the rules and characters of a digital page, so
that the same table algorithm finds the grids of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from ingest.readers.pdf_characters import Character
from ingest.readers.pdf_pages import edge
from ingest.readers.scan_images import POINTS_PER_DOT, binarise

# Dots: a rule is straight over this many, broken by no more than the gap, no thicker than so.
RULE_LENGTH = 40
RULE_GAP = 3
RULE_THICKNESS = 14
# Points: rules this near to each other meet; a run as long as that is no row of characters.
TOUCH = 2.5
LONG_RULE = 45.0
# Ink this near to a rule (dots) is the rule's own soft edge.
RULE_EDGE = 2
# Dots: smaller pieces are dust. A full stop of 8 points has nine at least.
DUST = 5
# Any text stands for a piece of ink until it is read.
PIECE = "\u25a0"


@dataclass(frozen=True)
class Ink:
    """Rules as edges (see PageContent), pieces of ink as characters, and the picture without rules.

    ``clean`` is grey; the dots of rules are painted white in it.
    """

    edges: list[dict]
    pieces: list[Character]
    clean: np.ndarray


def find_ink(grey: np.ndarray) -> Ink:
    """Find rules and pieces of ink on an upright picture."""
    ink = binarise(grey)
    across = _runs(ink, (RULE_LENGTH, 1), (RULE_GAP, 1), (1, 3), "h")
    down = _runs(ink, (1, RULE_LENGTH), (1, RULE_GAP), (3, 1), "v")
    rules = [*_crossed(across, down), *_crossed(down, across)]
    mask = np.zeros_like(ink)
    for rule in rules:
        rows, columns = rule.part
        mask[rows, columns] |= rule.dots
    width = 2 * RULE_EDGE + 1
    mask = cv2.dilate(mask, np.ones((width, width), np.uint8))
    edges = [rule.edge for rule in rules]
    clean = grey.copy()
    clean[mask > 0] = 255
    ink[mask > 0] = 0
    return Ink(edges, _pieces(ink), clean)


class _Rule(NamedTuple):
    """A straight run of ink: as an edge, and its dots in their part of the picture."""

    edge: dict
    part: tuple[slice, slice]
    dots: np.ndarray


def _runs(
    ink: np.ndarray,
    length: tuple[int, int],
    gap: tuple[int, int],
    uneven: tuple[int, int],
    orientation: str,
) -> list[_Rule]:
    """Find straight runs of ink; (width, height) of the shortest run, of gaps, of unevenness."""
    dots = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap[::-1], np.uint8))
    dots = cv2.dilate(dots, np.ones(uneven[::-1], np.uint8))
    dots = cv2.morphologyEx(dots, cv2.MORPH_OPEN, np.ones(length[::-1], np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dots, connectivity=8)
    rules = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        long, thick = (width, height) if orientation == "h" else (height, width)
        # Thickness by area: what is left of the skew makes the box of a long rule thicker.
        if area / long > RULE_THICKNESS or thick > 3 * RULE_THICKNESS:
            continue
        x0, x1, top, bottom = (place * POINTS_PER_DOT for place in (x, x + width, y, y + height))
        if orientation == "h":
            top = bottom = (top + bottom) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        part = (slice(y, y + height), slice(x, x + width))
        own = np.where(labels[part] == index, 255, 0).astype(np.uint8)
        rules.append(_Rule(edge(orientation, x0, top, x1, bottom), part, own))
    return rules


def _crossed(rules: list[_Rule], crossings: list[_Rule]) -> list[_Rule]:
    """Keep the runs that meet rules of the other direction: short ones at both ends.

    The heads of characters in a row make short runs too, and long words may touch a rule.
    """
    kept = []
    for rule in rules:
        start, end, place = _along(rule.edge)
        meets = [
            across
            for first, last, across in (_along(other.edge) for other in crossings)
            if first - TOUCH <= place <= last + TOUCH and start - TOUCH <= across <= end + TOUCH
        ]
        at_ends = any(abs(at - start) <= TOUCH for at in meets) and any(
            abs(at - end) <= TOUCH for at in meets
        )
        if at_ends or (meets and end - start >= LONG_RULE):
            kept.append(rule)
    return kept


def _along(edge: dict) -> tuple[float, float, float]:
    """Return where an edge starts and ends, and where it lies across its direction."""
    if edge["orientation"] == "h":
        return edge["x0"], edge["x1"], edge["top"]
    return edge["top"], edge["bottom"], edge["x0"]


def _pieces(ink: np.ndarray) -> list[Character]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        if area >= DUST:
            box = (place * POINTS_PER_DOT for place in (x, y, x + width, y + height))
            pieces.append(Character(PIECE, *box))
    return pieces


def text_height(pieces: Sequence[Character]) -> float:
    """Return the usual height of a character among pieces, in points; 0 without any.

    Dots and parts of characters are smaller, so that the upper part of the heights tells.
    """
    heights = [piece.bottom - piece.top for piece in pieces]
    tall = [height for height in heights if height >= 3.0]
    return float(np.percentile(tall, 60)) if tall else 0.0


def lines_of(pieces: Sequence[Character], height: float) -> list[list[Character]]:
    """Group the pieces of one cell to printed lines, top to bottom; dust alone makes no line.

    ``height`` is that of a character. The bars of 二 and 三 lie apart: a line lower than most of a
    character joins its neighbour where both together are no higher than one.
    """
    bands: list[list[Character]] = []
    reach = -np.inf
    for piece in sorted(pieces, key=lambda p: p.top):
        if piece.top >= reach:
            bands.append([])
        bands[-1].append(piece)
        reach = max(reach, piece.bottom)
    joined: list[list[Character]] = []
    for band in bands:
        if joined and max(p.bottom for p in band) - min(p.top for p in joined[-1]) <= 1.3 * height:
            joined[-1] += band
        else:
            joined.append(band)
    return [text for line in joined if (text := _without_dust(line, height))]


def _without_dust(line: Sequence[Character], height: float) -> list[Character]:
    """Leave out small pieces away from the text of their line; without text nothing is left."""
    large = [p for p in line if max(p.x1 - p.x0, p.bottom - p.top) >= 0.3 * height]
    if not large:
        return []
    x0 = min(p.x0 for p in large) - 0.5 * height
    x1 = max(p.x1 for p in large) + 0.5 * height
    return [p for p in line if x0 <= p.x0 and p.x1 <= x1]
