"""The arithmetic of the forms on the figures as printed, apart from the warehouse's own rules.

Only what the factory promises is checked here; the identity catalogue is tested with its models.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.factory import codes
from tests.factory.content import FORM_CODES, DisclosureContent, Row
from tests.factory.layout import Layout

CENT = Decimal("0.01")
# A sum of independently rounded figures is off by more than this many deviations once in 1000.
PLAUSIBLE = Decimal("3.29")
ZERO = Decimal(0)

# (form, rule, line, measure number) → gap in 万元
Gaps = dict[tuple[str, str, str, int], Decimal]


class Book:
    """The printed figures of one disclosure, and what does not add up in them."""

    def __init__(self, content: DisclosureContent) -> None:
        self.content = content
        self.forms = {form.form_code: form for form in content.forms}
        self.gaps: Gaps = {}

    def rows(self, form_code: str, block: int = 0) -> list[Row]:
        if form_code not in self.forms:
            return []
        return [
            replace(row, amounts=tuple(map(printed, row.amounts)))
            for row in self.forms[form_code].blocks[block].rows
        ]

    def check(
        self, form_code: str, rule: str, line: str, measure: int, total: Decimal, parts: list
    ) -> None:
        """Record a gap that roundings of the stated, non-zero terms cannot explain."""
        gap = total - sum(parts, ZERO)
        terms = sum(bool(part) for part in (total, *parts))
        deviation = CENT * (Decimal(terms) / 12).sqrt()
        if abs(gap) > min(CENT * terms / 2, PLAUSIBLE * deviation):
            self.gaps[form_code, rule, line, measure] = gap


def printed(value: Decimal | None) -> Decimal:
    return Decimal(Layout().amount(value).replace(",", "") or 0)


def discrepancies(content: DisclosureContent) -> Gaps:
    """Return what does not add up in the printed forms; empty when all is within rounding."""
    book = Book(content)
    for form_code in FORM_CODES:
        if form_code in ("income", "expenditure", "general_budget_expenditure"):
            _check_codes(book, form_code, book.rows(form_code))
            for row in book.rows(form_code):
                book.check(form_code, "row", row.code, 0, row.amounts[0], list(row.amounts[1:]))
        if form_code in ("government_fund", "state_capital"):
            _check_codes(book, form_code, book.rows(form_code))
            for row in book.rows(form_code):
                if len(row.amounts) == 3:
                    book.check(form_code, "row", row.code, 0, row.amounts[0], [*row.amounts[1:]])
                    continue
                opening, income, spent, basic, project, closing = row.amounts
                book.check(form_code, "row", row.code, 2, spent, [basic, project])
                book.check(form_code, "flow", row.code, 5, closing, [opening, income, -spent])
    _check_summary(book, "income_expenditure_summary", ["年初结转和结余"], ["年末结转和结余"])
    _check_summary(
        book,
        "fiscal_appropriation_summary",
        ["年初财政拨款结转和结余"],
        ["年末财政拨款结转和结余"],
    )
    _check_basic(book)
    for row in book.rows("three_public"):
        for start in (0, 6):
            total, overseas, vehicles, bought, run, reception = row.amounts[start : start + 6]
            parts = [overseas, vehicles, reception]
            book.check("three_public", "total", "", start, total, parts)
            book.check("three_public", "vehicles", "", start + 2, vehicles, [bought, run])
    _check_across(book)
    return book.gaps


def _check_codes(book: Book, form_code: str, rows: list[Row]) -> None:
    """Each 类 is the sum of its 款, each 款 of its 项, 合计 of the 类."""
    for row in rows:
        depth = {"": 3, 3: 5, 5: 7}.get(len(row.code) or "")
        children = [
            each for each in rows if len(each.code) == depth and each.code.startswith(row.code)
        ]
        for measure, total in enumerate(row.amounts):
            if children:
                parts = [each.amounts[measure] for each in children]
                book.check(form_code, "children", row.code, measure, total, parts)


def _check_summary(book: Book, form_code: str, openings: list[str], closings: list[str]) -> None:
    for block, total_label, carried in (
        (0, "本年收入合计", openings),
        (1, "本年支出合计", closings),
    ):
        rows = book.rows(form_code, block)
        if not rows:
            return
        named = {row.label: row.amounts for row in rows}
        parts = [row.amounts for row in rows if "、" in row.label[:4]]
        if block == 0:
            parts = parts[:8] if form_code.startswith("income") else parts[:3]
        for measure, total in enumerate(named[total_label]):
            terms = [part[measure] for part in parts]
            book.check(form_code, "year", total_label, measure, total, terms)
            terms = [named[name][measure] for name in (total_label, *carried)]
            book.check(form_code, "grand", total_label, measure, named["总计"][measure], terms)
    left, right = (book.rows(form_code, block)[-1].amounts[0] for block in (0, 1))
    book.check(form_code, "balance", "总计", 0, left, [right])


def _check_basic(book: Book) -> None:
    form_code = "general_budget_basic_expenditure"
    form = book.forms[form_code]
    rows = [row for number in range(len(form.blocks)) for row in book.rows(form_code, number)]
    classes = {row.code: row.amounts[0] for row in rows if len(row.code) == 3}
    for code, total in classes.items():
        parts = [row.amounts[0] for row in rows if len(row.code) == 5 and row.code[:3] == code]
        book.check(form_code, "children", code, 0, total, parts)
    for (label, total), personnel in zip(form.closing, (True, False), strict=True):
        parts = [v for k, v in classes.items() if (k in ("301", "303")) == personnel]
        book.check(form_code, "closing", label, 0, printed(total), parts)


def _check_across(book: Book) -> None:
    """Forms repeat one another: T1 = T2 = T3, T4 = T5 and T8, T5 = T6."""
    if "expenditure" not in book.forms:
        return
    summary = [{row.label: row for row in book.rows(FORM_CODES[0], block)} for block in (0, 1)]
    fiscal = [{row.label: row for row in book.rows(FORM_CODES[3], block)} for block in (0, 1)]
    income, spending, general = (book.rows(FORM_CODES[n])[0] for n in (1, 2, 4))
    if book.rows(FORM_CODES[4])[0].code:
        general = book.rows(FORM_CODES[4])[-1]
    pairs = [
        (summary[0]["本年收入合计"].amounts[0], income.amounts[0]),
        (summary[1]["本年支出合计"].amounts[0], spending.amounts[0]),
        (fiscal[0]["本年收入合计"].amounts[0], income.amounts[1]),
        (fiscal[1]["本年支出合计"].amounts[1], general.amounts[0]),
        (general.amounts[1], sum(printed(v) for _, v in book.forms[FORM_CODES[5]].closing)),
    ]
    funds = book.rows("government_fund")
    if funds:
        pairs.append((fiscal[1]["本年支出合计"].amounts[2], funds[0].amounts[2]))
        pairs.append((fiscal[1]["年末财政拨款结转和结余"].amounts[2], funds[0].amounts[5]))
    by_name = {row.label: row.amounts[0] for row in book.rows("expenditure") if len(row.code) == 3}
    for number, (_, name) in enumerate(codes.FUNCTIONAL_CLASSES, 1):
        stated = summary[1][codes.ordinal_label(number, name)].amounts[0]
        pairs.append((stated, by_name.get(name, ZERO)))
    for number, (left, right) in enumerate(pairs):
        book.check("across", "equal", str(number), 0, left, [right])
