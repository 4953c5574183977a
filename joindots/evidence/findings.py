"""What a reading found beside its records, as kept sealed with it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.records import Coverage, NotUnderstood, Question

MOST_PLACES = 5_000
"""Places not understood that are kept one by one; beyond it only their number and size."""


class Sender(msgspec.Struct):
    """One sender as the file shows it, with how many records are theirs."""

    shown: str | None
    key: str | None
    count: int = 0


class Survey(msgspec.Struct):
    """What the whole file holds, where only a part of it was taken in, or nobody has chosen yet."""

    senders: list[Sender] = []
    records: int = 0
    contacts: int = 0
    earliest: datetime | None = None
    latest: datetime | None = None


class Findings(msgspec.Struct):
    """Senders and threads by their numbers in the index rows, questions, coverage, places.

    `exports` is more than one for a zip that may tell of one act twice. `survey` is given where not everything was
    taken in; `left_out` counts the acts of contact that were not, and `left_days` are the days (London) of which only
    such acts are known.
    """

    senders: list[Sender] = []
    threads: list[str | None] = []
    questions: list[Question] = []
    coverage: list[Coverage] = []
    places: list[NotUnderstood] = []
    places_more: int = 0
    kinds: dict[str, int] = {}
    channels: list[str] = []
    exports: int = 0
    survey: Survey | None = None
    left_out: int = 0
    left_days: list[date] = []


def encoded(findings: Findings) -> bytes:
    """As stored."""
    return msgspec.msgpack.encode(findings)


def decoded(data: bytes) -> Findings:
    """As read back; empty where nothing is stored yet."""
    return msgspec.msgpack.decode(data, type=Findings) if data else Findings()


class CoverageOnly(msgspec.Struct):
    """What a file could show, and the days of which nothing was taken in."""

    coverage: tuple[Coverage, ...] = ()
    left_days: tuple[date, ...] = ()


def coverage_in(data: bytes) -> CoverageOnly:
    """The coverage alone, without decoding the rest, which may be long."""
    return msgspec.msgpack.decode(data, type=CoverageOnly) if data else CoverageOnly()


def encoded_answers(answers: tuple[Answer, ...]) -> bytes:
    """Answers as stored."""
    return msgspec.msgpack.encode(answers)


def decoded_answers(data: bytes) -> tuple[Answer, ...]:
    """Answers as read back."""
    return msgspec.msgpack.decode(data, type=tuple[Answer, ...]) if data else ()


def still_open(found: Findings, given: tuple[Answer, ...]) -> list[Question]:
    """The questions that no answer closes yet. An answer without `about` closes all of its name."""
    closed = {(one.question, one.about) for one in given}
    return [
        one for one in found.questions
        if (one.question, one.about) not in closed and (one.question, None) not in closed
    ]  # fmt: skip
