"""What leaves to somebody else about the person: an employer, a landlord, a school, a GP, a bank, a provider (pure).

Consent for the recipient is asked by whoever writes; here stands what the person's safe contact says to it, asked when
it is written and again when it leaves. The envelope, the subject, the sender and the file's name tell nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.identities import key_of_address
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.notices.rules.neutral import names_in
from joindots.notices.rules.notices import Kind
from joindots.people.rules.gate import NOW, Verdict
from joindots.people.rules.reaching import Card, Way
from joindots.people.rules.reaching import Kind as WayKind

OUTWARD: Final = (Kind.LETTER, Kind.PRINTED, Kind.MAIL)
"""Kinds that may go to somebody else: posted by a person, printed and posted by a gateway, or by mail."""
SENDER: Final = "The office"
"""Who a mail is from, and all that may stand on the back of an envelope."""
SUBJECT: Final = "For your attention"
FILE: Final = "letter"
CONSENT: Final = "consent"
WITHOUT_CONSENT: Final = timedelta(days=7)
"""How long a decision to tell somebody without consent may wait to leave: a default of this service, not law. What
was necessary then is weighed anew after it."""
MOST_LINES, MOST_LINE = 7, 80
SHORTEST: Final = 3
"""Letters of a name on a card; a shorter piece would name everybody."""
_ARTICLE: Final = re.compile(r"^(?:the|my|our|a|an)\s+")
_POSTCODE: Final = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2}", re.IGNORECASE)
_MAIL: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True, slots=True)
class Outward:
    """Something to somebody else: who it is for, where it goes (lines, or one mail address), and what it tells."""

    whom: str
    to: str
    body: str
    until: date | None = None
    """The last day of the consent that it rests on; None where that has no end."""
    basis: str = CONSENT
    """Another basis than consent always has a last day."""


def can_go_to(kind: Kind, to: str) -> Decision:
    """Whether this is an address that such a thing can be sent to."""
    lines = [one.strip() for one in to.splitlines() if one.strip()]
    if kind not in OUTWARD:
        return no("outward_kind", "Choose how it goes: by post, or by mail.")
    if kind == Kind.MAIL:
        if len(lines) == 1 and len(to) <= 254 and _MAIL.fullmatch(lines[0]):
            return YES
        return no("outward_mail", "Enter one e-mail address, with one @ and no space.")
    if not 2 <= len(lines) <= MOST_LINES or any(len(one) > MOST_LINE for one in lines):
        return no("outward_lines", "Enter who it is for and the address, in two to {most} lines.", most=MOST_LINES)
    if kind == Kind.PRINTED and (len(lines) < 3 or not _POSTCODE.fullmatch(lines[-1])):
        return no("outward_postcode", "What is printed and posted for you needs three lines, the last a postcode.")
    return YES


def can_stand_outside(to: str, never: Collection[str]) -> Decision:
    """What stands on an envelope names nobody of the case but the recipient. `never` are those names and words."""
    if found := names_in(to, never):
        return no(
            "outward_names",
            "“{word}” would stand on the outside. Address it to the recipient alone: what it is about stands inside.",
            word=found,
        )  # fmt: skip
    return YES


def verdict_to(card: Card | None, told: Outward, at: datetime) -> Verdict:
    """Whether it may leave at this moment, by the card as it stands. There are no hours: it reaches a place of work."""
    card = card or Card()
    if told.basis != CONSENT and (told.until is None or told.until > london_day(at) + WITHOUT_CONSENT):
        return Verdict(False, words("outward_endless", "Without their consent it leaves within {days} days of the "
                                    "decision. Say until when it holds.", days=WITHOUT_CONSENT.days))  # fmt: skip
    if told.basis != CONSENT and told.until is not None and told.until < london_day(at):
        return Verdict(False, words("outward_weighed", "It was decided, without their consent, for the days up to "
                                    "{day}. Weigh it anew.", day=f"{told.until.day} {told.until:%B %Y}"))  # fmt: skip
    if told.until is not None and told.until < london_day(at):
        return Verdict(False, words("outward_over", "What they agreed to ended on {day}. Ask again.",
                                    day=f"{told.until.day} {told.until:%B %Y}"))  # fmt: skip
    if must_not_know(card.must_not_know, told.whom):
        return Verdict(
            False,
            words("outward_kept", "Their safe-contact card says that this recipient must not know. Nothing goes to "
                  "them."),
        )  # fmt: skip
    if any(_stands_in(one, told.to) for one in card.ways):
        return Verdict(
            False,
            words("outward_home", "That is where the person themselves is reached. Write to them by their card, where "
                  "nobody else can read what it is about."),
        )  # fmt: skip
    held = card.held_until is not None and at < card.held_until
    if held and any(_stands_in(one, told.body) for one in card.ways):
        return Verdict(
            False,
            words("outward_held", "It names an address or number, and how they are reached changed lately."),
            card.held_until,
        )  # fmt: skip
    return NOW


def must_not_know(told: str, whom: str) -> bool:
    """Whether the words of a card about who must not know name this recipient, or the recipient them."""
    name = _named(whom)
    pieces = (_named(part) for part in re.split(r"[,;.\n]| and | or ", told))
    return bool(name) and any(part in name or name in part for part in pieces if len(part) >= SHORTEST)


def keeps_out(told: str, name: str) -> bool:
    """Whether the words of a card about who must not know name this person of the case: whole, or by the first name."""
    first = _named(name).partition(" ")[0]
    said = re.findall(r"[^\W_]+", told.casefold())
    return must_not_know(told, name) or (len(first) >= SHORTEST and first in said)


def can_reach_others(whom: str, to: str, reported: Collection[str]) -> Decision:
    """Nothing about somebody goes to whom they report. `reported` are that person's names."""
    if found := names_in(f"{whom}\n{to}", reported):
        return no(
            "outward_reported",
            "“{word}” is in the name of the person reported. If this is somebody else, address it without that name.",
            word=found,
        )  # fmt: skip
    return YES


def _named(text: str) -> str:
    return _ARTICLE.sub("", " ".join(text.casefold().split()))


def _stands_in(way: Way, text: str) -> bool:
    """Whether a number or address stands in a text, however it is spaced, broken or written."""
    if way.kind == WayKind.NUMBER:
        digits = _signs(way.value, str.isdecimal)[-9:]
        return len(digits) == 9 and digits in _signs(text, str.isdecimal)
    if way.kind == WayKind.MAIL:
        wanted = key_of_address(way.value)
        return way.value.casefold() in text.casefold() or any(key_of_address(one) == wanted for one in text.split())
    bare = _signs(way.value.casefold(), str.isalnum)
    return len(bare) > SHORTEST and bare in _signs(text.casefold(), str.isalnum)


def _signs(text: str, kept: Callable[[str], bool]) -> str:
    return "".join(sign for sign in text if kept(sign))
