"""Adding people, setting how they are reached, checking who calls, and saying what must never leave."""

from __future__ import annotations

from joindots.people.actions.beliefs import say_who, withdraw_belief
from joindots.people.actions.callers import check_caller, note_silent, seen_caller, set_code_word
from joindots.people.actions.marks import add_mark, correct_mark, correct_name, take_off, withdraw_mark
from joindots.people.actions.persons import add_person, stand_as
from joindots.people.actions.protected import protect, withdraw_protected
from joindots.people.actions.reaching import confirm_card, note_proved, set_card, set_safe_contact

__all__ = [
    "add_mark", "add_person", "check_caller", "confirm_card", "correct_mark", "correct_name", "note_proved",
    "note_silent", "protect", "say_who", "seen_caller", "set_card", "set_code_word", "set_safe_contact", "stand_as",
    "take_off", "withdraw_belief", "withdraw_mark", "withdraw_protected",
]  # fmt: skip
