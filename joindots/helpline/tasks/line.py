"""What queries and actions both ask of the line: who is ready, its hours, who is on shift, whom a circle keeps out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from joindots.access.actor import Actor
from joindots.casework.tasks import supervised_on
from joindots.circles.models import Exclusion, Standing
from joindots.helpline import permissions
from joindots.helpline.models import CallBack, Contact, OpenHours, OwnNumber, Pause, ReadyStep, Turn
from joindots.helpline.rules import shift
from joindots.helpline.rules.states import CallState
from joindots.kernel.decisions import Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import Words, words
from joindots.law.hours import Holidays, Hours, Window, opens_next, state

ANSWER_WITHIN = timedelta(hours=7)
"""Open time of the line in which what came in writing is answered (our own rule: one working day)."""


def ready_steps(membership: UUID) -> dict[str, date]:
    """The newest day of each step on record for somebody."""
    return steps_of([membership])[membership]


def steps_of(members: Collection[UUID]) -> dict[UUID, dict[str, date]]:
    """The same for several. A supervision noted with its notes counts as well as one noted by its day alone."""
    told: dict[UUID, dict[str, date]] = {one: {} for one in members}
    rows = ReadyStep.objects.filter(membership__in=members).order_by("done_on", "id")
    for who, step, day in rows.values_list("membership", "step", "done_on"):
        told[who][step] = day
    for who, day in supervised_on(members).items():
        told[who]["supervision"] = max(day, told[who].get("supervision", day))
    return told


def left_with(membership: UUID) -> Words | None:
    """What somebody of the line still has that nobody else would do; None where nothing is left with them."""
    live = Contact.objects.filter(Q(adviser=membership) | Q(listener=membership), state__in=("live", "wrap")).count()
    calls = CallBack.objects.filter(owner=membership, state=CallState.PROMISED).count()
    if not live and not calls:
        return None
    return words(
        "left_with", "Not finished: contacts: {live}; promised calls: {calls}. Somebody else takes them over first.",
        live=live, calls=calls,
    )  # fmt: skip


def listens(actor: Actor, row: Contact) -> bool:
    """Whether the actor is the second pair of ears on this contact."""
    return row.listener_id == actor.membership_id != row.adviser_id


def refuse_listener(actor: Actor, row: Contact) -> None:
    """Who only listens writes nothing on a contact but whispers."""
    if listens(actor, row):
        raise RuleBroken(words("listens_only", "You listen to this contact. Whisper instead; your colleague writes."))


def promised_by(actor: Actor, whose: Collection[UUID]) -> Q:
    """Call-backs of these memberships; for whoever runs the line, of those who left as well."""
    theirs = Q(owner__in=whose)
    if actor.membership_id in set(whose) and actor.may(permissions.RUN_LINE):
        theirs |= Q(agency=actor.agency_id, owner__ends__lte=actor.at)
    return theirs


def can_take(actor: Actor) -> Decision:
    """Whether the actor may take a contact now: checks and training on record, and no break running."""
    allowed = shift.can_take_calls(ready_steps(actor.membership_id), london_day(actor.at))
    until = pause_until(actor.membership_id, actor.at)
    if allowed and until is not None:
        return no("on_break", "Your break runs, so the next call is held. End the break first to take one.")
    return allowed


def pause_until(membership: UUID, at: datetime) -> datetime | None:
    """When somebody's break ends; None where none runs."""
    rows = Pause.objects.filter(membership=membership, starts__lte=at, ends__gt=at)
    return rows.order_by("-ends").values_list("ends", flat=True).first()


def hours_of(agency: UUID) -> Hours:
    """The line's opening hours; closed on bank holidays."""
    rows = OpenHours.objects.filter(agency=agency)
    spans = tuple(Window(frozenset({row.weekday}), row.opens, row.closes) for row in rows)
    return Hours(spans, Holidays.CLOSED)


def is_open(agency: UUID, at: datetime) -> tuple[str, datetime | None]:
    """Whether the line is open (`open`, `closed`, `not_known`), and when it opens next where it is not."""
    hours = hours_of(agency)
    return str(state(hours, at)), opens_next(hours, at) if hours.told else None


def number_of(agency: UUID) -> str:
    """The number by which anybody reaches the agency's line; empty where none is told."""
    return OwnNumber.objects.filter(agency=agency).values_list("number", flat=True).first() or ""


def on_shift(agency: UUID, at: datetime) -> list[Turn]:
    """Whose turn it is now, by name."""
    rows = Turn.objects.filter(agency=agency, starts__lte=at, ends__gt=at).select_related("membership__user")
    return list(rows.order_by("membership__user__name"))


def not_kept_out(actor: Actor) -> Q:
    """Contacts, call-backs and the like whose circle does not keep the actor out."""
    mine = Q(user=actor.user_id) | (Q(team=actor.team_id) if actor.team_id else Q(pk=None))
    return ~Q(Exists(Exclusion.objects.filter(mine, circle=OuterRef("circle"))))


def stands_there(circle: UUID, agency: UUID, at: datetime) -> UUID | None:
    """Somebody of the agency who works in a circle and may hand it on; None where nobody does."""
    rows = Standing.objects.in_force(at).filter(circle=circle, side="victim", read_only=False, ends=None)
    return rows.filter(membership__agency=agency).order_by("starts").values_list("membership", flat=True).first()
