"""The questions a part can answer for the others, typed once; the parts are loaded by name.

So a lower part can ask higher ones without knowing them, and a new part is one line in
`settings.PARTS`. A part answers in its module `answers` by functions of these names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID

from django.conf import settings

from joindots.access.actor import Actor
from joindots.kernel.dots import Binds, Dot, Due, Ended, Found, Held, Over
from joindots.kernel.words import Words

QUESTIONS = (
    "sides", "dots", "binds", "counts", "due", "found", "protected", "held", "ended", "over", "stays", "forget",
    "missed", "leaving", "taken_back", "owner_at",
)  # fmt: skip


def answering(question: str) -> Iterator[Any]:
    """The functions of all parts that answer this question, lowest part first."""
    assert question in QUESTIONS
    for module in _answerers(tuple(settings.PARTS)):
        if hasattr(module, question):
            yield getattr(module, question)


@lru_cache(maxsize=1)
def _answerers(parts: tuple[str, ...]) -> tuple[ModuleType, ...]:
    """The modules by which parts answer, looked for once: a module that is not there is looked for on the disk."""
    found = []
    for part in reversed(parts):
        try:
            found.append(import_module(f"joindots.{part}.answers"))
        except ModuleNotFoundError as missing:
            if missing.name != f"joindots.{part}.answers":
                raise
    return tuple(found)


def sides(membership_id: UUID, at: Any, owners: Collection[UUID]) -> dict[UUID, str]:
    """On which side the membership stands for each owner of seals; owners it does not know are absent.

    An owner belongs to one part alone, so a part is asked only for those of which no lower one told.
    """
    told: dict[UUID, str] = {}
    for answer in answering("sides"):
        left = [owner for owner in owners if owner not in told]
        told.update(answer(membership_id, at, left) if left else {})
    return told


def dots(actor: Actor, circle: UUID, **window: Any) -> Iterator[Dot]:
    """The dots of a circle that every part can show to this actor."""
    for answer in answering("dots"):
        yield from answer(actor, circle, **window)


def binds(actor: Actor, circle: UUID, *, terms: bool = False) -> list[Binds]:
    """When orders and bail bind, earliest first, of what the actor may know of: with the acts dated inside, or with
    their conditions instead.
    """
    found = [one for answer in answering("binds") for one in answer(actor, circle, terms)]
    return sorted(found, key=lambda one: (one.made, one.last is None, one.last or one.made))


def counts(actor: Actor, circle: UUID, **window: Any) -> Mapping[str, int]:
    """How many dots of each kind there are, by the same rule."""
    total: dict[str, int] = {}
    for answer in answering("counts"):
        for kind, number in answer(actor, circle, **window).items():
            total[kind] = total.get(kind, 0) + number
    return total


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> list[Due]:
    """What waits for these memberships until that day, of what the actor may know of: earliest first, at most so many
    of each part.
    """
    waiting = [one for answer in answering("due") for one in answer(actor, whose, until, most)]
    return sorted(waiting, key=lambda one: (one.on, one.kind))


def found(actor: Actor, typed: str) -> list[Found]:
    """What is met exactly by the words typed (a reference, name, number, plate), of what the actor may know of."""
    return [one for answer in answering("found") for one in answer(actor, typed)]


def protected(actor: Actor, circle: UUID) -> dict[str, str]:
    """Words of this circle that must not leave in a paper for another side, each with its kind."""
    return {word: kind for answer in answering("protected") for word, kind in answer(actor, circle).items()}


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> list[Held]:
    """What is held in a circle, by kind and count, of what the actor may know of; of these kinds alone, if any."""
    return [one for answer in answering("held") for one in answer(actor, circle, kinds)]


def ended(actor: Actor, circle: UUID) -> Ended | None:
    """How one circle ended, where the actor may know of it and it has ended: from then on it is kept by a rule."""
    return next((one for answer in answering("ended") for one in answer(actor, circle)), None)


def over(actor: Actor, asked: Over) -> list[list[Ended]]:
    """What ended long ago and the actor may know of: of each part that keeps such things a page, longest ago first."""
    return [list(answer(actor, asked)) for answer in answering("over")]


def stays(circle: UUID) -> Words | None:
    """Why a circle may not be erased now: the first reason of any part; None where nothing stops it."""
    return next((why for answer in answering("stays") if (why := answer(circle)) is not None), None)


def forget(circle: UUID) -> list[UUID]:
    """Every owner of keys that goes when a circle is erased (the circle itself, people only in it).

    A part in whose rows more than codes and times of its own stands clear deletes them when it is asked.
    """
    return [owner for answer in answering("forget") for owner in answer(circle)]


def owner_at(address: str) -> UUID | None:
    """Whose key seals what is written at an address of ours: a circle, a room of therapy; None where it is nobody's."""
    return next((owner for answer in answering("owner_at") if (owner := answer(address)) is not None), None)


def leaving(membership: UUID) -> tuple[Words, ...]:
    """Why a member's access cannot end yet: what every part names of theirs that nobody else has; empty where nothing
    is left.
    """
    return tuple(why for answer in answering("leaving") if (why := answer(membership)) is not None)


def taken_back(actor: Actor, consent: UUID) -> None:
    """Every part ends what rests on a consent that was taken back, in the same transaction."""
    for answer in answering("taken_back"):
        answer(actor, consent)


def missed(actor: Actor, model: Any, key: Any) -> None:
    """Note that an actor asked for a row that is not there for them."""
    for answer in answering("missed"):
        answer(actor, model, key)
