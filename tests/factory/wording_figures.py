"""The figures of the worded disclosures, and how rows of them are put side by side or nested."""

from __future__ import annotations

Rows = list[list[str]]

INCOME = (
    ("一、一般公共预算财政拨款收入", "90.00"),
    ("二、政府性基金预算财政拨款收入", "10.00"),
    ("三、国有资本经营预算财政拨款收入", "0.00"),
    ("八、其他收入", "5.00"),
)
OLD_INCOME = (
    ("一、财政拨款收入", "100.00"),
    ("其中：政府性基金预算财政拨款", "10.00"),
    ("二、事业收入", "0.00"),
    ("六、其他收入", "5.00"),
)
SOURCES = ("财政拨款收入", "上级补助收入", "事业收入", "其他收入")
NATURES = ("基本支出", "项目支出")
ITEMS = (
    "合计",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
)
BUDGET = ("6.00", "1.00", "2.00", "0.00", "2.00", "3.00")
FINAL = ("3.50", "0.00", "1.50", "0.00", "1.50", "2.00")
EMPTY_NOTE = "本部门没有使用国有资本经营预算安排的支出，故本表无数据。"


NAMES = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120899": "其他国有土地使用权出让收入安排的支出",
}


def _nested(total: tuple[str, ...], **items: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the amounts of total, 类, 款 and 项, one 项 under each 类."""
    rows = {"": total}
    for key, amounts in items.items():
        code = key.removeprefix("c")
        rows |= {code[:3]: amounts, code[:5]: amounts, code: amounts}
    return rows


RECEIPTS = _nested(
    ("105.00", "100.00", "0.00", "0.00", "5.00"),
    c2010301=("83.00", "78.00", "0.00", "0.00", "5.00"),
    c2080505=("12.00", "12.00", "0.00", "0.00", "0.00"),
    c2120899=("10.00", "10.00", "0.00", "0.00", "0.00"),
)
EXPENDITURE = _nested(
    ("102.00", "72.00", "30.00"),
    c2010301=("80.00", "60.00", "20.00"),
    c2080505=("12.00", "12.00", "—"),
    c2120899=("10.00", "—", "10.00"),
)
GENERAL = _nested(
    ("90.00", "70.00", "20.00"),
    c2010301=("78.00", "58.00", "20.00"),
    c2080505=("12.00", "12.00", ""),
)
FUND_COLUMNS = (
    "年初结转和结余",
    "本年收入",
    "本年支出/小计",
    "本年支出/基本支出",
    "本年支出/项目支出",
    "年末结转和结余",
)
FUND = _nested(
    ("0.00", "10.00", "10.00", "0.00", "10.00", "0.00"),
    c2120899=("0.00", "10.00", "10.00", "0.00", "10.00", "0.00"),
)


def two_rows(columns: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Print 组/栏 as a merged header over its columns: the group once, the columns below."""
    top: list[str] = []
    below: list[str] = []
    last = ""
    for column in columns:
        group, _, name = column.rpartition("/")
        top.append("" if group and group == last else group or name)
        below.append(name if group else "")
        last = group
    return top, below


def code_cells(code: str, is_split: bool) -> list[str]:
    return [code[:3], code[3:5], code[5:7]] if is_split else [code]


def side_by_side(
    left: list[tuple[str, ...]],
    right: list[tuple[str, ...]],
    total_labels: tuple[str, str],
    left_total: str,
    right_totals: tuple[str, ...],
    measures: tuple[str, ...],
) -> Rows:
    width = len(right_totals)
    count = max(len(left), len(right))
    left = [*left, *[("", "")] * (count - len(left)), (total_labels[0], left_total)]
    right = [
        *right,
        *[("",) * (width + 1)] * (count - len(right)),
        (total_labels[1], *right_totals),
    ]
    head = [["收入", "", "支出", *[""] * width], ["项目", "决算数", "项目", *measures]]
    return [*head, *([*a, *b] for a, b in zip(left, right, strict=True))]
