"""What rows of a circle share: who may know of them, and the book in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar
from uuid import UUID

from django.db import models

from joindots.circles.models import Circle
from joindots.vault.fields import Row

if TYPE_CHECKING:
    pass

M = TypeVar("M", bound=models.Model)


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
