"""Entries and records that somebody said tell of one act: it is counted once, and each of them shown as its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from joindots.chronology.rules.grouping.spans import Place
from joindots.chronology.rules.grouping.steps import Key


@dataclass(frozen=True, slots=True)
class Same:
    """Which entries stand for nothing by themselves, and what tells of the act beside each row that stands for it."""

    hidden: frozenset[str] = frozenset()
    """Entries that are counted with a record, or with an entry written before them."""
    beside: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    """For each record or entry that an act is counted under: the hidden entries that tell of it too."""

    def of(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """The entries that tell of the act at these places too, each once."""
        if not self.beside:
            return ()
        return tuple(dict.fromkeys(entry for key in keys for entry in self.beside.get(key, ())))


NOTHING_SAME = Same()


def same_of(links: Iterable[Collection[Key]], counted: Collection[Place], entries: Collection[str]) -> Same:
    """What is counted with what. `counted` are linked records that count as contact, `entries` those that stand, in
    the order in which they are listed.

    Only entries are ever counted with something else: a record never, so that no link makes two messages one. An entry
    that is linked with two messages is a source of both. Where nothing linked is contact, the first entry stands.
    """
    order = {entry: at for at, entry in enumerate(entries)}
    clusters = _clusters([{key for key in ends if _counts(key, counted, order)} for ends in links])
    hidden: set[str] = set()
    beside: defaultdict[Key, list[str]] = defaultdict(list)
    for cluster in clusters:
        told = sorted((key for key in cluster if isinstance(key, str)), key=order.__getitem__)
        records = [key for key in cluster if not isinstance(key, str)]
        stands: list[Key] = list(records) or list(told[:1])
        others = told if records else told[1:]
        hidden.update(others)
        for key in stands:
            beside[key].extend(others)
    return Same(frozenset(hidden), {key: tuple(found) for key, found in beside.items() if found})


def _counts(key: Key, counted: Collection[Place], entries: Collection[str]) -> bool:
    return key in entries if isinstance(key, str) else key in counted


def _clusters(links: Iterable[set[Key]]) -> list[set[Key]]:
    """Links that share anything, together."""
    found: list[set[Key]] = []
    for ends in links:
        touching = [one for one in found if not one.isdisjoint(ends)]
        found = [one for one in found if one.isdisjoint(ends)]
        if ends:
            found.append(set(ends).union(*touching))
    return found
