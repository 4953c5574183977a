"""Who may look after an order, what is reported of it, and how a letter may name it."""

from __future__ import annotations

from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.roles import REPORTED
from joindots.agencies.models import Agency, Membership
from joindots.casework.models import Case
from joindots.circles.models import Circle, Standing
from joindots.documents.leaks.protected import Protected, Word
from joindots.kernel.decisions import Decision
from joindots.kernel.when import london_day
from joindots.orders import permissions
from joindots.orders.models import Order, OrderKeeping
from joindots.orders.rules import letters as rule
from joindots.orders.rules.letters import About
from joindots.orders.rules.returns import Facts
from joindots.orders.tasks.life import episode_of, steps_of
from joindots.people import queries as people


def colleagues(actor: Actor, circle: UUID) -> list[Membership]:
    """Those of the actor's agency who may work on orders of this circle."""
    standing = Standing.objects.in_force(actor.at).filter(circle=circle, read_only=False).exclude(side=REPORTED)
    rows = Membership.objects.current(actor.at).filter(agency=actor.agency_id, pk__in=standing.values("membership"))
    return [one for one in rows.select_related("user").order_by("user__name") if one.role_set & permissions.FORCE]


def facts_kept(actor: Actor, row: OrderKeeping) -> Facts:
    """The facts as they were sealed."""
    said = actor.keys.open(row.facts)
    return msgspec.json.decode(said, type=Facts) if said else Facts()


def held_back(actor: Actor, circle: UUID, text: str) -> Decision:
    """Whether a letter holds nothing that must not leave: a plate or postcode can look like a force's reference.

    For the gate alone: whoever writes need not be able to read that list.
    """
    listed: dict[str, str] = people.protected_words.run(actor, Circle.objects.get(pk=circle))
    return rule.can_hold(text, Protected(tuple(Word(word, kind) for word, kind in listed.items())))  # type: ignore[arg-type]  # the list's kinds are among those of the check


def about_of(actor: Actor, row: Order) -> About:
    """An order as a letter may name it."""
    episode = episode_of(row, steps_of([row.pk])[row.pk])
    kept = OrderKeeping.objects.filter(order=row).first()
    case = Case.objects.filter(circle=row.circle_id).first()
    return About(
        case.reference if case else "", facts_kept(actor, kept).force_record_reference if kept else "", episode.made,
        episode.ends, episode.hearing, actor.name, Agency.objects.get(pk=actor.agency_id).name, london_day(actor.at),
    )  # fmt: skip
