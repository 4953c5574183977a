"""References of exhibits: those that were given, and the files that could be given one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import ExhibitReference, Producer
from joindots.chronology.rules.referring import reference_of
from joindots.evidence.models import Exhibit, SourceFile


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """One file of a case: a source, or one found inside such; with its reference, if one was given."""

    name: str
    sha256: str
    size: int | None
    """None where the file was removed: its reference stays and is never given again."""
    source: int | None
    exhibit: UUID | None
    reference: str
    producer: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ProducerView:
    """Somebody who produces exhibits in a case, and the number that comes next."""

    name: str
    initials: str
    next: int


@reads_one(permissions.SEE_GROUPING, Case)
def exhibits(actor: Actor, case: Case) -> tuple[ExhibitView, ...]:
    """Every file of a case: first those with a reference, by initials and number, then the others as they came."""
    given = list(
        ExhibitReference.objects.filter(circle=case.circle_id).select_related("producer", "by__user").order_by("at")
    )
    of_source = {row.source_id: row for row in given if row.source_id}
    of_exhibit = {row.exhibit_id: row for row in given if row.exhibit_id}
    sources = SourceFile.objects.filter(circle=case.circle_id).exclude(state=SourceFile.State.LEAVING)
    inside = Exhibit.objects.filter(circle=case.circle_id).order_by("source", "id")
    found = [_view(actor, row, of_source.get(row.pk)) for row in sources.order_by("given_at", "pk")]
    found += [_view(actor, row, of_exhibit.get(row.pk)) for row in inside]
    found += [_gone(actor, row) for row in given if row.source_id is None and row.exhibit_id is None]
    return tuple(sorted(found, key=_by_reference))


@reads_one(permissions.SEE_GROUPING, Case)
def producers(actor: Actor, case: Case) -> tuple[ProducerView, ...]:
    """Who produces exhibits in a case."""
    rows = Producer.objects.filter(circle=case.circle_id).order_by("pk")
    return tuple(ProducerView(actor.keys.open(row.name), actor.keys.open(row.initials), row.last + 1) for row in rows)


@reads_one(permissions.SEE_GROUPING, Case)
def references(actor: Actor, case: Case) -> Mapping[str, tuple[str, str]]:
    """For each SHA-256 that has one: its reference and who produces it."""
    rows = ExhibitReference.objects.filter(circle=case.circle_id).select_related("producer")
    show = actor.keys.open
    return {
        show(row.sha256): (reference_of(show(row.producer.initials), row.number), show(row.producer.name))
        for row in rows
    }


@reads_one(permissions.SEE_GROUPING, SourceFile)
def reference_of_file(actor: Actor, source: SourceFile) -> str:
    """The reference of a file; empty where it has none."""
    row = ExhibitReference.objects.filter(source=source).select_related("producer").first()
    return reference_of(actor.keys.open(row.producer.initials), row.number) if row else ""


def _view(actor: Actor, row: SourceFile | Exhibit, given: ExhibitReference | None) -> ExhibitView:
    show = actor.keys.open
    source, exhibit = (row.pk, None) if isinstance(row, SourceFile) else (row.source_id, row.pk)
    return ExhibitView(show(row.name), show(row.sha256), row.size, source, exhibit, *_given(actor, given))


def _gone(actor: Actor, row: ExhibitReference) -> ExhibitView:
    show = actor.keys.open
    return ExhibitView(show(row.name), show(row.sha256), None, None, None, *_given(actor, row))


def _given(actor: Actor, row: ExhibitReference | None) -> tuple[str, str, str, datetime | None]:
    if row is None:
        return "", "", "", None
    show = actor.keys.open
    return reference_of(show(row.producer.initials), row.number), show(row.producer.name), row.by.user.name, row.at


def _by_reference(one: ExhibitView) -> tuple[bool, str, int]:
    initials, _, number = one.reference.partition("/")
    return not one.reference, initials, int(number or 0)
