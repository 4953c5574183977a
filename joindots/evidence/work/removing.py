"""Removing a file and all that was read from it."""

from __future__ import annotations

from collections.abc import Iterator

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.evidence import actions, queries
from joindots.evidence.work.grouping import clear, group
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress


class RemoveFile:
    """Removes one file. `job.subject` is its id.

    First what its records stood for counts by itself again; only then is it hidden, deleted in small steps, and the
    files that are left are compared anew. An act may be counted twice on the way; none is ever lost.
    """

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Goes on after a kill from wherever it was."""
        case = casework.of_circle(actor, Ref(job.circle_id))
        ref, size = Ref(int(job.subject)), job.total
        if any(one.id == ref.key for one in queries.files_of(actor, case)):
            yield Progress("clear", 0, size)
            clear(actor, ref)
            actions.hide(actor, ref)
            while actions.drop_reading(actor, ref):
                yield Progress("drop", 0, size)
            actions.end_removing(actor, ref)
        yield Progress("gone", size, size)
        compared: set[int] = set()
        for one in queries.held_sources(actor, case):
            if one.source not in compared:
                for _ in group(actor, Ref(one.source), compared):
                    yield Progress("gone", size, size)
        yield Progress("ready", size, size)

    def forget(self, actor: Actor, job: Job) -> None:
        """Stopped: the file stays, if all of it is there."""
        actions.keep_after_all(actor, Ref(int(job.subject)))
