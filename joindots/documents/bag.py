"""A BagIt bag (RFC 8493) written while its files stream in, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20


class Bag:
    """Puts files under `data/`, hashing each once, then writes the tag files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "data").mkdir(parents=True)
        self._sums: dict[str, str] = {}
        self._bytes = 0

    @contextmanager
    def writing(self, name: str) -> Iterator[HashingWriter]:
        """A stream to write `data/name` with."""
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            writer = HashingWriter(stream)
            yield writer
        self._note(name, writer.sha256, writer.size)

    def put(self, name: str, stream: BinaryIO | FileIO) -> tuple[str, int]:
        """Copy a stream to `data/name`; its SHA-256 and size."""
        with self.writing(name) as writer:
            while chunk := stream.read(CHUNK):
                writer.write(chunk)
        return writer.sha256, writer.size

    def link(self, name: str, source: Path) -> tuple[str, int] | None:
        """Link `data/name` to an unchanging file and hash it; None where the file system cannot link."""
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, path)
        except OSError:
            return None
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = path.stat().st_size
        self._note(name, digest, size)
        return digest, size

    def take(self, name: str, source: Path) -> None:
        """Move a finished file to `data/name`."""
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = source.stat().st_size
        shutil.move(source, path)
        self._note(name, digest, size)

    def _note(self, name: str, sha256: str, size: int) -> None:
        self._sums[f"data/{name}"] = sha256
        self._bytes += size

    def close(self, at: datetime, info: dict[str, str], tag_files: dict[str, bytes]) -> None:
        """Write the declaration, `bag-info.txt`, other tag files and both manifests."""
        tags = tags_of(self._sums, self._bytes, at, info, tag_files)
        for name, data in tags.items():
            (self.folder / name).write_bytes(data)


def tags_of(
    sums: dict[str, str], size: int, at: datetime, info: dict[str, str], tag_files: dict[str, bytes]
) -> dict[str, bytes]:
    """Every tag file of a bag, from the SHA-256 of each of its files by path, and their bytes in all."""
    about = {**info, "Bagging-Date": f"{at:%Y-%m-%d}", "Payload-Oxum": f"{size}.{len(sums)}"}
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{name}: {_one_line(about[name])}\n" for name in sorted(about)).encode(),
        "manifest-sha256.txt": _manifest(sums),
        **tag_files,
    }
    tags["tagmanifest-sha256.txt"] = _manifest({name: hashlib.sha256(data).hexdigest() for name, data in tags.items()})
    return tags


class HashingWriter:
    """Writes through to a stream while it counts and hashes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write all of `data`."""
        self._stream.write(data)
        self._digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Of everything written so far."""
        return self._digest.hexdigest()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _manifest(sums: dict[str, str]) -> bytes:
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
