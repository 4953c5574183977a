"""Saying what must never leave, and withdrawing it again."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.people import permissions
from joindots.people.models import ProtectedWord
from joindots.people.rules import protected as rules
from joindots.people.tasks import only_on_her_side


@writes(permissions.PROTECT, Circle)
def protect(actor: Actor, circle: Circle, *, kind: str, word: str) -> UUID:
    """Put a word on the list of what must never leave. From now on no pack made before may be released."""
    only_on_her_side(actor, circle.pk)
    word = word.strip()
    rules.can_add(kind, word).or_raise()
    row = ProtectedWord(circle=circle, kind=kind, added_by_id=actor.membership_id, added_at=actor.at)
    actor.keys.seal(row, word=word, withdrawn_why="")
    row.save(force_insert=True)
    actor.record(circle.pk, "people.protected", word=row.pk, word_kind=kind)
    return row.pk


@writes(permissions.PROTECT, ProtectedWord)
def withdraw_protected(actor: Actor, row: ProtectedWord, *, why: str) -> None:
    """Take a word off the list. The row stays, with who, when and why."""
    only_on_her_side(actor, row.circle_id)
    rules.can_withdraw(withdrawn=row.withdrawn_at, why=why).or_raise()
    row.withdrawn_by_id, row.withdrawn_at = actor.membership_id, actor.at
    actor.keys.seal(row, withdrawn_why=why.strip())
    row.save(update_fields=("withdrawn_by", "withdrawn_at", "withdrawn_why"))
    actor.record(row.circle_id, "people.protected_withdrawn", word=row.pk, word_kind=row.kind)
