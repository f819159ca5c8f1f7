"""The national one-page 项目支出绩效自评表: its facts, and the printed grid that both writers draw.

The funding and the indicators stand on different columns of one grid, as in print; a form may be
cut after some row, and then goes on overleaf with the labels of merged cells left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.factory.layout import Sheet, Span

CENT = Decimal("0.01")
ROLES = ("code", "code", "code", "amount", "amount", "amount", "amount", *("amount",) * 4, "text")
# First column and number of columns, left to right.
INDICATOR_PLACES = ((1, 1), (2, 2), (4, 2), (6, 1), (7, 2), (9, 1), (10, 1), (11, 1))
FUNDING_PLACES = ((1, 2), (3, 2), (5, 2), (7, 1), (8, 2), (10, 1), (11, 1))
LEVELS = ("一级指标", "二级指标", "三级指标")


@dataclass(frozen=True, slots=True)
class Source:
    """A source of funds in 万元; ``None`` prints a blank."""

    label: str
    initial: Decimal | None
    adjusted: Decimal | None
    executed: Decimal | None

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        """The three amounts, left to right."""
        return self.initial, self.adjusted, self.executed


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator; a level is printed where it differs from the row above."""

    levels: tuple[str, str, str]
    target: str
    actual: str
    weight: Decimal
    score: Decimal
    deviation: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """How a place words the form; ``rate`` is percent, bare (98.75) or fraction (0.9875)."""

    title: str = "项目支出绩效自评表"
    target: str = "年度指标值"
    actual: str = "实际完成值"
    deviation: str = "偏差原因分析及改进措施"
    department: str = "主管部门"
    total: str = "总分"
    unit: str = "万元"
    rate: str = "percent"


@dataclass(frozen=True, slots=True)
class EvaluationForm:
    """One project; the first source is the total. What ``planted`` names is printed as it says."""

    name: str
    department: str
    unit: str
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    goal: str = "完成年度任务。"
    result: str = "已完成。"
    persons: tuple[tuple[str, str, str, str], ...] = ()
    closing: tuple[tuple[str, str, str, str], ...] = ()
    words: Words = Words()
    cut_after: int | None = None
    planted: tuple[tuple[str, str], ...] = ()

    @property
    def rate(self) -> Decimal:
        """The rate of execution, unrounded, 1 for all."""
        total = self.sources[0]
        return (total.executed or Decimal(0)) / (total.adjusted or Decimal(1))

    @property
    def execution_score(self) -> Decimal:
        """Ten points by the rate of execution, at most ten."""
        return min(Decimal(10), (10 * self.rate).quantize(CENT, ROUND_HALF_UP))

    @property
    def score(self) -> Decimal:
        """The total of the scores."""
        return self.execution_score + sum(each.score for each in self.indicators)

    def printed(self, key: str, value: str) -> str:
        """Return the planted text of a place, or the true one."""
        return dict(self.planted).get(key, value)


def evaluation_sheets(form: EvaluationForm) -> tuple[Sheet, ...]:
    """Lay out a form: one sheet, or the two that a page break makes of it."""
    rows = _rows(form)
    cut = form.cut_after or len(rows)
    return tuple(_sheet(part) for part in (rows[:cut], rows[cut:]) if part)


def _rows(form: EvaluationForm) -> list[list[Span]]:
    """Return the cells of every row; the row of a span counts from that row."""
    words = form.words
    rows = [
        _line((0, 2, "项目名称"), (2, 10, form.name)),
        _line(
            (0, 2, words.department), (2, 4, form.department), (6, 2, "实施单位"), (8, 4, form.unit)
        ),
        *(_pairs(person) for person in form.persons),
    ]
    funding = ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    rows.append(_line((0, 1, f"项目资金（{words.unit}）"), *_at(FUNDING_PLACES, funding)))
    rows[-1][0] = Span(rows[-1][0].text, 0, 0, 1 + len(form.sources))
    for number, source in enumerate(form.sources):
        texts = [source.label, *(_amount(form, amount) for amount in source.amounts)]
        texts += (
            ["10", _rate(form), _points(form.execution_score)] if number == 0 else ["—", "", "—"]
        )
        keys = [f"{number}.{key}" for key in ("label", "initial", "adjusted", "executed", "weight")]
        keys += [f"{number}.rate", f"{number}.score"]
        texts = [form.printed(key, text) for key, text in zip(keys, texts, strict=True)]
        rows.append(_line(*_at(FUNDING_PLACES, texts)))
    rows.append([Span("年度总体目标", 0, 0, 2), *_line((1, 6, "预期目标"), (7, 5, "实际完成情况"))])
    rows.append(_line((1, 6, form.goal), (7, 5, form.result)))
    head = [*LEVELS, words.target, words.actual, "分值", "得分", words.deviation]
    marker = Span("绩\n效\n指\n标", 0, 0, 1 + len(form.indicators))
    rows.append([marker, *_line(*_at(INDICATOR_PLACES, head))])
    rows += _indicator_rows(form)
    rows.append(
        [
            Span(words.total, 0, 0, column_span=9),
            Span(form.printed("total.weight", "100"), 0, 9),
            Span(form.printed("total.score", _points(form.score)), 0, 10),
            Span("", 0, 11),
        ]
    )
    return [*rows, *(_pairs(pair) for pair in form.closing)]


def _indicator_rows(form: EvaluationForm) -> list[list[Span]]:
    rows = []
    above: tuple[str, ...] = ("", "", "")
    for number, each in enumerate(form.indicators):
        texts = [
            each.target,
            each.actual,
            _points(each.weight),
            _points(each.score),
            each.deviation,
        ]
        keys = ["target", "actual", "weight", "score", "deviation"]
        texts = [
            form.printed(f"indicator {number}.{key}", text)
            for key, text in zip(keys, texts, strict=True)
        ]
        row = _line(*_at(INDICATOR_PLACES, [*each.levels, *texts]))
        for level in (0, 1):
            if each.levels[: level + 1] == above[: level + 1]:
                row[level] = Span("", 0, row[level].column, 0, row[level].column_span)
                continue
            same = [i.levels[: level + 1] == each.levels[: level + 1] for i in form.indicators]
            row[level] = Span(
                each.levels[level], 0, row[level].column, sum(same), row[level].column_span
            )
        above = each.levels
        rows.append(row)
    return rows


def _sheet(rows: list[list[Span]]) -> Sheet:
    """Return a sheet without header; spans are cut at its end."""
    body = [[""] * len(ROLES) for _ in rows]
    spans = []
    for number, row in enumerate(rows):
        for cell in row:
            if not cell.row_span:
                if number or not cell.column:
                    continue
                cell = Span("", 0, cell.column, _reach_down(rows, cell), cell.column_span)
            height = min(cell.row_span, len(rows) - number)
            body[number][cell.column] = cell.text
            if height > 1 or cell.column_span > 1:
                spans.append(Span(cell.text, number, cell.column, height, cell.column_span))
    return Sheet(ROLES, (), 0, tuple(map(tuple, body)), tuple(spans))


def _reach_down(rows: list[list[Span]], cell: Span) -> int:
    """Return over how many rows a merged cell goes on at the top of a page."""
    count = 0
    for row in rows:
        if not any(each.column == cell.column and not each.row_span for each in row):
            break
        count += 1
    return count


def _line(*cells: tuple[int, int, str]) -> list[Span]:
    return [Span(text, 0, column, column_span=count) for column, count, text in cells]


def _at(places: tuple[tuple[int, int], ...], texts: list[str]) -> list[tuple[int, int, str]]:
    return [(column, count, text) for (column, count), text in zip(places, texts, strict=True)]


def _pairs(texts: tuple[str, str, str, str]) -> list[Span]:
    return _line((0, 2, texts[0]), (2, 4, texts[1]), (6, 2, texts[2]), (8, 4, texts[3]))


def _amount(form: EvaluationForm, value: Decimal | None) -> str:
    if value is None:
        return ""
    factor = 10000 if form.words.unit == "元" else 1
    return f"{(value * factor).quantize(CENT, ROUND_HALF_UP)}"


def _rate(form: EvaluationForm) -> str:
    percent = (100 * form.rate).quantize(CENT, ROUND_HALF_UP)
    if form.words.rate == "fraction":
        return f"{form.rate.quantize(Decimal('0.0001'), ROUND_HALF_UP)}"
    return f"{percent}%" if form.words.rate == "percent" else f"{percent}"


def _points(value: Decimal) -> str:
    return f"{value.normalize():f}"
