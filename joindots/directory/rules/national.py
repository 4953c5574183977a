"""The shipped national services as listings (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from joindots.directory.rules.listing import Listing, Phone
from joindots.directory.rules.opening import typed_hours
from joindots.directory.rules.tables import NationalService, national_services
from joindots.law.hours import Hours

ALWAYS_SHOWN = ("police-999", "police-101", "national-stalking-helpline")
"""National lines that stand on every open page."""

NEVER_STALE = ("police-999",)
"""What is sent out to anybody in danger is never marked as doubtful."""


@cache
def national_listings() -> Mapping[str, Listing]:
    """The listings by code, in the file's order."""
    return MappingProxyType({code: _listing(one) for code, one in national_services().items()})


def _listing(one: NationalService) -> Listing:
    return Listing(
        name=one.name, provider=one.provider, what=one.what, eligibility=one.eligibility, web=one.web,
        phones=tuple(Phone(number.strip()) for number in one.phones.split(";") if number.strip()),
        areas=tuple(one.areas.split()), needs=tuple(one.needs.split()), relations=tuple(one.relations.split()),
        taken=one.taken, hours=_hours(one), hours_words=one.hours_said,
        referral=one.referral, cost=one.cost, alert=one.alert,
    )  # fmt: skip


def _hours(one: NationalService) -> Hours:
    return typed_hours(one.hours, "", one.holidays, "england_wales", whole=one.hours_whole)
