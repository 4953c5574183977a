"""A person decides of acts dated inside an order: a breach, not, can't tell; what follows a breach is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.kernel.problems import NotFound, OutOfDate
from joindots.kernel.when import london_day
from joindots.law.episode import Happened, may_happen
from joindots.orders import permissions, tasks
from joindots.orders.models import Breach, Decided, Order, OrderCondition, OrderSpan, OrderStep
from joindots.orders.rules import can_say, watch
from joindots.orders.rules.watch import BREACH, NOT
from joindots.orders.tasks.watch import (
    ActFound,
    acts_found,
    decided_by_act,
    standing_conditions,
    stands_of,
    waits_of,
)

ANEW = "Decided anew: the time of the act was mended since."
NO_REASON = "Say why in a few words. It stays with it."


@writes(permissions.DECIDE_BREACH, Order)
def decide(
    actor: Actor, row: Order, *, act: str, stands: str, verdicts: Mapping[UUID, str], why: str, others_not: bool = False
) -> None:
    """Keep what a person decided of an act by conditions; `others_not`: of every other one asked, not a breach.

    `stands` is how the act stood in the window; `OutOfDate` where it stands otherwise now. A breach becomes a recorded
    breach, and with the first of an act a step of the order's life.
    """
    tasks.refuse_closed(row.circle_id)
    conditions = standing_conditions(row)
    found = next((one for one in acts_found(actor, row) if one.name == act), None)
    if found is None or stands_of(found, conditions) != stands:
        raise OutOfDate
    waits = waits_of(found, conditions, decided_by_act(row))
    chosen = {one.pk: NOT for one in waits} if others_not else {}
    chosen |= verdicts
    watch.can_decide(
        {str(key): verdict for key, verdict in chosen.items()},
        {str(one.pk) for one in waits},
        why,
        typed=bool(conditions),
    ).or_raise()
    told = watch.reasons(chosen, why.strip())
    made = [_keep(actor, row, found, key, verdict, told[key]) for key, verdict in chosen.items()]
    _record_breaches(actor, row, found, [one for one in made if one.verdict == BREACH])
    _look_again(actor, row, conditions)
    for verdict in sorted(set(chosen.values())):
        actor.record(row.circle_id, "orders.act_decided", order=row.pk, verdict=verdict)


def _keep(actor: Actor, row: Order, act: ActFound, condition: UUID, verdict: str, why: str) -> Decided:
    first = act.first
    here = Q(incident=first.key) if first.key else Q(source=first.source, seq=first.seq)
    for past in Decided.objects.filter(here, condition=condition, struck_at=None):  # as its time stood otherwise
        _take_back(actor, past, ANEW)
    made = Decided(
        circle_id=row.circle_id, order=row, condition_id=condition, incident_id=first.key,
        source_id=first.source or None, seq=None if first.key else first.seq, act_at=first.when.earliest,
        many=len(act.marks), verdict=verdict, by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(made, why=why)
    made.save(force_insert=True)
    return made


def _record_breaches(actor: Actor, row: Order, act: ActFound, made: Sequence[Decided]) -> None:
    """Each breach by one condition; the life is told of the act once."""
    if not made:
        return
    steps = tasks.steps_of([row.pk])[row.pk]
    episode = tasks.episode_of(row, steps)
    day = watch.day_of_act(act.first.when, tasks.spans(row, episode))
    step = _step_of(row, act)
    if step is None:
        new = Happened(event="breach_reported", on=london_day(actor.at), act_on=day)
        may_happen(episode, new).or_raise()
        step = OrderStep(
            circle_id=row.circle_id, order=row, number=len(steps) + 1, event=new.event, on=new.on, act_on=day,
            by_id=actor.membership_id, at=actor.at,
        )  # fmt: skip
        step.save(force_insert=True)
        tasks.settle(row)
    for one in made:
        Breach(circle_id=row.circle_id, order=row, decided=one, step=step, act_on=day).save(force_insert=True)


def _step_of(row: Order, act: ActFound) -> OrderStep | None:
    """The step by which the order's life knows of this act already."""
    known = Breach.objects.filter(order=row, decided__struck_at=None, step__struck_at=None)
    first = act.first
    here = (
        known.filter(decided__incident=first.key)
        if first.key
        else known.filter(decided__source=first.source, decided__seq=first.seq)
    )
    found = here.select_related("step").first()
    return found.step if found else None


@writes(permissions.DECIDE_BREACH, Order)
def undecide(actor: Actor, row: Order, *, decision: UUID, why: str) -> None:
    """Take back what was decided: it is kept, and shown struck. The last breach of an act takes its step with it."""
    tasks.refuse_closed(row.circle_id)
    can_say(why, watch.MOST_WHY, needed=NO_REASON).or_raise()
    made = Decided.objects.filter(order=row, pk=decision, struck_at=None).first()
    if made is None:
        raise NotFound
    _take_back(actor, made, why)
    _look_again(actor, row, standing_conditions(row))
    actor.record(row.circle_id, "orders.act_undecided", order=row.pk, verdict=made.verdict)


def _take_back(actor: Actor, made: Decided, why: str) -> None:
    made.struck_by_id, made.struck_at, made.whole = actor.membership_id, actor.at, False
    actor.keys.seal(made, struck_why=why.strip())
    made.save()
    breach = Breach.objects.filter(decided=made).select_related("step").first()
    if breach is not None and breach.step is not None:
        _strike_step(actor, breach.step, why)


def _strike_step(actor: Actor, step: OrderStep, why: str) -> None:
    if step.struck_at is not None or step.breaches.filter(decided__struck_at=None).exists():
        return
    step.struck_by_id, step.struck_at = actor.membership_id, actor.at
    actor.keys.seal(step, struck_why=why.strip())
    step.save()
    tasks.settle(step.order)


def _look_again(actor: Actor, row: Order, conditions: Sequence[OrderCondition]) -> None:
    """Keep which acts are decided whole; where all are, the desk asks only for what comes to be known after now."""
    found, decided = acts_found(actor, row), decided_by_act(row)
    left = {one.key for one in found if waits_of(one, conditions, decided)}
    whole = [one.key[0] for one in found if one.key not in left and one.key[0] is not None]
    rows = Decided.objects.filter(order=row, struck_at=None)
    rows.filter(incident__in=whole, whole=False).update(whole=True)
    rows.exclude(incident__in=whole).exclude(incident=None).filter(whole=True).update(whole=False)
    spans = OrderSpan.objects.filter(order=row)
    first = spans.order_by("starts").values_list("starts", flat=True).first()
    spans.update(since=first if left and first else actor.at)


@writes(permissions.RECORD, Breach)
def follow_up(
    actor: Actor, row: Breach, *, arrested: date | None, charged: date | None, outcome_on: date | None, outcome: str,
    words: str,
) -> None:  # fmt: skip
    """Write down what followed a breach: arrest, charge, outcome, each with its day."""
    tasks.refuse_closed(row.circle_id)
    if row.decided.struck_at is not None:
        raise NotFound
    watch.can_follow_up(row.act_on, london_day(actor.at), arrested, charged, outcome_on, outcome).or_raise()
    can_say(words, watch.MOST_WHY).or_raise()
    row.arrested_on, row.charged_on, row.outcome_on, row.outcome = arrested, charged, outcome_on, outcome
    actor.keys.seal(row, words=words.strip())
    row.save()
    actor.record(row.circle_id, "orders.breach_followed", order=row.order_id)
