"""The prose of many places, all of it about the figures of `wordings.STANDARD` (2022).

Each style is a disclosure of its own: headings, paragraphs, and what a paragraph says as (line,
measure, phase, value), money in yuan. Everything is invented and agrees with the forms, so whatever
is accused, or stated beyond what is listed here, was misread. Figures that we have no place for
(燃油费, 人均, another year) are the point of most of these sentences.
"""

from __future__ import annotations

Stated = tuple[str, str, str, str]

OVERALL = "一、收入支出决算总体情况说明"
INCOME = "二、收入决算情况说明"
EXPENDITURE = "三、支出决算情况说明"
FISCAL = "四、财政拨款收入支出决算总体情况说明"
GENERAL = "五、一般公共预算财政拨款支出决算情况说明"
BASIC = "六、一般公共预算财政拨款基本支出决算情况说明"
THREE = "七、财政拨款“三公”经费支出决算情况说明"
FUND = "八、政府性基金预算财政拨款收入支出决算情况说明"
OPERATING = "十、机关运行经费支出情况说明"
PROCUREMENT = "十一、政府采购支出情况说明"
ASSETS = "十二、国有资产占用情况说明"
PERFORMANCE = "十三、预算绩效情况说明"

FINAL, PRIOR = "final", "prior_year_final"
INITIAL, BUDGET = "initial_budget", "budget_unspecified"


def _amount(line: str, wan: str, phase: str = FINAL) -> Stated:
    """An amount given in 万元, which in yuan has four places more."""
    return line, "amount", phase, f"{wan}e4"


def _as(line: str, measure: str, value: str, phase: str = FINAL) -> Stated:
    return line, measure, phase, value


TOTAL, OVERSEAS, CARS = "three_public.total", "three_public.overseas", "three_public.vehicles"
BUYING, RUNNING = "three_public.vehicle_purchase", "three_public.vehicle_operation"
GUESTS, HOME_GUESTS = "three_public.reception", "three_public.reception_domestic"

STYLES: dict[str, list[tuple[str, str, list[Stated]]]] = {
    "running costs in detail": [
        (
            THREE,
            "2022年度“三公”经费财政拨款支出预算为6.00万元，支出决算为3.50万元，完成预算的58.33%。其中："
            "因公出国（境）费支出决算为0万元；公务用车购置及运行维护费支出决算为1.50万元，占42.86%；"
            "公务接待费支出决算为2.00万元，占57.14%。",
            [
                _amount(TOTAL, "6", BUDGET),
                _amount(TOTAL, "3.5"),
                _as(TOTAL, "completion_unspecified", "58.33"),
                _amount(OVERSEAS, "0"),
                _amount(CARS, "1.5"),
                _as(CARS, "share", "42.86"),
                _amount(GUESTS, "2"),
                _as(GUESTS, "share", "57.14"),
            ],
        ),
        (
            THREE,
            "公务用车运行维护费1.50万元，主要用于车辆加油0.70万元、维修0.40万元、保险0.40万元，占该项支出的100%。",
            [_amount(RUNNING, "1.5")],
        ),
        (
            THREE,
            "公务用车运行维护费用于加油0.70万元，平均每辆0.75万元。车均运行维护费0.75万元，"
            "较上年减少0.10万元，下降11.76%。",
            [],
        ),
        (
            THREE,
            "公务接待费2.00万元，人均接待费80元，用餐支出1.60万元，住宿支出0.40万元。"
            "全年国内公务接待25批次，250人次。",
            [
                _amount(GUESTS, "2"),
                _as(HOME_GUESTS, "count_batches", "25"),
                _as(HOME_GUESTS, "count_person_times", "250"),
            ],
        ),
        (
            THREE,
            "公务接待费支出主要用于：招商考察接待1.20万元；上级调研接待0.80万元，比上年增加0.30万元。",
            [],
        ),
    ],
    "two years side by side": [
        (
            THREE,
            "三公经费2021年决算数为80.11万元，2022年决算数为3.50万元，减少76.61万元，同比下降95.63%。",
            [
                _amount(TOTAL, "80.11", PRIOR),
                _amount(TOTAL, "3.5"),
                _as(TOTAL, "growth", "-95.63"),
            ],
        ),
        (
            THREE,
            "公务接待费较2021年的4.00万元减少2.00万元，下降50%；较2020年的9.00万元减少7.00万元，下降77.78%。",
            [
                _amount(GUESTS, "4", PRIOR),
                _as(GUESTS, "change", "-20000"),
                _as(GUESTS, "growth", "-50"),
            ],
        ),
        (
            THREE,
            "因公出国（境）费与上年0.30万元相比减少0.30万元。2021年公务用车运行维护费1.80万元，"
            "2020年公务用车运行维护费2.20万元。",
            [
                _amount(OVERSEAS, "0.3", PRIOR),
                _amount(RUNNING, "1.8", PRIOR),
            ],
        ),
        (
            THREE,
            "2022年与2021年公务接待费分别为2.00万元、4.00万元。公务用车运行维护费预算、决算分别为2.00万元、1.50万元。",
            [],
        ),
        (
            THREE,
            "2022年“三公”经费预算数较2021年预算数减少12.00万元，下降66.67%。",
            [],
        ),
        (
            OVERALL,
            "2022年度收、支总计均为110.00万元。与2021年度相比，收、支总计各增加10.00万元，增长10%。"
            "与2020年度相比，收、支总计各增加20.00万元，增长22.22%。",
            [
                _amount("grand_total", "110"),
                _as("grand_total", "change", "100000"),
                _as("grand_total", "growth", "10"),
            ],
        ),
    ],
    "funds told apart": [
        (
            BASIC,
            "2022年使用一般公共预算财政拨款安排基本支出70.00万元，其中：人员经费50.00万元，公用经费20.00万元。",
            [
                _amount("general_basic", "70"),
                _amount("personnel", "50"),
                _amount("operating", "20"),
            ],
        ),
        (
            BASIC,
            "使用政府性基金预算财政拨款安排基本支出0.00万元；使用国有资本经营预算安排基本支出3.00万元，人员经费3.00万元。",
            [],
        ),
        (
            EXPENDITURE,
            "本年支出合计102.00万元，其中：基本支出72.00万元，占70.59%；项目支出30.00万元，占29.41%。"
            "财政拨款安排的基本支出70.00万元，项目支出30.00万元。",
            [
                _amount("expenditure_total", "102"),
                _amount("basic", "72"),
                _as("basic", "share", "70.59"),
                _amount("project", "30"),
                _as("project", "share", "29.41"),
            ],
        ),
        (
            INCOME,
            "本年收入合计105.00万元，其中：财政拨款收入100.00万元，占95.24%；事业收入0万元，占0%；"
            "其他收入5.00万元，占4.76%，其中利息收入0.20万元，占其他收入的4%。",
            [
                _amount("income_total", "105"),
                _amount("fiscal_income", "100"),
                _as("fiscal_income", "share", "95.24"),
                _amount("source.business", "0"),
                _as("source.business", "share", "0"),
                _amount("source.other", "5"),
                _as("source.other", "share", "4.76"),
            ],
        ),
        (
            FUND,
            "政府性基金预算财政拨款本年收入10.00万元，本年支出10.00万元，年末结转和结余0万元。"
            "其中用于征地补偿支出6.00万元，用于城市建设支出4.00万元。",
            [
                _amount("government_fund.income", "10"),
                _amount("government_fund.total", "10"),
                _amount("government_fund.closing_carryover", "0"),
            ],
        ),
    ],
    "lists in words": [
        (
            GENERAL,
            "2022年度一般公共预算财政拨款支出90.00万元，主要用于以下方面：一般公共服务支出78.00万元，占86.67%；"
            "社会保障和就业支出12.00万元，占13.33%。",
            [
                _amount("general_budget_expenditure", "90"),
                _amount("201", "78"),
                _as("201", "share", "86.67"),
                _amount("208", "12"),
                _as("208", "share", "13.33"),
            ],
        ),
        (
            GENERAL,
            "1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）。年初预算为75.00万元，"
            "支出决算为78.00万元，完成年初预算的104%，决算数大于年初预算数的主要原因是追加绩效奖2.10万元。",
            [
                _amount("2010301", "75", INITIAL),
                _amount("2010301", "78"),
                _as("2010301", "completion_initial", "104"),
            ],
        ),
        (
            GENERAL,
            "项目支出20.00万元，主要用于公务接待费0.60万元、会议费3.00万元、印刷费1.20万元，较上年增加1.00万元。",
            [_amount("general_project", "20")],
        ),
        (
            BASIC,
            "人员经费、公用经费分别为50.00万元、20.00万元，分别较上年增加5.00万元、减少3.00万元。"
            "工资、津贴补贴、奖金分别为30.00、12.00、8.00万元。",
            [_amount("personnel", "50"), _amount("operating", "20")],
        ),
        (
            THREE,
            "因公出国（境）费、公务用车购置费均为0万元。公务用车运行维护费和公务接待费共3.50万元。"
            "会议费、公务接待费5.00万元。培训费及公务接待费4.00万元。",
            [_amount(BUYING, "0")],
        ),
        (
            THREE,
            "因公出国（境）费0.00万元、公务用车购置及运行维护费1.50万元和公务接待费2.00万元。"
            "局机关公务接待费1.10万元，下属单位公务接待费0.90万元。",
            [_amount(OVERSEAS, "0"), _amount(CARS, "1.5"), _amount(GUESTS, "2")],
        ),
    ],
    "other units and turns of growth": [
        (
            OPERATING,
            "2022年度机关运行经费支出0.002亿元，比上年增加2.00万元，增长11.11%，主要原因是物业费上涨3.50万元。",
            [
                ("agency_operating", "amount", FINAL, "200000"),
                _as("agency_operating", "change", "20000"),
                _as("agency_operating", "growth", "11.11"),
            ],
        ),
        (
            OPERATING,
            "机关运行经费约20万元，较上年翻了1.2倍，占比提高2.3个百分点，办公费增长1.2倍，机关运行经费增长-3.5%。",
            [_as("agency_operating", "growth", "-3.5")],
        ),
        (
            THREE,
            "公务接待费同比下降-3.5%，净增加0.10万元，公务接待费20余万元，公务接待费近2万元，公务接待费2万元左右。",
            [_as(GUESTS, "change", "1000")],
        ),
        (
            PROCUREMENT,
            "2022年度政府采购支出总额9.00万元，其中：政府采购货物支出4.00万元、政府采购工程支出0万元、"
            "政府采购服务支出5.00万元。授予中小企业合同金额9.00万元，占政府采购支出总额的100%，"
            "其中：授予小微企业合同金额3.00万元，占授予中小企业合同金额的33.33%。",
            [
                _amount("procurement.total", "9"),
                _amount("procurement.goods", "4"),
                _amount("procurement.works", "0"),
                _amount("procurement.services", "5"),
                _amount("procurement.sme_award", "9"),
                _as("procurement.sme_award", "share", "100"),
                _amount("procurement.micro_award", "3"),
                _as("procurement.micro_award", "share", "33.33"),
            ],
        ),
        (
            PROCUREMENT,
            "政府采购预算10.00万元，实际采购9.00万元，节约资金1.00万元，节约率10%。",
            [],
        ),
        (
            ASSETS,
            "截至2022年12月31日，本部门共有车辆3辆，其中，应急保障用车1辆、其他用车2辆，其他用车主要是调研用车2辆；"
            "单位价值100万元以上设备（不含车辆）0台（套）。",
            [
                _as("vehicles.total", "count", "3"),
                _as("vehicles.emergency", "count", "1"),
                _as("vehicles.other", "count", "2"),
                _as("equipment.over_1m", "count", "0"),
            ],
        ),
        (
            ASSETS,
            "资产总额350.00万元，其中流动资产40.00万元，固定资产310.00万元；报废车辆2辆，处置收入1.30万元。",
            [],
        ),
    ],
    "self-evaluation by fund": [
        (
            PERFORMANCE,
            "对2022年度一般公共预算项目支出全面开展绩效自评，其中一级项目2个，二级项目5个，共涉及资金18.00万元，"
            "占一般公共预算项目支出总额的100%。",
            [
                _as("performance.first_level_projects", "count", "2"),
                _as("performance.second_level_projects", "count", "5"),
                ("performance.self_evaluated.general", "amount", BUDGET, "180000"),
            ],
        ),
        (
            PERFORMANCE,
            "对政府性基金预算项目开展绩效自评，涉及资金10.00万元，占政府性基金预算项目支出总额的100%。",
            [("performance.self_evaluated.government_fund", "amount", BUDGET, "100000")],
        ),
        (
            PERFORMANCE,
            "财政拨款绩效自评项目7个，涉及资金28.00万元；部门合计自评项目8个，资金合计31.00万元。",
            [
                ("performance.self_evaluated.fiscal_total", "count", FINAL, "7"),
                ("performance.self_evaluated.fiscal_total", "amount", BUDGET, "280000"),
            ],
        ),
    ],
    "a ministry": [
        (
            OVERALL,
            "示例市文化局2022年度收入总计110.00万元，支出总计110.00万元。与2021年相比，收、支总计各减少2.50万元，"
            "下降2.22%。主要是压减一般性支出12.00万元。",
            [
                _amount("grand_total", "110"),
                _amount("grand_total", "110"),
                _as("grand_total", "change", "-25000"),
                _as("grand_total", "growth", "-2.22"),
            ],
        ),
        (
            OVERALL,
            "收入总计110.00万元，其中：本年收入105.00万元，使用非财政拨款结余0万元，上年结转5.00万元。"
            "较上年决算数增加8.00万元，增长7.84%。",
            [
                _amount("grand_total", "110"),
                _as("grand_total", "change", "80000"),
                _as("grand_total", "growth", "7.84"),
            ],
        ),
        (
            THREE,
            "公务接待费2.00万元，其中：国内接待费2.00万元，主要用于与外省同行交流。共接待国内来访团组25个、"
            "来宾250人次（不包括陪同人员），其中用于国外来访团组的支出0.00万元，共接待国外来访团组0个、来宾0人次。",
            [_amount(GUESTS, "2"), _amount(HOME_GUESTS, "2")],
        ),
        (
            THREE,
            "公务用车购置费0万元，完成预算的0%；公务用车运行维护费1.50万元，完成预算的75%，"
            "主要用于公务出行所需的燃料费、维修费，截至2022年12月31日，开支财政拨款的公务用车保有量2辆。",
            [
                _amount(BUYING, "0"),
                _as(BUYING, "completion_unspecified", "0"),
                _amount(RUNNING, "1.5"),
                _as(RUNNING, "completion_unspecified", "75"),
                _as(RUNNING, "count_kept", "2"),
            ],
        ),
        (
            GENERAL,
            "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）2022年度决算78.00万元，"
            "比2022年年初预算增加3.00万元，增长4%；比2021年决算减少2.00万元。其中办公费4.00万元，增长5%。",
            [
                _amount("2010301", "78"),
                _as("2010301", "change_from_budget", "30000"),
                _as("2010301", "growth_from_budget", "4"),
                _as("2010301", "change", "-20000"),
            ],
        ),
        (
            GENERAL,
            "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）主要用于缴纳养老保险，"
            "年初预算12.00万元，支出决算12.00万元，完成年初预算的100%，与年初预算持平，其中局机关7.00万元，馆5.00万元。",
            [
                _amount("2080505", "12", INITIAL),
                _amount("2080505", "12"),
                _as("2080505", "completion_initial", "100"),
                _as("2080505", "change_from_budget", "0"),
            ],
        ),
    ],
    "budgets beside finals": [
        (
            THREE,
            "2022年“三公”经费年初预算6.00万元，其中公务接待费3.00万元、公务用车运行维护费2.00万元；"
            "支出决算3.50万元，其中公务接待费2.00万元、公务用车运行维护费1.50万元。",
            [
                _amount(TOTAL, "6", INITIAL),
                _amount(GUESTS, "2"),
                _amount(RUNNING, "1.5"),
            ],
        ),
        (
            THREE,
            "2022年预算安排公务接待费3.00万元，实际支出2.00万元，执行率66.67%，节约1.00万元。",
            [],
        ),
        (
            THREE,
            "公务接待费预算3.00万元，决算2.00万元，占预算的66.67%，占年初预算的66.67%，比预算减少33.33%。",
            [],
        ),
        (
            THREE,
            "公务接待费年初预算数、全年预算数、决算数分别为3.00万元、3.00万元、2.00万元，比年初预算减少1.00万元，"
            "公务用车运行维护费三年来分别增加0.10万元、0.20万元。",
            [],
        ),
        (
            THREE,
            "2023年“三公”经费预算安排5.00万元，计划接待20批次；2022年公务接待费2.00万元。",
            [_amount(GUESTS, "2")],
        ),
        (
            OPERATING,
            "机关运行经费支出20.00万元，其中办公费4.00万元，印刷费1.00万元，比上年增加0.50万元，增长2.56%。"
            "比年初预算增加2.00万元，增长11.11%。",
            [
                _amount("agency_operating", "20"),
                _as("agency_operating", "change_from_budget", "20000"),
                _as("agency_operating", "growth_from_budget", "11.11"),
            ],
        ),
        (
            BASIC,
            "人员经费50.00万元，主要包括：基本工资30.00万元、津贴补贴20.00万元；公用经费20.00万元，"
            "主要包括：办公费18.00万元、公务接待费2.00万元。",
            [_amount("personnel", "50"), _amount("operating", "20")],
        ),
        (
            PROCUREMENT,
            "政府采购货物支出中计算机采购2.00万元，政府采购支出总额中由省级集中采购6.00万元，占66.67%。",
            [],
        ),
        (
            INCOME,
            "2021年本年收入合计96.00万元，2022年本年收入合计105.00万元，增加9.00万元。所属单位事业收入3.00万元。",
            [_amount("income_total", "96", PRIOR), _amount("income_total", "105")],
        ),
    ],
    "a comparison behind a list": [
        (
            THREE,
            "“三公”经费支出决算3.50万元，其中公务接待费2.00万元、公务用车运行维护费1.50万元，比上年减少0.50万元，"
            "下降12.5%。比年初预算减少2.50万元。",
            [_amount(TOTAL, "3.5"), _amount(GUESTS, "2"), _amount(RUNNING, "1.5")],
        ),
        (
            THREE,
            "“三公”经费支出决算3.50万元。其中：公务接待费2.00万元，比上年减少0.20万元，下降9.09%；"
            "公务用车运行维护费1.50万元，比上年减少0.30万元，下降16.67%。",
            [
                _amount(TOTAL, "3.5"),
                _amount(GUESTS, "2"),
                _as(GUESTS, "change", "-2000"),
                _as(GUESTS, "growth", "-9.09"),
                _amount(RUNNING, "1.5"),
                _as(RUNNING, "change", "-3000"),
                _as(RUNNING, "growth", "-16.67"),
            ],
        ),
        (
            THREE,
            "公务接待费年初预算3.00万元、公务用车运行维护费年初预算2.00万元；公务接待费支出决算2.00万元、"
            "公务用车运行维护费支出决算1.50万元，与年初预算持平。",
            [
                _amount(GUESTS, "3", INITIAL),
                _amount(RUNNING, "2", INITIAL),
                _amount(GUESTS, "2"),
                _amount(RUNNING, "1.5"),
            ],
        ),
        (
            THREE,
            "公务接待费支出决算2.00万元，比年初预算减少1.00万元。公务用车运行维护费支出决算1.50万元，增加0.20万元。",
            [
                _amount(GUESTS, "2"),
                _as(GUESTS, "change_from_budget", "-10000"),
                _amount(RUNNING, "1.5"),
            ],
        ),
        (
            EXPENDITURE,
            "本年支出合计102.00万元，基本支出72.00万元，项目支出30.00万元，较上年增加6.00万元，增长6.25%。"
            "较上年增加6.00万元，增长6.25%。",
            [_amount("expenditure_total", "102"), _amount("basic", "72"), _amount("project", "30")],
        ),
        (
            GENERAL,
            "一般公共预算财政拨款支出90.00万元。其中：基本支出70.00万元，占77.78%；项目支出20.00万元，占22.22%。"
            "完成年初预算的103.45%。",
            [
                _amount("general_budget_expenditure", "90"),
                _amount("general_basic", "70"),
                _as("general_basic", "share", "77.78"),
                _amount("general_project", "20"),
                _as("general_project", "share", "22.22"),
            ],
        ),
    ],
}
