"""What people keep: persons, where they stand, how to reach them safely, and words that must never leave."""

from __future__ import annotations

from joindots.people.models.persons import Identifier, Person, PersonQuerySet, Presence, SafeContact

__all__ = ["Identifier", "Person", "PersonQuerySet", "Presence", "SafeContact"]
