"""On whose side somebody must stand, which card counts, and whether what must never leave has grown since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from joindots.access.actor import Actor
from joindots.circles.models import Side
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.law.clocks import SYSTEMS, bank_holidays
from joindots.people.models import Identifier, Person, Presence, ProtectedWord, SafeContact
from joindots.people.rules.finding import ALSO, NAME, NOT_KNOWN, WORD, folded, indexed, marks_of_name
from joindots.people.rules.reaching import ASK_AGAIN, Card, Use, decoded, encoded, from_before, known_ways, marks_of_way
from joindots.vault.blind import blind, blind_all, generations


def protected_since(circle: UUID, at: datetime) -> bool:
    """Whether a word was added, a person or mark came in or a safe contact was set after this moment.

    Asked without any key, so that somebody who may read nothing (a buddy agency's second person) can be refused too.
    """
    people = Presence.objects.filter(circle=circle).values("person")
    return (
        ProtectedWord.objects.filter(circle=circle, added_at__gt=at).exists()
        or SafeContact.objects.filter(person__in=people, made_at__gt=at).exists()
        or Presence.objects.filter(circle=circle, person__made_at__gt=at).exists()
        or Identifier.objects.filter(person__in=people, at__gt=at).exists()
    )


def only_on_her_side(actor: Actor, circle: UUID) -> None:
    """NotFound unless the actor stands on the side of the person being stalked."""
    if actor.keys.side(circle) != Side.VICTIM:
        raise NotFound


def can_be_reached(actor: Actor, person: Person) -> None:
    """NotFound unless the actor stands on this person's side; a rule broken for the person reported.

    Where somebody stands in several circles, the narrowest side counts.
    """
    if actor.keys.side(person.pk) != Side.VICTIM:
        raise NotFound
    if Presence.objects.filter(person=person, stands_as=Presence.As.SUSPECT).exists():
        raise RuleBroken(words("reached_suspect", "Safe contact is not kept for the person reported."))


def card_row(person: UUID) -> SafeContact | None:
    """The version of somebody's card that counts."""
    return SafeContact.objects.select_related("by__user", "confirmed_by__user").filter(
        person=person, current=True
    ).first()  # fmt: skip


def card_in(actor: Actor, row: SafeContact) -> Card:
    """The card that a version holds; one from before there were cards is read as told in words alone.

    A way that bears a mark of the person reported in a case of theirs is known to that person, whoever entered it.
    """
    card = card_as_told(actor, row)
    return known_ways(card, ways_of_reported(row.person_id, card))


def card_for_gate(actor: Actor, person: UUID) -> Card | None:
    """The card as the gate asks it of something that goes to somebody else: nobody is shown it by this.

    NotFound unless the actor stands on this person's side.
    """
    can_be_reached(actor, Person.objects.get(pk=person))
    row = card_row(person)
    return card_in(actor, row) if row else None


def card_as_told(actor: Actor, row: SafeContact) -> Card:
    """The card as it was kept, before what is known of the person reported is looked at."""
    show = actor.keys.open
    if row.card:
        return decoded(show(row.card))
    told = {Use.TEXT: row.text_ok, Use.CALL: row.call_ok, Use.VOICEMAIL: row.voicemail_ok, Use.POST: row.post_ok}
    return from_before(
        number=show(row.number), times=show(row.times), address=show(row.address), say=show(row.say),
        uses=tuple(use for use, safe in told.items() if safe),
    )  # fmt: skip


def ways_of_reported(person: UUID, card: Card) -> frozenset[UUID]:
    """The ways of a card that are marks of somebody reported in a case of this person's: found unread, by index."""
    ways = [(one.id, mark) for one in card.ways for mark in marks_of_way(one)]
    marks = {
        index: way for generation in (generations() if ways else ())
        for (way, _), index in zip(ways, blind_all((mark for _, mark in ways), generation), strict=True)
    }  # fmt: skip
    theirs = Presence.objects.filter(person=person).values("circle")
    suspects = Presence.objects.filter(circle__in=theirs, stands_as=Presence.As.SUSPECT).exclude(person=person)
    found = Identifier.objects.filter(index__in=list(marks), person__in=suspects.values("person")) if marks else ()
    return frozenset(marks[bytes(one.index)] for one in found)


def closed_days() -> frozenset[date]:
    """The bank holidays of all three law systems: where somebody asked for none, any of them counts."""
    return frozenset(day for system in SYSTEMS for day in bank_holidays(system))


HARD = ("name", "number", "handle", "email")
"""Marks that are one person's. A place or a car is often a household's, and one word of a name anybody's."""


def other_standings(person: UUID, stands_as: str) -> QuerySet[Presence]:
    """Where somebody who bears a mark of this person's stands so, in any open circle here but for the person's own row.

    A name of one word alone is no mark: half a service is called so. Nor is another name against another name, of which
    the words are not known without a key; it is one against a whole name of several words.
    """
    mine = Identifier.objects.filter(person=person)
    several = mine.filter(kind=WORD).exists()
    marks = mine.filter(kind__in=HARD) if several else mine.filter(kind__in=HARD).exclude(kind=NAME)
    there = Identifier.objects.exclude(person=person)
    bearers = there.filter(index__in=list(marks.values_list("index", flat=True)), kind__in=(*HARD, *ALSO))
    called = list(mine.filter(kind__in=ALSO).values_list("index", flat=True))
    of_several = Exists(Identifier.objects.filter(person=OuterRef("person"), kind=WORD))
    named = there.filter(of_several, index__in=called, kind=NAME)
    return Presence.objects.filter(
        Q(person__in=bearers.values("person")) | Q(person__in=named.values("person")),
        stands_as=stands_as, circle__state="open",
    )  # fmt: skip


def named_standings(name: str, stands_as: str) -> QuerySet[Presence]:
    """Where somebody of this whole name stands so, in any open circle here. A name of one word alone is no mark."""
    several = marks_of_name(name)[1:]
    indexes = [blind(NAME, folded(name), generation) for generation in generations()] if several else []
    bearers = Identifier.objects.filter(kind__in=(NAME, *ALSO), index__in=indexes).values("person")
    return Presence.objects.filter(person__in=bearers, stands_as=stands_as, circle__state="open")


def named_in(circle: UUID, name: str) -> bool:
    """Whether somebody of this name, of more than one word, stands in the circle as the person being stalked."""
    return named_standings(name, Presence.As.VICTIM).filter(circle=circle).exists()


def names_in(actor: Actor, circle: UUID) -> dict[UUID, tuple[str, ...]]:
    """Every name of everybody who stands in the circle, the one they are called by first; none where none is known."""
    people = list(Person.objects.filter(presences__circle=circle))
    actor.keys.prepare(one.pk for one in people)
    found = {one.pk: [name] if (name := actor.keys.open(one.name)) != NOT_KNOWN else [] for one in people}
    for row in Identifier.objects.filter(person__in=people, kind__in=ALSO).select_related("person").order_by("id"):
        found[row.person_id].append(actor.keys.open(row.value))
    return {person: tuple(names) for person, names in found.items()}


OF_THEMSELVES = frozenset({"Presence", "Identifier", "WithdrawnMark", "TakenOff"})
"""Rows of people that tell who somebody is, and hold nothing that was done or said."""


def hanging_on(person: Person) -> list[str]:
    """What is recorded about somebody beside who they are, in words; asked of every kind of row that names people."""
    found = []
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if model.__name__ not in OF_THEMSELVES and model._base_manager.filter(**{relation.field.name: person}).exists():
            found.append(str(model._meta.verbose_name))
    return found


def follow_card(
    actor: Actor, person: Person, before: SafeContact | None, card: Card, change: str, *, confirmed: bool
) -> None:
    """Keep the next version, and let the one before count no more."""
    if before is not None:
        SafeContact.objects.filter(pk=before.pk).update(current=False)
    row = SafeContact(
        person=person, agency_id=person.agency_id, seq=before.seq + 1 if before else 1, change=change,
        made_at=actor.at, by_id=actor.membership_id, confirmed_at=actor.at, confirmed_by_id=actor.membership_id,
    )  # fmt: skip
    if before is not None and not confirmed:
        row.confirmed_at, row.confirmed_by_id = before.confirmed_at, before.confirmed_by_id
    row.due_on = london_day(row.confirmed_at + ASK_AGAIN)
    actor.keys.seal(row, card=encoded(card), number="", times="", address="", say="")
    row.save(force_insert=True)
    actor.record(
        person.agency_id, "people.safe_contact_set", book_kind="agency", person=person.pk, change=change,
        channels=[use.value for use in card.safe_uses],
    )  # fmt: skip


def note_known_ways(actor: Actor, reported: Person) -> None:
    """Where a mark of the person reported is a way on somebody's card of their case: it is known there from now on.

    A version of the card as it was told puts it on the desk of whoever has the case; were the mark a slip and
    withdrawn, the way would be free again. Without a card that the actor may open nothing is noted here; the gate asks
    the marks again before anything leaves.
    """
    theirs = Presence.objects.filter(person=reported, stands_as=Presence.As.SUSPECT).values("circle")
    others = Presence.objects.filter(circle__in=theirs).exclude(stands_as=Presence.As.SUSPECT)
    rows = SafeContact.objects.select_for_update(of=("self",)).filter(person__in=others.values("person"), current=True)
    for row in rows.select_related("person"):
        if actor.keys.side(row.person_id) != Side.VICTIM:
            continue
        told = card_as_told(actor, row)
        if row.change != SafeContact.Change.KNOWN and card_in(actor, row) != told:
            follow_card(actor, row.person, row, told, SafeContact.Change.KNOWN, confirmed=False)


def add_rows(actor: Actor, person: Person, marks: Iterable[tuple[str, str]]) -> None:
    """Keep marks as they are written, each under its blind index, with who and when."""
    generation = generations()[0]
    for kind, value in marks:
        row = Identifier(person=person, kind=kind, generation=generation, by_id=actor.membership_id, at=actor.at)
        row.index = blind(*indexed(kind, value), generation)
        actor.keys.seal(row, value=value)
        row.save(force_insert=True)
