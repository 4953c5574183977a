"""Writing a safety plan: its lines, whether a copy is safe to keep, and agreeing a version."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import permissions
from joindots.casework.models import Case, PlanAgreed, PlanStep, SafetyPlan
from joindots.casework.rules import State, can_work, plans
from joindots.casework.rules.saying import one_of
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.people.models import Presence


@writes(permissions.KEEP_PLAN, Case, when=lambda case: can_work(State(case.state)))
def add_step(actor: Actor, case: Case, *, person: UUID, step: plans.Step) -> UUID:
    """Write a line into the plan of one person of the case, beginning the plan with its first line. The line's id.

    NotFound for whoever is neither being stalked nor also affected there.
    """
    plans.can_add(step).or_raise()
    plan = _plan(actor, case, person)
    row = PlanStep(
        circle_id=case.circle_id, plan=plan, kind=step.kind, area=step.area, by_when=step.by_when,
        device=step.device if step.kind == plans.Kind.DEVICE else "", by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, what=step.what.strip(), who=step.who.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.plan_line", line=row.pk, kind=step.kind)
    return row.pk


@writes(permissions.KEEP_PLAN, PlanStep)
def end_step(actor: Actor, row: PlanStep, *, to: str, why: str = "") -> None:
    """A line was done, or is dropped with the reason. It stays in the plan's history."""
    _open_case(row.circle_id)
    plans.can_end(row.state, to, why).or_raise()
    row.state, row.ended_on = to, london_day(actor.at)
    actor.keys.seal(row, why=why.strip())
    row.save(update_fields=("state", "ended_on", "why"))
    actor.record(row.circle_id, "casework.plan_line_ended", line=row.pk, to=to)


@writes(permissions.KEEP_PLAN, SafetyPlan)
def say_holding(actor: Actor, row: SafetyPlan, *, hold: str) -> None:
    """Whether the person can keep a copy safely, as they say."""
    _open_case(row.circle_id)
    one_of(hold, plans.HOLD_WORDS).or_raise()
    row.hold = hold
    row.save(update_fields=("hold",))
    actor.record(row.circle_id, "casework.plan_holding", plan=row.pk, hold=hold)


@writes(permissions.KEEP_PLAN, SafetyPlan)
def agree_plan(actor: Actor, row: SafetyPlan, *, review_on: date | None) -> int:
    """Keep the plan as it stands now as the version agreed with the person, until it is looked at again. Its number."""
    _open_case(row.circle_id)
    today = london_day(actor.at)
    lines = list(PlanStep.objects.filter(plan=row, state=plans.StepState.OPEN).order_by("at", "id"))
    plans.can_agree(len(lines), review_on, today).or_raise()
    assert review_on is not None
    show = actor.keys.open
    steps = [plans.Step(one.kind, one.area, show(one.what), show(one.who), one.by_when, one.device) for one in lines]
    row.number, row.due_on = row.number + 1, review_on
    row.save(update_fields=("number", "due_on"))
    agreed = PlanAgreed(
        circle_id=row.circle_id, plan=row, number=row.number, on=today, review_on=review_on, by_id=actor.membership_id,
        at=actor.at,
    )  # fmt: skip
    actor.keys.seal_bytes(agreed, "sheet", msgspec.json.encode(plans.sheet_of(steps)))
    agreed.save(force_insert=True)
    actor.record(row.circle_id, "casework.plan_agreed", plan=row.pk, number=row.number)
    return row.number


@writes(permissions.SEE_PLAN, SafetyPlan, when=lambda row: plans.can_hand_over(row.hold))
def note_copy(actor: Actor, row: SafetyPlan, *, form: str) -> None:
    """Note that a copy of the person's own sheet left; refused unless keeping one is safe, as they said."""
    actor.record(row.circle_id, "casework.plan_copied", plan=row.pk, form=form)


def _plan(actor: Actor, case: Case, person: UUID) -> SafetyPlan:
    stands = Presence.objects.filter(circle=case.circle_id, person=person, stands_as__in=plans.WHOSE)
    if not stands.exists():
        raise NotFound
    made = {"by_id": actor.membership_id, "at": actor.at}
    return SafetyPlan.objects.get_or_create(circle_id=case.circle_id, person_id=person, defaults=made)[0]


def _open_case(circle: UUID) -> None:
    can_work(State(Case.objects.get(circle=circle).state)).or_raise()
