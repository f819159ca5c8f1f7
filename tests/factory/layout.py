"""Form + Layout → Sheet: the printed grid, with merged header cells, that both writers draw."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.factory.content import Form, Project, Row
from tests.factory.form_parts import THREE_PUBLIC_MEASURES

DETAIL_FORMS = ("general_budget_basic_expenditure", "three_public")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a place prints its forms.

    ``zero`` and ``detail_zero`` are what stands for a zero (the latter in the forms of economic 款
    and “三公”); ``detail_columns`` is ``halves`` (six columns of 预算数, six of 决算数) or
    ``interleaved``; ``total_last`` puts 合计 of the general budget form at its end;
    ``repeats_header`` repeats the header on every page; ``splits_before_total`` breaks the fiscal
    summary before 总计 and repeats its header, as text conversions do; ``names_basic_blocks`` heads
    the economic 款 with 人员经费 and 公用经费.
    """

    zero: str = "0.00"
    detail_zero: str = "0.00"
    has_form_numbers: bool = True
    has_ordinals: bool = True
    strips_zeros: bool = False
    groups_thousands: bool = False
    three_public_columns: str = "halves"
    total_last: bool = False
    repeats_header: bool = True
    splits_before_total: bool = False
    names_basic_blocks: bool = True
    unit_caption: str = "金额单位：万元"

    def __post_init__(self) -> None:
        if self.three_public_columns not in ("halves", "interleaved"):
            raise ValueError(f"three_public_columns: {self.three_public_columns!r} is unknown")

    def amount(self, value: Decimal | None, zero: str = "0.00") -> str:
        """Print 万元 with two digits, or with trailing zeros stripped; ``None`` prints nothing."""
        if value is None:
            return ""
        if not value:
            return zero
        rounded = value.quantize(CENT, ROUND_HALF_UP)
        text = f"{rounded:,.2f}" if self.groups_thousands else f"{rounded:.2f}"
        return text.rstrip("0").rstrip(".") if self.strips_zeros else text


@dataclass(frozen=True, slots=True)
class Span:
    """One cell of a sheet with the rows and columns it covers."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed grid. ``roles`` names each column: code, label, ordinal, text or amount."""

    roles: tuple[str, ...]
    header: tuple[Span, ...]
    header_row_count: int
    body: tuple[tuple[str, ...], ...]
    body_spans: tuple[Span, ...] = ()


def sheet_of(form: Form, layout: Layout) -> Sheet:
    """Lay out ``form``."""
    if form.form_code == "three_public":
        return _three_public(form, layout)
    if form.form_code == "general_budget_basic_expenditure":
        return _basic(form, layout)
    if len(form.blocks) == 2:
        return _side_by_side(form, layout)
    return _coded(form, layout)


def _side_by_side(form: Form, layout: Layout) -> Sheet:
    """收入 | 支出: label (with 行次) and measures of both blocks, line by line."""
    ordinal = ("ordinal",) if layout.has_ordinals else ()
    roles: tuple[str, ...] = ()
    header: list[Span] = []
    counted = 0
    for block in form.blocks:
        start = len(roles)
        roles += ("label", *ordinal, *("amount",) * len(block.measures))
        header.append(Span(block.heading, 0, start, column_span=len(roles) - start))
        names = ("项目", *(("行次",) if ordinal else ()), *block.measures)
        header += [Span(name, 1, start + number) for number, name in enumerate(names)]
        if ordinal:
            header.append(Span("栏次", 2, start))
            for number in range(len(block.measures)):
                counted += 1
                header.append(Span(str(counted), 2, start + 2 + number))
    count = len(form.blocks[0].rows)
    body = []
    for index in range(count):
        cells: list[str] = []
        for number, block in enumerate(form.blocks):
            row = block.rows[index]
            line_number = (str(number * count + index + 1),) if ordinal else ()
            cells += [row.label, *line_number, *_amounts(row, layout, layout.zero)]
        body.append(tuple(cells))
    return Sheet(roles, tuple(header), 3 if ordinal else 2, tuple(body))


def _amounts(row: Row, layout: Layout, zero: str) -> list[str]:
    return [layout.amount(value, zero) for value in row.amounts]


def _coded(form: Form, layout: Layout) -> Sheet:
    """Code and name, then the measures; the columns of 本年支出 share a heading."""
    (block,) = form.blocks
    roles = ("code", "label", *("amount",) * len(block.measures))
    header = [
        Span("项目", 0, 0, column_span=2),
        Span("功能分类科目编码", 1, 0),
        Span("科目名称", 1, 1),
    ]
    if block.measures[0] == "合计":
        header.append(Span("本年支出", 0, 2, column_span=3))
        header += [Span(name, 1, 2 + number) for number, name in enumerate(block.measures)]
    elif "小计" in block.measures:
        first = 2 + block.measures.index("小计")
        header.append(Span("本年支出", 0, first, column_span=3))
        for number, name in enumerate(block.measures, 2):
            if first <= number < first + 3:
                header.append(Span(name, 1, number))
            else:
                header.append(Span(name, 0, number, row_span=2))
    else:
        header += [Span(name, 0, 2 + n, row_span=2) for n, name in enumerate(block.measures)]
    header_row_count = 2
    rows = list(block.rows)
    if layout.has_ordinals and rows:
        header.append(Span("栏次", 2, 0, column_span=2))
        header += [Span(str(n + 1), 2, 2 + n) for n in range(len(block.measures))]
        header_row_count = 3
    if rows and layout.total_last and form.form_code == "general_budget_expenditure":
        rows.append(rows.pop(0))
    body, spans = [], []
    for number, row in enumerate(rows):
        amounts = _amounts(row, layout, layout.zero)
        if row.code:
            body.append((row.code, row.label, *amounts))
        else:
            body.append((row.label, "", *amounts))
            spans.append(Span(row.label, number, 0, column_span=2))
    return Sheet(roles, tuple(header), header_row_count, tuple(body), tuple(spans))


def _basic(form: Form, layout: Layout) -> Sheet:
    """Two or three blocks of code, name and amount; the closing line carries both sums."""
    roles = ("code", "label", "amount") * len(form.blocks)
    header = []
    last = len(roles)
    top = 0
    if layout.names_basic_blocks:
        header.append(Span("人员经费", 0, 0, column_span=3))
        header.append(Span("公用经费", 0, 3, column_span=last - 3))
        top = 1
    for start in range(0, last, 3):
        header.append(Span("经济分类科目编码", top, start))
        header.append(Span("科目名称", top, start + 1))
        header.append(Span("决算数", top, start + 2))
    body = []
    for index in range(max(len(block.rows) for block in form.blocks)):
        cells: list[str] = []
        for block in form.blocks:
            if index < len(block.rows):
                row = block.rows[index]
                cells += [row.code, row.label, *_amounts(row, layout, layout.detail_zero)]
            else:
                cells += ["", "", ""]
        body.append(tuple(cells))
    (personnel, operating) = form.closing
    closing = [""] * last
    closing[0], closing[2] = personnel[0], layout.amount(personnel[1], layout.detail_zero)
    closing[3], closing[-1] = operating[0], layout.amount(operating[1], layout.detail_zero)
    spans = (
        Span(personnel[0], len(body), 0, column_span=2),
        Span(operating[0], len(body), 3, column_span=last - 4),
    )
    body.append(tuple(closing))
    return Sheet(roles, tuple(header), top + 1, tuple(body), spans)


def _three_public(form: Form, layout: Layout) -> Sheet:
    """Twelve columns, in halves by phase or interleaved by item; one line, or blank when empty."""
    (block,) = form.blocks
    total, overseas, vehicles, purchase, operation, reception = THREE_PUBLIC_MEASURES
    vehicle_heading = "公务用车购置及运行维护费"
    header: list[Span] = []
    if layout.three_public_columns == "halves":
        order = list(range(12))
        for half, phase in enumerate(("预算数", "决算数")):
            start = half * 6
            header.append(Span(phase, 0, start, column_span=6))
            header += [Span(total, 1, start, 2), Span(overseas, 1, start + 1, 2)]
            header.append(Span(vehicle_heading, 1, start + 2, column_span=3))
            header += [
                Span(name, 2, start + 2 + n)
                for n, name in enumerate((vehicles, purchase, operation))
            ]
            header.append(Span(reception, 1, start + 5, 2))
        header_row_count = 3
        if layout.has_ordinals:
            header += [Span(str(n + 1), 3, n) for n in range(12)]
            header_row_count = 4
    else:
        order = [half * 6 + item for item in range(6) for half in (0, 1)]
        header += [Span(total, 0, 0, 2, 2), Span(overseas, 0, 2, 2, 2)]
        header.append(Span(vehicle_heading, 0, 4, column_span=6))
        for n, name in enumerate((vehicles, purchase, operation)):
            header.append(Span(name, 1, 4 + 2 * n, column_span=2))
        header.append(Span(reception, 0, 10, 2, 2))
        header += [Span(("预算数", "决算数")[n % 2], 2, n) for n in range(12)]
        header_row_count = 3
    body = []
    for row in block.rows:
        amounts = _amounts(row, layout, layout.detail_zero)
        body.append(tuple(amounts[index] for index in order))
    return Sheet(("amount",) * 12, tuple(header), header_row_count, tuple(body))


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
            layout.amount(project.budget, "0"),
            layout.amount(project.executed, "0"),
            f"{project.score:f}",
            project.grade,
            project.remark,
        )
        for number, project in enumerate(projects, 1)
    )
    header = tuple(Span(name, 0, number) for number, name in enumerate(names))
    return Sheet(roles, header, 1, body)
