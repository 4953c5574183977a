"""Where readable bytes lie while a paper is made: a folder of this process alone, gone with it however it ends."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

_PREFIX: Final = "of-"
_mine: dict[int, tuple[Path, int]] = {}
"""By process: its folder, and the open folder by which it is held. A child that is forked has one of its own."""


def folder() -> Path:
    """This process's folder, in memory where the machine has such a place. Only this user can look into it.

    It is held by a lock that ends with the process, even one that is killed: whatever is held by nobody is swept.
    """
    above, known = _above(), _mine.get(os.getpid())
    if known is not None and known[0].parent == above and known[0].is_dir():
        return known[0]
    sweep()
    while True:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=above))
        with suppress(OSError):  # swept by another process before it was held
            lock = _locked(made)
            if made.is_dir():
                _mine[os.getpid()] = (made, lock)
                atexit.register(shutil.rmtree, made, ignore_errors=True)
                return made


def sweep() -> int:
    """Delete what processes left that were killed while they made a paper. How many folders."""
    gone = 0
    for left in _above().iterdir():
        with suppress(OSError):  # another process sweeps too, or holds it
            lock = _locked(left)
            try:
                shutil.rmtree(left)
                gone += 1
            finally:
                os.close(lock)
    return gone


def _above() -> Path:
    path = Path(settings.SCRATCH)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _locked(path: Path) -> int:
    """The folder, open and held; BlockingIOError where another process holds it."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
