"""The named layouts of the benchmark: frozen in ``frozen_layouts.json``, half of them held out.

A held-out layout is never looked at while readers and vocabulary are tuned, so that the benchmark
shows how a layout fares that nobody knew. The file was drawn once with :func:`draw` and stays: a
variation that no reader can place yet remains in it and shows as unplaced.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from tests.factory.form_parts import FormStyle
from tests.factory.layout import Layout

FROZEN = Path(__file__).with_name("frozen_layouts.json")
COUNT = 24

# What varies between places, and how often each choice stands in a dozen layouts.
_LAYOUT_CHOICES: dict[str, tuple[Any, ...]] = {
    "zero": ("0.00", "", "0", "0.00", ""),
    "detail_zero": ("0.00", "", "0", ""),
    "has_form_numbers": (True, True, False),
    "has_ordinals": (True, True, False),
    "strips_zeros": (False, False, False, True),
    "groups_thousands": (False, True),
    "three_public_columns": ("halves", "interleaved", "halves", "rows"),
    "total_row": ("first", "first", "last", "general_last", "header", "first"),
    "repeats_header": (True, False),
    "splits_before_total": (False, False, False, True),
    "names_basic_blocks": (True, False),
    "unit_caption": ("金额单位：万元", "单位：万元", "金额单位：元", "单位：元"),
    "form_number": ("公开{:02d}表", "公开表{}", "附表{}", "财决公开{:02d}表"),
    "splits_codes": (False, True, False),
    "ordinals": ("continued", "restarted", "from_29"),
    "labels": ("standard", "half_width", "short", "last_year"),
    "budget_word": ("年初预算", "全年预算"),
    "breaks_headers": (False, False, True),
    "spaces_amounts": (False, False, False, False, False, True),
    "adds_phantom_table": (False, False, False, True),
    "narrative_first": (False, False, True),
}
_STYLE_CHOICES: dict[str, tuple[Any, ...]] = {
    "basic_blocks": (3, 2),
    "numbers_carry_over": (False, True),
    "state_capital_income": (False, True),
    "three_public_title": (
        "一般公共预算财政拨款“三公”经费支出决算表",
        "财政拨款“三公”经费支出决算表",
        "“三公”经费财政拨款支出决算表",
    ),
    "class_count": (26, 24, 23),
    "has_meetings": (False, False, False, False, False, True),
    "doubles_tables": (False, False, False, False, False, True),
    "budget_heading": ("预算数", "年初预算数", "全年预算数"),
}


@dataclass(frozen=True, slots=True)
class NamedLayout:
    """One frozen way to print a disclosure."""

    name: str
    is_held_out: bool
    layout: Layout
    style: FormStyle


def draw(seed: int, count: int = COUNT) -> list[NamedLayout]:
    """Draw layouts in which each choice stands about as often as it should, on both sides."""
    rng = Random(seed)
    columns: dict[str, list[Any]] = {}
    for name, choices in (*_LAYOUT_CHOICES.items(), *_STYLE_CHOICES.items()):
        halves = []
        for _ in range(2):
            half = [choices[number % len(choices)] for number in range(count // 2)]
            rng.shuffle(half)
            halves.append(half)
        columns[name] = [value for pair in zip(*halves, strict=True) for value in pair]
    return [
        NamedLayout(
            f"layout-{number + 1:02d}",
            bool(number % 2),
            Layout(**{name: columns[name][number] for name in _LAYOUT_CHOICES}),
            FormStyle(**{name: columns[name][number] for name in _STYLE_CHOICES}),
        )
        for number in range(count)
    ]


def single_variations() -> list[NamedLayout]:
    """Return the plain layout, then every other choice of every variation alone."""
    plain, style = Layout(), FormStyle()
    named = [NamedLayout("plain", False, plain, style)]
    for name, choices in _LAYOUT_CHOICES.items():
        for choice in dict.fromkeys(choices):
            if choice != getattr(plain, name):
                varied = replace(plain, **{name: choice})
                named.append(NamedLayout(f"{name}={choice or 'blank'}", False, varied, style))
    for name, choices in _STYLE_CHOICES.items():
        for choice in dict.fromkeys(choices):
            if choice != getattr(style, name):
                varied = replace(style, **{name: choice})
                named.append(NamedLayout(f"{name}={choice}", False, plain, varied))
    return named


def frozen_layouts() -> list[NamedLayout]:
    """Return the layouts of the file."""
    entries = json.loads(FROZEN.read_text(encoding="utf-8"))
    return [
        NamedLayout(
            entry["name"],
            entry["held_out"],
            Layout(**entry["layout"]),
            FormStyle(**entry["style"]),
        )
        for entry in entries
    ]


def freeze(layouts: list[NamedLayout]) -> str:
    """Return the text of the file, for a first drawing."""
    entries = [
        {
            "name": each.name,
            "held_out": each.is_held_out,
            "layout": asdict(each.layout),
            "style": asdict(each.style),
        }
        for each in layouts
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
