"""The files named on a command line: folders opened up, missing ones refused, equal ones read once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from joindots.evidence.readers.problems import NotReadable, not_readable

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Given:
    """One ordinary file, and its hash: taken before anything reads it."""

    path: Path
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """The file's own name, without its folder."""
        return self.path.name


def opened_up(paths: Iterable[Path]) -> Iterator[Path]:
    """Each path; for a folder all its files in sorted order. Links to folders and hidden files are passed over."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def take(path: Path) -> Given:
    """Hash the file; NotReadable if it is missing, not permitted, or no ordinary file (a pipe, a device)."""
    try:
        if path.exists() and not path.is_file():
            raise _cannot_open(path, "it is not an ordinary file")
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise _cannot_open(path, (error.strerror or "unknown reason").lower()) from None
    return Given(path, digest.hexdigest(), size)


def _cannot_open(path: Path, why: str) -> NotReadable:
    return not_readable(
        "cannot_open",
        "{name} could not be opened: {why}. Check the name, and that you may read it.",
        name=path,
        why=why,
    )
