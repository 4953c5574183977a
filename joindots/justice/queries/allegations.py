"""What was put on record against each of the two people of a case, and the numbers of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.circles.models import Circle
from joindots.justice import permissions
from joindots.justice.models import PutOnRecord, PutStep
from joindots.justice.rules import allegations as rules
from joindots.justice.rules.allegations import PutStage, Tally
from joindots.kernel.small_numbers import can_publish
from joindots.kernel.when import london_day, midnight
from joindots.law.tables import police_forces

MOST = 300
OTHERS = "Other bodies, or not known"


@dataclass(frozen=True, slots=True)
class PutStepView:
    """What became of it."""

    says: str
    on: date
    said: str
    by: str
    asked_until: date | None
    asked_state: str


@dataclass(frozen=True, slots=True)
class PutView:
    """Something on record."""

    id: UUID
    version: int
    against: str
    kind: str
    where: str
    on: date | None
    until: date | None
    complained: str
    complainant: str
    reference: str
    mirrors: str
    what: str
    stage: str
    stage_words: str
    review: int | None
    """The number of the one decision that looked at it."""
    by: str
    at: datetime
    steps: tuple[PutStepView, ...]
    can_follow: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Everything on record in a case: against the person being stalked, and against the person reported."""

    victim: tuple[PutView, ...]
    suspect: tuple[PutView, ...]
    of_victim: Tally
    of_suspect: Tally


@reads_one(permissions.SEE_OPPOSED, Circle)
def on_record(actor: Actor, circle: Circle) -> OnRecord:
    """What was put on record against each of the two, newest first; without a day last."""
    rows = list(
        PutOnRecord.objects.filter(circle=circle).select_related("by__user", "review").order_by("-at", "-id")[:MOST]
    )
    rows.sort(key=lambda row: row.on or date.min, reverse=True)
    steps: defaultdict[UUID, list[PutStep]] = defaultdict(list)
    told = PutStep.objects.filter(put__in=rows).select_related("by__user", "chaser").order_by("at", "id")
    for step in told:
        steps[step.put_id].append(step)
    views = {row.pk: _view(actor, row, steps[row.pk]) for row in rows}

    def of(whom: str) -> tuple[tuple[PutView, ...], Tally]:
        mine = [row for row in rows if row.against == whom]
        return tuple(views[row.pk] for row in mine), rules.tally(
            (row.kind, row.complained, row.stage, row.force or actor.keys.open(row.by_whom),
             any(step.to == PutStage.CHALLENGED for step in steps[row.pk]))
            for row in mine
        )  # fmt: skip

    (victim, of_victim), (suspect, of_suspect) = of("victim"), of("suspect")
    return OnRecord(victim, suspect, of_victim, of_suspect)


@reads(permissions.COUNT_PUTS)
def puts_counted(actor: Actor, first: date, last: date) -> tuple[rules.ByBody, ...]:
    """What each body put on record against the people whom the actor's agency works for, as written down in a quarter.

    Counts alone, over the agency's whole work: small ones are left out, so that nobody is met in them.
    """
    can_publish(first, last, london_day(actor.at)).or_raise()
    rows = PutOnRecord.objects.filter(
        circle__agency=actor.agency_id, against="victim", at__gte=midnight(first),
        at__lt=midnight(last + timedelta(days=1)),
    )  # fmt: skip
    forces = police_forces()
    told = rows.values_list("force", "complained", "stage")
    return rules.by_body(
        (forces[force].name if force in forces else OTHERS, complained, stage) for force, complained, stage in told
    )


def _view(actor: Actor, row: PutOnRecord, steps: list[PutStep]) -> PutView:
    show, forces = actor.keys.open, police_forces()
    where = " · ".join(one for one in (forces[row.force].name if row.force in forces else "", show(row.by_whom)) if one)
    nexts = tuple(
        (one.value, rules.STAGE_WORDS[one]) for one in rules.NEXT[PutStage(row.stage)] if one != PutStage.CHALLENGED
    )
    return PutView(
        row.pk, row.version, row.against, rules.KINDS[row.kind], where, row.on, row.until,
        rules.COMPLAINED[row.complained], show(row.complainant), show(row.reference), show(row.mirrors),
        show(row.what), row.stage, rules.STAGE_WORDS[PutStage(row.stage)], row.review.number if row.review else None,
        row.by.user.name, row.at, tuple(_step(actor, one) for one in steps), nexts,
    )  # fmt: skip


def _step(actor: Actor, row: PutStep) -> PutStepView:
    asked = row.chaser
    return PutStepView(
        rules.STAGE_WORDS[PutStage(row.to)], row.on, actor.keys.open(row.said), row.by.user.name,
        asked.due_on if asked else None, asked.state if asked else "",
    )  # fmt: skip
