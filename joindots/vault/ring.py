"""An actor's ring: opens sealed values the actor may read, and notes each for the trail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.words import words
from joindots.vault.fields import Sealed, SealedField, owner_of
from joindots.vault.keys import KeyCabinet, KeyGone
from joindots.vault.models import Tier
from joindots.vault.sealing import number_of, seal, unseal

Sides = Callable[[Collection[UUID]], Mapping[UUID, str]]
Note = Callable[[UUID, str], None]
VICTIM = "victim"
NOT_SHOWN = "not shown to your side"


class Ring:
    """Opens for one actor during one visit.

    `sides` says on which side the actor stands for each owner (absent: not at all); it is asked
    once an owner. The contact tier opens only where that side is the victim's.
    """

    def __init__(self, sides: Sides, note: Note, at: datetime, tiers: Collection[str] = tuple(Tier.values)) -> None:
        self._ask = sides
        self._note = note
        self._at = at
        self._sides: dict[UUID, str | None] = {}
        self.cabinet = KeyCabinet(tiers)

    def prepare(self, owners: Iterable[UUID]) -> None:
        """Ask for many owners at once, so that a list costs two queries and not two a row."""
        new = {owner for owner in owners if owner not in self._sides}
        if new:
            told = self._ask(new)
            self._sides.update({owner: told.get(owner) for owner in new})
            self.cabinet.load(owner for owner in new if told.get(owner))

    def side(self, owner: UUID) -> str | None:
        """On which side the actor stands for this owner, or None."""
        if owner not in self._sides:
            self.prepare((owner,))
        return self._sides[owner]

    def open(self, value: Any) -> str:
        """The text under a seal. NotFound where the actor does not stand, NotAllowed past the wall."""
        assert isinstance(value, Sealed)
        return self.open_bytes(value).decode("utf-8", "surrogatepass")

    def shown(self, value: Any) -> str:
        """The text under a seal, or words that say so where the actor’s side may not open its tier."""
        assert isinstance(value, Sealed)
        return self.open(value) if not value.blob or self.can_open(value.owner, value.tier) else NOT_SHOWN

    def open_bytes(self, value: Sealed) -> bytes:
        """The bytes under a seal, under the same rule."""
        if not value.blob:
            return b""
        key = self._key(value.owner, value.tier)
        self._note(value.book, f"{value.spot.table}.{value.spot.column}")
        return unseal(key, value.spot, value.blob)

    def can_open(self, owner: UUID, tier: str) -> bool:
        """Whether `open` would be let through, without opening."""
        side = self.side(owner)
        return side is not None and (tier != Tier.CONTACT or side == VICTIM)

    def seal(self, row: models.Model, **texts: str) -> None:
        """Seal texts into the row's columns, in memory; save the row afterwards.

        Sealing needs no standing: a helpline note is sealed by who may not read it again.
        """
        for name, text in texts.items():
            self.seal_bytes(row, name, text.encode("utf-8", "surrogatepass"))

    def seal_bytes(self, row: models.Model, name: str, plain: bytes) -> None:
        """Seal bytes into one column of a row, under the rule of `seal`."""
        field = row._meta.get_field(name)
        assert isinstance(field, SealedField)
        key = self.cabinet.key_or_new(owner_of(row), field.tier, self._at)
        number = number_of(row.__dict__.get(name) or b"") + 1
        row.__dict__[name] = seal(key, field.spot(row), plain, number)

    def _key(self, owner: UUID, tier: str) -> bytes:
        side = self.side(owner)
        if side is None:
            raise NotFound
        if tier == Tier.CONTACT and side != VICTIM:
            raise NotAllowed(
                words("contact_wall", "Where somebody is and how to reach them is not shown to your side.")
            )
        try:
            return self.cabinet.key(owner, tier)
        except KeyGone:
            raise NotFound from None
