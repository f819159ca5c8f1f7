"""Words and shapes that the forms share, whoever supplies the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.factory import codes
from tests.factory.content import Block, Form, Row
from tests.factory.economy import ZERO

FUND_NAMES = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
INCOME_SOURCES = (
    "一般公共预算财政拨款收入",
    "政府性基金预算财政拨款收入",
    "国有资本经营预算财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
INCOME_MEASURES = (
    "本年收入合计",
    "财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
EXPENDITURE_MEASURES = (
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
)
FUND_MEASURES = (
    "年初结转和结余",
    "本年收入",
    "小计",
    "基本支出",
    "项目支出",
    "年末结转和结余",
)
BY_UNIT = "（按单位）"
MEETING_MEASURES = ("会议费", "培训费")
THREE_PUBLIC_MEASURES = (
    "合计",
    "因公出国（境）费",
    "小计",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
)


@dataclass(frozen=True, slots=True)
class FormStyle:
    """How the regions' versions of the forms differ in content (not in looks).

    ``basic_blocks`` is 2 or 3; ``numbers_carry_over`` puts 一、二、三、 before the funds in the
    carry-over lines; ``state_capital_income`` gives that form the columns of the fund form;
    ``class_count`` is the number of functional classes listed (26, 24 or 23); a class that carries
    an amount is listed all the same. ``has_meetings`` adds 会议费 and 培训费 to “三公”;
    ``doubles_tables`` prints income and expenditure once more by unit. ``budget_heading`` is
    预算数, 年初预算数 or 全年预算数.
    """

    basic_blocks: int = 3
    numbers_carry_over: bool = False
    state_capital_income: bool = False
    three_public_title: str = "一般公共预算财政拨款“三公”经费支出决算表"
    class_count: int = 26
    has_meetings: bool = False
    doubles_tables: bool = False
    budget_heading: str = "预算数"

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles in order: the nine statutory forms, and those printed twice."""
        word = "收入支出" if self.state_capital_income else "支出"
        doubled = (f"收入决算表{BY_UNIT}", f"支出决算表{BY_UNIT}") if self.doubles_tables else ()
        return (
            "收入支出决算总表",
            "收入决算表",
            "支出决算表",
            *doubled,
            "财政拨款收入支出决算总表",
            "一般公共预算财政拨款支出决算表",
            "一般公共预算财政拨款基本支出决算表",
            self.three_public_title,
            "政府性基金预算财政拨款收入支出决算表",
            f"国有资本经营预算财政拨款{word}决算表",
        )


def side_by_side(
    code: str,
    title: str,
    left: list[Row],
    right: list[Row],
    measures: tuple[tuple[str, ...], tuple[str, ...]],
    note: str,
) -> Form:
    """Return a form of two blocks (收入, 支出) with the rows of both."""
    blocks = (Block("收入", measures[0], tuple(left)), Block("支出", measures[1], tuple(right)))
    return Form(code, title, blocks, notes=(note,))


def statutory(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the titles of the forms printed twice."""
    return tuple(title for title in titles if BY_UNIT not in title)


def blank(width: int) -> Row:
    """Return a line with neither label nor amounts."""
    return Row("", (None,) * width)


# Classes that shorter forms leave out, the first ones first.
OFTEN_LEFT_OUT = ("234", "223", "222", "202")


def class_rows(amounts: Callable[[str], tuple[Decimal, ...]], count: int = 26) -> list[Row]:
    """Return one line per functional class, 一、 to 二十六、, or ``count`` of them.

    A class that carries an amount is never left out.
    """
    left_out = set(OFTEN_LEFT_OUT[: 26 - count])
    listed = [
        (code, name)
        for code, name in codes.FUNCTIONAL_CLASSES
        if code not in left_out or any(amounts(code))
    ]
    return [
        Row(codes.ordinal_label(number, name), amounts(code), key=code)
        for number, (code, name) in enumerate(listed, 1)
    ]


def basic_form(
    title: str,
    amounts: dict[str, Decimal],
    lists: tuple[tuple[tuple[str, str], ...], ...],
    closing: tuple[Decimal, Decimal],
) -> Form:
    """Return the basic expenditure form: one block per list of (code, name).

    ``amounts`` holds 类 and 款; a code without an amount is a stated zero.
    """
    blocks = tuple(
        Block(
            "人员经费" if number == 0 else "公用经费",
            ("决算数",),
            tuple(Row(name, (amounts.get(code, ZERO),), code) for code, name in entries),
        )
        for number, entries in enumerate(lists)
    )
    return Form(
        "general_budget_basic_expenditure",
        title,
        blocks,
        closing=(("人员经费合计", closing[0]), ("公用经费合计", closing[1])),
        notes=("注：本表列示本年度一般公共预算财政拨款基本支出的明细。",),
    )
