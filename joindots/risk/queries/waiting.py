"""What waits on desks: reviews of judgements that are due, and prompts that nobody answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.access.roles import REPORTED
from joindots.casework.models import Case, owned_by
from joindots.casework.rules import State as CaseState
from joindots.circles.models import in_known
from joindots.risk import permissions
from joindots.risk.models import Judgement, JudgementVersion, Prompt
from joindots.risk.rules.judging import LEVEL_WORDS, Level, name_of
from joindots.risk.rules.tables import Escalation, escalations

CRITICAL = "critical_sign"


@dataclass(frozen=True, slots=True)
class ReviewWaiting:
    """A judgement whose day of review is near or past."""

    circle: UUID
    case: str
    judgement: UUID
    level_words: str
    made_on: date
    by: str
    """Whose it is; of one that was told, that person's name."""
    due_on: date


@dataclass(frozen=True, slots=True)
class PromptWaiting:
    """A prompt that nobody answered yet."""

    circle: UUID
    case: str
    """Its reference; empty where there is none yet, as after a call."""
    prompt: UUID
    rule: Escalation
    number: int
    due_on: date
    due_at: datetime | None


@reads(permissions.SEE_RISK)
def reviews_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[ReviewWaiting, ...]:
    """Reviews of these people's judgements that are due until a day, in open cases; and, for the owner of a case,
    those of people who have left. Earliest first.
    """
    known = Q(in_known(actor, picked=True), circle__case__state=CaseState.OPEN, circle__state="open")
    theirs = Judgement.objects.filter(known, by__in=list(whose), due_on__lte=until)
    left = Judgement.objects.filter(known, by__ends__lte=actor.at, circle__case__owner__in=list(whose))
    found = [*_reviews(actor, theirs, most), *_reviews(actor, left.filter(due_on__lte=until), most)]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.judgement))[:most])


@reads(permissions.SEE_RISK)
def prompts_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[PromptWaiting, ...]:
    """Open prompts of the cases these people own; and, for who supervises, those of their agency's cases, and
    of calls that have no case yet, that are acted on the same day. Earliest first.
    """
    known = Q(in_known(actor, picked=True), circle__state="open", closed_at=None, due_on__lte=until)
    found = {row.pk: row for row in _prompts(Prompt.objects.filter(known, owned_by(whose)), most)}
    if actor.roles & permissions.SUPERVISING and actor.membership_id in whose:
        near = Prompt.objects.filter(known, agency=actor.agency_id, rule=CRITICAL)
        here = near.filter(Q(circle__case__state=CaseState.OPEN) | Q(circle__case=None))
        found |= {row.pk: row for row in _prompts(here, most)}
    rows = sorted(found.values(), key=lambda row: (row.due_on, row.pk))[:most]
    actor.keys.prepare(row.circle_id for row in rows)
    rows = [row for row in rows if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows(row.circle_id for row in rows)
    references = _references(row.circle_id for row in rows)
    return tuple(
        PromptWaiting(row.circle_id, references.get(row.circle_id, ""), row.pk, escalations()[row.rule],
                      len(row.signs), row.due_on, row.due_at)
        for row in rows
    )  # fmt: skip


def _prompts(rows: QuerySet[Prompt], most: int) -> list[Prompt]:
    return list(rows.order_by("due_on", "id")[:most])


def _reviews(actor: Actor, rows: QuerySet[Judgement], most: int) -> list[ReviewWaiting]:
    found = list(rows.select_related("by__user").order_by("due_on", "id")[:most])
    actor.keys.prepare(row.circle_id for row in found)
    found = [row for row in found if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows(row.circle_id for row in found)
    newest = JudgementVersion.objects.filter(judgement__in=found, number=F("judgement__number"))
    said = {row.judgement_id: row for row in newest}
    references = _references(row.circle_id for row in found)
    return [
        ReviewWaiting(row.circle_id, references[row.circle_id], row.pk, LEVEL_WORDS[Level(said[row.pk].level)],
                      said[row.pk].made_on, name_of(actor.keys.open(said[row.pk].whose)) or row.by.user.name,
                      row.due_on)
        for row in found if row.due_on and row.circle_id in references
    ]  # fmt: skip


def _references(circles: Iterable[UUID]) -> dict[UUID, str]:
    """The references of the cases of these circles, each of which the actor may know of."""
    return dict(Case.objects.filter(circle__in=list(circles)).values_list("circle_id", "reference"))
