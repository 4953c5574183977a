"""Releases that wait for a second person, as one may see them who may know nothing of the case.

Nothing here opens a seal: kinds and numbers, how the person was told, what was checked. No name of anybody's, no
reference of a case, no word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.access.roles import Role
from joindots.chronology import permissions
from joindots.chronology.models import Disclosure
from joindots.chronology.rules import release
from joindots.chronology.rules.court import HOWS
from joindots.chronology.rules.disclosing.kinds import kinds_in_words
from joindots.chronology.rules.release import State
from joindots.chronology.tasks import grown_since
from joindots.circles.models import Circle
from joindots.circles.rules import BUDDY, RELEASE
from joindots.circles.tasks import may_release
from joindots.kernel.problems import NotFound


@dataclass(frozen=True, slots=True)
class ReleaseAsked:
    """What a second person needs to decide about a pack, and no more."""

    act: UUID
    agency: str
    asked_role: str
    asked_at: datetime
    lapses: datetime
    state: State
    own: bool
    """Whether it was asked by the reader's own agency: then the pack's page tells more."""
    mine: bool
    disclosure: UUID
    entries: int
    records: int
    enclosed: int
    left_out: int
    kept_back: tuple[tuple[str, int], ...]
    checked_files: int
    with_ocr: bool
    told_how: str
    told_at: datetime
    size: int
    sha256: str
    grown: bool


@reads(permissions.RELEASE)
def releases_waiting(actor: Actor) -> tuple[ReleaseAsked, ...]:
    """What waits for a second person and is this reader's to decide, oldest first."""
    rows = Disclosure.objects.filter(_near(actor), act__decision="asked", act__expires__gt=actor.at)
    found = rows.select_related("act__asked_by__agency", "act__circle", "told").order_by("act__asked_at")
    return tuple(_asked(actor, row) for row in found if row.act and may_release(actor, row.act))


@reads(permissions.RELEASE)
def release_asked(actor: Actor, act: UUID) -> ReleaseAsked:
    """One release. NotFound for whom it is not for, and once it is not open any more for a buddy agency."""
    rows = Disclosure.objects.filter(_near(actor), act=act)
    row = rows.select_related("act__asked_by__agency", "act__circle", "told").first()
    if row is None or row.act is None or not may_release(actor, row.act):
        raise NotFound
    asked = _asked(actor, row)
    if not asked.own and asked.state is not State.ASKED:
        raise NotFound
    if not asked.own:
        actor.record(row.circle_id, "chronology.release_looked_at", disclosure=row.pk)
    return asked


def _near(actor: Actor) -> Q:
    """Asked by somebody of the actor's agency in a case that the actor may know of, or of one whose buddy this is."""
    known = Q(circle__in=Circle.objects.visible_to(actor), act__asked_by__agency=actor.agency_id)
    return (known | Q(act__asked_by__agency__buddy=actor.agency_id, act__content=BUDDY)) & Q(act__act=RELEASE)


def _asked(actor: Actor, row: Disclosure) -> ReleaseAsked:
    act = row.act
    assert act is not None
    roles = ", ".join(Role(one).words for one in sorted(act.asked_by.role_set))
    return ReleaseAsked(
        act.pk, act.asked_by.agency.name, roles, act.asked_at, act.expires,
        release.state_at(row.state, actor.at, lapses=act.expires, ends=row.ends_at),
        act.asked_by.agency_id == actor.agency_id, act.asked_by.user_id == actor.user_id, row.pk, row.entries,
        row.records, row.enclosed, row.left_out, kinds_in_words(row.kept_back), row.checked_files, row.with_ocr,
        HOWS[row.told.how], row.told.told_at, row.size, row.sha256, grown_since(row),
    )  # fmt: skip
