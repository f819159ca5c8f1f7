"""The national one-page 项目支出绩效自评表: one table, its parts with a header of their own.

From top to bottom: fields of the project, a table of its funding, its goal for the year, a table of
indicators with their total, and closing fields.
"""

from __future__ import annotations

import re

from ingest.captions import is_note_cell, unit_of
from ingest.document import Cell
from ingest.evaluation_parts import Column, Part, Row, columns_of, filled, reach, split_parts, under
from ingest.evaluation_rows import join_cut_rows
from ingest.evaluation_vocabulary import (
    FUNDING,
    GOALS,
    INDICATORS,
    INFORMATION,
    PROJECT_NAME,
    header_of,
    is_field,
    is_figure,
    is_level,
    is_nothing,
    is_subtotal,
    is_total,
    kind_of,
    text_of,
)
from ingest.headers import rows_of
from ingest.labels import LabelledCell
from ingest.normalise import normalise
from ingest.report_fields import label_fields, labelled

MAX_NAME_ROW = 6  # the project is named in the first rows, below title, year and number
_TITLE = re.compile(r"自评(价)?(情况|结果)?表")
_OF_WHICH = ("其中:", "其中")
_NUMERIC = frozenset(("amount", "score", "ratio"))


def opens_evaluation_form(cells: tuple[Cell, ...]) -> bool:
    """Whether the first rows of a grid name a project, as every such form begins."""
    names = [
        cell.row_number
        for cell in cells
        if cell.column_number == 0
        and cell.row_number < MAX_NAME_ROW
        and text_of(cell) == PROJECT_NAME
    ]
    # A list of projects has the word as the head of a column.
    return bool(names) and not header_of([c for c in cells if c.row_number == names[0]])


def is_evaluation_form(cells: tuple[Cell, ...], row_count: int, title: str = "") -> bool:
    """Whether a table names its project and has the indicators of the form.

    Under the title of the form, its funding is enough: the indicators may stand overleaf.
    """
    if not opens_evaluation_form(cells):
        return False
    headers = {header_of(row) for row in rows_of(cells, row_count)}
    return INDICATORS in headers or (FUNDING in headers and bool(_TITLE.search(title)))


def unit_inside(cells: tuple[Cell, ...], row_count: int) -> str | None:
    """Return the one money unit that the header of the funding prints in brackets, or None."""
    units = {
        unit_of([text_of(cell).removesuffix(":")])
        for row in rows_of(cells, row_count)
        if header_of(row) == FUNDING
        for cell in row
    } - {None}
    return units.pop() if len(units) == 1 else None


def project_name(cells: list[LabelledCell]) -> str | None:
    """Return the one project that the labelled cells of a form name, normalised, or None."""
    names = {
        normalise(cell.cell_text)
        for cell in cells
        if cell.cell_kind == "value" and cell.row_label == PROJECT_NAME and cell.cell_text.strip()
    }
    return names.pop() if len(names) == 1 else None


def label_form(
    cells: tuple[Cell, ...], row_count: int, has_merges: bool, skip: int
) -> list[LabelledCell]:
    """Label the cells of a form whose first ``skip`` rows are title and caption."""
    rows = rows_of(cells, row_count)
    out = [labelled(c, "note", 1, INFORMATION) for row in rows[:skip] for c in filled(row)]
    for number, part in enumerate(split_parts(rows[skip:], has_merges), start=1):
        if part.header_count:
            out += _label_list(part, number, has_merges)
        elif has_merges:
            out += label_fields(part.rows, number, part.label)
        else:
            out += _label_pairs(part.rows, number, part.label)
    return out


def _label_list(part: Part, block: int, has_merges: bool) -> list[LabelledCell]:
    columns = columns_of(part, has_merges)
    out = [labelled(c, "header", block, part.label) for row in part.header for c in filled(row)]
    body = part.body
    if part.label == INDICATORS:
        body = join_cut_rows(body, columns, has_merges)
    carried: list[str] = []
    for row in body:
        cells = filled(row)
        if header_of(row) == part.label:
            out += [labelled(cell, "header", block, part.label) for cell in cells]
            if part.header_count == 1:
                columns = columns_of(Part(part.label, [row], 1), has_merges)
        elif len(cells) == 1 and is_note_cell(cells[0].text):
            out.append(labelled(cells[0], "note", block, part.label))
        elif part.label != INDICATORS:
            out += _label_named(row, columns, part.label, block, has_merges)
        elif cells and is_total(text_of(cells[0])):
            out += _label_total(row, columns, block, has_merges)
        else:
            out += _label_indicator(row, columns, carried, block, has_merges)
    return out


def _label_named(
    row: Row, columns: list[Column], part: str, block: int, has_merges: bool
) -> list[LabelledCell]:
    """Label a row of the funding, named by the last label before its values, or of the goal."""
    heads = [
        cell
        for cell in row
        if under(cell, columns, has_merges) is None
        and reach(cell, has_merges)[0] < columns[0].start
    ]
    names = [text_of(cell) for cell in filled(heads)]
    name = GOALS if part == GOALS else _source_name(names[-1] if names else "")
    values = [cell for cell in row if cell not in heads]
    placed = _placed(values, columns, part, has_merges)
    out = [labelled(cell, "label", block, part, name) for cell in filled(heads)]
    return out + [labelled(c, "value", block, part, name, placed[id(c)]) for c in values]


def _source_name(text: str) -> str:
    for prefix in _OF_WHICH:
        text = text.removeprefix(prefix)
    return text.removesuffix(":")


def _label_indicator(
    row: Row, columns: list[Column], carried: list[str], block: int, has_merges: bool
) -> list[LabelledCell]:
    """Label a row of the indicators; a blank level repeats the one above, as ``carried`` has it."""
    levels = [column for column in columns if is_level(column.label)]
    texts = [""] * len(levels)
    labels, values = [], []
    for cell in row:
        column = under(cell, columns, has_merges)
        if column in levels:
            texts[levels.index(column)] += text_of(cell)
            labels.append(cell)
        elif reach(cell, has_merges)[0] < levels[0].start:
            labels.append(cell)
        else:
            values.append(cell)
    subtotal = next((text for text in texts if is_subtotal(text)), "")
    name = subtotal or "/".join(_path(texts, carried))
    # A figure among the labels of a text, or a label in the margin: the row has lost a tab.
    margin = [text_of(c) for c in filled(labels) if reach(c, has_merges)[0] < levels[0].start]
    is_moved = not has_merges and (
        any(map(is_figure, texts)) or any(INDICATORS not in text for text in margin)
    )
    placed = _placed(values, columns, INDICATORS, has_merges)
    if is_moved:
        placed = dict.fromkeys(placed, "")
    out = [labelled(cell, "label", block, INDICATORS, name) for cell in filled(labels)]
    return out + [labelled(c, "value", block, INDICATORS, name, placed[id(c)]) for c in values]


def _path(texts: list[str], carried: list[str]) -> list[str]:
    """Return the levels of an indicator, blank ones above its highest from the rows before."""
    highest = next((n for n, text in enumerate(texts) if text), len(texts))
    above = [*carried, *[""] * len(texts)]
    carried[:] = [*above[:highest], *texts[highest:]]
    return [text for text in carried if text]


def _label_total(
    row: Row, columns: list[Column], block: int, has_merges: bool
) -> list[LabelledCell]:
    """Label the total: its figures stand under 分值 and 得分, or are these two in this order."""
    label, *rest = filled(row)
    name = text_of(label).removesuffix(":")
    scored = [c.label for c in columns if kind_of(INDICATORS, c.label) == "score"]
    columns_under = {id(c): under(c, columns, has_merges) for c in rest}
    placed = {key: column.label if column else "" for key, column in columns_under.items()}
    figures = [cell for cell in rest if is_figure(text_of(cell))]
    if not {placed[id(cell)] for cell in figures} <= set(scored):
        # Moved by merged cells: two figures are 分值 and 得分, one alone is what was scored.
        is_told = len(scored) == 2 and len(figures) <= 2
        words = scored[-len(figures) :] if is_told else [""] * len(figures)
        placed |= {id(cell): word for cell, word in zip(figures, words, strict=True)}
    out = [labelled(label, "label", block, INDICATORS, name)]
    return out + [labelled(c, "value", block, INDICATORS, name, placed[id(c)]) for c in rest]


def _placed(
    values: list[Cell], columns: list[Column], part: str, has_merges: bool
) -> dict[int, str]:
    """Return the column label of each cell by its id; '' where it cannot be told.

    In a text a row that lost a tab stands under the wrong words: where words stand in a column of
    figures, none of its cells is placed.
    """
    columns_under = {id(c): under(c, columns, has_merges) for c in values}
    labels = {key: column.label if column else "" for key, column in columns_under.items()}
    if not has_merges and any(_is_odd(part, labels[id(c)], text_of(c)) for c in filled(values)):
        return dict.fromkeys(labels, "")
    return labels


def _is_odd(part: str, label: str, text: str) -> bool:
    is_word = not (is_figure(text) or is_nothing(text))
    return not label or (kind_of(part, label) in _NUMERIC and is_word)


def _label_pairs(rows: list[Row], block: int, title: str) -> list[LabelledCell]:
    """Label fields and values of a text, where blanks beside a field stand for its merged cell."""
    out: list[LabelledCell] = []
    for row in rows:
        name = ""
        for cell in filled(row):
            text = text_of(cell)
            if name and not is_field(text):
                out.append(labelled(cell, "value", block, title, name))
                name = ""
            else:
                name = text.removesuffix(":")
                out.append(labelled(cell, "label", block, title, name))
    return out
