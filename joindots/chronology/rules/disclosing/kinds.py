"""Kinds of what was kept back, in words, with their numbers (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from joindots.people.rules.protected import KIND_WORDS, Kind


def kinds_in_words(kept_back: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Numbers by kind in the list's own words, most first."""
    found = [(says_kind(kind), number) for kind, number in kept_back.items() if number]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def says_kind(kind: str) -> str:
    """A kind of what was kept back, as people say it."""
    return KIND_WORDS[Kind(kind)] if kind in set(Kind) else kind
