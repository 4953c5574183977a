"""A contact begins: a call taken, something in writing entered, words from the public form, and who takes it up."""

from __future__ import annotations

from datetime import datetime

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes
from joindots.circles import actions as circles
from joindots.circles.tasks import kept_out
from joindots.helpline import permissions
from joindots.helpline.models import Contact
from joindots.helpline.rules import marks, states
from joindots.helpline.rules.web import WebWords
from joindots.helpline.tasks import line as tasks
from joindots.helpline.tasks.notes import put_lines, put_said
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.law.hours import after_open_time

PURPOSE = "helpline contact"


@makes(permissions.TAKE_CONTACT)
def open_contact(actor: Actor, *, channel: str, caller: str = "", came_at: datetime | None = None) -> str:
    """Begin a contact that the actor takes: its reference. Refused while checks or training are missing, while a break
    runs, and where the actor is on another call already.
    """
    tasks.can_take(actor).or_raise()
    if channel not in states.CHANNELS or caller not in states.CALLERS:
        raise RuleBroken(words("contact_how", "Choose how the contact came in, and who it is from."))
    if came_at is not None and came_at > actor.at:
        raise RuleBroken(words("contact_ahead", "It cannot have come in later than now. Enter when it came."))
    if channel in states.BY_VOICE:
        _one_call_at_a_time(actor)
    row = _begin(actor, channel, caller, states.State.LIVE, came_at or actor.at)
    actor.record(row.circle_id, "helpline.contact_opened", channel=channel)
    return row.reference


@makes(permissions.TAKE_CONTACT)
def take_waiting(actor: Actor, *, reference: str) -> str:
    """Take up a contact of the own line that waits for somebody. From then on the actor may read it."""
    tasks.can_take(actor).or_raise()
    waiting = Contact.objects.filter(agency=actor.agency_id, reference=reference, circle__state="open")
    row = waiting.select_for_update(of=("self",)).first()
    giver = tasks.stands_there(row.circle_id, actor.agency_id, actor.at) if row else None
    if row is None or giver is None or kept_out(actor, row.circle_id):
        actor.visit.misses(Contact, reference)
        raise NotFound
    if row.state != states.State.WAITING:
        raise RuleBroken(words("taken_already", "Somebody else has taken this one already. Take the next."))
    circles.take_up(actor, circle=row.circle_id, offered_by=giver, purpose=PURPOSE)
    row.state, row.adviser_id = states.State.LIVE, actor.membership_id
    row.save(update_fields=("state", "adviser"))
    actor.record(row.circle_id, "helpline.contact_taken")
    return row.reference


@makes(permissions.RUN_LINE)
def keep_web(actor: Actor, *, told: WebWords) -> None:
    """Keep what somebody wrote on the public form. The actor is who opened the form, and answers for it."""
    caller = told.caller if told.caller in states.CALLERS else ""
    row = _begin(actor, "web", caller, states.State.WAITING, actor.at)
    row.adviser = None
    given = {"called": told.called, "cut_off": told.way, "number": told.number, "times": told.times, "say": told.say}
    for name, value in given.items():
        if value.strip():
            put_said(actor, row, name, value)
    row.save()
    put_lines(actor, row, [marks.Line(marks.PLAIN, each) for each in marks.pieces(told.words)])
    actor.record(row.circle_id, "helpline.came_by_web")


def _begin(actor: Actor, channel: str, caller: str, state: states.State, at: datetime) -> Contact:
    """A contact in a circle of its own, in which who takes it and the line's supervisors stand, and nobody else."""
    circle = circles.open_circle(actor, purpose=PURPOSE)
    circles.lead_in(actor, Ref(circle.pk), purpose="supervises the helpline")
    row = Contact(
        circle=circle, agency_id=actor.agency_id, adviser_id=actor.membership_id, state=state, channel=channel,
        caller=caller, started_at=at,
    )  # fmt: skip
    hours = tasks.hours_of(actor.agency_id)
    if channel not in states.BY_VOICE and hours.told:
        row.answer_by = after_open_time(hours, at, tasks.ANSWER_WITHIN)
    row.save()
    return row


def _one_call_at_a_time(actor: Actor) -> None:
    live = Contact.objects.filter(adviser=actor.membership_id, state=states.State.LIVE, channel__in=states.BY_VOICE)
    reference = live.values_list("reference", flat=True).first()
    if reference:
        raise RuleBroken(
            words("on_a_call", "You are on a call: {reference}. Go on with it or end it first.", reference=reference)
        )
