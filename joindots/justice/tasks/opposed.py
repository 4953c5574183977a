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


def is_victim(actor: Actor, circle: Circle, people: Iterable[UUID]) -> bool:
    """Whether any of these people of a circle is recorded as a victim: there, in their agency, or where one may know.

    The agency's own books are asked whole, so that an officer who may not know of the other case is stopped as well;
    of another agency's only what the actor may know of, so that nobody learns from a refusal who went to whom.
    """
    ours = Q(circle__agency=circle.agency_id) | in_known(actor, picked=True)
    return any(
        Presence.objects.filter(circle=circle, person=one, stands_as=Presence.As.VICTIM).exists()
        or other_standings(one, Presence.As.VICTIM).filter(ours).exists()
        for one in people
    )


def may_act(actor: Actor, circle: Circle, act: Act, people: Iterable[UUID] | None = None) -> Decision:
    """Whether this may be written down against these people of a circle; against those reported, if none are named."""
    found = is_reported_victim(actor, circle) if people is None else is_victim(actor, circle, people)
    return rules.may_act_against(act, is_victim=found, decided=decided(circle.pk), today=london_day(actor.at))


def is_reported_victim(actor: Actor, circle: Circle) -> bool:
    """Whether anybody reported in this circle is recorded as a victim."""
    rows = Presence.objects.filter(circle=circle, stands_as=Presence.As.SUSPECT)
    return is_victim(actor, circle, rows.values_list("person", flat=True))


def stop_against(actor: Actor, circle: Circle, act: Act, people: Iterable[UUID] | None = None) -> None:
    """RuleBroken where two people have to decide first; the try is noted in the circle's book."""
    allowed = may_act(actor, circle, act, people)
    if not allowed:
        actor.visit.read(circle.pk, f"justice.stopped.{act.value}")
        allowed.or_raise()


def refuse_closed(circle: UUID) -> None:
    """RuleBroken where the circle's case is closed: nothing is added to it."""
    case = Case.objects.filter(circle=circle).first()
    if case is not None:
        can_work(State(case.state)).or_raise()
