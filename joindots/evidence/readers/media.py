"""Where the files found inside a source go: hashed only, into a folder, or up to a limit."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import BinaryIO, Final

from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.problems import NotReadable, not_readable

CHUNK: Final = 1 << 20
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


class HashOnly:
    """Reads each file to its end for its hash and size, and keeps nothing."""

    def keep(self, name: str, stream: BinaryIO) -> tuple[str, int]:
        """SHA-256 in hex, and the size in bytes."""
        digest, size = hashlib.sha256(), 0
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        return digest.hexdigest(), size


class Folder:
    """Writes each file once into a folder, named by its SHA-256 and its own ending.

    A file appears under its name only when it is whole. Equal bytes with one ending are one file.
    The name inside the source never becomes a path.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._not_written(error) from None

    def keep(self, name: str, stream: BinaryIO) -> tuple[str, int]:
        """Write the stream; refuse plainly when the folder is full or may not be written to."""
        part = self.path / f".part-{secrets.token_hex(8)}"
        digest, size = hashlib.sha256(), 0
        try:
            try:
                file = part.open("xb")
            except OSError as error:
                raise self._not_written(error) from None
            with file:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    self._write(file, chunk)
            os.replace(part, self.path / (digest.hexdigest() + ending(name)))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return digest.hexdigest(), size

    def _write(self, file: BinaryIO, chunk: bytes) -> None:
        try:
            file.write(chunk)
        except OSError as error:
            raise self._not_written(error) from None

    def _not_written(self, error: OSError) -> NotReadable:
        return not_readable(
            "media_folder",
            "The files inside could not be written to {folder}: {why}. Choose another folder or make room.",
            folder=self.path,
            why=(error.strerror or "unknown reason").lower(),
        )


class Bounded:
    """Passes files on to another sink until `most` bytes in all; then refuses."""

    def __init__(self, sink: MediaSink, most: int) -> None:
        self.sink = sink
        self.left = most

    def keep(self, name: str, stream: BinaryIO) -> tuple[str, int]:
        """As the sink behind does, and never more than what is left."""
        return self.sink.keep(name, _Counted(stream, self))  # type: ignore[arg-type]


class _Counted:
    """The part of a stream that sinks use, counted against a limit."""

    def __init__(self, stream: BinaryIO, limit: Bounded) -> None:
        self.stream = stream
        self.limit = limit

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes; a plain refusal once the limit is passed."""
        chunk = self.stream.read(size)
        self.limit.left -= len(chunk)
        if self.limit.left < 0:
            raise not_readable(
                "media_too_much",
                "The files inside are more than can be kept at one time. Bring in a shorter period, or "
                "unpack the file on the device it came from and bring in its parts.",
            )
        return chunk


def ending(name: str) -> str:
    """A file's ending in lower case, such as `.jpg`; empty where it has none that is plain."""
    found = _ENDING.search(name)
    return found.group().lower() if found else ""
