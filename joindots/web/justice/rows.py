"""Which form of a page was sent: what was typed comes back in that form alone, never in those of the other rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from django.http import QueryDict

from joindots.web.work.doing import Given


class HasId(Protocol):
    """A row of a list, known by its id."""

    @property
    def id(self) -> UUID:
        """Its id."""


One = TypeVar("One", bound=HasId)


def with_typed(rows: Iterable[One], given: Given) -> list[tuple[One, Given]]:
    """Each row with what was typed into its own forms; nothing for all others."""
    sent = given.get("row", "")
    return [(one, given if sent == str(one.id) else QueryDict()) for one in rows]


def typed_to(given: Given, deed: str) -> Given:
    """What was typed, if it was sent to do this; nothing otherwise."""
    return given if given.get("do") == deed else QueryDict()
