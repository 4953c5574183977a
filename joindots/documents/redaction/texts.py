"""Text with the protected words kept back: one mark for each, whose length says nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from joindots.documents.leaks.decoding import readings
from joindots.documents.leaks.folding import places
from joindots.documents.leaks.matching import Matcher, matcher
from joindots.documents.leaks.protected import MARK, Kind, Protected

_MASK = "\u16a0"
"""A letter that no protected word has."""
ROUNDS = 4
"""Taking words out may bring others together; after so many rounds nothing of it is given."""
_DIALLED = re.compile(r"(?<!\d)(?:\+|00)?(?:44)?[\s-]?\(?0?\)?[\s-]?\Z")
"""What stands before a telephone number without its first nought."""
_UNITS = (re.compile(r"\S+"), re.compile(r"[^\n]+"), re.compile(r".+", re.DOTALL))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original text that was kept back, and of what kind its words are."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text that may be given, and what was kept back of the original, in order."""

    text: str
    spans: tuple[Span, ...]

    @property
    def count(self) -> int:
        """In how many places words were kept back."""
        return len(self.spans)


def text(text: str, protected: Protected) -> Redacted:
    """Replace every protected word, however it is written, by one fixed mark.

    Words wrapped in an encoding (`%20`, `&amp;`, base64) go with the whole run of signs that carries them. The
    result holds nothing that the leak check would find.
    """
    seeking = matcher(protected)
    found = _merged(list(_plain(text, seeking)))
    found = _merged([*found, *_wrapped(_masked(text, found), seeking)])
    if not found:
        return Redacted(text, ())
    result = _marked(text, found)
    for _ in range(ROUNDS):
        rest = _merged(list(_plain(result, seeking)))
        if not rest:
            break
        result = _marked(result, rest)
    if seeking.first(result) or _found(result, seeking):
        return Redacted(MARK, (Span(0, len(text), "other"),))
    return Redacted(result, tuple(found))


def spans(text: str, protected: Protected, *, read: bool = False) -> tuple[Span, ...]:
    """Where protected words stand in a text as it is, wrapped ones left aside; stretches that touch are one.

    `read`: the text was read by a machine in a picture, which makes mistakes of its own.
    """
    return tuple(_merged(list(_plain(text, matcher(protected), read=read))))


def _plain(text: str, seeking: Matcher, *, read: bool = False) -> Iterator[Span]:
    hits = list(seeking.search(text, read=read))
    if not hits:
        return
    at = places(text)
    for hit in hits:
        start, end = at[hit.start], at[hit.end - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if hit.kind == "number" and (before := _DIALLED.search(text, max(start - 12, 0), start)):
            start = before.start()
        yield Span(start, end, hit.kind)


def _wrapped(masked: str, seeking: Matcher) -> Iterator[Span]:
    """The smallest pieces whose other readings hold a word: a run of signs, else a line, else all."""
    for unit in _UNITS:
        if _found(masked, seeking) is None:
            return
        held = [
            Span(piece.start(), piece.end(), kind)
            for piece in unit.finditer(masked)
            if (kind := _found(piece[0], seeking)) is not None
        ]
        yield from held
        masked = _masked(masked, held)


def _found(text: str, seeking: Matcher) -> Kind | None:
    for reading in readings(text):
        if hit := seeking.first(reading):
            return hit.kind
    return None


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start <= merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return merged


def _marked(text: str, spans: list[Span]) -> str:
    return _filled(text, spans, lambda _: MARK)


def _masked(text: str, spans: list[Span]) -> str:
    """The same length, the words gone, and what stood on their two sides still apart."""
    return _filled(text, spans, lambda span: _MASK * (span.end - span.start))


def _filled(text: str, spans: list[Span], fill: Callable[[Span], str]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += [text[at : span.start], fill(span)]
        at = span.end
    return "".join([*pieces, text[at:]])
