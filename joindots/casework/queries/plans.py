"""Safety plans of a case, as those on the person's side see them, and the sheet the person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework import permissions
from joindots.casework.models import Case, PlanAgreed, PlanStep, SafetyPlan
from joindots.casework.rules import plans
from joindots.kernel.when import london_day
from joindots.people import queries as people


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of a plan."""

    id: UUID
    version: int
    step: plans.Step
    state: str
    by: str
    on: date
    ended_on: date | None
    why: str

    @property
    def open(self) -> bool:
        """Whether it still stands."""
        return self.state == plans.StepState.OPEN

    @property
    def device(self) -> str:
        """The device it is about."""
        return plans.DEVICE_WORDS.get(self.step.device, "")


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area of a plan: what the person already does, then what comes next."""

    code: str
    label: str
    already: tuple[StepView, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version that was agreed."""

    number: int
    on: date
    review_on: date
    by: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """One person's plan, or that there is none yet (`id` None)."""

    person: UUID
    name: str
    stands_as: str
    id: UUID | None
    version: int
    hold: str
    number: int
    review_on: date | None
    areas: tuple[AreaView, ...]
    ended: tuple[StepView, ...]
    versions: tuple[VersionView, ...]
    changed: bool
    """Whether lines were written after the version agreed last, or none was agreed of what is written."""

    @property
    def hold_words(self) -> str:
        """Whether a copy is safe to keep, in words."""
        return plans.HOLD_WORDS[self.hold]

    @property
    def lines(self) -> int:
        """How many lines stand."""
        return sum(len(area.already) + len(area.steps) for area in self.areas)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The person's own sheet: no name, no agency, nothing of what it is about."""

    plan: UUID
    version: int
    hold: str
    number: int
    on: date
    areas: tuple[plans.SheetArea, ...]


@reads_one(permissions.SEE_PLAN, Case)
def plans_of(actor: Actor, case: Case) -> tuple[PlanView, ...]:
    """The plan of everybody in the case being stalked or also affected, the first first; those without a plan too."""
    someone = [one for one in people.people_in(actor, Ref(case.circle_id)) if one.stands_as in plans.WHOSE]
    kept = {row.person_id: row for row in SafetyPlan.objects.filter(circle=case.circle_id)}
    lines = list(PlanStep.objects.filter(plan__in=kept.values()).select_related("by__user").order_by("at", "id"))
    agreed = list(PlanAgreed.objects.filter(plan__in=kept.values()).select_related("by__user").order_by("-number"))
    first = sorted(someone, key=lambda one: (one.stands_as != "victim", one.name))
    return tuple(
        _plan(
            actor, one, kept.get(one.id),
            [row for row in lines if one.id in kept and row.plan_id == kept[one.id].pk],
            [row for row in agreed if one.id in kept and row.plan_id == kept[one.id].pk],
        )
        for one in first
    )  # fmt: skip


@reads_one(permissions.SEE_PLAN, SafetyPlan)
def sheet_of(actor: Actor, plan: SafetyPlan) -> Sheet | None:
    """The sheet of the version agreed last; None before the first."""
    row = PlanAgreed.objects.filter(plan=plan, number=plan.number).first()
    if row is None:
        return None
    areas = msgspec.json.decode(actor.keys.open_bytes(row.sheet), type=tuple[plans.SheetArea, ...])
    return Sheet(plan.pk, plan.version, plan.hold, row.number, row.on, areas)


@reads_one(permissions.SEE_PLAN, PlanStep)
def case_of_step(actor: Actor, row: PlanStep) -> str:
    """The reference of a line's case."""
    return Case.objects.get(circle=row.circle_id).reference


def _plan(
    actor: Actor, one: people.Someone, plan: SafetyPlan | None, lines: list[PlanStep], agreed: list[PlanAgreed]
) -> PlanView:
    shown = [_step(actor, row) for row in lines]
    standing = [step for step in shown if step.open]
    areas = tuple(
        AreaView(
            code, label,
            tuple(step for step in standing if step.step.area == code and step.step.kind == plans.Kind.ALREADY),
            tuple(step for step in standing if step.step.area == code and step.step.kind != plans.Kind.ALREADY),
        )
        for code, label in plans.AREA_WORDS.items()
    )  # fmt: skip
    versions = tuple(VersionView(row.number, row.on, row.review_on, row.by.user.name) for row in agreed)
    return PlanView(
        one.id, one.name, one.stands_as_words, plan.pk if plan else None, plan.version if plan else 0,
        plan.hold if plan else "unknown", plan.number if plan else 0, plan.due_on if plan else None, areas,
        tuple(step for step in shown if not step.open), versions,
        any(row.at > agreed[0].at for row in lines) if agreed else bool(lines),
    )  # fmt: skip


def _step(actor: Actor, row: PlanStep) -> StepView:
    show = actor.keys.open
    step = plans.Step(row.kind, row.area, show(row.what), show(row.who), row.by_when, row.device)
    return StepView(
        row.pk, row.version, step, row.state, row.by.user.name, london_day(row.at), row.ended_on, show(row.why)
    )  # fmt: skip
