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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("项目负责人为张某某，联系电话见封面。", {"张某某"}),
        ("本项目联系人李某，工期一年。", {"李某"}),
        ("由王某某负责具体实施", {"王某某"}),
        ("由王某某、赵某两位同志负责；由陈某某同志牵头", {"陈某某"}),
        ("经办人是欧阳某某。", {"欧阳某某"}),
        ("项目负责人张某某同志、审核人刘某", {"张某某", "刘某"}),
    ],
)
def test_names_in_prose_without_a_colon(text, names):
    people = People()
    collect_prose_names(people, [text])
    assert people.names == names


@pytest.mark.parametrize(
    "text",
    [
        "项目负责人为单位法定代表人，由办公室负责，由安全科负责，由方案组负责",
        "联系人安排，负责人应当签字，成员单位、成员高度重视，由于经费负责到位",
        "由项目部负责，由施工方负责，由国家负责，由其负责，由文化馆牵头，由司法所承办",
        "主要负责人和经办人对真实性负责，负责人方面，由金融机构承办",
    ],
)
def test_ordinary_words_are_nobody(text):
    people = People()
    collect_prose_names(people, [text])
    assert people.names == set()


def test_a_given_name_may_end_like_an_organisation():
    people = People()
    for text in ("张某科", "李某院", "欧阳某处"):
        people.add_names(text)
    assert people.names == {"张某科", "李某院", "欧阳某处"}


def test_organisations_and_posts_in_a_name_field_are_nobody():
    people = People()
    for text in (
        "安全科",
        "党政办",
        "纪检组",
        "馆长",
        "张会计",
        "卫生院",
        "项目负责人员",
        "文旅局",
    ):
        people.add_names(text)
    assert people.names == set()


def test_a_number_printed_beside_电话_is_known_again_elsewhere():
    people = People()
    collect_prose_names(people, ["咨询电话：7123456，传真 61234567"])
    assert people.is_personal_prose("如有疑问请拨7123456")
    assert people.is_personal_prose("某处 61234567")
    assert not people.is_personal_prose("支出7123456元，收入7123456.00元，项目7123456012")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某处（021）52561234", True),
        ("某处 0533 7123456", True),
        ("某人 138-0013-8000", True),
        ("身份证11010519491231002X", True),
        ("项目编码110105194912310021", False),
        ("财预〔2020〕10号，单位编码102001，支出13800138000元", False),
        ("预算编码2010301，金额0.7123456万元，项目代码37030021P00001", False),
        ("收入 52561234.00 元，支出52,561,234元", False),
    ],
)
def test_numbers_that_give_somebody_away(text, expected):
    assert People().is_personal_prose(text) is expected


def test_a_heading_that_names_somebody_is_no_section(tmp_path):
    text = REPORT + "\n（二）项目负责人：某庚\n\n支出6万元。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    ingest_paths([tmp_path / "a.txt"], tmp_path / "home")
    with duckdb.connect(str(tmp_path / "home" / "warehouse.duckdb"), read_only=True) as connection:
        sections = connection.execute(
            "SELECT section_zh FROM raw.narrative_sentences WHERE sentence = '支出6万元。'"
            " UNION ALL SELECT section_zh FROM raw.lines WHERE NOT is_personal"
        ).fetchall()
    assert sections and not [section for (section,) in sections if "某庚" in section]
