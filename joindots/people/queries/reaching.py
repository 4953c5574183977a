"""How somebody is reached safely, made for one reader: the line of a case's head, the card, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle, Side
from joindots.kernel.problems import NotFound
from joindots.people import permissions
from joindots.people.models import CodeWord, Person, Presence, SafeContact
from joindots.people.rules import reaching as rules
from joindots.people.rules.reaching import Card, Kind, Use
from joindots.people.tasks import can_be_reached, card_in, card_row


@dataclass(frozen=True, slots=True)
class Contact:
    """A person's first number and address with what to know before they are used."""

    number: str
    times: str
    say: str
    address: str
    channels: tuple[str, ...]
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """What to know before a person is contacted; neither number nor address, which are opened one at a time."""

    times: str
    say: str
    safe: tuple[str, ...]
    unsafe: tuple[str, ...]
    confirmed_at: datetime
    days: int
    """Whole days since somebody last confirmed it with the person."""


@dataclass(frozen=True, slots=True)
class SafeLine:
    """The one line that stands in the head of a case: what is safe, when, as whom. Empty words: never asked."""

    person: UUID
    words: str
    days: int = 0
    held_until: datetime | None = None
    may_leave: bool = False
    """Whether at least one way was proved, so that anything may leave at all."""


@dataclass(frozen=True, slots=True)
class CardVersion:
    """One version of a card, without what it says."""

    seq: int
    change: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CardPage:
    """A card with who confirmed it when, its history, and whether there is a code word."""

    person: UUID
    name: str
    version: int
    """Of the person: a form that changes the card hands it back."""
    card: Card
    confirmed_at: datetime | None
    confirmed_by: str
    days: int
    history: tuple[CardVersion, ...]
    code_set_at: datetime | None


@reads_one(permissions.SEE_CONTACT, Person)
def contact_of(actor: Actor, person: Person) -> Contact | None:
    """How a person may be reached; None if nothing is recorded. Never shown past the wall."""
    row = card_row(person.pk)
    if row is None:
        return None
    card = card_in(actor, row)
    return Contact(
        _first(card, Kind.NUMBER), card.times_words, card.say, _first(card, Kind.ADDRESS),
        tuple(use.value for use in card.safe_uses), row.confirmed_at,
    )  # fmt: skip


@reads_one(permissions.SEE_CONTACT, Person)
def reach_of(actor: Actor, person: Person) -> Reach | None:
    """How and when a person may be reached, and as whom; None if nothing is recorded. Never shown past the wall."""
    row = card_row(person.pk)
    if row is None:
        return None
    card = card_in(actor, row)
    kinds = {one.kind for one in card.ways} | {Kind.NUMBER, Kind.ADDRESS}
    unsafe = tuple(use for use in Use if use not in card.safe_uses and any(use in rules.USES[kind] for kind in kinds))
    return Reach(
        card.times_words, card.say, tuple(one.value for one in card.safe_uses), tuple(one.value for one in unsafe),
        row.confirmed_at, (actor.at - row.confirmed_at).days,
    )  # fmt: skip


@reads_one(permissions.SEE_CONTACT, Person)
def card_of(actor: Actor, person: Person) -> Card | None:
    """The card as it stands; None where there is none. For who is on the person's side alone."""
    can_be_reached(actor, person)
    row = card_row(person.pk)
    return card_in(actor, row) if row else None


@reads_one(permissions.SEE_CONTACT, Person)
def card_page(actor: Actor, person: Person) -> CardPage:
    """The card with its history; an empty card where nothing was asked yet."""
    can_be_reached(actor, person)
    row = card_row(person.pk)
    rows = SafeContact.objects.filter(person=person).select_related("by__user").order_by("-seq")
    code = CodeWord.objects.filter(person=person).first()
    return CardPage(
        person.pk, actor.keys.open(person.name), person.version, card_in(actor, row) if row else rules.EMPTY,
        row.confirmed_at if row else None, row.confirmed_by.user.name if row and row.confirmed_by else "",
        (actor.at - row.confirmed_at).days if row else 0, tuple(_version(one) for one in rows),
        code.set_at if code else None,
    )  # fmt: skip


@reads_one(permissions.SEE_CONTACT, Person)
def card_as_it_was(actor: Actor, person: Person, seq: int) -> Card:
    """What an earlier version said. NotFound where there is none of this number."""
    can_be_reached(actor, person)
    row = SafeContact.objects.filter(person=person, seq=seq).first()
    if row is None:
        raise NotFound
    return card_in(actor, row)


@reads_one(permissions.SEE_CONTACT, Person)
def value_of(actor: Actor, person: Person, way: UUID) -> str:
    """One number or address, shown because somebody asked for it: that they looked stands in the agency's book."""
    can_be_reached(actor, person)
    row = card_row(person.pk)
    found = card_in(actor, row).way(way) if row else None
    if found is None:
        raise NotFound
    actor.visit.note(person.agency_id, f"people.way.{found.kind}")
    return found.value


@reads_one(permissions.SEE_CONTACT, Circle)
def safe_line(actor: Actor, circle: Circle) -> SafeLine | None:
    """The line for the person being stalked in this circle; None past the wall, or where nobody stands as that."""
    if actor.keys.side(circle.pk) != Side.VICTIM:
        return None
    person = (
        Person.objects.filter(presences__circle=circle, presences__stands_as=Presence.As.VICTIM)
        .order_by("presences__id").first()
    )  # fmt: skip
    if person is None or actor.keys.side(person.pk) != Side.VICTIM:
        return None
    row = card_row(person.pk)
    if row is None:
        return SafeLine(person.pk, "")
    card = card_in(actor, row)
    held = card.held_until if card.held_until and card.held_until > actor.at else None
    proved = any(one.proved_at and one.trust == rules.Trust.FREE for one in card.ways)
    return SafeLine(person.pk, rules.line(card), (actor.at - row.confirmed_at).days, held, proved)


def _first(card: Card, kind: Kind) -> str:
    return next((one.value for one in card.of(kind)), "")


def _version(row: SafeContact) -> CardVersion:
    by = row.by.user.name if row.by else ""
    return CardVersion(row.seq, row.get_change_display(), by, row.made_at)
