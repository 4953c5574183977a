"""How many cases that somebody judged high a colleague carries: a count for care, of codes alone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.casework.models import Case
from joindots.casework.rules import State as CaseState
from joindots.risk import permissions
from joindots.risk.models import JudgementVersion
from joindots.risk.rules.judging import Level, State

HEAVY = (Level.VERY_HIGH, Level.HIGH)


@reads(permissions.SEE_RISK)
def judged_high(actor: Actor, whose: Collection[UUID]) -> dict[UUID, int]:
    """For each of these owners, the open cases that the actor may know of in which a judgement that stands says high or
    more. No judgement is opened, and two of one case count once.
    """
    cases = Case.objects.visible_to(actor).filter(owner__in=whose, state=CaseState.OPEN)
    rows = JudgementVersion.objects.filter(
        circle__case__in=cases, level__in=HEAVY, number=F("judgement__number"), judgement__state=State.STANDS,
        judgement__due_on__isnull=False,
    )  # fmt: skip
    counted = rows.order_by().values_list("circle__case__owner").annotate(n=Count("circle", distinct=True))
    return dict(counted)
