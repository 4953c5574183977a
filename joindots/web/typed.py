"""What a form or an address hands back as text, read once and never trusted: whole numbers and versions seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from joindots.access.door import Ref

T = TypeVar("T")
NOT_SEEN = -1
"""The version of no row: a window that names none is out of date."""


def whole(typed: str, otherwise: T, *, digits: int = 9) -> int | T:
    """The whole number that was typed, if it is one of no more than so many digits."""
    return int(typed) if typed.isdecimal() and len(typed) <= digits else otherwise


def seen(key: str | UUID, given: Mapping[str, str]) -> Ref:
    """The row that a form is about, with the version that stood in its window."""
    return Ref(key, whole(given.get("version", ""), NOT_SEEN))
