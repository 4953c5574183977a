"""Giving a file its reference as an exhibit: once, for good, and never to another file."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import ExhibitReference, Producer
from joindots.chronology.rules import referring
from joindots.evidence.models import Exhibit, SourceFile
from joindots.kernel.problems import NotFound


@writes(permissions.REFER, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def refer(
    actor: Actor, case: Case, *, name: str, initials: str, source: int | None = None, exhibit: UUID | None = None,
    number: int | None = None,
) -> str:  # fmt: skip
    """Give a file of the case (a source, or one found inside such) its reference: who produces it, and the next number
    of theirs, or a higher one where they count elsewhere too.
    """
    file = _file(case, source, exhibit)
    producer = _producer(actor, case, " ".join(name.split()), referring.tidy_initials(initials))
    before = _before(actor, case, file)
    referring.can_refer(before).or_raise()
    given = producer.last + 1 if number is None else number
    referring.can_number(given, producer.last).or_raise()
    producer.last = given
    producer.save()
    row = ExhibitReference(circle_id=case.circle_id, producer=producer, number=given, by_id=actor.membership_id,
                           at=actor.at)  # fmt: skip
    if isinstance(file, SourceFile):
        row.source = file
    else:
        row.exhibit = file
    actor.keys.seal(row, name=actor.keys.open(file.name), sha256=actor.keys.open(file.sha256))
    row.save(force_insert=True)
    actor.record(case.circle_id, "chronology.referred", reference=row.pk, number=given)
    return referring.reference_of(actor.keys.open(producer.initials), given)


def _file(case: Case, source: int | None, exhibit: UUID | None) -> SourceFile | Exhibit:
    if exhibit is not None:
        inside = Exhibit.objects.filter(circle=case.circle_id, pk=exhibit).first()
        if inside is not None:
            return inside
        raise NotFound
    files = SourceFile.objects.filter(circle=case.circle_id).exclude(state=SourceFile.State.LEAVING)
    whole = files.filter(pk=source).first() if source is not None else None
    if whole is None:
        raise NotFound
    return whole


def _producer(actor: Actor, case: Case, name: str, initials: str) -> Producer:
    """Who produces it: somebody who did before, or a new one, whose initials are nobody else's."""
    there = list(Producer.objects.filter(circle=case.circle_id))
    taken = [(actor.keys.open(row.name), actor.keys.open(row.initials)) for row in there]
    referring.can_produce(name, initials, taken).or_raise()
    for row, (_, theirs) in zip(there, taken, strict=True):
        if theirs == initials:
            return row
    made = Producer(circle_id=case.circle_id)
    actor.keys.seal(made, name=name, initials=initials)
    return made


def _before(actor: Actor, case: Case, file: SourceFile | Exhibit) -> str:
    """The reference that these bytes have already; empty for none. The same bytes are one exhibit."""
    sha256 = actor.keys.open(file.sha256)
    for row in ExhibitReference.objects.filter(circle=case.circle_id).select_related("producer"):
        if actor.keys.open(row.sha256) == sha256:
            return referring.reference_of(actor.keys.open(row.producer.initials), row.number)
    return ""
