"""Marks on records: which records of the files as read now they mean, and which others tell of the same (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from joindots.chronology.rules.given import SourceRead
from joindots.evidence.readers.records import Communication, Place
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

Spot = tuple[int, int]
"""A record: the number of its file among those given, and its place in it."""
Ends = Collection[tuple[str, int, int]]
"""Of one act, as people linked it: (entry, 0, 0) or ("", file's id, place)."""
LOST = words(
    "mark_lost",
    "A record that is kept out of disclosure stands in its file no more: the file was read anew, or removed. Look at "
    "what is kept out: mark the record again wherever else it stands, then lift this mark.",
)


class Marked(Protocol):
    """One standing mark: on an entry, a whole file or one of its records; `part` are words of it, empty for all."""

    @property
    def entry(self) -> str: ...

    @property
    def source(self) -> int | None: ...

    @property
    def seq(self) -> int | None: ...

    @property
    def mark(self) -> str: ...

    @property
    def part(self) -> str: ...


@dataclass(slots=True)
class Marks:
    """What is kept out: whole records, words of records, and whole files."""

    whole: set[Spot] = field(default_factory=set)
    parts: dict[Spot, set[str]] = field(default_factory=lambda: defaultdict(set))
    files: set[int] = field(default_factory=set)


def marked(
    sources: Sequence[SourceRead],
    ids: Sequence[int | None],
    marks: Iterable[Marked],
    same: Iterable[Ends],
    mark_of: Callable[[Place], str],
) -> Marks:
    """The marks by where the records stand now. `ids` are the files' ids, None for the log.

    A record is looked for where it stood, then by its mark. RuleBroken when a marked record is in its file no more, or
    the file is gone: what somebody wanted kept out may not slip through because another file tells it too. A mark on a
    record holds for every record and entry that tells of the same act, and so does one on an entry that was withdrawn.
    """
    same = tuple(same)
    found = Marks()
    number_of = {known: number for number, known in enumerate(ids) if known is not None}
    entry_of = {c.id: (ids.index(None), at) for at, c in enumerate(_log(sources, ids))}
    linked = [_spots(ends, number_of, entry_of) for ends in same]
    for one in marks:
        number = number_of.get(one.source) if one.source is not None else None
        if one.entry:
            told = [spots for ends, spots in zip(same, linked, strict=True) if (one.entry, 0, 0) in ends]
            spots = {entry_of[one.entry]} if one.entry in entry_of else set().union(*told)
        elif one.seq is None:
            found.files.update(() if number is None else (number,))
            continue
        elif number is None:
            raise RuleBroken(LOST)
        else:
            spots = {_where(sources[number], number, one, mark_of)}
        for spot in spots:
            if one.part:
                found.parts[spot].add(one.part)
            else:
                found.whole.add(spot)
    _spread(found, [*_repeats(sources), *linked])
    return found


def _log(sources: Sequence[SourceRead], ids: Sequence[int | None]) -> Sequence[Communication]:
    return sources[ids.index(None)].communications if None in ids else ()


def _where(source: SourceRead, number: int, one: Marked, mark_of: Callable[[Place], str]) -> Spot:
    records = source.communications
    if one.seq is not None and one.seq < len(records) and mark_of(records[one.seq].place) == one.mark:
        return number, one.seq
    for at, record in enumerate(records):
        if mark_of(record.place) == one.mark:
            return number, at
    raise RuleBroken(LOST)


def _spots(ends: Ends, number_of: dict[int, int], entry_of: dict[str, Spot]) -> set[Spot]:
    found = {entry_of[entry] for entry, _, _ in ends if entry in entry_of}
    return found | {(number_of[source], at) for entry, source, at in ends if not entry and source in number_of}


def _repeats(sources: Sequence[SourceRead]) -> list[set[Spot]]:
    """Records that tell of one act, as the files themselves show it."""
    groups: defaultdict[str, set[Spot]] = defaultdict(set)
    for number, source in enumerate(sources):
        for at, c in enumerate(source.communications):
            if c.dup_group is not None:
                groups[c.dup_group].add((number, at))
    return [group for group in groups.values() if len(group) > 1]


def _spread(found: Marks, groups: Sequence[set[Spot]]) -> None:
    """Until nothing more is reached: an entry linked with a message that stands in two files reaches the second."""
    grown = True
    while grown:
        grown = False
        for group in groups:
            if group & found.whole and not group <= found.whole:
                found.whole |= group
                grown = True
            parts = {part for spot in group if spot in found.parts for part in found.parts[spot]}
            for spot in group if parts else ():
                if not parts <= found.parts[spot]:
                    found.parts[spot] |= parts
                    grown = True
