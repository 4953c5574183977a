"""The demo's services of Northshire and Westmarch: invented, with numbers that nobody has. Safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from joindots.access import door
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.config.demo.cases import moment
from joindots.directory import actions
from joindots.directory.models import Service
from joindots.directory.rules.listing import Listing, Phone
from joindots.directory.rules.opening import typed_hours

NORTHSHIRE = ("name:northshire", "pc:ZZ99", "pc:ZZ98")
WESTMARCH = ("name:westmarch", "pc:ZZ97")
STRANGERS = ("friend", "acquaintance", "colleague", "client", "neighbour", "stranger")


@dataclass(frozen=True, slots=True)
class Seed:
    """One listing, who keeps it, and when somebody last asked the service."""

    keeper: str
    confirmed: str
    listing: Listing


SEEDS = (
    Seed("bea", "2026-11-02 10:00", Listing(
        name="Lantern Line", provider="Lantern Line", what="A helpline for anybody who is stalked, now or before, and "
        "for those who worry about somebody.", phones=(Phone("07700 900160"),), areas=(*NORTHSHIRE, *WESTMARCH),
        needs=("advice", "online", "home"), relations=("all",), taken="all", languages=("English", "Polish"),
        interpreter="yes", access=("text_relay", "chat"), cost="free", referral="self", wait_days=0,
        wait_told_on=date(2026, 11, 2),
        hours=typed_hours("Mon-Fri 09:00-21:00; Sat 10:00-16:00", "2026-12-24 09:00-13:00", "closed", ""),
    )),
    Seed("ruth", "2026-11-09 09:30", Listing(
        name="Stillwater Advocacy", provider="Stillwater Advocacy", what="Stalking advocates: safety, police, courts, "
        "employers, from the first day to the last.", phones=(Phone("07700 900161"),), web="https://stillwater.example.org",
        areas=NORTHSHIRE, needs=("advocacy", "court", "home"), relations=("all",), taken="all", min_age=16,
        interpreter="yes", access=("step_free", "home_visits", "video"), cost="free", referral="both", wait_days=2,
        wait_told_on=date(2026, 11, 9), hours=typed_hours("Mon-Fri 09:00-17:30", "", "closed", ""),
    )),
    Seed("ruth", "2026-10-12 14:00", Listing(
        name="Northshire Victim Care", provider="Office of the Police and Crime Commissioner", what="Care for victims "
        "of any crime. A stalking advocate sits with the team for cases outside couples and families.",
        phones=(Phone("07700 900162"),), areas=NORTHSHIRE, needs=("advocacy", "advice", "outlook"), relations=STRANGERS,
        taken="all", cost="free", referral="both", wait_days=6, wait_told_on=date(2026, 10, 12),
        hours=typed_hours("Mon-Fri 08:00-20:00; Sat 09:00-17:00", "", "closed", ""),
    )),
    Seed("ruth", "2026-09-01 11:00", Listing(
        name="Meadow Therapy", provider="Meadow Therapy", what="Trauma therapy. It need not wait for a trial or for "
        "the danger to end.", phones=(Phone("07700 900163"),), areas=NORTHSHIRE, needs=("therapy",), relations=("all",),
        taken="all", min_age=18, access=("step_free", "video"), cost="free", referral="professional", wait_days=63,
        wait_told_on=date(2026, 9, 1), hours=typed_hours("Mon-Thu 09:00-19:00", "", "closed", ""),
    )),
    Seed("bea", "2026-10-28 16:00", Listing(
        name="Larkfield House", provider="Larkfield", what="A safe place to stay for women and their children.",
        phones=(Phone("07700 900164", "day and night"),), areas=(*NORTHSHIRE, *WESTMARCH), needs=("refuge", "children"),
        relations=("ex_partner", "partner", "family"), taken="female", place_secret=True, interpreter="yes",
        cost="free", referral="both", wait_days=9, wait_told_on=date(2026, 10, 28),
        hours=typed_hours("24/7", "", "as_usual", ""),
    )),
    Seed("bea", "2026-08-19 12:00", Listing(
        name="Northshire Device Clinic", provider="Northshire Library", what="An evening with somebody who looks over "
        "phones and accounts with you. Nothing is changed without you.", way_in="Come to the central library.",
        areas=NORTHSHIRE, needs=("online",), relations=("all",), taken="all", cost="free", referral="self",
        access=("step_free",), hours=typed_hours("1st Tue 18:00-20:00; last Tue 18:00-20:00", "", "closed", ""),
    )),
    Seed("bea", "2025-08-14 12:00", Listing(
        name="Men’s Listening Line", provider="Northshire Men Together", what="Somebody to talk to, for men.",
        phones=(Phone("07700 900165", "evenings"),), areas=NORTHSHIRE, needs=("advice", "groups"), taken="male",
        min_age=18, cost="free", referral="self", hours=typed_hours("Thu-Sat 20:00-02:00", "", "not_told", ""),
    )),
    Seed("bev", "2026-11-04 09:00", Listing(
        name="Westmarch Advocacy Service", provider="Westmarch Advocacy Service", what="Advocates for people stalked "
        "or abused by a partner or former partner.", phones=(Phone("07700 900166"),), areas=WESTMARCH,
        needs=("advocacy", "refuge"), relations=("ex_partner", "partner"), taken="all", cost="free", referral="both",
        wait_days=1, wait_told_on=date(2026, 11, 4), hours=typed_hours("Mon-Fri 09:00-17:00", "", "closed", ""),
    )),
)  # fmt: skip


def list_services(staff: Mapping[str, Membership]) -> None:
    """List what is not listed yet, each by its keeper on the day on which somebody asked the service."""
    for seed in SEEDS:
        membership = staff[seed.keeper]
        if Service.objects.filter(agency=membership.agency_id, name_key=seed.listing.name.casefold()).exists():
            continue
        actor = actor_as(membership, moment(seed.confirmed))
        actions.add_service(actor, seed.listing, everybody=True, confirmed=True)
        door.close(actor)
