"""Listings from Open Referral records: HSDS 3, Open Referral UK 3, and the older UK form (pure).

Everything but a name, an area and some way to reach the service may be missing, misspelt or of another type. Named
people are never kept: of a contact, only numbers. Nothing of a place that is kept secret is read at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from joindots.directory.rules.cleaning import (
    age,
    day,
    days_of_wait,
    mappings,
    one_line,
    text,
)
from joindots.directory.rules.listing import (
    ACCESS,
    ALL,
    LONG,
    REFERRAL_WORDS,
    RELATIONS,
    TAKEN_WORDS,
    Cost,
    Listing,
    Phone,
    YesNo,
    email,
    kept_secret,
    phones_in,
    referral,
    taken,
    web,
)
from joindots.directory.rules.opening import typed_hours
from joindots.directory.rules.places import NATIONS, area_code
from joindots.directory.rules.schedules import hours_from
from joindots.directory.rules.secret import MANY, keeps_place_secret, pieces_of, says_secret, texts_in, told_place
from joindots.directory.rules.tables import needs
from joindots.kernel.problems import RuleBroken
from joindots.law.hours import Hours

NEED = "kind of help"
OTHER_DAY, BANK_HOLIDAYS = "other day", "bank holidays"
"""The attributes in which a listing that leaves says what the standard has no field for."""
PLACE, SECRET = "place", "secret"
"""The attribute by which a listing that leaves says that its place is kept secret."""
WORDLESS = {"description": None, "notes": None}
GONE = frozenset({"inactive", "defunct", "closed", "deleted", "archived", "ended"})
PHONES, AREAS, LANGUAGES = 6, 60, 30
_NEEDS: tuple[tuple[str, str], ...] = (
    (
        "advocacy",
        r"stalking|\bidva\b|\bisva\b|independent (domestic|sexual)|advoca(te|cy).{0,40}(abuse|violence|victim)",
    ),
    ("advice", r"helpline|help line|victim support|listening (line|service)"),
    ("court", r"witness (service|care)|court support"),
    ("legal", r"legal advice|law centre|solicitor|citizens advice"),
    ("online", r"online safety|cyber|internet safety"),
    ("home", r"sanctuary scheme|home security|target hardening"),
    ("refuge", r"\brefuges?\b|domestic (abuse|violence)|safe accommodation"),
    ("housing", r"housing|homeless"),
    ("therapy", r"counsel+ing|therapy|therapies|mental health|trauma|psycholog"),
    ("health", r"sexual health|\bgp\b|health visit|\bsarc\b"),
    ("children", r"child(ren)?'?s? (and|service|support)|famil(y|ies) (support|service)|parenting|early help"),
    ("work", r"employment (support|advice)|adult learning|back to work"),
    ("substances", r"drug|alcohol|substance"),
    ("money", r"debt|benefits advice|money advice|food ?bank|welfare"),
    ("outlook", r"resilience|self[- ]esteem|wellbeing|well-being"),
    ("groups", r"support group|peer support|befriend|loneliness"),
)
_STATISTICS = re.compile(r"[EWSNK]\d{8}")
"""A code of the statistics office, which names no place to anybody here."""
_MAIL = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]*[^\s@<>\"',;.]")
STANDS = frozenset({"", "active", "open", "live", "published", "current", "true", "1", "verified", "approved"})
"""What a file says of a service that is simply there."""
_SPOKEN = {
    "en": "English", "cy": "Welsh", "ar": "Arabic", "bn": "Bengali", "bfi": "British Sign Language", "bg": "Bulgarian",
    "zh": "Chinese", "fa": "Farsi", "fr": "French", "gu": "Gujarati", "hi": "Hindi", "it": "Italian", "ku": "Kurdish",
    "lt": "Lithuanian", "ps": "Pashto", "pl": "Polish", "pt": "Portuguese", "pa": "Punjabi", "ro": "Romanian",
    "ru": "Russian", "so": "Somali", "es": "Spanish", "ta": "Tamil", "ti": "Tigrinya", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
}  # fmt: skip
"""Languages by the codes of ISO 639 that publishers write; only those that a search offers."""
_FREE = re.compile(r"\bfree\b|no (charge|cost|fee)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """One service as its file tells it."""

    own_id: str
    """The file's own id; made of name and provider where it gives none."""
    listing: Listing
    gone: bool
    assured_on: date | None
    tells: bool = False
    """Its place is kept secret, and its own name tells it."""
    lost: tuple[str, ...] = ()
    """What of it was not taken over, in words."""


def record_of(
    one: dict[str, Any], default_areas: tuple[str, ...], until: date, *, secret: bool | None = None
) -> Record:
    """A listing from a service object. `default_areas` stand where it tells none; a day of assurance after `until` is
    none. `secret`: whether its place is kept secret, where that is known already.
    """
    name = one_line(one.get("name")) or one_line(one.get("alternate_name"))
    provider = _provider(one.get("organization"))
    what = text(one.get("description"))
    assured = day(one.get("assured_date")) or day(one.get("last_assured"))
    terms = " ".join(_terms(one))
    secret = secret_in(one) if secret is None else secret
    hours, hours_words = hours_from(*_schedules(one, places=not secret))
    ways_in = _access(one)
    low, high, eligibility = _eligibility(one)
    languages = tuple(dict.fromkeys(_languages(one)))[:LANGUAGES]
    listing = Listing(
        name=name, provider=provider, what=what, eligibility=eligibility, way_in=text(one.get("application_process")),
        web=web(one_line(one.get("url"), 400)) or _site(one.get("organization")),
        email=email(next(iter(_MAIL.findall(one_line(one.get("email")))), "").removeprefix("mailto:")),
        phones=_phones(one, places=not secret), address="" if secret else _address(one), place_secret=secret,
        areas=tuple(dict.fromkeys(_areas(one)))[:AREAS] or default_areas,
        needs=_ours(one, NEED, needs()) or _needs(name, provider, terms, what),
        relations=_ours(one, "relation taken", {ALL, *RELATIONS}),
        taken=taken("".join(_ours(one, "who is taken", TAKEN_WORDS))),
        referral=referral("".join(_ours(one, "way of referral", REFERRAL_WORDS))),
        min_age=low, max_age=high, languages=languages, interpreter=_interpreter(one),
        access=tuple(code for code, says in ACCESS.items() if says in ways_in),
        access_words="" if secret else "; ".join(each for each in ways_in if each not in ACCESS.values())[:1000],
        hours=_other_days(one, hours), hours_words=hours_words, cost=_cost(one)[0],
        cost_words=_cost(one)[1], wait_days=days_of_wait(one.get("wait_time")), wait_told_on=assured,
        alert=text(one.get("alert"), 400) or _standing(one),
    )  # fmt: skip
    pieces = pieces_of(*_lines(one)) if secret else ()
    listing = kept_secret(listing, pieces) if secret else listing
    made = hashlib.sha256(f"{name.casefold()}|{provider.casefold()}".encode()).hexdigest()[:32]
    assured = assured if assured and assured <= until else None
    return Record(
        one_line(one.get("id"), 100) or f"name-{made}",
        listing,
        one_line(one.get("status")).casefold() in GONE,
        assured,
        secret and bool(told_place(name, pieces)),
        tuple(_lost(one, listing)),
    )


def secret_in(one: dict[str, Any]) -> bool:
    """Whether a service keeps its place secret, by what its file says of it anywhere."""
    if _ours(one, PLACE, (SECRET,)):
        return True
    places = [text(each.get(name)) for each in _locations(one) for name in ("name", "alternate_name", "description")]
    own = [text(one.get(name)) for name in ("name", "alternate_name", "description", "application_process")]
    every = (text(each, 2000) for each in islice(texts_in(one), MANY))
    return keeps_place_secret(*own, *_terms(one), *places, _provider(one.get("organization")), *_lines(one)) or any(
        map(says_secret, every)
    )


def _lost(one: dict[str, Any], kept: Listing) -> Iterator[str]:
    """What the file says of a service and a listing does not hold."""
    if kept.place_secret:
        yield "Its place is kept secret: its address, and what else would tell it, is left out."
    elif (places := len({told for each in _addresses(one) if (told := one_line(each.get("address_1")))})) > 1:
        yield f"The first of {places} addresses is kept."
    if not kept.hours.whole:
        yield "Opening times that no week holds stand in their words alone, or are left out."
    if len(text(one.get("description"), LONG + 1)) > LONG:
        yield f"What it says of itself is cut at {LONG} letters."
    given = [each for place in (one, *mappings(one.get("contacts"))) for each in mappings(place.get("phones"))]
    numbers = len({re.sub(r"\D", "", one_line(each.get("number"))) for each in given} - {""})
    if numbers > len(kept.phones):
        yield f"{len(kept.phones)} of {numbers} numbers are kept: the others are too many, or no numbers."
    if len(areas := tuple(dict.fromkeys(_areas(one)))) > AREAS:
        yield f"{AREAS} of {len(areas)} areas are kept."


def places_in(one: dict[str, Any]) -> frozenset[str]:
    """By what another service of the same file is known to be at the same place."""
    links = [link.get("location_id") for link in mappings(one.get("service_at_locations"))]
    ids = (one_line(each, 100) for each in (*links, *(place.get("id") for place in _locations(one))))
    lines = (" ".join(pieces_of(one_line(each.get("address_1"), 100), one_line(each.get("postal_code"), 12)))
             for each in _addresses(one))  # fmt: skip
    return frozenset({f"id:{each}" for each in ids if each} | {f"at:{each}" for each in lines if each})


def _standing(one: dict[str, Any]) -> str:
    """What a file says of a service that is neither simply there nor gone, such as "temporarily closed"."""
    said = one_line(one.get("status"), 60)
    return "" if said.casefold() in STANDS | GONE else f"Its own directory says: {said}."


def _provider(value: Any) -> str:
    for one in mappings(value):
        return one_line(one.get("name"))
    return one_line(value)


def _site(value: Any) -> str:
    for one in mappings(value):
        return web(one_line(one.get("website") or one.get("url"), 400))
    return ""


def _locations(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for link in mappings(one.get("service_at_locations")):
        yield from mappings(link.get("location"))
    yield from mappings(one.get("locations"))


def _phones(one: dict[str, Any], *, places: bool) -> tuple[Phone, ...]:
    """Numbers of the service, of its places unless they are secret, and of who provides it."""
    there = [*mappings(one.get("service_at_locations")), *_locations(one)] if places else []
    places_of = [one, *mappings(one.get("contacts")), *there, *mappings(one.get("organization"))]
    found: dict[str, Phone] = {}
    for place in places_of:
        for each in mappings(place.get("phones")):
            note = one_line(each.get("description"), 60) or one_line(each.get("type"), 60)
            for told in phones_in(one_line(each.get("number")), note):
                found.setdefault(re.sub(r"\D", "", told.number).removeprefix("44").lstrip("0"), told)
    return tuple(found.values())[:PHONES]


def _addresses(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for location in _locations(one):
        yield from mappings(location.get("addresses") or location.get("physical_addresses"))


def _lines(one: dict[str, Any]) -> Iterator[str]:
    """Every line of every address but its town and county."""
    for each in _addresses(one):
        towns = {one_line(each.get(name), 100).casefold() for name in ("city", "region", "state_province")}
        for name in ("address_1", "address_2"):
            told = (piece.strip() for piece in one_line(each.get(name), 100).split(","))
            yield from (piece for piece in told if piece.casefold() not in towns)


def _address(one: dict[str, Any]) -> str:
    for each in _addresses(one):
        names = ("address_1", "address_2", "city", "region", "state_province", "postal_code")
        told = ""
        for part in filter(None, (one_line(each.get(name), 300) for name in names)):
            told = told if part in told else f"{told}, {part}".removeprefix(", ")
        if told:
            return told[:300]
    return ""


def _areas(one: dict[str, Any]) -> Iterator[str]:
    for each in mappings(one.get("service_areas")):
        said = one_line(each.get("name")) or one_line(each.get("service_area"))
        nations = [piece for piece in re.split(r"[,;/&]|\band\b", said) if piece.strip()]
        if not all(area_code(piece) in NATIONS for piece in nations):
            nations = [re.sub(r"^\s*and ", "", piece) for piece in re.split(r"[,;/]", said)]
        for piece in nations:
            if piece.strip() and len(piece.split()) <= 6 and not _STATISTICS.fullmatch(piece.strip()):
                yield area_code(piece)[:100]


def _terms(one: dict[str, Any]) -> Iterator[str]:
    for each in mappings(one.get("attributes")):
        if each.get("link_type") == NEED:  # a listing of ours that comes back: to find a refuge is not to be one
            continue
        yield one_line(each.get("label"))
        for term in mappings(each.get("taxonomy_term")):
            yield one_line(term.get("name"))
    for each in (*mappings(one.get("service_taxonomys")), *mappings(one.get("service_taxonomies"))):
        for term in (*mappings(each.get("taxonomy")), each):
            yield one_line(term.get("name"))


def _ours(one: dict[str, Any], kind: str, known: Collection[str]) -> tuple[str, ...]:
    """Codes that a listing of ours carried out and that come back."""
    told = (one_line(each.get("value")) for each in mappings(one.get("attributes")) if each.get("link_type") == kind)
    return tuple(code for code in dict.fromkeys(told) if code in known)


def _needs(name: str, provider: str, terms: str, what: str) -> tuple[str, ...]:
    """Kinds of help that its name, its terms and the first words about it speak of."""
    told = f"{name} {provider} {terms} {what[:300]}"
    return tuple(code for code, pattern in _NEEDS if re.search(pattern, told, re.IGNORECASE))


def _schedules(one: dict[str, Any], *, places: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    there = [*mappings(one.get("service_at_locations")), *_locations(one)]
    weeks: list[dict[str, Any]] = []
    closures: list[dict[str, Any]] = []
    for place in (one, *there):
        for name in ("schedules", "regular_schedules", "regular_schedule"):
            told = mappings(place.get(name))
            weeks.extend(told if places or place is one else ({**each, **WORDLESS} for each in told))
        for name in ("holiday_schedules", "holiday_schedule", "holidayScheduleCollection"):
            closures.extend(mappings(place.get(name)))
    return weeks, closures


def _eligibility(one: dict[str, Any]) -> tuple[int | None, int | None, str]:
    said = [text(one.get("eligibility_description"), 1000)]
    low, high = age(one.get("minimum_age")), age(one.get("maximum_age"))
    for each in (*mappings(one.get("eligibilitys")), *mappings(one.get("eligibilities"))):
        said.append(text(each.get("eligibility") or each.get("eligibility_description"), 400))
        low, high = low or age(each.get("minimum_age")), high or age(each.get("maximum_age"))
    if low is not None and high is not None and low > high:
        low = high = None
    return low, high, "\n".join(dict.fromkeys(filter(None, said)))[:2000]


def _languages(one: dict[str, Any]) -> Iterator[str]:
    for each in mappings(one.get("languages")):
        said = one_line(each.get("name")) or one_line(each.get("language")) or one_line(each.get("code"), 12)
        for piece in re.split(r"[,;/]", said):
            code = piece.strip().casefold().partition("-")[0]
            if code in _SPOKEN or 3 < len(piece.strip()) < 40:
                yield _SPOKEN.get(code) or piece.strip().title()


def _interpreter(one: dict[str, Any]) -> YesNo:
    told = one_line(one.get("interpretation_services")).casefold()
    if not told:
        return "not_told"
    return "no" if re.match(r"no\b|none\b|not ", told) else "yes"


def _access(one: dict[str, Any]) -> tuple[str, ...]:
    """What each place says of getting in."""
    told = [
        text(each.get("description") or each.get("accessibility") or each.get("details"), 300)
        for location in _locations(one)
        for name in ("accessibility", "accessibility_for_disabilities")
        for each in mappings(location.get(name))
    ]
    return tuple(dict.fromkeys(filter(None, told)))


def _other_days(one: dict[str, Any], hours: Hours) -> Hours:
    """The hours with what the standard has no field for, where it is a listing of ours that comes back."""
    told = [(one_line(each.get("link_type")), one_line(each.get("value"))) for each in mappings(one.get("attributes"))]
    days = "\n".join(value for kind, value in told if kind == OTHER_DAY)
    rest = next((value for kind, value in told if kind == BANK_HOLIDAYS), "")
    try:
        typed = typed_hours("", days, *(rest.split(" ", 1) if " " in rest else ("", "")))
    except RuleBroken:
        return hours
    return replace(
        hours, exceptions=typed.exceptions or hours.exceptions, holidays=typed.holidays if rest else hours.holidays,
        system=typed.system if rest else hours.system,
    )  # fmt: skip


def _cost(one: dict[str, Any]) -> tuple[Cost, str]:
    told = [text(one.get("fees_description"), 400) or text(one.get("fees"), 400)]
    amounts = []
    for each in mappings(one.get("cost_options")):
        told.append(one_line(each.get("amount_description")) or one_line(each.get("option")))
        if re.fullmatch(r"£?\d+(\.\d+)?", amount := one_line(each.get("amount"), 20)):
            amounts.append(float(amount.removeprefix("£")))
    pieces = (piece.strip() for words in told for piece in words.split(";"))
    said = "; ".join(dict.fromkeys(filter(None, pieces)))[:600]
    if amounts:
        return "charged" if any(amounts) else "free", said
    if "£" in said:
        return "charged", said
    return "free" if _FREE.search(said) else "not_told", said
