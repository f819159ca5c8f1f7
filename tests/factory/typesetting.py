"""Fonts and line breaking for the PDF writer.

Chinese is set in an embedded subset of Droid Sans Fallback (Apache-2.0), which has no Latin
letters; digits, Latin and curly quotes are set in Times, one of the fonts every reader has.
"""

from __future__ import annotations

import os
from html import escape
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT_VARIABLE = "JUESUAN_CJK_FONT"
DEBIAN_FONT = "/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf"
CJK, LATIN = "SampleCjk", "Times-Roman"
LATIN_QUOTES = "“”‘’—…"
# What may not begin a line.
CLOSING = "，。；：、）】》”%"


class MissingFont(Exception):
    """The Chinese font is not there, or lacks a character."""


def register_font() -> None:
    """Make the Chinese font known to reportlab; ``MissingFont`` names the Debian package."""
    path = Path(os.environ.get(FONT_VARIABLE) or DEBIAN_FONT)
    if not path.is_file():
        raise MissingFont(
            f"缺少中文字体 {path.name}：请安装 Debian 软件包 fonts-droid-fallback，"
            f"或用环境变量 {FONT_VARIABLE} 指定 TrueType 字体。"
            " The Chinese font is missing: install"
            f" the Debian package fonts-droid-fallback, or name a TrueType font in {FONT_VARIABLE}."
        )
    if CJK not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(CJK, str(path)))


def _is_latin(character: str) -> bool:
    return ord(character) < 0x80 or character in LATIN_QUOTES


def width_of(text: str, size: float) -> float:
    """Return the width of ``text`` in points, its Latin runs set in Times."""
    return sum(
        pdfmetrics.stringWidth("".join(run), LATIN if latin else CJK, size)
        for latin, run in groupby(text, _is_latin)
    )


def markup(text: str) -> str:
    """Return ``text`` as reportlab markup with a font for each run."""
    known = pdfmetrics.getFont(CJK).face.charToGlyph
    parts = []
    for latin, run in groupby(text, _is_latin):
        piece = "".join(run)
        missing = [] if latin else [each for each in piece if ord(each) not in known]
        if missing:
            raise MissingFont(f"字体缺字 the font lacks the characters: {''.join(missing)}")
        parts.append(f'<font name="{LATIN if latin else CJK}">{escape(piece)}</font>')
    return "".join(parts)


def _pieces(text: str) -> list[str]:
    """Split into what must stay together: a Latin run, or one Chinese character with its comma."""
    pieces: list[str] = []
    for character in text:
        joins_number = (
            pieces
            and character.isascii()
            and pieces[-1][-1].isascii()
            and not character.isspace()
            and not pieces[-1][-1].isspace()
        )
        if pieces and (joins_number or character in CLOSING):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def broken(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """Break ``text`` into lines of at most ``width`` points; the first is ``indent`` shorter.

    Numbers are never broken; a piece wider than a line stands alone on its line.
    """
    lines: list[str] = []
    line, room = "", width - indent
    for piece in _pieces(text):
        if line and width_of(line + piece, size) > room:
            lines.append(line)
            line, room = piece, width
        else:
            line += piece
    return [*lines, line]
