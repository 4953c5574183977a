"""Everything that leaves begins here, and nothing leaves past it.

For other parts: `write` (to the person) and `write_out` (to somebody else about them) are all they need. Each answers
what became of it (queued until when, or refused and why) and raises only where the words themselves must be changed.
"""

from __future__ import annotations

from joindots.notices.actions.feeds import end_feed, make_feed
from joindots.notices.actions.leaving import begin, end_by_hand, note_seen, settle, take, withdraw
from joindots.notices.actions.proving import confirm, prove
from joindots.notices.actions.writing import write, write_out
from joindots.notices.tasks import Written

__all__ = [
    "Written", "begin", "confirm", "end_by_hand", "end_feed", "make_feed", "note_seen", "prove", "settle", "take",
    "withdraw", "write", "write_out",
]  # fmt: skip
