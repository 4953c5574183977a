"""Whose accounts are believed to be: what stands, and what was withdrawn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.people import permissions
from joindots.people.models import Belief
from joindots.people.rules import beliefs
from joindots.people.rules.beliefs import Held


@dataclass(frozen=True, slots=True)
class BeliefView:
    """One belief with its history."""

    id: UUID
    version: int
    account: str
    """As `identity_of` writes it."""
    held: Held
    why: str
    by: str
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_why: str

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    @property
    def said_by_words(self) -> str:
        """The role of who says so."""
        return beliefs.SAID_BY[self.held.said_by]


@reads_one(permissions.SEE_WHO_IS_WHO, Circle)
def beliefs_in(actor: Actor, circle: Circle) -> tuple[BeliefView, ...]:
    """Every belief about accounts of a circle, withdrawn ones too, in the order in which they were said."""
    rows = list(
        Belief.objects.filter(circle=circle).select_related("person", "by__user", "withdrawn_by__user")
        .order_by("at", "id")
    )  # fmt: skip
    actor.keys.prepare({circle.pk, *(row.person_id for row in rows)})
    return tuple(_view(actor, row) for row in rows)


@reads_one(permissions.SEE_WHO_IS_WHO, Circle)
def whose_accounts(actor: Actor, circle: Circle) -> dict[str, tuple[Held, ...]]:
    """What stands of each account that anybody spoke for: one belief or several, which may disagree."""
    rows = list(Belief.objects.filter(circle=circle, withdrawn_at=None).select_related("person"))
    actor.keys.prepare({circle.pk, *(row.person_id for row in rows)} if rows else ())
    found: defaultdict[str, list[Held]] = defaultdict(list)
    for row in rows:
        found[actor.keys.open(row.value)].append(_held(actor, row))
    return {account: beliefs.in_order(held) for account, held in found.items()}


def _held(actor: Actor, row: Belief) -> Held:
    return Held(row.person_id, actor.keys.open(row.person.name), row.sure, row.said_by, row.at)


def _view(actor: Actor, row: Belief) -> BeliefView:
    show = actor.keys.open
    return BeliefView(
        row.pk, row.version, show(row.value), _held(actor, row), show(row.why), row.by.user.name,
        row.withdrawn_by.user.name if row.withdrawn_by else "", row.withdrawn_at, show(row.withdrawn_why),
    )  # fmt: skip
