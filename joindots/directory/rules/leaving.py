"""Listings as Open Referral records, HSDS 3 and the UK page round them (pure).

A place that is kept secret leaves in no form: it stands in no listing. Ids are made from the listing's own reference,
the same each time. Source: the Human Services Data Specification 3, https://docs.openreferral.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from joindots.directory.rules.listing import ACCESS, ALL, COST_WORDS, REFERRAL_WORDS, RELATIONS, TAKEN_WORDS, Listing
from joindots.directory.rules.opening import HOLIDAY_WORDS, typed_from
from joindots.directory.rules.places import area_says
from joindots.directory.rules.reading import BANK_HOLIDAYS, NEED, OTHER_DAY, PLACE, SECRET
from joindots.directory.rules.schedules import schedules_of
from joindots.directory.rules.tables import needs
from joindots.law.hours import Holidays

_SPACE = uuid5(NAMESPACE_URL, "https://joindots.example.org/directory/")
RELATION, TAKEN, REFERRAL = "relation taken", "who is taken", "way of referral"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A listing that leaves, with its reference and who keeps it."""

    reference: str
    listing: Listing
    keeper: str
    confirmed_on: date | None


def page_of(leaving: Iterable[Leaving]) -> dict[str, Any]:
    """One page with every listing, as an Open Referral UK service answers at /services."""
    contents = [service_of(one) for one in leaving]
    return {
        "total_items": len(contents), "total_pages": 1, "page_number": 1, "size": len(contents), "first_page": True,
        "last_page": True, "empty": not contents, "contents": contents,
    }  # fmt: skip


def service_of(leaving: Leaving) -> dict[str, Any]:
    """One service. What is not told is left out."""
    one, key = leaving.listing, leaving.reference
    provider = one.provider or one.name
    told = {
        "id": _id(key), "name": one.name, "description": one.what, "status": "active", "url": one.web,
        "email": one.email, "application_process": one.way_in, "eligibility_description": one.eligibility,
        "fees_description": one.cost_words or ("" if one.cost == "not_told" else COST_WORDS[one.cost]),
        "wait_time": "" if one.wait_days is None else f"{one.wait_days} days", "alert": one.alert,
        "minimum_age": one.min_age, "maximum_age": one.max_age,
        "interpretation_services": {"yes": "Yes", "no": "No"}.get(one.interpreter, ""),
        "assured_date": leaving.confirmed_on.isoformat() if leaving.confirmed_on else "",
        "organization": {"id": _id("provider", provider), "name": provider, "description": provider},
        "phones": [_phone(key, number, phone.number, phone.note) for number, phone in enumerate(one.phones)],
        "languages": [{"id": _id(key, "language", each), "name": each} for each in one.languages],
        "service_areas": [{"id": _id(key, "area", code), **_area(code)} for code in one.areas],
        "schedules": [{"id": _id(key, "schedule", str(n)), **each}
                      for n, each in enumerate(schedules_of(one.hours, one.hours_words))],
        "service_at_locations": _places(key, one),
        "cost_options": [_free(key)] if one.cost == "free" else [],
        "attributes": list(_attributes(key, one)),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def _id(*parts: str) -> str:
    return str(uuid5(_SPACE, "/".join(parts)))


def _phone(key: str, number: int, said: str, note: str) -> dict[str, Any]:
    told = {"id": _id(key, "phone", str(number)), "number": said, "type": "text" if note == "text" else "voice"}
    return {**told, **({"description": note} if note else {})}


def _area(code: str) -> dict[str, Any]:
    kind, _, rest = code.partition(":")
    if kind == "pc":
        return {"name": rest, "description": f"Postcodes that begin with {rest}"}
    return {"name": {"uk": "United Kingdom"}.get(code) or area_says(code).removeprefix("the area of ")}


def _places(key: str, one: Listing) -> list[dict[str, Any]]:
    if one.place_secret or not (one.address or one.access or one.access_words):
        return []
    found = re.search(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", one.address)
    access = [ACCESS[code] for code in one.access] + ([one.access_words] if one.access_words else [])
    location: dict[str, Any] = {
        "id": _id(key, "location"), "location_type": "physical" if one.address else "virtual", "name": one.name,
    }  # fmt: skip
    if one.address:
        location["addresses"] = [{
            "id": _id(key, "address"), "address_1": one.address, "city": "", "state_province": "",
            "postal_code": found[0] if found else "", "country": "GB", "address_type": "physical",
        }]  # fmt: skip
    if access:
        location["accessibility"] = [{"id": _id(key, "access", each), "description": each} for each in access]
    return [{"id": _id(key, "at"), "location": location}]


def _free(key: str) -> dict[str, Any]:
    return {"id": _id(key, "cost"), "service_id": _id(key), "option": "free", "amount": 0, "currency": "GBP"}


def _attributes(key: str, one: Listing) -> Iterator[dict[str, Any]]:
    """What the standard has no field for: kinds of help, whom the person reported may be, who is taken, who refers."""
    for code in one.needs:
        yield _attribute(key, NEED, code, needs()[code].label)
    for code in one.relations:
        yield _attribute(key, RELATION, code, "whoever it is" if code == ALL else RELATIONS[code])
    if one.taken != "not_told":
        yield _attribute(key, TAKEN, one.taken, TAKEN_WORDS[one.taken])
    for line in filter(None, typed_from(one.hours)[1].split("\n")):
        yield _attribute(key, OTHER_DAY, line, "hours of another day")
    if one.hours.holidays is not Holidays.NOT_TOLD:
        code = f"{one.hours.holidays} {one.hours.system}"
        yield _attribute(key, BANK_HOLIDAYS, code, HOLIDAY_WORDS[one.hours.holidays])
    if one.place_secret:
        yield _attribute(key, PLACE, SECRET, "kept secret")
    if one.referral != "not_told":
        yield _attribute(key, REFERRAL, one.referral, REFERRAL_WORDS[one.referral])


def _attribute(key: str, list_name: str, code: str, label: str) -> dict[str, Any]:
    term = {"id": _id("term", list_name, code), "code": code, "name": label, "description": label,
            "taxonomy": f"Join the Dots: {list_name}"}  # fmt: skip
    return {
        "id": _id(key, list_name, code), "link_id": _id(key), "link_entity": "service", "link_type": list_name,
        "value": code, "taxonomy_term": term,
    }  # fmt: skip
