"""Checks of who a caller is: what a page needs before a word is tried, and what was tried before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import NotFound
from joindots.people import permissions
from joindots.people.models import CallerCheck, CodeWord, Presence
from joindots.people.rules import callers as rules
from joindots.people.rules.callers import Outcome
from joindots.people.tasks import only_on_her_side

MOST = 50


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check, as the case's people see it."""

    id: UUID
    version: int
    outcome: str
    outcome_words: str
    note: str
    at: datetime
    by: str
    waits: bool
    """The case team has not looked at it yet."""
    seen_by: str
    rang: bool
    """We rang them; otherwise somebody rang in."""


@dataclass(frozen=True, slots=True)
class CallerPage:
    """What somebody sees who is told "this is me": whether a word may be tried, and nothing of the person."""

    person: UUID
    has_code: bool
    may_try: Decision
    may_try_back: Decision
    """The same for a call that we made by the safe way."""
    checks: tuple[CheckLine, ...]


@reads_one(permissions.CHECK_CALLER, Circle)
def caller_page(actor: Actor, circle: Circle, person: UUID) -> CallerPage:
    """Whether a word may be tried for somebody of this circle, and the newest checks, at most fifty."""
    only_on_her_side(actor, circle.pk)
    stands = Presence.objects.filter(circle=circle, person=person).exclude(stands_as=Presence.As.SUSPECT)
    if not stands.exists():
        raise NotFound
    since = actor.at - rules.A_DAY
    misses = CallerCheck.objects.filter(person__in=stands.values("person"), outcome=Outcome.MISSED, at__gt=since)
    rows = CallerCheck.objects.filter(circle=circle, person=person).select_related("by__user", "seen_by__user")
    return CallerPage(
        person, CodeWord.objects.filter(person__in=stands.values("person")).exists(),
        rules.can_try(list(misses.filter(rang=False).values_list("at", flat=True)), actor.at),
        rules.can_try(list(misses.filter(rang=True).values_list("at", flat=True)), actor.at, rang=True),
        tuple(_line(actor, row) for row in rows.order_by("-at", "-id")[:MOST]),
    )  # fmt: skip


def _line(actor: Actor, row: CallerCheck) -> CheckLine:
    return CheckLine(
        row.pk, row.version, row.outcome, rules.OUTCOME_WORDS[Outcome(row.outcome)], actor.keys.open(row.note), row.at,
        row.by.user.name, row.alerts and row.seen_at is None, row.seen_by.user.name if row.seen_by else "",
        row.rang,
    )  # fmt: skip
