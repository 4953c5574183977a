"""Rules of a job (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no

LEASE = timedelta(seconds=30)
PATIENCE = timedelta(minutes=5)
"""How long a waiting job may wait before it is woken again."""
MOST_ATTEMPTS = 5


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"


NEXT: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.RUNNING, State.STOPPED}),
    State.RUNNING: frozenset({State.DONE, State.STOPPED, State.REFUSED, State.QUEUED}),
    State.STOPPED: frozenset({State.QUEUED}),
    State.REFUSED: frozenset({State.QUEUED}),
    State.DONE: frozenset(),
}


def can_take(now: State, lease_until: datetime | None, at: datetime) -> Decision:
    """A waiting job may be taken by anyone; a running one when its lease has lapsed."""
    if now is State.QUEUED or (now is State.RUNNING and (lease_until is None or lease_until <= at)):
        return YES
    return no("job_taken", "This work is {state}.", state=now)


def can_move(now: State, to: State) -> Decision:
    """Whether a job may pass from one state to another."""
    if to in NEXT[now]:
        return YES
    return no("job_state", "Work that is {now} cannot become {to}.", now=now, to=to)
