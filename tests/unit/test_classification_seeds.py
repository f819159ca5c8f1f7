"""The year-versioned code lists: their shape, and every code the sample disclosures print."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from ingest.normalise import is_code, normalise
from tests.needs import disclosure

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"

LINZI = "linzi-government-office-2020.txt"
PUTUO = "putuo-social-work-2024.pdf"
WANLI = "putuo-wanli-street-budget-2025.pdf"
CPPCC_2018 = "jiangsu-cppcc-office-budget-2018.pdf"
CPPCC_2019 = "jiangsu-cppcc-office-budget-2019.pdf"
FISCAL_YEARS = {LINZI: 2020, PUTUO: 2024, WANLI: 2025, CPPCC_2018: 2018, CPPCC_2019: 2019}

LEVEL_BY_LENGTH = {3: "class", 5: "group", 7: "item"}
FIRST_YEAR, LAST_YEAR, OPEN_END = 2017, 2025, 9999
# Narrower than "three digits": an indicator of 35000 平方米 is not a code.
CLASS_SHAPE = re.compile(r"2[0-3]\d|[35][019]\d")
PRINTED_CODE = re.compile(r"\[(\d{3}(?:\d{2}){0,2})\](\S+)")
PRINTED_CLASS = re.compile(r"[一二三四五六七八九十]+、(\w+支出)")
PRINTED_PATH = re.compile(r"([^\W\d]+)\(款\)([^\W\d]+)\(项\)")

# The prose of this budget writes 款 21007 where the 项 belongs; its tables print 2100717 correctly.
DEVIATING_PATHS = {(WANLI, "卫生健康支出", "计划生育事务")}


@dataclass(frozen=True)
class CodeRow:
    scheme: str
    code: str
    level: str
    parent_code: str
    name_zh: str
    first_year: int
    last_year: int
    is_list_complete: str

    def holds_in(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year


def read_codes(name: str, code_column: str) -> list[CodeRow]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as handle:
        return [
            CodeRow(
                row.get("scheme", "functional"),
                row[code_column],
                row["level"],
                row["parent_code"],
                row["name_zh"],
                int(row["valid_from_year"]),
                int(row["valid_to_year"] or OPEN_END),
                row["is_list_complete"],
            )
            for row in csv.DictReader(handle)
        ]


FUNCTIONAL = read_codes("functional_classifications.csv", "functional_code")
ECONOMIC = read_codes("economic_classifications.csv", "economic_code")
BOTH = pytest.mark.parametrize("rows", [FUNCTIONAL, ECONOMIC], ids=["functional", "economic"])


def comparable(name: str) -> str:
    return normalise(name).removesuffix("支出")


def names_of(year: int) -> dict[str, str]:
    """Code → comparable name in a year; a code's first digit tells its scheme."""
    return {
        row.code: comparable(row.name_zh) for row in FUNCTIONAL + ECONOMIC if row.holds_in(year)
    }


def pairs_of_row(cells: list[str]) -> list[tuple[str, str]]:
    """The (code, name) pairs of one row; a code split over 类|款|项 columns is joined."""
    pairs, column = [], 0
    while column < len(cells):
        code, column = cells[column], column + 1
        if not is_code(code) or not CLASS_SHAPE.match(code):
            continue
        while column < len(cells) and len(code) < 7 and re.fullmatch(r"\d{2}|", cells[column]):
            code, column = code + cells[column], column + 1
        if column < len(cells) and re.search(r"[\u4e00-\u9fff]", cells[column]):
            pairs.append((code, cells[column]))
    return pairs


@cache
def printed_text(name: str) -> str:
    path = disclosure(name)
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


@cache
def printed_rows(name: str) -> list[list[str]]:
    """The rows of all tables of a document as normalised cells."""
    path = disclosure(name)
    if path.suffix == ".txt":
        rows = [line.split("\t") for line in printed_text(name).splitlines()]
    else:
        with pdfplumber.open(path) as pdf:
            rows = [row for page in pdf.pages for table in page.extract_tables() for row in table]
    return [[normalise(cell or "") for cell in row] for row in rows]


def printed_pairs(name: str) -> set[tuple[str, str]]:
    """Every (code, name) a document prints: in table rows, and as [2010302]名称."""
    in_rows = {pair for row in printed_rows(name) for pair in pairs_of_row(row)}
    return in_rows | set(PRINTED_CODE.findall(printed_text(name)))


@BOTH
def test_a_code_has_one_meaning_in_a_year(rows: list[CodeRow]) -> None:
    years = range(FIRST_YEAR, LAST_YEAR + 2)
    held = [(row.scheme, row.code, year) for row in rows for year in years if row.holds_in(year)]
    assert sorted(set(held)) == sorted(held)


@BOTH
def test_a_parent_exists_in_every_year_of_its_children(rows: list[CodeRow]) -> None:
    years = [*range(FIRST_YEAR, LAST_YEAR + 1), OPEN_END]
    held = {(row.scheme, row.code, year) for row in rows for year in years if row.holds_in(year)}
    orphans = [
        (row.code, year)
        for row in rows
        for year in years
        if row.parent_code
        and row.holds_in(year)
        and (row.scheme, row.parent_code, year) not in held
    ]
    assert orphans == []


@BOTH
def test_level_and_parent_follow_from_the_code(rows: list[CodeRow]) -> None:
    for row in rows:
        assert row.code.isdigit()
        assert row.level == LEVEL_BY_LENGTH[len(row.code)], row
        assert row.parent_code == (row.code[:-2] if len(row.code) > 3 else ""), row


@BOTH
def test_years_names_and_flags_are_sane(rows: list[CodeRow]) -> None:
    for row in rows:
        assert FIRST_YEAR <= row.first_year <= LAST_YEAR, row
        assert row.first_year <= row.last_year, row
        assert row.last_year == OPEN_END or row.last_year <= LAST_YEAR, row
        assert row.name_zh and re.search(r"[\s()]", row.name_zh) is None, row
        assert row.is_list_complete in ("true", "false"), row


@BOTH
def test_siblings_agree_whether_their_list_is_complete(rows: list[CodeRow]) -> None:
    flags: dict[tuple[str, str, str, int], set[str]] = {}
    for row in rows:
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            if row.holds_in(year):
                siblings = (row.scheme, row.level, row.parent_code, year)
                flags.setdefault(siblings, set()).add(row.is_list_complete)
    assert [siblings for siblings, said in flags.items() if len(said) > 1] == []


@BOTH
def test_rows_are_sorted(rows: list[CodeRow]) -> None:
    keys = [(row.scheme, row.code, row.first_year) for row in rows]
    assert keys == sorted(keys)


def test_schemes_are_told_apart_by_the_first_digit() -> None:
    assert {row.code[0] for row in FUNCTIONAL} == {"2"}
    digits = {(row.scheme, row.code[0]) for row in ECONOMIC}
    assert digits == {("departmental", "3"), ("government", "5")}
    assert all(row.level != "item" for row in ECONOMIC)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("207", {2018: "文化体育与传媒支出", 2019: "文化旅游体育与传媒支出"}),
        ("210", {2018: "医疗卫生与计划生育支出", 2019: "卫生健康支出"}),
        ("215", {2019: "资源勘探信息等支出", 2020: "资源勘探工业信息等支出"}),
        ("224", {2018: None, 2019: "灾害防治及应急管理支出"}),
        ("20139", {2023: None, 2024: "社会工作事务"}),
        ("20805", {2019: "行政事业单位离退休", 2020: "行政事业单位养老支出"}),
        ("30311", {2017: "住房公积金", 2018: None, 2020: "代缴社会保险费"}),
        ("30307", {2017: "医疗费", 2018: "医疗费补助"}),
    ],
)
def test_a_code_means_what_its_year_says(code: str, names: dict[int, str | None]) -> None:
    for year, name in names.items():
        found = [
            row.name_zh for row in FUNCTIONAL + ECONOMIC if row.code == code and row.holds_in(year)
        ]
        assert found == ([name] if name else []), (code, year)


@pytest.mark.parametrize(("name", "expected"), [(LINZI, 90), (PUTUO, 82), (WANLI, 97)])
def test_every_printed_code_is_listed_for_its_year(name: str, expected: int) -> None:
    pairs = printed_pairs(name)
    assert len({code for code, _ in pairs}) == expected
    listed = names_of(FISCAL_YEARS[name])
    unlisted = {(code, text) for code, text in pairs if listed.get(code) != comparable(text)}
    assert unlisted == set()


@pytest.mark.parametrize("name", [LINZI, PUTUO])
def test_every_class_of_the_summary_form_is_listed(name: str) -> None:
    cells = {cell for row in printed_rows(name) for cell in row}
    printed = {found[1] for cell in cells if (found := PRINTED_CLASS.fullmatch(cell))}
    assert len(printed) == 26
    year = FISCAL_YEARS[name]
    classes = {row.name_zh for row in FUNCTIONAL if row.level == "class" and row.holds_in(year)}
    assert printed <= classes


@pytest.mark.parametrize("name", [CPPCC_2018, CPPCC_2019, PUTUO, WANLI])
def test_every_group_and_item_named_in_prose_is_listed(name: str) -> None:
    year = FISCAL_YEARS[name]
    printed = set(PRINTED_PATH.findall(normalise(printed_text(name))))
    assert len(printed) >= 9
    names = names_of(year)
    listed = {(names[code[:5]], text) for code, text in names.items() if len(code) == 7}
    missing = {
        (name, group, item)
        for group, item in printed
        if (comparable(group), comparable(item)) not in listed
    }
    assert missing == {path for path in DEVIATING_PATHS if path[0] == name}
