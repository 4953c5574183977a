"""Records of files as runs of their places: `{file: ((first, last), …)}`, both ends inclusive, apart and in order."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping

Place = tuple[int, int]
"""A record: its file's id and its place among the file's records, from 0."""
Run = tuple[int, int]
Spans = Mapping[int, tuple[Run, ...]]
NOTHING: Spans = {}


def spans_of(places: Iterable[Place]) -> Spans:
    """The runs that hold exactly these records."""
    return tidy((source, seq, seq) for source, seq in places)


def tidy(runs: Iterable[tuple[int, int, int]]) -> Spans:
    """Runs (file, first, last) in any order, overlapping or touching, as spans."""
    found: dict[int, list[Run]] = {}
    for source, first, last in sorted(runs):
        mine = found.setdefault(source, [])
        if mine and first <= mine[-1][1] + 1:
            mine[-1] = (mine[-1][0], max(mine[-1][1], last))
        else:
            mine.append((first, last))
    return {source: tuple(runs) for source, runs in found.items()}


def flat(spans: Spans) -> list[tuple[int, int, int]]:
    """Every run as (file, first, last), in order."""
    return [(source, first, last) for source, runs in sorted(spans.items()) for first, last in runs]


def joined(one: Spans, other: Spans) -> Spans:
    """The records of either."""
    return tidy([*flat(one), *flat(other)])


def without(one: Spans, other: Spans) -> Spans:
    """The records of one that the other does not hold."""
    kept: defaultdict[int, list[Run]] = defaultdict(list)
    for source, runs in one.items():
        taken = other.get(source, ())
        for first, last in runs:
            start = first
            for gone, until in taken:
                if until < start or gone > last:
                    continue
                if gone > start:
                    kept[source].append((start, gone - 1))
                start = until + 1
            if start <= last:
                kept[source].append((start, last))
    return {source: tuple(runs) for source, runs in kept.items()}


def holds(spans: Spans, place: Place) -> bool:
    """Whether a record is among them."""
    source, seq = place
    runs = spans.get(source, ())
    at = bisect_right(runs, seq, key=lambda run: run[0]) - 1
    return at >= 0 and seq <= runs[at][1]


def number(spans: Spans) -> int:
    """How many places they hold."""
    return sum(last - first + 1 for runs in spans.values() for first, last in runs)
