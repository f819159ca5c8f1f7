"""The disclosures of one file: where one ends and the next begins.

A file is one disclosure unless it plainly holds several: what follows must be of another
department, scope, year or kind, and state a form (or the prose) that was stated before. Where it
cannot be told whose the prose is, the file stays one, and the forms it states twice are seen later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.claims import Claims
from ingest.covers import Cover, Item, find_covers
from ingest.document import Document, Grid, Line
from ingest.errors import RejectedDocument
from ingest.form_owners import Owner, form_of, owner_of
from ingest.identify import identify
from ingest.normalise import normalise
from ingest.tables import Assembly, PlacedLine, Table, assemble

MIN_PROSE_LINES = 3
MAX_HEADING_LENGTH = 45
_CHAPTER = re.compile(r"^第([一二三四五六七八九十]+)部分")
_AMOUNT = re.compile(r"\d(亿|万)?元")


@dataclass(frozen=True, slots=True)
class Part:
    """One disclosure of a file; ``cover_at`` is where its cover begins in the assembly's order."""

    document: Document
    assembly: Assembly
    cover_at: int = 0

    @property
    def pages(self) -> tuple[int, int]:
        """The first and the last page it stands on."""
        pages = [element.page_number for element in self.document.elements] or [1]
        return min(pages), max(pages)

    @property
    def lines(self) -> tuple[int | None, int | None]:
        """The lines of the file it begins and ends on; None where the file has pages instead."""
        numbers = [number for e in self.document.elements for number in _line_numbers(e)]
        return (numbers[0], numbers[-1]) if numbers else (None, None)


def find_parts(document: Document) -> list[Part]:
    """Return the disclosures of a document, one where it does not plainly hold several."""
    assembly = assemble(document)
    segments = _segments(assembly.order)
    if len(segments) < 2:
        return [Part(document, assembly)]
    return _parts(document, segments)


@dataclass(slots=True)
class _Segment:
    """A stretch of the file; ``cover_at`` counts the items before its cover."""

    items: list[Item]
    cover: Claims | None = None
    cover_at: int = 0
    opens_contents: bool = False
    forms: set[str] = field(init=False)
    has_prose: bool = field(init=False)
    claims: Claims = field(init=False)

    def __post_init__(self) -> None:
        self.forms = {form for item in self.items if (form := _form(item))}
        self.has_prose = _has_prose(self.items)
        self.claims = self._claims()

    def _claims(self) -> Claims:
        tables = [item for item in self.items if isinstance(item, Table)]
        try:
            return identify(Assembly(tables, self.items), self.cover_at)
        except RejectedDocument:
            return self.cover or Claims()

    @property
    def is_empty(self) -> bool:
        """Whether it states nothing: lists of contents, title pages, what goes before a part."""
        return not self.forms and not self.has_prose

    def joined(self, other: _Segment) -> _Segment:
        """Return both as one, under the cover of the first."""
        return replace(self, items=self.items + other.items)

    def after(self, before: list[_Segment]) -> _Segment:
        """Return it with the stretches before it that state nothing.

        Its cover is its own, or, where only theirs opens a disclosure, the last of those.
        """
        if not before:
            return self
        items = [item for segment in before for item in segment.items]
        whole = replace(self, items=items + self.items, cover_at=self.cover_at + len(items))
        if self.opens_contents:
            return whole
        start = len(items)
        for segment in reversed(before):
            start -= len(segment.items)
            if segment.opens_contents:
                return replace(whole, cover=segment.cover, cover_at=start, opens_contents=True)
        return whole


def _segments(order: list[Item]) -> list[_Segment]:
    """Return the stretches of the file that are disclosures of their own; none if in doubt."""
    forms = [form for item in order if (form := _form(item))]
    covers = find_covers(order)
    if len(set(forms)) == len(forms) and len(covers) < 2:
        return []
    parts: list[_Segment] = []
    before: list[_Segment] = []
    for candidate in _candidates(order, covers):
        if candidate.is_empty:
            before.append(candidate)
            continue
        segment = candidate.after(before)
        before = []
        if parts and not _is_another(parts[-1], segment):
            parts[-1] = parts[-1].joined(segment)
        else:
            parts.append(segment)
    for rest in before if parts else []:
        parts[-1] = parts[-1].joined(rest)
    parts = [run for part in parts for run in _split_by_captions(part)]
    return [] if _is_unclear(parts) else parts


def _candidates(order: list[Item], covers: list[Cover]) -> list[_Segment]:
    ends = [*(cover.start for cover in covers), len(order)]
    candidates = [_Segment(order[: ends[0]])] if ends[0] else []
    for cover, end in zip(covers, ends[1:], strict=True):
        items = order[cover.start : end]
        candidates.append(_Segment(items, cover.claims, 0, cover.opens_contents))
    return candidates


def _is_another(last: _Segment, segment: _Segment) -> bool:
    """Whether a stretch is another disclosure than the one before it."""
    if not _differ(last.claims, segment.claims):
        return False
    if last.forms & segment.forms:
        return True
    if last.forms and segment.forms:
        return last.claims.document_kind != segment.claims.document_kind
    return segment.opens_contents and last.has_prose and segment.has_prose


def _differ(one: Claims, other: Claims) -> bool:
    pairs = (
        (one.department_name_zh, other.department_name_zh),
        (one.fiscal_year, other.fiscal_year),
        (one.document_kind, other.document_kind),
        (one.reporting_scope, other.reporting_scope),
    )
    return any(ours and theirs and ours != theirs for ours, theirs in pairs)


def _is_unclear(parts: list[_Segment]) -> bool:
    """Whether it cannot be told which part some of the forms or of the prose belongs to.

    Chapters that run on over the parts, or prose behind the forms of all of them, may speak of the
    whole; two parts of one claim that state the same form cannot be told apart.
    """
    runs_on = any(_chapters(part.items)[:1] not in ([], ["一"]) for part in parts[1:])
    speaks_last = len(parts) > 1 and [part.has_prose for part in parts] == [
        *[False] * (len(parts) - 1),
        True,
    ]
    same = any(
        not _differ(one.claims, other.claims) and one.forms & other.forms
        for number, one in enumerate(parts)
        for other in parts[number + 1 :]
    )
    return runs_on or speaks_last or same


def _split_by_captions(part: _Segment) -> list[_Segment]:
    first, *others = _runs(part.items)
    if not others:
        return [part]
    return [replace(part, items=first), *(_Segment(run) for run in others)]


def _runs(items: list[Item]) -> list[list[Item]]:
    """Part items without a cover between them by what the captions of their forms say.

    One run unless a form comes again under another name or year. Forms of one owner that stand
    apart (each form for every unit in turn) are put together where there is no prose.
    """
    forms = [
        (number, form, owner_of(item)) for number, item in enumerate(items) if (form := _form(item))
    ]
    if not _comes_again(forms):
        return [items]
    starts, owners = [0], [Owner()]
    for number, _, owner in forms:
        if owners[-1].differs(owner):
            starts.append(_heading_start(items, number))
            owners.append(owner)
        else:
            owners[-1] = owners[-1].filled_from(owner)
    runs = [items[start:end] for start, end in pairwise([*starts, len(items)])]
    together: dict[Owner, list[Item]] = {}
    for owner, run in zip(owners, runs, strict=True):
        together.setdefault(owner, []).extend(run)
    prose = [_has_prose(run) for run in runs]
    if len(together) < len(runs):
        return [items] if any(prose) else list(together.values())
    if len(set(prose)) == 1 or _is_prose_of_the_first(runs, prose):
        return runs
    return [items]


def _comes_again(forms: list[tuple[int, str, Owner]]) -> bool:
    seen: dict[str, Owner] = {}
    return any(seen.setdefault(form, owner).differs(owner) for _, form, owner in forms)


def _is_prose_of_the_first(runs: list[list[Item]], prose: list[bool]) -> bool:
    """Whether a whole disclosure is followed by the forms alone of others."""
    chapters = [len(_chapters(run)) for run in runs]
    return prose[0] and not any(prose[1:]) and chapters[0] > 1 and not any(chapters[1:])


def _heading_start(items: list[Item], number: int) -> int:
    """Return where the heading of a table begins: its title and the short lines above it."""
    page = items[number].grids[0].page_number
    while number:
        above = items[number - 1]
        if isinstance(above, Table) or above.line.page_number != page:
            break
        text = normalise(above.line.text)
        if above.role in ("body", "note") and (len(text) > MAX_HEADING_LENGTH or "。" in text):
            break
        number -= 1
    return number


def _form(item: Item) -> str:
    return form_of(item) if isinstance(item, Table) else ""


def _body(items: list[Item]) -> list[str]:
    return [
        normalise(item.line.text)
        for item in items
        if isinstance(item, PlacedLine) and item.role == "body"
    ]


def _has_prose(items: list[Item]) -> bool:
    return sum(bool(_AMOUNT.search(text)) for text in _body(items)) >= MIN_PROSE_LINES


def _chapters(items: list[Item]) -> list[str]:
    return [match[1] for text in _body(items) if (match := _CHAPTER.match(text))]


def _parts(document: Document, segments: list[_Segment]) -> list[Part]:
    """Return the elements of each stretch assembled anew: no table reaches over its end."""
    place = {id(element): number for number, element in enumerate(document.elements)}
    owner: dict[int, int] = {}
    for number, segment in enumerate(segments):
        for item in segment.items:
            element = item.grids[0] if isinstance(item, Table) else item.line
            owner[place[id(element)]] = number
    elements: list[list[Line | Grid]] = [[] for _ in segments]
    current = 0
    for number, element in enumerate(document.elements):
        # Blank lines and the grids that go on with a table stay with what stands before them.
        current = owner.get(number, current)
        elements[current].append(element)
    parts = []
    for segment, own in zip(segments, elements, strict=True):
        pages = {element.page_number for element in own}
        piece = Document(document.media_type, len(pages), tuple(own))
        assembly = assemble(piece)
        cover = segment.items[segment.cover_at]
        lines = [item.line if isinstance(item, PlacedLine) else None for item in assembly.order]
        at = next((n for n, line in enumerate(lines) if line is getattr(cover, "line", 0)), 0)
        parts.append(Part(piece, assembly, at))
    return parts


def _line_numbers(element: Line | Grid) -> list[int]:
    numbers = (
        [element.line_number]
        if isinstance(element, Line)
        else [cell.line_number for cell in element.cells]
    )
    return [number for number in numbers if number is not None]
