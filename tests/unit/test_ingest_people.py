"""Persons: fields, lists, prose, and every other place where a found name comes again.

The names here are words for "somebody" (某甲, 某乙), not names of persons.
"""

import duckdb
import pytest

from ingest import ingest_paths
from ingest.people import People, collect_prose_names

REPORT = """2020年度
某市档案馆
部门决算

收入决算表
项目\t合计
合计\t5

某项目绩效自评报告

单位基本信息\t\t\t\t\t
单位负责人\t某甲\t联系电话\t7123456\t职务\t馆长
地址\t某路1号\t\t\t\t
评价组人员情况\t\t\t\t\t
序号\t姓名\t职务\t职称\t单位\t联系电话
1\t某 乙\t科长\t\t某市档案馆\t
2\t某丙丁\t\t高级\t某市档案馆\t7123457

项目支出绩效自评表
项目名称\t某项目\t主管部门\t某市档案馆
联系人\t某戊\t主管部门\t某市档案馆
年度资金\t5\t5\t5

一、情况说明

某乙 参加了评价，支出5万元。收入5万元。
联系人：某己 联系电话：7123458

某己没有领取2万元。

为了办好这一件事情，本年度特地邀请了专家某
丙丁参加会议，共2次。
"""


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    home = folder / "home"
    ingest_paths([folder / "a.txt"], home)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        yield lambda sql: [row[0] for row in connection.execute(sql).fetchall()]


def test_cells_of_persons_are_marked_and_no_others(raw):
    marked = raw("SELECT cell_text FROM raw.cells WHERE is_personal ORDER BY cell_id")
    assert marked == [
        "某甲",
        "7123456",
        "馆长",
        "某 乙",
        "科长",
        "某丙丁",
        "高级",
        "7123457",
        "某戊",
    ]


def test_lines_and_sentences_that_mention_them(raw):
    assert raw("SELECT line_text FROM raw.lines WHERE is_personal ORDER BY line_number") == [
        "某乙 参加了评价，支出5万元。收入5万元。",
        "联系人：某己 联系电话：7123458",
        "某己没有领取2万元。",
        "为了办好这一件事情，本年度特地邀请了专家某",
        "丙丁参加会议，共2次。",
    ]
    figures = "SELECT figure_text FROM raw.narrative_figures WHERE sentence LIKE '%{}%' AND {}"
    assert raw(figures.format("某乙", "is_personal")) == ["5"]
    assert raw(figures.format("收入5万元", "NOT is_personal")) == ["5"]
    assert raw(figures.format("领取", "is_personal")) == ["2"]


def test_no_label_gives_a_name_away(raw):
    names = ("某甲", "某乙", "某丙丁", "某戊", "某己")
    labels = raw("SELECT concat(row_label, column_label, block_label) FROM raw.cells")
    assert not [label for label in labels for name in names if name in label]


def test_words_that_are_no_names():
    people = People()
    for text in ("办公室", "无", "某某中心", "2020", "财务科长", ""):
        people.add_names(text)
    assert people.names == set()


def test_names_in_prose_end_where_the_next_field_begins():
    people = People()
    collect_prose_names(people, ["填报人：某甲联系电话：7123456", "审核人:某乙，日期"])
    assert people.names == {"某甲", "某乙"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("传真：0533-7123456", True),
        ("请拨 13800138000 咨询", True),
        ("某处（021-61234567）", True),
        ("write to someone@example.org", True),
        ("支出13800138.00元，完成2010301项", False),
        ("电话费支出0.5万元", False),
    ],
)
def test_prose_with_numbers(text, expected):
    assert People().is_personal_prose(text) is expected
