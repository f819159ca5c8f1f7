"""Text as it is compared: one spelling of characters, brackets and white space."""

from __future__ import annotations

import re
import unicodedata

# U+2E81 to U+2EF3 in order, as the ordinary characters; NFKC leaves nearly all of them alone, and
# pages printed from browsers are full of them. U+2E9A is not assigned.
_RADICALS = (
    "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄心扌攵?旡日月歺母民氵氺灬爪爫丬牛犭王疋目示礻竹糹纟"
    "罓罒㓁㓁网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣"
    "首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_RADICAL_MAP = {0x2E81 + i: char for i, char in enumerate(_RADICALS) if char != "?"}
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u00ad]+")
# Prose keeps its Chinese punctuation: a full-width comma never separates thousands.
_PROSE_KEPT = frozenset("，。；：！？、…～")
_PROSE_CACHE: dict[str, str] = {}
_NUMBER = re.compile(r"[-−－]?\d[\d,]*(\.\d+)?%?")
_CODE = re.compile(r"\d{3}(\d{2}){0,2}")


def fold_characters(text: str) -> str:
    """Fold full-width forms and radicals to ordinary characters; white space stays."""
    return unicodedata.normalize("NFKC", text.translate(_RADICAL_MAP))


def normalise(text: str) -> str:
    """Return the comparable form: folded, half-width brackets, no white space."""
    return _SPACE.sub("", fold_characters(text))


def fold_prose(text: str) -> str:
    """Fold letters, digits, per cent signs and brackets, and keep Chinese punctuation as it is."""
    out = []
    for char in text:
        folded = _PROSE_CACHE.get(char)
        if folded is None:
            folded = char if char in _PROSE_KEPT else fold_characters(char)
            _PROSE_CACHE[char] = folded
        out.append(folded)
    return "".join(out)


def is_number(text: str) -> bool:
    """Whether a normalised cell is one number, with or without thousands commas or per cent."""
    return bool(_NUMBER.fullmatch(text))


def is_code(text: str) -> bool:
    """Whether a normalised cell has the shape of a classification code: 3, 5 or 7 digits."""
    return bool(_CODE.fullmatch(text))
