"""Breaches and drills: their clock, their steps, and who opened what of the case they are about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads, reads_one
from joindots.casework.models import Case
from joindots.circles import queries as circles
from joindots.kernel.dots import Due, Reason
from joindots.kernel.when import london_day, midnight
from joindots.kernel.words import words
from joindots.privacy import permissions
from joindots.privacy.models import Breach, BreachStep
from joindots.privacy.rules import breach as rules
from joindots.privacy.tasks.breach import answers_of, with_contact

PAGE = 50
NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One in the list."""

    reference: str
    drill: bool
    begun_at: datetime
    notify_by: datetime
    late: bool
    out: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DoneView:
    """A step as it was done once."""

    answer: str
    said: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StepView:
    """A step: what it asks, its answers, how it was done, newest last."""

    code: str
    title: str
    does: str
    answers: tuple[tuple[str, str], ...]
    done: tuple[DoneView, ...]
    number: int


@dataclass(frozen=True, slots=True)
class BreachView:
    """A breach with its clock and steps."""

    reference: str
    version: int
    drill: bool
    out: str
    emergency: bool
    words: str
    owner: str
    case: str
    begun_at: datetime
    aware_at: datetime
    notify_by: datetime
    hours_left: int
    told: bool
    closed_at: datetime | None
    next: str
    steps: tuple[StepView, ...]

    @property
    def late(self) -> bool:
        """Whether the clock ran out before the regulator was told or it was said why not."""
        return not self.told and self.hours_left < 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opened things of a case: how often, when last, and whether safe contact was among them."""

    who: str
    agency: str
    times: int
    last: datetime
    contact: bool


@reads(permissions.RAISE_ALARM)
def breaches(actor: Actor) -> tuple[BreachLine, ...]:
    """Those the actor may know of: open ones by their clock, then closed ones."""
    rows = list(Breach.objects.visible_to(actor).order_by("-begun_at")[:PAGE])
    lines = [
        BreachLine(row.reference, row.drill, row.begun_at, row.notify_by,
                   row.closed_at is None and row.notify_by < actor.at, row.address_out, row.closed_at)
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (line.closed_at is not None, line.notify_by)))


@reads_one(permissions.RAISE_ALARM, Breach)
def breach(actor: Actor, row: Breach) -> BreachView:
    """One, with everything that was done."""
    answers = answers_of(row.pk)
    left = (row.notify_by - actor.at) // timedelta(hours=1)
    known = Case.objects.visible_to(actor, picked=True).filter(pk=row.case_id or NOWHERE)
    case = known.values_list("reference", flat=True).first() or ""
    return BreachView(
        row.reference, row.version, row.drill, rules.OUT.get(row.address_out, ""), row.address_out != "no",
        actor.keys.open(row.words), row.owner.user.name, case, row.begun_at, row.aware_at, row.notify_by, left,
        rules.REGULATOR in answers, row.closed_at, rules.next_step(answers), _steps(actor, row),
    )  # fmt: skip


@reads_one(permissions.RAISE_ALARM, Breach)
def who_opened(actor: Actor, row: Breach) -> tuple[Reader, ...]:
    """From the trail of the case that it is about: who opened anything, newest first, by the newest entries of its
    book. Nothing where there is no case, or the actor may not see its trail.
    """
    known = Case.objects.visible_to(actor, picked=True).filter(pk=row.case_id or NOWHERE)
    found_in = known.values_list("circle", "circle__agency").first()
    if found_in is None or not circles.custody.permission.roles & actor.roles:
        return ()
    circle, agency = found_in
    found: dict[tuple[str, str], Reader] = {}
    steps = [step for step in circles.custody(actor, Ref(circle)) if step.code == "read"]
    opened = with_contact(circle, agency, [step.seq for step in steps])
    for step in steps:
        before = found.get((step.who, step.agency))
        found[step.who, step.agency] = Reader(
            step.who, step.agency, before.times + 1 if before else 1, before.last if before else step.at,
            step.seq in opened or bool(before and before.contact),
        )  # fmt: skip
    return tuple(found.values())


@reads(permissions.RAISE_ALARM)
def breaches_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Open breaches of these members, or of one who left. A drill stands on the desk like any other, and says so."""
    ends, theirs = midnight(until + timedelta(days=4)), Q(owner__in=whose) | Q(owner__ends__lte=actor.at)
    rows = Breach.objects.visible_to(actor).filter(theirs, closed_at=None, notify_by__lt=ends)
    for row in rows.order_by("notify_by")[:most]:
        sentence = (
            words("breach_drill", "A drill of a data breach is open ({reference}).", reference=row.reference)
            if row.drill
            else words("breach_open", "Data may have got out ({reference}). The 72 hours run.", reference=row.reference)
        )
        late = Reason.LATE if row.notify_by < actor.at else Reason.NEW
        yield Due(row.circle_id, "privacy.breach", late, min(london_day(row.notify_by), until), sentence,
                  f"/privacy/breach/{row.reference}/", words("breach_go", "Go on"), row.notify_by)  # fmt: skip


def _steps(actor: Actor, row: Breach) -> tuple[StepView, ...]:
    done: dict[str, list[DoneView]] = {}
    for one in BreachStep.objects.filter(breach=row).select_related("by__user").order_by("at", "pk"):
        answer = dict(rules.BY_CODE[one.step].answers).get(one.answer, "")
        done.setdefault(one.step, []).append(DoneView(answer, actor.keys.open(one.said), one.by.user.name, one.at))
    return tuple(
        StepView(one.code, one.title, one.does, one.answers, tuple(done.get(one.code, ())), number)
        for number, one in enumerate(rules.STEPS, 1)
    )
