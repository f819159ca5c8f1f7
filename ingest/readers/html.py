"""Web pages: data tables to grids, everything else that is shown to lines.

Tables that only arrange other tables are containers. The line number is the line of the source.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from ingest.document import Cell, Document
from ingest.errors import RejectedDocument
from ingest.normalise import is_number, normalise
from ingest.readers.flow import Flow
from ingest.readers.media_types import HTML

MAX_SPAN = 1000
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# fmt: off
_DROPPED = frozenset(
    (
        "head", "script", "style", "noscript", "template", "nav", "aside", "footer", "select",
        "button", "input", "textarea", "iframe", "object", "svg", "canvas", "audio", "video",
        "map", "colgroup",
    )
)
_BLOCKS = frozenset(
    (
        "html", "body", "main", "section", "article", "header", "div", "p", "h1", "h2", "h3",
        "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "pre", "hr", "form", "fieldset",
        "blockquote", "center", "address", "figure", "figcaption", "caption", "table", "thead",
        "tbody", "tfoot", "tr", "td", "th",
    )
)
# fmt: on
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes) -> Document:
    """Read a web page; raises RejectedDocument when nothing of it can be shown."""
    text = _XML_DECLARATION.sub("", _decode(data))
    try:
        root = lxml.html.document_fromstring(text)
    except ParserError as error:
        raise RejectedDocument(
            "网页是空的，没有内容可读 / The web page is empty: there is nothing to read"
        ) from error
    reader = _Reader()
    reader.block(root)
    reader.close()
    return Document(HTML, 1, tuple(reader.flow.elements))


def _decode(data: bytes) -> str:
    """Decode by byte order mark, by what the page says of itself, or by what fits."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    stated = _META.search(data[:4096])
    encodings = ["utf-8", "gb18030"]
    if stated:
        name = stated[1].decode("ascii").lower()
        # Pages in GBK call themselves gb2312, and use characters that only GB18030 has.
        encodings.insert(0, "gb18030" if name.startswith("gb") else name)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(
        "gb18030" if stated and stated[1][:2].lower() == b"gb" else "utf-8", "replace"
    )


class _Reader:
    """Walks the elements that are shown and collects text until a block ends."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.parts: list[str] = []
        self.line_number = 1

    def close(self) -> None:
        """End the paragraph that is being collected."""
        self.flow.paragraph(_tidy(self.parts), 1, self.line_number)
        self.parts.clear()

    def add(self, text: str | None, line_number: int) -> None:
        if text:
            if not "".join(self.parts).strip():
                self.line_number = line_number
            self.parts.append(_SPACE.sub(" ", text))

    def block(self, element: HtmlElement) -> None:
        """Read an element and what it holds."""
        is_block = element.tag in _BLOCKS
        if is_block:
            self.close()
        line = element.sourceline or 1
        self.add(element.text, line)
        for child in element:
            if _is_shown(child):
                if child.tag == "table":
                    self.close()
                    self.table(child)
                elif child.tag == "br":
                    self.parts.append("\n")
                else:
                    self.block(child)
            self.add(child.tail, child.sourceline or line)
        if is_block:
            self.close()

    def table(self, table: HtmlElement) -> None:
        """Read a table as a grid, or, where it only arranges what it holds, as its content."""
        rows = [row for row in _rows(table) if _is_shown(row)]
        cells = [cell for row in rows for cell in _cells(row)]
        nested = [inner for cell in cells for inner in cell.iterdescendants("table")]
        columns = max((sum(_span(c, "colspan") for c in _cells(row)) for row in rows), default=0)
        has_figures = any(is_number(normalise(_cell_text(cell))) for cell in cells)
        for caption in table.iterchildren("caption"):
            self.block(caption)
        if (nested and not has_figures) or columns < 2:
            for cell in cells:
                self.block(cell)
            return
        self.flow.grid(_placed(rows), is_counted=True)
        for inner in nested:
            if next(inner.iterancestors("table")) is table:
                self.table(inner)


def _is_shown(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED or ":" in element.tag:
        # Elements with a prefix are Word's and Excel's own; empty paragraphs (o:p) among them.
        return isinstance(element.tag, str) and element.tag in ("o:p", "st1:chsdate")
    if "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", "")):
        return False
    if element.get("role") == "navigation":
        return False
    return not (element.tag in ("ul", "ol") and _is_all_links(element))


def _is_all_links(element: HtmlElement) -> bool:
    """Whether a list holds nothing but links: a menu."""
    text = normalise(element.text_content())
    linked = "".join(normalise(link.text_content()) for link in element.iter("a"))
    return bool(text) and text == linked


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and _is_shown(child):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th") and _is_shown(cell)]


def _span(cell: HtmlElement, name: str) -> int:
    digits = re.match(r"\s*(\d{1,4})", cell.get(name, "1"))
    return max(1, min(int(digits[1]), MAX_SPAN)) if digits else 1


def _placed(rows: list[HtmlElement]) -> list[Cell]:
    """Place cells as browsers do: each in the first column that no span from above covers."""
    out: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while (number, column) in taken:
                column += 1
            tall = min(_span(cell, "rowspan"), len(rows) - number)
            if cell.get("rowspan", "").strip() == "0":
                tall = len(rows) - number
            wide = _span(cell, "colspan")
            taken |= {(number + r, column + c) for r in range(tall) for c in range(wide)}
            line = cell.sourceline or row.sourceline
            out.append(Cell(_cell_text(cell), number, column, tall, wide, 1, line))
            column += wide
    return out


def _cell_text(cell: HtmlElement) -> str:
    """Return the text of a cell outside nested tables, with the line breaks that it shows."""
    parts: list[str] = []

    def walk(element: HtmlElement) -> None:
        if element.text:
            parts.append(_SPACE.sub(" ", element.text))
        for child in element:
            if _is_shown(child) and child.tag != "table":
                if child.tag == "br" or child.tag in _BLOCKS:
                    parts.append("\n")
                walk(child)
                if child.tag in _BLOCKS:
                    parts.append("\n")
            if child.tail:
                parts.append(_SPACE.sub(" ", child.tail))

    walk(cell)
    return _tidy(parts)


def _tidy(parts: list[str]) -> str:
    lines = ("".join(parts).replace("\xa0", " ")).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
