"""Files in, rows of raw out: extraction in worker processes, loading one document at a time."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from ingest import load
from ingest.assign import assigned_values
from ingest.bundle import bundle_folder, read_documents, write_bundle
from ingest.errors import RejectedDocument
from ingest.extract import extract
from ingest.manifest import stated_of_parts
from ingest.originals import keep_original
from ingest.page_progress import tell_noted_pages, watching, write_page
from ingest.part_names import name_of_part
from ingest.plan import Job, plan_jobs, unexpected
from ingest.readers.ocr_extra import is_cured
from ingest.readers.office import NEEDS_LIBREOFFICE, find_office
from ingest.version import PARSER_VERSION

Progress = Callable[[str, int, int], None]
# Called with the name of a file, the page of it that is being read and the number of pages.
PageProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file, or of one of the disclosures in it.

    ``status`` is loaded, unchanged or rejected; ``reason`` says why it is rejected, or what of the
    manifest was left aside.
    """

    file_name: str
    document_id: str
    status: str
    reason: str | None = None
    cell_count: int = 0
    figure_count: int = 0


@dataclass(slots=True)
class IngestReport:
    """The results of a run, in the order of the files and of the disclosures in each."""

    results: list[FileResult] = field(default_factory=list)

    def count(self, status: str) -> int:
        """Return how many files, or disclosures of files that hold several, ended so."""
        return sum(result.status == status for result in self.results)


def ingest_paths(
    paths: Sequence[Path],
    home: Path,
    *,
    workers: int = 2,
    progress: Progress | None = None,
) -> IngestReport:
    """Ingest files, folders and ZIP archives (with all in them) into the warehouse under ``home``.

    ``progress`` is called with file name, number of files done and number of files; while a file
    takes longer, the page under way stands behind its name. A file that cannot be read is rejected
    with a reason and harms no other. Raises ManifestError and WarehouseError before anything is
    loaded.
    """
    with tempfile.TemporaryDirectory(prefix="juesuan-unpacked-") as scratch:
        jobs = plan_jobs([Path(path) for path in paths], home, Path(scratch))
        return _ingest(jobs, home, workers, progress)


def _ingest(jobs: list[Job], home: Path, workers: int, progress: Progress | None) -> IngestReport:
    report = IngestReport()
    connection = load.open_warehouse(home)
    try:
        pending = [
            job
            for job in jobs
            if not (
                job.unreadable
                or _is_current(connection, job, home)
                or _known_rejection(connection, job)
            )
        ]
        unread = {
            job.file_id: job
            for job in pending
            if not bundle_folder(home, PARSER_VERSION, job.file_id).exists()
        }
        number = 0

        def tell_page(name: str, page: int, page_count: int) -> None:
            if progress:
                text = f"{name} 第 {page}/{page_count} 页 / page {page} of {page_count}"
                progress(text, number - 1, len(jobs))

        reasons = _extract_all(list(unread.values()), home, workers, tell_page)
        extracted: dict[str, str | None] = {}
        for number, job in enumerate(jobs, start=1):
            while job.file_id in unread and job.file_id not in extracted:
                file_id, reason = next(reasons)
                extracted[file_id] = reason
            reason = job.unreadable or extracted.get(job.file_id)
            reason = reason or _known_rejection(connection, job)
            report.results += _finish(connection, job, home, reason)
            if progress:
                progress(job.name, number, len(jobs))
    finally:
        connection.close()
    return report


def _is_current(connection: duckdb.DuckDBPyConnection, job: Job, home: Path) -> bool:
    """Whether all of the same bytes is read by this parser, with nothing new stated about it."""
    reads = load.find_file(connection, job.file_id)
    if not reads or len(reads) != (reads[0]["part_count"] or 1):
        return False
    if any(read["parser_version"] != PARSER_VERSION for read in reads):
        return False
    if len(reads) == 1:
        documents = reads if reads[0]["read_status"] == "loaded" else []
    else:
        # What the parts say of themselves is in the bundle alone.
        folder = bundle_folder(home, PARSER_VERSION, job.file_id)
        documents = read_documents(folder) if folder.exists() else []
    known = {read["document_id"]: read for read in reads}
    stated, _ = stated_of_parts(job.stated, documents)
    return bool(documents) and all(
        document["document_id"] in known
        and (
            known[document["document_id"]]["read_status"] == "rejected"
            or _says(known[document["document_id"]], stated | _assigned(connection, document))
        )
        for document in documents
    )


def _says(read: dict[str, object], stated: dict[str, object]) -> bool:
    return all(read[name] == value for name, value in stated.items())


def _assigned(
    connection: duckdb.DuckDBPyConnection, document: dict[str, object]
) -> dict[str, object]:
    return assigned_values(connection, document["document_id"])


def _known_rejection(connection: duckdb.DuckDBPyConnection, job: Job) -> str | None:
    """Return why this parser has rejected the same bytes before, or None."""
    read = load.find_read(connection, job.file_id)
    if read and read["read_status"] == "rejected" and read["parser_version"] == PARSER_VERSION:
        reason = read["read_reason"]
        # What was missing may be there by now.
        has_office_now = reason == NEEDS_LIBREOFFICE and find_office()
        return None if has_office_now or is_cured(reason) else reason
    return None


def _finish(
    connection: duckdb.DuckDBPyConnection, job: Job, home: Path, reason: str | None
) -> list[FileResult]:
    if reason:
        past = load.regroup(connection, job.file_id, [job.file_id])
        load.reject(connection, job.rejected(PARSER_VERSION), reason)
        load.release(connection, past)
        return [FileResult(job.name, job.file_id, "rejected", reason)]
    if _is_current(connection, job, home):
        return [_unchanged(connection, read) for read in load.find_file(connection, job.file_id)]
    folder = bundle_folder(home, PARSER_VERSION, job.file_id)
    keep_original(home, job.path, job.file_id)
    documents = read_documents(folder)
    stated, note = stated_of_parts(job.stated, documents)
    past = load.regroup(connection, job.file_id, [each["document_id"] for each in documents])
    results = [
        _load(connection, job, folder, document | stated | _assigned(connection, document), note)
        for document in documents
    ]
    load.release(connection, past)
    return results


def _unchanged(connection: duckdb.DuckDBPyConnection, read: dict[str, Any]) -> FileResult:
    name, document_id = read["file_name"], read["document_id"]
    if read["read_status"] == "rejected":
        return FileResult(name, document_id, "rejected", read["read_reason"])
    return FileResult(
        name, document_id, "unchanged", None, *load.count_rows(connection, document_id)
    )


def _load(
    connection: duckdb.DuckDBPyConnection,
    job: Job,
    folder: Path,
    document: dict[str, Any],
    note: str | None,
) -> FileResult:
    """Load one of the documents of a file, or record why it was not read."""
    name = name_of_part(job.name, document.pop("part_name"))
    document |= {"file_name": name, "parser_version": PARSER_VERSION}
    document_id, reason = document["document_id"], document["read_reason"]
    if reason:
        load.reject(connection, document, reason)
        return FileResult(name, document_id, "rejected", reason)
    counts = load.load_document(connection, folder, document, note)
    return FileResult(name, document_id, "loaded", note, *counts)


def _extract_all(
    jobs: list[Job], home: Path, workers: int, tell_page: PageProgress
) -> Iterator[tuple[str, str | None]]:
    """Yield file id and reason of rejection (None when the bundle is written), in order."""
    folders = [bundle_folder(home, PARSER_VERSION, job.file_id) for job in jobs]
    tasks = [
        (job, (str(job.path), job.file_id, str(folder)))
        for job, folder in zip(jobs, folders, strict=True)
    ]
    if len(tasks) < 2 or workers < 2:
        for job, task in tasks:
            with watching(partial(tell_page, job.name)):
                reason = extract_to_bundle(*task)
            yield job.file_id, reason
        return
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory(prefix="juesuan-pages-") as notes,
        ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool,
    ):
        futures = [
            (job, task, pool.submit(_noting_pages, extract_to_bundle, notes, *task))
            for job, task in tasks
        ]
        for job, task, future in futures:
            tell_noted_pages(future, Path(notes, job.file_id), partial(tell_page, job.name))
            try:
                yield job.file_id, future.result()
            except BrokenProcessPool:
                yield job.file_id, _extract_alone(job.name, task)


def _noting_pages(
    extract_one: Callable[[str, str, str], str | None],
    notes: str,
    path: str,
    document_id: str,
    folder: str,
) -> str | None:
    """Extract one file in a worker process, and note its pages where the parent looks."""
    with watching(partial(write_page, Path(notes, document_id))):
        return extract_one(path, document_id, folder)


def _extract_alone(file_name: str, task: tuple[str, str, str]) -> str | None:
    """Extract in a process of its own, after a worker died: finds out whose fault it was."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(extract_to_bundle, *task).result()
        except BrokenProcessPool as error:
            return unexpected(file_name, error)


def extract_to_bundle(path: str, file_id: str, folder: str) -> str | None:
    """Extract one file and write its bundle; returns the reason when the file is rejected.

    Runs in worker processes: arguments and result are plain strings.
    """
    file = Path(path)
    try:
        write_bundle(extract(file, file_id), Path(folder))
    except RejectedDocument as rejection:
        return str(rejection)
    except Exception as error:
        # Whatever a hostile or broken file sets off must not stop the others.
        return unexpected(file.name, error)
    return None
