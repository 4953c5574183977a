"""What was agreed to, and who reads a case by a share, as their reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, Consent, Share
from joindots.casework.rules import agreeing
from joindots.casework.tasks import is_ours
from joindots.circles import queries as knowing
from joindots.kernel.when import london_day


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One thing that somebody agreed to."""

    id: UUID
    version: int
    item: str
    item_code: str
    whom: str
    agency: UUID | None
    whose: str
    purpose: str
    said: str
    how: str
    given_on: date
    until: date | None
    written_by: str
    written_at: datetime
    live: bool
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_said_by: str
    follows: str


@dataclass(frozen=True, slots=True)
class SharedWith:
    """One reader of a share, and what the trail says of them since."""

    name: str
    roles: str
    times: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class ShareView:
    """One share: who reads, what they can open, why, until when."""

    id: UUID
    version: int
    agency: str
    opens: str
    purpose: str
    basis: str
    why: str
    told: str
    by: str
    at: datetime
    until: date
    live: bool
    ended_at: datetime | None
    ended_by: str
    ended_why: str
    readers: tuple[SharedWith, ...]


ENDED_WORDS = {"": "", "ended": "ended by hand", "taken_back": "the consent was taken back"}


@reads_one(permissions.SEE_WORK, Case)
def consents(actor: Actor, case: Case) -> tuple[ConsentView, ...]:
    """The ledger of consent, newest first. What was taken back stays. Another agency sees what concerns itself."""
    known = Consent.objects.filter(circle=case.circle_id)
    rows = (
        (known if is_ours(actor, case) else known.filter(agency=actor.agency_id))
        .select_related("agency", "person", "written_by__user", "withdrawn_by__user")
        .order_by("-given_on", "-written_at")
    )  # fmt: skip
    found = list(rows)
    actor.keys.prepare({row.person_id for row in found if row.person_id})
    today = london_day(actor.at)
    return tuple(_consent(actor, row, today) for row in found)


@reads_one(permissions.SEE_WORK, Case)
def shares(actor: Actor, case: Case) -> tuple[ShareView, ...]:
    """Every share of a case, newest first, with who opened it since. Another agency sees its own."""
    known = Share.objects.filter(circle=case.circle_id)
    rows = list(
        (known if is_ours(actor, case) else known.filter(agency=actor.agency_id))
        .select_related("agency", "by__user", "ended_by__user").prefetch_related("readers__membership__user")
        .order_by("-at")
    )  # fmt: skip
    if not rows:
        return ()
    readers = {one.membership_id for row in rows for one in row.readers.all()}
    may = knowing.openings_of.may(actor, Ref(case.circle_id))
    since = min(row.at for row in rows)
    opened = knowing.openings_of(actor, Ref(case.circle_id), memberships=readers, since=since) if may else {}
    today = london_day(actor.at)
    return tuple(_share(actor, row, opened, today) for row in rows)


def _consent(actor: Actor, row: Consent, today: date) -> ConsentView:
    show = actor.keys.open
    live = row.withdrawn_at is None and (row.until is None or row.until >= today)
    return ConsentView(
        row.pk, row.version, row.get_item_display(), row.item, row.agency.name if row.agency else show(row.whom),
        row.agency_id, show(row.person.name) if row.person else "", show(row.purpose), show(row.said),
        row.get_how_display(), row.given_on, row.until, row.written_by.user.name, row.written_at, live,
        row.withdrawn_at, row.withdrawn_by.user.name if row.withdrawn_by else "", row.get_withdrawn_said_by_display(),
        show(row.follows),
    )  # fmt: skip


def _share(actor: Actor, row: Share, opened: dict[UUID, knowing.Openings], today: date) -> ShareView:
    show = actor.keys.open
    basis = "consent" if row.basis == agreeing.CONSENT else agreeing.bases().get(row.basis, row.basis)
    return ShareView(
        row.pk, row.version, row.agency.name, agreeing.SIDE_OPENS[row.side], show(row.purpose), basis, show(row.why),
        agreeing.TOLD_WORDS.get(row.told, ""), row.by.user.name, row.at, row.until,
        row.ended_at is None and row.until >= today, row.ended_at, row.ended_by.user.name if row.ended_by else "",
        ENDED_WORDS.get(row.ended_why, ""),
        tuple(_reader(one.membership, opened.get(one.membership_id)) for one in row.readers.all()),
    )  # fmt: skip


def _reader(member: Membership, opened: knowing.Openings | None) -> SharedWith:
    roles = ", ".join(role.words for role in sorted(member.role_set))
    return SharedWith(
        member.user.name, roles, opened.times if opened else 0, opened.first if opened else None,
        opened.last if opened else None,
    )  # fmt: skip
