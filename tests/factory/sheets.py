"""The grids of the statutory forms, one function for each shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factory.content import Form, Row
from tests.factory.form_parts import THREE_PUBLIC_MEASURES
from tests.factory.grid import Sheet, Span

if TYPE_CHECKING:
    from tests.factory.layout import Layout

VEHICLES = "公务用车购置及运行维护费"


def side_by_side(form: Form, layout: Layout) -> Sheet:
    """收入 | 支出: label (with 行次) and measures of both blocks, line by line."""
    ordinal = ("ordinal",) if layout.has_ordinals else ()
    roles: tuple[str, ...] = ()
    header: list[Span] = []
    counted = 0
    for block in form.blocks:
        start = len(roles)
        roles += ("label", *ordinal, *("amount",) * len(block.measures))
        header.append(Span(block.heading, 0, start, column_span=len(roles) - start))
        names = ("项目", *(("行次",) if ordinal else ()), *map(layout.label, block.measures))
        header += [Span(name, 1, start + number) for number, name in enumerate(names)]
        if ordinal:
            header.append(Span("栏次", 2, start))
            for number in range(len(block.measures)):
                counted += 1
                header.append(Span(str(counted), 2, start + 2 + number))
    count = len(form.blocks[0].rows)
    second = {"continued": count, "restarted": 0, "from_29": 28}[layout.ordinals]
    body = []
    for index in range(count):
        cells: list[str] = []
        for number, block in enumerate(form.blocks):
            row = block.rows[index]
            line_number = (str(number * second + index + 1),) if ordinal else ()
            cells += [layout.label(row.label), *line_number, *_amounts(row, layout, layout.zero)]
        body.append(tuple(cells))
    return Sheet(roles, tuple(header), 3 if ordinal else 2, tuple(body))


def _amounts(row: Row, layout: Layout, zero: str) -> list[str]:
    return [layout.amount(value, zero) for value in row.amounts]


def coded(form: Form, layout: Layout) -> Sheet:
    """Code and name, then the measures; the columns of 本年支出 share a heading."""
    (block,) = form.blocks
    measures = tuple(map(layout.label, block.measures))
    width = 3 if layout.splits_codes else 1
    first = width + 1
    roles = (*("code",) * width, "label", *("amount",) * len(measures))
    rows = list(block.rows)
    has_third_row = (layout.has_ordinals or layout.splits_codes) and bool(rows)
    is_by_unit = form.form_code.endswith("_by_unit")
    header = [
        Span("项目", 0, 0, column_span=first),
        Span("单位编码" if is_by_unit else "功能分类科目编码", 1, 0, column_span=width),
        Span("单位名称" if is_by_unit else "科目名称", 1, width),
        *_measure_headers(measures, first),
    ]
    if has_third_row and layout.splits_codes:
        header += [Span(name, 2, number) for number, name in enumerate(("类", "款", "项"))]
        header.append(Span("栏次", 2, width))
    elif has_third_row:
        header.append(Span("栏次", 2, 0, column_span=2))
    if has_third_row:
        header += [Span(str(n + 1), 2, first + n) for n in range(len(measures))]
    header_row_count = 3 if has_third_row else 2
    last = layout.total_row == "last" or (
        layout.total_row == "general_last" and form.form_code == "general_budget_expenditure"
    )
    if rows and last:
        rows.append(rows.pop(0))
    if rows and layout.total_row == "header":
        total = rows.pop(0)
        header.append(Span(total.label, header_row_count, 0, column_span=first))
        header += [
            Span(text, header_row_count, first + number)
            for number, text in enumerate(_amounts(total, layout, layout.zero))
        ]
        header_row_count += 1
    body, spans = [], []
    for number, row in enumerate(rows):
        amounts = _amounts(row, layout, layout.zero)
        if row.code:
            parts = (row.code[:3], row.code[3:5], row.code[5:]) if width == 3 else (row.code,)
            body.append((*parts, layout.label(row.label), *amounts))
        else:
            body.append((row.label, *("",) * width, *amounts))
            spans.append(Span(row.label, number, 0, column_span=first))
    return Sheet(roles, tuple(header), header_row_count, tuple(body), tuple(spans))


def _measure_headers(measures: tuple[str, ...], first: int) -> list[Span]:
    """Two rows of header over the measures, the first of them in column ``first``."""
    if measures[0] == "合计":
        below = [Span(name, 1, first + number) for number, name in enumerate(measures)]
        return [Span("本年支出", 0, first, column_span=3), *below]
    if "小计" in measures:
        start = first + measures.index("小计")
        header = [Span("本年支出", 0, start, column_span=3)]
        for number, name in enumerate(measures, first):
            is_below = start <= number < start + 3
            header.append(Span(name, 1, number) if is_below else Span(name, 0, number, 2))
        return header
    return [Span(name, 0, first + number, row_span=2) for number, name in enumerate(measures)]


def basic(form: Form, layout: Layout) -> Sheet:
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
                amounts = _amounts(row, layout, layout.detail_zero)
                cells += [row.code, layout.label(row.label), *amounts]
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


def three_public(form: Form, layout: Layout) -> Sheet:
    """预算数 and 决算数 of the items, in columns by phase or by item, or one item a row."""
    (block,) = form.blocks
    count = len(block.measures) // 2
    phases = (block.measures[0].split("/")[0], block.measures[count].split("/")[0])
    # 会议费 and 培训费 follow the six statutory columns.
    extra = tuple(name.split("/")[1] for name in block.measures[6:count])
    if layout.three_public_columns == "rows":
        return _item_rows(block.rows, phases, extra, layout)
    if layout.three_public_columns == "halves":
        order = list(range(2 * count))
        header, header_row_count = _halves(phases, extra, layout)
    else:
        order = [half * count + item for item in range(count) for half in (0, 1)]
        header, header_row_count = _interleaved(phases, extra)
    body = []
    for row in block.rows:
        amounts = _amounts(row, layout, layout.detail_zero)
        body.append(tuple(amounts[index] for index in order))
    return Sheet(("amount",) * 2 * count, tuple(header), header_row_count, tuple(body))


def _halves(
    phases: tuple[str, str], extra: tuple[str, ...], layout: Layout
) -> tuple[list[Span], int]:
    total, overseas, *under_vehicles, reception = THREE_PUBLIC_MEASURES
    width = 6 + len(extra)
    header: list[Span] = []
    for half, phase in enumerate(phases):
        start = half * width
        header.append(Span(phase, 0, start, column_span=width))
        header += [
            Span(layout.label(total), 1, start, 2),
            Span(layout.label(overseas), 1, start + 1, 2),
        ]
        header.append(Span(VEHICLES, 1, start + 2, column_span=3))
        header += [Span(name, 2, start + 2 + n) for n, name in enumerate(under_vehicles)]
        header += [Span(name, 1, start + 5 + n, 2) for n, name in enumerate((reception, *extra))]
    if not layout.has_ordinals:
        return header, 3
    header += [Span(str(n + 1), 3, n) for n in range(2 * width)]
    return header, 4


def _interleaved(phases: tuple[str, str], extra: tuple[str, ...]) -> tuple[list[Span], int]:
    total, overseas, *under_vehicles, reception = THREE_PUBLIC_MEASURES
    header = [Span(total, 0, 0, 2, 2), Span(overseas, 0, 2, 2, 2)]
    header.append(Span(VEHICLES, 0, 4, column_span=6))
    for n, name in enumerate(under_vehicles):
        header.append(Span(name, 1, 4 + 2 * n, column_span=2))
    for n, name in enumerate((reception, *extra)):
        header.append(Span(name, 0, 10 + 2 * n, 2, 2))
    header += [Span(phases[n % 2], 2, n) for n in range(2 * (6 + len(extra)))]
    return header, 3


def _item_rows(
    rows: tuple[Row, ...], phases: tuple[str, str], extra: tuple[str, ...], layout: Layout
) -> Sheet:
    """项目 | 预算数 | 决算数, one item a row."""
    total, overseas, _, purchase, operation, reception = THREE_PUBLIC_MEASURES
    names = (total, overseas, VEHICLES, purchase, operation, reception, *extra)
    header = tuple(Span(text, 0, n) for n, text in enumerate(("项目", *phases)))
    body = []
    for row in rows:
        amounts = _amounts(row, layout, layout.detail_zero)
        body += [
            (layout.label(name), amounts[n], amounts[len(names) + n])
            for n, name in enumerate(names)
        ]
    return Sheet(("label", "amount", "amount"), header, 1, tuple(body))
