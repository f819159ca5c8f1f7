"""Which page of a document is being read, told to whoever watches: a reading may take minutes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

# What is read within this many seconds needs no page count.
SOON = 2.0
# Seconds between two looks at the page that another process has come to.
LOOK_EVERY = 0.5

# Called with the page under way, counted from 1, and the number of pages.
Tell = Callable[[int, int], None]

_watcher: ContextVar[tuple[Tell, float] | None] = ContextVar("watcher", default=None)


@contextmanager
def watching(tell: Tell) -> Iterator[None]:
    """Tell of the pages that are begun inside, from two seconds on or where a page is slow."""
    token = _watcher.set((tell, time.monotonic()))
    try:
        yield
    finally:
        _watcher.reset(token)


def page_begun(page: int, page_count: int, is_slow: bool = False) -> None:
    """Say that a reader begins a page; ``is_slow`` where it will take seconds."""
    watcher = _watcher.get()
    if watcher is None:
        return
    tell, began = watcher
    if is_slow or time.monotonic() - began >= SOON:
        tell(page, page_count)


def write_page(note: Path, page: int, page_count: int) -> None:
    """Leave the page in a file for another process to read; a display is worth no failure."""
    with suppress(OSError):
        note.write_text(f"{page} {page_count}", encoding="ascii")


def tell_noted_pages(future: Future, note: Path, tell: Tell) -> None:
    """Wait for another process, and tell of each page that it notes."""
    told = None
    while not wait([future], timeout=LOOK_EVERY).done:
        page = read_page_note(note)
        if page and page != told:
            tell(*page)
            told = page


def read_page_note(note: Path) -> tuple[int, int] | None:
    """Return the page and the number of pages that the file states, None if none by now."""
    try:
        page, page_count = note.read_text(encoding="ascii").split()
        return int(page), int(page_count)
    except (OSError, ValueError):
        return None
