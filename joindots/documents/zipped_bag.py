"""A BagIt bag written straight into one zip while its files stream in: nothing is held, nothing touches the disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO, Protocol, cast

from joindots.documents.bag import CHUNK, HashingWriter, tags_of


class Sink(Protocol):
    """Where the zip's bytes go, in order; it is never asked to go back."""

    def write(self, data: bytes) -> None: ...


class ZippedBag:
    """Puts files below `root`/data/ of a zip, hashing each once; `close` writes the tag files and the zip's end."""

    def __init__(self, sink: Sink, root: str, at: datetime) -> None:
        moment = at.astimezone(UTC)
        self._at = moment
        self._stamp = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second // 2 * 2)
        self._root = root
        self._zip = zipfile.ZipFile(cast("BinaryIO", _Forward(sink)), "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._sums: dict[str, str] = {}
        self._bytes = 0

    @property
    def files(self) -> int:
        """How many files are in it."""
        return len(self._sums)

    @contextmanager
    def writing(self, name: str) -> Iterator[HashingWriter]:
        """A stream to write `data/name` with. One file at a time; a name is used once."""
        path = f"data/{name}"
        if path in self._sums:
            raise ValueError("A name is used once in a bag.")
        with self._zip.open(self._entry(path), "w", force_zip64=True) as stream:
            writer = HashingWriter(cast("BinaryIO", stream))
            try:
                yield writer
            finally:
                # What was begun is in the zip, whole or not: its sum says what is there.
                self._sums[path] = writer.sha256
                self._bytes += writer.size

    def put(self, name: str, stream: BinaryIO) -> Iterator[HashingWriter]:
        """Copy a stream to `data/name`, giving the writer after each piece so that others can act between them."""
        with self.writing(name) as writer:
            while piece := stream.read(CHUNK):
                writer.write(piece)
                yield writer
            yield writer

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write `data/name` from pieces."""
        with self.writing(name) as writer:
            for piece in pieces:
                writer.write(piece)

    def close(self, info: dict[str, str], tag_files: dict[str, bytes]) -> None:
        """Write the tag files and the end of the zip."""
        for name, data in tags_of(self._sums, self._bytes, self._at, info, tag_files).items():
            with self._zip.open(self._entry(name), "w") as stream:
                stream.write(data)
        self._zip.close()

    def _entry(self, path: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(f"{self._root}/{path}", self._stamp)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o100644 << 16
        return entry


class _Forward:
    """A file to the zip writer that only goes forward."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        self._sink.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""
