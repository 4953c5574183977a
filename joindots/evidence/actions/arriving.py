"""A file arrives: its key is wrapped, its bytes settle in its circle's folder, its reading is queued."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import findings, permissions, rules
from joindots.evidence.models import Reading, SourceFile
from joindots.evidence.models.stored import drop_bytes, stored
from joindots.evidence.rules import keeping
from joindots.jobs import actions as jobs
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier

READ, REMOVE = "evidence.read", "evidence.remove"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a file: its id, the job that reads it, and whether it was here already."""

    source: int
    job: UUID | None
    before: bool


@writes(permissions.BRING_IN, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def bring_in(actor: Actor, case: Case, *, name: str, sealed: SealedFile, ask: bool = False) -> Arrived:
    """Keep a file, byte for byte, in the case's circle, and queue its reading.

    The same content in the same circle is one file: the second coming is noted and said. With `ask` somebody is
    asked what of a long file is taken in, before any of it is.
    """
    circle = case.circle_id
    owner_key = actor.keys.cabinet.key_or_new(circle, Tier.NARRATIVE, actor.at)
    address = files.address(owner_key, sealed.sha256)
    here = SourceFile.objects.filter(circle=circle, address=address).first()
    if here is not None:
        rules.can_bring_again(here.state).or_raise()
        sealed.path.unlink(missing_ok=True)
        actor.record(circle, "evidence.came_again", source=here.pk)
        return Arrived(here.pk, None, True)
    row = SourceFile(
        circle_id=circle, address=address, size=sealed.size, given_by_id=actor.membership_id, given_at=actor.at
    )
    actor.keys.seal(
        row, name=rules.tidy_name(name), sha256=sealed.sha256, file_key=stored(actor, circle, sealed, owner_key)
    )
    row.save(force_insert=True)
    if ask:
        _ask(actor, row)
    actor.record(circle, "evidence.brought_in", source=row.pk, size=sealed.size)
    job = jobs.start(actor, Ref(circle), kind=READ, subject=str(row.pk), total=sealed.size)
    return Arrived(row.pk, job, False)


def _ask(actor: Actor, source: SourceFile) -> None:
    """Begin the first reading so that it waits for a choice, if the file turns out to be long enough."""
    reading = Reading(circle_id=source.circle_id, source=source, generation=1, at=actor.at)
    actor.keys.seal_bytes(reading, "answers", findings.encoded_answers(()))
    actor.keys.seal_bytes(reading, "choice", keeping.encoded(keeping.Choice(ask=True)))
    reading.save()


@writes(permissions.REMOVE, SourceFile, when=lambda source: rules.can_remove(source.state))
def remove(actor: Actor, source: SourceFile) -> UUID:
    """Queue the removing of a file and all that was read from it, for good. The work's id.

    Not at once: a million records are deleted in small steps, and other files may hold records that count for
    nothing because one of this file stands for them. Of a closed case nothing is removed.
    """
    casework.can_work(casework.State(Case.objects.get(circle=source.circle_id).state)).or_raise()
    SourceFile.objects.filter(pk=source.pk).update(state=SourceFile.State.LEAVING)
    actor.record(source.circle_id, "evidence.removing", source=source.pk)
    return jobs.start(actor, Ref(source.circle_id), kind=REMOVE, subject=str(source.pk), total=source.size)


@writes(permissions.REMOVE, SourceFile)
def hide(actor: Actor, source: SourceFile) -> None:
    """Show nothing more of a file that is being removed. What its records stood for stands for itself by now."""
    source.readings.filter(state=Reading.State.HELD).update(state=Reading.State.PAST)
    actor.record(source.circle_id, "evidence.hidden", source=source.pk)


@writes(permissions.REMOVE, SourceFile)
def keep_after_all(actor: Actor, source: SourceFile) -> None:
    """A removing that was stopped before anything was gone is undone; later there is nothing to keep."""
    for state in (Reading.State.CHOOSING, Reading.State.HELD):
        if source.readings.filter(state=state).exists():
            SourceFile.objects.filter(pk=source.pk).update(state=state.value)
    actor.record(source.circle_id, "evidence.removing_stopped", source=source.pk)


@writes(permissions.REMOVE, SourceFile)
def end_removing(actor: Actor, source: SourceFile) -> None:
    """Remove what is left of a file whose records are deleted: its bytes, then its row. The trail remembers it."""
    circle = source.circle_id
    addresses = [source.address, *source.exhibits.values_list("address", flat=True)]
    actor.record(circle, "evidence.removed", source=source.pk)
    source.delete()
    drop_bytes(circle, addresses)
