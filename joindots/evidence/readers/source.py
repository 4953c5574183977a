"""A file as it was given: its bytes, hash and, for an archive, its members, checked before use."""

from __future__ import annotations

import copy
import hashlib
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from joindots.evidence.readers.members import Left
from joindots.evidence.readers.problems import not_readable
from joindots.kernel.problems import Problem

CHUNK = 1 << 20
MAX_MEMBERS = 10_000
MAX_RATIO = 100
MAX_RATIO_FROM = 1 << 20
"""Small members may be dense (a blank log); the ratio counts from 1 MiB unpacked."""
MAX_UNPACKED = 20 << 30
MAX_LIST = 4 << 20
"""Bytes of an archive's list of files; 10,000 entries of 400 bytes. Parsing more costs memory first."""
MAX_TOTAL_RATIO_FROM = 64 << 20
"""All members together may be dense up to here; above it the ratio counts for the whole archive too."""
MAX_DEPTH = 2
"""An archive inside an archive is opened; one inside that is not."""
MAX_INNER = 128 << 20
"""Bytes of an inner archive: it must be held in memory, because it is read from its end."""
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, struct.error)
"""What a damaged or cut-off archive raises while it is read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive: its name as given, and its size unpacked in bytes."""

    name: str
    size: int
    at: tuple[int, int, int, int, int, int]
    """The archive's own clock for it: local time of the packing device, two-second steps."""
    crc: int = 0
    """The archive's check sum of its bytes: equal files have one, and two that have one may still differ."""


class Source:
    """A seekable file. `opener` may be called often; every call gives a new stream at the start.

    `sha256` and `size` spare the passes that find them, where the caller knows. `depth` is 0 for a
    file as given and 1 for a file inside an archive. An archive that is not `opened` has no members.
    """

    def __init__(
        self,
        name: str,
        opener: Callable[[], BinaryIO],
        sha256: str | None = None,
        depth: int = 0,
        size: int | None = None,
        *,
        opened: bool = True,
    ) -> None:
        self.name = name
        self.depth = depth
        self._opener = opener
        self._whole: Source | None = None
        with self.open() as stream:
            self.head = stream.read(1 << 16)
            self.size = stream.seek(0, io.SEEK_END) if size is None else size
        self.sha256 = sha256 or self._digest()
        self._zip: zipfile.ZipFile | None = None
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self.members: tuple[Member, ...] = ()
        if opened and self.head[:4] in ZIP_MARKS:
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

    def close(self) -> None:
        """Close what is held open for the archive's members."""
        archive, self._zip = self._zip, None
        if archive is not None and self._whole is None:
            archive.close()
            self._archive_stream.close()

    def __del__(self) -> None:
        if getattr(self, "_zip", None) is not None:
            self.close()

    def open(self) -> BinaryIO:
        """The whole file from its first byte."""
        return self._opener()

    def open_member(self, name: str) -> BinaryIO:
        """One member of the archive, unpacked as a stream that stops at its declared size."""
        assert self._zip is not None
        try:
            return self._zip.open(self._entries[name])  # type: ignore[return-value]
        except (RuntimeError, NotImplementedError, KeyError, ValueError, OverflowError, *DAMAGE) as error:
            raise _bad_archive(self.name, error) from None

    def only(self, members: Iterable[Member]) -> Source:
        """The same archive as if it held these members and no others."""
        part = copy.copy(self)
        part._whole = self
        part.members = tuple(members)
        return part

    def inner(self, member: Member, sha256: str | None = None) -> Source:
        """A member as a source of its own, to offer to the readers; a plain refusal below the second level.

        An inner archive is held in memory. Any other member is unpacked by each stream that reads it.
        `sha256` stands for its hash where nobody needs it, and spares a pass.
        """
        with self.open_member(member.name) as stream:
            packed = stream.read(4) in ZIP_MARKS
        name = member.name.rsplit("/", 1)[-1]
        if not packed:
            left = Left(lambda: self.open_member(member.name), member.size)
            return Source(name, left.open, sha256, self.depth + 1, member.size)
        if self.depth + 1 >= MAX_DEPTH:
            raise _unsafe(self.name, "it holds archives inside archives inside archives")
        if member.size > MAX_INNER:
            raise not_readable(
                "archive_inside",
                "{name} holds another archive, {inner}, that is too large to be opened inside it. "
                "Unpack {name} and bring in {inner} by itself.",
                name=self.name, inner=name,
            )  # fmt: skip
        with self.open_member(member.name) as stream:
            data = stream.read(MAX_INNER + 1)
        return Source(name, lambda: io.BytesIO(data), sha256, self.depth + 1)

    def closed(self, member: Member) -> Source:
        """A member as the file it is, whatever it holds: nothing in it is opened."""
        name = member.name.rsplit("/", 1)[-1]
        return Source(name, lambda: self.open_member(member.name), depth=self.depth + 1, size=member.size, opened=False)

    def _digest(self) -> str:
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def _open_archive(self) -> None:
        self._archive_stream = self.open()
        try:
            check_list(self.name, self._archive_stream)
            archive = zipfile.ZipFile(self._archive_stream)
            self._entries = dict(check_members(self.name, archive.infolist(), self.size))
            self.members = tuple(
                Member(name, entry.file_size, entry.date_time, entry.CRC) for name, entry in self._entries.items()
            )
        except (OSError, ValueError, NotImplementedError, *DAMAGE) as error:
            self._archive_stream.close()
            raise _bad_archive(self.name, error) from None
        except Problem:
            self._archive_stream.close()
            raise
        self._zip = archive


def check_list(archive: str, stream: BinaryIO) -> None:
    """Refuse an archive whose list of files is too long to be parsed, before parsing it.

    The list's length is in the record at the file's end; where it says all ones, the larger form
    (Zip64) stands 76 bytes further up.
    """
    size = stream.seek(0, io.SEEK_END)
    tail_at = max(0, size - 65_557 - 76)
    stream.seek(tail_at)
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(tail):
        return
    (length,) = struct.unpack_from("<I", tail, end + 12)
    if length == 0xFFFFFFFF and end >= 76 and tail[end - 76 : end - 72] == b"PK\x06\x06":
        (length,) = struct.unpack_from("<Q", tail, end - 76 + 40)
    if length > MAX_LIST:
        raise _too_many(archive, "too many")


def check_members(archive: str, entries: list[zipfile.ZipInfo], size: int) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Each file of an archive under its name.

    Refuse an archive that could harm: too many entries, too dense, links, or paths that climb out.

    `size` is the archive's own size in bytes: members that together claim more lie over each other.
    """
    if len(entries) > MAX_MEMBERS:
        raise _too_many(archive, f"{len(entries):,}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise _unsafe(archive, "it unpacks to more than 20 GB")
    if unpacked > max(MAX_RATIO * size, MAX_TOTAL_RATIO_FROM):
        raise _unsafe(archive, "it unpacks to more than 100 times its size")
    if sum(entry.compress_size for entry in entries) > size:
        raise _unsafe(archive, "the files inside lie over each other")
    seen: set[str] = set()
    for entry in entries:
        name = _name_of(entry)
        if name.endswith("/"):
            continue
        _check_name(archive, entry)
        if name in seen:
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
        seen.add(name)
        yield name, entry


def _name_of(entry: zipfile.ZipInfo) -> str:
    """A member's name as it was meant.

    A Mac writes UTF-8 without saying so, and the standard library then reads the letters of an old PC. An
    older Windows parts folders by a backslash.
    """
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        with suppress(UnicodeError):  # else it is what it says: an old PC's letters
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/") if entry.create_system == 0 else name


def _check_name(archive: str, entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/"):
        raise _unsafe(archive, "a file inside has a path that leads outside it")
    if "\x00" in entry.orig_filename or ":" in name[:2] or len(name) > 1024:
        raise _unsafe(archive, "a file inside has a name that is not safe")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _unsafe(archive, "it holds a link instead of a file")


def _too_many(archive: str, count: str) -> Exception:
    return not_readable(
        "archive_entries",
        "{name} holds {count} files; {most} can be opened safely. "
        "Unpack it on the device it came from and bring in the folder's files.",
        name=archive, count=count, most=f"{MAX_MEMBERS:,}",
    )  # fmt: skip


def _unsafe(archive: str, why: str) -> Exception:
    return not_readable(
        "archive_unsafe",
        "{name} was not opened, because {why}. It is kept as it is. If it came from an app's own "
        "export, make the export again.",
        name=archive, why=why,
    )  # fmt: skip


def _bad_archive(archive: str, error: Exception) -> Exception:
    if isinstance(error, NotImplementedError):
        return not_readable(
            "archive_packing",
            "{name} is packed in a way that is not known here ({why}). Unpack it, and pack it again as an "
            "ordinary zip file, or bring in its files.",
            name=archive, why=str(error).rstrip(".").lower(),
        )  # fmt: skip
    return not_readable(
        "archive_broken",
        "{name} looks like a zip file but is damaged or cut off ({why}). Copy it from the device again.",
        name=archive, why=str(error).rstrip(".").lower(),
    )  # fmt: skip
