"""Writing the directory: listings added, corrected, confirmed, taken off; files of listings taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.directory import permissions
from joindots.directory.models import Arrival, NationalCheck, Service, ServiceTag
from joindots.directory.rules import arriving
from joindots.directory.rules.arriving import Arrived
from joindots.directory.rules.listing import Listing, can_be_listed, fresh_until, kept_secret, line
from joindots.directory.rules.national import national_listings
from joindots.directory.rules.secret import pieces_of
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words

AT_ONCE = 100
"""Rows of a file that are taken in by one transaction: it holds the writer for well under 100 ms."""
FILES_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """How far a file is taken in."""

    done: int
    total: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do."""
        return self.done >= self.total


@makes(permissions.EDIT_SERVICE)
def add_service(
    actor: Actor, listing: Listing, *, everybody: bool, confirmed: bool = False, stands_for: str = ""
) -> str:
    """List a service for one's own agency; its reference. `confirmed`: somebody asked the service today."""
    can_be_listed(listing).or_raise()
    if stands_for and stands_for not in national_listings():
        raise NotFound
    if stands_for and Service.objects.filter(agency=actor.agency_id, stands_for=stands_for).exists():
        raise RuleBroken(words("stands_already", "A listing of your own stands for this one. Correct that one."))
    row = Service(
        agency_id=actor.agency_id, stands_for=stands_for, mended=True,
        audience=Service.Audience.EVERYBODY if everybody else Service.Audience.OWN,
    )  # fmt: skip
    _say(row, listing)
    if confirmed:
        _confirm(actor, row)
    row.save(force_insert=True)
    _tag(row, listing)
    actor.record(actor.agency_id, "directory.added", book_kind="agency", service=row.pk, stands_for=stands_for)
    return row.reference


@writes(permissions.EDIT_SERVICE, Service)
def correct_service(actor: Actor, row: Service, listing: Listing, *, everybody: bool, confirmed: bool = False) -> None:
    """Correct a listing of one's own agency. From then on a file no longer changes it."""
    if row.says.get("place_secret") and not listing.place_secret:
        raise RuleBroken(
            words("stays_secret", "This service keeps its place secret. Take the listing off and add a new one if that "
                  "has changed.")
        )  # fmt: skip
    can_be_listed(listing).or_raise()
    _say(row, listing)
    row.audience = Service.Audience.EVERYBODY if everybody else Service.Audience.OWN
    row.mended = True
    if confirmed:
        _confirm(actor, row)
    row.save(update_fields=("says", "name_key", "audience", "mended", "confirmed_on", "confirmed_by", "fresh_until"))
    _tag(row, listing)
    actor.record(row.agency_id, "directory.corrected", book_kind="agency", service=row.pk)


@writes(permissions.CONFIRM_SERVICE, Service)
def confirm_service(actor: Actor, row: Service, *, wait_days: int | None = None) -> None:
    """Somebody asked the service today and the listing is right; the wait as they told it, if they did."""
    if wait_days is not None:
        listing = replace(_listing(row), wait_days=wait_days, wait_told_on=_today(actor))
        _say(row, listing)
    _confirm(actor, row)
    row.save(update_fields=("says", "confirmed_on", "confirmed_by", "fresh_until"))
    actor.record(row.agency_id, "directory.confirmed", book_kind="agency", service=row.pk)


@makes(permissions.CONFIRM_SERVICE)
def confirm_national(actor: Actor, code: str) -> None:
    """Somebody asked a national service today and what ships of it is right."""
    if code not in national_listings():
        raise NotFound
    NationalCheck.objects.update_or_create(
        agency_id=actor.agency_id, code=code,
        defaults={"confirmed_on": _today(actor), "confirmed_by_id": actor.membership_id},
    )  # fmt: skip
    actor.record(actor.agency_id, "directory.confirmed", book_kind="agency", national=code)


def _listed(row: Service) -> Decision:
    return YES if row.state == Service.State.LISTED else no("gone_already", "This listing is taken off already.")


def _gone(row: Service) -> Decision:
    return YES if row.state == Service.State.GONE else no("listed_already", "This service is listed already.")


@writes(permissions.EDIT_SERVICE, Service, when=_listed)
def take_off(actor: Actor, row: Service) -> None:
    """The service is no longer there: it is found no more, and its page says so."""
    row.state = Service.State.GONE
    row.save(update_fields=("state",))
    actor.record(row.agency_id, "directory.taken_off", book_kind="agency", service=row.pk)


@writes(permissions.EDIT_SERVICE, Service, when=_gone)
def put_back(actor: Actor, row: Service) -> None:
    """It is there after all."""
    row.state = Service.State.LISTED
    row.save(update_fields=("state",))
    actor.record(row.agency_id, "directory.put_back", book_kind="agency", service=row.pk)


@makes(permissions.EXCHANGE_SERVICES)
def bring_in(actor: Actor, read: Arrived, *, name: str, source: str) -> UUID:
    """Keep what a file of listings says to be looked at; nothing is listed yet. `source` is whose file it is.

    The file is read before, by `rules.arriving.read_file`: no transaction waits for it.
    """
    since = actor.at - timedelta(days=1)
    if Arrival.objects.filter(agency=actor.agency_id, given_at__gte=since).count() >= FILES_A_DAY:
        raise RuleBroken(words("too_many_files_a_day", "{most} files came in today. Go on tomorrow.", most=FILES_A_DAY))
    total, rejected = arriving.counted(read.rows)
    row = Arrival.objects.create(
        agency_id=actor.agency_id, given_by_id=actor.membership_id, given_at=actor.at, source_name=line(source, 120),
        name=line(name, 120) or "file", form=read.form, rows=read.data, total=total,
        rejected=rejected,
    )  # fmt: skip
    actor.record(actor.agency_id, "directory.file_read", book_kind="agency", file=row.pk, rows=total, rejected=rejected)
    return row.pk


def _can_take(row: Arrival) -> Decision:
    if row.state == Arrival.State.TAKEN:
        return no("taken_already", "This file is taken in already. Bring it in again to see what changed.")
    return YES


@writes(permissions.EXCHANGE_SERVICES, Arrival, when=_can_take)
def take_in(actor: Actor, row: Arrival, *, everybody: bool = True) -> Taken:
    """Take in the next rows of a file. Rows dealt with are passed over, so a repeat after a break doubles nothing."""
    rows = arriving.unpacked(bytes(row.rows))
    part = [one for one in rows[row.done : row.done + AT_ONCE] if not one.why]
    known = {
        one.source_key: one
        for one in Service.objects.filter(agency=row.agency_id, source_key__in=[each.key for each in part])
    }
    fresh = [one for each in part if (one := _take(row, each, known.get(each.key), everybody)) is not None]
    Service.objects.bulk_create(one for one, _ in fresh)
    ServiceTag.objects.bulk_create(
        ServiceTag(service=one, kind=kind, code=code) for one, listing in fresh for kind, code in _wanted(listing)
    )
    row.done = min(row.done + AT_ONCE, row.total)
    row.state = Arrival.State.TAKEN if row.done >= row.total else Arrival.State.TAKING
    row.save(update_fields=("done", "state", "made", "changed", "same", "kept"))
    actor.record(row.agency_id, "directory.file_taken", book_kind="agency", file=row.pk, done=row.done, made=row.made,
                 changed=row.changed)  # fmt: skip
    return Taken(row.done, row.total)


@writes(permissions.EXCHANGE_SERVICES, Arrival)
def drop_file(actor: Actor, row: Arrival) -> None:
    """Remove a file of listings; what was taken in of it stays."""
    actor.record(row.agency_id, "directory.file_dropped", book_kind="agency", file=row.pk)
    row.delete()


def _take(
    arrival: Arrival, one: arriving.Row, known: Service | None, everybody: bool
) -> tuple[Service, Listing] | None:
    """Deal with one row; a new listing is given back, to be stored with the others."""
    if known is not None and known.mended:
        arrival.kept += 1
    elif one.listing is None:
        _take_gone(arrival, known)
    elif known is None:
        row = Service(
            agency_id=arrival.agency_id, source_key=one.key,
            audience=Service.Audience.EVERYBODY if everybody else Service.Audience.OWN,
        )  # fmt: skip
        _fill(row, arrival, one, one.listing)
        arrival.made += 1
        return row, one.listing
    elif known.digest == one.digest and known.state == Service.State.LISTED:
        arrival.same += 1
    else:
        _fill(known, arrival, one, one.listing)
        known.version += 1
        known.save()
        _tag(known, _listing(known))
        arrival.changed += 1
    return None


def _take_gone(arrival: Arrival, known: Service | None) -> None:
    if known is None or known.state == Service.State.GONE:
        arrival.same += 1
        return
    known.state = Service.State.GONE
    known.version += 1
    known.save(update_fields=("state", "version"))
    arrival.changed += 1


def _fill(row: Service, arrival: Arrival, one: arriving.Row, listing: Listing) -> None:
    """What the file says. A confirmation by somebody here stays where it is the newer one; a place once kept secret
    stays so, whatever a later file says.
    """
    if row.says and row.says.get("place_secret") and not listing.place_secret:
        listing = kept_secret(listing, pieces_of(*listing.address.split(",")))
    _say(row, listing)
    row.source_name, row.digest, row.state = arrival.source_name, one.digest, Service.State.LISTED
    if one.assured_on and (row.confirmed_on is None or one.assured_on > row.confirmed_on):
        row.confirmed_on, row.confirmed_by, row.fresh_until = one.assured_on, None, fresh_until(one.assured_on)


def _say(row: Service, listing: Listing) -> None:
    row.says = msgspec.to_builtins(listing)
    row.name_key = " ".join(listing.name.casefold().split())[:200]


def _listing(row: Service) -> Listing:
    return msgspec.convert(row.says, Listing)


def _confirm(actor: Actor, row: Service) -> None:
    row.confirmed_on, row.confirmed_by_id = _today(actor), actor.membership_id
    row.fresh_until = fresh_until(row.confirmed_on)


def _today(actor: Actor) -> date:
    return actor.at.astimezone(LOCAL).date()


def _wanted(listing: Listing) -> set[tuple[str, str]]:
    return {("area", code[:100]) for code in listing.areas} | {("need", code) for code in listing.needs}


def _tag(row: Service, listing: Listing) -> None:
    """What it is found by, as it now says."""
    wanted = _wanted(listing)
    have = {(one.kind, one.code): one.pk for one in row.tags.all()}
    ServiceTag.objects.filter(pk__in=[have[each] for each in set(have) - wanted]).delete()
    ServiceTag.objects.bulk_create(
        ServiceTag(service=row, kind=kind, code=code) for kind, code in sorted(wanted - set(have))
    )
