"""Lists in reports: every cell to its column, however many tabs a conversion left in a row."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from ingest.document import Cell
from ingest.labels import LabelledCell
from ingest.normalise import is_number, normalise
from ingest.report_fields import labelled
from ingest.report_rows import Row, join_cut_list, joined_text
from ingest.report_vocabulary import ListForm, filled, filled_texts, is_rule_row
from ingest.seeds import person_labels

# One number per column or cell, left to right: where it stands, or which it is.
Places = tuple[int, ...]
_CODE_AND_NAME = re.compile(r"\[?([235]\d{2}(?:\d{2}){0,2})\]?([^\d万元年个人台].*)")
_WEIGHT, _SCORE = "分值", "得分"


def label_list(rows: list[Row], form: ListForm, block: int, has_merges: bool) -> list[LabelledCell]:
    """Label the rows of a list whose first rows are the header of ``form``."""
    places_of = _places_by_width(rows, form, has_merges)
    out: list[LabelledCell] = []
    for row in join_cut_list(rows, form):
        if is_rule_row(row):
            out += [labelled(cell, "note", block, form.block_label) for cell in filled(row)]
        elif form.is_header(row):
            out += _label_header(row, form, block)
        elif _is_score_total(row, form):
            out += _label_score_total(row, form, block)
        else:
            places = places_of.get(len(row), places_of[None])
            out += _label_row(row, form, block, _columns_of(row, form, places))
    return out


def _places_by_width(
    rows: list[Row], form: ListForm, has_merges: bool
) -> dict[int | None, list[Places]]:
    """Return, by the number of cells in a row (None: any other), where its columns may stand.

    A row with as many cells as the list has columns is printed without gaps, one as long as the
    header stands under the header; any other is measured against both.
    """
    dense = tuple(range(len(form.columns)))
    header = [row for row in rows if form.is_header(row)]
    tops = {normalise(cell.text): cell.column_number for cell in filled(header[0])}
    lower = iter(filled(header[1]) if form.bottoms else ())
    places = []
    for column in form.columns:
        cell = next(lower, None) if "/" in column.label else None
        places.append(cell.column_number if cell else tops.get(column.label, -1))
    # A header broken over a page, or with lost words, does not tell where its columns stand.
    under = tuple(places) if all(a < b for a, b in pairwise([-1, *places])) else dense
    if has_merges:
        return {None: [under]}
    return {None: [under, dense], len(header[0]): [under], len(form.columns): [dense]}


def _columns_of(row: Row, form: ListForm, places: list[Places]) -> dict[int, int]:
    """Return the list's column of each printed column of a row; what cannot be told is left out.

    A row that stands straight in one of the places is read there. Any other is fitted to each of
    them, and to the right end of the row if its length is nobody's: only where all fits agree is a
    cell placed.
    """
    cells = filled(row)
    # A name in the column of ordinals would not be redacted.
    may_be_odd = len(places) == 1 and not form.names_persons
    fits = [_fit(cells, form, standing, may_be_odd=may_be_odd) for standing in places]
    straight = [ways for cost, ways in fits if cost == 0]
    if len(places) > 1 and not straight:
        end = len(row) - len(form.columns)
        right = tuple(end + n for n in range(len(form.columns)))
        fits.append(_fit(cells, form, right, may_be_odd=False))
    found_ways = sorted(set().union(*(straight or [ways for _, ways in fits])))
    if form.names_persons:
        found = _columns_of_persons(cells, form, found_ways)
    else:
        found = {
            cell.column_number: found_ways[0][n]
            for n, cell in enumerate(cells)
            if found_ways and len({way[n] for way in found_ways}) == 1
        }
    return found | _blanks(row, places[0], found)


def _fit(
    cells: list[Cell], form: ListForm, standing: Places, *, may_be_odd: bool
) -> tuple[int, set[Places]]:
    """Return the least displacement and the columns that the cells can take with it.

    The order of the cells and the kind of the columns are respected; in a row of the right length
    that stands straight, one cell may be of an odd kind.
    """
    texts = [normalise(cell.text) for cell in cells]
    costs: dict[Places, int] = {}
    for way in combinations(range(len(form.columns)), len(cells)):
        cost = sum(abs(c.column_number - standing[n]) for c, n in zip(cells, way, strict=True))
        kinds = zip(texts, way, strict=True)
        odd = sum(not form.columns[n].accepts(text) for text, n in kinds)
        if odd == 0 or (may_be_odd and odd == 1 and cost == 0):
            costs[way] = cost
    least = min(costs.values(), default=1)
    return least, {way for way, cost in costs.items() if cost == least}


def _columns_of_persons(cells: list[Cell], form: ListForm, ways: list[Places]) -> dict[int, int]:
    """Place every cell of a list of persons: one left without a column would not be redacted."""
    if ways:
        return {cell.column_number: n for cell, n in zip(cells, ways[0], strict=True)}
    kinds = [person_labels().get(column.label) for column in form.columns]
    name = kinds.index("name")
    phone = kinds.index("phone") if "phone" in kinds else name
    return {c.column_number: phone if is_number(normalise(c.text)) else name for c in cells}


def _blanks(row: Row, standing: Places, found: dict[int, int]) -> dict[int, int]:
    """Return the columns of the blank cells that stand in place between the filled ones."""
    blanks = {}
    for cell in row:
        if cell.text.strip() or cell.column_number not in standing:
            continue
        column = standing.index(cell.column_number)
        before = [n for printed, n in found.items() if printed < cell.column_number]
        after = [n for printed, n in found.items() if printed > cell.column_number]
        if max(before, default=-1) < column < min(after, default=len(standing)):
            blanks[cell.column_number] = column
    return blanks


def _label_row(
    row: Row, form: ListForm, block: int, column_of: dict[int, int]
) -> list[LabelledCell]:
    columns = {printed: form.columns[n] for printed, n in column_of.items()}
    labels = [
        joined_text(cell.text)
        for cell in filled(row)
        if cell.column_number in columns and columns[cell.column_number].role == "label"
    ]
    match = _CODE_AND_NAME.fullmatch(labels[0]) if len(labels) == 1 else None
    code, label = match.groups() if match else ("", "/".join(labels))
    out = []
    for cell in row:
        column = columns.get(cell.column_number)
        kind = column.role if column and column.role != "measure" else "value"
        if cell.text.strip() or (column and kind == "value"):
            header = column.label if column else ""
            made = labelled(cell, kind, block, form.block_label, label, header)
            made.row_code = code
            out.append(made)
    return out


def _label_header(row: Row, form: ListForm, block: int) -> list[LabelledCell]:
    lower = [column.label for column in form.columns if "/" in column.label]
    single = {column.label for column in form.columns if "/" not in column.label}
    words = filled_texts(row)
    labels = lower if words == form.bottoms else [w if w in single else "" for w in words]
    return [
        labelled(cell, "header", block, form.block_label, "", label)
        for cell, label in zip(filled(row), labels, strict=True)
    ]


def _is_score_total(row: Row, form: ListForm) -> bool:
    """Whether a row holds one label and one or two numbers, the total of the scores last."""
    numbers = [is_number(text) for text in filled_texts(row)]
    has_scores = any(column.label == _SCORE for column in form.columns)
    return has_scores and numbers in ([False, True], [False, True, True])


def _label_score_total(row: Row, form: ListForm, block: int) -> list[LabelledCell]:
    label, *scores = filled(row)
    title, name = form.block_label, joined_text(label.text)
    headers = [_WEIGHT, _SCORE][-len(scores) :]
    return [labelled(label, "label", block, title, name)] + [
        labelled(cell, "value", block, title, name, header)
        for cell, header in zip(scores, headers, strict=True)
    ]
