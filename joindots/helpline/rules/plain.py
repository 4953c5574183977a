"""The public page "Is this stalking?": six plain statements, and what can be said of the ticks (pure, nothing kept).

It gives no number and no verdict. What is said rests on the four words by which stalking is known: fixated, obsessive,
unwanted, repeated (domain notes 1.1); the law needs two occasions or more.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

STATEMENTS: Final = ("unwanted", "repeated", "fixated", "obsessive", "frightened", "knows")
"""Codes of the statements; their words stand on the page, where they are translated."""


class Answer(StrEnum):
    """Which of the three answers is given."""

    NOTHING_TICKED = "nothing"
    MAY_BE = "may_be"
    CAN_BE = "can_be"


def answer(ticked: Collection[str]) -> Answer:
    """Repeated and unwanted together, or any three: it can be stalking. Anything less: it may be, and help is there.
    Ticks that are none of ours count for nothing.
    """
    told = set(ticked) & set(STATEMENTS)
    if not told:
        return Answer.NOTHING_TICKED
    return Answer.CAN_BE if {"unwanted", "repeated"} <= told or len(told) >= 3 else Answer.MAY_BE
