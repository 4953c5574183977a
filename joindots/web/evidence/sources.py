"""A file's kind, limits, places not understood and answers, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from joindots.chronology.rules.wording import CHANNELS, limit_says, place_says
from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.records import Coverage, NotUnderstood
from joindots.web.evidence.questions import NOT_SURE_CHOICE, value_says

FORMATS = {
    "whatsapp": "WhatsApp chat", "sms_backup": "text messages", "calls_backup": "calls", "telegram": "Telegram",
    "meta": "Messenger or Instagram", "snapchat": "Snapchat", "mbox": "mailbox", "eml": "e-mail",
    "outlook": "e-mail from Outlook", "imessage": "iPhone messages", "bank": "bank statement", "ofx": "bank statement",
    "calls": "list of calls", "incidents": "log of incidents", "photo": "photograph", "exhibit": "exhibit, not read",
    "archive": "zip of several files",
}  # fmt: skip
WHY_KEPT = {
    "headings": "the headings of a table", "around": "words around the table, such as its title",
    "not_read": "beside the messages: kept whole, not read", "unknown_line": "a line of a form not known",
    "unknown_leaf": "a part of a form not known", "broken": "damaged or cut off",
    "too_long": "too long to be read safely",
}  # fmt: skip
ASKED = {
    "date_order": "Which number is the day", "owner": "Whose phone or account this is", "zone": "The time zone",
    "clock_hour": "Which of the two hours", "same_person": "Whether two names are one person",
    "columns": "What the columns hold", "their_payments": "Whose payments are theirs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """What one source could show of one channel, and what it cannot."""

    channel: str
    earliest: datetime | None
    latest: datetime | None
    cannot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A place that belongs to no record."""

    where: str
    why: str
    excerpt: str


def format_says(name: str) -> str:
    """The kind of file as people call it."""
    return FORMATS.get(name, name.replace("_", " "))


def limits_of(coverage: Iterable[Coverage]) -> tuple[Limit, ...]:
    """Coverage in words, one line for each channel and conversation."""
    return tuple(
        Limit(CHANNELS[one.channel] + (f", {one.thread}" if one.thread else ""), one.earliest, one.latest,
              tuple(limit_says(code) for code in one.limits))
        for one in coverage
    )  # fmt: skip


def places_of(places: Iterable[NotUnderstood]) -> tuple[Kept, ...]:
    """Places not understood in words; a table's own headings are understood and left out."""
    return tuple(
        Kept(place_says(one.place) or "somewhere in it", WHY_KEPT.get(one.why, one.why), one.excerpt)
        for one in places if one.why != "headings"
    )  # fmt: skip


def answers_in_words(answers: Iterable[Answer]) -> tuple[tuple[str, str], ...]:
    """Each answer given as question and value in words."""
    return tuple((_asked(one), _value(one.value)) for one in answers)


def _asked(one: Answer) -> str:
    words = ASKED.get(one.question, one.question)
    return f"{words} ({one.about})" if one.about else words


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{heading}: {meaning}" for meaning, heading in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none of them"
    return value_says(str(value)) if value != NOT_SURE_CHOICE[0] else NOT_SURE_CHOICE[1]
