"""What a listing says of a service: its fields, what may stand in them, and when it grows stale (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, get_args

from joindots.directory.rules.secret import keeps_place_secret, told_place, without_place
from joindots.directory.rules.tables import needs
from joindots.kernel.decisions import YES, Decision, no
from joindots.law.hours import Hours

STALE_AFTER = timedelta(days=183)
"""A listing nobody confirmed for so long goes below the others and says so."""
WAIT_LASTS = timedelta(days=31)
"""A wait that was told longer ago is shown with its day."""
SHORT, LONG = 200, 4000

RELATIONS = {
    "ex_partner": "former partners",
    "partner": "partners",
    "family": "family",
    "friend": "friends",
    "acquaintance": "acquaintances",
    "colleague": "colleagues",
    "client": "clients, patients or pupils",
    "neighbour": "neighbours",
    "public": "people met through public life",
    "stranger": "strangers",
}
"""Whom the person reported may be: codes as on a case."""
ALL = "all"
Taken = Literal["all", "female", "male", "not_told"]
TAKEN_WORDS = {"all": "everybody", "female": "women", "male": "men", "not_told": "not told"}
YesNo = Literal["yes", "no", "not_told"]
Referral = Literal["self", "professional", "both", "not_told"]
REFERRAL_WORDS = {
    "self": "people ask for it themselves",
    "professional": "a professional refers",
    "both": "people ask themselves, or a professional refers",
    "not_told": "not told",
}
Cost = Literal["free", "charged", "not_told"]
COST_WORDS = {"free": "free", "charged": "costs money", "not_told": "not told"}
ACCESS = {
    "step_free": "step-free",
    "hearing_loop": "hearing loop",
    "bsl": "British Sign Language",
    "text_relay": "Relay UK or text",
    "chat": "web chat",
    "video": "video calls",
    "easy_read": "easy read",
    "large_print": "large print",
    "home_visits": "comes to you",
}
LANGUAGES = (
    "English", "Welsh", "Arabic", "Bengali", "British Sign Language", "Bulgarian", "Chinese", "Farsi", "French",
    "Gujarati", "Hindi", "Italian", "Kurdish", "Lithuanian", "Pashto", "Polish", "Portuguese", "Punjabi", "Romanian",
    "Russian", "Somali", "Spanish", "Tamil", "Tigrinya", "Turkish", "Ukrainian", "Urdu", "Vietnamese",
)  # fmt: skip
"""Languages that a search offers; a listing may name others."""
_PHONE = re.compile(r"(?:\+\d{1,3}[ .-]?)?(?:\(\d{1,6}\)[ .-]?)?\d[\d .-]{0,28}\d(?!\d)")
DIGITS = (3, 16)
"""How many digits a number has: from 101 to one behind the five of a text relay."""
_TIDY = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and what it is for."""

    number: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A service as a listing tells of it. Codes are of the tables above; an empty list is "not told", never "none"."""

    name: str
    provider: str = ""
    what: str = ""
    eligibility: str = ""
    way_in: str = ""
    """How to reach it, in its words."""
    web: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    address: str = ""
    place_secret: bool = False
    areas: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    taken: Taken = "not_told"
    min_age: int | None = None
    max_age: int | None = None
    languages: tuple[str, ...] = ()
    interpreter: YesNo = "not_told"
    access: tuple[str, ...] = ()
    access_words: str = ""
    hours: Hours = field(default_factory=Hours)
    hours_words: str = ""
    referral: Referral = "not_told"
    cost: Cost = "not_told"
    cost_words: str = ""
    wait_days: int | None = None
    wait_told_on: date | None = None
    alert: str = ""


TELLING = ("what", "eligibility", "way_in", "access_words", "hours_words", "cost_words", "alert")
"""Fields of words in which a place could be told."""


def can_be_listed(one: Listing) -> Decision:
    """Whether it says who it is and how it is reached; and gives away no place that is kept secret."""
    if not one.name:
        return no("no_name", "Give the name of the service.")
    if not (one.phones or one.web or one.email or one.way_in):
        return no("no_way_to_reach", "Give a phone number, a web address, an e-mail address or how to reach it.")
    if not one.areas:
        return no(
            "no_area", "Say which area it covers: all of the UK, a nation, a police force, a council or postcodes."
        )
    for told, known in ((one.needs, needs()), (one.relations, {ALL, *RELATIONS}), (one.access, ACCESS)):
        if not set(told) <= set(known):
            return no("unknown_code", "Choose from the list; “{said}” is not on it.", said=min(set(told) - set(known)))
    if one.min_age is not None and one.max_age is not None and one.min_age > one.max_age:
        return no("ages", "The youngest age is above the oldest. Change one of them.")
    return _keeps_secret(one)


def _keeps_secret(one: Listing) -> Decision:
    if not one.place_secret:
        if one.address and keeps_place_secret(one.name, one.what):
            return no("refuge_place", "This speaks of a refuge, or of a place that is not told. Tick that its place is "
                      "kept secret and take the address out; or write it without those words.")  # fmt: skip
        return YES
    if one.address:
        return no("secret_place", "This service keeps its place secret. Take the address out; it is never kept here.")
    texts = (one.name, one.provider, *(getattr(one, name) for name in TELLING), one.web, one.email,
             *(phone.note for phone in one.phones))  # fmt: skip
    if found := next(filter(None, map(told_place, texts)), ""):
        return no("secret_told", "This service keeps its place secret, and “{found}” in its words could tell it. Take "
                  "it out.", found=found[:60])  # fmt: skip
    return YES


def kept_secret(one: Listing, pieces: Collection[str] = ()) -> Listing:
    """The listing without its place: no address, and no sentence, link or note that would tell it. `pieces` are those
    of its own address, as `secret.pieces_of` makes them. A name that tells it stays, and cannot be listed.
    """

    def cut(said: str) -> str:
        return without_place(said, pieces)

    def link(said: str) -> str:
        return "" if told_place(said, pieces) else said

    return replace(
        one, what=cut(one.what), eligibility=cut(one.eligibility), way_in=cut(one.way_in),
        access_words=cut(one.access_words), hours_words=cut(one.hours_words), cost_words=cut(one.cost_words),
        alert=cut(one.alert), web=link(one.web), email=link(one.email), provider=link(one.provider),
        phones=tuple(replace(each, note=link(each.note)) for each in one.phones),
        areas=tuple(code for code in one.areas if code.removeprefix("name:") not in pieces), address="",
        place_secret=True,
    )  # fmt: skip


def stale(fresh_until: date | None, day: date) -> bool:
    """Whether nobody has confirmed it lately, or ever."""
    return fresh_until is None or fresh_until < day


def fresh_until(confirmed_on: date | None) -> date | None:
    """The last day on which it counts as confirmed."""
    return None if confirmed_on is None else confirmed_on + STALE_AFTER


def tidy(text: str, most: int = LONG) -> str:
    """Text without hidden signs, trailing space and more than one empty line, cut at `most` letters."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    seen = "".join(sign for sign in plain if sign in "\n\t" or unicodedata.category(sign)[0] != "C")
    return _TIDY.sub("\n\n", seen.strip()).replace("\t", " ")[:most]


def line(text: str, most: int = SHORT) -> str:
    """Text on one line."""
    return " ".join(tidy(text, most * 4).split())[:most].strip()


def phone(text: str, note: str = "") -> Phone | None:
    """The first number as told; None where none stands in it."""
    return next(phones_in(text, note), None)


def phones_in(text: str, note: str = "") -> Iterator[Phone]:
    """Every number of a text; what else stands there is the note of the only one. A second one begins with 0 or +:
    `24 hours` and an extension are none.
    """
    found = [each for each in _PHONE.finditer(text) if DIGITS[0] <= sum(map(str.isdecimal, each[0])) <= DIGITS[1]]
    found = found[:1] + [each for each in found[1:] if each[0].lstrip("(")[0] in "+0"]
    for each in found:
        number = " ".join(each[0].split()).strip(" .-")
        rest = line(text.replace(each[0], " "), 60).strip(" ()-:;,") if len(found) == 1 else ""
        yield Phone(number, line(note, 60) or rest)


def web(text: str) -> str:
    """A web address that a link may lead to; empty for anything that is no plain one."""
    given = line(text, 400)
    if given and "://" not in given and re.match(r"^[\w-]+(\.[\w-]+)+", given):
        given = f"https://{given}"
    return given if re.fullmatch(r"https?://[^\s/@\"'<>\\]+\.[^\s@\"'<>\\]{2,}", given, re.IGNORECASE) else ""


def email(text: str) -> str:
    """An e-mail address; empty for anything else."""
    given = line(text, 200).removeprefix("mailto:")
    return given if re.fullmatch(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]+", given) else ""


_TAKEN: tuple[Taken, ...] = get_args(Taken)
_REFERRAL: tuple[Referral, ...] = get_args(Referral)
_COST: tuple[Cost, ...] = get_args(Cost)
_YESNO: tuple[YesNo, ...] = get_args(YesNo)


def taken(code: str) -> Taken:
    """The code, if it is one of who is taken."""
    return code if code in _TAKEN else "not_told"


def referral(code: str) -> Referral:
    """The code, if it is one of who refers."""
    return code if code in _REFERRAL else "not_told"


def cost(code: str) -> Cost:
    """The code, if it is one of what it costs."""
    return code if code in _COST else "not_told"


def yes_no(code: str) -> YesNo:
    """Yes, no or not told."""
    return code if code in _YESNO else "not_told"
