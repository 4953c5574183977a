"""Adding people, setting how they are reached, and saying what must never leave."""

from __future__ import annotations

from joindots.people.actions.persons import add_person, set_safe_contact

__all__ = ["add_person", "set_safe_contact"]
