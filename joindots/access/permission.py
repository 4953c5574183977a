"""A permission is declared once, beside what it protects (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from joindots.access.roles import Role

REGISTRY: dict[str, Permission] = {}


@dataclass(frozen=True, slots=True)
class Permission:
    """What may be done, in words that finish "Your role does not let you …", and by which roles."""

    code: str
    words: str
    roles: frozenset[Role]
    shut: str = ""
    """The side of a circle from which it may never be done, whatever the role; empty where every side may."""
    visitors: bool = False
    """Whether it may be done without an account. Nothing that is about anybody ever is (0020)."""


def declare(code: str, words: str, roles: Iterable[Role], *, shut: str = "", visitors: bool = False) -> Permission:
    """Declare a permission. A code is declared once."""
    if code in REGISTRY:
        raise ValueError(f"The permission {code} is declared twice.")
    REGISTRY[code] = Permission(code, words, frozenset(roles), shut, visitors)
    return REGISTRY[code]
