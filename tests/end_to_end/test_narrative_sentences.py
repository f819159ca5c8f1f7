"""Sentences as disclosures write them, from a file into conformed.narrative_statements."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from ingest.run import ingest_paths
from juesuan.build import build
from juesuan.settings import PROJECT_ROOT, Home

pytestmark = pytest.mark.slow

# Section, paragraph, and what it states: line, measure, phase, base, value (money in yuan); or, for
# a figure without a place, the reason and the figure as printed.
CASES = [
    (
        "一、收入支出决算总体情况说明",
        "与2022年相比，收、支总计各减少100.00万元，下降1.23%，主要原因是项目支出减少。",
        [
            ("grand_total", "change", "final", "prior_year_final", -1000000),
            ("grand_total", "growth", "final", "prior_year_final", "-1.23"),
        ],
    ),
    (
        "一、收入支出决算总体情况说明",
        "2023年度收、支总计各是123、456万元。",
        [
            ("grand_total", "amount", "final", None, 1230000),
            ("grand_total", "amount", "final", None, 4560000),
        ],
    ),
    (
        "三、支出决算情况说明",
        "本年支出合计10万元，其中：基本支出、项目支出分别为6万元、4万元，分别占60%、40%。",
        [
            ("expenditure_total", "amount", "final", None, 100000),
            ("basic", "amount", "final", None, 60000),
            ("project", "amount", "final", None, 40000),
            ("basic", "share", "final", "expenditure_total", 60),
            ("project", "share", "final", "expenditure_total", 40),
        ],
    ),
    (
        "四、财政拨款收入支出决算总体情况说明",
        "2023年度财政拨款收、支总计均为900万元。与上年持平。",
        [
            ("fiscal_grand_total", "amount", "final", None, 9000000),
            ("fiscal_grand_total", "change", "final", "prior_year_final", 0),
        ],
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "2023年度财政拨款支出900万元，主要用于以下方面：一般公共服务支出700万元，占77.8%；"
        "教育支出200万元，占22.2%，其他教育支出30万元。",
        [
            ("general_budget_expenditure", "amount", "final", None, 9000000),
            ("201", "amount", "final", None, 7000000),
            ("201", "share", "final", "general_budget_expenditure", "77.8"),
            ("205", "amount", "final", None, 2000000),
            ("205", "share", "final", "general_budget_expenditure", "22.2"),
            ("not_understood", "30"),
        ],
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "1．一般公共服务支出（类）发展与改革事务（款）行政运行（项）。主要用于：项目支出。"
        "全年预算为5万元，支出决算为5万元。决算数与全年预算数持平。",
        [
            ("2010401", "amount", "adjusted_budget", None, 50000),
            ("2010401", "amount", "final", None, 50000),
            ("2010401", "change_from_budget", "final", "adjusted_budget", 0),
        ],
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "2．一般公共服务支出（类）发展与改革事务（款）无人知晓（项）。年初预算为1万元。",
        [("unmapped_classification", "1")],
    ),
    (
        "七、财政拨款“三公”经费支出决算情况说明",
        "2023年度“三公”经费财政拨款支出预算为10万元，支出决算为5万元，完成预算的50%，"
        "比上年减少1.2万元，降幅19.35%。其中：公务接待费支出决算为2万元，占40%。"
        "较2022年下降（增长）5%。",
        [
            ("three_public.total", "amount", "budget_unspecified", None, 100000),
            ("three_public.total", "amount", "final", None, 50000),
            ("three_public.total", "completion_unspecified", "final", "budget_unspecified", 50),
            ("three_public.total", "change", "final", "prior_year_final", -12000),
            ("three_public.total", "growth", "final", "prior_year_final", "-19.35"),
            ("three_public.reception", "amount", "final", None, 20000),
            ("three_public.reception", "share", "final", "three_public.total", 40),
            ("template_left_in", "5%"),
        ],
    ),
    (
        "七、财政拨款“三公”经费支出决算情况说明",
        "全年因公出国（境）团组0个，累计0人次；公务用车购置1辆，年末公务用车保有量15辆；"
        "国内公务接待53批次，903人次（含外事接待2批次、7人次）。",
        [
            ("three_public.overseas", "count_groups", "final", None, 0),
            ("three_public.overseas", "count_person_times", "final", None, 0),
            ("three_public.vehicle_purchase", "count_purchased", "final", None, 1),
            ("three_public.vehicle_operation", "count_kept", "final", None, 15),
            ("three_public.reception_domestic", "count_batches", "final", None, 53),
            ("three_public.reception_domestic", "count_person_times", "final", None, 903),
            ("three_public.reception_domestic", "count_foreign_batches", "final", None, 2),
            ("three_public.reception_domestic", "count_foreign_person_times", "final", None, 7),
        ],
    ),
    (
        "八、政府性基金预算财政拨款收入支出决算情况说明",
        "本部门无政府性基金预算财政拨款收支。",
        [("government_fund.total", "amount", "final", None, 0)],
    ),
    (
        "十、其他重要事项情况说明",
        "机关运行经费支出50万元，比年初预算数减少3万元，5.66%，依据财库〔2023〕5号第12条。",
        [
            ("agency_operating", "amount", "final", None, 500000),
            ("agency_operating", "change_from_budget", "final", "initial_budget", -30000),
            ("agency_operating", "growth_from_budget", "final", "initial_budget", "-5.66"),
            ("legal_reference", "5"),
            ("legal_reference", "12"),
        ],
    ),
    (
        "十、其他重要事项情况说明",
        "共有车辆5辆，其中，其他用车5辆，单位价值50万元以上通用设备3台（套）。",
        [
            ("vehicles.total", "count", "final", None, 5),
            ("vehicles.other", "count", "final", None, 5),
            ("threshold", "50"),
            ("equipment.over_500k_general", "count", "final", None, 3),
        ],
    ),
    (
        "十、其他重要事项情况说明",
        "联系电话：0533-7220000，机关运行经费60万元。",
        [("personal", None), ("personal", None), ("personal", None)],
    ),
    (
        "十一、预算绩效情况说明",
        "绩效自评的3个项目中，有2个项目自评等级为优，涉及预算资金8万元，平均得分98.5分。",
        [
            ("performance.self_evaluated", "count", "final", None, 3),
            ("performance.grade_excellent", "count", "final", None, 2),
            ("performance.self_evaluated", "amount", "budget_unspecified", None, 80000),
            ("performance.average_score", "amount", "final", None, "98.5"),
        ],
    ),
    (
        "一、收入支出决算总体情况说明",
        "主要原因：一是公用经费增加5万元；二是项目支出较2022年减少8万元，下降3%。",
        [("not_understood", "5"), ("not_understood", "8"), ("not_understood", "3%")],
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "项目支出2万元。其他款项支出合计1万元。",
        [("general_project", "amount", "final", None, 20000), ("not_understood", "1")],
    ),
    (
        "六、财政拨款基本支出决算情况说明",
        "财政拨款基本支出9万元，其中：公用经费3万元，包括公务接待费1万元。",
        [
            ("general_basic", "amount", "final", None, 90000),
            ("operating", "amount", "final", None, 30000),
            ("not_understood", "1"),
        ],
    ),
    (
        "七、财政拨款“三公”经费支出决算情况说明",
        "“三公”经费一般公共预算财政拨款支出3万元。公务接待费支出预算4万元"
        "（其中：一般公共预算支出4万元），支出决算3万元，完成调整后预算的75%。",
        [
            ("three_public.total", "amount", "final", None, 30000),
            ("three_public.reception", "amount", "budget_unspecified", None, 40000),
            ("not_understood", "4"),
            ("three_public.reception", "amount", "final", None, 30000),
            ("three_public.reception", "completion_adjusted", "final", "adjusted_budget", 75),
        ],
    ),
    (
        "七、财政拨款“三公”经费支出决算情况说明",
        "公务接待费3万元，比2023年公务接待年初预算4万元减少1万元，下降25%，比上年减少2批次。",
        [
            ("three_public.reception", "amount", "final", None, 30000),
            ("three_public.reception", "amount", "initial_budget", None, 40000),
            ("three_public.reception", "change_from_budget", "final", "initial_budget", -10000),
            ("three_public.reception", "growth_from_budget", "final", "initial_budget", -25),
            ("not_understood", "2"),
        ],
    ),
    (
        "十、机关运行经费支出决算情况说明",
        "机关运行经费支出5万元（与一般公共预算财政拨款基本支出中公用经费之和一致）。"
        "与上年相比，增加1万元，增长25%。",
        [
            ("agency_operating", "amount", "final", None, 50000),
            ("agency_operating", "change", "final", "prior_year_final", 10000),
            ("agency_operating", "growth", "final", "prior_year_final", 25),
        ],
    ),
    (
        "十一、预算绩效情况说明",
        "项目绩效自评综述：全年预算数为52万元，自评得分为95分。",
        [("unmapped_classification", "52"), ("not_understood", "95")],
    ),
    (
        "七、“三公”经费财政拨款支出决算情况说明",
        "国内公务接待共3批次（其中外事接待1批次），20人次（其中外事接待5人次）。",
        [
            ("three_public.reception_domestic", "count_batches", "final", None, 3),
            ("three_public.reception_domestic", "count_foreign_batches", "final", None, 1),
            ("three_public.reception_domestic", "count_person_times", "final", None, 20),
            ("three_public.reception_domestic", "count_foreign_person_times", "final", None, 5),
        ],
    ),
    (
        "七、“三公”经费财政拨款支出决算情况说明",
        "国内公务接待批次6个，接待人次40人；国（境）外公务接待批次2个，接待人次9人。",
        [
            ("three_public.reception_domestic", "count_batches", "final", None, 6),
            ("three_public.reception_domestic", "count_person_times", "final", None, 40),
            ("three_public.reception_foreign", "count_batches", "final", None, 2),
            ("three_public.reception_foreign", "count_person_times", "final", None, 9),
        ],
    ),
    (
        "七、“三公”经费财政拨款支出决算情况说明",
        "“三公”经费支出决算为6.00万元，完成预算8.00万元的75.0%，比去年减少2.00万元，下降25.0%。",
        [
            ("three_public.total", "amount", "final", None, 60000),
            ("three_public.total", "amount", "budget_unspecified", None, 80000),
            ("three_public.total", "completion_unspecified", "final", "budget_unspecified", 75),
            ("three_public.total", "change", "final", "prior_year_final", -20000),
            ("three_public.total", "growth", "final", "prior_year_final", -25),
        ],
    ),
    (
        "七、“三公”经费财政拨款支出决算情况说明",
        "“三公”经费支出比预算增加0万元，比去年增加1.00万元，增长50.0%。",
        [
            ("three_public.total", "change_from_budget", "final", "budget_unspecified", 0),
            ("three_public.total", "change", "final", "prior_year_final", 10000),
            ("three_public.total", "growth", "final", "prior_year_final", 50),
        ],
    ),
    (
        "七、“三公”经费财政拨款支出决算情况说明",
        "“三公”经费支出决算比2022年度减少1.00万元，下降10.0%，其中：公务接待费减少1.20万元，"
        "下降60.0%；公务用车运行维护费增加0.20万元，增长2.5%。",
        [
            ("three_public.total", "change", "final", "prior_year_final", -10000),
            ("three_public.total", "growth", "final", "prior_year_final", -10),
            ("three_public.reception", "change", "final", "prior_year_final", -12000),
            ("three_public.reception", "growth", "final", "prior_year_final", -60),
            ("three_public.vehicle_operation", "change", "final", "prior_year_final", 2000),
            ("three_public.vehicle_operation", "growth", "final", "prior_year_final", "2.5"),
        ],
    ),
    (
        "十、机关运行经费支出决算情况说明",
        "机关运行经费支出决算20.00万元（其中：一般公共预算支出20.00万元）。",
        [
            ("agency_operating", "amount", "final", None, 200000),
            ("not_understood", "20.00"),
        ],
    ),
    (
        "二、收入决算情况说明",
        "本年收入合计80.00万元，包括财政拨款收入60.00万元（其中：一般公共预算财政拨款收入"
        "60.00万元），占收入合计75.0%。",
        [
            ("income_total", "amount", "final", None, 800000),
            ("fiscal_income", "amount", "final", None, 600000),
            ("source.general", "amount", "final", None, 600000),
            ("fiscal_income", "share", "final", "income_total", 75),
        ],
    ),
    (
        "四、财政拨款收入支出决算总体情况说明",
        "财政拨款收入、支出决算总计70.00万元。2023年度财政拨款收入合计60.00万元。",
        [
            ("fiscal_grand_total", "amount", "final", None, 700000),
            ("fiscal_income", "amount", "final", None, 600000),
        ],
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "3．一般公共服务支出（类）统计信息事务（款）统计信息事务（项）。年初预算为2万元。",
        [("unmapped_classification", "2")],
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "4．“教育支出”5.00万元。",
        [("205", "amount", "final", None, 50000)],
    ),
    (
        "七、“三公”经费财政拨款支出决算情况说明",
        "因公出国（境）共计3个团组，7人；国内公务接待60批次500人。",
        [
            ("three_public.overseas", "count_groups", "final", None, 3),
            ("three_public.overseas", "count_person_times", "final", None, 7),
            ("three_public.reception_domestic", "count_batches", "final", None, 60),
            ("three_public.reception_domestic", "count_person_times", "final", None, 500),
        ],
    ),
    (
        "二、收入决算情况说明",
        "2023年度本单位收入为80.00万元，其中：财政拨款收入60.00万元；事业收入20.00万元，占25.0%。",
        [
            ("not_understood", "80.00"),
            ("fiscal_income", "amount", "final", None, 600000),
            ("source.business", "amount", "final", None, 200000),
            ("base_not_stated", "25.0%"),
        ],
    ),
    (
        "十二、国有资产占用情况说明",
        "截至2023年12月31日，本部门及所属单位共有车辆2辆。",
        [("vehicles.total", "count", "final", None, 2)],
    ),
]


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[tuple]]:
    """What each line of a file states: the tables of a sample above, the cases below."""
    sample = (PROJECT_ROOT / "samples" / "archives-2023.txt").read_text(encoding="utf-8")
    tables = sample[: sample.rindex("第三部分")]
    text = tables + "第三部分 2023年度部门决算情况说明\n"
    for heading, paragraph, _ in CASES:
        text += f"\n{heading}\n\n{paragraph}\n"
    folder = tmp_path_factory.mktemp("sentences")
    (folder / "sentences.txt").write_text(text, encoding="utf-8")
    home = Home(folder / "home")
    ingest_paths([folder / "sentences.txt"], home.path, workers=1)
    build(home)
    first_line = tables.count("\n") + 4
    found: dict[int, list[tuple]] = {number: [] for number in range(len(CASES))}
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT s.line_number, n.unplaced_reason, n.printed, n.line_code, n.measure_code,
                n.phase, n.base, n.value
            FROM conformed.narrative_statements AS n
            JOIN raw.narrative_sentences AS s USING (sentence_id)
            WHERE n.unplaced_reason IS DISTINCT FROM 'date_or_year' AND s.line_number >= ?
            ORDER BY s.sentence_number, n.statement_id
            """,
            [first_line],
        ).fetchall()
    for line, reason, printed, *stated in rows:
        case = (line - first_line) // 4
        found[case].append((reason, printed) if reason else tuple(stated))
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[1][:16] for case in CASES])
def test_sentence_is_read_as_it_is_meant(statements: dict[int, list[tuple]], number: int):
    expected = [row if len(row) == 2 else (*row[:4], Decimal(row[4])) for row in CASES[number][2]]
    assert statements[number] == expected
