"""The worker's part: now and then it lets the rules look at circles in which something was recorded."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from uuid import UUID

from joindots.access import door
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.risk import actions
from joindots.risk.tasks.looking import waiting, who_looks

MOST = 20
log = logging.getLogger(__name__)


def look_around(at: datetime | None = None) -> int:
    """Look at the circles that wait for it, a few at a time, each in the name of who works there. How many.

    A fault in one keeps no other from being looked at, and the worker goes on.
    """
    now = at or datetime.now(UTC)
    looked = 0
    try:
        for circle in waiting(now, MOST * 10):
            looked += _look(circle, now)
            if looked == MOST:
                break
    except Exception:
        log.exception("looking around failed")
    return looked


def _look(circle: UUID, now: datetime) -> int:
    membership = who_looks(circle, now)
    if membership is None:
        return 0
    try:
        actor = actor_as(membership, now)
        actions.look(actor, Ref(circle))
        door.close(actor)
    except Exception:
        log.exception("looking at a risk failed")
        return 0
    return 1
