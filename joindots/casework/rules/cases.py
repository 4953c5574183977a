"""Rules of a case (pure)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import Precision, When, day_says


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"


class Relation(StrEnum):
    """What the person reported is to the person being stalked, as told."""

    EX_PARTNER = "ex_partner"
    PARTNER = "partner"
    FAMILY = "family"
    FRIEND = "friend"
    ACQUAINTANCE = "acquaintance"
    COLLEAGUE = "colleague"
    CLIENT = "client"
    NEIGHBOUR = "neighbour"
    PUBLIC = "public"
    STRANGER = "stranger"
    NOT_KNOWN = "not_known"


RELATION_WORDS = {
    Relation.EX_PARTNER: "former partner",
    Relation.PARTNER: "partner",
    Relation.FAMILY: "family",
    Relation.FRIEND: "friend",
    Relation.ACQUAINTANCE: "acquaintance",
    Relation.COLLEAGUE: "colleague",
    Relation.CLIENT: "client, patient or pupil",
    Relation.NEIGHBOUR: "neighbour",
    Relation.PUBLIC: "somebody from their public life",
    Relation.STRANGER: "stranger",
    Relation.NOT_KNOWN: "not known",
}

NEXT: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
}


def can_move(now: State, to: State) -> Decision:
    """A case is closed and can be opened again; nothing else."""
    if to in NEXT[now]:
        return YES
    return no("case_state", "A case that is {now} cannot become {to}.", now=now, to=to)


def can_work(now: State) -> Decision:
    """Only an open case takes anything in."""
    if now is State.OPEN:
        return YES
    return no("case_closed", "This case is closed. Open it again first.")


def opened_says(opened_at: datetime, until: datetime | None, precision: Precision) -> str:
    """When a case was opened, in words never more exact than it is known."""
    if precision is Precision.UNKNOWN:
        return "not known"
    if until is None:
        return day_says(opened_at)
    return When(opened_at, until, precision).says()


def same_number(shown: str) -> str:
    """An agency's own number as compared: without case or spaces, so that "SW 14/b" is "sw14/B"."""
    return "".join(shown.split()).casefold()
