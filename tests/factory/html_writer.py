"""Writes a disclosure as a web page: paragraphs and tables with merged cells, one row a line."""

from __future__ import annotations

from html import escape
from itertools import groupby

from tests.factory.content import DisclosureContent
from tests.factory.layout import Layout, Sheet
from tests.factory.word_parts import parts_of, spans_of

HEAD = (
    '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{charset}">\n'
    "<title>部门决算公开</title>\n<style>td {{ border: 1px solid }}</style>\n"
    "<script>var count = 1;</script>\n</head>\n<body>\n"
    '<nav><ul><li><a href="/">首页</a></li><li><a href="/gk">政务公开</a></li></ul></nav>\n'
)


def write_html(content: DisclosureContent, layout: Layout, charset: str = "utf-8") -> bytes:
    """Return the page in ``charset``."""
    lines = [HEAD.format(charset=charset)]
    for part in parts_of(content, layout):
        if isinstance(part, str):
            lines.append(f"<p>{escape(part)}</p>")
            continue
        around = [part.title, *part.captions] if part.title else []
        lines += [f"<p>{escape(text)}</p>" for text in around]
        lines += [html_table(part.sheet), *(f"<p>{escape(note)}</p>" for note in part.notes)]
    return ("\n".join(lines) + "\n</body>\n</html>\n").encode(charset)


def html_table(sheet: Sheet) -> str:
    """Return a sheet as a table element, one row per line."""
    rows = []
    for _, spans in groupby(spans_of(sheet), key=lambda span: span.row):
        cells = "".join(
            f'<td rowspan="{span.row_span}" colspan="{span.column_span}">'
            f"{escape(span.text) or '&nbsp;'}</td>"
            for span in spans
        )
        rows.append(f"<tr>{cells}</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"
