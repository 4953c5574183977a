"""Rows of a force's feed that were not taken in, as whoever looks after the feed reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.casework import permissions
from joindots.casework.models import RejectedReport
from joindots.circles.tasks import leads_of

MOST = 200
LAST = 20


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that was not taken in. Once it is taken or put away, what it said is no longer there."""

    id: UUID
    version: int
    number: int
    told: tuple[tuple[str, str], ...]
    why: str
    waits: bool
    state: str
    sender: str
    came_at: datetime
    last_at: datetime
    times: int
    ended_at: datetime | None
    ended_by: str


@reads(permissions.SEE_FEED)
def feed_leads(actor: Actor) -> tuple[str, ...]:
    """Who of the actor's agency knows of every row that was not taken in, by name: whom others of it ask."""
    rows = leads_of(actor.agency_id, actor.at).select_related("user")
    return tuple(sorted(row.user.name for row in rows))


@reads(permissions.REPORT)
def rejected_reports(actor: Actor) -> tuple[Reject, ...]:
    """The rows that the actor may know of: those that wait, sent longest ago first; then those that ended last."""
    rows = RejectedReport.objects.visible_to(actor).filter(agency=actor.agency_id)
    found = [
        *rows.filter(state="waiting").order_by("last_at", "number")[:MOST],
        *rows.exclude(state="waiting").order_by("-ended_at")[:LAST],
    ]
    circles = [row.circle_id for row in found]
    actor.visit.shows(circles)
    actor.keys.prepare(circles)
    return tuple(_reject(actor, row) for row in found)


def _reject(actor: Actor, row: RejectedReport) -> Reject:
    told = json.loads(actor.keys.open(row.told) or "[]")
    return Reject(
        row.pk, row.version, row.number, tuple((name, text) for name, text in told), actor.keys.open(row.why),
        row.state == "waiting", row.get_state_display(), row.sender, row.came_at, row.last_at, row.times, row.ended_at,
        row.ended_by,
    )  # fmt: skip
