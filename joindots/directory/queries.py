"""The directory as its reader may see it: what fits, one service, files on their way in, and the listings that leave.

National services ship as data; an agency's own listing can stand for one in its own eyes, never on the open page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import F, Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.directory import permissions
from joindots.directory.models import Arrival, NationalCheck, Service, ServiceTag
from joindots.directory.rules import arriving, fitting
from joindots.directory.rules.fitting import Asked, Fit, NoneFits
from joindots.directory.rules.listing import Listing, fresh_until, stale
from joindots.directory.rules.national import ALWAYS_SHOWN, NEVER_STALE, national_listings
from joindots.directory.rules.opening import hours_say
from joindots.directory.rules.places import Place, districts_in
from joindots.directory.rules.tables import national_services
from joindots.kernel.problems import NotFound
from joindots.kernel.when import LOCAL

PAGE = 50
LOOKED_AT = 250
"""Listings that are looked at for one answer: those met best by area and need, and confirmed last."""
REJECTS = 500


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One listing for its reader: what it says, who keeps it, how sure it is."""

    reference: str
    version: int
    listing: Listing
    keeper: str
    national: bool
    own: bool
    audience: str
    gone: bool
    source: str
    verify: str
    confirmed_on: date | None
    confirmed_by: str
    stale: bool
    mended: bool
    replaced: bool = False
    """A listing of one's own stands for it."""

    @property
    def hours_say(self) -> str:
        """Its hours in words; those it gives itself first."""
        return self.listing.hours_words or hours_say(self.listing.hours)


@dataclass(frozen=True, slots=True)
class Hit:
    """A listing that fits, and why in one line."""

    service: ServiceView
    fit: Fit
    why: str


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer to a search: what fits in its order; where nothing fits, why not and what covers the whole country."""

    hits: tuple[Hit, ...]
    total: int
    none: NoneFits | None
    instead: tuple[Hit, ...]
    """National services, where nothing that was wished for fits."""
    more: bool
    """More listings cover the place than were looked at."""


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """A file of listings on its way in."""

    id: UUID
    version: int
    name: str
    source: str
    form: str
    state: str
    given_at: datetime
    total: int
    rejected: int
    done: int
    made: int
    changed: int
    same: int
    kept: int


@reads(permissions.OPEN_TO_ALL)
def open_to_all(actor: Actor, asked: Asked) -> Matches:
    """What fits of the listings that everybody may see; for anybody, with or without an account."""
    rows = Service.objects.visible_to(actor).filter(audience=Service.Audience.EVERYBODY)
    return _matches(actor, rows, asked, own=False)


@reads(permissions.OPEN_TO_ALL)
def always_shown(actor: Actor) -> tuple[Hit, ...]:
    """The national lines that stand on every open page."""
    shipped = _nationals(actor, own=False)
    told = [(shipped[code], fitting.fit(shipped[code].listing, Asked(), actor.at)) for code in ALWAYS_SHOWN]
    return tuple(Hit(view, fit, _one_line(fit)) for view, fit in told)


@reads(permissions.SEE_SERVICES)
def find(actor: Actor, asked: Asked) -> Matches:
    """What fits of the listings that the actor may see."""
    return _matches(actor, Service.objects.visible_to(actor), asked, own=True)


@reads(permissions.SEE_SERVICES)
def service(actor: Actor, reference: str) -> ServiceView:
    """One listing by its reference, or a national service by its code."""
    if reference in national_services():
        return _nationals(actor, own=True, whole=True)[reference]
    row = _rows(Service.objects.visible_to(actor)).filter(reference=reference).first()
    if row is None:
        raise NotFound
    return _view(actor, row)


@reads(permissions.SEE_SERVICES)
def named(actor: Actor, beginning: str) -> tuple[ServiceView, ...]:
    """Listings whose name begins so, at most a page of them."""
    key = " ".join(beginning.casefold().split())
    rows = _rows(Service.objects.visible_to(actor)).filter(name_key__startswith=key).order_by("name_key")[:PAGE]
    shipped = [one for one in _nationals(actor, own=True).values() if one.listing.name.casefold().startswith(key)]
    return (*shipped, *(_view(actor, row) for row in rows))


@reads(permissions.EXCHANGE_SERVICES)
def arrivals(actor: Actor) -> tuple[ArrivalView, ...]:
    """The files of listings that one's agency brought in, newest first."""
    rows = Arrival.objects.visible_to(actor).defer("rows").order_by("-given_at")[:PAGE]
    return tuple(_arrival(row) for row in rows)


@reads_one(permissions.EXCHANGE_SERVICES, Arrival)
def arrival(actor: Actor, row: Arrival) -> ArrivalView:
    """One file of listings."""
    return _arrival(row)


@reads_one(permissions.EXCHANGE_SERVICES, Arrival)
def rows_of(actor: Actor, row: Arrival) -> tuple[arriving.Row, ...]:
    """What was read from the file, row by row."""
    return arriving.unpacked(bytes(row.rows))


@reads(permissions.EXCHANGE_SERVICES)
def to_take_out(actor: Actor) -> Iterator[ServiceView]:
    """The listings that one's agency takes out: its own that are open to everybody, and national ones, by name."""
    rows = _rows(Service.objects.visible_to(actor)).filter(
        agency=actor.agency_id, audience=Service.Audience.EVERYBODY, state=Service.State.LISTED
    )
    views = [*_nationals(actor, own=True).values(), *(_view(actor, row) for row in rows)]
    return iter(sorted(views, key=lambda one: one.listing.name.casefold()))


def _rows(rows: QuerySet[Service]) -> QuerySet[Service]:
    return rows.select_related("agency", "confirmed_by__user")


def _matches(actor: Actor, rows: QuerySet[Service], asked: Asked, *, own: bool) -> Matches:
    keys = list(_candidates(rows, asked).values_list("pk", flat=True)[: LOOKED_AT + 1])  # sorted without their words
    found = _rows(rows.filter(pk__in=keys[:LOOKED_AT]))
    views = [*_nationals(actor, own=own).values(), *(_view(actor, row) for row in found)]
    fits = [(view, fitting.fit(view.listing, asked, actor.at)) for view in views]
    hits = _sorted(actor, [pair for pair in fits if pair[1]])
    covers = [each for _, each in fits if not each and "area" not in each.fails]
    none = None if hits else fitting.none_fits(asked, covers)
    instead = () if hits else _sorted(actor, [pair for pair in fits if pair[0].national and _serves(pair[1])])
    return Matches(hits[:PAGE], len(hits), none, instead, len(keys) > LOOKED_AT)


def _serves(fit: Fit) -> bool:
    return not set(fit.fails) - {"need", "closed"}


def _sorted(actor: Actor, pairs: list[tuple[ServiceView, Fit]]) -> tuple[Hit, ...]:
    day = actor.at.astimezone(LOCAL).date()
    pairs.sort(key=lambda pair: fitting.place_in_order(pair[0].listing, pair[1], _until(pair[0]), day))
    return tuple(Hit(view, fit, _one_line(fit)) for view, fit in pairs)


def _until(view: ServiceView) -> date | None:
    return fresh_until(view.confirmed_on)


def _one_line(fit: Fit) -> str:
    told = ", ".join(map(str, fit.line))
    return told[:1].upper() + told[1:]


def _candidates(rows: QuerySet[Service], asked: Asked) -> QuerySet[Service]:
    rows = rows.filter(state=Service.State.LISTED)
    if asked.place is not None:
        rows = rows.filter(pk__in=_tagged("area", _met_by(asked.place)))
    if asked.need:
        told = ServiceTag.objects.filter(kind="need", code=asked.need)
        rows = rows.filter(Q(pk__in=told.values("service")) | ~Q(tags__kind="need"))
    return rows.order_by(F("fresh_until").desc(nulls_last=True), "name_key")


def _met_by(place: Place) -> Q:
    met = Q(code__in=place.sure | place.maybe)
    if place.inside:
        met |= Q(code__in=districts_in(place.inside))  # by name: databases differ in the order of signs
    return met


def _tagged(kind: str, met: Q) -> QuerySet[ServiceTag, UUID]:
    return ServiceTag.objects.filter(met, kind=kind).values_list("service", flat=True)


def _view(actor: Actor, row: Service) -> ServiceView:
    return ServiceView(
        row.reference, row.version, msgspec.convert(row.says, Listing), row.agency.name, False,
        row.agency_id == actor.agency_id, row.audience, row.state == Service.State.GONE, row.source_name, "",
        row.confirmed_on, row.confirmed_by.user.name if row.confirmed_by else row.source_name,
        stale(row.fresh_until, actor.at.astimezone(LOCAL).date()), row.mended,
    )  # fmt: skip


def _nationals(actor: Actor, *, own: bool, whole: bool = False) -> Mapping[str, ServiceView]:
    """National services by code: with the last check by one's own agency, or on the open page by any. Those that a
    listing of one's own stands for are left out of lists.
    """
    whose = Q(agency=actor.agency_id) if own else Q(confirmed_on__lte=actor.at.astimezone(LOCAL).date())
    rows = NationalCheck.objects.filter(whose).select_related("confirmed_by__user").order_by("confirmed_on")
    checks = {check.code: check for check in rows}
    standing = Service.objects.filter(agency=actor.agency_id if own else None).exclude(stands_for="")
    replaced = set(standing.values_list("stands_for", flat=True))
    return {
        code: _shipped(actor, code, checks.get(code), code in replaced)
        for code in national_services()
        if whole or code not in replaced
    }


def _shipped(actor: Actor, code: str, check: NationalCheck | None, replaced: bool) -> ServiceView:
    fact = national_services()[code]
    on = check.confirmed_on if check else None
    return ServiceView(
        code, 0, national_listings()[code], "", True, False, Service.Audience.EVERYBODY, False, fact.source, fact.mark,
        on, check.confirmed_by.user.name if check else "",
        code not in NEVER_STALE and stale(fresh_until(on), actor.at.astimezone(LOCAL).date()), False, replaced,
    )  # fmt: skip


def _arrival(row: Arrival) -> ArrivalView:
    return ArrivalView(
        row.pk, row.version, row.name, row.source_name, row.form, row.state, row.given_at, row.total, row.rejected,
        row.done, row.made, row.changed, row.same, row.kept,
    )  # fmt: skip
