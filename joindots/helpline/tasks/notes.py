"""How words reach a contact's sealed columns: what was said of a field, lines of the note, marks to be met again by."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from joindots.access.actor import Actor
from joindots.helpline.models import CallerMark, Contact, Line
from joindots.helpline.rules import finding, marks, sheet
from joindots.kernel.ids import uuid7
from joindots.vault.blind import blind, generations

_MET_BY = {"called": CallerMark.Kind.NAME, "number": CallerMark.Kind.NUMBER}


def _open_sayings(actor: Actor, row: Contact, place: str) -> sheet.Sayings:
    """What was said so far in one sealed column."""
    return sheet.decoded(actor.keys.open(getattr(row, place)))


def put_said(actor: Actor, row: Contact, field: str, value: str, line: int = 0) -> None:
    """Put what was said of a field into its sealed column; the row is saved by the caller."""
    place = sheet.place_of(field)
    sayings = sheet.with_said(_open_sayings(actor, row, place), field, value, actor.at, line)
    actor.keys.seal(row, **{place: sheet.encoded(sayings)})
    if field in _MET_BY:
        put_mark(actor, row, _MET_BY[field], value)


def put_mark(actor: Actor, row: Contact, kind: str, value: str) -> None:
    """Let the caller be met again by this; an empty value lets them be met by it no more."""
    compared = finding.compared(kind, value)
    mark = CallerMark.objects.filter(contact=row, kind=kind).first()
    if not compared:
        if mark is not None:
            mark.delete()
        return
    mark = mark or CallerMark(circle_id=row.circle_id, contact=row, agency_id=row.agency_id, kind=kind)
    mark.generation = generations()[0]
    mark.index = blind(mark.indexed, compared, mark.generation)
    actor.keys.seal(mark, value=compared)
    mark.save()


def put_lines(actor: Actor, row: Contact, told: Sequence[marks.Line], first: UUID | None = None) -> list[int]:
    """Add lines to the note, in order; their numbers. `first` is the id of the first one, where the page gave it."""
    newest = Line.objects.filter(contact=row).order_by("-number").values_list("number", flat=True).first() or 0
    numbers = []
    for place, one in enumerate(told):
        line = Line(
            id=first if place == 0 and first else uuid7(), circle_id=row.circle_id, contact=row,
            number=newest + place + 1, kind=one.kind, at=actor.at, by_id=actor.membership_id,
        )  # fmt: skip
        actor.keys.seal(line, words=one.words)
        line.save(force_insert=True)
        numbers.append(line.number)
    return numbers
