"""What is done on the way from report to conviction."""

from __future__ import annotations

from joindots.justice.actions.allegations import challenge, put_on_record, settle_put, tie_to_review
from joindots.justice.actions.crimes import Said, follow, record, strike
from joindots.justice.actions.opposed import agree_as_buddy, agree_primary, change_role, say_primary

__all__ = [
    "Said",
    "agree_as_buddy",
    "agree_primary",
    "challenge",
    "change_role",
    "follow",
    "put_on_record",
    "record",
    "say_primary",
    "settle_put",
    "strike",
    "tie_to_review",
]
