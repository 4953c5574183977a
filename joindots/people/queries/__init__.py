"""Who is in a circle, how they can be reached safely, and what must never leave."""

from __future__ import annotations

from joindots.people.queries.persons import Contact, Reach, Someone, contact_of, people_in, reach_of, victims_of

__all__ = ["Contact", "Reach", "Someone", "contact_of", "people_in", "reach_of", "victims_of"]
