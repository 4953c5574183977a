"""A file arrives: its key is wrapped, its bytes settle in its circle's folder, its reading is queued."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import permissions, rules
from joindots.evidence.models import SourceFile
from joindots.jobs import actions as jobs
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier

READ = "evidence.read"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a file: its id, the job that reads it, and whether it was here already."""

    source: int
    job: UUID | None
    before: bool


@writes(permissions.BRING_IN, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def bring_in(actor: Actor, case: Case, *, name: str, sealed: SealedFile) -> Arrived:
    """Keep a file, byte for byte, in the case's circle, and queue its reading.

    The same content in the same circle is one file: the second coming is noted and said.
    """
    circle = case.circle_id
    owner_key = actor.keys.cabinet.key_or_new(circle, Tier.NARRATIVE, actor.at)
    address = files.address(owner_key, sealed.sha256)
    here = SourceFile.objects.filter(circle=circle, address=address).first()
    if here is not None:
        sealed.path.unlink(missing_ok=True)
        actor.record(circle, "evidence.came_again", source=here.pk)
        return Arrived(here.pk, None, True)
    row = SourceFile(
        circle_id=circle, address=address, size=sealed.size, given_by_id=actor.membership_id, given_at=actor.at
    )
    actor.keys.seal(
        row, name=rules.tidy_name(name), sha256=sealed.sha256, file_key=base64.b64encode(sealed.key).decode()
    )
    row.save(force_insert=True)
    files.settle(sealed, circle, owner_key)
    actor.record(circle, "evidence.brought_in", source=row.pk, size=sealed.size)
    job = jobs.start(actor, Ref(circle), kind=READ, subject=str(row.pk), total=sealed.size)
    return Arrived(row.pk, job, False)


@writes(permissions.REMOVE, SourceFile)
def remove(actor: Actor, source: SourceFile) -> None:
    """Remove a file and all that was read from it, for good. That it was here stays in the trail."""
    places = [source.address, *source.exhibits.values_list("address", flat=True)]
    circle = source.circle_id
    actor.record(circle, "evidence.removed", source=source.pk)
    source.delete()
    for place in places:
        (files.folder() / circle.hex / place).unlink(missing_ok=True)
