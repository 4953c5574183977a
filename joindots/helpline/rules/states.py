"""States, codes and refusals of contacts, call-backs and offers (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from joindots.kernel.decisions import YES, Decision, no


class State(StrEnum):
    """Where a contact stands."""

    WAITING = "waiting"
    LIVE = "live"
    WRAP = "wrap"
    DONE = "done"


NEXT: Final[Mapping[State, frozenset[State]]] = MappingProxyType({
    State.WAITING: frozenset({State.LIVE}),
    State.LIVE: frozenset({State.WRAP}),
    State.WRAP: frozenset({State.LIVE, State.DONE}),
    State.DONE: frozenset({State.LIVE}),
})  # fmt: skip


class CallState(StrEnum):
    """Where a promised call-back stands."""

    PROMISED = "promised"
    REACHED = "reached"
    GIVEN_UP = "given_up"
    NOT_WANTED = "not_wanted"


CALL_NEXT: Final[Mapping[CallState, frozenset[CallState]]] = MappingProxyType({
    CallState.PROMISED: frozenset({CallState.REACHED, CallState.GIVEN_UP, CallState.NOT_WANTED}),
    CallState.REACHED: frozenset(), CallState.GIVEN_UP: frozenset(), CallState.NOT_WANTED: frozenset(),
})  # fmt: skip


class OfferState(StrEnum):
    """Where an offer of another service stands: told of it, asked to take over, and what they answered."""

    TOLD = "told"
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"


OFFER_NEXT: Final[Mapping[OfferState, frozenset[OfferState]]] = MappingProxyType({
    OfferState.TOLD: frozenset(), OfferState.ASKED: frozenset({OfferState.ACCEPTED, OfferState.REFUSED}),
    OfferState.ACCEPTED: frozenset(), OfferState.REFUSED: frozenset(),
})  # fmt: skip

CHANNELS: Final = MappingProxyType({
    "call": "Telephone", "email": "E-mail", "web": "Web form", "letter": "Referral letter", "in_person": "In person",
    "professional": "Professional line",
})  # fmt: skip
BY_VOICE: Final = frozenset({"call", "professional"})
CALLERS: Final = MappingProxyType({
    "": "Not asked", "self": "The person it is done to", "friend": "A friend or relative",
    "work": "An employer or colleague", "professional": "A professional", "child_about": "About a child",
    "doing_it": "The person complained of, or asking after somebody", "other": "Somebody else",
})  # fmt: skip
DOING_IT: Final = "doing_it"
THEMSELVES: Final = frozenset({"", "self"})
"""Callers who speak for themselves, as far as anybody knows: their name and number are those of the person."""
OUTCOMES: Final = MappingProxyType({
    "advice": "Advice given", "referred": "Referred on", "warm_transfer": "Handed over by voice",
    "welfare": "Police asked to check on somebody", "call_back": "We ring or write again",
    "caller_rings": "The caller will get in touch", "dropped": "The line dropped", "not_for_us": "Not for this line",
})  # fmt: skip
TIERS: Final = MappingProxyType({
    "": "Not said", "1": "1 Information", "2": "2 Advice and a plan", "3": "3 Casework", "4": "4 Urgent, with others",
})  # fmt: skip
RESULTS: Final = MappingProxyType({
    "reached": "Reached, and it was the right person", "no_answer": "No answer; nothing was left",
    "somebody_else": "Somebody else answered; nothing was said", "not_safe": "They could not talk",
    "not_wanted": "They want no further call",
})  # fmt: skip
ATTEMPTS: Final = 3
"""Attempts after which somebody must decide whether to go on (our own rule)."""
OFFERS: Final = MappingProxyType({
    "signpost": "Told about it", "referral": "Referred, with consent", "transfer": "Handed over by voice",
})  # fmt: skip
PASSED: Final = frozenset({"referral", "transfer"})
"""Offers that pass something on, with consent."""
UNMET: Final = MappingProxyType({
    "none": "No service for this need in this area", "not_eligible": "None takes this relation, age or sex",
    "full": "Full or closed to new people", "wait": "The wait is too long", "language": "None in this language",
    "declined": "Offered, and not what the person needs",
})  # fmt: skip
LOOKS: Final = 10
"""Looks for earlier contacts on one contact (our own rule)."""
BREAK: Final = timedelta(minutes=5)


def can_move(now: State, to: State) -> Decision:
    """Whether a contact may go from one state to another."""
    if to in NEXT[now]:
        return YES
    if now is State.DONE:
        return no("contact_done", "This contact was finished. Open it again to go on with it.")
    return no("contact_state", "This was done already, or it is not its turn. Open the contact anew.")


def can_move_call(now: CallState, to: CallState) -> Decision:
    """Whether a call-back may go from one state to another."""
    return YES if to in CALL_NEXT[now] else no("call_back_over", "This call-back is over. Promise a new one instead.")


def can_move_offer(now: OfferState, to: OfferState) -> Decision:
    """Whether an offer may go from one state to another."""
    if to in OFFER_NEXT[now]:
        return YES
    return no("offer_answered", "The answer to this was kept already. Offer it anew if it has changed.")


def can_confirm(caller: str) -> Decision:
    """Whether anything about somebody may be looked up, linked or opened for this caller."""
    if caller == DOING_IT:
        return no(
            "caller_doing_it",
            "This caller may be doing it, or asks after somebody. Nothing is looked up, linked or opened, so that "
            "nothing is confirmed and nothing denied.",
        )
    return YES


def can_ask(now: State) -> Decision:
    """Whether the caller can be asked for their yes: while the talk lasts, and while it is wrapped up."""
    if now is State.WAITING:
        return no("not_taken", "Take this contact first.")
    return can_move(now, State.WRAP) if now is State.DONE else YES


def can_link(caller: str) -> Decision:
    """Whether earlier contacts may be looked for: only with the very person, for anybody else would learn of them."""
    if caller not in ("", "self"):
        allowed = can_confirm(caller)
        if not allowed:
            return allowed
        return no("caller_other", "Earlier contacts are looked for only with the person they were with.")
    return YES


def can_look(looks: int) -> Decision:
    """Whether one more look for earlier contacts may be made on this contact: nobody goes through names."""
    if looks < LOOKS:
        return YES
    return no("looks_many", "{most} looks were made on this contact. Ask your supervisor to look.", most=LOOKS)


def can_promise(way: str, number: str, times_read: bool) -> Decision:
    """Whether somebody may be promised that we get in touch: only by a way and at times they said are safe."""
    if way not in ("ring", "text"):
        return no("no_safe_way", "No safe way was given, so nobody can ring or write. Mark that the caller will ring.")
    if not number:
        return no("no_safe_number", "Ask for the number that is safe, or mark that the caller will ring.")
    if not times_read:
        return no(
            "times_unread",
            "The safe times cannot be read by the clock. Write them like “Mon-Fri 12:30-13:15” or “any time”.",
        )
    return YES
