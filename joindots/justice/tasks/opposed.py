"""The one place that knows whether something may be written down against somebody recorded as a victim."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.casework.models import Case
from joindots.casework.rules import State, can_work
from joindots.circles.models import Circle, in_known
from joindots.justice.models import PrimaryReview
from joindots.justice.rules import opposed as rules
from joindots.justice.rules.opposed import Act, Decided
from joindots.kernel.decisions import Decision
from joindots.kernel.when import london_day
from joindots.people.models import Presence
from joindots.people.tasks import other_standings


def standing(circle: UUID) -> PrimaryReview | None:
    """The newest decision of a circle that a second person agreed to."""
    return PrimaryReview.objects.filter(circle=circle, state="agreed").order_by("-number").first()


def decided(circle: UUID) -> Decided | None:
    """The same, as the rule reads it."""
    row = standing(circle)
    return Decided(rules.Finding(row.finding), frozenset(row.covers), row.review_on) if row else None


def victims(actor: Actor, circle: Circle, people: Iterable[UUID], *, known: bool) -> set[UUID]:
    """The circles in which any of these people of a circle is recorded as a victim: this one, and others.

    The agency's own books are asked whole, so that an officer who may not know of the other case is stopped as well;
    of another agency's only what the actor may know of, so that nobody learns from a refusal who went to whom. With
    `known`, only what the actor may know of at all: for a page, which tells nothing by being looked at.
    """
    mine = in_known(actor, picked=True)
    where = mine if known else Q(circle__agency=circle.agency_id) | mine
    found: set[UUID] = set()
    for one in people:
        here = Presence.objects.filter(circle=circle, person=one, stands_as=Presence.As.VICTIM)
        there = other_standings(one, Presence.As.VICTIM).filter(where)
        found |= {*here.values_list("circle", flat=True), *there.values_list("circle", flat=True)}
    return found


def reported(circle: Circle) -> list[UUID]:
    """Whoever is reported in a circle."""
    rows = Presence.objects.filter(circle=circle, stands_as=Presence.As.SUSPECT)
    return list(rows.values_list("person", flat=True))


def may_act(actor: Actor, circle: Circle, act: Act, found: set[UUID]) -> Decision:
    """Whether this may be written down here, where somebody it is against stands as a victim in the circles found."""
    return rules.may_act_against(act, is_victim=bool(found), decided=decided(circle.pk), today=london_day(actor.at))


def stop_against(actor: Actor, circle: Circle, act: Act, people: Iterable[UUID] | None = None) -> None:
    """RuleBroken where two people have to decide first, against these people or those reported.

    The try is noted in the circle's book. Of a case that the actor may not know of it is noted as any try to open it
    is: who is kept out of it is told to people outside their chain.
    """
    found = victims(actor, circle, reported(circle) if people is None else people, known=False)
    allowed = may_act(actor, circle, act, found)
    if allowed:
        return
    actor.visit.read(circle.pk, f"justice.stopped.{act.value}")
    known = Circle.objects.visible_to(actor, picked=True).filter(pk__in=found).values_list("pk", flat=True)
    for hidden in sorted(found - set(known)):
        actor.visit.misses(Circle, hidden)
    allowed.or_raise()


def refuse_closed(circle: UUID) -> None:
    """RuleBroken where the circle's case is closed: nothing is added to it."""
    case = Case.objects.filter(circle=circle).first()
    if case is not None:
        can_work(State(case.state)).or_raise()
