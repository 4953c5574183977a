"""Beliefs about whose an account is: who says so and how sure, side by side; never a match made by itself (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from joindots.kernel.decisions import YES, Decision, no

SURE: Final[Mapping[str, str]] = {
    "shown": "shown by the source", "told": "told by the person reporting", "staff": "believed by staff",
    "confirmed": "confirmed by police or the provider",
}  # fmt: skip
"""How sure, in closed words, the weakest last but one: what is confirmed stands first in a list."""
SAID_BY: Final[Mapping[str, str]] = {
    "client": "the person being stalked", "staff": "whoever writes this", "witness": "somebody else who knows",
    "police": "the police", "provider": "the provider of the account",
}  # fmt: skip
FITS: Final[Mapping[str, frozenset[str]]] = {
    "shown": frozenset({"client", "staff", "witness", "police"}), "told": frozenset({"client", "witness"}),
    "staff": frozenset({"staff"}), "confirmed": frozenset({"police", "provider"}),
}  # fmt: skip
ORDER: Final = ("confirmed", "shown", "told", "staff")
MOST_WHY: Final = 500
MOST_AT_ONCE: Final = 50
MOST_ACCOUNT: Final = 1_000
MOST_NAME: Final = 120
NAME_ONLY: Final = "shown:"


def identity_of(source: int, shown: str | None, key: str | None) -> str:
    """How an account is known: by its number or address, the same in every file; else by the name that one file shows,
    for the same name in two files may be two people. Empty where nothing is shown: nobody can be said of it.
    """
    if key:
        return key
    name = " ".join((shown or "").split())
    return f"{NAME_ONLY}{source}:{name}" if name else ""


def account_of(identity: str) -> str:
    """The account as people read it: `+447700900123`, or the name as one file shows it."""
    if identity.startswith(NAME_ONLY):
        return identity.removeprefix(NAME_ONLY).partition(":")[2]
    return identity.partition(":")[2] or identity


def file_of(identity: str) -> int | None:
    """The one file that shows an account known by its name alone; None for a number or address."""
    source = identity.removeprefix(NAME_ONLY).partition(":")[0]
    return int(source) if identity.startswith(NAME_ONLY) and source.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Held:
    """One belief that stands: whose the account is said to be."""

    person: UUID
    name: str
    sure: str
    said_by: str
    at: datetime

    @property
    def says(self) -> str:
        """`Sam Bample, told by the person reporting`."""
        return f"{self.name}, {SURE[self.sure]}"


def in_order(held: Iterable[Held]) -> tuple[Held, ...]:
    """Beliefs about one account: what is confirmed first, the newest first among equals."""
    return tuple(sorted(held, key=lambda one: (ORDER.index(one.sure), -one.at.timestamp(), one.name)))


def whose(held: Collection[Held]) -> UUID | None:
    """The one person whom every belief about an account names; None where nobody spoke, or they disagree."""
    people = {one.person for one in held}
    return next(iter(people)) if len(people) == 1 else None


def can_say(sure: str, said_by: str, why: str) -> Decision:
    """How sure and who says so come from the lists and fit each other; why is said in a few words."""
    if sure not in SURE or said_by not in SAID_BY:
        return no("belief_choice", "Choose who says so and how sure it is from the answers shown.")
    if said_by not in FITS[sure]:
        return no(
            "belief_fit", "“{sure}” is not for {who} to say. Choose who says so again.", sure=SURE[sure],
            who=SAID_BY[said_by],
        )  # fmt: skip
    return can_say_why(why)


def can_say_why(why: str) -> Decision:
    """Whoever reads the history must learn why."""
    if not why.strip():
        return no("why_missing", "Say why in a few words. It stays with what is believed.")
    return YES if len(why) <= MOST_WHY else no("why_long", "Shorten the reason to {most} letters.", most=MOST_WHY)


def can_be(identities: Collection[str]) -> Decision:
    """An account that nothing is shown of can be said to be nobody's."""
    if not identities or not all(0 < len(one) <= MOST_ACCOUNT for one in identities):
        return no("belief_account", "Choose an account. A withheld number stays unknown.")
    if len(identities) > MOST_AT_ONCE:
        return no("belief_many", "Choose at most {most} accounts at one time.", most=MOST_AT_ONCE)
    return YES


def can_withdraw(withdrawn: bool) -> Decision:
    """A belief is withdrawn once."""
    return no("belief_withdrawn", "This was withdrawn already.") if withdrawn else YES


def can_add(name: str, stands: bool) -> Decision:
    """Somebody is chosen of the case, or named and said to be something in it."""
    if not name and not stands:
        return no("belief_person", "Choose whose the account is said to be, or name somebody new.")
    if not name or len(name) > MOST_NAME:
        return no("belief_name", "Enter the name of who is new, in up to {most} letters.", most=MOST_NAME)
    return YES if stands else no("belief_role", "Choose what the new person is in this case.")
