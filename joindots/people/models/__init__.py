"""What people keep: persons, where they stand, how to reach them safely, and words that must never leave."""

from __future__ import annotations

from joindots.people.models.beliefs import Belief, BeliefQuerySet
from joindots.people.models.persons import Identifier, Person, PersonQuerySet, Presence, SafeContact
from joindots.people.models.protected import ProtectedWord, ProtectedWordQuerySet

__all__ = [
    "Belief", "BeliefQuerySet", "Identifier", "Person", "PersonQuerySet", "Presence", "ProtectedWord",
    "ProtectedWordQuerySet", "SafeContact",
]  # fmt: skip
