"""Numbers as a spreadsheet shows them: printed precision is part of what a form states.

The codes are those of ECMA-376 part 1, 18.8.31; what depends on the country is as in China.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

# Numbers of built-in formats that files carry without their code (18.8.30, zh-cn).
BUILT_IN = {
    14: "yyyy/m/d",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
# A column of General is at most this wide, the decimal point counted.
GENERAL_WIDTH = 11
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skipped>[_*]).'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+)|(?P<exponent>E[+-])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)")
_SECONDS_PER_DAY = 86400

Token = tuple[str, str]


def show_number(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return the text of a number in a cell with the format ``code``.

    Numbers are rounded half up, as spreadsheets do, from the 15 digits that they keep.
    """
    number = Decimal(format(value, ".15g"))
    sections = [_tokens(part) for part in _split(code or "General")]
    tokens, is_signed = _choose(sections, number)
    if any(kind == "date" for kind, _ in tokens):
        return _show_date(value, tokens, from_1904)
    shown = _show_tokens(abs(number) if is_signed else number, tokens).strip()
    # A section that marks negatives by colour alone would lose the sign.
    is_bare = is_signed and number < 0 and shown[:1].isdigit()
    return f"-{shown}" if is_bare else shown


def _split(code: str) -> list[str]:
    """Split a format into its sections, at the semicolons outside quotes."""
    parts, start, quoted, position = [], 0, False, 0
    while position < len(code):
        char = code[position]
        if char == "\\" and not quoted:
            position += 1
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            parts.append(code[start:position])
            start = position + 1
        position += 1
    return [*parts, code[start:]]


def _tokens(section: str) -> list[Token]:
    """Return the parts of a section as (kind, text): literal, digit, date, condition and others."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup or "plain"
        text = match[kind]
        if kind in ("quoted", "escaped"):
            tokens.append(("literal", text))
        elif kind == "bracket":
            currency = _CURRENCY.match(text)
            if currency:
                tokens.append(("literal", currency[1]))
            elif _ELAPSED.fullmatch(text):
                tokens.append(("date", f"[{text.lower()}]"))
            elif _CONDITION.fullmatch(text):
                tokens.append(("condition", text))
        elif kind == "plain":
            known = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma"}
            tokens.append((known.get(text, "literal"), text))
            if text == "%":
                tokens[-1] = ("percent", text)
            elif text == "@":
                tokens[-1] = ("general", text)
        elif kind == "skipped":
            continue
        else:
            tokens.append((kind, text.lower() if kind == "date" else text))
    return tokens


def _choose(sections: list[list[Token]], number: Decimal) -> tuple[list[Token], bool]:
    """Return the section that holds for a number, and whether it shows the sign by itself."""
    conditions = [_condition(tokens) for tokens in sections]
    if any(conditions):
        for tokens, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(number, condition):
                return tokens, False
        return sections[-1], False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _condition(tokens: list[Token]) -> tuple[str, Decimal] | None:
    for kind, text in tokens:
        if kind == "condition":
            match = _CONDITION.fullmatch(text)
            return (match[1], Decimal(match[2])) if match else None
    return None


def _holds(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[sign]


def _show_tokens(number: Decimal, tokens: list[Token]) -> str:
    places = [n for n, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not places:
        return "".join(
            _general(number) if kind == "general" else text
            for kind, text in tokens
            if kind in ("general", "literal", "percent")
        )
    first, last = places[0], places[-1]
    before = "".join(text for kind, text in tokens[:first] if kind in ("literal", "percent"))
    after = "".join(text for kind, text in tokens[last + 1 :] if kind in ("literal", "percent"))
    core = tokens[first : last + 1]
    scaled = number
    for kind, _ in tokens:
        scaled = scaled * 100 if kind == "percent" else scaled
    for kind, _ in tokens[last + 1 :]:
        if kind != "comma":
            break
        scaled /= 1000
    if any(kind == "exponent" for kind, _ in core) or ("literal", "/") in core:
        # Powers of ten and fractions: the number itself says the same and can be compared.
        return before + _general(scaled) + after
    point = next((n for n, (kind, _) in enumerate(core) if kind == "point"), len(core))
    fraction = [token for token in core[point + 1 :] if token[0] == "digit"]
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    whole, _, decimals = format(abs(rounded), "f").partition(".")
    shown = _fill_whole("" if whole == "0" else whole, core[:point])
    digits = _fill_fraction(decimals, core[point + 1 :])
    sign = "-" if rounded < 0 else ""
    return sign + before + shown + ("." + digits if point < len(core) else digits) + after


def _fill_whole(digits: str, tokens: list[Token]) -> str:
    """Put the digits before the point into their places, from the right."""
    groups = any(kind == "comma" for kind, _ in tokens)
    tokens = [token for token in tokens if token[0] in ("digit", "literal")]
    first = next((n for n, (kind, _) in enumerate(tokens) if kind == "digit"), None)
    out: list[str] = []
    left, count = list(digits), 0
    for position in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[position]
        if kind == "literal":
            out.append(text)
            continue
        wanted = len(left) if position == first else 1
        for _ in range(max(wanted, 1)):
            if not left and text != "0":
                break
            if groups and count and count % 3 == 0:
                out.append(",")
            out.append(left.pop() if left else "0")
            count += 1
    return "".join(reversed(out))


def _fill_fraction(decimals: str, tokens: list[Token]) -> str:
    out: list[str] = []
    places = iter(decimals)
    for kind, text in tokens:
        if kind == "digit":
            out.append(next(places, "0") if text == "0" else next(places, "0") + "\x00")
        elif kind == "literal":
            out.append(text)
    # Trailing zeros stand only where the format has 0, not #.
    while out and out[-1] == "0\x00":
        out.pop()
    return "".join(out).replace("\x00", "")


def _general(number: Decimal) -> str:
    whole = format(abs(number), "f").partition(".")[0]
    places = max(0, GENERAL_WIDTH - 1 - len(whole))
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = format(rounded, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _show_date(value: float, tokens: list[Token], from_1904: bool) -> str:
    seconds = round(value * _SECONDS_PER_DAY)
    # Day 60 of the other system is the 29 February 1900 that never was.
    origin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    try:
        moment = origin + timedelta(seconds=seconds)
    except OverflowError:
        return _general(Decimal(format(value, ".15g")))
    has_half = any(kind == "half" for kind, _ in tokens)
    dates = [n for n, (kind, _) in enumerate(tokens) if kind == "date"]
    out = []
    for number, (kind, text) in enumerate(tokens):
        if kind in ("literal", "percent", "comma", "point"):
            out.append(text)
        elif kind == "half":
            out.append("上午" if moment.hour < 12 else "下午")
        elif kind == "date":
            before = [tokens[n][1] for n in dates if n < number]
            after = [tokens[n][1] for n in dates if n > number]
            is_minute = text[0] == "m" and (
                bool(before and before[-1][0] == "h") or bool(after and after[0][0] == "s")
            )
            out.append(_date_part(text, moment, seconds, is_minute, has_half))
    return "".join(out).strip()


def _date_part(text: str, moment: datetime, seconds: int, is_minute: bool, has_half: bool) -> str:
    if text.startswith("["):
        unit = {"h": 3600, "m": 60, "s": 1}[text[1]]
        return str(seconds // unit)
    width = len(text)
    if text[0] == "y":
        return str(moment.year) if width > 2 else f"{moment.year % 100:02d}"
    if text[0] == "m" and not is_minute:
        return f"{moment.month:02d}" if width == 2 else str(moment.month)
    if text[0] == "d":
        if width > 2:
            return "星期" + "一二三四五六日"[moment.weekday()]
        number = moment.day
    elif text[0] == "h":
        number = (moment.hour - 1) % 12 + 1 if has_half else moment.hour
    else:
        number = moment.minute if text[0] == "m" else moment.second
    return f"{number:02d}" if width > 1 else str(number)
