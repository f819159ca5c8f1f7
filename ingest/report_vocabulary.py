"""The words of self-evaluation reports: their blocks, fields and lists, read from seeds/."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from ingest.document import Cell
from ingest.normalise import is_number, normalise
from ingest.seeds import person_labels, seed_path

_RULE = re.compile(r"[-–—=_|+:]{3,}")
_LOOSE_NUMBER = re.compile(r"[-−]?\d.*|[-–—/]+")
_TOTAL = re.compile(r"(合计|总计|小计|总分|得分分值).*")
# Broken headers may lack some of their lower words; fewer than this many make it another list.
MAX_LOST_WORDS = 2
# Blank rows and rules that a conversion may put between two header rows, and the second of them.
MAX_HEADER_GAP = 3


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list: ``label`` is its header path, ``kind`` one of number, text, any."""

    label: str
    role: str
    kind: str

    def accepts(self, text: str) -> bool:
        """Whether a normalised cell is of the column's kind; quantities may carry their unit."""
        if self.kind == "number":
            return bool(_LOOSE_NUMBER.fullmatch(text))
        return self.kind == "any" or not is_number(text)


@dataclass(frozen=True, slots=True)
class ListForm:
    """A list as reports print it: the block it belongs to and its columns, left to right."""

    block_label: str
    columns: tuple[ListColumn, ...]

    @property
    def tops(self) -> list[str]:
        """The words of the first header row."""
        words = [column.label.split("/")[0] for column in self.columns]
        return [w for n, w in enumerate(words) if n == 0 or words[n - 1] != w]

    @property
    def bottoms(self) -> list[str]:
        """The words of the second header row, if there is one."""
        return [c.label.rsplit("/", 1)[1] for c in self.columns if "/" in c.label]

    @property
    def has_ordinal(self) -> bool:
        """Whether the rows are numbered."""
        return self.columns[0].role == "ordinal"

    @property
    def names_persons(self) -> bool:
        """Whether a column holds names of persons."""
        return any(person_labels().get(column.label) == "name" for column in self.columns)

    def is_header(self, row: list[Cell]) -> bool:
        """Whether a row holds words of the header, in their order, and nothing else."""
        words = filled_texts(row)
        return len(words) > 1 and any(
            _is_subsequence(words, header) for header in (self.tops, self.bottoms)
        )


def filled(row: list[Cell]) -> list[Cell]:
    """Return the cells of a row that hold text."""
    return [cell for cell in row if cell.text.strip()]


def filled_texts(row: list[Cell]) -> list[str]:
    """Return the normalised texts of a row, blanks left out."""
    return [text for cell in row if (text := normalise(cell.text))]


def is_rule(text: str) -> bool:
    """Whether a text is the line under a header that a conversion to Markdown left behind."""
    return bool(_RULE.fullmatch(normalise(text)))


def is_rule_row(row: list[Cell]) -> bool:
    """Whether all that a row holds are such lines."""
    texts = filled_texts(row)
    return bool(texts) and all(map(is_rule, texts))


def is_total(text: str) -> bool:
    """Whether a normalised label names a total."""
    return bool(_TOTAL.fullmatch(text))


def block_label_of(title: str) -> str:
    """Return the one word for a block whose title is printed in several ways; others stay."""
    title = normalise(title)
    return _titles().get(title, title)


def is_block_title(title: str) -> bool:
    """Whether a normalised text is the title of a known block."""
    return title in _titles()


@cache
def fields_of(block_label: str) -> frozenset[str]:
    """Return the fields of a block; empty for a block that is not known."""
    rows = _read("report_fields.csv")
    return frozenset(normalise(r["field"]) for r in rows if r["block_label"] == block_label)


def find_list(rows: list[list[Cell]]) -> ListForm | None:
    """Return the list whose header opens the rows, with the columns that it prints.

    A header of one row says which columns there are; one of two rows must be whole in its first row
    and may lack words in the second, where the same word stands more than once.
    """
    words = filled_texts(rows[0]) if rows else []
    forms = [
        form
        for form in _lists()
        if len(words) > 2 and words[0] == form.tops[0] and _is_subsequence(words, form.tops)
    ]
    form = min(forms, key=lambda form: len(form.tops), default=None)
    if form is None or len(words) < len(form.tops) - MAX_LOST_WORDS:
        return None
    if not form.bottoms:
        return ListForm(form.block_label, tuple(c for c in form.columns if c.label in words))
    below = (row for row in rows[1 : 1 + MAX_HEADER_GAP] if filled(row) and not is_rule_row(row))
    lower = filled_texts(next(below, []))
    is_whole = words == form.tops and len(lower) >= len(form.bottoms) - MAX_LOST_WORDS
    return form if is_whole and _is_subsequence(lower, form.bottoms) else None


def _is_subsequence(words: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in words)


@cache
def _lists() -> tuple[ListForm, ...]:
    columns: dict[str, list[ListColumn]] = {}
    for row in _read("report_columns.csv"):
        column = ListColumn(normalise(row["column_label"]), row["role"], row["kind"])
        columns.setdefault(row["block_label"], []).append(column)
    return tuple(ListForm(block, tuple(found)) for block, found in columns.items())


@cache
def _titles() -> dict[str, str]:
    return {normalise(r["printed_title"]): r["block_label"] for r in _read("report_blocks.csv")}


@cache
def _read(name: str) -> list[dict[str, str]]:
    with seed_path(name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
