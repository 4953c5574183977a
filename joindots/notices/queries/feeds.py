"""A member's own calendar: how many things wait on each day, and nothing of what they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.kernel.when import london_day
from joindots.notices import permissions
from joindots.notices.models import Feed
from joindots.notices.rules import calendars

AHEAD = timedelta(days=60)
MOST = 500


@reads(permissions.OWN_FEED)
def feed(actor: Actor, salt: str) -> bytes:
    """The calendar as a file: what waits for the actor in the next sixty days, counted by day."""
    until = london_day(actor.at + AHEAD)
    waiting = parts.due(actor, [actor.membership_id], until, MOST)
    return calendars.of_work([(one.on, one.at) for one in waiting], actor.at, salt)


@reads(permissions.OWN_FEED)
def own_feed(actor: Actor) -> datetime | None:
    """When the actor's secret address was made; None where there is none."""
    rows = Feed.objects.filter(membership=actor.membership_id, ended_at=None)
    return rows.values_list("made_at", flat=True).first()
