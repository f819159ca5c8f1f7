"""Publishes a build: everything is written aside, then one symlink switches all readers at once.

`DIR/published/current` points to `builds/<build_id>`; `current.duckdb` and `parquet` beside it
point into `current`. A reader that keeps a file open keeps its data; a new one sees the new build.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from juesuan.errors import PublishError
from juesuan.publish_tables import PublishedTable, copy_warehouse

PRIVATE_FILE = "warehouse.duckdb"
PUBLISHED_FILE = "juesuan.duckdb"
MANIFEST_FILE = "manifest.json"

# Names that start so are unfinished or already given up; the next publication removes them.
_BUILDING = ".building-"
_REMOVED = ".removed-"
_BUILD_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{4}")
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class Build:
    """One finished build under `published/builds`."""

    build_id: str
    path: Path
    is_current: bool


def publish(
    home: Path, *, docs_dir: Path | None, keep: int = 5, build_info: dict[str, Any]
) -> Path:
    """Publish the private warehouse of `home` as a new build and return its folder.

    `docs_dir` is copied in as `data_docs`; `build_info` goes into manifest.json. The newest `keep`
    builds up to the current one are kept. Waits for another publication of the same home to end.
    Raises PublishError; readers then still see the build they saw before.
    """
    if keep < 1:
        raise PublishError(
            f"至少要保留一个构建，不能是 {keep} / at least one build must be kept, not {keep}"
        )
    private = home / PRIVATE_FILE
    if not private.is_file():
        raise PublishError(
            f"{home.name} 里没有 {PRIVATE_FILE}，请先构建 / there is no {PRIVATE_FILE} in"
            f" {home.name}: run the build first"
        )
    with _lock(home), _failures_as_sentences():
        folder = _builds_folder(home)
        _remove_leftovers(folder)
        build_id = _new_build_id(_build_ids(home))
        unfinished = folder / f"{_BUILDING}{build_id}"
        try:
            _write_build(private, unfinished, build_id, docs_dir, build_info)
            unfinished.rename(folder / build_id)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _switch(home, build_id)
        _remove_old_builds(home, keep)
    return folder / build_id


def rollback(home: Path, build_id: str | None = None) -> str:
    """Make `build_id`, or the build before the current one, current again; returns its id."""
    with _lock(home), _failures_as_sentences():
        current = current_build(home).name
        if build_id is None:
            earlier = [known for known in _build_ids(home) if known < current]
            if not earlier:
                raise PublishError(
                    f"{current} 之前没有可退回的构建 / there is no build before {current}"
                    " to go back to"
                )
            build_id = earlier[-1]
        elif build_id not in _build_ids(home):
            raise PublishError(
                f"没有构建 {build_id}，可选：{_listed(home)} / there is no build {build_id},"
                f" the builds are: {_listed(home)}"
            )
        _switch(home, build_id)
    return build_id


def builds(home: Path) -> list[Build]:
    """The finished builds, oldest first, the current one marked; empty when there are none."""
    link = home / "published" / "current"
    current = link.resolve().name if link.is_symlink() else None
    folder = _builds_folder(home)
    return [Build(known, folder / known, known == current) for known in _build_ids(home)]


def current_build(home: Path) -> Path:
    """The folder of the current build itself, not the symlink: what a reader should open.

    Reconnecting through the symlink can return old data while the same process still holds an
    older build open; the resolved path cannot.
    """
    try:
        return (home / "published" / "current").resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise PublishError(
            f"{home.name} 还没有发布过任何构建，请先运行 juesuan refresh / nothing is published in"
            f" {home.name} yet: run juesuan refresh first"
        ) from error


def _write_build(
    private: Path,
    build_folder: Path,
    build_id: str,
    docs_dir: Path | None,
    build_info: dict[str, Any],
) -> None:
    """Write a complete build into `build_folder` and bring it to the disk."""
    build_folder.mkdir(parents=True)
    tables = copy_warehouse(private, build_folder)
    shutil.rmtree(build_folder / ".scratch", ignore_errors=True)
    if docs_dir is not None:
        shutil.copytree(docs_dir, build_folder / "data_docs")
    manifest = _manifest(build_folder / PUBLISHED_FILE, build_id, tables, build_info)
    (build_folder / MANIFEST_FILE).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8"
    )
    for path in (build_folder, *build_folder.rglob("*")):
        _sync(path)


def _manifest(
    published_file: Path, build_id: str, tables: list[PublishedTable], build_info: dict[str, Any]
) -> dict[str, Any]:
    """What a build holds; our own keys win over those of `build_info`."""
    with duckdb.connect(str(published_file), read_only=True) as connection:
        rows = connection.execute(
            "SELECT document_id, file_name, status, parser_version FROM raw.documents"
            " ORDER BY document_id"
        ).fetchall()
    keys = ("document_id", "file_name", "status", "parser_version")
    documents = [dict(zip(keys, row, strict=True)) for row in rows]
    versions = sorted({str(document["parser_version"]) for document in documents})
    return {
        "parser_version": ", ".join(versions),
        **build_info,
        "build_id": build_id,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tables": [
            {"relation": f"{table.schema}.{table.name}", "row_count": table.row_count}
            for table in tables
        ],
        "documents": documents,
    }


def _switch(home: Path, build_id: str) -> None:
    """Point `current` to the build in one step, and see that the constant links are there."""
    published = home / "published"
    _replace_link(published / "current", Path("builds") / build_id)
    for name, target in (
        ("current.duckdb", Path("current") / PUBLISHED_FILE),
        ("parquet", Path("current") / "parquet"),
    ):
        link = published / name
        if not link.is_symlink() or link.readlink() != target:
            _replace_link(link, target)
    _sync(published)


def _replace_link(link: Path, target: Path) -> None:
    fresh = link.with_name(f".{link.name}-switching")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    os.replace(fresh, link)  # noqa: PTH105 - the one step everything depends on, named plainly


def _new_build_id(known: list[str]) -> str:
    """An id that sorts after every known one, even when the clock was set back."""
    moment = datetime.now(UTC)
    if known:
        last = datetime.strptime(known[-1].split("-")[0], _STAMP).replace(tzinfo=UTC)
        moment = max(moment, last + timedelta(microseconds=1))
    return f"{moment.strftime(_STAMP)}-{secrets.token_hex(2)}"


def _remove_old_builds(home: Path, keep: int) -> None:
    """Remove builds beyond `keep`, counted back from the current one; never a newer one."""
    up_to_current = [build for build in builds(home) if build.build_id <= current_build(home).name]
    for build in up_to_current[:-keep]:
        # Renamed first, so that a half removed build is never taken for a build.
        removed = build.path.with_name(_REMOVED + build.build_id)
        build.path.rename(removed)
        shutil.rmtree(removed)


def _remove_leftovers(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name.startswith((_BUILDING, _REMOVED)):
            shutil.rmtree(path)


def _builds_folder(home: Path) -> Path:
    return home / "published" / "builds"


def _build_ids(home: Path) -> list[str]:
    return sorted(
        path.parent.name
        for path in _builds_folder(home).glob(f"*/{MANIFEST_FILE}")
        if _BUILD_ID.fullmatch(path.parent.name)
    )


def _listed(home: Path) -> str:
    return ", ".join(_build_ids(home)) or "-"


@contextmanager
def _lock(home: Path) -> Iterator[None]:
    """Hold the one lock of `home`'s publication, waiting until it is free."""
    published = home / "published"
    published.mkdir(parents=True, exist_ok=True)
    with (published / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _failures_as_sentences() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise PublishError(
            "读写仓库失败，没有发布；请确认没有别的程序正打开它 / the warehouse could not be read"
            f" or written, nothing was published; is another program using it? {error}"
        ) from error
    except OSError as error:
        raise PublishError(
            "写盘失败，读者仍看到原来的构建，请检查空间和权限 / writing failed, readers still see"
            f" the build they saw before; check space and permissions: {error}"
        ) from error


def _sync(path: Path) -> None:
    """Bring a file or folder to the disk, so that a switch never outlives its build."""
    if path.is_symlink():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
