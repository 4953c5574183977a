"""Which sifted records hold what a leak check found in the paper made of them, alone or two together (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from joindots.chronology.rules.disclosing.marking import Spot
from joindots.chronology.rules.given import SourceRead
from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.matching import Matcher, matcher
from joindots.documents.leaks.protected import Protected
from joindots.evidence.readers.records import Communication

MOST, REACH = 10, 200
"""Records named for one kind of word: whoever mends ten of one kind looks again. Letters read of each neighbour."""


def holders(sources: Sequence[SourceRead], protected: Protected) -> dict[str, tuple[Spot, ...]]:
    """By kind of word the records that hold one: their file's number among those given, and their place in it.

    A word may stand half in one record and half in the next, so neighbours are read together too. Ids of sifted
    records say where they stood (`disclosed`).
    """
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    seeking = matcher(protected)
    for source in sources:
        told = [(c, _words(c)) for c in source.communications]
        alone = [_kinds(seeking, words) for _, words in told]
        for (c, _), kinds in zip(told, alone, strict=True):
            for kind in kinds:
                _note(found[kind], c)
        for at, ((one, _), (two, _)) in enumerate(pairwise(told)):
            together = _kinds(seeking, f"{(one.text or '')[-REACH:]} {(two.text or '')[:REACH]}")
            for kind in together - alone[at] - alone[at + 1]:
                _note(found[kind], one, two)
    return {kind: tuple(spots) for kind, spots in found.items()}


def _kinds(seeking: Matcher, words: str) -> set[str]:
    looking = Looking(seeking)
    looking.text("", words)
    return {leak.kind for leak in looking.found}


def _words(c: Communication) -> str:
    beside = [value for value in c.extra.values() if isinstance(value, str)]
    return "\n".join(part for part in (c.sender.shown, c.thread, c.at_shown, c.text, *beside) if part)


def _note(spots: list[Spot], *records: Communication) -> None:
    for c in records:
        number, _, place = c.id.partition("-")
        spot = (int(number) - 1, int(place) - 1)
        if spot not in spots and len(spots) < MOST:
            spots.append(spot)
