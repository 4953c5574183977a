"""Noting what the Victims' Code owed and whether it was met, special measures, and days at court."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import permissions
from joindots.casework.models import Case, CourtDay, MeasureAsked, RightDue, SafetyPlan
from joindots.casework.rules import State, can_work, court, plans, rights
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words


@writes(permissions.KEEP_RIGHTS, Case, when=lambda case: can_work(State(case.state)))
def note_right(actor: Actor, case: Case, *, event: str, on: date, enhanced: str = "persistent", note: str = "") -> UUID:
    """Keep that something started a right on a day; its due day is computed where it has a clock. The row's id."""
    rights.can_note(event, on, enhanced, note, london_day(actor.at)).or_raise()
    row = RightDue(
        circle_id=case.circle_id, right=rights.EVENTS[event].right, event=event, on=on, enhanced=enhanced,
        due_on=rights.due_of(event, on, enhanced), by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, note=note.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.right_noted", right=row.right, event=event, row=row.pk)
    return row.pk


@writes(permissions.KEEP_RIGHTS, RightDue)
def settle_right(actor: Actor, row: RightDue, *, to: str, told_on: date | None = None, how: str = "") -> None:
    """Somebody says that it was met (when, by whom), was not met, or is not wanted."""
    rights.can_settle(row.state, to, told_on, how, row.on, london_day(actor.at)).or_raise()
    row.state, row.told_on = to, told_on if to == rights.RightState.MET else None
    actor.keys.seal(row, how=how.strip())
    row.save(update_fields=("state", "told_on", "how"))
    actor.record(row.circle_id, "casework.right_settled", right=row.right, to=to, row=row.pk)


@writes(permissions.KEEP_SUPPORT, Case, when=lambda case: can_work(State(case.state)))
def want_measure(actor: Actor, case: Case, *, measure: str, due_on: date | None = None, note: str = "") -> UUID:
    """The person wants a special measure; `due_on`: the day that a court or officer named for asking. The row's id."""
    rights.can_want(measure, note).or_raise()
    if MeasureAsked.objects.filter(circle=case.circle_id, measure=measure).exists():
        raise RuleBroken(words("measure_there", "This measure stands here already. Say below what became of it."))
    row = MeasureAsked(
        circle_id=case.circle_id, measure=measure, since=london_day(actor.at), due_on=due_on,
        by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, note=note.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.measure_wanted", measure=measure)
    return row.pk


@writes(permissions.KEEP_SUPPORT, MeasureAsked)
def move_measure(actor: Actor, row: MeasureAsked, *, to: str, note: str = "") -> None:
    """It was asked for, granted, refused, or is not wanted any more."""
    rights.can_move_measure(row.state, to, note).or_raise()
    row.state, row.since = to, london_day(actor.at)
    if note.strip():
        actor.keys.seal(row, note=note.strip())
    row.save(update_fields=("state", "since", "note"))
    actor.record(row.circle_id, "casework.measure_moved", measure=row.measure, to=to)


@writes(permissions.KEEP_SUPPORT, Case, when=lambda case: can_work(State(case.state)))
def plan_court_day(
    actor: Actor, case: Case, *, kind: str, on: date, court_name: str, clock: str = "", lines: Mapping[str, str]
) -> UUID:
    """Plan a day at court with the person. The day's id."""
    court.can_plan(kind, court_name, clock, lines).or_raise()
    row = CourtDay(circle_id=case.circle_id, kind=kind, on=on, by_id=actor.membership_id, at=actor.at)
    _fill(actor, row, court_name, clock, lines)
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.court_day_planned", day=row.pk, kind=kind)
    return row.pk


@writes(permissions.KEEP_SUPPORT, CourtDay, when=lambda row: court.can_change(row.state))
def change_court_day(
    actor: Actor, row: CourtDay, *, kind: str, on: date, court_name: str, clock: str = "", lines: Mapping[str, str]
) -> None:
    """Say the day's plan anew: a court moves a hearing, somebody else meets the person."""
    court.can_plan(kind, court_name, clock, lines).or_raise()
    row.kind, row.on = kind, on
    _fill(actor, row, court_name, clock, lines)
    row.save(update_fields=("kind", "on", "court", "clock", "sheet"))
    actor.record(row.circle_id, "casework.court_day_changed", day=row.pk, kind=kind)


@writes(permissions.KEEP_SUPPORT, CourtDay, when=lambda row: court.can_change(row.state))
def end_court_day(actor: Actor, row: CourtDay, *, cancelled: bool) -> None:
    """The day is over, or was cancelled."""
    row.state = court.DayState.CANCELLED if cancelled else court.DayState.OVER
    row.save(update_fields=("state",))
    actor.record(row.circle_id, "casework.court_day_ended", day=row.pk, to=row.state)


@writes(permissions.SEE_SUPPORT, CourtDay)
def take_day_sheet(actor: Actor, row: CourtDay) -> None:
    """Note that the day's sheet left as a file; refused unless the person said that keeping a copy is safe."""
    held = SafetyPlan.objects.filter(circle=row.circle_id, person__presences__stands_as="victim", hold="yes")
    plans.can_hand_over("yes" if held.exists() else "unknown").or_raise()
    actor.record(row.circle_id, "casework.day_sheet_left", day=row.pk)


def _fill(actor: Actor, row: CourtDay, court_name: str, clock: str, lines: Mapping[str, str]) -> None:
    actor.keys.seal(row, court=court_name.strip(), clock=clock.strip())
    told = {name: text.strip() for name, text in lines.items() if text.strip()}
    actor.keys.seal_bytes(row, "sheet", msgspec.json.encode(told))
