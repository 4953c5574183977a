"""Rules of orders (pure)."""

from __future__ import annotations

from joindots.orders.rules.life import (
    ASKS,
    ENDS,
    INVESTIGATIONS,
    MOST_LETTERS,
    MOST_NAME,
    MOST_WHY,
    NEVER_NOW,
    ON_ITS_DAY,
    asked_for,
    can_be_condition,
    can_be_offered,
    can_be_on,
    can_say,
    day_for_desk,
    stands,
    strikeable,
)

__all__ = [
    "ASKS",
    "ENDS",
    "INVESTIGATIONS",
    "MOST_LETTERS",
    "MOST_NAME",
    "MOST_WHY",
    "NEVER_NOW",
    "ON_ITS_DAY",
    "asked_for",
    "can_be_condition",
    "can_be_offered",
    "can_be_on",
    "can_say",
    "day_for_desk",
    "stands",
    "strikeable",
]
