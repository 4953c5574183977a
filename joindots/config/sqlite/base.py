"""Django's SQLite, where whoever wants to write looks for a turn every few milliseconds.

SQLite lets one write at a time. Who waits for it sleeps longer and longer between two looks, up to a tenth of a
second, and so misses the gaps that an import leaves between its batches: a page was seen to wait for seconds, and
one that waited past the time allowed was refused. Looked for every 4 ms, the first gap is taken.
"""

from __future__ import annotations

import sqlite3
import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LOOK = 0.004
"""Seconds between two looks: a small part of the gap an import leaves, and nothing beside what a page takes."""
WAITING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)
"""Another has the turn. An old snapshot of one's own (`SQLITE_BUSY_SNAPSHOT`) is not among them: it never passes."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait for their turn themselves; single statements wait as SQLite does."""

    def _start_transaction_under_autocommit(self) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = time.monotonic() + patience
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            while not self._begun(last=time.monotonic() >= until):
                time.sleep(LOOK)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")

    def _begun(self, *, last: bool) -> bool:
        """Whether the transaction began; on the `last` look a busy database is an error, as ever."""
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except OperationalError as busy:
            if last or not _is_busy(busy):
                raise
            return False
        return True


def _is_busy(fault: OperationalError) -> bool:
    cause = fault.__cause__
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode in WAITING
