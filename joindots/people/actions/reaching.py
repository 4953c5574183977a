"""Setting how somebody may be reached. No version is changed: each change is the next one, with who and when."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Side
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.people import permissions
from joindots.people.models import Person, Presence, SafeContact
from joindots.people.rules import reaching as rules
from joindots.people.rules.reaching import EMPTY, Card, Kind, Use, Way
from joindots.people.tasks import can_be_reached, card_as_told, card_in, card_row, ways_of_reported

Change = SafeContact.Change
LOOK_BACK = 50
"""Versions of a card among which an address is looked for that was taken off it."""


@writes(permissions.SET_CONTACT, Person)
def set_card(actor: Actor, person: Person, *, card: Card, moved: bool = False) -> None:
    """Set the whole card as it was told. What is not named is not safe.

    Proofs, holds and what the person reported knows are never taken from the caller: they follow from the version
    before (`rules.reaching.changed`). `moved` says that the address changed though none was known before.
    """
    can_be_reached(actor, person)
    row = card_row(person.pk)
    before = card_in(actor, row) if row else EMPTY
    fresh = rules.entered_anew(before, card)
    rules.can_be_theirs(fresh, ways_of_reported(person.pk, fresh)).or_raise()
    after = rules.changed(before, card, actor.at, moved=moved, left=_left(actor, person, before))
    rules.can_be(after).or_raise()
    change = Change.MOVED if after.held_since == actor.at else Change.TOLD
    _follow(actor, person, row, after, change, confirmed=True)


@writes(permissions.SET_CONTACT, Person)
def set_safe_contact(
    actor: Actor, person: Person, *, number: str, times: str, say: str = "", address: str = "",
    channels: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Keep what was told in words, where no more is known yet. A channel not named is not safe, and no machine sends
    anything until days and hours are entered and a way was proved.
    """
    can_be_reached(actor, person)
    row = card_row(person.pk)
    before = card_in(actor, row) if row else EMPTY
    uses = tuple(Use(one) for one in channels)
    told = rules.from_before(number=number, times=times, address=address, say=say, uses=uses)
    after = rules.changed(before, told, actor.at, left=_left(actor, person, before))
    _follow(actor, person, row, after, Change.MOVED if after.held_since == actor.at else Change.TOLD, confirmed=True)


@writes(permissions.SET_CONTACT, Person)
def confirm_card(actor: Actor, person: Person) -> None:
    """Note that the person was asked again and everything is still so."""
    can_be_reached(actor, person)
    row = card_row(person.pk)
    if row is None:
        raise NotFound
    _follow(actor, person, row, card_in(actor, row), Change.CONFIRMED, confirmed=True)


@writes(permissions.SET_CONTACT, Person)
def note_proved(actor: Actor, person: Person, *, way: UUID) -> None:
    """Note that a way was confirmed by a round trip: from now on it may be used as the card says."""
    can_be_reached(actor, person)
    row = card_row(person.pk)
    card = card_in(actor, row) if row else EMPTY
    if row is None or card.way(way) is None:
        raise NotFound
    _follow(actor, person, row, rules.proved(card, way, actor.at), Change.PROVED, confirmed=False)


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
        if row.change != Change.KNOWN and card_in(actor, row) != told:
            _follow(actor, row.person, row, told, Change.KNOWN, confirmed=False)


def _left(actor: Actor, person: Person, card: Card) -> tuple[Way, ...]:
    """The addresses that somebody last had, where their card has none any more."""
    if card.of(Kind.ADDRESS):
        return ()
    rows = SafeContact.objects.filter(person=person, current=False).order_by("-seq")[:LOOK_BACK]
    return next((homes for row in rows if (homes := card_in(actor, row).of(Kind.ADDRESS))), ())


def _follow(
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
    row.due_on = london_day(row.confirmed_at + rules.ASK_AGAIN)
    actor.keys.seal(row, card=rules.encoded(card), number="", times="", address="", say="")
    row.save(force_insert=True)
    actor.record(
        person.agency_id, "people.safe_contact_set", book_kind="agency", person=person.pk, change=change,
        channels=[use.value for use in card.safe_uses],
    )  # fmt: skip
