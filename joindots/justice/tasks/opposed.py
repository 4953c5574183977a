"""The one place that knows whether something may be written down against somebody recorded as a victim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from joindots.access.actor import Actor
from joindots.casework.models import Case
from joindots.casework.rules import State, can_work
from joindots.circles.models import Circle, in_known
from joindots.justice.models import PrimaryReview, RoleChange
from joindots.justice.rules import opposed as rules
from joindots.justice.rules.opposed import Act, Decided
from joindots.kernel.decisions import Decision
from joindots.kernel.when import london_day
from joindots.people.models import Person, Presence
from joindots.people.tasks import named_standings, other_standings


def standing(circle: UUID) -> PrimaryReview | None:
    """The newest decision of a circle that a second person agreed to."""
    return PrimaryReview.objects.filter(circle=circle, state="agreed").order_by("-number").first()


def victims(
    actor: Actor, circle: Circle, people: Iterable[UUID], *, known: bool, names: Iterable[str] = ()
) -> set[UUID]:
    """The circles in which any of these people of a circle, or of these names, is recorded as a victim.

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
    for name in names:
        found |= set(named_standings(name, Presence.As.VICTIM).filter(where).values_list("circle", flat=True))
    return found


def reported(circle: Circle) -> list[UUID]:
    """Whoever is reported in a circle."""
    return _standing_as(circle, Presence.As.SUSPECT)


def victims_here(circle: Circle) -> list[UUID]:
    """Whoever is being stalked in a circle."""
    return _standing_as(circle, Presence.As.VICTIM)


def may_act(
    actor: Actor, circle: Circle, act: Act, found: set[UUID], *, since: datetime | None = None, own: bool = False
) -> Decision:
    """Whether this may be written down here, where somebody it is against stands as a victim in the circles found.

    `since`: when the newest of those it is against came to be reported. A decision from before does not cover them.
    """
    row = standing(circle.pk)
    if row is not None and since is not None and row.at < since:
        row = None
    decided = Decided(rules.Finding(row.finding), frozenset(row.covers), row.review_on) if row else None
    return rules.may_act_against(act, is_victim=bool(found), decided=decided, today=london_day(actor.at), own=own)


def reported_since(circle: Circle) -> datetime | None:
    """When the newest of those reported in a circle came in, or came to stand so."""
    people = reported(circle)
    came = Person.objects.filter(pk__in=people).aggregate(at=Max("made_at"))["at"]
    changed = RoleChange.objects.filter(circle=circle, person__in=people, now=Presence.As.SUSPECT)
    return max((at for at in (came, changed.aggregate(at=Max("at"))["at"]) if at is not None), default=None)


def stop_against(
    actor: Actor, circle: Circle, act: Act, people: Iterable[UUID] | None = None, *, names: Iterable[str] = (),
    own: bool = False,
) -> None:  # fmt: skip
    """RuleBroken where two people have to decide first, against these people or those reported, and anybody so named.

    `own`: against whoever is being stalked in this very case.

    The try is noted in the circle's book. Of a case that the actor may not know of it is noted as any try to open it
    is: who is kept out of it is told to people outside their chain.
    """
    since = reported_since(circle) if people is None and not own else None
    if people is None:
        people = victims_here(circle) if own else reported(circle)
    found = victims(actor, circle, people, known=False, names=names)
    allowed = may_act(actor, circle, act, found, since=since, own=own)
    if allowed:
        return
    actor.visit.read(circle.pk, f"justice.stopped.{act.value}")
    known = Circle.objects.visible_to(actor, picked=True).filter(pk__in=found).values_list("pk", flat=True)
    for hidden in sorted(found - set(known)):
        actor.visit.misses(Circle, hidden)
    allowed.or_raise()


def _standing_as(circle: Circle, stands_as: str) -> list[UUID]:
    return list(Presence.objects.filter(circle=circle, stands_as=stands_as).values_list("person", flat=True))


def refuse_closed(circle: UUID) -> None:
    """RuleBroken where the circle's case is closed: nothing is added to it."""
    case = Case.objects.filter(circle=circle).first()
    if case is not None:
        can_work(State(case.state)).or_raise()
