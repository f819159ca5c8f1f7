"""The printed grid that the writers draw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """One cell of a sheet with the rows and columns it covers."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed grid. ``roles`` names each column: code, label, ordinal, text or amount."""

    roles: tuple[str, ...]
    header: tuple[Span, ...]
    header_row_count: int
    body: tuple[tuple[str, ...], ...]
    body_spans: tuple[Span, ...] = ()
