"""Rules of handing a case over and of closing it (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from joindots.kernel.decisions import YES, Decision, no

ACCEPT_HOURS = 24
LOOKING_MINUTES = 3
"""How long somebody counts as looking at a page after they opened it, or wrote in it."""
EDITING_MINUTES = 20
VIEW = "view"
READ = "read"
"""Looking into what happened: the log, the files, the timeline. It is kept until the next look, so that a desk can say
what came since."""
_PAGE, _WRITE = "page:", "write:"
WHY_WORDS = {"leave": "leave", "leaving": "leaving the agency", "other": "another reason"}


def place(address: str, *, writes: bool) -> str:
    """The code of a page that somebody has open, or writes in: the same for two on one page, and silent about which."""
    return (_WRITE if writes else _PAGE) + blake2b(address.encode(), digest_size=7).hexdigest()


def writes_at(code: str) -> bool:
    """Whether somebody writes there, or only looks."""
    return code.startswith(_WRITE)


def same_page(one: str, other: str) -> bool:
    """Whether two are on one page of a case."""
    return ":" in one and one.partition(":")[2] == other.partition(":")[2]


class HandoverState(StrEnum):
    """Where a handover stands. One that nobody accepts in time lapses: the case stays with who had it."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


NEXT: dict[HandoverState, frozenset[HandoverState]] = {
    HandoverState.ASKED: frozenset({HandoverState.ACCEPTED, HandoverState.DECLINED, HandoverState.TAKEN_BACK}),
    HandoverState.ACCEPTED: frozenset(),
    HandoverState.DECLINED: frozenset(),
    HandoverState.TAKEN_BACK: frozenset(),
}


def answer_until(asked: datetime) -> datetime:
    """Until when a handover can be accepted."""
    return asked + timedelta(hours=ACCEPT_HOURS)


def says_state(state: HandoverState, until: datetime, now: datetime) -> str:
    """How a handover stands, in words."""
    if state is HandoverState.ASKED:
        return "waits to be accepted" if now < until else "not accepted in time: it stays where it was"
    return {"accepted": "accepted", "declined": "not taken on", "taken_back": "taken back"}[state]


def can_accept(state: HandoverState, until: datetime, now: datetime) -> Decision:
    """A handover is accepted once, and in time."""
    if state is not HandoverState.ASKED:
        return no("handover_done", "This handover was answered already.")
    if now >= until:
        return no("handover_late", "This was not accepted in time, so the case stays where it was. Ask for it again.")
    return YES


OUTCOMES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "stopped": ("Has it stopped, as the person says?", ("yes", "no", "partly")),
    "safer": ("Safer than at the beginning, in the person’s own view?", ("yes", "no", "same")),
    "coping": ("Coping better, in the person’s own view?", ("yes", "no", "same")),
    "reported": ("Reported to the police?", ("yes", "no")),
    "recorded": ("Recorded as stalking?", ("yes", "no")),
    "charged": ("Was somebody charged?", ("yes", "no")),
    "order": ("Was a protective order made?", ("yes", "no")),
    "moved": ("Did the person have to move?", ("yes", "no")),
    "work": ("Was work or study kept?", ("yes", "no", "partly")),
}
ANSWER_WORDS = {"yes": "yes", "no": "no", "partly": "partly", "same": "the same", "": "not asked or not known"}
CLOSE_WORDS = {
    "planned": "planned, and agreed with the person", "unreached": "the person could not be reached safely",
    "declined": "the person wants no more help from us", "moved_on": "another service goes on",
    "ended": "our part is done",
}  # fmt: skip


def can_close_with(answers: Mapping[str, str], reason: str) -> Decision:
    """Only answers of the list; what is not known is left open, never guessed."""
    if reason not in CLOSE_WORDS:
        return no("close_reason", "Choose why the case is closed.")
    for code, said in answers.items():
        if code not in OUTCOMES or said not in (*OUTCOMES[code][1], ""):
            return no("close_answer", "Choose one of the answers shown, or leave it open.")
    return YES


def follow_up_days(closed: date, agreed: bool) -> tuple[date, ...]:
    """Where the person agreed, they are asked how it is about three and six months after."""
    return (closed + timedelta(days=91), closed + timedelta(days=182)) if agreed else ()
