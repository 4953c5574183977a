"""What a form or an address hands back as text, read once and never trusted: references, numbers, versions seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from django.http import QueryDict

from joindots.access.door import Ref
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound, OutOfDate

T = TypeVar("T")
NOT_SEEN = -1
"""The version of no row: a window that names none is out of date."""


def whole(typed: str, otherwise: T, *, digits: int = 9) -> int | T:
    """The whole number that was typed, if it is one of no more than so many digits."""
    return int(typed) if typed.isdecimal() and len(typed) <= digits else otherwise


def membership_typed(typed: str) -> UUID | None:
    """The id that was handed back, if it is one."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def seen(key: str | UUID, given: Mapping[str, str]) -> Ref:
    """The row that a form is about, with the version that stood in its window."""
    return Ref(key, whole(given.get("version", ""), NOT_SEEN))


def again(given: QueryDict, status: int) -> QueryDict:
    """What a refused form shows again: what was typed. Nothing of it where somebody else was faster: then what stands
    now comes first, with its version, and `typed_again` puts what was typed back beside it.
    """
    return QueryDict() if status == OutOfDate.status else given


def case_ref(typed: str, version: str = "") -> Ref:
    """The case meant by a reference as typed; NotFound at once if it can be none."""
    reference = tidy_reference(typed)
    if reference is None:
        raise NotFound
    if version and not (version.isdecimal() and len(version) < 10):
        raise OutOfDate
    return Ref(reference, int(version) if version else None)
