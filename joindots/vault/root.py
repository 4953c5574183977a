"""The root key: outside every database, backup and log. A file, with a passphrase if wanted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from joindots.vault.sealing import new_key, unwrap, wrap

PLAIN = b"JTD-ROOT-1\n"
LOCKED = b"JTD-ROOT-1-PASSPHRASE\n"


class RootKeyMissing(Exception):
    """There is no root key where one is expected: nothing sealed can be opened."""


class KeySource(Protocol):
    """Where the root key comes from. A key service can stand here later."""

    def root(self) -> bytes:
        """The 32 bytes of the root key."""
        ...


class FileKeySource:
    """A file of the root key, made at first start with mode 600."""

    def __init__(self, path: Path, passphrase: str = "") -> None:
        self.path = path
        self.passphrase = passphrase

    def root(self) -> bytes:
        """The key in the file; RootKeyMissing if there is none."""
        return self._read(self.path)

    @property
    def _next(self) -> Path:
        return self.path.with_suffix(".next")

    def coming(self) -> bytes | None:
        """The next root key while a rotation is under way, else None."""
        return self._read(self._next) if self._next.exists() else None

    def prepare_next(self) -> bytes:
        """Keep the next root key on disk before anything is wrapped by it; the same one after a crash."""
        if not self._next.exists():
            self._write(self._next, new_key())
        return self._read(self._next)

    def take_next(self) -> None:
        """The next root key is now the root key."""
        self._next.replace(self.path)

    def _read(self, path: Path) -> bytes:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise RootKeyMissing(
                f"The root key {self.path.name} is not where it is expected. Put the file back, or run the "
                "first start again on an empty data folder."
            ) from None
        if data.startswith(LOCKED):
            body = data[len(LOCKED) :]
            return unwrap(_stretched(self.passphrase, body[:16]), body[16:])
        return data[len(PLAIN) :]

    def make(self) -> None:
        """Make the file at first start. An existing one is never written over."""
        if self.path.exists():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write(self.path, new_key())

    def _write(self, path: Path, key: bytes) -> None:
        salt = os.urandom(16)
        data = LOCKED + salt + wrap(_stretched(self.passphrase, salt), key) if self.passphrase else PLAIN + key
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        passphrase.encode(), salt, time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, type=Type.ID
    )


def source() -> FileKeySource:
    """The key source that the settings name."""
    return FileKeySource(Path(settings.ROOT_KEY_FILE), settings.ROOT_KEY_PASSPHRASE)
