"""Fictional places and departments: what a department of each kind spends its money on."""

from __future__ import annotations

from dataclasses import dataclass

from tests.factory.codes import FUNCTIONAL_NAMES

PLACES = (
    "示例市",
    "样例市",
    "例川市",
    "例湖县",
    "例山县",
    "例河县",
    "例林区",
    "例海区",
    "例安区",
    "例宁区",
    "例泉区",
    "例桥区",
)

# 款 of the main task, by the name of the department.
_TASKS = {
    "20106": "财政局",
    "20108": "审计局",
    "20105": "统计局",
    "20113": "商务局",
    "20126": "档案馆",
    "20129": "总工会",
    "20138": "市场监督管理局",
    "20406": "司法局",
    "20701": "文化和旅游局",
    "20802": "民政局",
    "20828": "退役军人事务局",
    "21001": "卫生健康局",
    "21101": "生态环境局",
    "21201": "住房和城乡建设局",
    "21301": "农业农村局",
    "21302": "林业局",
    "21401": "交通运输局",
    "21303": "水务局",
    "22001": "自然资源局",
    "22401": "应急管理局",
}
# 项 of every 款: 行政运行, 一般行政管理事务, 机关服务, 事业运行.
_COMMON_ITEMS = ("01", "02", "03", "50")
GOVERNMENT_FUND_CODES = ("2120803", "2120804", "2121301", "2296002", "2296003")
STATE_CAPITAL_CODES = ("2230105", "2230107")
UNIT_SUFFIXES = ("综合服务中心", "事务保障中心", "监测站", "培训中心")


@dataclass(frozen=True, slots=True)
class Task:
    """A department's name, the 项 of its administration and those of its projects."""

    department_name: str
    running: str
    general_affairs: str
    projects: tuple[str, ...]


def tasks(count: int) -> list[Task]:
    """Return ``count`` departments of different names, the places taken in turn."""
    found = []
    for number in range(count):
        group, name = list(_TASKS.items())[number % len(_TASKS)]
        series = number // len(_TASKS)
        place = PLACES[series % len(PLACES)]
        district = "" if series < len(PLACES) else f"第{series // len(PLACES)}片区"
        special = tuple(
            code
            for code in sorted(FUNCTIONAL_NAMES)
            if len(code) == 7 and code[:5] == group and code[5:] not in _COMMON_ITEMS
        )
        found.append(Task(f"{place}{district}{name}", f"{group}01", f"{group}02", special))
    return found
