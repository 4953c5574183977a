"""Rules of bringing in a file (pure)."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from joindots.evidence.readers.records import NOT_CONTACT, Communication
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL, Precision, When

NAME_LETTERS = 200
PRECISION = {
    "second": Precision.SECOND, "minute": Precision.MINUTE, "day": Precision.DAY,
    "part_of_day": Precision.PART_OF_DAY, "month": Precision.MONTH, "range": Precision.RANGE,
}  # fmt: skip


def tidy_name(name: str) -> str:
    """A file's name as kept: without folders, control signs or direction marks, 200 letters at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return plain.strip()[:NAME_LETTERS] or "file without a name"


def is_contact(one: Communication) -> bool:
    """Whether a record is contact at all: drafts, failed messages and notes by the app are not."""
    return one.kind not in NOT_CONTACT and not one.extra.get("kept_back")


def when_of(one: Communication) -> When:
    """A record's time as the service's one type for time; never more exact than the record."""
    precision = PRECISION.get(one.precision, Precision.UNKNOWN)
    return When(one.at_earliest, one.at_latest, precision, one.zone_basis, one.time_flags, one.at_shown or "")


def can_answer(given: str, candidates: tuple[str, ...]) -> Decision:
    """An answer is one of the candidates, or "not sure"."""
    if given in (*candidates, "not_sure"):
        return YES
    return no("answer_unknown", "Choose one of the answers shown, or “I’m not sure”.")


def spread(earliest: datetime | None, latest: datetime | None) -> int:
    """Whole seconds between the two ends; 0 where an end is not known."""
    return int((latest - earliest).total_seconds()) if earliest and latest else 0


def day_of(one: Communication) -> date | None:
    """The day in London of a record; None if it is not known or the record spans several days."""
    start, end = one.at_earliest, one.at_latest
    if start is None or end is None:
        return None
    day = start.astimezone(LOCAL).date()
    return day if end.astimezone(LOCAL).date() == day else None


_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def folded(text: str) -> str:
    """Words as compared between sources: one form of letters, quotes and spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())
