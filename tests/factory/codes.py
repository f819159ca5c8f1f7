"""Names of the classifications as the forms print them: facts, not ours to choose."""

from __future__ import annotations

import csv
from pathlib import Path

FUNCTIONAL_CLASSES = (
    ("201", "一般公共服务支出"),
    ("202", "外交支出"),
    ("203", "国防支出"),
    ("204", "公共安全支出"),
    ("205", "教育支出"),
    ("206", "科学技术支出"),
    ("207", "文化旅游体育与传媒支出"),
    ("208", "社会保障和就业支出"),
    ("210", "卫生健康支出"),
    ("211", "节能环保支出"),
    ("212", "城乡社区支出"),
    ("213", "农林水支出"),
    ("214", "交通运输支出"),
    ("215", "资源勘探工业信息等支出"),
    ("216", "商业服务业等支出"),
    ("217", "金融支出"),
    ("219", "援助其他地区支出"),
    ("220", "自然资源海洋气象等支出"),
    ("221", "住房保障支出"),
    ("222", "粮油物资储备支出"),
    ("223", "国有资本经营预算支出"),
    ("224", "灾害防治及应急管理支出"),
    ("229", "其他支出"),
    ("231", "债务还本支出"),
    ("232", "债务付息支出"),
    ("234", "抗疫特别国债安排的支出"),
)

SEEDS = Path(__file__).parents[2] / "seeds"


def _listed_names() -> dict[str, str]:
    """Names of the codes that mean the same in every year since 2020."""
    with (SEEDS / "functional_classifications.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        row["functional_code"]: row["name_zh"]
        for row in rows
        if int(row["valid_from_year"]) <= 2020 and not row["valid_to_year"]
    }


# The 款 and 项 that the fictional departments and the Linzi sample use, over the list of the year.
FUNCTIONAL_NAMES = (
    _listed_names()
    | dict(FUNCTIONAL_CLASSES)
    | {
        "20103": "政府办公厅（室）及相关机构事务",
        "2010301": "行政运行",
        "2010302": "一般行政管理事务",
        "2010303": "机关服务",
        "2010305": "专项业务活动",
        "2010399": "其他政府办公厅（室）及相关机构事务支出",
        "20126": "档案事务",
        "2012601": "行政运行",
        "2012602": "一般行政管理事务",
        "2012604": "档案馆",
        "20139": "社会工作事务",
        "2013901": "行政运行",
        "2013950": "事业运行",
        "2013999": "其他社会工作事务支出",
        "20805": "行政事业单位养老支出",
        "2080501": "行政单位离退休",
        "2080505": "机关事业单位基本养老保险缴费支出",
        "2080506": "机关事业单位职业年金缴费支出",
        "21011": "行政事业单位医疗",
        "2101101": "行政单位医疗",
        "2101102": "事业单位医疗",
        "2101103": "公务员医疗补助",
        "21103": "污染防治",
        "2110302": "水体",
        "21208": "国有土地使用权出让收入安排的支出",
        "2120803": "城市建设支出",
        "21213": "城市基础设施配套费安排的支出",
        "2121301": "城市公共设施",
        "21303": "水利",
        "2130301": "行政运行",
        "2130302": "一般行政管理事务",
        "2130305": "水利工程建设",
        "2130306": "水利工程运行与维护",
        "2130311": "水资源节约管理与保护",
        "2130314": "防汛",
        "22102": "住房改革支出",
        "2210201": "住房公积金",
        "2210203": "购房补贴",
    }
)

_PERSONNEL = """
301 工资福利支出
30101 基本工资
30102 津贴补贴
30103 奖金
30106 伙食补助费
30107 绩效工资
30108 机关事业单位基本养老保险缴费
30109 职业年金缴费
30110 职工基本医疗保险缴费
30111 公务员医疗补助缴费
30112 其他社会保障缴费
30113 住房公积金
30114 医疗费
30199 其他工资福利支出
303 对个人和家庭的补助
30301 离休费
30302 退休费
30303 退职（役）费
30304 抚恤金
30305 生活补助
30306 救济费
30307 医疗费补助
30308 助学金
30309 奖励金
30310 个人农业生产补贴
30311 代缴社会保险费
30399 其他对个人和家庭的补助
"""

_GOODS_AND_SERVICES = """
302 商品和服务支出
30201 办公费
30202 印刷费
30203 咨询费
30204 手续费
30205 水费
30206 电费
30207 邮电费
30208 取暖费
30209 物业管理费
30211 差旅费
30212 因公出国（境）费用
30213 维修（护）费
30214 租赁费
30215 会议费
30216 培训费
30217 公务接待费
30218 专用材料费
30224 被装购置费
30225 专用燃料费
30226 劳务费
30227 委托业务费
30228 工会经费
30229 福利费
30231 公务用车运行维护费
30239 其他交通费用
30240 税金及附加费用
30299 其他商品和服务支出
"""

_DEBT_COSTS = """
307 债务利息及费用支出
30701 国内债务付息
30702 国外债务付息
30703 国内债务发行费用
30704 国外债务发行费用
"""

_CAPITAL = """
310 资本性支出
31001 房屋建筑物购建
31002 办公设备购置
31003 专用设备购置
31005 基础设施建设
31006 大型修缮
31007 信息网络及软件购置更新
31008 物资储备
31009 土地补偿
31010 安置补助
31011 地上附着物和青苗补偿
31012 拆迁补偿
31013 公务用车购置
31019 其他交通工具购置
31021 文物和陈列品购置
31022 无形资产购置
31099 其他资本性支出
"""

_SUBSIDIES = """
312 对企业补助
31201 资本金注入
31203 政府投资基金股权投资
31204 费用补贴
31205 利息补贴
31299 其他对企业补助
"""

# The list of 2020, and the one in force since: 39906 gave way to 39909 and 39910.
_OTHER_2020 = """
399 其他支出
39906 赠与
39907 国家赔偿费用支出
39908 对民间非营利组织和群众性自治组织补贴
39999 其他支出
"""
_OTHER = """
399 其他支出
39907 国家赔偿费用支出
39908 对民间非营利组织和群众性自治组织补贴
39909 经常性赠与
39910 资本性赠与
39999 其他支出
"""


def _entries(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(tuple(line.split()) for line in text.splitlines() if line)


PERSONNEL = _entries(_PERSONNEL)
GOODS_AND_SERVICES = _entries(_GOODS_AND_SERVICES)
CAPITAL = _entries(_CAPITAL)
SHORT_CAPITAL = tuple(
    entry
    for entry in CAPITAL
    if entry[0] not in {"31005", "31006", "31008"} | set(map(str, range(31009, 31013)))
)
THIRD_BLOCK_2020 = _entries(_DEBT_COSTS + _CAPITAL + _SUBSIDIES + _OTHER_2020)
THIRD_BLOCK = _entries(_DEBT_COSTS + _CAPITAL + _SUBSIDIES + _OTHER)
ECONOMIC_NAMES = dict(PERSONNEL + GOODS_AND_SERVICES + THIRD_BLOCK_2020 + THIRD_BLOCK)

_DIGITS = "一二三四五六七八九"
ORDINALS = (
    *_DIGITS,
    "十",
    *(f"十{digit}" for digit in _DIGITS),
    "二十",
    *(f"二十{digit}" for digit in _DIGITS[:6]),
)


def ordinal_label(number: int, name: str) -> str:
    """Return e.g. ``八、社会保障和就业支出`` for the eighth class (``number`` counts from 1)."""
    return f"{ORDINALS[number - 1]}、{name}"


def functional_path(code: str) -> str:
    """Return the 类, 款 and 项 names of a seven-digit code as prose writes them."""
    kind, group, item = (FUNCTIONAL_NAMES[code[:length]] for length in (3, 5, 7))
    return f"{kind}（类）{group}（款）{item}（项）"
