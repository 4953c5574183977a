"""What left, what waits, and what the gate would say; a member's own calendar."""

from __future__ import annotations

from joindots.notices.queries.feeds import feed, own_feed
from joindots.notices.queries.last import left_last
from joindots.notices.queries.notices import (
    NoticeLine,
    NoticePage,
    Preview,
    ToLookAt,
    Trip,
    goes_to,
    left,
    left_out,
    notice,
    preview,
    to_look_at,
    trips,
)

__all__ = [
    "NoticeLine", "NoticePage", "Preview", "ToLookAt", "Trip", "feed", "goes_to", "left", "left_last", "left_out",
    "notice", "own_feed", "preview", "to_look_at", "trips",
]  # fmt: skip
