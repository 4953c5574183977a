"""What leaves with an agency, a few circles at a time: only circles the agency owns and the actor stands in."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from uuid import UUID

from django.db.models import Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.agencies.models import Membership
from joindots.audit.chain import FIRST
from joindots.audit.models import Book, Entry
from joindots.chronology.models import Pack
from joindots.circles import rules as circle_rules
from joindots.circles.models import Circle
from joindots.evidence.models import SourceFile
from joindots.kernel.problems import NotFound
from joindots.people.models import Presence
from joindots.transfer import permissions
from joindots.transfer.models import CaseSheet, TakeOut
from joindots.transfer.queries.tables import TABLES
from joindots.transfer.rules.leaving import tells
from joindots.vault import files

ENTRIES = 500


@dataclass(frozen=True, slots=True)
class Leaving:
    """One circle that leaves: its id, its case's reference if it has one, whether it was erased or holds any file."""

    circle: UUID
    case: str
    erased: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """One book: how long it is, its last digest, and its entries from the first."""

    seq: int
    head: str
    entries: Iterator[dict[str, Any]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SheetLeaving:
    """A spreadsheet from which cases came."""

    id: UUID
    name: str
    sha256: str
    size: int
    open: Callable[[], BinaryIO] = field(repr=False)


@reads_one(permissions.TAKE_OUT, TakeOut)
def circles_to_take(actor: Actor, row: TakeOut) -> tuple[Leaving, ...]:
    """Every circle of the agency in which the actor now stands, oldest first."""
    own = _owned(actor, row).values("pk")
    holding = {
        *SourceFile.objects.filter(circle__in=own).values_list("circle", flat=True),
        *Pack.objects.filter(circle__in=own).values_list("circle", flat=True),
        *CaseSheet.objects.filter(circle__in=own).values_list("circle", flat=True),
    }
    found = _owned(actor, row).order_by("pk").values_list("pk", "case__reference", "state")
    return tuple(Leaving(circle, case or "", state == "erased", circle in holding) for circle, case, state in found)


@reads_one(permissions.TAKE_OUT, TakeOut)
def rows_of(actor: Actor, row: TakeOut, table: str, circles: tuple[UUID, ...]) -> list[dict[str, Any]]:
    """The rows of one table that belong to these circles."""
    chosen = next(one for one in TABLES if one.name == table)
    return list(chosen.rows(actor, _owned(actor, row).filter(pk__in=circles)))


@reads_one(permissions.TAKE_OUT, TakeOut)
def members_of(actor: Actor, row: TakeOut) -> list[dict[str, Any]]:
    """Staff of the agency, and others who stand or stood in its circles: names, agencies, roles; nothing to sign in."""
    own = _owned(actor, row).values("pk")
    rows = Membership.objects.filter(Q(agency=row.circle.agency_id) | Q(standings__circle__in=own)).distinct()
    return [
        {
            "id": str(one.pk), "name": one.user.name, "agency": one.agency.name,
            "team": one.team.name if one.team else None, "roles": sorted(one.roles), "starts": one.starts.isoformat(),
            "ends": one.ends.isoformat() if one.ends else None,
        }
        for one in rows.select_related("user", "agency", "team").order_by("agency__name", "user__name", "pk")
    ]  # fmt: skip


@reads_one(permissions.TAKE_OUT, TakeOut)
def trail_of(actor: Actor, row: TakeOut, circle: UUID) -> Trail:
    """The book of one circle as it stands at this moment."""
    if not _owned(actor, row).filter(pk=circle).exists():
        raise NotFound
    return _book(circle, lambda _: True)


@reads_one(permissions.TAKE_OUT, TakeOut)
def agency_trail(actor: Actor, row: TakeOut) -> Trail:
    """The agency's own book. An entry that names what the asker may not know of leaves as its digest alone."""
    own = _owned(actor, row).values("pk")
    known = {str(row.pk), str(row.circle.agency_id)}
    known.update(map(str, Presence.objects.filter(circle__in=own).values_list("person", flat=True)))
    known.update(map(str, CaseSheet.objects.filter(circle__in=own).values_list("pk", flat=True)))
    staff = Membership.objects.filter(agency=row.circle.agency_id)
    known.update(str(one) for pair in staff.values_list("pk", "user") for one in pair)
    return _book(row.circle.agency_id, lambda entry: tells(entry.code, entry.content["says"], known))


def _book(owner: UUID, whole: Callable[[Entry], bool]) -> Trail:
    """A book up to this moment; entries that are not `whole` keep their place and digest, so that it still verifies."""
    book = Book.objects.filter(pk=owner).first()
    if book is None:
        return Trail(0, FIRST, iter(()))
    return Trail(
        book.seq, book.head,
        ({"digest": one.digest, "content": one.content if whole(one) else None} for one in _entries(owner, book.seq)),
    )  # fmt: skip


def _entries(owner: UUID, last: int) -> Iterator[Entry]:
    """The entries of a book in turn, some hundreds a query: a cursor left open bars the next write on SQLite."""
    done = 0
    rows = Entry.objects.filter(book=owner, seq__lte=last).order_by("seq")
    while page := list(rows.filter(seq__gt=done)[:ENTRIES]):
        yield from page
        done = page[-1].seq


@reads_one(permissions.TAKE_OUT, TakeOut)
def sheet_of(actor: Actor, row: TakeOut, circle: UUID) -> SheetLeaving | None:
    """The spreadsheet that a circle keeps; None where it keeps none."""
    found = CaseSheet.objects.filter(circle__in=_owned(actor, row).filter(pk=circle), circle__state="open").first()
    if found is None:
        return None
    path = files.folder() / found.circle_id.hex / found.address
    key, size, show = base64.b64decode(actor.keys.open(found.file_key)), found.size, actor.keys.open
    return SheetLeaving(found.pk, show(found.name), show(found.sha256), size, lambda: files.open_file(path, key, size))


def _owned(actor: Actor, row: TakeOut) -> QuerySet[Circle]:
    """The agency's circles that the actor may know of, without those of takings out; only for who asked."""
    if row.asked_by_id != actor.membership_id:
        raise NotFound
    known = Circle.objects.visible_to(actor).filter(agency=row.circle.agency_id)
    return known.exclude(acts__act=circle_rules.TAKE_OUT)
