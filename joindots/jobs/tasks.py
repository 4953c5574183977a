"""The queue's side of a job: a task that carries an id, wakes the job, and keeps only a code.

The queue would store a traceback as text, and its words could be somebody's: nothing escapes here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django_tasks import task

from joindots.access import door
from joindots.access.actor import Actor
from joindots.agencies.actors import actor_as
from joindots.jobs import rules
from joindots.jobs.models import Job
from joindots.kernel.problems import Problem

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a step says after each batch."""

    step: str
    done: int
    total: int


class Worker(Protocol):
    """What a part gives for a kind of work: goes on from where it was, and forgets what it began."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]: ...

    def forget(self, actor: Actor, job: Job) -> None: ...


@task()
def wake(job_id: str) -> str:
    """Run a job if it is to be had. The result is a code."""
    return run(UUID(job_id))


def run(job_id: UUID) -> str:
    """Take the job's lease, run it to its end or stop, and note how it ended."""
    if not _take(job_id):
        return "taken"
    job = Job.objects.select_related("membership").get(pk=job_id)
    try:
        code = _work(job, _worker(job.kind))
    except Problem as problem:
        code = _end(job, rules.State.REFUSED, problem.reason.code)
    except Exception as fault:
        # The kind of fault is kept, never its words.
        log.exception("job failed")
        code = _end(job, rules.State.REFUSED, f"fault:{type(fault).__name__}"[:40])
    return code


def _work(job: Job, worker: Worker) -> str:
    actor = actor_as(job.membership, datetime.now(UTC))
    try:
        for progress in worker.run(actor, job):
            door.close(actor)
            if not _note(job, progress):
                worker.forget(actor, job)
                return _end(job, rules.State.STOPPED, "stopped")
    finally:
        door.close(actor)
    return _end(job, rules.State.DONE, "done")


def _take(job_id: UUID) -> bool:
    """The lease, by one update: two workers never both have it."""
    at = datetime.now(UTC)
    free = Q(state=rules.State.QUEUED) | Q(state=rules.State.RUNNING, lease_until__lte=at)
    with transaction.atomic():
        return bool(
            Job.objects.filter(free, pk=job_id, attempts__lt=rules.MOST_ATTEMPTS).update(
                state=rules.State.RUNNING, lease_until=at + rules.LEASE, attempts=F("attempts") + 1
            )
        )


def _note(job: Job, progress: Progress) -> bool:
    """Keep the progress and renew the lease; False when a stop was asked for."""
    Job.objects.filter(pk=job.pk).update(
        step=progress.step, done=progress.done, total=progress.total, lease_until=datetime.now(UTC) + rules.LEASE
    )
    return not Job.objects.filter(pk=job.pk, stop_asked=True).exists()


def _end(job: Job, state: rules.State, code: str) -> str:
    Job.objects.filter(pk=job.pk).update(state=state, code=code, lease_until=None, ended_at=datetime.now(UTC))
    return code


def _worker(kind: str) -> Any:
    module, name = settings.JOBS[kind].rsplit(".", 1)
    return getattr(import_module(module), name)()


def wake_lapsed() -> int:
    """Queue again every job whose worker died, or whose waking was lost. How many.

    A waiting job is woken again only after `rules.PATIENCE`: in a long queue its first waking is still there.
    """
    at = datetime.now(UTC)
    died = Q(state=rules.State.RUNNING, lease_until__lte=at)
    lost = Q(state=rules.State.QUEUED) & (
        Q(lease_until__lte=at) | Q(lease_until=None, made_at__lte=at - rules.PATIENCE)
    )
    ids = list(Job.objects.filter(died | lost, attempts__lt=rules.MOST_ATTEMPTS).values_list("pk", flat=True)[:50])
    for job_id in ids:
        wake.enqueue(str(job_id))
    Job.objects.filter(pk__in=ids, state=rules.State.QUEUED).update(lease_until=at + rules.PATIENCE)
    worn_out = Job.objects.filter(died, attempts__gte=rules.MOST_ATTEMPTS)
    worn_out.update(state=rules.State.REFUSED, code="too_many_attempts", lease_until=None, ended_at=at)
    return len(ids)
