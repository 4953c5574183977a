"""What left, what waits, and what the gate would say; a member's own calendar."""

from __future__ import annotations

from joindots.notices.queries.feeds import feed, own_feed
from joindots.notices.queries.notices import (
    NoticeLine,
    NoticePage,
    Preview,
    ToLookAt,
    Trip,
    left,
    notice,
    preview,
    to_look_at,
    trips,
)

__all__ = [
    "NoticeLine", "NoticePage", "Preview", "ToLookAt", "Trip", "feed", "left", "notice", "own_feed", "preview",
    "to_look_at", "trips",
]  # fmt: skip
