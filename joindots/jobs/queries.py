"""Long work, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.circles.models import Circle
from joindots.jobs import permissions
from joindots.jobs.models import Job


@dataclass(frozen=True, slots=True)
class JobView:
    """One job: where it stands, how far it is, and how it ended."""

    id: UUID
    circle: UUID
    kind: str
    subject: str
    state: str
    step: str
    done: int
    total: int
    code: str
    started_by: str
    made_at: datetime
    ended_at: datetime | None

    @property
    def at_work(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("queued", "running")

    @property
    def state_words(self) -> str:
        """The state as people say it."""
        return {"queued": "waiting", "running": "under way", "refused": "could not be done"}.get(self.state, self.state)

    @property
    def percent(self) -> int:
        """How much is done, in whole per cent; 0 where the whole is not known."""
        return min(100, 100 * self.done // self.total) if self.total else 0


@reads_one(permissions.SEE_JOBS, Job)
def job(actor: Actor, row: Job) -> JobView:
    """One job."""
    return _view(row)


@reads_one(permissions.SEE_JOBS, Circle)
def jobs_of(actor: Actor, circle: Circle) -> tuple[JobView, ...]:
    """The last hundred jobs of a circle, newest first."""
    rows = circle.jobs.select_related("membership__user").order_by("-made_at")[:100]
    return tuple(_view(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Health:
    """How long work stands, and which folder packs are made in."""

    waiting: int
    running: int
    lapsed: int
    refused_today: int
    scratch_in_memory: bool


@reads(permissions.SEE_HEALTH)
def health(actor: Actor) -> Health:
    """Counts over the whole installation: numbers only, so they name no case."""
    states = Job.objects.aggregate(
        waiting=Count("pk", filter=Q(state="queued")),
        running=Count("pk", filter=Q(state="running")),
        lapsed=Count("pk", filter=Q(state="running", lease_until__lt=actor.at)),
        refused=Count("pk", filter=Q(state="refused", ended_at__gt=actor.at - timedelta(days=1))),
    )
    in_memory = settings.MEMORY in Path(settings.SCRATCH).parents
    return Health(states["waiting"], states["running"], states["lapsed"], states["refused"], in_memory)


def _view(row: Job) -> JobView:
    return JobView(
        row.pk, row.circle_id, row.kind, row.subject, row.state, row.step, row.done, row.total, row.code,
        row.membership.user.name, row.made_at, row.ended_at,
    )  # fmt: skip
