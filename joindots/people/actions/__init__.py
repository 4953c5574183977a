"""Adding people, setting how they are reached, and saying what must never leave."""

from __future__ import annotations

from joindots.people.actions.beliefs import say_who, withdraw_belief
from joindots.people.actions.persons import add_person, set_safe_contact
from joindots.people.actions.protected import protect, withdraw_protected

__all__ = [
    "add_person", "protect", "say_who", "set_safe_contact", "withdraw_belief", "withdraw_protected",
]  # fmt: skip
