"""示例市水务局, a fictional department: 2022 to 2024 as PDF files, with one planted mistake.

Amounts are exact to the yuan, so that the printed forms carry natural rounding tails; carry-over
of the general budget, of a government fund and of other income runs through the years.
"""

from __future__ import annotations

from decimal import Decimal

from tests.factory.content import DisclosureContent, add_to_amounts
from tests.factory.economy import Economy, Particulars, ThreePublic, Totals
from tests.factory.form_parts import FormStyle
from tests.factory.layout import Layout
from tests.factory.shorthand import disclosure, economic_of, lines_of, vehicles_of, year_after

NAME = "示例市水务局"
UNITS = (f"{NAME}（本级）", "示例市水利工程管理中心")
DUTY = "负责本市水资源的开发利用、节约保护和防汛抗旱。"
STYLE = FormStyle(basic_blocks=2)
LAYOUT = Layout(zero="", groups_thousands=True, three_public_columns="interleaved")

# 支出决算表 of 2023: 合计 and 项目支出 (measures 0 and 2) of 款 21303 printed this much too high.
PLANTED_YEAR = 2023
PLANTED_CODE = "21303"
PLANTED = {0: Decimal("10.00"), 2: Decimal("10.00")}

# 项, fund, income, basic, project, initial budget, opening carry-over
_LINES_2022 = lines_of("""
2130301 general         1186.4273 1186.4273         0 1200.00
2130302 general           92.3568         0   92.3568   96.00
2130305 general          860.0000         0  802.1834  850.00 120.5000
2130306 general          365.4821         0  365.4821  370.00
2130311 general           84.1275         0   84.1275   86.00
2130314 general          158.9036         0  158.9036  160.00
2080505 general           98.6542   98.6542         0  100.00
2080506 general           49.3271   49.3271         0   50.00
2101101 general           56.2384   56.2384         0   57.00
2101103 general           18.4471   18.4471         0   18.60
2110302 general          203.7718         0  203.7718  205.00
2210201 general          112.5826  112.5826         0  113.00
2120803 government_fund  540.0000         0  497.3381       0  86.2500
2121301 government_fund  120.0000         0   95.4462       0
2130306 other             26.8000         0   18.5573       0  14.2000
""")
_LINES_2023 = lines_of("""
2130301 general         1214.8862 1214.8862         0 1225.00
2130302 general           88.2147         0   88.2147   90.00
2130305 general          780.0000         0  846.5127  880.00
2130306 general          372.6594         0  372.6594  376.00
2130311 general           79.4099         0   79.4099   81.00
2130314 general          176.3358         0  176.3358  180.00
2080505 general          101.2247  101.2247         0  102.00
2080506 general           50.6123   50.6123         0   51.00
2101101 general           58.1136   58.1136         0   59.00
2101103 general           18.9924   18.9924         0   19.20
2110302 general          188.4465         0  188.4465  190.00
2210201 general          115.7384  115.7384         0  116.50
2120803 government_fund  480.0000         0  522.7746       0
2121301 government_fund  130.0000         0  118.0355       0
2130306 other             22.5000         0   24.1168       0
""")
_LINES_2024 = lines_of("""
2130301 general         1238.5519 1238.5519         0 1250.00
2130302 general           85.0936         0   85.0936   87.00
2130305 general          820.0000         0  871.4472  900.00
2130306 general          380.1185         0  380.1185  384.00
2130311 general           82.7746         0   82.7746   84.00
2130314 general          169.2281         0  169.2281  172.00
2080505 general          104.0368  104.0368         0  105.00
2080506 general           52.0184   52.0184         0   52.50
2101101 general           59.6643   59.6643         0   60.50
2101103 general           19.4427   19.4427         0   19.60
2110302 general          192.6634         0  192.6634  195.00
2210201 general          118.2259  118.2259         0  119.00
2120803 government_fund  510.0000         0  548.1127       0
2121301 government_fund  125.0000         0  131.2248       0
2130306 other             24.0000         0   23.4415       0
""")


def _prior_2021() -> Totals:
    return Totals(
        grand_total=Decimal("3948.6215"),
        fiscal_total=Decimal("3910.1146"),
        general_spent=Decimal("3196.4478"),
        basic=Decimal("1498.2264"),
        project=Decimal("2214.5081"),
        agency_operating=Decimal("241.3072"),
    )


def _three_public(purchase: str, operation: str, reception: str) -> ThreePublic:
    return ThreePublic(
        vehicle_purchase=Decimal(purchase),
        vehicle_operation=Decimal(operation),
        reception=Decimal(reception),
    )


def economies() -> tuple[Economy, ...]:
    """Return the three years, each consistent in itself."""
    first = Economy(
        NAME,
        2022,
        _LINES_2022,
        economic_of(
            """
            30101 342.1180 30102 255.6014 30103 236.4402 30108 98.6542 30109 49.3271
            30110 56.2384 30111 18.4471 30112 6.3125 30113 112.5826 30199 38.2050
            30302 62.4480 30305 8.2460 30201 28.4415 30202 3.2186 30205 2.7734
            30206 15.8821 30207 9.4462 30209 22.6000 30211 11.2357 30213 8.7749
            30216 2.4468 30217 2.1835 30226 4.1172 30227 16.8893 30228 18.3346
            30229 7.6127 30231 12.4478 30239 42.8814 30299 rest 31002 6.3350
            """,
            _LINES_2022,
        ),
        _three_public("0", "24.0000", "4.5000"),
        _three_public("0", "21.8046", "3.4183"),
        _prior_2021(),
        Particulars(
            vehicles_kept=9,
            reception_batches=31,
            reception_guests=284,
            vehicle_kinds=vehicles_of(0, 1, 3, 4, 0, 0, 1),
            equipment_over_million=3,
            procurement_goods=Decimal("46.2815"),
            procurement_works=Decimal("612.4407"),
            procurement_services=Decimal("188.3362"),
            awarded_to_medium=Decimal("702.1184"),
            awarded_to_small=Decimal("355.6021"),
        ),
    )
    second = year_after(
        first,
        _LINES_2023,
        economic=economic_of(
            """
            30101 350.2264 30102 261.7758 30103 243.1183 30108 101.2247 30109 50.6123
            30110 58.1136 30111 18.9924 30112 6.4712 30113 115.7384 30199 39.1145
            30302 64.0271 30305 8.2460 30201 27.1158 30202 2.9943 30205 2.8106
            30206 16.2274 30207 9.3385 30209 23.1000 30211 14.6682 30213 8.1136
            30216 2.9947 30217 2.0512 30226 4.2264 30227 17.1120 30228 18.7753
            30229 7.8841 30231 11.9926 30239 43.5517 30299 rest 31002 5.8860 31013 17.6800
            """,
            _LINES_2023,
        ),
        three_public_budget=_three_public("18.0000", "23.5000", "4.2000"),
        three_public_final=_three_public("17.6800", "20.9527", "3.1846"),
        particulars=Particulars(
            vehicles_bought=1,
            vehicles_kept=10,
            reception_batches=29,
            reception_guests=266,
            vehicle_kinds=vehicles_of(0, 1, 3, 5, 0, 0, 1),
            equipment_over_million=3,
            procurement_goods=Decimal("58.1942"),
            procurement_works=Decimal("588.0753"),
            procurement_services=Decimal("194.6138"),
            awarded_to_medium=Decimal("715.4430"),
            awarded_to_small=Decimal("362.2279"),
        ),
    )
    third = year_after(
        second,
        _LINES_2024,
        economic=economic_of(
            """
            30101 357.4426 30102 266.9031 30103 248.3357 30108 104.0368 30109 52.0184
            30110 59.6643 30111 19.4427 30112 6.6138 30113 118.2259 30199 40.2276
            30302 65.7742 30305 8.2460 30201 26.8847 30202 3.1125 30205 2.7758
            30206 16.6643 30207 9.1174 30209 23.6000 30211 15.2238 30213 8.4461
            30216 3.1852 30217 1.9384 30226 4.3326 30227 17.5508 30228 19.1167
            30229 8.0042 30231 11.2263 30239 44.1136 30299 rest 31002 6.1140
            """,
            _LINES_2024,
        ),
        three_public_budget=_three_public("0", "22.5000", "4.0000"),
        three_public_final=_three_public("0", "19.8618", "2.9477"),
        particulars=Particulars(
            vehicles_kept=10,
            reception_batches=27,
            reception_guests=248,
            vehicle_kinds=vehicles_of(0, 1, 3, 5, 0, 0, 1),
            equipment_over_million=4,
            procurement_goods=Decimal("51.7726"),
            procurement_works=Decimal("634.1184"),
            procurement_services=Decimal("201.3357"),
            awarded_to_medium=Decimal("748.0069"),
            awarded_to_small=Decimal("377.1148"),
        ),
    )
    return first, second, third


def disclosures() -> tuple[DisclosureContent, ...]:
    """Return the three disclosures as published, the planted mistake included."""
    contents = [disclosure(each, STYLE, LAYOUT, UNITS, DUTY) for each in economies()]
    return tuple(
        add_to_amounts(content, "expenditure", PLANTED_CODE, PLANTED)
        if content.fiscal_year == PLANTED_YEAR
        else content
        for content in contents
    )
