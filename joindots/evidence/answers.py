"""What evidence answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.evidence import queries
from joindots.kernel.dots import Dot
from joindots.kernel.when import Precision, When, midnight

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
