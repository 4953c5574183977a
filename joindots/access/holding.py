"""What a part holds, said by its tables: which kinds, which columns a person may be shown, and what is kept back.

A part names its tables in `answers.HOLDS` by these; `held` counts them for a reader and opens them only when asked.
Whoever asks comes through the door with the circle: here only another agency's own rows are left out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from joindots.access.actor import Actor
from joindots.kernel.dots import Held, Piece
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.when import LOCAL
from joindots.kernel.words import Words, words
from joindots.vault.fields import Sealed, owner_of

NOT_OPENED = "not opened: it is closed to whoever made this copy"
OTHERS = words("held_others", "It is about somebody else.")
"""Why a kind is kept back: it tells of the person reported, a witness, or another caller."""
SECRET = words("held_secret", "Whoever knew it could pass for the person, or reach them.")
INSIDE = words("held_inside", "It is how the service itself works, and says nothing of the person.")
ELSEWHERE = words("held_elsewhere", "It is given in another way: as a file, on the page where it stands.")


@dataclass(frozen=True, slots=True)
class Holds:
    """A table: its model's label, what it holds in words, the columns that a copy shows, its way to a circle."""

    model: str
    what: Words
    shows: tuple[str, ...] = ()
    kept_back: Words | None = None
    path: str = "circle"
    own: str = ""
    """The way to its agency, where only that agency's rows are the actor's to see."""
    only: tuple[tuple[str, str, str], ...] = ()
    """Columns shown in some rows alone: the column, another of the row, and the value it must have there."""

    @property
    def table(self) -> type[models.Model]:
        """The model."""
        return apps.get_model(self.model)

    def rows(self, actor: Actor, circle: UUID) -> models.QuerySet[Any]:
        """The rows of a circle into which the door has let the actor, each once, oldest first."""
        here: dict[str, Any] = {self.path: circle}
        if "presences" in self.path:  # one person may stand in a circle as more than one
            here = {"pk__in": self.table._default_manager.filter(**here).values("pk")}
        if self.own:
            here[self.own] = actor.agency_id
        return self.table._default_manager.filter(**here).order_by("pk")


def held(actor: Actor, circle: UUID, tables: Iterable[Holds], kinds: Collection[str] = ()) -> Iterator[Held]:
    """Every kind of which there is something, counted; of these kinds alone, if any are named."""
    for one in tables:
        if kinds and one.model not in kinds:
            continue
        rows = one.rows(actor, circle)
        count = rows.count()
        if count:
            yield Held(one.model, one.what, count, one.kept_back, lambda one=one, rows=rows: _pieces(actor, one, rows))  # type: ignore[misc]


def _pieces(actor: Actor, told: Holds, rows: models.QuerySet[Any]) -> Iterator[Piece]:
    assert told.kept_back is None
    found = list(rows)
    if any(isinstance(getattr(row, name), Sealed) for row in found[:1] for name in told.shows):
        actor.keys.prepare({owner_of(row) for row in found})
    for row in found:
        hidden = {name for name, other, value in told.only if getattr(row, other) != value}
        said = ((_named(name), _text(actor, row, name)) for name in told.shows if name not in hidden)
        yield Piece(str(row.pk), _day(row), tuple((name, text) for name, text in said if text))


def _named(column: str) -> str:
    return column.replace("_", " ").capitalize()


def _text(actor: Actor, row: models.Model, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, Sealed):
        try:
            return _said(actor.keys.open(value))
        except (NotFound, NotAllowed):
            return NOT_OPENED
    shown = getattr(row, f"get_{name}_display", None)
    if shown and not isinstance(value, list):
        return str(shown())
    if isinstance(value, datetime):
        return f"{value.astimezone(LOCAL):%d %B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%d %B %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else _flat(value)


def _said(text: str) -> str:
    """Words as they are; a sheet of named values as its lines."""
    if text[:1] not in "[{":
        return text
    try:
        return _flat(json.loads(text))
    except ValueError:
        return text


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        said = ((_named(str(name)), _flat(inner)) for name, inner in value.items())
        return "\n".join(f"{name}: {text}" for name, text in said if text)
    if isinstance(value, list | tuple):
        return "\n".join(text for text in map(_flat, value) if text)
    return "" if value is None else str(value)


def _day(row: models.Model) -> date:
    """The day it was written down: that of its id, which carries the moment; today's ids are all of that form."""
    if isinstance(row.pk, UUID):
        return datetime.fromtimestamp((row.pk.int >> 80) / 1000, UTC).astimezone(LOCAL).date()
    given: datetime = getattr(row, "given_at")  # noqa: B009
    return given.astimezone(LOCAL).date()
