"""How an order was served, and the steps beside its life that have a day and change nothing of it (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.counting import day_said
from joindots.law.setting import SERVES as SERVED_BY

HOW: Final[Mapping[str, str]] = {
    "in_person": "in person", "in_court": "in court, as it was made", "solicitor": "through a solicitor",
    "post": "by post", "left": "left at an address", "other": "another way",
}  # fmt: skip
SERVES: Final = SERVED_BY
"""Events that serve an order, or what was changed of it."""
MOST: Final = 300
HEARSAY_DAYS: Final = 21
"""Days before the hearing by which a hearsay notice is given in a magistrates' civil case. Verify before relying on
it (domain notes 0.0, item 9: 80 % sure).
"""


@dataclass(frozen=True, slots=True)
class Service:
    """How an order was served, as it was told. Its day and time stand in the step."""

    by: str
    how: str
    place: str
    witness: str = ""
    """Who saw it, or the reference of the body-worn video."""
    copy_given: bool = False
    explained: bool = False
    interpreter: str = ""
    reply: str = ""
    """What the subject said, in their words."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A step with a day that stands beside an order's life."""

    label: str
    asks: str
    """What its words are for; they are needed where `needed` says so."""
    needed: bool = False
    after: str = ""
    """The tick that must stand before it."""
    made: bool = False
    """Whether an order must have been made."""


TICKS: Final[Mapping[str, Tick]] = {
    "hearsay_notice": Tick("Hearsay notice given", "To whom, and how"),
    "service_plan": Tick("Safety plan for the day of service agreed", "What was agreed, or where it stands"),
    "known": Tick("The subject came to know of it, before it was served",
                  "How: in court as it was made, or told by somebody", needed=True, made=True),
    "police_computer": Tick("Entered on the police computer", "Reference of the entry", made=True),
    "handed_over": Tick("Handed over to another force", "Which force, and to whom there", needed=True, made=True),
    "accepted": Tick("The other force accepted it", "Who accepted it", needed=True, after="handed_over", made=True),
}  # fmt: skip


def can_serve(told: Service) -> Decision:
    """Whether service is told: who, how and where are needed, the rest as far as it is known."""
    if not told.by.strip():
        return no("service_by", "Write who served it.")
    if told.how not in HOW:
        return no("service_how", "Choose how it was served.")
    if not told.place.strip():
        return no("service_place", "Write where it was served.")
    if max(map(len, (told.by, told.place, told.witness, told.interpreter, told.reply))) > MOST:
        return no("service_long", "Shorten what is told of the service to {most} letters each.", most=MOST)
    return YES


def can_tick(code: str, on: date, note: str, *, standing: Mapping[str, date], made: date | None) -> Decision:
    """Whether a step beside the life can be written down: once, with its words, after what it rests on."""
    tick = TICKS.get(code)
    if tick is None:
        return no("no_such_tick", "There is no such step. Choose one of those shown.")
    if code in standing:
        return no("ticked", "This is written down already, for {day}. Strike it first, if it was wrong.",
                  day=day_said(standing[code]))  # fmt: skip
    if tick.made and (made is None or on < made):
        return no("tick_no_order", "No order was made by that day. Look at the day, or record the order first.")
    if tick.after and (tick.after not in standing or on < standing[tick.after]):
        return no("tick_after", "Write down first: {label}. This cannot be before it.",
                  label=TICKS[tick.after].label.lower())  # fmt: skip
    if tick.needed and not note.strip():
        return no("tick_note", "Write in the words: {asks}.", asks=tick.asks.lower())
    if len(note) > MOST:
        return no("words_long", "Shorten it to {most} letters.", most=MOST)
    return YES


def can_rest(standing: Mapping[str, date], made: date | None) -> Decision:
    """Whether the steps beside the life still rest on an order made by then. `made` is the first making that stands."""
    for code, on in standing.items():
        if TICKS[code].made and (made is None or on < made):
            return no("tick_rests_on_step", "“{label}” rests on it. Strike that first.", label=TICKS[code].label)
    return YES


def can_untick(code: str, standing: Collection[str]) -> Decision:
    """What another step rests on is not struck before that one."""
    if any(TICKS[one].after == code for one in standing if one in TICKS):
        return no("tick_rests", "Another step rests on this one. Strike that one first.")
    return YES


def hearsay_by(hearing: date) -> date:
    """The last day for a hearsay notice before a hearing."""
    return hearing - timedelta(days=HEARSAY_DAYS)
