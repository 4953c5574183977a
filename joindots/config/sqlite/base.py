"""Django's SQLite, where whoever wants to write looks for a turn every few milliseconds.

SQLite lets one write at a time. Left to itself, who waits for it sleeps longer and longer between two looks, up to a
tenth of a second, and so misses the gaps that an import leaves between its batches: a page was seen to wait for
seconds. And it sleeps inside the connection: when the thread that has the turn came to clear away an old cursor of
that connection, each waited for the other until the time allowed had passed. So the waiting is done here, outside.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

LOOK = 0.004
"""Seconds between two looks: a small part of the gap an import leaves, and nothing beside what a page takes."""
WAITING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)
"""Another has the turn. An old snapshot of one's own (`SQLITE_BUSY_SNAPSHOT`) is not among them: it never passes."""


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose statements wait for their turn; `executemany` belongs inside a transaction, which has it."""

    patience = 0.0

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement once it is its turn; after `patience` seconds a busy database is an error, as ever."""
        until = time.monotonic() + self.patience
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as busy:
                if busy.sqlite_errorcode not in WAITING or time.monotonic() >= until:
                    raise
            time.sleep(LOOK)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that never sleeps inside SQLite once it is open."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open the file; that waits as SQLite does."""
        opened: sqlite3.Connection = super().get_new_connection(conn_params)
        opened.execute("PRAGMA busy_timeout=0")
        return opened

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor as patient as the settings say (`timeout`, seconds)."""
        made: Cursor = self.connection.cursor(factory=Cursor)
        made.patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        return made
