"""What was done about the people of a case, as the trail says it."""

from __future__ import annotations

PEOPLE = {
    "people.stands_as": "wrote down as what somebody stands in the case",
    "people.added": "added a person to the case",
    "people.safe_contact_set": "set how a person is reached safely",
    "people.code_word_set": "set a person’s code word",
    "people.caller_checked": "checked who a caller was",
    "people.caller_seen": "looked at a caller’s failed check",
    "people.said_who": "said whose accounts are",
    "people.belief_withdrawn": "withdrew what was said of an account",
    "people.protected": "added to what must never leave",
    "people.protected_withdrawn": "took something off what must never leave",
    "people.mark_added": "added a name, number, account or plate of a person",
    "people.mark_withdrawn": "withdrew a name, number, account or plate of a person",
    "people.mark_corrected": "corrected a name, number, account or plate of a person",
    "people.name_corrected": "corrected a person’s name",
    "people.taken_off": "took off a person who was added by mistake",
}
