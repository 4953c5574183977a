"""Letters of the orders' desk: what each says of an order, and what it needs to say it (pure).

They name an order by its references and days and nobody at all: whoever they are for finds it in their own records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from joindots.documents.leaks.protected import Protected
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import Words, words
from joindots.law.catalogue import LODGE_BEFORE
from joindots.law.clocks import days_after
from joindots.notices.rules.neutral import holds

MOST_AT_ONCE: Final = 25
BASIS: Final = "police"
"""On what a force tells a court or another force of an order: a row of the table of bases."""


@dataclass(frozen=True, slots=True)
class About:
    """An order as a letter may name it."""

    matter: str
    theirs: str
    """Its reference in the force's own records; empty where none is written down."""
    made: date | None
    ends: date | None
    hearing: date | None
    writer: str
    agency: str
    day: date


@dataclass(frozen=True, slots=True)
class Macro:
    """A kind of letter: its name, whom it is for, which day it cannot do without, and what it says."""

    title: Words
    to: Words
    needs: str
    says: Callable[[About], str]


def _said(day: date | None) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}" if day else ""


MACROS: Final[Mapping[str, Macro]] = {
    "hearing": Macro(
        words("letter_hearing", "A hearing: please confirm"), words("letter_hearing_to", "the court"), "hearing",
        lambda one: f"Our records list a hearing on {_said(one.hearing)}. Please confirm the day, and tell us at once "
                    f"if it is moved.",
    ),
    "earlier": Macro(
        words("letter_earlier", "Please list it before the interim order ends"),
        words("letter_earlier_to", "the court"), "ends",
        lambda one: f"The interim order ends on {_said(one.ends)}."
                    + (f" The hearing is listed for {_said(one.hearing)}." if one.hearing else " No hearing is listed.")
                    + " Please list the hearing no later than that, or an application to renew the interim order.",
    ),
    "renewal": Macro(
        words("letter_renewal", "An order ends: is it to be renewed?"),
        words("letter_renewal_to", "whoever decides in the force"), "ends",
        lambda one: f"This order ends on {_said(one.ends)}. If it is to be renewed, lodge the application by "
                    f"{_said(days_after(one.ends, -LODGE_BEFORE)) if one.ends else ''} (56 days before: our default). "
                    f"Please tell us what you decide, and why.",
    ),
    "made": Macro(
        words("letter_made", "An order was made: please put it on record"),
        words("letter_made_to", "another force or agency"), "made",
        lambda one: f"An order was made on {_said(one.made)}"
                    + (f" and ends on {_said(one.ends)}." if one.ends else " and stands until a further order.")
                    + " Please put it on record, and ask us for its terms by the way you use with us.",
    ),
}  # fmt: skip


OF_KIND: Final[Mapping[str, str]] = {"gap": "earlier", "hearing": "hearing", "renewal": "renewal", "end": "renewal"}
"""What a letter about a kind of day on the desk is mostly about; another can be chosen."""


def can_say(macro: str, about: About) -> Decision:
    """Whether there is what a letter needs."""
    if macro not in MACROS:
        return no("letter_kind", "Choose what the letter is about.")
    if getattr(about, MACROS[macro].needs) is None:
        return no("letter_lacks", "The order has no day for this on record.")
    return YES


def can_hold(text: str, protected: Protected) -> Decision:
    """Whether a letter holds nothing that must not leave. No word of it is repeated."""
    if what := holds(text, protected):
        return no("order_letter_leaks", "The letter would hold {what} that must not leave. Look at the force’s own "
                  "reference among the order’s facts.", what=what)  # fmt: skip
    return YES


def compose(macro: str, about: About) -> str:
    """The letter as plain text. It names nobody and no place."""
    references = f"Our reference: {about.matter}." + (f" Force record: {about.theirs}." if about.theirs else "")
    parts = (_said(about.day), references, MACROS[macro].says(about), f"{about.writer}\n{about.agency}")
    return "\n\n".join(parts)
