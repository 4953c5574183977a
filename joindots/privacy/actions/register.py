"""Keeping the register of requests about personal data: entered, acknowledged, extended, answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.casework.rules.saying import can_say, first_refusal
from joindots.circles import actions as circles
from joindots.circles.models import Side
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL
from joindots.privacy import permissions, rules
from joindots.privacy.models import Request
from joindots.privacy.rules import Kind, State
from joindots.privacy.tasks.register import case_circle, told_by_now

MOST_WORDS, MOST_NAME, MOST_REACH = 8000, 120, 300
PURPOSE = "requests about personal data"


@makes(permissions.KEEP_REGISTER)
def register(
    actor: Actor, *, kind: Kind, came_on: date, came_how: str, who: str, reach: str, words: str, case: str = "",
    wanted_on: date | None = None,
) -> str:  # fmt: skip
    """Enter a request in a circle of its own, which the agency's leads may know of too; its reference. One by police or
    others about a client whose `case` is named stands in that case.
    """
    rules.can_register(came_on, _today(actor), who).or_raise()
    first_refusal(
        can_say(who, most=MOST_NAME), can_say(reach, most=MOST_REACH), can_say(words, most=MOST_WORDS)
    ).or_raise()
    police = kind is Kind.POLICE
    row = Request(
        circle_id=case_circle(actor, case) if police and case else _own_circle(actor),
        kind=kind, owner_id=actor.membership_id, came_on=came_on,
        came_how=came_how if came_how in rules.CAME_WORDS else "other",
        wanted_on=wanted_on if police else None,
    )  # fmt: skip
    row.due_on = _due_on(row)
    actor.keys.seal(row, who=who, reach=reach, words=words)
    row.save(force_insert=True)
    actor.record(row.circle_id, "privacy.registered", request=row.pk, kind=kind)
    return row.reference


def _own_circle(actor: Actor) -> UUID:
    circle = circles.open_circle(actor, side=Side.VICTIM, purpose=PURPOSE)
    circles.lead_in(actor, Ref(circle.pk), purpose=PURPOSE)
    return circle.pk


def _open(row: Request) -> Decision:
    return YES if row.state == State.OPEN else no("answered_already", "This request was answered already.")


@writes(permissions.KEEP_REGISTER, Request, when=_open)
def acknowledge(actor: Actor, row: Request) -> None:
    """The asker was told that it came."""
    rules.can_acknowledge(Kind(row.kind), row.acknowledged_on).or_raise()
    row.acknowledged_on = _today(actor)
    row.due_on = _due_on(row)
    row.save(update_fields=("acknowledged_on", "due_on"))
    actor.record(row.circle_id, "privacy.acknowledged", request=row.pk)


@writes(permissions.KEEP_REGISTER, Request, when=_open)
def extend(actor: Actor, row: Request, *, why: str) -> None:
    """Two months more, and the asker was told why."""
    answer_by = rules.clocks(Kind(row.kind), row.came_on).answer_by
    rules.can_extend(Kind(row.kind), row.extended_on, _today(actor), answer_by, why).or_raise()
    can_say(why, most=MOST_WORDS).or_raise()
    row.extended_on = _today(actor)
    row.due_on = _due_on(row)
    actor.keys.seal(row, why_longer=why)
    row.save(update_fields=("extended_on", "due_on", "why_longer"))
    actor.record(row.circle_id, "privacy.extended", request=row.pk)


@writes(permissions.KEEP_REGISTER, Request, when=_open)
def answer(actor: Actor, row: Request, *, answer: str, why: str = "", grounds: Collection[str] = ()) -> None:
    """It was answered, how, and why so. Whoever is no client is told neither yes nor no. Of a client nothing is given
    to others before a letter to them has left, or it is written down why not.
    """
    client_told = told_by_now(actor, row)
    rules.can_answer(Kind(row.kind), answer, why, client_told, grounds).or_raise()
    can_say(why, most=MOST_WORDS).or_raise()
    row.answer, row.answered_on, row.state, row.due_on = answer, _today(actor), State.ANSWERED, None
    row.client_told = client_told
    row.grounds = sorted(set(grounds) & set(rules.GROUNDS)) if row.kind == Kind.POLICE else []
    actor.keys.seal(row, why=why)
    row.save(update_fields=("answer", "answered_on", "state", "due_on", "client_told", "grounds", "why"))
    actor.record(row.circle_id, "privacy.answered", request=row.pk, answer=answer)


def _due_on(row: Request) -> date | None:
    told = rules.clocks(
        Kind(row.kind), row.came_on, extended=row.extended_on is not None, wanted_on=row.wanted_on
    )  # fmt: skip
    return rules.next_day(told, acknowledged=row.acknowledged_on is not None)


def _today(actor: Actor) -> date:
    return actor.at.astimezone(LOCAL).date()
