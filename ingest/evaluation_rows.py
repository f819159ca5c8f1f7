"""Rows of indicators that a page break cut in two."""

from __future__ import annotations

from dataclasses import replace

from ingest.document import Cell
from ingest.evaluation_parts import Column, Row, filled, under
from ingest.evaluation_vocabulary import (
    INDICATORS,
    header_of,
    is_figure,
    is_total,
    kind_of,
    text_of,
)


def join_cut_rows(rows: list[Row], columns: list[Column], has_merges: bool) -> list[Row]:
    """Return the rows with the rest of a row joined to the one that a page break cut.

    The rest states neither weight nor score, and all its words go on under words of a row that
    states them; any other row is one of its own.
    """
    out: list[Row] = []
    for row in rows:
        places = (
            _rest_of(out[-1], row, columns, has_merges) if out and _is_cut(out[-1], row) else {}
        )
        if places:
            out[-1] = [
                replace(c, text=f"{c.text}\n{places[id(c)]}") if id(c) in places else c
                for c in out[-1]
            ]
        else:
            out.append(row)
    return out


def _is_cut(upper: Row, lower: Row) -> bool:
    """Whether a page break, or the blank line that stands for it, parts two rows."""
    if not (filled(upper) and filled(lower)) or header_of(upper) or header_of(lower):
        return False
    last, first = filled(upper)[-1], filled(lower)[0]
    if first.page_number != last.page_number:
        return True
    return bool(first.line_number and last.line_number and first.line_number - last.line_number > 1)


def _rest_of(upper: Row, lower: Row, columns: list[Column], has_merges: bool) -> dict[int, str]:
    """Return the text to add by the id of each cell above; empty where the row is no rest."""
    above: dict[Column, Cell] = {}
    for cell in filled(upper):
        column = under(cell, columns, has_merges)
        if column:
            above[column] = cell
    scored = {c for c in columns if kind_of(INDICATORS, c.label) == "score"}
    places: dict[int, str] = {}
    for cell in filled(lower):
        column = under(cell, columns, has_merges)
        if column not in above or column in scored or is_total(text_of(cell)):
            return {}
        if is_figure(text_of(cell)) and is_figure(text_of(above[column])):
            return {}
        places[id(above[column])] = cell.text
    return places if scored & above.keys() else {}
