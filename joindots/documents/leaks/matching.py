"""Finds every needle in a text in one pass, and those with one letter wrong beside them.

One letter wrong (added, left out, changed, or two changed over) leaves one half of a needle whole: halves are
looked for with all the rest, and where one stands the other half is compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from joindots.documents.leaks.folding import Edges, as_seen, fold
from joindots.documents.leaks.forms import NUMBER, READ_ONE_OFF, Needle, needles
from joindots.documents.leaks.protected import MARK, Kind, Protected

Variant = Literal["as written", "another way of writing it", "one letter off", "look-alike signs"]
STRETCH = 1 << 20
"""Signs searched at a time, so that a text full of halves never fills memory."""
LONGEST = 512
"""Signs two stretches share. A longer needle is looked for by its first so many signs."""
IN_USE = 8
"""Matchers kept ready."""
SEEN = 6
"""From this many signs a needle is also looked for as the eye confuses signs (0 and o, 1 and l and i, 5 and s)."""


_MARK = fold(MARK)


@dataclass(frozen=True, slots=True)
class Hit:
    """One needle found: its place in the folded text, what it is, and how it was written."""

    start: int
    end: int
    kind: Kind
    variant: Variant


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What the one pass looks for: a needle whole, one of its halves, or the letters at its seam changed over."""

    needle: Needle
    part: Literal["whole", "first", "second", "swapped", "seen"]
    text: str
    read: bool = False
    """Only in words that a machine read in a picture."""


class Matcher:
    """All needles of one case, made ready once. `search` may be called from several threads."""

    def __init__(self, protected: Protected) -> None:
        found = [replace(needle, folded=needle.folded[:LONGEST]) for needle in needles(protected)]
        self._patterns = [pattern for needle in found for pattern in _patterns(needle)]
        self._all = AhoCorasick([pattern.text for pattern in self._patterns]) if found else None
        self._seen = [_Pattern(needle, "seen", as_seen(needle.folded)) for needle in found if _confusable(needle)]
        self._as_seen = AhoCorasick([pattern.text for pattern in self._seen]) if self._seen else None
        self._known = sorted({form for known in protected.known for form in _known_forms(fold(known))})

    def search(self, text: str, *, glued: bool = False, exact: bool = False, read: bool = False) -> Iterator[Hit]:
        """Every hit, in no order; the same place may be hit by several needles.

        `glued`: words run into others, as in names of files. `exact`: no letter wrong and no sign confused.
        `read`: by a machine in a picture, with its own mistakes.
        """
        if self._all is None:
            return
        folded = fold(text)
        if not folded:
            return
        edges = Edges(text, glued=glued)
        for hit in self._hits(folded, edges, exact=exact, read=read):
            if _inside(folded, hit, _MARK):
                continue
            if hit.variant == "as written" or not any(_inside(folded, hit, known) for known in self._known):
                yield hit

    def first(self, text: str) -> Hit | None:
        """Any hit; None where the text holds nothing protected."""
        return next(self.search(text), None)

    def _hits(self, folded: str, edges: Edges, *, exact: bool, read: bool) -> Iterator[Hit]:
        assert self._all is not None
        for begin in range(0, len(folded), STRETCH):
            stretch = folded[begin : begin + STRETCH + LONGEST]
            for index, start, end in self._all.find_matches_as_indexes(stretch, overlapping=True):
                pattern = self._patterns[index]
                if (exact and pattern.part != "whole") or (pattern.read and not read):
                    continue
                yield from _hits_at(pattern, folded, begin + start, begin + end, edges)
            if self._as_seen is not None and not exact:
                seen = as_seen(stretch)
                for index, start, end in self._as_seen.find_matches_as_indexes(seen, overlapping=True):
                    needle, first, last = self._seen[index].needle, begin + start, begin + end
                    if folded[first:last] != needle.folded and _stands(needle, first, last, folded, edges):
                        yield Hit(first, last, needle.kind, "look-alike signs")


def _inside(folded: str, hit: Hit, words: str) -> bool:
    """Whether the place lies inside these words."""
    if len(words) < hit.end - hit.start:
        return False
    at = folded.find(words, max(hit.end - len(words), 0), hit.start + len(words))
    return at != -1 and at <= hit.start


def matcher(protected: Protected) -> Matcher:
    """The matcher of these words, made once while they are in use: for the same object without comparing them."""
    for given, made in tuple(_READY):
        if given is protected:
            return made
    made = _made(protected)
    _READY.insert(0, (protected, made))
    del _READY[IN_USE:]
    return made


@lru_cache(maxsize=IN_USE)
def _made(protected: Protected) -> Matcher:
    return Matcher(protected)


_READY: list[tuple[Protected, Matcher]] = []


def _known_forms(folded: str) -> Iterator[str]:
    """As it is; a telephone number also without what is dialled before it."""
    if folded:
        yield folded
    if folded.isdigit() and len(folded) > NUMBER:
        yield re.sub(r"^(?:00)?(?:44)?0?", "", folded)


def _confusable(needle: Needle) -> bool:
    return len(needle.folded) >= SEEN


def _patterns(needle: Needle) -> Iterator[_Pattern]:
    yield _Pattern(needle, "whole", needle.folded)
    read = needle.kind in READ_ONE_OFF
    if needle.one_off or read:
        middle = len(needle.folded) // 2
        first, second = needle.folded[:middle], needle.folded[middle:]
        yield _Pattern(needle, "first", first, read)
        yield _Pattern(needle, "second", second, read)
        # The two letters at the seam changed over leave no half whole.
        if first[-1] != second[0]:
            yield _Pattern(needle, "swapped", first[:-1] + second[0] + first[-1] + second[1:], read)


def _hits_at(pattern: _Pattern, folded: str, start: int, end: int, edges: Edges) -> Iterator[Hit]:
    needle = pattern.needle
    if pattern.part == "whole":
        if _stands(needle, start, end, folded, edges):
            yield Hit(start, end, needle.kind, "as written" if needle.written else "another way of writing it")
        return
    if pattern.part == "swapped":
        if _stands_off(needle, start, end, folded, edges):
            yield Hit(start, end, needle.kind, "one letter off")
        return
    rest = len(needle.folded) - (end - start)
    if pattern.part == "first":
        wanted, there = needle.folded[end - start :], folded[end : end + rest + 1]
        for length in one_off(wanted, there):
            if _stands_off(needle, start, end + length, folded, edges):
                yield Hit(start, end + length, needle.kind, "one letter off")
    else:
        wanted, there = needle.folded[:rest][::-1], folded[max(start - rest - 1, 0) : start][::-1]
        for length in one_off(wanted, there):
            if _stands_off(needle, start - length, end, folded, edges):
                yield Hit(start - length, end, needle.kind, "one letter off")


def one_off(wanted: str, there: str) -> Iterator[int]:
    """Lengths of what stands at the beginning of `there` and is `wanted` with exactly one letter wrong."""
    length = len(wanted)
    at = 0
    most = min(length, len(there))
    while at < most and wanted[at] == there[at]:
        at += 1
    if at == length:
        return
    if there[at : at + length - at - 1] == wanted[at + 1 :]:
        yield length - 1
    if at < len(there) and there[at + 1 : length] == wanted[at + 1 :]:
        yield length
    if at < len(there) and there[at + 1 : length + 1] == wanted[at:]:
        yield length + 1
    pair = there[at : at + 2]
    if len(pair) == 2 and pair[::-1] == wanted[at : at + 2] and there[at + 2 : length] == wanted[at + 2 :]:
        yield length


def _cuts_a_number(folded: str, start: int, edges: Edges) -> bool:
    """Whether a number begins before: `114 Rose Lane` is not `14 Rose Lane`."""
    return start > 0 and folded[start].isdigit() and folded[start - 1].isdigit() and not edges.at(start)


def _stands(needle: Needle, start: int, end: int, folded: str, edges: Edges) -> bool:
    """Whether it begins and ends where it must, with spaces only where they may be."""
    if needle.whole and not edges.around(start, end):
        return False
    if needle.kind != "number" and _cuts_a_number(folded, start, edges):
        return False
    return needle.split or edges.inside(start, end) in (0, end - start - 1)


_BEFORE = ("", "0", "44", "044", "0044", "440")
"""What may stand before a telephone number without its first nought."""


def _stands_off(needle: Needle, start: int, end: int, folded: str, edges: Edges) -> bool:
    """The same for one with a letter wrong, which must begin and end where words do."""
    if needle.digits:
        if end - start == len(needle.folded):
            return False  # of the right length it is somebody else's number
        before = any(folded.endswith(signs, 0, start) and edges.at(start - len(signs)) for signs in _BEFORE)
        return before and edges.at(end)
    if needle.letters and _digits(folded[start:end]) != _digits(needle.folded):
        return False
    return edges.around(start, end) and not _cuts_a_number(folded, start, edges)


def _digits(folded: str) -> list[str]:
    return [sign for sign in folded if sign.isdigit()]
