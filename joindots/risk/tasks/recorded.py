"""What is recorded, as far as the rules look at it.

It is read past the question of evidence's own permission, on purpose: the rules take codes, days and numbers alone,
open nothing, and show nothing but that somebody should look.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.evidence.queries import counts_by_day
from joindots.evidence.queries.since import Newest, finer_acts, newest_of
from joindots.kernel.dots import Dot
from joindots.kernel.when import london_day
from joindots.risk.models import Assessment, Change, JudgementVersion
from joindots.risk.rules.asking import Said
from joindots.risk.rules.escalating import TRIGGER_DOTS, Act, Changed, Recorded, Yes
from joindots.risk.rules.judging import Level, State
from joindots.risk.tasks.asked import case_of, form_of, newest_said

A_FORTNIGHT = timedelta(days=14)
HIGH = (Level.VERY_HIGH, Level.HIGH)


def recorded(actor: Actor, circle: UUID, today: date) -> Recorded:
    """What a circle's records show, as far as the rules look at it."""
    case = case_of(circle)
    acts: tuple[Act, ...] = ()
    by_day: Counter[date] = Counter()
    total = 0
    if case is not None:
        found = finer_acts.run(actor, case)
        acts = tuple(Act(one.reference, one.day, london_day(one.written), one.behaviours) for one in found)
        by_day.update(one.day for one in acts if one.day)
        total = len(acts)
        for told in counts_by_day.run(actor, case):
            total += told.number
            if told.day:
                by_day[told.day] += told.number
    return Recorded(acts, by_day, total, _yes(circle), (*_noted(circle), *_marked(actor, circle, today)), _high(circle))


def _yes(circle: UUID) -> tuple[Yes, ...]:
    """Every question that is a sign and whose newest answer is yes."""
    rows = {row.pk: row for row in Assessment.objects.filter(circle=circle, kind="asked").select_related("form")}
    found: list[Yes] = []
    for pk, said in newest_said(rows).items():
        questions = form_of(rows[pk]).by_code
        for code, row in said.items():
            if row.said == Said.YES and code in questions and questions[code].sign:
                found.append(Yes(str(pk), code, questions[code].sign, london_day(row.at)))
    return tuple(found)


def _noted(circle: UUID) -> tuple[Changed, ...]:
    rows = Change.objects.filter(circle=circle, ended_at=None).order_by("day", "id")
    return tuple(Changed(str(row.pk), row.kind, row.day) for row in rows)


def _marked(actor: Actor, circle: UUID, today: date) -> tuple[Changed, ...]:
    """Changes that other parts mark by their dots, of the last fortnight."""
    found = []
    for dot in parts.dots(actor, circle, kinds=TRIGGER_DOTS):
        day = london_day(dot.when.earliest) if dot.when.earliest else None
        if day and today - A_FORTNIGHT <= day <= today:
            found.append(Changed(_dot_key(dot, day), dot.kind, day))
    return tuple(found)


def _dot_key(dot: Dot, day: date) -> str:
    return f"{dot.kind}:{day}"


def _high(circle: UUID) -> bool:
    """Whether the newest judgement of anybody that stands is high or very high."""
    newest = (
        JudgementVersion.objects.filter(circle=circle, judgement__state=State.STANDS, number=F("judgement__number"))
        .order_by("-made_on", "-at").values_list("level", flat=True).first()
    )  # fmt: skip
    return newest in HIGH


def newest_in(actor: Actor, circle: UUID) -> Newest:
    """The newest entry and reading of a circle; none where it has no case."""
    case = case_of(circle)
    found: Newest = newest_of.run(actor, case) if case is not None else Newest(None, None)
    return found
