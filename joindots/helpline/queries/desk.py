"""The adviser's desk: who waits, what was promised, what goes on, and what the next shift should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.circles.models import InOpenCircle
from joindots.helpline import permissions
from joindots.helpline.models import CallBack, Contact, Line
from joindots.helpline.rules import marks, sheet, states
from joindots.helpline.tasks import line as tasks
from joindots.kernel.decisions import Decision

MOST = 100
HAND_OVER = timedelta(hours=16)
"""How far back the sheet for the next shift looks."""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact in a list of the line's own: no word of what was said, and nobody's name."""

    reference: str
    channel: str
    state: str
    at: datetime
    answer_by: datetime | None
    late: bool
    adviser: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call-back in a list of the line's own: when it is safe, whose it is, how often it was tried."""

    id: UUID
    reference: str
    way: str
    starts: datetime
    ends: datetime
    owner: str
    mine: bool
    attempts: int
    late: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What the adviser sees first."""

    ready: Decision
    pause_until: datetime | None
    open: str
    opens_next: datetime | None
    on_shift: tuple[str, ...]
    live: tuple[ContactLine, ...]
    """The actor's own contacts that are not finished."""
    asked: tuple[ContactLine, ...]
    """Contacts to which the actor was asked to listen."""
    waiting: tuple[ContactLine, ...]
    calls: tuple[CallLine, ...]


@reads(permissions.SEE_LINE)
def desk(actor: Actor) -> Desk:
    """The actor's desk. Waiting contacts and call-backs of the whole line are listed without a word of theirs, but for
    those of circles that keep the actor out.
    """
    rows = _of_line(actor)
    now, opens = tasks.is_open(actor.agency_id, actor.at)
    unfinished = rows.filter(adviser=actor.membership_id, state__in=(states.State.LIVE, states.State.WRAP))
    asked = rows.filter(listener=actor.membership_id, state=states.State.LIVE).exclude(adviser=actor.membership_id)
    waiting = rows.filter(state=states.State.WAITING).order_by("answer_by", "started_at")
    return Desk(
        tasks.can_take(actor), tasks.pause_until(actor.membership_id, actor.at), now, opens,
        tuple(turn.membership.user.name for turn in tasks.on_shift(actor.agency_id, actor.at)),
        _contact_lines(actor, list(unfinished.order_by("started_at")[:MOST])),
        _contact_lines(actor, list(asked[:MOST])), _contact_lines(actor, list(waiting[:MOST])), _calls(actor),
    )  # fmt: skip


@reads(permissions.TAKE_CONTACT)
def takes_calls(actor: Actor) -> bool:
    """Whether a call may come to the actor on whatever page they are: ready for calls, no break running, and on the
    rota now; where nobody is, whoever is ready. The desk says what is missing.
    """
    on = tasks.on_shift(actor.agency_id, actor.at)
    return (not on or any(turn.membership_id == actor.membership_id for turn in on)) and bool(tasks.can_take(actor))


@reads(permissions.SEE_LINE)
def mine(actor: Actor) -> tuple[ContactLine, ...]:
    """Contacts that the actor may open, newest first."""
    rows = Contact.objects.visible_to(actor).select_related("adviser__user").order_by("-started_at", "-id")
    return _contact_lines(actor, list(rows[:MOST]))


@reads(permissions.SEE_LINE)
def calls_due(actor: Actor, whose: tuple[UUID, ...], until: date, most: int) -> tuple[CallLine, ...]:
    """Call-backs of these memberships promised until a day, of those the actor may know of; earliest first.

    Whoever runs the line has those of people who left.
    """
    rows = CallBack.objects.visible_to(actor).filter(tasks.promised_by(actor, whose), due_on__lte=until)
    found = rows.filter(state=states.CallState.PROMISED).select_related("contact", "owner__user")
    return tuple(_call(actor, row) for row in found.order_by("due_on", "starts")[:most])


@dataclass(frozen=True, slots=True)
class HandOver:
    """The sheet for the next shift: lines marked for it, each with its contact; what waits, and what is promised."""

    notes: tuple[tuple[str, str, datetime, str, str], ...]
    """Reference, what they want to be called, when, who wrote it, the words."""
    waiting: tuple[ContactLine, ...]
    calls: tuple[CallLine, ...]
    unfinished: tuple[ContactLine, ...]


@reads(permissions.SEE_LINE)
def hand_over(actor: Actor) -> HandOver:
    """What the next shift should know. Words come only from contacts that the reader may open."""
    known = Contact.objects.visible_to(actor)
    since = actor.at - HAND_OVER
    lines = Line.objects.filter(contact__in=known, kind=marks.HAND_ON, at__gt=since, at__lte=actor.at)
    found = list(lines.select_related("contact", "by__user").order_by("-at")[:MOST])
    actor.keys.prepare({one.circle_id for one in found})
    rows = _of_line(actor)
    return HandOver(
        tuple(
            (one.contact.reference, _called(actor, one.contact), one.at, one.by.user.name, actor.keys.open(one.words))
            for one in found
        ),
        _contact_lines(actor, list(rows.filter(state=states.State.WAITING).order_by("started_at")[:MOST])),
        _calls(actor),
        _contact_lines(actor, list(rows.filter(state__in=(states.State.LIVE, states.State.WRAP))[:MOST])),
    )  # fmt: skip


def _of_line(actor: Actor) -> InOpenCircle[Contact]:
    """Contacts of the actor's own line, but for those of circles that keep the actor out."""
    rows = Contact.objects.filter(tasks.not_kept_out(actor), agency=actor.agency_id, circle__state="open")
    return rows.select_related("adviser__user")


def _calls(actor: Actor) -> tuple[CallLine, ...]:
    rows = CallBack.objects.filter(
        tasks.not_kept_out(actor), agency=actor.agency_id, state=states.CallState.PROMISED, circle__state="open"
    )  # fmt: skip
    found = rows.select_related("contact", "owner__user").order_by("ends")[:MOST]
    return tuple(_call(actor, row) for row in found)


def _call(actor: Actor, row: CallBack) -> CallLine:
    return CallLine(
        row.pk, row.contact.reference, row.way, row.starts, row.ends, row.owner.user.name,
        row.owner_id == actor.membership_id, len(row.attempts), row.ends < actor.at, row.starts <= actor.at < row.ends,
    )  # fmt: skip


def _contact_lines(actor: Actor, rows: list[Contact]) -> tuple[ContactLine, ...]:
    return tuple(
        ContactLine(
            row.reference, row.get_channel_display(), row.state, row.started_at, row.answer_by,
            row.answer_by is not None and row.answer_by < actor.at and row.state == states.State.WAITING,
            row.adviser.user.name if row.adviser else "",
        )
        for row in rows
    )  # fmt: skip


def _called(actor: Actor, row: Contact) -> str:
    said = sheet.told(sheet.decoded(actor.keys.open(row.who))).get("called")
    return said.value if said else "Caller"
