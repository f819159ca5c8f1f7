"""Which words are names of persons, and where prose prints one without a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.seeds import person_labels, person_words

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,10}·[\u3400-\u9fff·]{1,10}")


def is_name_in_field(text: str) -> bool:
    """Whether what stands in a name field is a name: no organisation, no post, no "none".

    A given name may end like an organisation (…科); it is one behind a surname, unless the word
    before its end is one that organisations begin with.
    """
    words = person_words()
    if not _HAN_NAME.fullmatch(text) or text in words["no_name"]:
        return False
    if text.endswith(tuple(words["title_end"])):
        return False
    ends = [end for end in words["organisation_end"] if text.endswith(end)]
    if not ends:
        return True
    surname = _surname(text)
    return (
        bool(surname)
        and len(text) == len(surname) + 2
        and all(len(end) == 1 for end in ends)
        and text[:2] not in words["organisation_start"]
    )


def is_name_in_prose(text: str) -> bool:
    """Whether a word of running text is a name beyond doubt: what is collected is redacted."""
    words = person_words()
    return (
        len(text) - len(_surname(text)) in (1, 2)
        and bool(_surname(text))
        and not words["word_part"] & set(text)
        and text[:2] not in words["not_a_name"] | words["organisation_start"]
        and not text.endswith(tuple(words["title_end"] | words["organisation_end"]))
    )


def _surname(text: str) -> str:
    """Return the surname a text begins with, the longer one where two fit; empty when none."""
    surnames = person_words()["surname"]
    return next((text[:n] for n in (2, 1) if text[:n] in surnames and len(text) > n), "")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The two ways of naming somebody: 负责人为…, and 由…负责; both tell of one or more names."""
    words = person_words()
    labels = _any_of(label for label, kind in person_labels().items() if kind == "name")
    name = rf"(?:{_any_of(words['surname'])})[\u3400-\u9fff]{{1,2}}?"
    names = rf"({name}(?:[、,，和及与]{name})*)"
    honorific = _any_of(words["honorific"])
    end = rf"(?:[^\u3400-\u9fff]|{honorific}|{_any_of(person_labels())}|$)"
    linked = _any_of(words["is_linked"])
    return (
        re.compile(rf"(?:{labels})(?:{linked})?\s*{names}(?={end})"),
        re.compile(
            rf"(?:{_any_of(words['by'])})(?!于){names}(?:等)?(?:{honorific})?"
            rf"(?={_any_of(words['by_end'])})"
        ),
    )


def names_in_prose(text: str) -> Iterator[str]:
    """Yield the names that a folded text gives without a colon."""
    for pattern in _patterns():
        for match in pattern.finditer(text):
            parts = re.split(r"[、,，和及与]", match.group(1))
            yield from filter(is_name_in_prose, parts)
