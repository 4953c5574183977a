"""Running the line: its hours, rota and breaks, who is ready, calls that nobody took, and the public form."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes
from joindots.agencies.models import Membership
from joindots.helpline import permissions
from joindots.helpline.models import OpenHours, OwnNumber, Pause, ReadyStep, Turn, Unanswered, WebDoor
from joindots.helpline.rules import shift, unanswered
from joindots.helpline.tasks.line import left_with
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words

AGENCY = "agency"
GOODBYE = "goodbye"


@makes(permissions.RUN_LINE)
def set_hours(actor: Actor, *, hours: Mapping[int, tuple[time, time]]) -> None:
    """Set when the line is open, by weekday (Monday is 0). A weekday that is not named is closed."""
    if not set(hours) <= set(range(7)) or any(opens >= closes for opens, closes in hours.values()):
        raise RuleBroken(words("hours", "A day opens before it closes. Leave both empty for a day that is closed."))
    OpenHours.objects.filter(agency=actor.agency_id).delete()
    OpenHours.objects.bulk_create(
        OpenHours(agency_id=actor.agency_id, weekday=day, opens=opens, closes=closes)
        for day, (opens, closes) in hours.items()
    )
    actor.record(actor.agency_id, "helpline.hours_set", book_kind=AGENCY, days=sorted(hours))


@makes(permissions.RUN_LINE)
def put_on_rota(actor: Actor, *, membership: UUID, starts: datetime, ends: datetime, out_of_hours: bool) -> UUID:
    """Put somebody of the line on the rota. A turn that overlaps another of theirs is refused."""
    who = _of_the_line(actor, membership)
    others = Turn.objects.filter(membership=who, ends__gt=starts, starts__lt=ends).values_list("starts", "ends")
    shift.can_turn(starts, ends, others).or_raise()
    row = Turn.objects.create(
        agency_id=actor.agency_id, membership=who, starts=starts, ends=ends, out_of_hours=out_of_hours
    )
    actor.record(actor.agency_id, "helpline.on_rota", book_kind=AGENCY, membership=membership)
    return row.pk


@makes(permissions.RUN_LINE)
def take_off_rota(actor: Actor, *, turn: UUID) -> None:
    """Take a turn off the rota."""
    row = Turn.objects.filter(pk=turn, agency=actor.agency_id).first()
    if row is None:
        raise NotFound
    actor.record(actor.agency_id, "helpline.off_rota", book_kind=AGENCY, membership=row.membership_id)
    row.delete()


@makes(permissions.TAKE_CONTACT)
def end_pause(actor: Actor) -> None:
    """End the actor's own break now."""
    Pause.objects.filter(membership=actor.membership_id, ends__gt=actor.at).update(ends=actor.at)
    actor.record(actor.agency_id, "helpline.break_ended", book_kind=AGENCY)


@makes(permissions.KEEP_READY)
def note_ready(actor: Actor, *, membership: UUID, step: str, done_on: date) -> None:
    """Note that something was done for somebody who takes calls. Nobody notes it for themselves.

    A goodbye waits until nothing is left with them; from then on no call and no turn comes to them.
    """
    who = _of_the_line(actor, membership)
    if who.user_id == actor.user_id:
        raise RuleBroken(
            words("own_ready", "Somebody else notes this for you: another supervisor, a lead or an administrator.")
        )
    if step not in shift.BY_CODE or done_on > london_day(actor.at):
        raise RuleBroken(words("ready_step", "Choose what was done, and a day that is not still to come."))
    if step == GOODBYE:
        left = left_with(who.pk)
        if left is not None:
            raise RuleBroken(left)
        Turn.objects.filter(membership=who, starts__gt=actor.at).delete()
    ReadyStep.objects.create(
        agency_id=actor.agency_id, membership=who, step=step, done_on=done_on, by_id=actor.membership_id, at=actor.at
    )
    actor.record(actor.agency_id, "helpline.ready_noted", book_kind=AGENCY, membership=membership, step=step)


@makes(permissions.TAKE_CONTACT)
def note_unanswered(actor: Actor, *, kind: str, at: datetime, waited: int | None = None) -> None:
    """Note a call that nobody took, as staff saw it. It has no number and no name."""
    unanswered.can_note(kind, at, waited, actor.at).or_raise()
    Unanswered.objects.create(agency_id=actor.agency_id, kind=kind, at=at, waited=waited)
    actor.record(actor.agency_id, "helpline.unanswered", book_kind=AGENCY, kind=kind)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a phone system's file: rows taken, rows there already, and lines that could not be read."""

    taken: int
    before: int
    unread: tuple[int, ...]


@makes(permissions.RUN_LINE)
def bring_in_unanswered(actor: Actor, *, data: str) -> Brought:
    """Take calls that nobody took from a phone system's CSV: columns `at`, `outcome`, `waited`; others are dropped
    unread, numbers above all. The same row is never taken twice.
    """
    rows = list(csv.DictReader(io.StringIO(data, newline=""), strict=False))
    if not rows or not {"at", "outcome"} <= {str(name or "").strip().casefold() for name in rows[0]}:
        raise RuleBroken(words("csv_columns", "The file needs a line of headings with “at” and “outcome” in it."))
    taken = before = 0
    unread = []
    for number, told in enumerate(rows[: unanswered.MOST], start=2):
        one = unanswered.read(told, actor.at)
        if one is None:
            unread.append(number)
            continue
        _, new = Unanswered.objects.get_or_create(
            agency_id=actor.agency_id, kind=one.kind, at=one.at, waited=one.waited, from_file=True
        )
        taken, before = taken + new, before + (not new)
    actor.record(actor.agency_id, "helpline.unanswered_file", book_kind=AGENCY, taken=taken, unread=len(unread))
    return Brought(taken, before, tuple(unread))


@makes(permissions.RUN_LINE)
def set_number(actor: Actor, *, number: str) -> None:
    """Set the number by which anybody reaches the line, as it is to be read; empty takes it off every page."""
    told = shift.public_number(number)
    if told is None:
        raise RuleBroken(
            words("line_number", "Enter the number as it is rung, such as 0808 157 0100, or leave it out.")
        )
    if told:
        OwnNumber.objects.update_or_create(agency_id=actor.agency_id, defaults={"number": told})
    else:
        OwnNumber.objects.filter(agency=actor.agency_id).delete()
    actor.record(actor.agency_id, "helpline.number_set", book_kind=AGENCY, there=bool(told))


@makes(permissions.RUN_LINE)
def open_web(actor: Actor) -> None:
    """Take contacts through the public form, in the actor's name."""
    row, _ = WebDoor.objects.get_or_create(
        agency_id=actor.agency_id, defaults={"opened_by_id": actor.membership_id, "opened_at": actor.at}
    )
    row.opened_by_id, row.is_open, row.opened_at = actor.membership_id, True, actor.at
    row.save()
    actor.record(actor.agency_id, "helpline.web_opened", book_kind=AGENCY)


@makes(permissions.RUN_LINE)
def close_web(actor: Actor) -> None:
    """Take nothing more through the public form."""
    WebDoor.objects.filter(agency=actor.agency_id).update(is_open=False)
    actor.record(actor.agency_id, "helpline.web_closed", book_kind=AGENCY)


def _of_the_line(actor: Actor, membership: UUID) -> Membership:
    """Somebody of the actor's own agency who works on the line now."""
    row = Membership.objects.current(actor.at).filter(pk=membership, agency=actor.agency_id).first()
    if row is None or not row.role_set & permissions.TAKE_CONTACT.roles:
        raise RuleBroken(words("not_of_line", "Choose somebody who works on the line now."))
    return row
