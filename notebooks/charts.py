"""The charts of the dashboard: a polars frame in, an Altair chart out; amounts in 万元.

Document text reaches a chart only as the text of an axis, a mark or a tooltip, which Vega escapes.
"""

from __future__ import annotations

import altair as alt
import polars as pl

FONTS = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
INK = "#344054"
BLUE, LIGHT_BLUE = "#2b5c8a", "#7fb2d9"
NATURE_COLORS = [BLUE, LIGHT_BLUE, "#e19a2b", "#2f7d6b", "#7a4fb5"]
BUDGET_COLORS = ["#c3cfdd", "#93a9c1", "#6d8cad"]
# Bands of executed ÷ budget, from alarming to remarkable.
BAND_COLORS = {
    "低于50%": "#b42318",
    "50%至90%": "#e19a2b",
    "90%至100%": "#2f7d6b",
    "超过100%": "#7a4fb5",
    "无法计算": "#98a2b3",
}

# The links in the menu of a chart lead outside; SVG keeps the labels readable for machines.
alt.renderers.set_embed_options(actions=False, renderer="svg")


def band(rate: float | None) -> str:
    """The band of BAND_COLORS that executed ÷ budget falls into."""
    if rate is None:
        return "无法计算"
    if rate > 1:
        return "超过100%"
    return "低于50%" if rate < 0.5 else "50%至90%" if rate < 0.9 else "90%至100%"


def ranked_bars(frame: pl.DataFrame, title: str, color: str = BLUE) -> alt.TopLevelMixin:
    """Horizontal bars in the order of `frame`: label, wan, printed (the text at the end)."""
    base = alt.Chart(frame).encode(
        y=_names("label", frame),
        tooltip=[alt.Tooltip("label:N", title="科目"), alt.Tooltip("printed:N", title="金额")],
    )
    bar = base.mark_bar(color=color, height={"band": 0.65}).encode(x=_amounts("wan", frame["wan"]))
    return _finish(bar + _end_text(base, "wan"), 34 * frame.height, title)


def stacked_bars(frame: pl.DataFrame, ends: pl.DataFrame, title: str) -> alt.TopLevelMixin:
    """Bars of `label` stacked by `nature` (wan); `ends` has label, wan, printed of each whole bar.

    `nature` is stacked and coloured in its order of appearance in `nature_order`.
    """
    natures = frame.sort("nature_order")["nature"].unique(maintain_order=True).to_list()
    bar = (
        alt.Chart(frame)
        .mark_bar(height={"band": 0.65})
        .encode(
            y=_names("label", ends),
            x=_amounts("wan", ends["wan"]),
            color=_colors("nature", natures, NATURE_COLORS[: len(natures)]),
            order=alt.Order("nature_order:Q"),
            tooltip=[
                alt.Tooltip("label:N", title="类"),
                alt.Tooltip("nature:N", title="支出性质"),
                alt.Tooltip("wan:Q", title="万元", format=",.2f"),
            ],
        )
    )
    text = _end_text(alt.Chart(ends).encode(y=_names("label", ends)), "wan")
    return _finish(bar + text, 40 * ends.height, title)


def grouped_bars(frame: pl.DataFrame, title: str) -> alt.TopLevelMixin:
    """For each `item` a bar per `phase` (wan, printed); a NULL amount shows only its words.

    Items and phases stand in their order of appearance, the final accounts last.
    """
    phases = frame["phase"].unique(maintain_order=True).to_list()
    colors = [*BUDGET_COLORS[: len(phases) - 1], BLUE]
    base = alt.Chart(frame.with_columns(end=pl.col("wan").fill_null(0))).encode(
        y=_names("item", frame), yOffset=alt.YOffset("phase:N", sort=phases)
    )
    bar = base.mark_bar(height={"band": 0.85}).encode(
        x=_amounts("wan", frame["wan"]),
        color=_colors("phase", phases, colors),
        tooltip=[
            alt.Tooltip("item:N", title="项目"),
            alt.Tooltip("phase:N", title="口径"),
            alt.Tooltip("printed:N", title="万元"),
        ],
    )
    item_count = frame["item"].n_unique()
    return _finish(bar + _end_text(base, "end"), 24 * item_count * len(phases), title)


def execution_bars(frame: pl.DataFrame, title: str) -> alt.TopLevelMixin:
    """For each project its budget in grey and, coloured by `band`, what was executed of it.

    Columns: name, budget, executed (万元), band (of BAND_COLORS), printed (the rate).
    """
    bands = [name for name in BAND_COLORS if name in set(frame["band"])]
    ended = frame.with_columns(end=pl.max_horizontal("budget", "executed").fill_null(0))
    base = alt.Chart(ended).encode(
        y=_names("name", frame, label_limit=360),
        tooltip=[
            alt.Tooltip("name:N", title="项目"),
            alt.Tooltip("budget:Q", title="预算资金（万元）", format=",.2f"),
            alt.Tooltip("executed:Q", title="执行金额（万元）", format=",.2f"),
            alt.Tooltip("printed:N", title="执行金额占预算资金"),
        ],
    )
    budget = base.mark_bar(color="#e4e7ec", height={"band": 0.8}).encode(
        x=_amounts("budget", ended["end"], "万元（灰：预算资金；彩色：执行金额）")
    )
    executed = base.mark_bar(height={"band": 0.45}).encode(
        x="executed:Q", color=_colors("band", bands, [BAND_COLORS[name] for name in bands])
    )
    return _finish(budget + executed + _end_text(base, "end"), 30 * frame.height, title)


def _names(column: str, frame: pl.DataFrame, label_limit: int = 260) -> alt.Y:
    """The names down the side, in the order of the frame."""
    order = frame[column].unique(maintain_order=True).to_list()
    return alt.Y(f"{column}:N", sort=order, title=None, axis=alt.Axis(labelLimit=label_limit))


def _amounts(column: str, ends: pl.Series, title: str = "万元") -> alt.X:
    """Amounts along the bottom; a quarter of the width is left for the text after the bars."""
    lowest, highest = min(ends.min() or 0, 0), max(ends.max() or 0, 0)
    domain = [lowest, (highest + (highest - lowest) / 3) or 1]
    return alt.X(
        f"{column}:Q",
        title=title,
        axis=alt.Axis(format=",~f", tickCount=5),
        scale=alt.Scale(domain=domain, nice=False),
    )


def _colors(column: str, names: list[str], colors: list[str]) -> alt.Color:
    return alt.Color(f"{column}:N", scale=alt.Scale(domain=names, range=colors))


def _end_text(base: alt.Chart, end: str) -> alt.Chart:
    """The column `printed` at the end of each bar."""
    return base.mark_text(align="left", dx=6, fontSize=12, color=INK).encode(
        x=f"{end}:Q", text="printed:N"
    )


def _finish(chart: alt.TopLevelMixin, height: int, title: str) -> alt.TopLevelMixin:
    """The house's fonts and quiet axes, at the width of the place where the chart stands."""
    return (
        chart.properties(width="container", height=height, title=title, background="transparent")
        .configure(font=FONTS, padding={"left": 5, "right": 5, "top": 5, "bottom": 5})
        .configure_title(anchor="start", fontSize=14, fontWeight=600, color="#1d2939", offset=12)
        .configure_axis(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor="#667085")
        .configure_axisX(gridColor="#eaecf0", domain=False, ticks=False, titleAnchor="end")
        .configure_axisY(grid=False, ticks=False, domainColor="#98a2b3", labelPadding=8)
        .configure_legend(orient="top", title=None, labelFontSize=12, labelLimit=300)
        .configure_view(strokeWidth=0)
    )
