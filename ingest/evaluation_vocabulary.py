"""The words of the one-page self-evaluation form, read from seeds/: headers, fields, totals."""

from __future__ import annotations

import csv
import re
from functools import cache

from ingest.document import Cell
from ingest.normalise import normalise
from ingest.seeds import person_labels, seed_path

FORM_CODE = "project_self_evaluation_form"
INFORMATION, FUNDING, GOALS, INDICATORS, CLOSING = (
    "项目基本信息",
    "项目资金",
    "年度总体目标",
    "绩效指标",
    "自评结论",
)
PROJECT_NAME = "项目名称"
MIN_HEADER_WORDS = 2
_LEVEL = re.compile(r"[一二三四]级指标.{0,8}")
_TOTAL = re.compile(r"(自评|综合|评价|项目|指标)?(总得分|总分|得分|合计|总计)+(\(.*\))?:?")
_SUBTOTAL = re.compile(r".{0,8}小计(\(.*\))?:?")
# 年度指标值(A), 执行率(B/A): letters of a formula, no part of the word.
_FORMULA = re.compile(r"\([A-Z\d/×*÷%]+\)$")
_FIGURE = re.compile(r"[^\d]{0,2}\d[\d.,]*(%|分|元|万元)?")
_NOTHING = re.compile(r"[-—–/\\]*")


def text_of(cell: Cell) -> str:
    """Return the normalised text of a cell."""
    return normalise(cell.text)


def word_of(cell: Cell) -> str:
    """Return the word that heads a column, without the letters of a formula."""
    return _FORMULA.sub("", text_of(cell))


def is_level(word: str) -> bool:
    """Whether a header word is a level of the indicators: 一级指标 and so on."""
    return bool(_LEVEL.fullmatch(word))


def is_total(text: str) -> bool:
    """Whether a normalised label names the total of the scores."""
    return bool(_TOTAL.fullmatch(text))


def is_subtotal(text: str) -> bool:
    """Whether a normalised label names a subtotal of the scores."""
    return bool(_SUBTOTAL.fullmatch(text))


def is_figure(text: str) -> bool:
    """Whether a normalised cell is one figure, at most with its unit."""
    return bool(_FIGURE.fullmatch(text))


def is_nothing(text: str) -> bool:
    """Whether a normalised cell is blank, or a dash that stands for a blank."""
    return bool(_NOTHING.fullmatch(text))


def is_field(text: str) -> bool:
    """Whether a normalised cell is the name of a field, of the project or of a person."""
    bare = re.split(r"[(:]", text, maxsplit=1)[0]
    return text.removesuffix(":") in _fields() or bare in _fields() or bare in person_labels()


def kind_of(part: str, label: str) -> str:
    """Return the kind of the values under a word or path of words of a part; '' if not known."""
    words = _words().get(part, {})
    return words.get(label) or words.get(label.rsplit("/", 1)[-1], "")


def header_of(row: list[Cell]) -> str:
    """Return the part that a row is the header of, or ''."""
    words = [word_of(cell) for cell in row if cell.text.strip()]
    if sum(map(is_level, words)) >= MIN_HEADER_WORDS:
        return INDICATORS
    if sum(kind_of(FUNDING, word) == "amount" for word in words) >= MIN_HEADER_WORDS:
        return FUNDING
    is_goals = sum(bool(kind_of(GOALS, word)) for word in words) >= MIN_HEADER_WORDS
    # With its values beside the words, the row is one of fields.
    return GOALS if is_goals and len(words) <= MIN_HEADER_WORDS + 1 else ""


@cache
def _words() -> dict[str, dict[str, str]]:
    blocks = {
        row["block"]: row["block_label"]
        for row in _read("form_blocks.csv")
        if row["form_code"] == FORM_CODE
    }
    words: dict[str, dict[str, str]] = {}
    for row in _read("form_columns.csv"):
        if row["form_code"] == FORM_CODE and row["header_suffix"]:
            part = words.setdefault(blocks[row["block"]], {})
            part[normalise(row["header_suffix"])] = row["value_kind"]
    return words


@cache
def _fields() -> frozenset[str]:
    return frozenset(
        normalise(row["label_zh"])
        for row in _read("label_aliases.csv")
        if row["form_code"] == FORM_CODE and row["line_role"] == "field"
    )


@cache
def _read(name: str) -> list[dict[str, str]]:
    with seed_path(name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
