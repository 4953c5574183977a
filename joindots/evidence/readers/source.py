"""A file as it was given: its bytes, hash and, for an archive, its members, checked before use."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from joindots.evidence.readers.problems import not_readable

CHUNK = 1 << 20
MAX_MEMBERS = 10_000
MAX_RATIO = 100
MAX_RATIO_FROM = 1 << 20
"""Small members may be dense (a blank log); the ratio counts from 1 MiB unpacked."""
MAX_UNPACKED = 20 << 30


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive: its name as given, and its size unpacked in bytes."""

    name: str
    size: int
    at: tuple[int, int, int, int, int, int]
    """The archive's own clock for it: local time of the packing device, two-second steps."""


class Source:
    """A seekable file. `opener` may be called often; every call gives a new stream at the start."""

    def __init__(self, name: str, opener: Callable[[], BinaryIO], sha256: str | None = None) -> None:
        self.name = name
        self._opener = opener
        with self.open() as stream:
            self.size = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            self.sha256 = sha256 or _digest(stream)
            stream.seek(0)
            self.head = stream.read(1 << 16)
        self._zip: zipfile.ZipFile | None = None
        self.members: tuple[Member, ...] = ()
        if self.head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            self._open_archive()

    @classmethod
    def from_path(cls, path: Path) -> Source:
        """The file at `path`; a plain refusal if it is missing, a folder or not permitted."""
        try:
            return cls(path.name, lambda: path.open("rb"))
        except OSError as error:
            raise not_readable(
                "cannot_open",
                "{name} could not be opened: {why}. Check the name, and that you may read it.",
                name=path.name,
                why=(error.strerror or "unknown reason").lower(),
            ) from None

    @classmethod
    def from_bytes(cls, name: str, data: bytes) -> Source:
        """A file held in memory, for tests and notebooks."""
        return cls(name, lambda: io.BytesIO(data))

    def open(self) -> BinaryIO:
        """The whole file from its first byte."""
        return self._opener()

    def open_member(self, name: str) -> BinaryIO:
        """One member of the archive, unpacked as a stream that stops at its declared size."""
        assert self._zip is not None
        try:
            return self._zip.open(name)  # type: ignore[return-value]
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
            raise _bad_archive(self.name, error) from None

    def _open_archive(self) -> None:
        try:
            archive = zipfile.ZipFile(self.open())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _bad_archive(self.name, error) from None
        self.members = tuple(check_members(self.name, archive.infolist()))
        self._zip = archive


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def check_members(archive: str, entries: list[zipfile.ZipInfo]) -> Iterator[Member]:
    """Refuse an archive that could harm: too many entries, too dense, links, or paths that climb out."""
    if len(entries) > MAX_MEMBERS:
        raise not_readable(
            "archive_entries",
            "{name} holds {count} files, more than the {most} that can be opened safely. "
            "Unpack it on the device it came from and bring in the folder's files.",
            name=archive, count=len(entries), most=MAX_MEMBERS,
        )  # fmt: skip
    seen: set[str] = set()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _unsafe(archive, "it unpacks to more than 20 GB")
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
            raise _unsafe(archive, "a file inside has a path that leads outside it")
        if "\x00" in entry.orig_filename or ":" in entry.filename[:2]:
            raise _unsafe(archive, "a file inside has a name that is not safe")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _unsafe(archive, "it holds a link instead of a file")
        if entry.filename in seen:
            raise _unsafe(archive, "two files inside have the same name")
        if entry.flag_bits & 0x1:
            raise not_readable(
                "archive_locked",
                "{name} is locked with a password. Unlock it on the device it came from, or export it "
                "again without one.",
                name=archive,
            )
        if entry.file_size > MAX_RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _unsafe(archive, "a file inside unpacks to more than 100 times its size")
        seen.add(entry.filename)
        yield Member(entry.filename, entry.file_size, entry.date_time)


def _unsafe(archive: str, why: str) -> Exception:
    return not_readable(
        "archive_unsafe",
        "{name} was not opened, because {why}. It is kept as it is. If it came from an app's own "
        "export, make the export again.",
        name=archive, why=why,
    )  # fmt: skip


def _bad_archive(archive: str, error: Exception) -> Exception:
    return not_readable(
        "archive_broken",
        "{name} looks like a zip file but is damaged or cut off ({why}). Copy it from the device again.",
        name=archive, why=str(error).rstrip(".").lower(),
    )  # fmt: skip
