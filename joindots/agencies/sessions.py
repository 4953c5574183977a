"""Sessions that end after a quiet quarter of an hour, without being written again by every page.

The framework writes the whole session at each request to keep it alive. Each of those waited for the database's one
writer beside an import, and one that waited too long was told to the person as a page refused (seen as a 400); two
pages at once could also undo what the other had put into the session.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db

STEP = timedelta(minutes=1)
"""How much of its life a session may have lost before it is prolonged: so much earlier than told it may end."""


class SessionStore(db.SessionStore):
    """A session in the database that knows when it ends."""

    ends: datetime | None = None

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.ends = row.expire_date if row else None
        return row

    def stay(self, at: datetime) -> None:
        """Prolong the session from this moment, once a minute at most, by one small statement."""
        ends = at + timedelta(seconds=self.get_expiry_age())
        if self.ends and ends - self.ends >= STEP:
            self.model.objects.filter(pk=self.session_key).update(expire_date=ends)
            self.ends = ends
