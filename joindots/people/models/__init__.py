"""What people keep: persons, where they stand, how to reach them safely, and words that must never leave."""

from __future__ import annotations

from joindots.people.models.beliefs import Belief, BeliefQuerySet
from joindots.people.models.marks import TakenOff, TakenOffQuerySet, WithdrawnMark
from joindots.people.models.persons import Identifier, Person, PersonQuerySet, Presence
from joindots.people.models.protected import ProtectedWord, ProtectedWordQuerySet
from joindots.people.models.reaching import CallerCheck, CodeWord, SafeContact

__all__ = [
    "Belief", "BeliefQuerySet", "CallerCheck", "CodeWord", "Identifier", "Person", "PersonQuerySet", "Presence",
    "ProtectedWord", "ProtectedWordQuerySet", "SafeContact", "TakenOff", "TakenOffQuerySet", "WithdrawnMark",
]  # fmt: skip
