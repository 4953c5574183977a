"""What came after a judgement: how much, and exactly which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.evidence import permissions as evidence
from joindots.evidence.queries import counts_by_day
from joindots.evidence.queries.since import Finer, Since, acts_since, finer_acts
from joindots.kernel.when import london_day
from joindots.risk import permissions
from joindots.risk.models import Judgement
from joindots.risk.tasks.asked import case_of


@dataclass(frozen=True, slots=True)
class SinceView:
    """What was recorded after a judgement: entries written since, and contacts on later days by day and channel."""

    judgement: UUID
    case: str
    at: datetime
    number: Since
    entries: tuple[Finer, ...] = ()
    days: tuple[tuple[date, int], ...] = ()


@reads_one(permissions.SEE_RISK, Judgement)
def since_judgement(actor: Actor, row: Judgement) -> SinceView | None:
    """Exactly what came after; None where the reader's role shows no evidence, or there is no case."""
    case = case_of(row.circle_id)
    if case is None or not actor.may(evidence.SEE_EVIDENCE):
        return None
    entries = tuple(one for one in finer_acts.run(actor, case) if one.written > row.made_at)
    days: dict[date, int] = {}
    for told in counts_by_day.run(actor, case):
        if told.day and told.day > london_day(row.made_at):
            days[told.day] = days.get(told.day, 0) + told.number
    number = Since(len(entries), sum(days.values()))
    return SinceView(row.pk, case.reference, row.made_at, number, entries, tuple(sorted(days.items())))


@reads_one(permissions.SEE_RISK, Circle)
def numbers_since(actor: Actor, circle: Circle, moments: Collection[datetime]) -> dict[datetime, Since] | None:
    """How much was recorded after each moment; None where the reader's role shows no evidence, or there is no case."""
    if not actor.may(evidence.SEE_EVIDENCE):
        return None
    row = case_of(circle.pk)
    found: dict[datetime, Since] | None = acts_since.run(actor, row, moments) if row else None
    return found
