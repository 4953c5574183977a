"""What must never leave: the list by kind as staff see it, and every word of it for who makes a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.people import permissions
from joindots.people.models import Identifier, Presence, ProtectedWord, SafeContact
from joindots.people.rules.protected import KIND_WORDS, Kind, parts_of
from joindots.people.rules.reaching import Kind as WayKind
from joindots.people.rules.reaching import Trust
from joindots.people.tasks import card_in, only_on_her_side

BY_ITSELF = {Presence.As.CHILD: Kind.CHILD, Presence.As.SECONDARY: Kind.BYSTANDER}
"""People whose names stand on the list by themselves. A witness is named in court, so a witness's name does not."""

IDENTIFIED = {"number": Kind.NUMBER, "email": Kind.EMAIL, "address": Kind.ADDRESS, "vehicle": Kind.VEHICLE}
"""Identifiers that reach or place somebody."""
GUARDS = {WayKind.NUMBER: Kind.NUMBER, WayKind.MAIL: Kind.EMAIL, WayKind.ADDRESS: Kind.ADDRESS}


@dataclass(frozen=True, slots=True)
class Guarded:
    """One row of the list: a word that somebody added, or that stands there by itself (`known_from`)."""

    kind: str
    word: str
    known_from: str = ""
    id: UUID | None = None
    version: int = 0
    by: str = ""
    at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""

    @property
    def kind_words(self) -> str:
        """The kind as people say it."""
        return KIND_WORDS[Kind(self.kind)]


@reads_one(permissions.SEE_PROTECTED, Circle)
def never_leaves(actor: Actor, circle: Circle) -> tuple[Guarded, ...]:
    """The list: what stands there by itself, then what was added, newest first; withdrawn rows stay in it.

    On the victim's side alone. For everybody else it is as if there were no such list.
    """
    only_on_her_side(actor, circle.pk)
    rows = ProtectedWord.objects.filter(circle=circle).select_related("added_by__user", "withdrawn_by__user")
    show = actor.keys.open
    return (
        *_known(actor, circle.pk),
        *(
            Guarded(
                row.kind, show(row.word), "", row.pk, row.version, row.added_by.user.name, row.added_at,
                row.withdrawn_by.user.name if row.withdrawn_by else "", row.withdrawn_at, show(row.withdrawn_why),
            )
            for row in rows.order_by("-added_at", "-id")
        ),
    )  # fmt: skip


@reads_one(permissions.SEE_PROTECTED, Circle)
def protected_words(actor: Actor, circle: Circle) -> dict[str, str]:
    """Everything to look for, with its kind: each word that stands, and the parts by which it is given away."""
    only_on_her_side(actor, circle.pk)
    rows = ProtectedWord.objects.filter(circle=circle, withdrawn_at=None).order_by("added_at", "id")
    listed = [*_known(actor, circle.pk), *(Guarded(row.kind, actor.keys.open(row.word)) for row in rows)]
    found: dict[str, str] = {}
    for one in listed:
        for kind, part in parts_of(one.kind, one.word):
            found.setdefault(part, kind)
    return found


def _known(actor: Actor, circle: UUID) -> Iterator[Guarded]:
    """What safe contact and people tell: everybody's ways but the suspect's, and children's names.

    A way that the person reported knows is no secret, and a term of an order may have to name it.
    """
    rows = list(
        Presence.objects.filter(circle=circle).exclude(stands_as=Presence.As.SUSPECT)
        .select_related("person").order_by("stands_as", "id")
    )  # fmt: skip
    actor.keys.prepare(row.person_id for row in rows)
    marks = Identifier.objects.filter(person__in=[row.person_id for row in rows], kind__in=IDENTIFIED).order_by("id")
    cards = SafeContact.objects.filter(person__in=[row.person_id for row in rows], current=True)
    reach = {row.person_id: card_in(actor, row) for row in cards}
    show = actor.keys.open
    for row in rows:
        says = row.get_stands_as_display()
        if row.stands_as in BY_ITSELF:
            yield Guarded(BY_ITSELF[Presence.As(row.stands_as)], show(row.person.name), f"{says}, in this case")
        ways = reach[row.person_id].ways if row.person_id in reach else ()
        told = {way.key for way in ways}
        for one in marks:
            if one.person_id == row.person_id and (value := show(one.value)) not in told:
                word = value.partition(":")[2] if value.startswith(("tel:", "mailto:")) else value
                yield Guarded(IDENTIFIED[one.kind], word, f"identifier of the {says}")
        for way in ways:
            if way.trust != Trust.KNOWN and (word := way.value.strip()):
                yield Guarded(GUARDS[way.kind], word, f"safe contact of the {says}")
