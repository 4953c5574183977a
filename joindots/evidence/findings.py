"""What a reading found beside its records, as kept sealed with it."""

from __future__ import annotations

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


class Findings(msgspec.Struct):
    """Senders and threads by their numbers in the index rows, questions, coverage, places.

    `exports` is more than one for a zip that may tell of one act twice.
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


def encoded(findings: Findings) -> bytes:
    """As stored."""
    return msgspec.msgpack.encode(findings)


def decoded(data: bytes) -> Findings:
    """As read back; empty where nothing is stored yet."""
    return msgspec.msgpack.decode(data, type=Findings) if data else Findings()


class _CoverageOnly(msgspec.Struct):
    coverage: tuple[Coverage, ...] = ()


def coverage_in(data: bytes) -> tuple[Coverage, ...]:
    """The coverage alone, without decoding the rest, which may be long."""
    return msgspec.msgpack.decode(data, type=_CoverageOnly).coverage if data else ()


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
