"""What the dashboard shows of findings.

The table of all, the evidence of one, and the original it stands in.
"""

from __future__ import annotations

import json
from html import escape

import labels
import marimo as mo
import page_parts as parts
import polars as pl

from juesuan.errors import PublishError, TraceError
from juesuan.pictures import Picture, make_pictures
from juesuan.settings import Home
from juesuan.trace import Place, find_places, printed_around


def table_rows(findings: pl.DataFrame) -> list[dict[str, str]]:
    """The rows of the table of findings."""
    return [
        {
            "finding_id": row["finding_id"],
            "程度": labels.SEVERITY_ZH.get(row["severity"], row["severity"]),
            "疑点": parts.plain(row["statement_zh"].removeprefix("疑点：")),
            "左边": parts.quantity(row["lhs_value"], row["value_unit"]),
            "右边": parts.quantity(row["rhs_value"], row["value_unit"]),
            "差额": parts.difference(row["gap"], row["value_unit"]),
            "位置": parts.place(row["page_number"], row["line_number"]),
            "存疑于": labels.ORIGIN_ZH.get(row["origin"], row["origin"]),
            "状态": labels.REVIEW_ZH.get(row["review_status"], row["review_status"]),
        }
        for row in findings.iter_rows(named=True)
    ]


def evidence(finding: dict, members: pl.DataFrame) -> mo.Html:
    """What contradicts what: both sides, the figures they are made of, and what was joined."""
    unit = finding["value_unit"]
    lhs, rhs = (parts.quantity(finding[side], unit) for side in ("lhs_value", "rhs_value"))
    tolerance = parts.quantity(finding["tolerance_cny"], "CNY")
    is_wording = finding["kind"] == "wording"
    sides = f"左边 {lhs}，右边 {rhs}，差额 {parts.difference(finding['gap'], unit)}"
    facts = [
        (
            "文字核对" if is_wording else "勾稽关系",
            finding["identity_zh"] or finding["identity_id"],
        ),
        ("依据", finding["basis"] or parts.NOT_STATED),
        ("两边", "左边是文字所说，右边是它所对照的表格或文字" if is_wording else sides),
        *([("舍入", f"舍入所能解释的最大差额 {tolerance}")] if unit == "CNY" else []),
        (
            "原件",
            f"{finding['file_name']}，{parts.place(finding['page_number'], finding['line_number'])}",
        ),
    ]
    items = json.loads(finding["evidence"] or "[]")
    is_of_several = len({term.get("file") for term in items}) > 1
    terms = [
        [
            labels.SIDE_ZH.get(term.get("side"), "—"),
            term.get("form_zh") or "—",
            (f"《{term['file']}》" if is_of_several and term.get("file") else "")
            + parts.place(term.get("page"), term.get("line")),
            term.get("label") or "—",
            term.get("measure") or "—",
            term.get("printed") or "（空表，陈述为 0）",
            term.get("unit") or "—",
        ]
        for term in sorted(
            items, key=lambda term: [*labels.SIDE_ZH, term.get("side")].index(term.get("side"))
        )
    ]
    return mo.vstack(
        [
            mo.Html(
                '<div class="finding"><h3>所选疑点的证据 <small>Evidence of the selected point</small>'
                f"</h3><p>{escape(finding['statement_zh'])}</p>"
                f"<dl>{parts.definitions(facts)}</dl></div>"
            ),
            parts.text_table(["边", "报表", "位置", "行", "栏", "所印", "单位"], terms, numbers=[5])
            if terms
            else parts.nothing("这个疑点没有单独的单元格，请按上面的位置对照原件。"),
            parts.text_table(
                ["合并", "勾稽关系", "数字", "左边", "右边", "差额"],
                [
                    [
                        f"第{row['member_number']}处",
                        row["name_zh"],
                        row["figure_zh"] or "—",
                        parts.quantity(row["lhs_value"], row["value_unit"]),
                        parts.quantity(row["rhs_value"], row["value_unit"]),
                        parts.difference(row["gap"], row["value_unit"]),
                    ]
                    for row in members.iter_rows(named=True)
                ],
                numbers=(3, 4, 5),
            )
            if members.height > 1
            else mo.Html(""),
        ]
    )


def original(home: Home, finding_id: str) -> mo.Html:
    """The original behind a finding: pictures of its pages, or the lines of a text file."""
    problem, pictures = "", []
    try:
        places = find_places(home, finding_id)
    except (PublishError, TraceError):
        # A newer build may have been published since this page was opened.
        places, problem = [], "已公布的数据里找不到这个疑点的出处，请刷新本页再看。"
    try:
        pictures = make_pictures(home, places)
    except TraceError:
        problem = "这份原件没有保存或画不出图；请按下面的位置对照原件。"
    in_words = [place for place in places if not (pictures and place.marks)]
    if in_words and not problem:
        problem = "原件是纯文本，没有版面可画；原文如下，黄底的是所印的数字。"
        if any(place.line_number is None for place in in_words):
            problem = "另一些数字没有版面位置，没有图；原文如下。"
    return mo.vstack(
        [
            mo.Html("<h3>原件 <small>The original</small></h3>"),
            *(parts.picture(picture.png, _caption(picture, pictures)) for picture in pictures),
            parts.nothing(problem) if problem else mo.Html(""),
            _printed_words(home, in_words) if in_words else mo.Html(""),
        ]
    )


def _caption(picture: Picture, pictures: list[Picture]) -> str:
    page = f"第{picture.page_number}页"
    if len({other.document_id for other in pictures}) > 1:
        page = f"《{picture.file_name}》{page}"
    return f"原件{page}：红框是左边的数字，蓝框是右边的数字"


def _printed_words(home: Home, places: list[Place]) -> mo.Html:
    """The rows and sentences that the places stand in, with the lines around those of a text file.

    One row of a table holds several figures: it is shown once, with all the sides it serves.
    """
    grouped: dict[tuple, list[Place]] = {}
    for place in places:
        words = place.words_around or place.text or ""
        where = (place.document_id, place.page_number, place.first_line, words)
        grouped.setdefault(where, []).append(place)
    rows = []
    for (*_, words), same in grouped.items():
        first = same[0]
        sides = {place.side for place in same}
        figures = [
            (place.text_start, place.text_start + len(place.text))
            for place in same
            if place.text_start is not None and place.text
        ]
        is_text = first.line_number is not None
        above, below = printed_around(home, first) if is_text else ("", "")
        rows.append(
            [
                escape(
                    "、".join(zh for side, zh in labels.SIDE_ZH.items() if side in sides) or "—"
                ),
                escape(first.file_name),
                escape(parts.place(first.page_number, first.line_number)),
                parts.line_around(above) + parts.marked(words, figures) + parts.line_around(below),
            ]
        )
    return parts.html_table(["边", "文件", "位置", "原文"], rows)
