"""Looks into zips (so into Office and OpenDocument files too) and tars: names, comments, and every file in them."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from joindots.documents.leaks.looking import Looking

InnerLook = Callable[[str, bytes], None]
"""Looks into a file found inside another: what is said of its place, and its bytes."""
MOST_FILES = 20_000
MOST_BYTES = 1 << 29
"""Unpacked, of one archive."""
_LOCAL = b"PK\x03\x04"


def look_into_zip(looking: Looking, place: str, data: bytes, inner: InnerLook) -> None:
    """Every file of a zip, its comments and extra fields, and what lies between its files."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        looking.unread(place, "it is damaged")
        looking.bytes(place, data)
        return
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            looking.unread(place, "it unpacks to more than is opened here")
            return
        _between(looking, place, data, entries)
        looking.text(place, archive.comment.decode("utf-8", "replace"))
        for number, entry in enumerate(entries, start=1):
            inside = looking.name(f"{place}, file {number}", entry.filename)
            inside = inside if inside.startswith(place) else f"{place}, {inside}"
            looking.text(inside, entry.comment.decode("utf-8", "replace"))
            looking.bytes(inside, entry.extra)
            if entry.is_dir():
                continue
            try:
                more = archive.read(entry)
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, OSError, EOFError):
                looking.unread(inside, "it is locked or damaged")
                continue
            inner(inside, more)


def _between(looking: Looking, place: str, data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Names written beside the files themselves, and files that the list of contents leaves out."""
    listed = {entry.header_offset for entry in entries}
    spans = [(entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries]
    at = data.find(_LOCAL)
    while at != -1:
        if at not in listed and not any(start < at < end for start, end in spans):
            looking.unread(place, "it holds a file that its list of contents leaves out")
            break
        at = data.find(_LOCAL, at + 1)
    at = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        head = data[entry.header_offset : entry.header_offset + 30]
        name = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        begins = entry.header_offset + 30 + name
        _aside(looking, place, data[at : entry.header_offset])
        looking.bytes(place, data[entry.header_offset + 30 : begins])
        at = max(at, begins + entry.compress_size)
    _aside(looking, place, data[at:])


def _aside(looking: Looking, place: str, data: bytes) -> None:
    """Bytes of no file: before, between and behind them, with the list of contents."""
    looking.bytes(place, data)
    looking.text(place, data.decode("utf-8", "replace"))


def look_into_tar(looking: Looking, place: str, data: bytes, inner: InnerLook) -> None:
    """Every file of a tar, with names and the names of its links and owners."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for number, entry in enumerate(archive, start=1):
                if number > MOST_FILES or entry.size > MOST_BYTES:
                    looking.unread(place, "it unpacks to more than is opened here")
                    return
                inside = looking.name(f"{place}, file {number}", entry.name)
                inside = inside if inside.startswith(place) else f"{place}, {inside}"
                looking.text(inside, "\n".join((entry.linkname, entry.uname, entry.gname, *entry.pax_headers.values())))
                stream = archive.extractfile(entry) if entry.isfile() else None
                if stream is not None:
                    inner(inside, stream.read())
    except (tarfile.TarError, EOFError, OSError, ValueError):
        looking.unread(place, "it is damaged")
