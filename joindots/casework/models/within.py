"""What all rows of the work on a case share: their circle, who wrote them and when."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.vault.fields import Row

if TYPE_CHECKING:
    from joindots.access.actor import Actor

M = TypeVar("M", bound=models.Model)


def coded(known: Mapping[Any, str] | type[StrEnum]) -> list[tuple[str, str]]:
    """Choices as plain text, so that a migration holds no name of ours: codes with their words, or codes alone."""
    words = known if isinstance(known, Mapping) else {one.value: one.value for one in known}
    return [(str(code), text) for code, text in words.items()]


class OwnAgency(InCircle[M]):
    """Rows that stay in the agency whose work they are, whoever else may know of the circle."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> Self:
        """Those of circles that the actor may know of, written for the actor's own agency."""
        return super().visible_to(actor, write=write, picked=picked).filter(agency=actor.agency_id)


class OfCircle(Row):
    """A row of one circle, read in its book."""

    REFERENCE: ClassVar[str] = "pk"
    objects = InCircle.as_manager()

    class Meta:
        abstract = True

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id  # type: ignore[attr-defined, no-any-return]


class CaseRow(Row):
    """A row of the work on a case: whose circle, who wrote it, when."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id
