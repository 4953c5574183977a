"""Crimes as their reader may see them: each with its steps, what can follow, its clocks and what is to be seen to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.casework.models import Case, PoliceReport, owned_by
from joindots.casework.rules import State as CaseState
from joindots.casework.rules.rights import settled_says
from joindots.circles.models import Circle, in_known
from joindots.justice import permissions
from joindots.justice.models import Crime, CrimeStep
from joindots.justice.rules import crimes as rules
from joindots.justice.rules.crime_facts import Fact, facts_of
from joindots.justice.tasks import crimes as tasks
from joindots.kernel.when import london_day
from joindots.law.crime_alarms import Alarm, alarms, standing
from joindots.law.crime_course import Count, Course, offences_in
from joindots.law.crime_life import BAIL_SAID, OPEN_SAID, SAID, Step, can_follow, events, step_of
from joindots.law.tables import Offence, outcomes


@dataclass(frozen=True, slots=True)
class Struck:
    """That something was struck: by whom, when and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class CrimeStepView:
    """A step as it was written down."""

    number: int
    event: str
    label: str
    on: date
    by: str
    at: datetime
    offence: str
    included: tuple[str, ...]
    checks: tuple[tuple[str, str], ...]
    outcome: str
    last_act: date | None
    ends: date | None
    hearing: date | None
    received_on: date | None
    count: str
    told: str
    owed: str
    """How telling the person stands under the Victims' Code; empty where nothing is owed."""
    who: str
    note: str
    why_not_told: str
    struck: Struck | None


@dataclass(frozen=True, slots=True)
class CrimeLine:
    """A crime in the list of a case."""

    id: UUID
    says: str
    beside: tuple[str, ...]
    """Bail or custody, and a review or an appeal that is open."""
    offence: str
    force: str
    reference: str
    reported_on: date
    stands_as: str
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """An event that the table allows now, and what it asks for."""

    event: str
    step: Step
    asks: tuple[str, ...]
    tells: bool
    """Whether the person is told first."""


@dataclass(frozen=True, slots=True)
class CountView:
    """One count of the charge, and how it ended."""

    number: int
    offence: str
    verdict: str


@dataclass(frozen=True, slots=True)
class CrimePage:
    """One crime with everything that was written down of it."""

    line: CrimeLine
    version: int
    circle: UUID
    case: str
    what: str
    by: str
    at: datetime
    course: Course
    steps: tuple[CrimeStepView, ...]
    last: int | None
    """The number of the last step that stands."""
    counts: tuple[CountView, ...]
    facts: tuple[Fact, ...]
    offered: tuple[NextStep, ...]

    @property
    def offences(self) -> tuple[Offence, ...]:
        """Offences to choose from."""
        return tuple(offences_in(self.course.system).values())


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report to the police that no crime was followed from yet."""

    id: UUID
    version: int
    force: str
    reference: str
    reported_on: date
    stage: str


@dataclass(frozen=True, slots=True)
class CrimeWaiting:
    """Something of a crime that waits to be seen to."""

    circle: UUID
    crime: UUID
    alarm: Alarm


@reads_one(permissions.SEE_JUSTICE, Circle)
def crimes(actor: Actor, circle: Circle) -> tuple[CrimeLine, ...]:
    """The crimes of a circle, the newest report first."""
    rows = Crime.objects.filter(circle=circle).select_related("report").order_by("-report__reported_on", "-id")
    steps = tasks.steps_of(row.pk for row in rows)
    return tuple(_line(actor, row, tasks.course_of(row, steps[row.pk])) for row in rows)


@reads_one(permissions.SEE_JUSTICE, Circle)
def reports_to_follow(actor: Actor, circle: Circle) -> tuple[ReportLine, ...]:
    """Reports to the police of which nobody has written down yet what became of them."""
    rows = PoliceReport.objects.filter(circle=circle, crimes=None).order_by("-reported_on", "-id")
    return tuple(
        ReportLine(row.pk, row.version, rules.force_name(row.force), actor.keys.open(row.crime_reference),
                   row.reported_on, row.get_stage_display())
        for row in rows
    )  # fmt: skip


@reads_one(permissions.SEE_JUSTICE, Crime)
def crime(actor: Actor, row: Crime) -> CrimePage:
    """One crime with its steps, its clocks, and what can follow."""
    steps = tasks.steps_of([row.pk])[row.pk]
    course = tasks.course_of(row, steps)
    standing_steps = [one for one in steps if one.struck_at is None]
    case = Case.objects.filter(circle=row.circle_id).first()
    counts = {one.number: one for one in course.counts}
    today = london_day(actor.at)
    return CrimePage(
        _line(actor, row, course), row.version, row.circle_id, case.reference if case else "",
        actor.keys.open(row.what), row.by.user.name, row.at, course,
        tuple(_step(actor, one, course, counts, today) for one in steps),
        standing_steps[-1].number if standing_steps else None,
        tuple(_count(course, one) for one in course.counts), facts_of(course, today), tuple(_offered(course, today)),
    )  # fmt: skip


@reads(permissions.SEE_JUSTICE)
def crimes_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[CrimeWaiting, ...]:
    """What of crimes is to be seen to by a day: of those these people wrote down, or in cases they own."""
    known = Q(in_known(actor, picked=True), circle__case__state=CaseState.OPEN, circle__state="open", due_on__lte=until)
    known &= Q(due_until=None) | Q(due_until__gte=min(until, london_day(actor.at)))
    found = [
        *Crime.objects.filter(known, by__in=list(whose)).select_related("report").order_by("due_on", "id")[:most],
        *Crime.objects.filter(known, owned_by(whose)).select_related("report").order_by("due_on", "id")[:most],
    ]
    rows = list({row.pk: row for row in found}.values())
    actor.keys.prepare(row.circle_id for row in rows)
    rows = [row for row in rows if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows(row.circle_id for row in rows)
    steps, today = tasks.steps_of(row.pk for row in rows), london_day(actor.at)
    waiting = [
        CrimeWaiting(row.circle_id, row.pk, alarm)
        for row in rows
        for alarm in _waiting(tasks.course_of(row, steps[row.pk]), until, today)
    ]
    return tuple(sorted(waiting, key=lambda one: (rules.day_for_desk(one.alarm), one.crime))[:most])


def _waiting(course: Course, until: date, today: date) -> Iterable[Alarm]:
    """What stands today; and of later days what is about a day to come: what will be past then is not past yet."""
    now = standing(course, min(today, until))
    yield from now
    for one in alarms(course):
        if one.code in rules.COMING and today < one.stands_from <= until:
            yield one


def _line(actor: Actor, row: Crime, course: Course) -> CrimeLine:
    known = offences_in(course.system)
    offence = known.get(course.offence)
    beside = (BAIL_SAID[course.life.bail], OPEN_SAID[course.life.open])
    return CrimeLine(
        row.pk, SAID[course.life.stage], tuple(one for one in beside if one),
        rules.offence_says(offence) if offence else "", rules.force_name(row.report.force),
        actor.keys.open(row.report.crime_reference), row.report.reported_on, row.stands_as,
        standing(course, london_day(actor.at)),
    )  # fmt: skip


def _offered(course: Course, today: date) -> Iterable[NextStep]:
    for event in can_follow(course.life):
        step = step_of(course.life, event)
        if step is not None and rules.can_be_offered(course, event, today):
            asks = tuple(one for one in step.asks.split() if one != "outcome" or course.system == "england_wales")
            if step.right in rules.FROM_COURT and course.tells and course.system == "england_wales":
                asks = (*asks, "received")
            yield NextStep(event, step, asks, step.tell_first and course.tells)


def _count(course: Course, one: Count) -> CountView:
    offence = offences_in(course.system).get(one.offence)
    verdict = {"guilty": "guilty", "not_guilty": "not guilty", "on_file": "lies on the file", "": "open"}[one.verdict]
    return CountView(one.number, rules.offence_says(offence) if offence else one.offence, verdict)


def _step(actor: Actor, row: CrimeStep, course: Course, counts: dict[int, Count], today: date) -> CrimeStepView:
    known, count = offences_in(course.system), counts.get(row.count or 0)
    outcome = outcomes().get(row.outcome)
    right = row.right
    return CrimeStepView(
        row.number, row.event, events().get(row.event, row.event), row.on, row.by.user.name, row.at,
        rules.offence_says(known[row.offence]) if row.offence in known else "",
        tuple(rules.offence_says(known[code]) for code in row.included if code in known),
        tuple((one.asks, rules.ANSWERS[row.checks[code]]) for code, one in rules.CHECKS.items() if code in row.checks),
        f"{outcome.code}: {outcome.label}" if outcome else "", row.last_act, row.ends, row.hearing, row.received_on,
        _count(course, count).offence if count else "", row.told,
        settled_says(right.state, right.due_on, right.told_on, today) if right and row.struck_at is None else "",
        actor.keys.open(row.who), actor.keys.open(row.note), actor.keys.shown(row.why_not_told), _struck(actor, row),
    )  # fmt: skip


def _struck(actor: Actor, row: CrimeStep) -> Struck | None:
    if row.struck_at is None or row.struck_by is None:
        return None
    return Struck(row.struck_by.user.name, row.struck_at, actor.keys.open(row.struck_why))
