"""Django's PostgreSQL, where a question that was asked before on a connection is not planned again.

A page asks some ninety short questions, the same ones for everybody, and to plan one took the server longer than to
answer it. So values travel beside the question (`server_side_binding`), each is prepared when it is asked a second
time (`prepare_threshold`), and its plan is kept for as long as the connection is.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

KEPT = 1_000
"""Questions kept by one connection: the busiest desk and all pages of a case ask some 400."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with room for the questions of a working day."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection; psycopg alone would keep a hundred plans, and a page would push out another's."""
        opened = super().get_new_connection(conn_params)
        opened.prepared_max = KEPT
        return opened
