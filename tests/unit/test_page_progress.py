"""The page of a document that takes long is told while it is read."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest import page_progress
from ingest.page_progress import (
    page_begun,
    read_page_note,
    tell_noted_pages,
    watching,
    write_page,
)
from ingest.run import ingest_paths

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "water-bureau-2022.pdf"


def test_pages_are_told_from_two_seconds_on_or_where_a_page_is_slow(monkeypatch) -> None:
    told = []
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with watching(lambda page, count: told.append((page, count))):
        page_begun(1, 9)
        page_begun(2, 9, is_slow=True)
        now += page_progress.SOON
        page_begun(3, 9)
    page_begun(4, 9, is_slow=True)
    assert told == [(2, 9), (3, 9)]


def test_a_long_document_shows_its_page_behind_its_name(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(page_progress, "SOON", 0.0)
    seen = []
    ingest_paths([SAMPLE], tmp_path, progress=lambda *args: seen.append(args))
    [*pages, last] = seen
    assert last == (SAMPLE.name, 1, 1)
    count = len(pages)
    assert count > 5
    assert pages[1] == (f"{SAMPLE.name} 第 2/{count} 页 / page 2 of {count}", 0, 1)


def test_the_page_of_a_worker_is_told_once_while_it_is_waited_for(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(page_progress, "LOOK_EVERY", 0.01)
    told = []

    def work() -> str:
        for page in (1, 2):
            write_page(tmp_path / "note", page, 2)
            deadline = time.monotonic() + 30
            while (page, 2) not in told and time.monotonic() < deadline:
                time.sleep(0.01)
        return "done"

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        tell_noted_pages(future, tmp_path / "note", lambda *page: told.append(page))
    assert future.result() == "done"
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("text", ["", "3", "a b"])
def test_a_note_half_written_or_missing_is_none(tmp_path: Path, text: str) -> None:
    note = tmp_path / "note"
    assert read_page_note(note) is None
    note.write_text(text, encoding="ascii")
    assert read_page_note(note) is None
    write_page(tmp_path / "no folder" / "note", 1, 2)
