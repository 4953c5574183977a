"""Pieces of a file on its way in: sealed each by itself, set aside until the last has come, then joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from joindots.vault import files
from joindots.vault.files import SealedFile, Sealer

SUFFIX = ".piece"


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """One piece at rest: its name in the folder of what arrives, its key, and its size."""

    name: str
    key: bytes
    size: int

    @property
    def path(self) -> Path:
        """Where it lies."""
        return files.folder() / "arriving" / self.name


def set_aside(sealed: SealedFile) -> Piece:
    """Keep an arrived piece beyond its request: an upload that was not moved goes with that."""
    path = sealed.path.rename(sealed.path.with_suffix(SUFFIX))
    return Piece(path.name, sealed.key, sealed.size)


def joined(pieces: Sequence[Piece]) -> SealedFile:
    """All pieces sealed anew as one file; the sum of the bytes as they were sent."""
    sealer = Sealer()
    try:
        for piece in pieces:
            with files.open_file(piece.path, piece.key, piece.size) as stream:
                for part in files.chunks(stream):
                    sealer.write(part)
        return sealer.close()
    except BaseException:
        sealer.drop()
        raise


def encoded(pieces: Sequence[Piece]) -> bytes:
    """As stored."""
    return msgspec.msgpack.encode(pieces)


def decoded(data: bytes) -> list[Piece]:
    """As read back."""
    return msgspec.msgpack.decode(data, type=list[Piece]) if data else []
