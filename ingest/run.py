"""Files in, rows of raw out: extraction in worker processes, loading one document at a time."""

from __future__ import annotations

import hashlib
import multiprocessing
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

import duckdb

from ingest import load
from ingest.archives import Member, Unpacker, is_skipped
from ingest.assign import assigned_values
from ingest.bundle import bundle_folder, write_bundle
from ingest.errors import RejectedDocument, WarehouseError
from ingest.extract import extract
from ingest.manifest import read_manifest
from ingest.originals import keep_original
from ingest.page_progress import tell_noted_pages, watching, write_page
from ingest.readers.ocr_extra import is_cured
from ingest.readers.office import NEEDS_LIBREOFFICE, find_office
from ingest.version import PARSER_VERSION

Progress = Callable[[str, int, int], None]
# Called with the name of a file, the page of it that is being read and the number of pages.
PageProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: ``status`` is loaded, unchanged or rejected."""

    file_name: str
    document_id: str
    status: str
    reason: str | None = None
    cell_count: int = 0
    figure_count: int = 0


@dataclass(slots=True)
class IngestReport:
    """The results of a run, in the order of the files."""

    results: list[FileResult] = field(default_factory=list)

    def count(self, status: str) -> int:
        """Return how many files ended with a status."""
        return sum(result.status == status for result in self.results)


@dataclass(slots=True)
class _Job:
    path: Path
    name: str
    document_id: str
    byte_count: int
    stated: dict[str, object]
    unreadable: str | None = None


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
        jobs = _plan([Path(path) for path in paths], home, Path(scratch))
        return _ingest(jobs, home, workers, progress)


def _ingest(jobs: list[_Job], home: Path, workers: int, progress: Progress | None) -> IngestReport:
    report = IngestReport()
    connection = load.open_warehouse(home)
    try:
        for job in jobs:
            job.stated |= assigned_values(connection, job.document_id)
        pending = [
            job
            for job in jobs
            if not (
                job.unreadable or _is_current(connection, job) or _known_rejection(connection, job)
            )
        ]
        unread = {
            job.document_id: job
            for job in pending
            if not bundle_folder(home, PARSER_VERSION, job.document_id).exists()
        }
        number = 0

        def tell_page(name: str, page: int, page_count: int) -> None:
            if progress:
                text = f"{name} 第 {page}/{page_count} 页 / page {page} of {page_count}"
                progress(text, number - 1, len(jobs))

        reasons = _extract_all(list(unread.values()), home, workers, tell_page)
        extracted: dict[str, str | None] = {}
        for number, job in enumerate(jobs, start=1):
            while job.document_id in unread and job.document_id not in extracted:
                document_id, reason = next(reasons)
                extracted[document_id] = reason
            reason = job.unreadable or extracted.get(job.document_id)
            reason = reason or _known_rejection(connection, job)
            result = _finish(connection, job, home, reason)
            report.results.append(result)
            if progress:
                progress(job.name, number, len(jobs))
    finally:
        connection.close()
    return report


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to read, sorted within a folder.

    Hidden files, manifests and a folder's own README are skipped; a file named by itself never is.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                inside = PurePosixPath(file.relative_to(path).as_posix())
                if file.is_file() and not is_skipped(inside):
                    files[file] = None
        elif path.is_file():
            files[path] = None
        else:
            raise WarehouseError(
                f"找不到文件或文件夹“{path}” / There is no file or folder '{path}'"
            )
    return list(files)


def _plan(paths: list[Path], home: Path, scratch: Path) -> list[_Job]:
    """Return one job per file, the members of archives unpacked below ``scratch``."""
    own = home.resolve()
    files = [file for file in find_files(paths) if not file.resolve().is_relative_to(own)]
    manifests = {folder: read_manifest(folder) for folder in {file.parent for file in files}}
    unpacker = Unpacker(scratch)
    jobs = []
    for file in files:
        entry = manifests[file.parent].get(file.name)
        given = Member(file, file.name, entry.stated() if entry else {})
        try:
            jobs += [_job(member) for member in unpacker.members_of(given)]
        except OSError as error:
            # Without its bytes it has no id of its own; its path stands in for them.
            path_id = hashlib.sha256(str(file).encode()).hexdigest()
            jobs.append(_Job(file, file.name, path_id, 0, {}, _unexpected(file.name, error)))
    return jobs


def _job(member: Member) -> _Job:
    data = member.path.read_bytes()
    document_id = hashlib.sha256(data).hexdigest()
    return _Job(member.path, member.name, document_id, len(data), member.stated, member.unreadable)


def _is_current(connection: duckdb.DuckDBPyConnection, job: _Job) -> bool:
    """Whether the same bytes are loaded by this parser, with nothing new stated about them."""
    read = load.find_read(connection, job.document_id)
    return bool(
        read
        and read["read_status"] == "loaded"
        and read["parser_version"] == PARSER_VERSION
        and all(read[name] == value for name, value in job.stated.items())
    )


def _known_rejection(connection: duckdb.DuckDBPyConnection, job: _Job) -> str | None:
    """Return why this parser has rejected the same bytes before, or None."""
    read = load.find_read(connection, job.document_id)
    if read and read["read_status"] == "rejected" and read["parser_version"] == PARSER_VERSION:
        reason = read["read_reason"]
        # What was missing may be there by now.
        has_office_now = reason == NEEDS_LIBREOFFICE and find_office()
        return None if has_office_now or is_cured(reason) else reason
    return None


def _finish(
    connection: duckdb.DuckDBPyConnection, job: _Job, home: Path, reason: str | None
) -> FileResult:
    name = job.name
    if reason:
        load.reject(connection, job.document_id, name, job.byte_count, PARSER_VERSION, reason)
        return FileResult(name, job.document_id, "rejected", reason)
    if _is_current(connection, job):
        counts = load.count_rows(connection, job.document_id)
        return FileResult(name, job.document_id, "unchanged", None, *counts)
    folder = bundle_folder(home, PARSER_VERSION, job.document_id)
    keep_original(home, job.path, job.document_id)
    counts = load.load_bundle(connection, folder, job.document_id, name, PARSER_VERSION, job.stated)
    return FileResult(name, job.document_id, "loaded", None, *counts)


def _extract_all(
    jobs: list[_Job], home: Path, workers: int, tell_page: PageProgress
) -> Iterator[tuple[str, str | None]]:
    """Yield document id and reason of rejection (None when the bundle is written), in order."""
    folders = [bundle_folder(home, PARSER_VERSION, job.document_id) for job in jobs]
    tasks = [
        (job, (str(job.path), job.document_id, str(folder)))
        for job, folder in zip(jobs, folders, strict=True)
    ]
    if len(tasks) < 2 or workers < 2:
        for job, task in tasks:
            with watching(partial(tell_page, job.name)):
                reason = extract_to_bundle(*task)
            yield job.document_id, reason
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
            tell_noted_pages(future, Path(notes, job.document_id), partial(tell_page, job.name))
            try:
                yield job.document_id, future.result()
            except BrokenProcessPool:
                yield job.document_id, _extract_alone(job.name, task)


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
            return _unexpected(file_name, error)


def extract_to_bundle(path: str, document_id: str, folder: str) -> str | None:
    """Extract one file and write its bundle; returns the reason when the file is rejected.

    Runs in worker processes: arguments and result are plain strings.
    """
    file = Path(path)
    try:
        write_bundle(extract(file, document_id), Path(folder))
    except RejectedDocument as rejection:
        return str(rejection)
    except Exception as error:
        # Whatever a hostile or broken file sets off must not stop the others.
        return _unexpected(file.name, error)
    return None


def _unexpected(file_name: str, error: BaseException) -> str:
    kind = type(error).__name__
    return (
        f"读取文件“{file_name}”时出现意外错误（{kind}） / "
        f"Reading the file '{file_name}' failed unexpectedly ({kind})"
    )
