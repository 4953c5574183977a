"""Rules of bringing in a file (pure)."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from joindots.evidence.readers.records import NOT_CONTACT, OWN_THINGS, Communication
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import Precision, When

NAME_LETTERS, ENDING_LETTERS = 200, 20
NO_LETTER = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
PRECISION = {
    "second": Precision.SECOND, "minute": Precision.MINUTE, "day": Precision.DAY,
    "part_of_day": Precision.PART_OF_DAY, "month": Precision.MONTH, "range": Precision.RANGE,
}  # fmt: skip


def tidy_name(name: str) -> str:
    """A file's name without folders, control signs or direction marks: 200 letters at most, its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in NO_LETTER).strip()
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > NAME_LETTERS and stem and len(ending) <= ENDING_LETTERS:
        plain = stem[: NAME_LETTERS - len(dot + ending)] + dot + ending
    return plain[:NAME_LETTERS] if plain.strip(".") else "file without a name"


def is_contact(one: Communication) -> bool:
    """Whether a record is an act, or a row of a log that tells of some.

    Drafts, failed messages, notes by the app and exhibits are not, nor rows of which nobody can tell what they are.
    """
    nobody_knows = one.kind == "unknown" and one.channel == "other" and not (one.text or one.sender.shown)
    is_none = one.kind in NOT_CONTACT or one.channel in OWN_THINGS or nobody_knows
    return not is_none and not one.extra.get("kept_back")


def when_of(one: Communication) -> When:
    """A record's time as the service's one type for time; never more exact than the record."""
    precision = PRECISION.get(one.precision, Precision.UNKNOWN)
    return When(one.at_earliest, one.at_latest, precision, one.zone_basis, one.time_flags, one.at_shown or "")


def can_bring_again(state: str) -> Decision:
    """A file that is on its way out can come again when it is gone."""
    if state != "leaving":
        return YES
    return no("leaving_still", "This file is just being removed. Bring it in again in a minute.")


def can_remove(state: str) -> Decision:
    """A file can be removed once."""
    return no("leaving", "This file is being removed already.") if state == "leaving" else YES


def can_send(name: str, size: int, most: int) -> Decision:
    """A file is sent that holds something, and no more than is taken at one time."""
    if size <= 0:
        return no("file_empty", "{name} is empty, so there is nothing to keep. Export it again.", name=name)
    if size > most:
        says = "{name} is larger than 2 GB, the most that is taken at one time. Export a shorter period."
        return no("file_large", says, name=name)
    return YES


def can_choose_now(there: bool) -> Decision:
    """What of a file is taken in can be chosen when it has been looked through."""
    return YES if there else no("still_reading", "This file is just being read. Choose again when it is ready.")


def can_answer(given: str, candidates: tuple[str, ...]) -> Decision:
    """An answer is one of the candidates, or "not sure"."""
    if given in (*candidates, "not_sure"):
        return YES
    return no("answer_unknown", "Choose one of the answers shown, or “I’m not sure”.")


def spread(earliest: datetime | None, latest: datetime | None) -> int:
    """Whole seconds between the two ends; 0 where an end is not known."""
    return int((latest - earliest).total_seconds()) if earliest and latest else 0


AN_HOUR = 3_600
A_DAY = 90_000
"""Seconds of the longest day, the one on which the clocks go back; a record that spans this or more has no one day."""


_QUOTES = (("\u2018", "'"), ("\u2019", "'"), ("\u201c", '"'), ("\u201d", '"'))


def folded(text: str) -> str:
    """Words as compared between sources: one form of letters, quotes and spaces."""
    return " ".join(lettered(text).split())


def lettered(text: str) -> str:
    """One form of letters and quotes; spaces as they are."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        for curly, straight in _QUOTES:  # `translate` takes twenty times as long
            text = text.replace(curly, straight)
    return text
