"""Making a promise to get in touch: only by the way and in the times that the caller said are safe."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from joindots.access.actor import Actor
from joindots.helpline.models import CallBack, Contact
from joindots.helpline.rules import safe, sheet, states
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day, midnight
from joindots.kernel.words import words
from joindots.people.tasks import closed_days

FARTHEST = timedelta(days=366)


def _promise(actor: Actor, row: Contact, day: date | None) -> CallBack:
    """A call-back in the first safe stretch from a day on (today if none is named)."""
    told = sheet.told(sheet.decoded(actor.keys.open(row.reach)))
    said = {name: one.value for name, one in told.items()}
    times = safe.read(said.get("times", ""))
    way = said.get("cut_off", "")
    states.can_promise(way, said.get("number", ""), times is not None).or_raise()
    stretch = safe.stretch(times or (), _from(day, actor.at), closed_days())
    if stretch is None:
        raise RuleBroken(words("no_safe_time", "They named no time in the next two weeks. Ask for another one."))
    made = CallBack.objects.create(
        circle_id=row.circle_id, contact=row, agency_id=row.agency_id, owner_id=row.adviser_id or actor.membership_id,
        way=way, starts=stretch[0], ends=stretch[1], due_on=london_day(stretch[0]), promised_at=actor.at,
    )  # fmt: skip
    actor.record(row.circle_id, "helpline.call_promised", way=way, due=made.due_on)
    return made


def _from(day: date | None, at: datetime) -> datetime:
    if day is None or day == london_day(at):
        return at
    if day < london_day(at):
        raise RuleBroken(words("day_past", "Choose today or a later day for getting in touch again."))
    if day > london_day(at) + FARTHEST:
        raise RuleBroken(words("day_far", "Choose a day within the next year."))
    return midnight(day)
