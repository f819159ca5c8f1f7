"""The header of a table: how many rows it has, what each column is, which blocks it parts into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.captions import is_note_cell
from ingest.document import Cell
from ingest.normalise import is_code, is_number, normalise
from ingest.seeds import header_roles, person_labels

_ORDINAL_LABEL = re.compile(r"^[一二三四五六七八九十]+、")
_YEAR = re.compile(r"(19|20)\d\d")
_COLUMN_NUMBER_LABELS = frozenset(("栏次", "行次", "栏目"))
_TOTALS = ("合计", "总计", "小计")
MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table: one entry per column; block labels by block number (from 1).

    ``shared_columns`` are the columns whose header ends in the first body row, beside the total.
    """

    header_row_count: int
    roles: tuple[str, ...]
    blocks: tuple[int, ...]
    column_labels: tuple[str, ...]
    block_labels: dict[int, str]
    shared_columns: frozenset[int] = frozenset()


def rows_of(cells: tuple[Cell, ...], row_count: int) -> list[list[Cell]]:
    """Return the cells that start in each row, left to right."""
    rows: list[list[Cell]] = [[] for _ in range(row_count)]
    for cell in cells:
        rows[cell.row_number].append(cell)
    for row in rows:
        row.sort(key=lambda cell: cell.column_number)
    return rows


def is_column_number_row(texts: list[str]) -> bool:
    """Whether the texts of a row are 栏次 1 2 3 … (beside 类, 款, 项 at most)."""
    numbers = [int(t) for t in texts if t.isdigit()]
    words = [t for t in texts if not t.isdigit()]
    if any(word not in _COLUMN_NUMBER_LABELS and word not in header_roles() for word in words):
        return False
    rising = all(b == a + 1 for a, b in pairwise(numbers))
    if "栏次" in words:
        return rising
    return rising and len(numbers) >= 2 and numbers[0] == 1 and not words


def count_header_rows(rows: list[list[Cell]], skip: int = 0) -> int:
    """Return the number of leading rows before the first body row; ``skip`` rows are captions."""
    roles = header_roles()
    role_columns: set[int] = set()
    for number in range(skip, len(rows)):
        if _is_body(rows[number], role_columns, first=number == skip):
            return number
        role_columns |= {c.column_number for c in rows[number] if normalise(c.text) in roles}
    return len(rows)


def _is_body(row: list[Cell], role_columns: set[int], *, first: bool) -> bool:
    if not row:
        return False
    texts = [text for cell in row if (text := normalise(cell.text))]
    if not texts:
        return True
    if len(texts) == 1 and is_note_cell(texts[0]):
        return True
    if not first and is_column_number_row(texts):
        return False
    roles = header_roles()
    numbers = [text for text in texts if is_number(text)]
    if numbers:
        header_words = any(text in roles for text in texts)
        return not (header_words and all(_YEAR.fullmatch(text) for text in numbers))
    if any(_ORDINAL_LABEL.match(text) for text in texts):
        return True
    return _is_bare_label_row(row, role_columns)


def _is_bare_label_row(row: list[Cell], role_columns: set[int]) -> bool:
    """Whether a row has labels under known label columns and only blanks beside them."""
    labelled = False
    for cell in row:
        text = normalise(cell.text)
        if cell.column_number in role_columns:
            if text in header_roles():
                return False
            labelled = labelled or bool(text)
        elif text:
            return False
    return labelled and len(row) > 1


def header_components(
    rows: list[list[Cell]], skip: int, count: int, column_count: int, has_merges: bool
) -> tuple[list[list[str]], frozenset[int]]:
    """Return, per header row, the normalised header text over each column ('' for none).

    With it come the columns whose last header text stands in the first body row.
    """
    table: list[list[str]] = [[""] * column_count for _ in range(count - skip)]
    for row in rows[skip:count]:
        numbering = is_column_number_row([t for c in row if (t := normalise(c.text))])
        for cell in row:
            text = normalise(cell.text)
            if numbering and (text.isdigit() or text in _COLUMN_NUMBER_LABELS):
                continue
            for r in range(cell.row_number, min(cell.row_number + cell.row_span, count)):
                last = min(cell.column_number + cell.column_span, column_count)
                for c in range(cell.column_number, last):
                    table[r - skip][c] = text
    shared = _shared_header(rows[count], table) if table and count < len(rows) else {}
    if shared:
        table.append([shared.get(column, "") for column in range(column_count)])
    if not has_merges:
        _fill_from_left(table)
    return table, frozenset(shared)


def _shared_header(row: list[Cell], table: list[list[str]]) -> dict[int, str]:
    """Return by column the header words that the first body row prints beside its numbers.

    They are 类, 款 and 项 before the total, and what tells apart the columns under one heading
    (本年支出 over 合计, 基本支出 and 项目支出).
    """
    texts = {cell.column_number: normalise(cell.text) for cell in row}
    if not any(map(is_number, texts.values())):
        return {}
    roles = header_roles()
    found = {column: text for column, text in texts.items() if roles.get(text) == "code"}
    for columns in _under_one_heading(table):
        words = [texts.get(column, "") for column in columns]
        if words[0] in _TOTALS and len(set(words) - {""}) == len(words):
            found.update(zip(columns, words, strict=True))
    return found


def _under_one_heading(table: list[list[str]]) -> list[list[int]]:
    """Return the runs of two or more columns of amounts that the header does not tell apart."""
    runs: list[list[int]] = []
    paths = [_collapse([row[column] for row in table]) for column in range(len(table[0]))]
    for column, path in enumerate(paths):
        is_label = bool(path) and path[-1] in header_roles()
        if not is_label and runs and runs[-1] and path in ([], paths[runs[-1][0]]):
            runs[-1].append(column)
        else:
            runs.append([column] if path and not is_label else [])
    return [run for run in runs if len(run) > 1]


def _fill_from_left(table: list[list[str]]) -> None:
    """Spread a header over the empty cells to its right where a lower header row has text.

    It never leaves the header above it: 运行维护费 ends where 公务用车 ends, and 公务接待费
    begins anew.
    """
    for number, row in enumerate(table):
        upper, lower = table[:number], table[number + 1 :]
        for column in range(1, len(row)):
            if row[column] or not row[column - 1]:
                continue
            if any(above[column] != above[column - 1] for above in upper):
                continue
            if any(below[column] for below in lower):
                row[column] = row[column - 1]


def read_layout(
    cells: tuple[Cell, ...], row_count: int, column_count: int, has_merges: bool, skip: int = 0
) -> Layout:
    """Read the header of a grid whose first ``skip`` rows are captions."""
    rows = rows_of(cells, row_count)
    count = count_header_rows(rows, skip)
    table, shared = header_components(rows, skip, count, column_count, has_merges)
    paths = [_collapse([row[c] for row in table]) for c in range(column_count)]
    roles = _roles(paths, rows[count:], column_count)
    blocks: list[int] = []
    for column, role in enumerate(roles):
        opens = column > 0 and role != MEASURE and roles[column - 1] == MEASURE
        blocks.append((blocks[-1] if blocks else 1) + opens)
    block_labels: dict[int, str] = {}
    column_labels = [""] * column_count
    for block in sorted(set(blocks)):
        columns = [c for c in range(column_count) if blocks[c] == block]
        over_all = {
            number
            for number, row in enumerate(table)
            if len(columns) > 1 and row[columns[0]] and len({row[c] for c in columns}) == 1
        }
        block_labels[block] = "/".join(
            _collapse([row[columns[0]] for n, row in enumerate(table) if n in over_all])
        )
        for column in columns:
            own = [row[column] for n, row in enumerate(table) if n not in over_all]
            column_labels[column] = "/".join(_collapse(own))
    return Layout(count, tuple(roles), tuple(blocks), tuple(column_labels), block_labels, shared)


def _collapse(parts: list[str]) -> list[str]:
    out: list[str] = []
    for part in parts:
        if part and (not out or out[-1] != part):
            out.append(part)
    return out


def _roles(paths: list[list[str]], body: list[list[Cell]], column_count: int) -> list[str]:
    """Tell each column's role from its last header text, corrected by what stands under it."""
    texts: list[list[str]] = [[] for _ in range(column_count)]
    for row in body:
        for cell in row:
            text = normalise(cell.text)
            if text and cell.column_number < column_count:
                texts[cell.column_number].append(text)
    roles = []
    for column, path in enumerate(paths):
        # The total over 科目编码 and 科目名称 sits in the header of some empty forms.
        parts = path[:-1] if len(path) > 1 and path[-1] in _TOTALS else path
        role = header_roles().get(parts[-1], MEASURE) if parts else MEASURE
        if role == "label" and texts[column] and all(_is_amount(t) for t in texts[column]):
            role = MEASURE
        roles.append(role)
    if not {"label", "code"} & set(roles):
        first = next((c for c, role in enumerate(roles) if role != "ordinal"), None)
        if first is not None and _reads_as_label(texts[first], paths[first]):
            roles[first] = "label"
    return roles


def _reads_as_label(texts: list[str], path: list[str]) -> bool:
    """Whether a leading column of unknown header holds words; a person's name labels nothing."""
    is_name = bool(path) and path[-1] in person_labels()
    return bool(texts) and not is_name and not any(map(is_number, texts))


def _is_amount(text: str) -> bool:
    return is_number(text) and not is_code(text)
