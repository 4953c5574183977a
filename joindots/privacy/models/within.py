"""What rows of a circle share: who may know of them, and the book in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar
from uuid import UUID

from django.db import models

from joindots.circles.models import Circle, in_known
from joindots.vault.fields import Row

if TYPE_CHECKING:
    from joindots.access.actor import Actor

M = TypeVar("M", bound=models.Model)


class Within(models.QuerySet[M]):
    """Rows of circles by who may know of them."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> Within[M]:
        """Those of circles that the actor may know of."""
        return self.filter(in_known(actor, write=write, picked=picked), circle__state="open")


class CircleRow(Row):
    """A row of a circle."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")

    REFERENCE: ClassVar[str] = "id"

    class Meta:
        abstract = True

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id
