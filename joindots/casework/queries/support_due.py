"""What waits in the work for the person being stalked: tasks, replies, rights, plans, court, letters, therapy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.access.permission import Permission
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import (
    Case,
    Chaser,
    CourtDay,
    Letter,
    MeasureAsked,
    RightDue,
    SafetyPlan,
    Task,
    TherapyReferral,
    owned_by,
)
from joindots.casework.models.recovery import GONE
from joindots.casework.rules import court, rights, therapy
from joindots.casework.rules.letters import MACROS
from joindots.kernel.dots import Due, Reason
from joindots.kernel.words import words
from joindots.law import support

DONE = words("task_next", "Say it is done")
ASK = words("chaser_next", "Ask again")
EVERY = Q()


@reads(permissions.SEE_CASES)
def support_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """What is due by that day to these memberships: theirs by name, or of a case of theirs; earliest first of each."""
    for one in (_tasks, _chasers, _rights, _plans, _measures, _court_days, _letters, _therapy):
        yield from one(actor, whose, until, most)


def _tasks(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    rows = _mine(actor, permissions.SEE_TASKS, Task, whose, until, most, owner="owner", state="open")
    for row, case in rows:
        what = actor.keys.open(row.what)
        says = words("promised", "Promised: {what}", what=what) if row.promised else words("task", "{what}", what=what)
        reason = Reason.PROMISED if row.promised else Reason.REVIEW
        yield Due(row.circle_id, "casework.task", reason, row.due_on, says, f"/cases/{case}/tasks/", DONE)


def _chasers(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    rows = _mine(actor, permissions.SEE_TASKS, Chaser, whose, until, most, owner="owner", state="open")
    for row, case in rows:
        to, times = actor.keys.open(row.to), row.chased
        says = words("chaser", "{to} has not answered what was asked", to=to)
        if times:
            says = words("chaser_again", "{to} has not answered; asked {times} times", to=to, times=times + 1)
        yield Due(row.circle_id, "casework.chaser", Reason.LATE, row.due_on, says, f"/cases/{case}/agencies/", ASK)


def _rights(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    rows = _mine(actor, permissions.SEE_RIGHTS, RightDue, whose, until, most, state="open")
    known = support.code_rights()
    for row, case in rows:
        says = words(
            "right", "Victims’ Code, right {number}: {event}. {label}", number=row.right,
            event=rights.EVENTS[row.event].says, label=known[row.right].label,
        )  # fmt: skip
        yield Due(row.circle_id, "casework.right", Reason.LATE, row.due_on, says, f"/cases/{case}/rights/",
                  words("right_next", "Say who told, and when"))  # fmt: skip


def _plans(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    for row, case in _mine(actor, permissions.SEE_PLAN, SafetyPlan, whose, until, most):
        says = words("plan", "Safety plan, version {number}: look at it again", number=row.number)
        yield Due(row.circle_id, "casework.plan", Reason.REVIEW, row.due_on, says, f"/cases/{case}/plan/",
                  words("plan_next", "Open the plan"))  # fmt: skip


def _measures(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    known = support.special_measures()
    for row, case in _mine(actor, permissions.SEE_SUPPORT, MeasureAsked, whose, until, most, state="wanted"):
        label = known[row.measure].label if row.measure in known else row.measure
        says = words("measure", "{label}: wanted, not asked for yet", label=label)
        yield Due(row.circle_id, "casework.measure", Reason.COURT, row.due_on, says, f"/cases/{case}/court/",
                  words("measure_next", "Say it was asked for"))  # fmt: skip


def _court_days(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    rows = _mine(actor, permissions.SEE_SUPPORT, CourtDay, whose, until, most, day="on", state="planned")
    for row, case in rows:
        says = words("court_day", "Court: {kind}", kind=court.HEARING_WORDS[row.kind])
        yield Due(row.circle_id, "casework.court_day", Reason.COURT, row.on, says, f"/cases/{case}/court/",
                  words("court_next", "Open the day"))  # fmt: skip


def _letters(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Letters that left and asked for a reply by a day. Where consent was taken back, nobody is pressed any more."""
    waits = GONE & Q(answered_at=None, consent__withdrawn_at=None)
    for row, case in _mine(actor, permissions.SEE_SUPPORT, Letter, whose, until, most, day="reply_on", only=waits):
        to = MACROS[row.kind].to
        says = words("letter_reply", "{to}: no reply to our letter is written down", to=to)
        if row.chased:
            says = words(
                "letter_again", "{to}: no reply to our letter; asked {times} times", to=to, times=row.chased + 1
            )
        yield Due(row.circle_id, "casework.letter", Reason.LATE, row.reply_on, says,
                  f"/cases/{case}/letters/letter/?letter={row.pk}",
                  words("letter_next", "Write down their answer"))  # fmt: skip


def _therapy(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    rows = _mine(actor, permissions.SEE_SUPPORT, TherapyReferral, whose, until, most, stage="referred")
    for row, case in rows:
        says = words("therapy", "Therapy should have begun by now, by the wait that was told")
        if row.told_to_wait:
            told = therapy.TOLD_TO_WAIT[row.told_to_wait].removeprefix("yes: ")
            says = words("therapy_told", "Was told to wait for therapy {told}: that is no reason", told=told)
        yield Due(row.circle_id, "casework.therapy", Reason.LATE, row.due_on, says, f"/cases/{case}/therapy/",
                  words("therapy_next", "Ask how it stands"))  # fmt: skip


def _mine(
    actor: Actor, permission: Permission, model: Any, whose: Collection[UUID], until: date, most: int, *,
    owner: str = "circle__case__owner", day: str = "due_on", only: Q = EVERY, **state: str,
) -> Iterable[tuple[Any, str]]:  # fmt: skip
    """Rows of a table due by a day that the actor may know of, with the reference of each one's open case.

    What somebody by name had to do who has left waits for whoever has the case.
    """
    if not actor.may(permission):
        return []
    theirs = [Q(**{f"{owner}__in": whose})]  # each by one index: joined by "or" everybody's would be read
    if owner == "owner":
        left = Membership.objects.filter(agency=actor.agency_id, ends__lte=actor.at)
        theirs.append(Q(owned_by(whose), owner__in=left.values("pk")))
    rows = model.objects.visible_to(actor, picked=True).filter(
        only, circle__state="open", **{f"{day}__lte": until}, **state
    )
    both = {row.pk: row for one in theirs for row in rows.filter(one).order_by(day, "pk")[:most]}
    found = sorted(both.values(), key=lambda row: (getattr(row, day), row.pk))[:most]
    known = Case.objects.filter(circle__in={row.circle_id for row in found}, state="open") if found else ()
    cases = {case.circle_id: case.reference for case in known}
    actor.keys.prepare(cases)
    return [(row, cases[row.circle_id]) for row in found if row.circle_id in cases and _stands(actor, row.circle_id)]


def _stands(actor: Actor, circle: UUID) -> bool:
    """Whether the actor stands on the person's side there: nothing of theirs waits for another side."""
    return actor.keys.side(circle) == "victim"
