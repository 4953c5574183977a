"""Is this really them? The code word, how often one may try, and what to do when nobody speaks (pure).

Nothing that the person reported could know is ever asked: no birthday, no mother's name, no address, no child's name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from joindots.kernel.decisions import YES, Decision, no

TRIES: Final = 3
"""Misses for one person in a day, whoever they tell them to; then only a call back to the safe way."""
A_DAY: Final = timedelta(days=1)
SHORTEST, LONGEST = 4, 60
MOST_NOTE: Final = 600
LISTEN: Final = (
    "Say who you are in the words of the card, and nothing else.",
    "“If you cannot talk, tap or cough once for yes. Is somebody with you?”",
    "“I will hang up now unless you tap once.” Wait a slow breath.",
    "If you hear that somebody is in danger now: ring 999 yourself, and say what you heard.",
    "Do not ring back outside the safe times. Write down what you heard, not what you think it was.",
)


class Outcome(StrEnum):
    """How a check ended."""

    FITS = "fits"
    DURESS = "duress"
    MISSED = "missed"
    SILENT = "silent"
    CLOSED = "closed"
    """A word was said while three misses had closed it: whether it would have fitted is neither told nor kept."""


OUTCOME_WORDS: Final[dict[Outcome, str]] = {
    Outcome.FITS: "the code word fits", Outcome.DURESS: "the word for danger was given",
    Outcome.MISSED: "the code word does not fit", Outcome.SILENT: "nobody spoke",
    Outcome.CLOSED: "a word was said while it was closed",
}  # fmt: skip


SHOWN: Final = timedelta(minutes=10)
"""How long a page goes on showing how the last check ended: a word that fitted says nothing of the next caller."""


def can_try(misses: Sequence[datetime], at: datetime, *, rang: bool = False) -> Decision:
    """Whether one more word may be tried for this person now: three misses close it for a day from the first.

    `rang`: we rang them by the safe way. Those misses are counted apart, so that nobody who rings in can close that.
    """
    late = [one for one in misses if one > at - A_DAY]
    if len(late) < TRIES:
        return YES
    if rang:
        return no(
            "called_wait",
            "Three words did not fit on the safe way itself: somebody else may hold it. Say nothing, end the call, "
            "mark it on the card as watched, and meet the person in another way that they named.",
        )
    return no(
        "caller_wait",
        "Three words did not fit in a day. Say nothing about the person, end the call, and ring them back by the safe "
        "way in the safe times.",
    )


def alerts(outcome: str, misses: int, *, rang: bool = False) -> bool:
    """Whether the case team must hear of it: the word for danger, the third miss in a day and each try after it, and
    any miss where we rang, for somebody else may then hold the safe way.
    """
    return outcome in {Outcome.DURESS, Outcome.CLOSED} or (outcome == Outcome.MISSED and (rang or misses >= TRIES))


def can_set(word: str, duress: str, names: Sequence[str]) -> Decision:
    """Long enough to say and not to guess, two that differ, and neither a name that stands in the case."""
    told = [compared(one) for one in (word, duress) if one.strip()]
    if not compared(word):
        return no("code_missing", "Enter the word or short phrase that the person has chosen.")
    if any(not SHORTEST <= len(one) <= LONGEST for one in told):
        return no("code_length", "Choose {least} to {most} letters.", least=SHORTEST, most=LONGEST)
    if len(set(told)) < len(told):
        return no("code_same", "The word for danger must be another word.")
    known = {part for name in names for part in (compared(name), *map(compared, name.split())) if part}
    if known & set(told):
        return no("code_name", "Choose another word: this is a name that stands in the case.")
    return YES


def compared(word: str) -> str:
    """A word as compared: without accents, case, signs or spaces, as it is heard on the telephone."""
    flat = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in flat.casefold() if sign.isalnum())
