"""A visit: what one request, job step or command opened and did, for the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from joindots.audit.trail import Draft
from joindots.kernel.ids import uuid7


@dataclass(slots=True)
class Visit:
    """Gathers openings and deeds until they are written.

    What a list opens goes into one entry of the agency's book that names the circles; what one row
    opens goes into that row's book.
    """

    agency_id: UUID | None
    id: UUID = field(default_factory=uuid7)
    listing: bool = False
    depth: int = 0
    deeds: list[Draft] = field(default_factory=list)
    opened: dict[UUID, set[str]] = field(default_factory=dict)
    listed: dict[UUID, set[str]] = field(default_factory=dict)
    reads: dict[UUID, set[str]] = field(default_factory=dict)
    missed: dict[tuple[Any, Any], None] = field(default_factory=dict)
    changeable: dict[tuple[Any, UUID], bool] = field(default_factory=dict)
    """Whether the actor may change rows of a kind in a book, as the door found it since the last deed."""

    def note(self, book: UUID, what: str) -> None:
        """A sealed field of this book was opened."""
        (self.listed if self.listing else self.opened).setdefault(book, set()).add(what)

    def shows(self, books: Iterable[UUID]) -> None:
        """A list showed rows of these books."""
        for book in books:
            self.listed.setdefault(book, set())

    def read(self, book: UUID, permission: str) -> None:
        """A row of this book was read through the door."""
        self.reads.setdefault(book, set()).add(permission)

    def misses(self, model: Any, key: Any) -> None:
        """Something was asked for that is not there, or not for this actor: told apart only when the visit ends."""
        self.missed[model, key] = None

    def take_missed(self) -> list[tuple[Any, Any]]:
        """What was asked for and not found so far, once."""
        missed, self.missed = list(self.missed), {}
        return missed

    def take_deeds(self) -> list[Draft]:
        """The deeds so far, once."""
        deeds, self.deeds = self.deeds, []
        return deeds

    def take_openings(self) -> list[Draft]:
        """The entries for everything read and opened so far, once."""
        drafts = [
            Draft(book, _kind(book, self.agency_id), "read", self._says(book))
            for book in sorted({*self.opened, *self.reads})
        ]
        if self.listed and self.agency_id:
            fields = sorted({what for whats in self.listed.values() for what in whats})
            says = {"books": sorted(str(book) for book in self.listed), "fields": fields}
            drafts.append(Draft(self.agency_id, "agency", "listed", says))
        self.opened, self.listed, self.reads = {}, {}, {}
        return drafts

    def _says(self, book: UUID) -> dict[str, Any]:
        return {"fields": sorted(self.opened.get(book, ())), "asked": sorted(self.reads.get(book, ()))}


def _kind(book: UUID, agency: UUID | None) -> str:
    return "agency" if book == agency else "circle"
