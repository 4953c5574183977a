"""A crime as its rows tell it, and what is kept beside it so that a desk finds it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.casework.rules.rights import RightState
from joindots.justice.models import Crime, CrimeStep
from joindots.justice.rules import crimes as rules
from joindots.law.crime_alarms import alarms
from joindots.law.crime_course import Course, Happened, told


def happened(row: CrimeStep) -> Happened:
    """A step as the law's rules read it. Who and why were checked when it was written, and are not opened here."""
    on = row.on if row.told == "told" else None
    right = row.right
    if right is not None:
        on = right.told_on if right.state == RightState.MET else None
    return Happened(
        number=row.number, event=row.event, on=row.on, offence=row.offence, included=tuple(row.included),
        checks=row.checks, outcome=row.outcome, last_act=row.last_act, ends=row.ends, hearing=row.hearing,
        count=row.count, told=row.told, told_on=on, named=True, reasoned=True,  # type: ignore[arg-type]  # a code that was checked when it came in
    )  # fmt: skip


def steps_of(crimes: Iterable[UUID]) -> dict[UUID, list[CrimeStep]]:
    """The steps of these crimes in their order, struck ones too."""
    found: dict[UUID, list[CrimeStep]] = {one: [] for one in crimes}
    rows = CrimeStep.objects.filter(crime__in=list(found)).select_related("by__user", "struck_by__user", "right")
    for row in rows.order_by("number"):
        found[row.crime_id].append(row)
    return found


def course_of(row: Crime, steps: Iterable[CrimeStep]) -> Course:
    """Where a crime stands, from its steps that were not struck."""
    standing = (happened(one) for one in steps if one.struck_at is None)
    system = rules.system_of(row.report.force)
    return told(system, row.stands_as == "victim", row.report.reported_on, standing)


def settle(row: Crime) -> Course:
    """Keep beside the crime what follows from its steps; the crime as it stands."""
    course = course_of(row, steps_of([row.pk])[row.pk])
    waiting = alarms(course)
    row.stage, row.offence = course.life.stage, course.offence
    row.due_on = waiting[0].stands_from if waiting else None
    ends = [one.until for one in waiting]
    row.due_until = max((day for day in ends if day), default=None) if None not in ends else None
    row.save(update_fields=("stage", "offence", "due_on", "due_until"))
    return course


def refuse_closed(circle: UUID) -> None:
    """RuleBroken where the circle's case is closed: nothing is added to it."""
    case = Case.objects.filter(circle=circle).first()
    if case is not None:
        casework.can_work(casework.State(case.state)).or_raise()
