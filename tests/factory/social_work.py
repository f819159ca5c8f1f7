"""示例市社会工作部, a fictional department: 2024, forms without numbers, ordinals or zeros."""

from __future__ import annotations

from decimal import Decimal

from tests.factory.content import DisclosureContent
from tests.factory.economy import Economy, Particulars, ThreePublic, Totals
from tests.factory.form_parts import FormStyle
from tests.factory.layout import Layout
from tests.factory.shorthand import disclosure, economic_of, lines_of, vehicles_of

NAME = "示例市社会工作部"
UNITS = (f"{NAME}（本级）", "示例市志愿服务指导中心")
DUTY = "负责本市志愿服务的规划协调和社会工作人才队伍建设。"
STYLE = FormStyle(
    basic_blocks=2,
    numbers_carry_over=True,
    state_capital_income=True,
    three_public_title="财政拨款“三公”经费支出决算表",
)
LAYOUT = Layout(
    zero="",
    has_form_numbers=False,
    has_ordinals=False,
    three_public_columns="interleaved",
    total_row="general_last",
    repeats_header=False,
    names_basic_blocks=False,
    unit_caption="单位：万元",
)

_LINES = lines_of("""
2013901 general  86.42  86.42      0  88.00
2013950 general  24.75  24.75      0  25.60
2013999 general 168.30      0 168.30 170.00
2080505 general   9.84   9.84      0  10.00
2080506 general   4.92   4.92      0   5.00
2101101 general   3.96   3.96      0   4.00
2101102 general   1.12   1.12      0   1.20
2210201 general  14.28  14.28      0  14.50
2210203 general   6.40   6.40      0   6.40
""")


def economy() -> Economy:
    """Return the year 2024."""
    total = Decimal("301.86")
    return Economy(
        NAME,
        2024,
        _LINES,
        economic_of(
            """
            30101 28.16 30102 52.30 30107 13.42 30108 9.84 30109 4.92 30110 5.08
            30112 0.21 30113 14.28 30199 0.36 30201 4.86 30211 1.74 30213 0.38
            30226 0.95 30227 1.60 30228 1.42 30229 2.36 30239 4.10 30299 rest 31002 3.20
            """,
            _LINES,
        ),
        ThreePublic(),
        ThreePublic(),
        Totals(
            grand_total=total,
            fiscal_total=total,
            general_spent=total,
            basic=Decimal("146.21"),
            project=Decimal("155.65"),
            agency_operating=Decimal("22.40"),
        ),
        Particulars(
            vehicle_kinds=vehicles_of(0, 0, 0, 0, 0, 0, 0),
            procurement_goods=Decimal("12.40"),
            procurement_services=Decimal("46.85"),
            awarded_to_medium=Decimal("51.20"),
            awarded_to_small=Decimal("38.75"),
        ),
    )


def content() -> DisclosureContent:
    """Return the disclosure; it holds no mistake."""
    return disclosure(economy(), STYLE, LAYOUT, UNITS, DUTY)
