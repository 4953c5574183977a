"""The long work of orders: pressing the papers of an application, and searching every byte before any is kept."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.orders.actions import papers as actions
from joindots.orders.queries import papers as queries
from joindots.orders.queries.templates import template_bytes
from joindots.orders.work import pressing
from joindots.vault import scratch
from joindots.vault.files import SealedFile, Sealer

STEPS = 4


class MakePapers:
    """Makes the papers of one draft. `job.subject` is their id."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Pressed from the beginning again after a kill: papers are whole and checked, or not there."""
        ref = Ref(UUID(job.subject))
        if queries.paper(actor, ref).state != "making":  # it was kept, and the work was killed before it could say so
            yield Progress("ready", STEPS, STEPS)
            return
        printed, protected = queries.to_print(actor, ref)
        yield Progress("read", 1, STEPS)
        made = pressing.pressed(printed, protected, scratch.folder(), template_bytes(actor))
        yield Progress("set", 2, STEPS)
        hits = pressing.found_in(made, protected)
        yield Progress("checked", 3, STEPS)
        if queries.to_print(actor, ref)[1] != protected:
            raise RuleBroken(
                words("list_grew", "Meanwhile something was added to the list of what must never leave. Make it again.")
            )
        if hits:
            actions.block_papers(actor, ref, hits=hits)
        else:
            actions.keep_papers(actor, ref, sealed={what: _sealed(data) for what, data in made.items()})
        yield Progress("ready", STEPS, STEPS)

    def forget(self, actor: Actor, job: Job) -> None:
        """Delete the papers that were asked for."""
        actions.forget_papers(actor, Ref(UUID(job.subject)))


def _sealed(data: bytes) -> SealedFile:
    sealer = Sealer()
    try:
        sealer.write(data)
        return sealer.close()
    except BaseException:
        sealer.drop()
        raise
