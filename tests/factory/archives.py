"""示例市档案馆, a fictional department: 2022 to 2024 as text files, with one planted mistake."""

from __future__ import annotations

from decimal import Decimal

from tests.factory.content import DisclosureContent, add_to_amounts
from tests.factory.economy import Economy, Particulars, ThreePublic, Totals
from tests.factory.form_parts import FormStyle
from tests.factory.layout import Layout
from tests.factory.shorthand import (
    disclosure,
    economic_of,
    lines_of,
    projects_of,
    vehicles_of,
    year_after,
)

NAME = "示例市档案馆"
UNITS = (f"{NAME}（本级）",)
DUTY = "负责本市档案的接收、保管、整理和利用。"
STYLE = FormStyle()
LAYOUT = Layout()

# 三公 form of 2024: 合计 of 决算数 (measure 6) printed this much too high.
PLANTED_YEAR = 2024
PLANTED = {6: Decimal("0.30")}

# 项, fund, income, basic, project, initial budget
_LINES_2022 = lines_of("""
2012601 general 412.36 412.36      0 425.00
2012602 general  55.20      0  55.20  58.20
2012604 general 136.48      0 136.48 140.00
2080505 general  38.64  38.64      0  39.00
2080506 general  19.32  19.32      0  19.50
2101101 general  21.18  21.18      0  21.50
2101103 general   6.05   6.05      0   6.10
2210201 general  44.92  44.92      0  45.00
""")
_LINES_2023 = lines_of("""
2012601 general 428.75 428.75      0 436.00
2012602 general  51.60      0  51.60  54.00
2012604 general 142.90      0 142.90 146.00
2080505 general  40.12  40.12      0  40.50
2080506 general  20.06  20.06      0  20.30
2101101 general  21.94  21.94      0  22.10
2101103 general   6.27   6.27      0   6.30
2210201 general  46.38  46.38      0  46.80
""")
_LINES_2024 = lines_of("""
2012601 general 437.18 437.18      0 445.00
2012602 general  49.85      0  49.85  52.00
2012604 general 150.36      0 150.36 152.50
2080505 general  41.30  41.30      0  41.60
2080506 general  20.65  20.65      0  20.80
2101101 general  22.47  22.47      0  22.80
2101103 general   6.42   6.42      0   6.50
2210201 general  47.66  47.66      0  48.00
""")


def _prior_2021() -> Totals:
    total = Decimal("712.40")
    return Totals(
        grand_total=total,
        fiscal_total=total,
        general_spent=total,
        basic=Decimal("528.15"),
        project=Decimal("184.25"),
        agency_operating=Decimal("73.20"),
    )


def economies() -> tuple[Economy, ...]:
    """Return the three years, each consistent in itself."""
    first = Economy(
        NAME,
        2022,
        _LINES_2022,
        economic_of(
            """
            30101 128.40 30102 96.75 30103 84.12 30108 38.64 30109 19.32 30110 21.18
            30111 6.05 30112 1.86 30113 44.92 30199 12.30 30302 14.80 30305 2.16
            30201 9.35 30205 1.12 30206 6.48 30207 3.27 30211 2.84 30213 3.15 30216 0.92
            30217 0.46 30226 1.20 30227 5.60 30228 6.15 30229 4.38 30231 3.90 30239 18.24
            30299 rest 31002 2.10
            """,
            _LINES_2022,
        ),
        ThreePublic(vehicle_operation=Decimal("4.50"), reception=Decimal("0.80")),
        ThreePublic(vehicle_operation=Decimal("3.90"), reception=Decimal("0.46")),
        _prior_2021(),
        Particulars(
            vehicles_kept=2,
            reception_batches=8,
            reception_guests=62,
            vehicle_kinds=vehicles_of(0, 1, 1, 0, 0, 0, 0),
            equipment_over_million=1,
            procurement_goods=Decimal("21.40"),
            procurement_services=Decimal("108.60"),
            awarded_to_medium=Decimal("112.30"),
            awarded_to_small=Decimal("86.45"),
        ),
        projects_of("""
            馆藏档案数字化项目 120.00 118.48 98 优
            档案库房温湿度设备更新项目 20.00 18.00 95 优
            档案征集与展览项目 58.20 55.20 96 优
        """),
    )
    second = year_after(
        first,
        _LINES_2023,
        economic=economic_of(
            """
            30101 133.20 30102 100.42 30103 87.35 30108 40.12 30109 20.06 30110 21.94
            30111 6.27 30112 1.93 30113 46.38 30199 12.75 30302 15.24 30305 2.16
            30201 9.10 30205 1.08 30206 6.72 30207 3.31 30211 3.46 30213 2.98 30216 1.05
            30217 0.44 30226 1.35 30227 5.90 30228 6.40 30229 4.52 30231 3.85 30239 18.60
            30299 rest 31002 1.95
            """,
            _LINES_2023,
        ),
        three_public_budget=ThreePublic(
            vehicle_operation=Decimal("4.50"), reception=Decimal("0.70")
        ),
        three_public_final=ThreePublic(
            vehicle_operation=Decimal("3.85"), reception=Decimal("0.44")
        ),
        particulars=Particulars(
            vehicles_kept=2,
            reception_batches=7,
            reception_guests=58,
            vehicle_kinds=vehicles_of(0, 1, 1, 0, 0, 0, 0),
            equipment_over_million=1,
            procurement_goods=Decimal("18.75"),
            procurement_services=Decimal("115.20"),
            awarded_to_medium=Decimal("118.90"),
            awarded_to_small=Decimal("90.10"),
        ),
        projects=projects_of("""
            馆藏档案数字化项目 124.00 121.90 97 优
            档案库房温湿度设备更新项目 22.00 21.00 96 优
            档案征集与展览项目 54.00 51.60 88 良
        """),
    )
    third = year_after(
        second,
        _LINES_2024,
        economic=economic_of(
            """
            30101 136.05 30102 102.18 30103 88.90 30108 41.30 30109 20.65 30110 22.47
            30111 6.42 30112 1.98 30113 47.66 30199 13.10 30302 15.62 30305 2.16
            30201 8.85 30205 1.15 30206 6.90 30207 3.28 30211 3.72 30213 3.05 30216 1.10
            30217 0.38 30226 1.42 30227 6.05 30228 6.55 30229 4.60 30231 3.52 30239 18.90
            30299 rest 31002 1.80
            """,
            _LINES_2024,
        ),
        three_public_budget=ThreePublic(
            vehicle_operation=Decimal("4.20"), reception=Decimal("0.60")
        ),
        three_public_final=ThreePublic(
            vehicle_operation=Decimal("3.52"), reception=Decimal("0.38")
        ),
        particulars=Particulars(
            vehicles_kept=2,
            reception_batches=6,
            reception_guests=51,
            vehicle_kinds=vehicles_of(0, 1, 1, 0, 0, 0, 0),
            equipment_over_million=1,
            procurement_goods=Decimal("16.30"),
            procurement_services=Decimal("121.85"),
            awarded_to_medium=Decimal("124.60"),
            awarded_to_small=Decimal("95.35"),
        ),
        projects=projects_of("""
            馆藏档案数字化项目 130.50 129.36 98 优
            档案库房温湿度设备更新项目 22.00 21.00 96 优
            档案征集与展览项目 52.00 49.85 95 优
        """),
    )
    return first, second, third


def disclosures() -> tuple[DisclosureContent, ...]:
    """Return the three disclosures as published, the planted mistake included."""
    contents = [disclosure(each, STYLE, LAYOUT, UNITS, DUTY) for each in economies()]
    return tuple(
        add_to_amounts(content, "three_public", "", PLANTED)
        if content.fiscal_year == PLANTED_YEAR
        else content
        for content in contents
    )
