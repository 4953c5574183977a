"""A crime is followed from its report, its steps are written down or struck, and each sets its duty to tell going."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.access.roles import Role
from joindots.casework import actions as casework
from joindots.casework.models import Case, PoliceReport, RightDue
from joindots.casework.rules.rights import RightState
from joindots.justice import permissions
from joindots.justice.models import Crime, CrimeStep
from joindots.justice.rules import crimes as rules
from joindots.justice.tasks import crimes as tasks
from joindots.justice.tasks.opposed import stop_against
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.law.crime_course import Course, Happened, may_happen
from joindots.law.crime_life import step_of
from joindots.law.telling import Telling, why_missing

NO_REASON = "Say why in a few words. It stays with it."
BY_SAFE_CONTACT = "Told by safe contact before it was done."
BY_ITSELF = "By the step itself."
POLICE = frozenset({Role.POLICE_OFFICER, Role.POLICE_SPOC})
"""Who decides what is put on somebody; everybody else writes down what they heard of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody writes down of a step. What its event does not ask for is left out."""

    event: str
    on: date
    offence: str = ""
    included: tuple[str, ...] = ()
    checks: Mapping[str, str] | None = None
    outcome: str = ""
    last_act: date | None = None
    ends: date | None = None
    hearing: date | None = None
    received_on: date | None = None
    """When the court’s information came; None: on the day itself."""
    count: int | None = None
    told: Telling = ""
    who: str = ""
    note: str = ""
    why_not_told: str = ""


@writes(permissions.RECORD, PoliceReport)
def follow(actor: Actor, report: PoliceReport, *, what: str = "", stands_as: str = "victim") -> UUID:
    """Follow what became of a report. The crime's id. A report can lead to more than one crime."""
    tasks.refuse_closed(report.circle_id)
    if stands_as not in rules.STANDS_AS:
        raise RuleBroken(
            words("stands_unknown", "Say whether they are the victim of it, or somebody complained about them.")
        )
    rules.can_say(what).or_raise()
    row = Crime(circle_id=report.circle_id, report=report, stands_as=stands_as, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(row, what=what.strip())
    row.save(force_insert=True)
    actor.record(report.circle_id, "justice.followed", crime=row.pk, stands_as=stands_as)
    return row.pk


@writes(permissions.RECORD, Crime)
def record(actor: Actor, row: Crime, *, said: Said) -> None:
    """Write down what happened to a crime. Refused by a sentence where its life, its days or the law forbid it.

    No officer writes down a charge, bail or caution against somebody recorded as a victim until two people decided.
    Where the step is one that the victim must hear of, what the Victims' Code owes begins here, as met if they were
    told first.
    """
    tasks.refuse_closed(row.circle_id)
    rules.can_be_on(said.on, london_day(actor.at)).or_raise()
    _stop_against(actor, row, said)
    rules.can_be_received(said.received_on, said.on, london_day(actor.at)).or_raise()
    rules.can_check(said.checks or {}).or_raise()
    steps = tasks.steps_of([row.pk])[row.pk]
    course = tasks.course_of(row, steps)
    may_happen(course, _happened(said, len(steps) + 1)).or_raise()
    rules.can_code(said.outcome, said.offence, course.offence).or_raise()
    rules.can_say(said.who, rules.MOST_NAME).or_raise()
    rules.can_say(said.note).or_raise()
    rules.can_say(said.why_not_told, rules.MOST_WHY, needed=why_missing(said.told)).or_raise()
    step = CrimeStep(
        circle_id=row.circle_id, crime=row, number=len(steps) + 1, event=said.event, on=said.on, offence=said.offence,
        included=list(said.included), checks=dict(said.checks or {}), outcome=said.outcome, last_act=said.last_act,
        ends=said.ends, hearing=said.hearing,
        received_on=said.received_on, count=said.count, told=said.told, by_id=actor.membership_id,
        at=actor.at, right=_owed(actor, row, course, said),
    )  # fmt: skip
    actor.keys.seal(step, who=said.who.strip(), note=said.note.strip(), why_not_told=said.why_not_told.strip())
    step.save(force_insert=True)
    tasks.settle(row)
    _tell_report(actor, row, said)
    actor.record(row.circle_id, "justice.step", crime=row.pk, event=said.event, told=said.told)


@writes(permissions.RECORD, RightDue)
def tell(actor: Actor, row: RightDue, *, to: str, told_on: date | None, how: str) -> None:
    """Somebody was told of a step, was not, or does not want to hear it; clocks that begin with it begin."""
    casework.settle_right(actor, Ref(row.pk), to=to, told_on=told_on, how=how)
    for crime in Crime.objects.filter(steps__right=row.pk, circle=row.circle_id).select_related("report").distinct():
        tasks.settle(crime)


@writes(permissions.RECORD, Crime)
def strike(actor: Actor, row: Crime, *, number: int, why: str) -> None:
    """Strike the last step that stands, because it was written down wrongly. It is kept, and shown struck.

    What it set going under the Victims' Code is marked as not owed, with the same reason.
    """
    tasks.refuse_closed(row.circle_id)
    rules.can_say(why, rules.MOST_WHY, needed=NO_REASON).or_raise()
    standing = [one for one in tasks.steps_of([row.pk])[row.pk] if one.struck_at is None]
    rules.strikeable(number, standing[-1].number if standing else None).or_raise()
    step = standing[-1]
    step.struck_by_id, step.struck_at = actor.membership_id, actor.at
    actor.keys.seal(step, struck_why=why.strip())
    step.save()
    if step.right is not None and step.right.state != RightState.NOT_WANTED:
        how = f"Struck, written down wrongly: {why.strip()}"
        casework.settle_right(actor, Ref(step.right.pk), to=RightState.NOT_WANTED, how=how)
    tasks.settle(row)
    actor.record(row.circle_id, "justice.step_struck", crime=row.pk, event=step.event)


def _stop_against(actor: Actor, row: Crime, said: Said) -> None:
    """RuleBroken where two people decide first. An advocate writes down what police did, as told: never stopped."""
    act = rules.act_of(said.event, said.outcome)
    if act is None or not actor.roles & POLICE:
        return
    stop_against(actor, row.circle, act, own=row.stands_as == "suspect")


def _happened(said: Said, number: int) -> Happened:
    return Happened(
        number=number, event=said.event, on=said.on, offence=said.offence, included=said.included,
        checks=said.checks or {}, outcome=said.outcome, last_act=said.last_act, ends=said.ends, hearing=said.hearing,
        count=said.count, told=said.told, told_on=said.on if said.told == "told" else None,
        named=bool(said.who.strip()), reasoned=bool(said.note.strip()),
    )  # fmt: skip


def _owed(actor: Actor, row: Crime, course: Course, said: Said) -> RightDue | None:
    """What the person is owed by a step, under the Victims' Code; nothing where they were complained of."""
    step = step_of(course.life, said.event)
    if step is None or not step.right or not course.tells or course.system != "england_wales":
        return None
    case = Case.objects.get(circle=row.circle_id)
    since = said.received_on if said.received_on and step.right in rules.FROM_COURT else said.on
    key = casework.note_right(actor, Ref(case.reference), event=step.right, on=since, note=step.label)
    how = BY_SAFE_CONTACT if said.told == "told" else BY_ITSELF if step.right in rules.MET_BY_IT else ""
    if how:
        casework.settle_right(actor, Ref(key), to=RightState.MET, told_on=since, how=how)
    return RightDue.objects.get(pk=key)


def _tell_report(actor: Actor, row: Crime, said: Said) -> None:
    """The report that the crime began with says what became of it, so that the two never disagree."""
    stage = rules.report_stage(said.event, said.offence)
    if stage is not None and stage != row.report.stage:
        reference = actor.keys.open(row.report.crime_reference)
        casework.change_report(actor, Ref(row.report_id), stage=stage, crime_reference=reference)
