"""Property: whoever stands in a form, in whatever place and spelling, leaves only private rows.

All names and numbers are drawn at random from common surnames and rare given names.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ingest import ingest_paths
from ingest.normalise import normalise
from juesuan.publish_tables import RAW_RELATIONS, copy_warehouse

SURNAMES = [*"赵钱孙李周吴郑冯陈卫蒋沈韩杨朱秦许何吕张曹魏陶姜谢邹", "欧阳", "司马", "诸葛"]
GIVEN = "芸澜晟珂霆沅珺翊骞昕婧琰煜祺"
PERSON_COUNT = 27


@dataclass(frozen=True)
class Planted:
    """The persons of one document and how its writer spaces and parts them."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    inner_space: str
    gap: str
    colon: str

    def name(self, number: int) -> str:
        """A name as printed: those of two characters are often spaced."""
        name = self.names[number]
        return self.inner_space.join(name) if len(name) == 2 else name


def _numbers() -> st.SearchStrategy[str]:
    def digits(count: int) -> st.SearchStrategy[str]:
        return st.text("0123456789", min_size=count, max_size=count)

    return st.one_of(
        st.builds("1{}{}".format, st.sampled_from("3456789"), digits(9)),
        st.builds("{}{}".format, st.sampled_from("25678"), digits(6)),
        st.builds("0{}-{}{}".format, digits(3), st.sampled_from("25678"), digits(6)),
        st.builds("0{}—{}{}".format, digits(2), st.sampled_from("25678"), digits(7)),
        st.builds("{}{}".format, st.sampled_from("２５６７８"), digits(6)),
    )


def _names() -> st.SearchStrategy[str]:
    given_name = st.text(GIVEN, min_size=1, max_size=2)
    return st.builds("{}{}".format, st.sampled_from(SURNAMES), given_name)


PLANTED = st.builds(
    Planted,
    names=st.lists(_names(), min_size=PERSON_COUNT, max_size=PERSON_COUNT, unique=True).map(tuple),
    phones=st.lists(_numbers(), min_size=17, max_size=17, unique=True).map(tuple),
    inner_space=st.sampled_from(["", " ", "\u3000", "  "]),
    gap=st.sampled_from([" ", "    ", "\u3000\u3000", "\t"]),
    colon=st.sampled_from(["：", ":", "： "]),
)


def disclosure(planted: Planted) -> str:
    """A small disclosure with a person or number in every place where the forms put them."""
    n, p, gap, colon = planted.name, planted.phones, planted.gap, planted.colon
    bare = planted.names
    return f"""2020年度
某市档案馆
部门决算

收入决算表
填报单位：某市档案馆 填报人{colon}{n(0)} 金额单位：万元
项目\t合计
合计\t5
注：本表由{bare[0]}填写。
单位负责人{colon}{n(1)}{gap}财务负责人{colon}{n(2)}{gap}制表人（签字）{colon}{n(3)}

支出决算表
单位：万元
项目\t合计\t基本支出
合计\t5\t5
单位负责人{colon}{n(4)}\t财务负责人{colon}{n(5)}\t填表日期：2021年3月1日

某项目绩效自评报告

单位基本信息\t\t\t\t\t
单位代码\t102001\t单位名称\t某市档案馆\t单位性质\t行政单位
单位负责人\t{n(6)}\t联系电话\t{p[0]}\t职务\t馆长
财务负责人\t{n(7)}\t联系电话\t{p[1]}\t职务\t科长
绩效负责人\t{n(8)}\t联系电话\t{p[2]}\t职务\t党组成员
单位职能概述\t一、保管档案，由{bare[6]}同志负责。二、联系人{colon}{n(9)}，电话{colon}{p[3]}。\t\t\t\t
项目实施情况
实施具体内容\t整理库房，{bare[10]}、{bare[7]}两位同志参加\t\t
实施机构部门\t办公室\t实施负责人\t{n(10)}
实施开始时间\t2020-01-01\t实施结束时间\t2020-12-31
评价组人员情况\t\t\t\t\t
序号\t姓名\t职务\t职称\t单位\t联系电话
1\t{n(11)}\t科长\t\t某市档案馆\t{p[4]}
2\t{n(12)}\t\t高级\t某市档案馆\t{p[5]}
3\t{n(6)}\t馆长\t\t某市档案馆\t
自我评价其他信息\t\t\t\t\t
项目建议\t请{bare[11]}同志继续跟进\t\t\t\t
单位负责人（签章）{colon}{n(13)}{gap}填报人{colon}{n(14)}{gap}联系电话{colon}{p[6]}

项目支出绩效自评表
项目名称\t某项目\t主管部门\t某市档案馆
项目负责人\t{n(15)}、{bare[16]}\t联系电话\t{p[7]}
项目资金\t年初预算数\t全年预算数\t全年执行数
年度资金\t5\t5\t5
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t培训场次\t5\t5\t100\t99\t由{bare[22]}同志改进
总分\t\t\t\t\t\t100\t99\t
填表人\t{n(23)}\t\t联系人及电话\t{n(24)} {p[14]}\t\t\t\t
实施单位负责人（签字）\t\t{n(25)}\t\t填表人联系电话\t\t{p[15]}\t\t
主管部门联系人{colon}{n(26)} 电话{colon}{p[16]}\t\t\t\t\t\t\t\t
填表人{colon}{n(16)} 联系电话{colon}{p[8]} 填报日期：2021年3月1日

2020年度项目支出汇总表
单位：万元
序号\t项目名称\t项目负责人\t联系人及电话\t预算数\t执行数
1\t某项目\t{n(18)}\t{n(19)} {p[12]}\t5\t5
2\t又一项目\t{n(20)}、{n(18)}\t{n(21)}{p[13]}\t6\t6

一、情况说明

{bare[12]}参加了评价，支出5万元。收入5万元，由{bare[15]}经办。
联系人{colon}{n(17)}{gap}联系电话{colon}{p[9]}

本年度{n(17)}没有领取2万元，{bare[1]}和{bare[4]}领取3万元。咨询电话{colon}{p[10]}。
{bare[19]}、{bare[20]}和{bare[21]}领取4万元，{bare[23]}、{bare[25]}、{bare[26]}没有。
{bare[22]}、{bare[24]}联系人{colon}{bare[22]}。
如有疑问请与{n(13)}联系（{bare[14]}，手机{colon}{p[11]}）。
项目负责人为{bare[22]}，由{bare[23]}负责，联系人{bare[24]}。
值班{p[9]}，{bare[22]}和{bare[23]}支出7万元。

（二）项目负责人：{bare[25]}

支出8万元，{bare[24]}领取9万元。
"""


def _texts(warehouse: Path, relation: str, condition: str = "true") -> list[tuple[str, str]]:
    """Every text of the rows of a relation: (column, comparable text)."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        cursor = connection.execute(f"SELECT * FROM raw.{relation} WHERE {condition}")
        columns = [column[0] for column in cursor.description]
        return [
            (f"{relation}.{column}", normalise(value))
            for row in cursor.fetchall()
            for column, value in zip(columns, row, strict=True)
            if isinstance(value, str) and not column.endswith("_id")
        ]


def leaks(texts: list[tuple[str, str]], secrets: set[str]) -> set[tuple[str, str]]:
    """The texts that contain a planted name or number."""
    return {(where, text) for where, text in texts if any(s in text for s in secrets)}


# One document plants everybody, so shrinking it would only cost minutes.
@settings(max_examples=10, deadline=None, derandomize=True, phases=[Phase.generate])
@given(PLANTED)
def test_no_row_that_is_published_names_a_planted_person(planted: Planted):
    secrets = {normalise(text) for text in (*planted.names, *planted.phones)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_text(disclosure(planted), encoding="utf-8")
        home = folder / "home"
        [result] = ingest_paths([folder / "a.txt"], home).results
        assert result.status == "loaded"
        private = home / "warehouse.duckdb"
        build = folder / "build"
        build.mkdir()
        copy_warehouse(private, build)

        # The test would be empty if the planted words were not read at all.
        printed = "".join(text for r in ("cells", "lines") for _, text in _texts(private, r))
        assert not [secret for secret in secrets if secret not in printed]

        found = set()
        for relation in RAW_RELATIONS:
            has_mark = relation not in ("documents", "tables")
            condition = "is_personal IS NOT TRUE" if has_mark else "true"
            found |= leaks(_texts(private, relation, condition), secrets)
            found |= leaks(_texts(build / "juesuan.duckdb", relation), secrets)
        assert not found

        # Nor would it say much if everything were redacted.
        kept = {text for _, text in _texts(build / "juesuan.duckdb", "cells")}
        assert {"单位负责人", "行政单位", "支出决算表", "2020-12-31", "又一项目"} <= kept
