"""What people decided, as a pack takes it: grouping, exhibits' references, whose accounts are, acts that are one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from joindots.chronology.rules.given import Act, Held, SourceRead
from joindots.chronology.rules.grouping.grouped import Grouped
from joindots.chronology.rules.grouping.same import Same
from joindots.chronology.rules.grouping.steps import NO_GROUPING, Grouping, Key, Stretch
from joindots.evidence.rules.entry_records import ENTRY


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything people said about the records of a pack. `references` are by SHA-256: reference and producer;
    `believed` are sentences, one for each account that anybody spoke for.
    """

    grouping: Grouping = NO_GROUPING
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    believed: tuple[str, ...] = ()

    def grouped(self, sources: Sequence[SourceRead]) -> Grouped:
        """The grouping, for acts made of the records of these files in their order."""
        starts, start = [], 0
        for source in sources:
            starts.append(start)
            start += len(source.communications)
        return Grouped(self.grouping, lambda act: keys_of(act, sources, starts))


UNDECIDED: Final = Decisions()


def keys_of(act: Act, sources: Sequence[SourceRead], starts: Sequence[int]) -> Collection[Key]:
    """How an act is known: by the place of each record that shows it, and by the entries that tell of it."""
    return [_key(held, sources, starts) for held in (act.first, *act.others)]


def _key(held: Held, sources: Sequence[SourceRead], starts: Sequence[int]) -> Key:
    return held.c.id if ENTRY in held.c.extra else (sources[held.source].id, held.at - starts[held.source])


def link_entries(sources: Sequence[SourceRead], same: Same) -> None:
    """Give each entry of the log one `dup_group` with the record, or the entry, it is counted with.

    An entry that tells of several messages joins the first of them: no two messages ever become one.
    """
    wanted: dict[str, str] = {}
    by_id = {source.id: source for source in sources if source.id}
    for key, entries in same.beside.items():
        if isinstance(key, str):
            group = f"entry {key}"
            wanted.setdefault(key, group)
        elif (source := by_id.get(key[0])) and key[1] < len(source.communications):
            one = source.communications[key[1]]
            group = one.dup_group or f"linked {key[0]} {key[1]}"
            source.communications[key[1]] = msgspec.structs.replace(one, dup_group=group)
        else:
            continue
        for entry in entries:
            wanted.setdefault(entry, group)
    for source in sources if wanted else ():
        for at, one in enumerate(source.communications):
            if ENTRY in one.extra and one.id in wanted:
                source.communications[at] = msgspec.structs.replace(one, dup_group=wanted[one.id])


def episode_heading(month: str, episode: Stretch | None) -> str:
    """What stands above an entry: its month, and the episode it is part of."""
    return f"{month} · Episode: {episode.name} ({episode.reference})" if episode else month


def episodes_data(episodes: Sequence[Stretch]) -> Iterator[dict[str, object]]:
    """The episodes for the JSON: which records stand in one is said by the records themselves."""
    for one in episodes:
        yield {"reference": one.reference, "name": one.name, "note": one.note or None}
