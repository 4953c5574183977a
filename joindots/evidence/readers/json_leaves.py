"""The leaves of a JSON value: which can stand in a record, and which are listed as not understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from joindots.evidence.readers.records import NotUnderstood, Place

EXCERPT = 80
DEEPEST = 64
"""Levels that a value may have to stand in a record."""


class Doubled(dict[str, Any]):
    """An object in which a key came twice: the last value counts, the earlier ones are `lost`."""

    lost: tuple[tuple[str, Any], ...] = ()


class Odd(str):
    """A number that is none (NaN, Infinity) or has too many digits, as its text."""

    __slots__ = ()


def step(part: str | int) -> str:
    """One step of a JSON pointer, escaped."""
    return str(part).replace("~", "~0").replace("/", "~1")


def leaves_of(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Pointer and value of every leaf in `value`, in order. Null, [] and {} say nothing and are none."""
    waiting = [(pointer, value)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            lost = value.lost if isinstance(value, Doubled) else ()
            pairs = [*lost, *value.items()]
            waiting.extend((f"{place}/{step(key)}", child) for key, child in reversed(pairs))
        elif isinstance(value, list):
            waiting.extend((f"{place}/{index}", value[index]) for index in range(len(value) - 1, -1, -1))
        elif value is not None:
            yield place, value


def fits(value: Any) -> bool:
    """Whether a value can stand in a record as it is: no odd number, no doubled key, not too deep."""
    waiting = [(value, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, Odd | Doubled) or depth > DEEPEST:
            return False
        if isinstance(value, dict | list):
            waiting.extend((child, depth + 1) for child in (value.values() if isinstance(value, dict) else value))
        elif isinstance(value, int | float) and not -(1 << 63) <= value < 1 << 63:
            return False  # infinity and no number at all fail the comparison too
    return True


def unknown(member: str | None, leaves: Iterable[tuple[str, Any]]) -> Iterator[NotUnderstood]:
    """Each leaf, listed by its pointer as not understood."""
    for pointer, value in leaves:
        if value is not None:
            yield NotUnderstood(Place(member=member, pointer=pointer), "unknown_leaf", shown(value))


def shown(value: Any) -> str:
    """The beginning of a leaf, as text."""
    return (value if isinstance(value, str) else json.dumps(value))[:EXCERPT]


def sort_out(
    record: dict[str, Any], forms: Mapping[str, tuple[type, ...]], kept: frozenset[str], pointer: str
) -> tuple[dict[str, Any], dict[str, Any], list[tuple[str, Any]]]:
    """A record's members in three: those of a known form, those kept as extra, and the leaves unknown.

    `forms` gives the types of each key that becomes a field; `kept` the keys that stand in `extra`.
    """
    extra: dict[str, Any] = {}
    odd: list[str] = []
    for key, value in record.items():
        if value is None:
            continue
        form = forms.get(key)
        if form is None:
            if key in kept and fits(value):
                extra[key] = value
            else:
                odd.append(key)
        elif type(value) not in form:
            odd.append(key)
    if not odd and type(record) is dict:
        return record, extra, []
    unknown = [leaf for key in odd for leaf in leaves_of(record[key], f"{pointer}/{step(key)}")]
    if isinstance(record, Doubled):
        unknown.extend(leaf for key, value in record.lost for leaf in leaves_of(value, f"{pointer}/{step(key)}"))
    return {key: value for key, value in record.items() if key not in odd}, extra, unknown
