"""Standing in all of an agency's circles for a while, so that all it owns can be taken out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles import permissions, rules
from joindots.circles.models import Circle, Exclusion, Standing
from joindots.circles.tasks import work_there
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

BATCH = 20
"""Circles in one transaction: each has a book to write in, and nobody may wait long for the writer."""


@writes(permissions.STAND_IN_ALL, Circle)
def stand_in_all(actor: Actor, circle: Circle, *, agreed_act: UUID) -> int:
    """Give the actor a read-only reason to know of their agency's circles, twenty at a time. How many are left.

    It takes a second person's agreement, kept in `circle`. A circle that keeps the actor out stays shut. Where the
    suspect works in the agency, the standing is on both sides, so that no address is opened. The circles of other
    takings out get none.
    """
    act = circle.acts.filter(
        pk=agreed_act, act=rules.TAKE_OUT, decision="agreed", asked_by=actor.membership_id,
        circle__agency=actor.agency_id,
    ).first()  # fmt: skip
    if act is None:
        raise RuleBroken(words("needs_second_to_take", "A second person must agree before anything is taken out."))
    wanted = _not_yet(actor)
    for one in wanted[:BATCH]:
        side = rules.most_side(works_there=work_there(one, [actor.user_id], actor.at))
        Standing.objects.create(
            circle=one, membership_id=actor.membership_id, side=side, basis=Standing.Basis.SHARE,
            purpose=rules.TAKE_OUT_PURPOSE, read_only=True, starts=actor.at,
            ends=actor.at + timedelta(hours=rules.TAKE_OUT_HOURS), granted_by_id=act.decided_by_id,
        )  # fmt: skip
        actor.record(one.pk, "circles.brought_in", membership=actor.membership_id, side=side, basis="share", act=act.pk)
    left = wanted.count()
    actor.record(circle.pk, "circles.stood_in_all", left=left)
    return left


@writes(permissions.STAND_IN_ALL, Circle)
def stand_aside(actor: Actor, circle: Circle) -> int:
    """End the standings that were given to the actor for a taking out, twenty at a time. How many are left."""
    rows = Standing.objects.filter(
        membership=actor.membership_id, basis=Standing.Basis.SHARE, purpose=rules.TAKE_OUT_PURPOSE, ends__gt=actor.at,
        circle__agency=actor.agency_id,
    ).order_by("pk")  # fmt: skip
    for one in rows[:BATCH]:
        one.ends = max(actor.at, one.starts)
        one.save(update_fields=("ends",))
        actor.record(one.circle_id, "circles.sent_away", membership=actor.membership_id, ended=1)
    left = rows.count()
    actor.record(circle.pk, "circles.stood_aside", left=left)
    return left


def _not_yet(actor: Actor) -> QuerySet[Circle]:
    """The circles of the actor's agency in which the actor does not stand yet and may."""
    shut = Exclusion.objects.filter(Q(user__memberships=actor.membership_id) | Q(team__membership=actor.membership_id))
    return (
        Circle.objects.filter(agency=actor.agency_id)
        .exclude(pk__in=shut.values("circle"))
        .exclude(pk__in=Circle.objects.visible_to(actor).values("pk"))
        .exclude(acts__act=rules.TAKE_OUT)
        .order_by("pk")
    )
