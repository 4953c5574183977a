"""A sentence for people, with a code by which it is translated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence for people: English in place, translated at the edge by its code."""

    code: str
    text: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.text.format(**dict(self.values))


def words(code: str, text: str, /, **values: object) -> Words:
    """Make Words; `text` names its values in braces and never holds them glued in."""
    return Words(code, text, tuple((name, str(value)) for name, value in values.items()))
