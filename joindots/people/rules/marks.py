"""What a mark of somebody may be, how it is written one way, and why somebody cannot be taken off a case (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.identities import key_of_address, key_of_number
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.people.rules.finding import ALSO, ALSO_WORD, folded, indexed

MOST: Final = 200
MOST_NAME: Final = 120
MOST_MARKS: Final = 60
MOST_WHY: Final = 400
REPORTED_ALONE: Final = frozenset({"address"})
"""Where anybody else lives stands on their card of safe contact, under a tier of its own."""
MARKS: Final[dict[str, str]] = {
    **ALSO, "number": "telephone number", "email": "e-mail address", "handle": "account online",
    "vehicle": "number plate", "address": "address",
}  # fmt: skip
"""Kinds that somebody can enter, as people say them."""
SHOWN: Final[dict[str, str]] = {**MARKS, "as_given": "as it was given", "name": "earlier name"}
NO_NUMBER: Final = ("mark_number", "“{typed}” is no whole telephone number. Check its digits.")
NO_ADDRESS: Final = ("mark_email", "“{typed}” is no e-mail address. It needs one @ and no space.")
NOTHING_TO_FIND: Final = ("mark_blank", "“{typed}” has no letter or digit to find it by. Check it.")
TOO_LONG: Final = "{kind}: shorten it to {most} letters."


def written(kind: str, value: str) -> str:
    """The mark written one way, as it is kept. RuleBroken where it is none of its kind, saying what to do."""
    text = " ".join(value.split())
    if kind not in MARKS:
        raise RuleBroken(words("mark_kind", "Choose what it is from the list."))
    if not text or "\x00" in text:
        raise RuleBroken(words("mark_empty", "Enter the name, number or account."))
    if len(text) > (MOST_NAME if kind in ALSO else MOST):
        raise RuleBroken(
            words("mark_long", TOO_LONG, kind=MARKS[kind].capitalize(), most=MOST_NAME if kind in ALSO else MOST)
        )
    if kind == "number":
        return key_of_number(text) or _stop(NO_NUMBER, text)
    if kind == "email":
        return key_of_address(text) or _stop(NO_ADDRESS, text)
    if kind == "handle":
        text = text.removeprefix("@")
    if not indexed(kind, text)[1]:
        _stop(NOTHING_TO_FIND, text)
    return text


def shown(kind: str, value: str) -> str:
    """A mark as people read it: without what says of which kind it is."""
    return value.removeprefix("tel:").removeprefix("mailto:") if kind in ("number", "email") else value


def rows_of(kind: str, value: str) -> Iterator[tuple[str, str]]:
    """The rows (kind, value) by which a mark is kept: another name of several words is found by each of them too."""
    yield kind, value
    if kind in ALSO:
        yield from words_of_also(value)


def words_of_also(name: str) -> Iterator[tuple[str, str]]:
    """The words by which another name is found, where it has several."""
    several = dict.fromkeys(folded(name).split())
    if len(several) > 1:
        yield from ((ALSO_WORD, word) for word in several)


def can_say_why(why: str) -> Decision:
    """Whatever is taken back is taken back with a reason."""
    if not why.strip():
        return no("mark_why", "Say why: what was wrong with it, or who said so.")
    if len(why) > MOST_WHY:
        return no("mark_why_long", "Shorten the reason to {most} letters.", most=MOST_WHY)
    return YES


def can_have(kind: str, stands_as: Iterable[str]) -> Decision:
    """Whether a mark of this kind may be kept here: the home of anybody but the person reported is contact tier."""
    if kind in REPORTED_ALONE and set(stands_as) != {"suspect"}:
        return no("mark_home", "Where this person lives stands on their card of safe contact. Enter it there.")
    return YES


def can_take_off(stands_as: str, hanging: Iterable[str]) -> Decision:
    """Whether somebody can be taken off a case: not the person it is about, and nobody on whom records hang."""
    if stands_as == "victim":
        return no("off_victim", "The case is about this person. Correct the name, or close the case with a reason.")
    if there := ", ".join(sorted(set(hanging))):
        return no(
            "off_hanging",
            "There are records about this person: {there}. Withdraw those first, or leave the person in the case.",
            there=there,
        )
    return YES


def _stop(says: tuple[str, str], typed: str) -> str:
    raise RuleBroken(words(*says, typed=typed[:60]))
