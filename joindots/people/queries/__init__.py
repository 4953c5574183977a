"""Who is in a circle, how they can be reached safely, and what must never leave."""

from __future__ import annotations

from joindots.people.queries.beliefs import BeliefView, beliefs_in, whose_accounts
from joindots.people.queries.callers import CallerPage, CheckLine, caller_page
from joindots.people.queries.finding import Met, people_found
from joindots.people.queries.marks import Mark, Off, PersonPage, person_page, taken_off
from joindots.people.queries.persons import Someone, people_in, victims_of
from joindots.people.queries.protected import Guarded, never_leaves, protected_words
from joindots.people.queries.reaching import (
    CardPage,
    CardVersion,
    Contact,
    Reach,
    SafeLine,
    card_as_it_was,
    card_of,
    card_page,
    contact_of,
    reach_of,
    safe_line,
    value_of,
)
from joindots.people.queries.waiting import Waiting, callers_waiting, cards_to_ask_about, ways_turned_known

__all__ = [
    "BeliefView", "CallerPage", "CardPage", "CardVersion", "CheckLine", "Contact", "Guarded", "Mark", "Met", "Off",
    "PersonPage", "Reach", "SafeLine", "Someone", "Waiting", "beliefs_in", "caller_page", "callers_waiting",
    "card_as_it_was", "card_of", "card_page", "cards_to_ask_about", "contact_of", "never_leaves", "people_found",
    "people_in", "person_page", "protected_words", "reach_of", "safe_line", "taken_off", "value_of", "victims_of",
    "ways_turned_known", "whose_accounts",
]  # fmt: skip
