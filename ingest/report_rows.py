"""Rows of a report that a page break cut in two: when to join them, and how.

In converted text a page break is a blank line, and the second part is a row of its own with only
some cells filled, at times moved by a tab, at times with the end of a label printed again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from ingest.document import Cell
from ingest.normalise import is_number, normalise
from ingest.report_vocabulary import (
    ListForm,
    filled,
    filled_texts,
    is_block_title,
    is_rule_row,
    is_total,
)

Row = list[Cell]
_DATE = re.compile(r"\d{4}([-/.年]\d{1,2}){1,2}[月日]?")
_ENDED = ("。", "；", ";", "！")
MAX_WORD_LENGTH = 30
MIN_REPEATED_LENGTH = 4  # a shorter end of the part above is no repetition of it
MIN_WRAPPED_LENGTH = 8  # a shorter text was not broken over lines


def joined_text(text: str, known: Iterable[str] = ()) -> str:
    """Return the normalised text of a cell whose parts stand on several lines.

    A part that repeats the end of the text before it is not added again where the whole is a known
    word, or where the part is long.
    """
    parts = [normalise(part) for part in text.split("\n")]
    whole = parts[0]
    for part in parts[1:]:
        whole = _join(whole, part, known)
    return whole


def _join(above: str, below: str, known: Iterable[str]) -> str:
    if above + below in known:
        return above + below
    for length in range(min(len(above), len(below), MAX_WORD_LENGTH), 0, -1):
        if above.endswith(below[:length]) and above + below[length:] in known:
            return above + below[length:]
    if len(below) >= MIN_REPEATED_LENGTH and above.endswith(below):
        return above
    return above + below


def completes(row: Row, below: Row, fields: frozenset[str]) -> bool:
    """Whether the first cell of a row and the one below it are one field name, cut in two."""
    if not (row and below and row[0].text.strip() and below[0].text.strip()):
        return False
    whole = joined_text(f"{row[0].text}\n{below[0].text}", fields)
    return whole in fields and normalise(below[0].text) not in fields


def join_cut_fields(rows: list[Row], fields: frozenset[str]) -> list[Row]:
    """Return the rows of a block of fields with those joined that a page break cut.

    Only blocks whose ``fields`` are known are touched: without them a new field below a blank line
    looks like the rest of the one above.
    """
    if not fields:
        return rows

    def go_on(upper: Row, lower: Row) -> tuple[Row, Row]:
        names = any(joined_text(cell.text, fields) in fields for cell in upper)
        if not (names or completes(upper, lower, fields)):
            return upper, lower
        places = _places(upper, lower, lambda one, two: _continues_field(one, two, fields))
        if places is not None:
            return _merged(upper, lower, places), []
        own = {
            below.column_number: below.column_number
            for below in filled(lower)
            for above in upper
            if above.column_number == below.column_number and _names(above, below, fields)
        }
        left = [replace(c, text="") if c.column_number in own else c for c in lower]
        return _merged(upper, lower, own), left

    return _join_rows(rows, go_on)


def join_cut_list(rows: list[Row], form: ListForm) -> list[Row]:
    """Return the rows of a list with those joined that a page break cut.

    Whole are a total, a row with its ordinal and, where rows have none, a row with any number.
    """

    def go_on(upper: Row, lower: Row) -> tuple[Row, Row]:
        texts = filled_texts(lower)
        is_whole = any(map(is_total, texts)) or any(map(is_total, filled_texts(upper)))
        if form.is_header(lower) or form.is_header(upper) or is_whole:
            return upper, lower
        if lower[0].text.strip() if form.has_ordinal else any(map(is_number, texts)):
            return upper, lower
        places = _places(upper, lower, _continues_text)
        return (upper, lower) if places is None else (_merged(upper, lower, places), [])

    return _join_rows(rows, go_on)


def _join_rows(rows: list[Row], go_on: Callable[[Row, Row], tuple[Row, Row]]) -> list[Row]:
    out: list[Row] = []
    target: int | None = None
    last: Row = []
    after_gap = False
    for row in rows:
        if is_rule_row(row) or not filled(row):
            out.append(row)
            after_gap = True
            continue
        left = row
        if target is not None and (after_gap or _is_cut(last, row)):
            out[target], left = go_on(out[target], row)
        if filled(left):
            out.append(left)
            target = len(out) - 1
        last, after_gap = row, False
    return out


def _is_cut(last: Row, row: Row) -> bool:
    """Whether a page break, or the blank line that stands for it, parts two rows."""
    if not last or not row:
        return False
    if last[0].page_number != row[0].page_number:
        return True
    numbers = last[-1].line_number, row[0].line_number
    return None not in numbers and numbers[1] - numbers[0] > 1


def _places(
    upper: Row, lower: Row, continues: Callable[[Cell, Cell], bool]
) -> dict[int, int] | None:
    """Return, by column, the cell above that each filled cell continues; None if one does not.

    A cell continues the one right above it, or one beside that, as conversions lose a tab. A cell
    that is alone in its row is moved only under a text that looks cut.
    """
    above = {cell.column_number: cell for cell in filled(upper)}
    below = filled(lower)
    places: dict[int, int] = {}
    moved = 0
    for cell in below:
        column = cell.column_number
        if column in above and continues(above[column], cell):
            places[column] = column
            continue
        near = [c for c in (column - 1, column + 1) if c in above and continues(above[c], cell)]
        if len(below) == 1:
            near = [c for c in near if _looks_cut(above[c], cell)]
        if len(near) != 1:
            return None
        places[column] = near[0]
        moved += 1
    in_order = all(one < other for one, other in pairwise(places.values()))
    return places if in_order and moved <= 1 else None


def _looks_cut(above: Cell, below: Cell) -> bool:
    text = normalise(above.text)
    if below.column_number == 0 and len(normalise(below.text)) >= len(text):
        return False
    return len(text) >= MIN_WRAPPED_LENGTH and not text.endswith(_ENDED)


def _continues_text(above: Cell, below: Cell) -> bool:
    return not (_is_figure(normalise(above.text)) or _is_figure(normalise(below.text)))


def _continues_field(above: Cell, below: Cell, fields: frozenset[str]) -> bool:
    text, whole = normalise(below.text), joined_text(above.text, fields)
    if text in fields or is_block_title(text) or _is_figure(text):
        return False
    if _names(above, below, fields):
        return True
    if whole in fields or _is_figure(whole):
        return False
    # In the first column stand the names of fields: an unknown one is a field of its own.
    return below.column_number > 0 or above.column_number > 0


def _names(above: Cell, below: Cell, fields: frozenset[str]) -> bool:
    """Whether two cells are one field name: cut in two, or its end printed again."""
    if normalise(below.text) in fields:
        return False
    return joined_text(f"{above.text}\n{below.text}", fields) in fields


def _is_figure(text: str) -> bool:
    return is_number(text) or bool(_DATE.fullmatch(text))


def _merged(upper: Row, lower: Row, places: dict[int, int]) -> Row:
    """Return the upper row with the texts of the lower one on new lines of its cells."""
    added = {places[c.column_number]: c.text for c in lower if c.column_number in places}
    return [
        replace(cell, text=f"{cell.text}\n{added[cell.column_number]}")
        if cell.column_number in added
        else cell
        for cell in upper
    ]
