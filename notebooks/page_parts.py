"""Pieces of a page: figures as text, cards, tables, sentences.

Text from documents is hostile. Every piece escapes what it is given; `plain` guards the one place
where marimo itself draws text, its tables.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from html import escape

import marimo as mo

NOT_STATED = "未陈述"


def wan(yuan: Decimal | None) -> str:
    """An amount in yuan as 万元 with two decimals, or that it is not stated."""
    return wan_text(None if yuan is None else float(yuan) / 10_000)


def wan_text(amount: float | None) -> str:
    """An amount that is in 万元 already, with two decimals, or that it is not stated."""
    return NOT_STATED if amount is None else f"{amount:,.2f}"


def wan_exact(yuan: Decimal | None) -> str:
    """An amount in yuan as 万元 with all its decimals, at least two; "—" when it is no amount."""
    if yuan is None:
        return "—"
    whole, _, decimals = f"{yuan / 10_000:,.6f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def quantity(value: Decimal | None, unit: str) -> str:
    """One side of a finding with its unit: 万元, %, 分, or a date; "—" when it is not stated."""
    if value is not None and unit == "day":
        return (date(1970, 1, 1) + timedelta(days=int(value))).isoformat()
    return difference(value, unit)


def difference(value: Decimal | None, unit: str) -> str:
    """A gap with its unit, that of two dates in 天; "—" when there is none."""
    if value is None:
        return "—"
    if unit == "CNY":
        return f"{wan_exact(value)} 万元"
    figure = f"{value:,.6f}".rstrip("0").rstrip(".")
    return figure + {"percent": "%", "point": " 分", "day": " 天"}.get(unit, "")


def percent(value: Decimal | None) -> str:
    """A percentage with two decimals, or that it is not stated."""
    return NOT_STATED if value is None else f"{value:,.2f}%"


def short_percent(value: float | None) -> str:
    """A percentage with one decimal; "—" when there is none."""
    return "—" if value is None else f"{value:,.1f}%"


def place(page: int | None, line: int | None) -> str:
    """Where in the document: text files have lines, all others pages."""
    if line is not None:
        return f"第{line}行"
    return "—" if page is None else f"第{page}页"


def plain(text: str | None) -> str:
    """Text of a document for a marimo table, which would load whatever looks like an address.

    A word joiner, invisible and without width, breaks up `https://` and `data:`.
    """
    return (text or "").replace("://", ":\u2060//").replace("data:", "data\u2060:")


def heading(title: str, subtitle: str, note: str = "") -> mo.Html:
    """The heading of a section: Chinese title, short English subtitle, a line below."""
    title_html = f"<h2>{escape(title)} <small>{escape(subtitle)}</small></h2>"
    return mo.Html(title_html + quiet(note).text)


def quiet(sentence: str) -> mo.Html:
    """A remark in small grey type."""
    return mo.Html(f'<p class="quiet">{escape(sentence)}</p>' if sentence else "")


def nothing(sentence: str) -> mo.Html:
    """An empty state, in words."""
    return mo.Html(f'<p class="nothing">{escape(sentence)}</p>')


def problems(sentences: Sequence[str]) -> mo.Html:
    """Sentences a reader must not miss, one box each; nothing when there are none."""
    return mo.Html("".join(f'<p class="problem">{escape(text)}</p>' for text in sentences))


def cards(items: Sequence[tuple[str, str, str]]) -> mo.Html:
    """Cards side by side, each (label, figure, note)."""
    cells = "".join(
        f'<div class="card"><div class="label">{escape(label)}</div>'
        f'<div class="figure{" missing" if figure == NOT_STATED else ""}">{escape(figure)}</div>'
        f'<div class="note">{escape(note)}</div></div>'
        for label, figure, note in items
    )
    return mo.Html(f'<div class="cards">{cells}</div>')


def definitions(items: Sequence[tuple[str, str]]) -> str:
    """Terms and what they say, as HTML."""
    return "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in items)


def text_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()
) -> mo.Html:
    """A table of texts; the columns `numbers` are set flush right."""
    return html_table(headers, [[escape(value) for value in row] for row in rows], numbers)


def html_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()
) -> mo.Html:
    """A table whose cells are HTML already, escaped by who made them; the headers are texts."""

    def line(tag: str, values: Sequence[str]) -> str:
        return "".join(
            f"<{tag}{' class=number' if column in numbers else ''}>{value}</{tag}>"
            for column, value in enumerate(values)
        )

    head = line("th", [escape(header) for header in headers])
    body = "".join(f"<tr>{line('td', row)}</tr>" for row in rows)
    return mo.Html(
        f'<div class="text-table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def marked(text: str, figures: Iterable[tuple[int, int]]) -> str:
    """A text as HTML with figures highlighted, each given by its first character and its end."""
    html, done = "", 0
    for start, end in sorted(set(figures)):
        # Figures that overlap are highlighted as one after the other.
        start = max(start, done)
        html += f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>"
        done = max(done, end)
    return html + escape(text[done:])


def line_around(text: str) -> str:
    """A printed line above or below the one that counts, as HTML in quiet type."""
    return f'<div class="quiet">{escape(text)}</div>' if text.strip() else ""


def picture(png: bytes, caption: str) -> mo.Html:
    """A picture that stands in the page itself, with a caption that also describes it."""
    text = escape(caption)
    return mo.Html(
        f'<figure class="original"><img alt="{text}" src="data:image/png;base64,'
        f'{b64encode(png).decode()}"><figcaption>{text}</figcaption></figure>'
    )
