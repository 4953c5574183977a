"""Who somebody of a case is, made for one reader: names, numbers, accounts, plates, and what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle, Side
from joindots.kernel.problems import NotFound
from joindots.people import permissions
from joindots.people.models import Identifier, Presence, TakenOff, WithdrawnMark
from joindots.people.rules.finding import ALSO_WORD, NAME, WORD
from joindots.people.rules.marks import SHOWN, shown


@dataclass(frozen=True, slots=True)
class Mark:
    """One name, number, account or plate as it stands or stood; who added it when, who withdrew it when and why."""

    id: UUID
    kind: str
    kind_words: str
    value: str
    by: str = ""
    at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody of a case: the marks that stand, and those that were withdrawn, newest first."""

    id: UUID
    name: str
    version: int
    stands_as: str
    stands_as_words: str
    marks: tuple[Mark, ...]
    withdrawn: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Off:
    """Somebody who stood in a case by mistake, and what stood of them."""

    name: str
    stood_as_words: str
    marks: tuple[tuple[str, str], ...]
    why: str
    by: str
    at: datetime


@reads_one(permissions.SEE_PEOPLE, Circle)
def person_page(actor: Actor, circle: Circle, person: UUID) -> PersonPage:
    """The page of one person of the circle.

    Past the wall only the person reported has one, without history: for everybody else there is nothing here.
    """
    row = Presence.objects.select_related("person").filter(circle=circle, person=person).first()
    ours = actor.keys.side(circle.pk) == Side.VICTIM
    if row is None or not (ours or row.stands_as == Presence.As.SUSPECT):
        raise NotFound
    here = row.person.identifiers.exclude(kind__in=(NAME, WORD, ALSO_WORD))
    gone = row.person.withdrawn_marks.all() if ours else row.person.withdrawn_marks.none()
    return PersonPage(
        row.person_id, actor.keys.open(row.person.name), row.person.version, row.stands_as,
        row.get_stands_as_display(),
        tuple(_mark(actor, one) for one in here.select_related("by__user", "person").order_by("id")),
        tuple(
            _withdrawn(actor, one)
            for one in gone.select_related("by__user", "withdrawn_by__user", "person").order_by("-withdrawn_at", "-id")
        ),
    )  # fmt: skip


@reads_one(permissions.SEE_PEOPLE, Circle)
def taken_off(actor: Actor, circle: Circle) -> tuple[Off, ...]:
    """Who was taken off the circle, newest first; nothing past the wall."""
    if actor.keys.side(circle.pk) != Side.VICTIM:
        return ()
    rows = TakenOff.objects.filter(circle=circle).select_related("by__user").order_by("-at", "-id")
    return tuple(
        Off(
            actor.keys.open(row.name), row.get_stood_as_display(), _lines(actor.keys.open(row.marks)),
            actor.keys.open(row.why), row.by.user.name, row.at,
        )
        for row in rows
    )  # fmt: skip


def _lines(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition("\t") for line in text.splitlines())
    return tuple((SHOWN.get(kind, kind), shown(kind, value)) for kind, _, value in pairs)


def _mark(actor: Actor, row: Identifier) -> Mark:
    value = shown(row.kind, actor.keys.open(row.value))
    return Mark(row.pk, row.kind, SHOWN.get(row.kind, row.kind), value, row.by.user.name if row.by else "", row.at)


def _withdrawn(actor: Actor, row: WithdrawnMark) -> Mark:
    return Mark(
        row.pk, row.kind, SHOWN.get(row.kind, row.kind), shown(row.kind, actor.keys.open(row.value)),
        row.by.user.name if row.by else "", row.at, row.withdrawn_by.user.name, row.withdrawn_at,
        actor.keys.open(row.why),
    )  # fmt: skip
