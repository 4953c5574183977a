"""The sealed file store: files in chunks under a random key of their own, in a folder per circle.

Layout: `<store>/<owner>/<address>`, where the address is a keyed hash of the content, so that one
circle's file says nothing about another's. A file is written beside and renamed when whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from joindots.kernel.ids import uuid7
from joindots.vault.sealing import SealBroken, new_key

CHUNK = 1 << 18
TAG = 16
SEALED_CHUNK = CHUNK + TAG
LEAVING = "leaving"


def folder() -> Path:
    """The store's folder."""
    return Path(settings.FILE_STORE)


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file at rest: where it lies and its own key, which the owner's key wraps in the database."""

    path: Path
    key: bytes
    size: int
    sha256: str


class Sealer:
    """Takes bytes as they stream in and seals them at once: no readable byte touches the disk.

    The last chunk's nonce says so: a file cut short does not open.
    """

    def __init__(self) -> None:
        self.key = new_key()
        self._cipher = AESGCM(self.key)
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._number = 0
        self.size = 0
        place = folder() / "arriving"
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = place / uuid7().hex
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._stream = os.fdopen(descriptor, "wb")

    def write(self, data: bytes) -> None:
        """Take the next bytes, of any length."""
        self._digest.update(data)
        self.size += len(data)
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._put(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]

    def close(self) -> SealedFile:
        """Seal the rest and give the file, still in the folder of what is arriving."""
        self._put(bytes(self._buffer), last=True)
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        return SealedFile(self.path, self.key, self.size, self._digest.hexdigest())

    def drop(self) -> None:
        """Forget the file: the upload was refused or cut off."""
        self._stream.close()
        self.path.unlink(missing_ok=True)

    def _put(self, chunk: bytes, last: bool) -> None:
        self._stream.write(self._cipher.encrypt(_nonce(self._number, last), chunk, None))
        self._number += 1


def _nonce(number: int, last: bool) -> bytes:
    return bytes((int(last),)) + bytes(3) + number.to_bytes(8, "big")


def address(owner_key: bytes, sha256: str, alone: str = "") -> str:
    """The keyed name of a content within one owner's folder; of a row that shares its file with none, by its id."""
    return hmac.digest(owner_key, b"file|" + sha256.encode() + alone.encode(), hashlib.sha256).hex()[:40]


def settle(file: SealedFile, owner: UUID, owner_key: bytes, alone: str = "") -> Path:
    """Move an arrived file to its owner's folder, whole or not at all. Its address there."""
    home = folder() / owner.hex
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = home / address(owner_key, file.sha256, alone)
    os.replace(file.path, target)
    return target


def drop(path: Path) -> None:
    """Delete a file when all is committed: killed or undone before that, no row tells of a file that is gone."""
    mark = leaves(path)
    transaction.on_commit(partial(gone, path, mark), robust=True)


def leaves(path: Path) -> Path:
    """Mark that a settled file is about to go: if that is cut off after the commit, it is found by its mark later."""
    place = folder() / LEAVING
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = place / f"{path.parent.name}.{path.name}"
    mark.touch(mode=0o600)
    return mark


def gone(path: Path, mark: Path) -> None:
    """Delete a file, then its mark."""
    path.unlink(missing_ok=True)
    mark.unlink(missing_ok=True)


def left_to_go(older_than: float) -> Iterator[tuple[UUID, str, Path]]:
    """Files that were marked to go before `older_than` and may lie there still: owner, address, mark."""
    place = folder() / LEAVING
    for mark in sorted(place.glob("*.*")) if place.exists() else ():
        owner, _, address = mark.name.partition(".")
        with contextlib.suppress(ValueError, FileNotFoundError):
            if mark.stat().st_mtime < older_than:
                yield UUID(owner), address, mark


class SealedReader(io.RawIOBase):
    """A sealed file as a seekable stream; only the chunks that are read are opened."""

    def __init__(self, path: Path, key: bytes, size: int) -> None:
        super().__init__()
        self._stream = path.open("rb")
        self._cipher = AESGCM(key)
        self._size = size
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")
        self._last = max(0, (size - 1) // CHUNK)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, CHUNK)
        part = self._chunk(number)[start : start + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            self._stream.seek(number * SEALED_CHUNK)
            try:
                plain = self._cipher.decrypt(
                    _nonce(number, number == self._last), self._stream.read(SEALED_CHUNK), None
                )
            except (InvalidTag, ValueError):
                raise SealBroken("A stored file was altered or cut short.") from None
            self._held = (number, plain)
        return self._held[1]


def open_file(path: Path, key: bytes, size: int) -> BinaryIO:
    """The file as it was given, from its first byte."""
    return io.BufferedReader(SealedReader(path, key, size), CHUNK)


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """A stream in pieces, for answering with it."""
    while piece := stream.read(CHUNK):
        yield piece


def forget(owner: UUID) -> None:
    """Delete an owner's folder; its keys are destroyed before."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder() / owner.hex)


def sweep_arriving(older_than: float) -> int:
    """Delete what arrived and was never settled before `older_than` (seconds since 1970)."""
    place = folder() / "arriving"
    stale = [path for path in place.glob("*") if path.stat().st_mtime < older_than] if place.exists() else []
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
