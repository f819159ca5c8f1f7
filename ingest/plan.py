"""What a run has to read: the files below the given paths and the members of archives."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ingest.archives import Member, Unpacker, is_skipped
from ingest.errors import WarehouseError
from ingest.manifest import read_manifest


@dataclass(slots=True)
class Job:
    """One file to read: its bytes, what to call it, and what manifests say of it."""

    path: Path
    name: str
    file_id: str
    byte_count: int
    stated: dict[str, object]
    unreadable: str | None = None

    def rejected(self, parser_version: str) -> dict[str, Any]:
        """Return the row of a file that is not read: it counts as one document."""
        return {
            "document_id": self.file_id,
            "file_id": self.file_id,
            "part_number": 1,
            "part_count": 1,
            "file_name": self.name,
            "byte_count": self.byte_count,
            "parser_version": parser_version,
        }


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


def plan_jobs(paths: list[Path], home: Path, scratch: Path) -> list[Job]:
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
            jobs.append(Job(file, file.name, path_id, 0, {}, unexpected(file.name, error)))
    return jobs


def _job(member: Member) -> Job:
    data = member.path.read_bytes()
    file_id = hashlib.sha256(data).hexdigest()
    return Job(member.path, member.name, file_id, len(data), member.stated, member.unreadable)


def unexpected(file_name: str, error: BaseException) -> str:
    """Return the sentence for an error that nobody foresaw."""
    kind = type(error).__name__
    return (
        f"读取文件“{file_name}”时出现意外错误（{kind}） / "
        f"Reading the file '{file_name}' failed unexpectedly ({kind})"
    )
