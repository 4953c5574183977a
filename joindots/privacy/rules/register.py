"""Requests about personal data: their kinds, their clocks, how each may be answered, and the letters (pure).

Source: UK GDPR articles 12 and 15 to 21; Data Protection Act 2018 s164A (complaints). The clocks are those of
`law.clocks`. A letter is made from the request alone, never from what is held: so whoever is no client of ours gets the
same answer, a person reported and a stranger alike. "Nothing is held" is no answer: told to one, it tells the other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.clocks import due_on, months_after
from joindots.notices.rules.notices import NOT_LEFT
from joindots.notices.rules.notices import State as Left


class Kind(StrEnum):
    """What is asked."""

    COPY = "copy"
    ELSE = "else"
    CORRECT = "correct"
    ERASE = "erase"
    OBJECT = "object"
    COMPLAINT = "complaint"
    POLICE = "police"


KIND_WORDS = {
    Kind.COPY: "a copy of what is held, by a client of ours",
    Kind.ELSE: "a copy of what is held, by anybody else",
    Kind.CORRECT: "that something be corrected",
    Kind.ERASE: "that something be erased",
    Kind.OBJECT: "that their data not be used",
    Kind.COMPLAINT: "a complaint about how their data was used",
    Kind.POLICE: "police or others ask for what is held about a client",
}


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ANSWERED = "answered"


ANSWER_WORDS = {
    "given": "given",
    "part": "given in part",
    "neither": "neither confirmed nor denied",
    "refused": "refused",
    "upheld": "the complaint is right",
    "not_upheld": "the complaint is not right",
    "withdrawn": "taken back by who asked",
}
_ANSWERS = {
    Kind.ELSE: ("neither", "withdrawn"),
    Kind.COMPLAINT: ("upheld", "not_upheld", "withdrawn"),
}
_OTHERS = ("given", "part", "refused", "neither", "withdrawn")
CAME_WORDS = {
    "letter": "by letter",
    "mail": "by e-mail",
    "phone": "by phone",
    "person": "in person",
    "other": "otherwise",
}
CLIENT_TOLD = {
    "told": "the client was told in writing",
    "withheld": "the client was not told in writing, with the reason",
}
GROUNDS = {
    "line": "it is relevant to a reasonable line of enquiry, which they named",
    "necessary": "it is necessary and in proportion, and not more than is needed",
    "otherwise": "there is no other way to get it, or it asks for nothing beyond what is needed",
    "notice": "they gave the client written notice of what, why and how, or said why that cannot be yet",
    "counselling": "no counselling notes are in it, or they showed that those have substantial probative value",
}
"""What police and others must have shown before anything about a client is given: PCSC Act 2022 s44A to 44F, inserted
by the Victims and Prisoners Act 2024 s28; its code of practice is in force since 12 January 2026 (verify: 90 %). It
binds whoever asks; we look at each before we give.
"""
EXTENDED_MONTHS = 3
"""One month and two more, for what is complex or many (article 12(3))."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The last days for acknowledging and for answering; None where no clock runs."""

    acknowledge_by: date | None
    answer_by: date | None


def clocks(kind: Kind, came_on: date, *, extended: bool = False, wanted_on: date | None = None) -> Clocks:
    """The clocks of a request that came on a day, which for a complaint is the first of its 30. No law gives police a
    day; the one that they named is kept.
    """
    if kind is Kind.COMPLAINT:
        return Clocks(due_on("dp_complaint_ack", came_on), None)
    if kind is Kind.POLICE:
        return Clocks(None, wanted_on)
    return Clocks(None, months_after(came_on, EXTENDED_MONTHS) if extended else due_on("sar_response", came_on))


def next_day(told: Clocks, *, acknowledged: bool) -> date | None:
    """The day of the clock that runs now."""
    return told.answer_by if told.acknowledge_by is None or acknowledged else told.acknowledge_by


def answers(kind: Kind) -> tuple[str, ...]:
    """How a request of a kind may be answered."""
    return _ANSWERS.get(kind, _OTHERS)


def can_register(came_on: date, today: date, who: str) -> Decision:
    """Somebody asked, and on no day to come."""
    if not who:
        return no("no_asker", "Say who asks, or what they call themselves.")
    if came_on > today:
        return no("not_come_yet", "The day on which it came is still to come. Change the day.")
    return YES


def can_acknowledge(kind: Kind, acknowledged_on: date | None) -> Decision:
    """Once."""
    if acknowledged_on is not None:
        return no("acknowledged", "This was acknowledged already.")
    return YES


def can_extend(kind: Kind, extended_on: date | None, today: date, answer_by: date | None, why: str) -> Decision:
    """Once, before the first month is over, with a reason that the asker is told."""
    if answer_by is None or kind is Kind.POLICE:
        return no("no_clock", "No clock of a month runs for this kind of request.")
    if extended_on is not None:
        return no("extended_already", "This was extended already. It cannot be extended again.")
    if today > answer_by:
        return no("extended_late", "The month is over, so it can no longer be extended. Answer it now.")
    if not why:
        return no("no_reason", "Give the reason that the asker is told.")
    return YES


def can_answer(kind: Kind, answer: str, why: str, client_told: str, grounds: Collection[str] = ()) -> Decision:
    """As its kind allows, with reasons where something is kept back, and with the client told of what others ask."""
    if answer not in answers(kind):
        return no("no_such_answer", "This kind of request cannot be answered so. Choose from the list.")
    if answer in ("part", "refused", "not_upheld") and not why:
        return no("no_reason_kept_back", "Give the reason why not all of it was given or why it was refused.")
    if kind is Kind.POLICE and answer in ("given", "part"):
        if set(grounds) != set(GROUNDS):
            return no("grounds_missing", "Look at each line that they must have shown, and tick it. If one does not "
                      "hold, refuse and say which.")  # fmt: skip
        if client_told not in CLIENT_TOLD:
            return no("client_not_told", "Nothing is given before a letter to the client has left, or it is written "
                      "down why not. Say which case it is about, and do that there.")  # fmt: skip
    return YES


def told_by(letter: str, why_untold: str) -> str:
    """Whether the client was told: only by a letter that left, or not, with a reason; empty while neither is so."""
    if letter == Left.SENT:
        return "told"
    return "withheld" if why_untold else ""


def can_tie(kind: str, state: str) -> Decision:
    """What police or others ask about a client, while it is not answered."""
    if kind != Kind.POLICE:
        return no("not_about_client", "Only what police or others ask about a client is kept with a case.")
    return YES if state == State.OPEN else no("answered_already", "This request was answered already.")


def is_not_tied(tied: bool) -> Decision:
    """Said once: it does not wander from case to case."""
    return no("tied_already", "It stands in a case already.") if tied else YES


def can_tell(state: str, *, tied: bool, letter: str) -> Decision:
    """About a case, while it is not answered, and once: a letter goes again only where it surely did not leave."""
    if not tied:
        return no("no_case_yet", "Say first which case it is about.")
    if state != State.OPEN:
        return no("answered_already", "This request was answered already.")
    if letter and letter not in NOT_LEFT:
        return no("letter_on_its_way", "A letter about this is on its way, or has left.")
    return YES


def notice(agency: str, came_on: date, who: str, words: str) -> str:
    """A first wording of the letter to the client, to be read and changed by whoever knows them."""
    return (
        f"On {_said(came_on)} {who} asked {agency} for what we hold about you.\n\n"
        f"What they ask for: {words or '(write it here)'}\n\n"
        "Why, as they say: (write it here)\n\n"
        "What happens to it: we look at whether the law lets us give anything, and give no more than is needed. "
        "(Write here how they say that they will handle it.)\n\n"
        "You can tell us what you think of it, and you can ask us anything about it.\n"
    )


def acknowledgement(kind: Kind, reference: str, agency: str, came_on: date, told: Clocks) -> str:
    """The letter that a request came. It says nothing of anybody."""
    what = "complaint" if kind is Kind.COMPLAINT else "request"
    lines = [
        f"Reference {reference}", "", f"{agency} received your {what} on {_said(came_on)}.",
        f"We will answer by {_said(told.answer_by)}." if told.answer_by else "We will look into it and write to you.",
        "We may ask you to show who you are first. Until then we cannot say whether we hold anything.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def neither(reference: str, agency: str) -> str:
    """The answer to whoever is no client: the same for everybody, whatever is held."""
    return (
        f"Reference {reference}\n\n"
        f"{agency} supports people who are at risk. To keep them safe, we neither confirm nor deny whether we hold "
        "personal data about anybody who writes to us as you have done. This is the answer that everybody gets, and "
        "nothing can be read from it.\n\n"
        "You can ask us to look at this again, complain to the Information Commissioner (ico.org.uk), or go to "
        "court.\n"
    )


def _said(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
