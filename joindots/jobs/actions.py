"""Starting, stopping and resuming long work."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.jobs import permissions, rules
from joindots.jobs.models import Job
from joindots.jobs.tasks import wake


@writes(permissions.START_JOB, Circle)
def start(actor: Actor, circle: Circle, *, kind: str, subject: str, total: int = 0) -> UUID:
    """Queue work in the actor's name; a worker is woken when this has committed."""
    job = Job.objects.create(
        circle=circle, membership_id=actor.membership_id, kind=kind, subject=subject, total=total, made_at=actor.at
    )
    actor.record(circle.pk, "jobs.started", job=job.pk, job_kind=kind)
    transaction.on_commit(lambda: _wake_later(job.pk))
    return job.pk


@writes(permissions.STEER_JOB, Job)
def stop(actor: Actor, job: Job) -> None:
    """Ask for a stop: the work ends at its next batch, and what it began is not kept."""
    rules.can_move(rules.State(job.state), rules.State.STOPPED).or_raise()
    job.stop_asked = True
    if job.state == rules.State.QUEUED:
        job.state, job.ended_at = rules.State.STOPPED, actor.at
    job.save(update_fields=("stop_asked", "state", "ended_at"))
    actor.record(job.circle_id, "jobs.stop_asked", job=job.pk)


@writes(permissions.STEER_JOB, Job)
def resume(actor: Actor, job: Job) -> None:
    """Queue stopped or refused work again; it goes on after its last whole batch."""
    rules.can_move(rules.State(job.state), rules.State.QUEUED).or_raise()
    job.state, job.stop_asked, job.ended_at, job.attempts, job.code = rules.State.QUEUED, False, None, 0, ""
    job.save(update_fields=("state", "stop_asked", "ended_at", "attempts", "code"))
    actor.record(job.circle_id, "jobs.resumed", job=job.pk)
    transaction.on_commit(lambda: _wake_later(job.pk))


def _wake_later(job: UUID) -> None:
    """Put the job's id, and nothing else, into the queue."""
    wake.enqueue(str(job))
