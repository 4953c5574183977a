"""The form of a listing: as it stands, as it was sent, and the listing that it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from joindots.directory.rules import listing as listings
from joindots.directory.rules.listing import ACCESS, ALL, RELATIONS, Listing, Phone, line, phone, tidy, web
from joindots.directory.rules.opening import typed_from, typed_hours
from joindots.directory.rules.places import area_code, area_typed
from joindots.directory.rules.tables import needs
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.law.clocks import SYSTEMS
from joindots.law.hours import Hours
from joindots.web.directory.asking import Choice
from joindots.web.typed import whole

TEXTS = (
    "name", "provider", "what", "eligibility", "way_in", "web", "email", "phones", "address", "areas", "taken",
    "min_age", "max_age", "languages", "interpreter", "access_words", "week", "other_days", "holidays", "system",
    "hours_words", "referral", "cost", "cost_words", "wait", "alert", "audience",
)  # fmt: skip
LISTS = ("need", "relation", "access")
TICKS = ("secret", "confirmed")
SYSTEM_WORDS = {"england_wales": "England and Wales", "scotland": "Scotland", "northern_ireland": "Northern Ireland"}
HOLIDAYS = {"not_told": "not told", "closed": "closed", "as_usual": "open as usual"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form: texts, lists of codes, ticks."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    ticks: frozenset[str]

    @property
    def everybody(self) -> bool:
        """Whether the listing is for everybody."""
        return self.texts["audience"] != "own"


def sent(given: QueryDict) -> Sheet:
    """The form as it was sent."""
    return Sheet(
        {name: given.get(name, "")[: listings.LONG] for name in TEXTS},
        {name: tuple(given.getlist(name)) for name in LISTS},
        frozenset(name for name in TICKS if given.get(name)),
    )


def standing(one: Listing, *, everybody: bool) -> Sheet:
    """The form that says a listing."""
    week, other = typed_from(one.hours)
    texts = {
        "name": one.name, "provider": one.provider, "what": one.what, "eligibility": one.eligibility,
        "way_in": one.way_in, "web": one.web, "email": one.email, "address": one.address, "taken": one.taken,
        "phones": "\n".join(f"{each.number} {each.note}".strip() for each in one.phones),
        "areas": "\n".join(map(area_typed, one.areas)),
        "min_age": _number(one.min_age), "max_age": _number(one.max_age),
        "languages": ", ".join(one.languages), "interpreter": one.interpreter, "access_words": one.access_words,
        "week": week, "other_days": other, "holidays": str(one.hours.holidays), "system": one.hours.system,
        "hours_words": one.hours_words, "referral": one.referral, "cost": one.cost, "cost_words": one.cost_words,
        "wait": _number(one.wait_days), "alert": one.alert, "audience": "everybody" if everybody else "own",
    }  # fmt: skip
    ticks = frozenset({"secret"} if one.place_secret else ())
    return Sheet(texts, {"need": one.needs, "relation": one.relations, "access": one.access}, ticks)


def listing_of(sheet: Sheet, before: Listing, today: date) -> Listing:
    """The listing that a form says. What it cannot show of the hours stays where the hours were not changed."""
    texts = sheet.texts
    secret = "secret" in sheet.ticks
    site, mail = line(texts["web"], 400), line(texts["email"])
    if site and not web(site):
        raise RuleBroken(words("no_web_address", "“{web}” is no web address. Write it as example.org.", web=site[:60]))
    if mail and not listings.email(mail):
        raise RuleBroken(words("no_mail_address", "“{mail}” is no e-mail address.", mail=mail[:60]))
    wait = _whole(texts["wait"], "wait_number", "Write the wait in days as a number, such as 14.")
    told_anew = wait != before.wait_days or "confirmed" in sheet.ticks
    return replace(
        before, name=line(texts["name"]), provider=line(texts["provider"]), what=tidy(texts["what"]),
        eligibility=tidy(texts["eligibility"], 2000), way_in=tidy(texts["way_in"], 2000), web=web(site),
        email=listings.email(mail), phones=_phones(texts["phones"]), address=line(texts["address"], 300),
        place_secret=secret, areas=_areas(texts["areas"]), needs=sheet.lists["need"], relations=sheet.lists["relation"],
        taken=listings.taken(texts["taken"]),
        min_age=_whole(texts["min_age"], "age_number", "Write ages as whole numbers, such as 18."),
        max_age=_whole(texts["max_age"], "age_number", "Write ages as whole numbers, such as 18."),
        languages=_languages(texts["languages"]),
        interpreter=listings.yes_no(texts["interpreter"]), access=sheet.lists["access"],
        access_words=tidy(texts["access_words"], 1000), hours=_hours(sheet, before),
        hours_words=tidy(texts["hours_words"], 600),
        referral=listings.referral(texts["referral"]), cost=listings.cost(texts["cost"]),
        cost_words=tidy(texts["cost_words"], 600), wait_days=wait, alert=tidy(texts["alert"], 400),
        wait_told_on=None if wait is None else today if told_anew else before.wait_told_on,
    )  # fmt: skip


def lists_of(sheet: Sheet) -> dict[str, list[Choice]]:
    """The lists of the form, each with what is chosen."""
    texts, lists = sheet.texts, sheet.lists
    every = [(ALL, "Whoever it is"), *((code, says[:1].upper() + says[1:]) for code, says in RELATIONS.items())]
    yes_no = {"not_told": "not told", "yes": "yes", "no": "no"}
    return {
        "needs": _choices(((code, one.label) for code, one in needs().items()), lists["need"]),
        "relations": _choices(every, lists["relation"]),
        "accesses": _choices(ACCESS.items(), lists["access"]),
        "takens": _choices(listings.TAKEN_WORDS.items(), (texts["taken"] or "not_told",)),
        "referrals": _choices(listings.REFERRAL_WORDS.items(), (texts["referral"] or "not_told",)),
        "costs": _choices(listings.COST_WORDS.items(), (texts["cost"] or "not_told",)),
        "interpreters": _choices(yes_no.items(), (texts["interpreter"] or "not_told",)),
        "holidays": _choices(HOLIDAYS.items(), (texts["holidays"] or "not_told",)),
        "systems": _choices(((code, SYSTEM_WORDS[code]) for code in SYSTEMS), (texts["system"] or "england_wales",)),
    }


def _choices(pairs: Iterable[tuple[str, str]], chosen: tuple[str, ...]) -> list[Choice]:
    return [Choice(code, says, code in chosen) for code, says in pairs]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _whole(typed: str, code: str, cure: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    number = whole(text, None, digits=4)
    if number is None:
        raise RuleBroken(words(code, cure))
    return number


def _phones(typed: str) -> tuple[Phone, ...]:
    found = []
    for each in filter(None, map(str.strip, typed.splitlines())):
        told = phone(each) if any(sign.isdigit() for sign in each) else None
        if told is None and each.isdecimal():
            told = Phone(each)
        if told is None:
            raise RuleBroken(words("no_phone", "“{line}” holds no phone number. Write one a line.", line=each[:60]))
        found.append(told)
    return tuple(found)


def _languages(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line(each, 40).title() for each in typed.split(",") if each.strip()))


def _areas(typed: str) -> tuple[str, ...]:
    pieces = (piece.strip() for row in typed.splitlines() for piece in row.split(","))
    return tuple(dict.fromkeys(area_code(piece)[:100] for piece in pieces if piece))


def _hours(sheet: Sheet, before: Listing) -> Hours:
    texts = sheet.texts
    was = standing(before, everybody=True).texts
    if all(" ".join(texts[each].split()) == " ".join(was[each].split())
           for each in ("week", "other_days", "holidays", "system")):  # fmt: skip
        return before.hours
    return typed_hours(texts["week"], texts["other_days"], texts["holidays"], texts["system"])
