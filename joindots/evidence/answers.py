"""What evidence answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.evidence import queries
from joindots.kernel.dots import Dot, Due, Reason
from joindots.kernel.when import Precision, When, london_day, midnight
from joindots.kernel.words import words

BLOCKED = "evidence.blocked"
"""A time in which a number or account was blocked or closed, as somebody told it."""


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """Times in which an account was shut out. Acts and entries have pages and counts of their own."""
    if BLOCKED not in kinds:
        return
    case = casework.of_circle(actor, Ref(circle))
    for one in queries.gaps_told(actor, case):
        if one.stands and one.why == "shut_out":
            end = midnight(one.last + timedelta(days=1)) - timedelta(microseconds=1)
            when = When(midnight(one.first), end, Precision.RANGE)
            yield Dot(when, BLOCKED, "Number or account blocked or closed", one.told_by, "told", "circle",
                      f"/cases/{case.key}/without-record/")  # fmt: skip


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Questions about files that only a person can answer: until then both readings are shown."""
    if not queries.questions_waiting.may(actor):
        return
    for one in queries.questions_waiting(actor, whose)[:most]:
        yield Due(
            one.circle, "evidence.questions", Reason.NEW, london_day(one.since),
            words(
                "questions_wait", "Questions about files: {number}. Until they are answered, both readings are shown.",
                number=one.number,
            ),
            f"/cases/{one.case}/files/", words("answer_them", "Answer"),
        )  # fmt: skip
