"""The public page "Is this stalking?": six plain statements, and what can be said of the ticks (pure, nothing kept).

It gives no number and no verdict. What is said rests on the four words by which stalking is known: fixated, obsessive,
unwanted, repeated (domain notes 1.1); the law needs two occasions or more.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from types import MappingProxyType
from typing import Final

STATEMENTS: Final = MappingProxyType({
    "unwanted": "Somebody keeps getting in touch, following or watching me, and I do not want it.",
    "repeated": "It has happened more than once.",
    "fixated": "They always want to know where I am or what I do.",
    "obsessive": "They will not stop, or they stop and start again.",
    "frightened": "I am frightened, or I have changed how I live because of it.",
    "knows": "They know things they should not know, or turn up where I am.",
})  # fmt: skip


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
