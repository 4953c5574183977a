"""Setting how somebody may be reached. No version is changed: each change is the next one, with who and when."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.kernel.problems import NotFound
from joindots.people import permissions
from joindots.people.models import Person, SafeContact
from joindots.people.rules import reaching as rules
from joindots.people.rules.reaching import EMPTY, Card, Kind, Use, Way
from joindots.people.tasks import can_be_reached, card_in, card_row, follow_card, ways_of_reported

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
    follow_card(actor, person, row, after, change, confirmed=True)


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
    change = Change.MOVED if after.held_since == actor.at else Change.TOLD
    follow_card(actor, person, row, after, change, confirmed=True)


@writes(permissions.SET_CONTACT, Person)
def confirm_card(actor: Actor, person: Person) -> None:
    """Note that the person was asked again and everything is still so."""
    can_be_reached(actor, person)
    row = card_row(person.pk)
    if row is None:
        raise NotFound
    follow_card(actor, person, row, card_in(actor, row), Change.CONFIRMED, confirmed=True)


@writes(permissions.SET_CONTACT, Person)
def note_proved(actor: Actor, person: Person, *, way: UUID) -> None:
    """Note that a way was confirmed by a round trip: from now on it may be used as the card says."""
    can_be_reached(actor, person)
    row = card_row(person.pk)
    card = card_in(actor, row) if row else EMPTY
    if row is None or card.way(way) is None:
        raise NotFound
    follow_card(actor, person, row, rules.proved(card, way, actor.at), Change.PROVED, confirmed=False)


def _left(actor: Actor, person: Person, card: Card) -> tuple[Way, ...]:
    """The addresses that somebody last had, where their card has none any more."""
    if card.of(Kind.ADDRESS):
        return ()
    rows = SafeContact.objects.filter(person=person, current=False).order_by("-seq")[:LOOK_BACK]
    return next((homes for row in rows if (homes := card_in(actor, row).of(Kind.ADDRESS))), ())
