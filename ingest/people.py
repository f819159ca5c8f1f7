"""Names and telephone numbers of persons: found by the labels beside them, marked for redaction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ingest.labels import LabelledCell
from ingest.normalise import fold_characters, normalise
from ingest.person_names import is_name_in_field, names_in_prose
from ingest.seeds import person_labels

MAX_NAME_LENGTH = 4
_SEPARATORS = re.compile(r"[、,，;；/\\\s()\d]+")
# The same without white space, which also stands inside names of two characters.
_MARKS = re.compile(r"[、,，;；/\\()\d]+")
_PROSE_PHONE = re.compile(r"(电话|联系方式|传真|手机)[^\d。]{0,12}\(?\d[\d\-—–()\s]{5,}\d")
_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d(?P<gap>[\- ]?)\d{4}(?P=gap)\d{4}(?![\d.])(?!\s*万?元)")
_PHONE = re.compile(r"(?<![\d.])(\(?0\d{2,3}\)?[\-—–]?)?[2-8]\d{6,7}(?![\d.,])|" + _MOBILE.pattern)
_LANDLINE = re.compile(
    r"(?<![\d.])(?:\(0\d{2,3}\)[\-—–\s]{0,2}|0\d{2,3}[\-—–\s]{1,2})[2-9]\d{6,7}(?![\d.,])"
)
_LOCAL = re.compile(r"(?<!\d)[2-9]\d{6,7}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


class People:
    """The names found in one document, and the tests for text that gives a person away."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.numbers: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def add_names(self, text: str) -> None:
        """Collect the names printed in a name field."""
        for part in (text, *text.split("\n")):
            whole = normalise(part)
            folded = fold_characters(part)
            parts = [*_SEPARATORS.split(folded), *map(normalise, _MARKS.split(folded))]
            for name in (whole, *parts):
                if is_name_in_field(name):
                    self.names.add(name)
        self._pattern = None

    def add_numbers(self, text: str) -> None:
        """Collect the local numbers printed in a telephone field: they come again without 电话."""
        self.numbers.update(_LOCAL.findall(fold_characters(text)))

    def mentions_number(self, folded: str) -> bool:
        """Whether a folded text prints one of the numbers, and not as an amount."""
        return bool(self.numbers) and any(
            match.group() in self.numbers
            and not re.match(r"[.,]\d|\s*[万亿]?元", folded[match.end() :])
            and not folded[: match.start()].endswith(".")
            for match in _LOCAL.finditer(folded)
        )

    def mentions_name(self, text: str | None) -> bool:
        """Whether a text contains one of the names, however it is spaced."""
        if not text or not self.names:
            return False
        if self._pattern is None:
            ordered = sorted(self.names, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, ordered)))
        return bool(self._pattern.search(normalise(text)))

    def is_personal_prose(self, text: str) -> bool:
        """Whether a line or sentence names a person or gives a telephone number or mail address."""
        folded = fold_characters(text)
        if any(p.search(folded) for p in (_PROSE_PHONE, _MOBILE, _LANDLINE, _MAIL)):
            return True
        if any(_is_identity_number(m.group()) for m in _IDENTITY.finditer(folded)):
            return True
        return self.mentions_number(folded) or self.mentions_name(text)


def _is_identity_number(text: str) -> bool:
    """Whether 18 characters are the number of an identity card: its last is a check (GB 11643)."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(text[:17]))
    return "10X98765432"[total % 11] == text[17].upper()


def personal_lines(people: People, texts: list[str]) -> list[bool]:
    """Tell for each printed line whether it is personal, alone or with the line it runs on into."""
    marks = [people.is_personal_prose(text) for text in texts]
    for number, (text, following) in enumerate(pairwise(map(normalise, texts))):
        tail, head = text[-MAX_NAME_LENGTH:], following[:MAX_NAME_LENGTH]
        is_whole = people.mentions_name(tail) or people.mentions_name(head)
        if not is_whole and people.mentions_name(tail + head):
            marks[number] = marks[number + 1] = True
    return marks


def _field_pattern() -> re.Pattern[str]:
    labels = sorted((k for k, v in person_labels().items() if v == "name"), key=len, reverse=True)
    stops = "|".join(map(re.escape, sorted(person_labels(), key=len, reverse=True)))
    han = r"[\u3400-\u9fff]"
    end = rf"(?=\s|{stops}|[^\u3400-\u9fff·]|$)"
    # Single characters apart are one name; marks, but not white space, part several names.
    name = rf"(?:{han}(?:\s+{han}){{1,3}}{end}|[\u3400-\u9fff·]{{1,6}}?{end})"
    return re.compile(
        rf"({'|'.join(map(re.escape, labels))})(?:\([^)]*\))?[:：]\s*"
        rf"({name}(?:[、/]\s*(?!{stops}){name})*)"
    )


def collect_prose_names(people: People, texts: Iterable[str]) -> None:
    """Collect the names after 联系人： and those that prose gives without a colon."""
    pattern = _field_pattern()
    for text in texts:
        folded = fold_characters(text)
        if ":" in folded:
            for match in pattern.finditer(folded):
                people.add_names(match.group(2))
        for name in names_in_prose(folded):
            people.add_names(name)
        for match in _PROSE_PHONE.finditer(folded):
            if not re.match(r"[.,]\d|\s*[万亿]?元", folded[match.end() :]):
                people.add_numbers(match.group())


def find_people(tables: list[list[LabelledCell]], lines: list[str]) -> People:
    """Return the persons named in the cells and lines of a file; marks the cells that name them."""
    people = People()
    for cells in tables:
        mark_fields(people, cells)
    collect_prose_names(people, lines)
    # Signatures stand in tables as well, field and name in one cell.
    collect_prose_names(people, (cell.cell_text for cells in tables for cell in cells))
    for cells in tables:
        mark_mentions(people, cells)
    return people


def mark_fields(people: People, cells: list[LabelledCell]) -> None:
    """Mark the cells of one table that stand in a person's field, and collect the names there."""
    vocabulary = person_labels()
    named_blocks = {
        cell.block_number
        for cell in cells
        if vocabulary.get(normalise(cell.cell_text)) == "name" and cell.cell_kind != "value"
    }
    # The columns of a list of persons: what stands beside their heads are other heads.
    list_heads = {
        cell.column_label.rsplit("/", 1)[-1]
        for cell in cells
        if cell.cell_kind == "value" and cell.cell_text.strip()
    }
    last_row = 0
    left = ""
    for cell in cells:
        if cell.row_number != last_row:
            last_row, left = cell.row_number, ""
        text = normalise(cell.cell_text)
        if text:
            if not (cell.cell_kind == "header" and left in list_heads):
                _mark(people, cell, left, vocabulary, cell.block_number in named_blocks)
            left = text


def _mark(
    people: People, cell: LabelledCell, left: str, vocabulary: dict[str, str], named: bool
) -> None:
    """Mark one cell by its row label, its column label, or the text on its left."""
    text = normalise(cell.cell_text)
    if cell.cell_kind == "ordinal" or text in vocabulary:
        return
    column = cell.column_label.rsplit("/", 1)[-1]
    # Fields above the first number of a form are read as header; beside them stand persons.
    labels = (left,) if cell.cell_kind == "header" else (cell.row_label, column, left)
    kinds = {vocabulary.get(_bare(label)) for label in labels}
    if "name" in kinds:
        people.add_names(cell.cell_text)
    if "phone" in kinds:
        people.add_numbers(cell.cell_text)
    cell.is_personal = bool(kinds & {"name", "phone"}) or (
        named and ("detail" in kinds or bool(_PHONE.fullmatch(text)))
    )


def _bare(label: str) -> str:
    """Return a label without what follows in brackets or after a colon."""
    return re.split(r"[(:]", label, maxsplit=1)[0]


def mark_mentions(people: People, cells: list[LabelledCell]) -> None:
    """Mark every other cell that contains a collected name, or prose that gives a number away."""
    for cell in cells:
        if cell.is_personal:
            continue
        texts = (cell.cell_text, cell.row_label, cell.column_label, cell.block_label)
        cell.is_personal = any(people.mentions_name(text) for text in texts) or (
            len(cell.cell_text) > 7 and people.is_personal_prose(cell.cell_text)
        )
