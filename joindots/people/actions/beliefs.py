"""Saying whose accounts are, and withdrawing it. Nothing is matched by itself, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.kernel.problems import NotFound
from joindots.people import permissions
from joindots.people.models import Belief, Presence
from joindots.people.rules import beliefs
from joindots.vault.blind import blind, generations


@writes(permissions.SAY_WHO, Circle)
def say_who(
    actor: Actor, circle: Circle, *, accounts: Collection[str], person: UUID, sure: str, said_by: str, why: str
) -> int:
    """Note that accounts (as `identity_of` writes them) are said to be one person's of the circle. How many are new.

    What somebody said before stays beside it, whether it agrees or not. The very same once more is noted and not kept.
    """
    beliefs.can_be(accounts).or_raise()
    beliefs.can_say(sure, said_by, why).or_raise()
    if not Presence.objects.filter(circle=circle, person=person).exists():
        raise NotFound
    generation = generations()[0]
    made = 0
    for account in dict.fromkeys(accounts):
        row = Belief(
            circle=circle, person_id=person, generation=generation, sure=sure, said_by=said_by,
            by_id=actor.membership_id, at=actor.at,
        )  # fmt: skip
        row.index = blind(row.indexed, account, generation)
        if _said(row):
            continue
        actor.keys.seal(row, value=account, why=why.strip(), withdrawn_why="")
        row.save(force_insert=True)
        made += 1
    actor.record(circle.pk, "people.said_who", person=person, accounts=made, sure=sure, said_by=said_by)
    return made


@writes(permissions.SAY_WHO, Belief, when=lambda row: beliefs.can_withdraw(row.withdrawn_at is not None))
def withdraw_belief(actor: Actor, row: Belief, *, why: str) -> None:
    """Let a belief count no more; it stays in the history with who withdrew it, when and why."""
    beliefs.can_say_why(why).or_raise()
    row.withdrawn_by_id, row.withdrawn_at = actor.membership_id, actor.at
    actor.keys.seal(row, withdrawn_why=why.strip())
    row.save(update_fields=("withdrawn_by", "withdrawn_at", "withdrawn_why"))
    actor.record(row.circle_id, "people.belief_withdrawn", belief=row.pk)


def _said(row: Belief) -> bool:
    """Whether the very same is said already and stands."""
    return Belief.objects.filter(
        circle=row.circle_id, index=row.index, person=row.person_id, sure=row.sure, said_by=row.said_by,
        withdrawn_at=None,
    ).exists()  # fmt: skip
