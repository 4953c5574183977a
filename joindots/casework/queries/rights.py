"""How the Victims' Code was kept in a case, special measures, and days at court."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework import permissions
from joindots.casework.models import Case, CourtDay, MeasureAsked, RightDue
from joindots.casework.rules import court, rights
from joindots.kernel.when import london_day
from joindots.law import support, tables


@dataclass(frozen=True, slots=True)
class RightView:
    """One thing that started a right, and how it stands."""

    id: UUID
    version: int
    event: str
    on: date
    enhanced: str
    due_on: date | None
    clock: str
    """The clock's own words and mark; empty for a right without one."""
    note: str
    state: str
    says: str
    told_on: date | None
    how: str
    by: str
    at: datetime

    @property
    def wrong(self) -> bool:
        """Whether it was not met, or met late, or is over."""
        return self.state == rights.RightState.NOT_MET or "late" in self.says or "over" in self.says


@dataclass(frozen=True, slots=True)
class RightBlock:
    """A right of the Code with everything noted under it."""

    number: str
    label: str
    points: str
    duty_holders: str
    source: str
    mark: str
    noted: tuple[RightView, ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A special measure and what became of asking for it; `id` None where nobody has spoken of it."""

    code: str
    label: str
    points: str
    mark: str
    id: UUID | None
    version: int
    state: str
    says: str
    since: date | None
    due_on: date | None
    note: str
    next: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """A day at court as it is planned."""

    id: UUID
    case: str
    version: int
    kind: str
    kind_words: str
    on: date
    clock: str
    court: str
    lines: Mapping[str, str]
    state: str
    measures: tuple[str, ...] = ()

    @property
    def sheet(self) -> tuple[tuple[str, str], ...]:
        """Its lines in the order of the day, each under its heading; those that are empty left out."""
        return tuple((label, self.lines[code]) for code, label in court.SHEET.items() if self.lines.get(code))


@reads_one(permissions.SEE_RIGHTS, Case)
def rights_of(actor: Actor, case: Case) -> tuple[RightBlock, ...]:
    """All twelve rights, each with what was noted under it, newest first."""
    rows = RightDue.objects.filter(circle=case.circle_id).select_related("by__user").order_by("-on", "-id")
    shown = [(row.right, _right(actor, row)) for row in rows]
    return tuple(
        RightBlock(
            number, one.label, one.points, one.duty_holders, one.source, one.mark,
            tuple(view for right, view in shown if right == number),
        )
        for number, one in support.code_rights().items()
    )  # fmt: skip


@reads_one(permissions.SEE_SUPPORT, Case)
def measures_of(actor: Actor, case: Case) -> tuple[MeasureView, ...]:
    """Every special measure, with what became of it."""
    rows = {row.measure: row for row in MeasureAsked.objects.filter(circle=case.circle_id)}
    return tuple(_measure(actor, code, one, rows.get(code)) for code, one in support.special_measures().items())


@reads_one(permissions.SEE_SUPPORT, Case)
def court_days_of(actor: Actor, case: Case) -> tuple[DayView, ...]:
    """Days at court, latest first."""
    rows = CourtDay.objects.filter(circle=case.circle_id).order_by("-on", "-id")
    return tuple(_day(actor, row, case.reference) for row in rows)


@reads_one(permissions.SEE_SUPPORT, CourtDay)
def court_day(actor: Actor, row: CourtDay) -> DayView:
    """One day at court with the special measures that were granted."""
    granted = MeasureAsked.objects.filter(circle=row.circle_id, state=rights.MeasureState.GRANTED)
    known = support.special_measures()
    labels = tuple(known[one.measure].label for one in granted.order_by("since", "id") if one.measure in known)
    return _day(actor, row, Case.objects.get(circle=row.circle_id).reference, labels)


def _right(actor: Actor, row: RightDue) -> RightView:
    event = rights.EVENTS[row.event]
    return RightView(
        row.pk, row.version, event.says, row.on, rights.ENHANCED_WORDS[row.enhanced], row.due_on,
        _clock_says(event.clock, row.enhanced), actor.keys.open(row.note), row.state,
        rights.settled_says(row.state, row.due_on, row.told_on, london_day(actor.at)), row.told_on,
        actor.keys.shown(row.how), row.by.user.name, row.at,
    )  # fmt: skip


def _clock_says(clock: str, enhanced: str) -> str:
    if not clock:
        return ""
    one = tables.deadlines()[clock]
    rule = f" ({one.counting_rule})" if one.counting_rule and enhanced else ""
    days = f"{one.amount} working days{rule}"
    return f"{days}. {one.mark}".strip()


def _measure(actor: Actor, code: str, one: support.SpecialMeasure, row: MeasureAsked | None) -> MeasureView:
    if row is None:
        return MeasureView(code, one.label, one.points, one.mark, None, 0, "", "not spoken of yet", None, None, "", ())
    now = rights.MeasureState(row.state)
    steps = tuple((to.value, rights.MEASURE_WORDS[to]) for to in rights.MeasureState if to in rights.MEASURE_NEXT[now])
    return MeasureView(
        code, one.label, one.points, one.mark, row.pk, row.version, row.state, rights.MEASURE_WORDS[now], row.since,
        row.due_on, actor.keys.open(row.note), steps,
    )  # fmt: skip


def _day(actor: Actor, row: CourtDay, case: str, measures: tuple[str, ...] = ()) -> DayView:
    lines = msgspec.json.decode(actor.keys.open_bytes(row.sheet), type=dict[str, str])
    return DayView(
        row.pk, case, row.version, row.kind, court.HEARING_WORDS[row.kind], row.on, actor.keys.open(row.clock),
        actor.keys.open(row.court), lines, row.state, measures,
    )  # fmt: skip
