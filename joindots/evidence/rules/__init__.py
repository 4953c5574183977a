"""Pure rules of evidence: files and records (`arriving`), and entries of the log (`entries`, `telling`, `moments`)."""

from joindots.evidence.rules.arriving import (
    A_DAY,
    AN_HOUR,
    can_answer,
    can_bring_again,
    can_choose_now,
    can_remove,
    can_send,
    folded,
    is_contact,
    lettered,
    spread,
    tidy_name,
    when_of,
)
from joindots.evidence.rules.tallies import day_of

__all__ = [
    "AN_HOUR", "A_DAY", "can_answer", "can_bring_again", "can_choose_now", "can_remove", "can_send", "day_of", "folded",
    "is_contact", "lettered", "spread", "tidy_name", "when_of",
]  # fmt: skip
