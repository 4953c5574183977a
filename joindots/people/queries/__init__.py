"""Who is in a circle, how they can be reached safely, and what must never leave."""

from __future__ import annotations

from joindots.people.queries.beliefs import BeliefView, beliefs_in, whose_accounts
from joindots.people.queries.finding import Met, people_found
from joindots.people.queries.persons import Contact, Reach, Someone, contact_of, people_in, reach_of, victims_of
from joindots.people.queries.protected import Guarded, never_leaves, protected_words

__all__ = [
    "BeliefView", "Contact", "Guarded", "Met", "Reach", "Someone", "beliefs_in", "contact_of", "never_leaves",
    "people_found", "people_in", "protected_words", "reach_of", "victims_of", "whose_accounts",
]  # fmt: skip
