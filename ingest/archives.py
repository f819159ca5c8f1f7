"""ZIP archives: their members are documents of their own, unpacked into a temporary folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ingest.errors import IngestError, RejectedDocument
from ingest.manifest import MANIFEST_NAME, read_manifest
from ingest.readers.sniff import ZIP, open_package, sniff

MAX_DEPTH = 3
MAX_MEMBERS = 5000
MAX_MEMBER_BYTES = 500_000_000
MAX_TOTAL_BYTES = 4_000_000_000
_UNPACKING_ERRORS = (
    OSError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
)
_CHUNK = 1 << 20
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_IS_UTF8 = 0x800
_IS_ENCRYPTED = 0x1


@dataclass(slots=True)
class Member:
    """One file to read: where its bytes are, what to call it, what manifests say of it.

    ``unreadable`` is set for an archive that cannot be unpacked.
    """

    path: Path
    name: str
    stated: dict[str, object] = field(default_factory=dict)
    unreadable: str | None = None


def is_skipped(inside: PurePosixPath) -> bool:
    """Whether a path in a folder or archive is hidden, a manifest or a README about the rest."""
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in inside.parts)
    return hidden or inside.name == MANIFEST_NAME or inside.stem.upper() == "README"


class Unpacker:
    """Unpacks archives below one folder and keeps count of what it has written there."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.archive_count = 0
        self.byte_count = 0

    def members_of(self, file: Member, depth: int = 0) -> Iterator[Member]:
        """Yield the file itself, or, of an archive, all the files in it and in archives in it.

        Raises OSError when the file cannot be read.
        """
        with file.path.open("rb") as handle:
            is_zip = handle.read(4).startswith(_ZIP_MAGIC)
        if not is_zip:
            yield file
            return
        try:
            data = file.path.read_bytes()
            if sniff(data) != ZIP:
                yield file
                return
            if depth >= MAX_DEPTH:
                raise RejectedDocument(
                    f"压缩包套了 {MAX_DEPTH} 层以上，请先解压 / "
                    f"Archives more than {MAX_DEPTH} deep are not read: unpack them first"
                )
            self.archive_count += 1
            # A folder name of our own: those in archives may be long, equal or hostile.
            folder = self.scratch / str(self.archive_count)
            inside = self._unpack(data, folder)
            parents = {path.parent for path in inside}
            manifests = {parent: read_manifest(parent) for parent in parents}
        except IngestError as error:
            yield Member(file.path, file.name, file.stated, unreadable=str(error))
            return
        for path in inside:
            relative = PurePosixPath(path.relative_to(folder).as_posix())
            if is_skipped(relative):
                continue
            entry = manifests[path.parent].get(path.name)
            stated = file.stated | (entry.stated() if entry else {})
            member = Member(path, f"{file.name}/{relative}", stated)
            yield from self.members_of(member, depth + 1)

    def _unpack(self, data: bytes, folder: Path) -> list[Path]:
        """Write the members below ``folder``; raises RejectedDocument for what is not safe."""
        with open_package(data) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            if any(info.flag_bits & _IS_ENCRYPTED for info in infos):
                raise RejectedDocument(
                    "压缩包有密码，请解压后再提供 / The archive has a password: unpack it first"
                )
            if len(infos) > MAX_MEMBERS:
                raise RejectedDocument(
                    f"压缩包里有 {len(infos)} 个文件，超过 {MAX_MEMBERS} 个，请分开提供 / The "
                    f"archive holds {len(infos)} files, more than {MAX_MEMBERS}: split it"
                )
            self.byte_count += sum(info.file_size for info in infos)
            if self.byte_count > MAX_TOTAL_BYTES:
                raise RejectedDocument(
                    "这一批压缩包解压后太大，请分批读取 / The archives of this run unpack to too "
                    "much: read them in several runs"
                )
            try:
                return sorted(_write(package, info, folder) for info in infos)
            except _UNPACKING_ERRORS as error:
                raise RejectedDocument(
                    "压缩包解不开，请解压后再提供 / The archive cannot be unpacked: unpack it "
                    f"yourself ({type(error).__name__})"
                ) from error


def _write(package: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> Path:
    parts = [
        part for part in _name(info).replace("\\", "/").split("/") if part not in ("", ".", "..")
    ]
    target = folder.joinpath(*(part.replace("\x00", "") for part in parts or ["_"]))
    if info.file_size > MAX_MEMBER_BYTES:
        raise RejectedDocument(
            f"压缩包里的“{target.name}”超过 {MAX_MEMBER_BYTES // 1_000_000} MB，请单独提供 / "
            f"'{target.name}' in the archive is larger than {MAX_MEMBER_BYTES // 1_000_000} MB: "
            "provide it by itself"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    # Never more bytes than declared: the declared ones are what the limits were checked on.
    with package.open(info) as source, target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            out.write(chunk)
    return target


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; names without the UTF-8 flag are GBK on Chinese systems."""
    if info.flag_bits & _IS_UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
