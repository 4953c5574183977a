"""The door: every public read and write of every part goes through here.

It asks, in this order: may this role do it, may this actor know of the row, is the version the one
that was seen, may it be done from this actor's side, does the row's state allow it. A write runs in a
transaction and is undone if it left no entry in the trail. `.may()` asks the same questions and does
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import F

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.permission import Permission
from joindots.audit import trail
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

GUARDED: list[Guarded] = []


@dataclass(frozen=True, slots=True)
class Ref:
    """Which row is meant, by reference or id, and the version the caller saw (None: any)."""

    key: str | int | UUID
    version: int | None = None


class NothingRecorded(Exception):
    """A write left no entry in the trail: a fault of ours, and everything is undone."""


class Named(Protocol):
    """What the door needs of a model: a column people refer to it by, and the book of its reads."""

    REFERENCE: str

    @property
    def book(self) -> UUID: ...


class Guarded:
    """A function behind the door."""

    def __init__(self, permission: Permission, run: Callable[..., Any], on: type[models.Model] | None) -> None:
        self.permission = permission
        self.run = run
        self.on = on
        self.__doc__ = run.__doc__
        self.__name__ = run.__name__
        self.__module__ = run.__module__
        GUARDED.append(self)

    def refuse_role(self, actor: Actor) -> None:
        """NotAllowed unless a role of the actor carries the permission."""
        role = actor.may(self.permission)
        if not role:
            raise NotAllowed(role.reason)

    def refuse(self, actor: Actor, row: Any) -> None:
        """NotAllowed where the actor's side in the row's circle may not use the permission."""
        allowed = self.allows(actor, row)
        if not allowed:
            raise NotAllowed(allowed.reason)

    def allows(self, actor: Actor, row: Any) -> Decision:
        """Whether a role of the actor carries the permission, and the actor's side in the row's circle may use it."""
        role = actor.may(self.permission)
        if role and self.permission.shut and actor.keys.side(row.book) == self.permission.shut:
            return no(
                "side_shut", "What was brought in and written down is not shown to your side. Ask for a released pack."
            )
        return role

    def load(self, actor: Actor, ref: Ref, *, lock: bool = False) -> Any:
        """The row, if the actor may know of it and has seen its newest version."""
        assert self.on is not None
        rows = self.on._default_manager.visible_to(actor, write=lock, picked=True)  # type: ignore[attr-defined]
        if lock:
            rows = rows.select_for_update(of=("self",))
        name = "pk" if isinstance(ref.key, UUID) else getattr(self.on, "REFERENCE", "pk")
        try:
            row = rows.get(**{name: ref.key})
        except (ObjectDoesNotExist, ValueError):
            actor.visit.misses(self.on, ref.key)
            raise NotFound from None
        if ref.version is not None and getattr(row, "version", ref.version) != ref.version:
            raise OutOfDate
        return row


class Read(Guarded, Generic[P, R]):
    """A query over what the actor may know of."""

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        self.refuse_role(actor)
        with _listing(actor):
            return self.run(actor, *args, **kwargs)  # type: ignore[no-any-return]

    def may(self, actor: Actor) -> Decision:
        """Whether the call would be let through."""
        return actor.may(self.permission)


class ReadOne(Guarded, Generic[P, R]):
    """A query about one row."""

    def __call__(self, actor: Actor, ref: Ref, /, *args: P.args, **kwargs: P.kwargs) -> R:
        self.refuse_role(actor)
        row = self.load(actor, ref)
        self.refuse(actor, row)
        actor.visit.read(row.book, self.permission.code)
        return self.run(actor, row, *args, **kwargs)  # type: ignore[no-any-return]

    def may(self, actor: Actor, ref: Ref) -> Decision:
        """Whether the call would be let through; NotFound stays NotFound."""
        return self.allows(actor, self.load(actor, ref))


class Make(Guarded, Generic[P, R]):
    """An action that needs no row yet."""

    def __call__(self, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        self.refuse_role(actor)
        with _recorded(actor, self.permission):
            return self.run(actor, *args, **kwargs)  # type: ignore[no-any-return]

    def may(self, actor: Actor) -> Decision:
        """Whether the call would be let through."""
        return actor.may(self.permission)


class Write(Guarded, Generic[P, R]):
    """An action on one row, asked of the row the door itself has locked."""

    def __init__(
        self, permission: Permission, run: Callable[..., Any], on: type[models.Model], when: Callable[[Any], Decision]
    ) -> None:
        super().__init__(permission, run, on)
        self.when = when

    def __call__(self, actor: Actor, ref: Ref, /, *args: P.args, **kwargs: P.kwargs) -> R:
        self.refuse_role(actor)
        with _recorded(actor, self.permission):
            row = self.load(actor, ref, lock=True)
            self.refuse(actor, row)
            self.when(row).or_raise()
            result = self.run(actor, row, *args, **kwargs)
            if hasattr(row, "version"):
                type(row)._default_manager.filter(pk=row.pk).update(version=F("version") + 1)
            return result  # type: ignore[no-any-return]

    def may(self, actor: Actor, ref: Ref) -> Decision:
        """Role, standing and state as for the call itself; NotFound stays NotFound."""
        row = self.load(actor, ref)
        allowed = self.allows(actor, row)
        if allowed and not self._changeable(actor, row):
            return no(
                "only_reading", "This is open to you for reading only. Ask whoever leads it to put you on its team."
            )
        return self.when(row) if allowed else allowed

    def _changeable(self, actor: Actor, row: Any) -> bool:
        """Whether the call would find the row: an emergency opening, or a share, may be for reading only.

        Asked once a visit for each kind of row and book, for a page asks of many deeds; anew after a deed.
        """
        of = (type(row), row.book)
        if of not in actor.visit.changeable:
            rows = type(row)._default_manager.visible_to(actor, write=True, picked=True)
            actor.visit.changeable[of] = rows.filter(pk=row.pk).exists()
        return actor.visit.changeable[of]


def reads(permission: Permission) -> Callable[[Callable[Concatenate[Actor, P], R]], Read[P, R]]:
    """A query over rows: `cases(actor, …)`."""
    return lambda run: Read(permission, run, None)


def reads_one(permission: Permission, on: type[M]) -> Callable[[Callable[Concatenate[Actor, M, P], R]], ReadOne[P, R]]:
    """A query about one row: called with a Ref, run with the row."""
    return lambda run: ReadOne(permission, run, on)


def makes(permission: Permission) -> Callable[[Callable[Concatenate[Actor, P], R]], Make[P, R]]:
    """An action that makes something new."""
    return lambda run: Make(permission, run, None)


def writes(
    permission: Permission, on: type[M], when: Callable[[M], Decision] = lambda _: YES
) -> Callable[[Callable[Concatenate[Actor, M, P], R]], Write[P, R]]:
    """An action on one row: called with a Ref, run with the locked row, if `when` allows its state."""
    return lambda run: Write(permission, run, on, when)


@contextmanager
def _listing(actor: Actor) -> Iterator[None]:
    before, actor.visit.listing = actor.visit.listing, True
    try:
        yield
    finally:
        actor.visit.listing = before


@contextmanager
def _recorded(actor: Actor, permission: Permission) -> Iterator[None]:
    """One transaction for the deed and its entries; an action inside another shares the outer one's."""
    visit = actor.visit
    before = len(visit.deeds)
    visit.depth += 1
    try:
        with transaction.atomic():
            yield
            if len(visit.deeds) == before:
                raise NothingRecorded(permission.code)
            if visit.depth == 1:
                trail.write(actor, visit.take_deeds())
    except BaseException:
        del visit.deeds[before:]
        raise
    finally:
        visit.depth -= 1
        visit.changeable.clear()


def close(actor: Actor) -> None:
    """Write what the visit read, opened and asked for in vain. Before this has committed, nothing may be sent."""
    missed = actor.visit.take_missed()
    if not missed:
        trail.write(actor, [*actor.visit.take_deeds(), *actor.visit.take_openings()])
        return
    with transaction.atomic():
        for model, key in missed:
            parts.missed(actor, model, key)
        trail.write(actor, [*actor.visit.take_deeds(), *actor.visit.take_openings()])
