"""Small disclosures as tab-separated text, one for each way that places word and lay out the forms.

The figures are the same in all of them (万元) and agree with each other, so that whatever a reading
makes of them beyond that is its own mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tests.factory.wording_figures import (
    BUDGET,
    EMPTY_NOTE,
    EXPENDITURE,
    FINAL,
    FUND,
    FUND_COLUMNS,
    GENERAL,
    INCOME,
    ITEMS,
    NAMES,
    NATURES,
    OLD_INCOME,
    RECEIPTS,
    SOURCES,
    Rows,
    code_cells,
    side_by_side,
    two_rows,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """How one place prints: its cover, titles, labels and the layouts that differ."""

    name: str
    cover: tuple[str, ...]
    income: tuple[tuple[str, str], ...] = INCOME
    opening: tuple[tuple[str, str], ...] = (("年初结转和结余", "5.00"),)
    closing: tuple[tuple[str, str], ...] = (("年末结转和结余", "8.00"),)
    grand_totals: tuple[str, str] = ("总计", "总计")
    title_prefix: str = ""
    title_suffixes: tuple[str, str] = ("", "")
    titles_inside: bool = False
    codes_are_split: bool = False
    total_label: str = "合计"
    total_is_last: bool = False
    economic_codes: bool = True
    has_education_fee: bool = False
    three_public: str = "halves"
    phases: tuple[str, str] = ("预算数", "决算数")
    # Lines and cells that this place words otherwise, as in the others and as printed here.
    other_words: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """Return the whole file."""
        lines = [*self.cover, "目 录", "第一部分 概况", "一、职能"]
        for number, (title, rows, notes) in enumerate(self._forms(), 1):
            caption = f"部门：{self.name}　　金额单位：万元"
            if self.titles_inside:
                blanks = [""] * (max(map(len, rows)) - 1)
                rows = [
                    [title, *blanks],
                    [f"公开{number:02d}表", *blanks],
                    [caption, *blanks],
                    *rows,
                ]
            else:
                lines += [title, f"公开{number:02d}表", caption]
            lines += ["\t".join(row) for row in rows]
            lines += ["", *notes]
        words = dict(self.other_words)
        texts = re.split(r"([\t\n])", "\n".join(lines) + "\n")
        return "".join(words.get(text, text) for text in texts)

    def _forms(self) -> list[tuple[str, Rows, list[str]]]:
        by_function, by_economy = self.title_suffixes
        forms = [
            ("收入支出决算总表", self._summary()),
            ("收入决算表", self._income()),
            ("支出决算表", self._coded(("本年支出合计", *NATURES), EXPENDITURE)),
            ("财政拨款收入支出决算总表", self._fiscal_summary()),
            (
                f"一般公共预算财政拨款支出决算表{by_function}",
                self._coded(("本年支出合计", *NATURES), GENERAL),
            ),
            (f"一般公共预算财政拨款基本支出决算表{by_economy}", self._basic()),
            ("一般公共预算财政拨款“三公”经费支出决算表", self._three_public()),
            ("政府性基金预算财政拨款收入支出决算表", self._coded(FUND_COLUMNS, FUND)),
            ("国有资本经营预算财政拨款支出决算表", self._coded(("合计", *NATURES), {})),
        ]
        return [
            (self.title_prefix + title, rows, [EMPTY_NOTE] if "国有资本" in title else [])
            for title, rows in forms
        ]

    def _summary(self) -> Rows:
        left = [*self.income, ("本年收入合计", "105.00"), *self.opening]
        right = [
            ("一、一般公共服务支出", "80.00"),
            ("八、社会保障和就业支出", "12.00"),
            ("十一、城乡社区支出", "10.00"),
            ("本年支出合计", "102.00"),
            *self.closing,
        ]
        return side_by_side(left, right, self.grand_totals, "110.00", ("110.00",), ("决算数",))

    def _fiscal_summary(self) -> Rows:
        left = [
            ("一、一般公共预算财政拨款", "90.00"),
            ("二、政府性基金预算财政拨款", "10.00"),
            ("三、国有资本经营预算财政拨款", "0.00"),
            ("本年收入合计", "100.00"),
            ("年初财政拨款结转和结余", "3.00"),
            ("一、一般公共预算财政拨款", "3.00"),
            ("二、政府性基金预算财政拨款", ""),
        ]
        right = [
            ("一、一般公共服务支出", "78.00", "78.00", "", ""),
            ("八、社会保障和就业支出", "12.00", "12.00", "", ""),
            ("十一、城乡社区支出", "10.00", "", "10.00", ""),
            ("本年支出合计", "100.00", "90.00", "10.00", ""),
            ("年末财政拨款结转和结余", "3.00", "3.00", "", ""),
        ]
        totals = ("103.00", "93.00", "10.00", "")
        funds = (
            "合计",
            "一般公共预算财政拨款",
            "政府性基金预算财政拨款",
            "国有资本经营预算财政拨款",
        )
        return side_by_side(left, right, self.grand_totals, "103.00", totals, funds)

    def _income(self) -> Rows:
        if not self.has_education_fee:
            return self._coded(("本年收入合计", *SOURCES), RECEIPTS)
        columns = (
            "本年收入合计",
            *SOURCES[:2],
            "事业收入/小计",
            "事业收入/其中：教育收费",
            SOURCES[3],
        )
        return self._coded(
            columns, {key: (*row[:4], "0.00", row[4]) for key, row in RECEIPTS.items()}
        )

    def _coded(self, columns: tuple[str, ...], rows: dict[str, tuple[str, ...]]) -> Rows:
        width = 4 if self.codes_are_split else 2
        top, below = two_rows(columns)
        head = [["项目", *[""] * (width - 1), *top]]
        if self.codes_are_split:
            head.append(["功能分类科目编码", "", "", "科目名称", *below])
            head.append(["类", "款", "项", "栏次", *map(str, range(1, len(columns) + 1))])
        else:
            head.append(["功能分类科目编码", "科目名称", *below])
        body = [
            [*code_cells(code, self.codes_are_split), NAMES[code], *amounts]
            for code, amounts in rows.items()
            if code
        ]
        if not rows:
            return [*head, [""] * len(head[0])]
        total = [self.total_label, *[""] * (width - 1), *rows[""]]
        return [*head, *body, total] if self.total_is_last else [*head, total, *body]

    def _basic(self) -> Rows:
        codes = ["经济分类科目编码"] if self.economic_codes else []
        head = [[*codes, "科目名称", "决算数"] * 2]
        left = [("301", "工资福利支出", "50.00"), ("30101", "基本工资", "50.00"), ("", "", "")]
        right = [
            ("302", "商品和服务支出", "20.00"),
            ("30201", "办公费", "18.00"),
            ("30217", "公务接待费", "2.00"),
        ]
        drop = 0 if self.economic_codes else 1
        body = [[*a[drop:], *b[drop:]] for a, b in zip(left, right, strict=True)]
        gap = [""] * (1 - drop)
        return [*head, *body, ["人员经费合计", *gap, "50.00", "公用经费合计", *gap, "20.00"]]

    def _three_public(self) -> Rows:
        total, overseas, vehicles, purchase, operation, reception = ITEMS
        budget, final = self.phases
        if self.three_public == "rows":
            rows = zip(ITEMS, BUDGET, FINAL, strict=True)
            return [["项目", budget, final], *map(list, rows)]
        if self.three_public == "interleaved":
            pairs = [text for pair in zip(BUDGET, FINAL, strict=True) for text in pair]
            return [
                [total, "", overseas, "", vehicles, *[""] * 5, reception, ""],
                ["", "", "", "", "小计", "", purchase, "", operation, "", "", ""],
                [budget, final] * 6,
                pairs,
            ]
        rows = [
            [budget, *[""] * 5, final, *[""] * 5],
            [total, overseas, vehicles, "", "", reception] * 2,
            ["", "", "小计", purchase, operation, ""] * 2,
        ]
        if self.three_public == "headed_by_name":
            heads = ["部门", "", ""]
            return [
                *[[head, *row] for head, row in zip(heads, rows, strict=True)],
                [self.name, *BUDGET, *FINAL],
            ]
        rows.append([*BUDGET, *FINAL])
        if self.three_public == "with_statistics":
            rows += [
                ["相关统计数：", *[""] * 11],
                ["项目", *[""] * 4, "统计数", "项目", *[""] * 4, "统计数"],
                ["国内公务接待批次(个)", *[""] * 4, "7", "公务用车保有量(辆)", *[""] * 4, "2"],
            ]
        return rows


STANDARD = Wording("示例市文化局", ("2022年度", "示例市文化局", "部门决算"))
WORDINGS = {
    "standard": STANDARD,
    "titles inside the grid": replace(
        STANDARD,
        name="示例市体育局",
        cover=("示例市体育局2022年度部门决算公开",),
        titles_inside=True,
    ),
    "2018": replace(
        STANDARD,
        name="示例市农机局",
        cover=("示例市农机局2018年部门决算公开说明",),
        income=OLD_INCOME,
        opening=(("用事业基金弥补收支差额", "1.00"), ("上年结转", "4.00")),
        closing=(("结余分配", "2.00"), ("其中：转入事业基金", "2.00"), ("结转下年", "6.00")),
        grand_totals=("收入总计", "支出总计"),
        title_prefix="示例市农机局2018年度",
    ),
    "split codes, total last, interleaved": replace(
        STANDARD,
        name="国家示例部",
        cover=("2023年度国家示例部部门决算",),
        codes_are_split=True,
        total_label="合　计",
        total_is_last=True,
        three_public="interleaved",
        phases=("年初预算数", "决算数"),
    ),
    "items in rows, names without codes": replace(
        STANDARD,
        name="示例县示例镇人民政府",
        cover=("示例县示例镇人民政府部门决算", "（2022年度）"),
        economic_codes=False,
        three_public="rows",
        phases=("全年预算数", "决算数"),
    ),
    "Jiangsu": replace(
        STANDARD,
        name="示例市民政局",
        cover=("2021年度部门决算公开", "示例市民政局", "2022年9月"),
        title_suffixes=("（功能科目）", "（经济科目）"),
        three_public="with_statistics",
    ),
    "unit, education fee, headed by its name": replace(
        STANDARD,
        name="示例市第12中学",
        cover=("示例市第12中学2024年度单位决算",),
        opening=(("年初结转和结余", "5.00"), ("其中：项目支出结转和结余", "5.00")),
        closing=(("年末结转和结余", "8.00"), ("其中：项目支出结转和结余", "8.00")),
        has_education_fee=True,
        three_public="headed_by_name",
        phases=("2024年度预算数", "2024年度决算数"),
    ),
    "titles, headers and an empty form in other words": replace(
        STANDARD,
        name="示例市方志馆",
        cover=("示例市方志馆2023年度部门决算公开",),
        opening=(("使用以前年度非财政拨款结余", "1.00"), ("以前年度结转和结余", "4.00")),
        closing=(("年末滚存结转和结余", "8.00"),),
        other_words=(
            ("收入支出决算总表", "收入支出总体情况决算表"),
            (
                "一般公共预算财政拨款基本支出决算表",
                "一般公共预算财政拨款基本支出经济分类科目决算表",
            ),
            ("上级补助收入", "上级单位补助收入"),
            (EMPTY_NOTE, "当年未安排国有资本经营预算资金，此表以空表列示。"),
        ),
    ),
}
