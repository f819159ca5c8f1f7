"""Form + Layout → Sheet: the printed grid, with merged header cells, that the writers draw."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.factory import sheets
from tests.factory.content import Form, Project
from tests.factory.grid import Sheet, Span

__all__ = ["CENT", "Layout", "Sheet", "Span", "project_sheet", "sheet_of"]

DETAIL_FORMS = ("general_budget_basic_expenditure", "three_public")
CENT = Decimal("0.01")
# Ways to word a row label that differ from the standard one: (as in the content, as printed).
LABELS = {
    "standard": (),
    "half_width": (("（", "("), ("）", ")")),
    "short": (("结转和结余", "结转结余"), ("预算财政拨款收入", "预算拨款收入")),
    "last_year": (("年初结转和结余", "上年结转和结余"), ("本年收入合计", "收入合计")),
}
_CHOICES = {
    "three_public_columns": ("halves", "interleaved", "rows"),
    "total_row": ("first", "general_last", "last", "header"),
    "ordinals": ("continued", "restarted", "from_29"),
    "labels": tuple(LABELS),
    "budget_word": ("年初预算", "全年预算"),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a place prints its forms.

    ``zero`` and ``detail_zero`` are what stands for a zero (the latter in the forms of economic 款
    and “三公”); ``three_public_columns`` is ``halves`` (the columns of 预算数, then those of
    决算数), ``interleaved`` or ``rows`` (one item a row); ``total_row`` says where 合计 stands in
    the forms by code: ``first``, ``last``, ``general_last`` (last in the general budget form alone)
    or ``header`` (inside the header). ``repeats_header`` repeats the header on every page;
    ``splits_before_total`` breaks the fiscal summary before 总计 and repeats its header, as text
    conversions do; ``names_basic_blocks`` heads the economic 款 with 人员经费 and 公用经费.
    ``splits_codes`` prints 类, 款 and 项 in columns of their own. ``ordinals`` says where 行次 of
    the right block starts: it goes on (``continued``), begins at 1 again (``restarted``) or at 29.
    ``labels`` names a way to word the rows, ``budget_word`` the budget the prose compares with.
    Tables are in 元 where ``unit_caption`` ends so; the prose is always in 万元.

    What only some formats can show: ``breaks_headers`` breaks long headers over lines,
    ``spaces_amounts`` sets a space inside amounts, ``adds_phantom_table`` leaves an empty table at
    the end of a form's page; ``narrative_first`` puts the prose before the forms.
    """

    zero: str = "0.00"
    detail_zero: str = "0.00"
    has_form_numbers: bool = True
    has_ordinals: bool = True
    strips_zeros: bool = False
    groups_thousands: bool = False
    three_public_columns: str = "halves"
    total_row: str = "first"
    repeats_header: bool = True
    splits_before_total: bool = False
    names_basic_blocks: bool = True
    unit_caption: str = "金额单位：万元"
    form_number: str = "公开{:02d}表"
    splits_codes: bool = False
    ordinals: str = "continued"
    labels: str = "standard"
    budget_word: str = "年初预算"
    breaks_headers: bool = False
    spaces_amounts: bool = False
    adds_phantom_table: bool = False
    narrative_first: bool = False

    def __post_init__(self) -> None:
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                raise ValueError(f"{name}: {getattr(self, name)!r} is unknown")

    @property
    def unit(self) -> str:
        """The unit of the tables: 元 or 万元."""
        return "万元" if self.unit_caption.endswith("万元") else "元"

    def amount(self, value: Decimal | None, zero: str = "0.00") -> str:
        """Print 万元 in the unit of the tables; ``None`` prints nothing."""
        if value is not None and self.unit == "元":
            value *= 10000
        return self.wan(value, zero)

    def wan(self, value: Decimal | None, zero: str = "0.00") -> str:
        """Print an amount with two digits, or with trailing zeros stripped."""
        if value is None:
            return ""
        if not value:
            return zero
        rounded = value.quantize(CENT, ROUND_HALF_UP)
        text = f"{rounded:,.2f}" if self.groups_thousands else f"{rounded:.2f}"
        return text.rstrip("0").rstrip(".") if self.strips_zeros else text

    def label(self, text: str) -> str:
        """Word a row label, a heading or a title the way of this place."""
        for old, new in LABELS[self.labels]:
            text = text.replace(old, new)
        return text


def sheet_of(form: Form, layout: Layout) -> Sheet:
    """Lay out ``form``."""
    if form.form_code == "three_public":
        return sheets.three_public(form, layout)
    if form.form_code == "general_budget_basic_expenditure":
        return sheets.basic(form, layout)
    if len(form.blocks) == 2:
        return sheets.side_by_side(form, layout)
    return sheets.coded(form, layout)


def project_sheet(projects: tuple[Project, ...], layout: Layout) -> Sheet:
    """Lay out the summary of project self-evaluations."""
    names = (
        "序号",
        "项目名称",
        "单位自评发现的问题",
        "预算资金（万元）",
        "执行金额（万元）",
        "自评得分",
        "自评等级",
        "备注",
    )
    roles = ("ordinal", "label", "text", "amount", "amount", "amount", "text", "text")
    body = tuple(
        (
            str(number),
            project.name,
            project.problems,
            layout.wan(project.budget, "0"),
            layout.wan(project.executed, "0"),
            f"{project.score:f}",
            project.grade,
            project.remark,
        )
        for number, project in enumerate(projects, 1)
    )
    header = tuple(Span(name, 0, number) for number, name in enumerate(names))
    return Sheet(roles, header, 1, body)
