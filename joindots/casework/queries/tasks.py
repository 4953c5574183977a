"""Tasks, promises and chasers of a case, as the agency whose work they are sees them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, Chaser, ChaserStep, Task
from joindots.casework.rules import tasks
from joindots.circles.models import Standing
from joindots.kernel.when import london_day

MOST = 200


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task or promise."""

    id: UUID
    version: int
    what: str
    owner: str
    mine: bool
    due_on: date | None
    due_says: str
    promised: bool
    state: str
    by: str
    at: datetime
    ended_by: str
    ended_at: datetime | None
    why: str

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == tasks.TaskState.OPEN


@dataclass(frozen=True, slots=True)
class ChaserStepView:
    """What was done about a chaser."""

    deed: str
    on: date
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class ChaserView:
    """Something asked of an agency, with all that was done about it."""

    id: UUID
    version: int
    to: str
    ask: str
    basis: str
    agreed_on: date | None
    """The day of the consent that it rests on."""
    letter: UUID | None
    asked_on: date
    days: int
    due_on: date
    due_says: str
    late: bool
    state: str
    owner: str
    steps: tuple[ChaserStepView, ...]

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.state == tasks.ChaserState.OPEN


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the agency to whom a task of this case can be given."""

    membership: UUID
    name: str


@reads_one(permissions.SEE_TASKS, Case)
def tasks_of(actor: Actor, case: Case) -> tuple[TaskView, ...]:
    """Tasks of the actor's agency in the case: open ones first by their day, then those that ended, newest first."""
    rows = Task.objects.filter(circle=case.circle_id, agency=actor.agency_id)
    found = list(rows.select_related("owner__user", "by__user", "ended_by__user").order_by("-at", "-id")[:MOST])
    found.sort(key=lambda row: (row.state != tasks.TaskState.OPEN, row.due_on is None, row.due_on or date.max))
    return tuple(_task(actor, row) for row in found)


@reads_one(permissions.SEE_TASKS, Case)
def chasers_of(actor: Actor, case: Case) -> tuple[ChaserView, ...]:
    """What the actor's agency asked of others: unanswered first by their day, then the rest, newest first."""
    rows = Chaser.objects.filter(circle=case.circle_id, agency=actor.agency_id)
    found = list(rows.select_related("owner__user", "consent").order_by("-asked_on", "-id")[:MOST])
    found.sort(key=lambda row: (row.state != tasks.ChaserState.OPEN, row.due_on if row.state == "open" else date.min))
    steps: defaultdict[UUID, list[ChaserStep]] = defaultdict(list)
    for step in ChaserStep.objects.filter(chaser__in=found).select_related("by__user").order_by("at", "id"):
        steps[step.chaser_id].append(step)
    return tuple(_chaser(actor, row, steps[row.pk]) for row in found)


@reads_one(permissions.KEEP_TASKS, Case)
def colleagues(actor: Actor, case: Case) -> tuple[Colleague, ...]:
    """Who else of the agency stands in the case, by name."""
    standing = Standing.objects.in_force(actor.at).filter(circle=case.circle_id, read_only=False)
    rows = Membership.objects.current(actor.at).filter(agency=actor.agency_id, pk__in=standing.values("membership"))
    return tuple(
        Colleague(row.pk, row.user.name)
        for row in rows.select_related("user").order_by("user__name")
        if row.pk != actor.membership_id and row.role_set & permissions.KEEP_TASKS.roles
    )


def _task(actor: Actor, row: Task) -> TaskView:
    show = actor.keys.open
    is_open = row.state == tasks.TaskState.OPEN
    return TaskView(
        row.pk, row.version, show(row.what), row.owner.user.name, row.owner_id == actor.membership_id, row.due_on,
        tasks.late_says(row.due_on, london_day(actor.at)) if is_open else "", row.promised, row.state,
        row.by.user.name, row.at, row.ended_by.user.name if row.ended_by else "", row.ended_at, show(row.why),
    )  # fmt: skip


def _chaser(actor: Actor, row: Chaser, steps: list[ChaserStep]) -> ChaserView:
    show, today = actor.keys.open, london_day(actor.at)
    is_open = row.state == tasks.ChaserState.OPEN
    return ChaserView(
        row.pk, row.version, show(row.to), show(row.ask), tasks.BASIS_WORDS[row.basis],
        row.consent.given_on if row.consent else None, row.letter_id, row.asked_on, row.days, row.due_on,
        tasks.late_says(row.due_on, today) if is_open else "", is_open and row.due_on < today, row.state,
        row.owner.user.name,
        tuple(ChaserStepView(one.deed, one.on, show(one.words), one.by.user.name) for one in steps),
    )  # fmt: skip
