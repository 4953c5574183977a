"""A zip of several exports: each is read by its own reader as if it had come by itself.

A download that is one export only is not taken here: its own reader takes it whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.archive.parts import PICTURES, Part, parts_of
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import read
from joindots.evidence.readers.records import (
    Attachment,
    Communication,
    Item,
    NotUnderstood,
    Place,
    Question,
    QuestionName,
)
from joindots.evidence.readers.shelf import Shelf
from joindots.evidence.readers.source import Source

TAKEOUT = "Takeout/"
"""The top folder of a Google download: an account's other things are named and stay where they are."""


def claims(source: Source) -> bool:
    """Whether an archive holds several exports, or one that stands in it as a file by itself."""
    if not source.members:
        return False
    parts, _ = parts_of(source)
    return len(parts) > 1 or any(part.alone for part in parts)


def read_parts(source: Source, answers: Answers, sink: MediaSink) -> Iterator[Item]:
    """Every item of every part, as an item of the archive; then the files that are in no part."""
    parts, loose = parts_of(source)
    shelf = Shelf(source, sink)
    seen: set[object] = set()
    seq = 0
    for part in parts:
        reading = _Reading(source, part, answers, sink, seq, several=len(parts) > 1)
        for item in reading.items():
            if isinstance(item, Question) and part.reader == PICTURES:
                if item.question in seen:
                    continue
                seen.add(item.question)
                yield replace(item, about=None)
            else:
                yield item
        seq = reading.seq
        for name in part.members:
            shelf.read(name)
    if not any(name.startswith(TAKEOUT) for name in loose):
        for name in loose:
            shelf.media(name)
            yield from shelf.new()
            yield NotUnderstood(Place(member=name), "not_read")
    yield from shelf.rest(lambda _name: False)


class _Answers(Answers):
    """The answers given for the archive, asked for by one of its parts."""

    def __init__(self, given: Answers, source: Source, label: str | None) -> None:
        super().__init__(given.all)
        self._given = given
        self._source = source
        self._label = label

    def to(self, source_sha256: str, source_name: str, question: QuestionName, about: str | None = None) -> Any:
        """The answer for the archive's own name or hash; `about` is the part, and what the part asks about."""
        return self._given.to(self._source.sha256, self._source.name, question, _about(self._label, about))


def _about(label: str | None, about: str | None) -> str | None:
    return f"{label}: {about}" if label and about else label or about


class _Reading:
    """One part of an archive, read to its end or to where it breaks off."""

    def __init__(
        self, source: Source, part: Part, answers: Answers, sink: MediaSink, seq: int, *, several: bool
    ) -> None:
        self._source = source
        self._part = part
        self._label = part.label if several else None
        self._answers = _Answers(answers, source, self._label)
        self._sink = sink
        self.seq = seq

    def items(self) -> Iterator[Item]:
        """What the part's own reader gives. A part that cannot be opened is said, and harms no other."""
        part = self._part
        try:
            if part.refused:
                yield NotUnderstood(Place(member=part.label), "broken", part.refused)
                return
            for item in read(self._opened(), self._answers, self._sink):
                yield self._as_ours(item)
        except NotReadable as problem:
            yield NotUnderstood(Place(member=part.label), "broken", str(problem))

    def _opened(self) -> Source:
        part = self._part
        if not part.alone:
            return self._source.only(part.members)
        member = next(one for one in self._source.members if one.name == part.label)
        return self._source.inner(member, None if part.reader == PICTURES else self._source.sha256)

    def _as_ours(self, item: Item) -> Item:
        """The item with its place in the archive, numbered on."""
        if isinstance(item, Question):
            source = self._source
            return replace(item, file=source.sha256, name=source.name, about=_about(self._label, item.about))
        if isinstance(item, Communication):
            seq, self.seq = self.seq, self.seq + 1
            return replace(
                item,
                id=f"{self._source.sha256[:16]}-{seq}",
                source_file=self._source.sha256,
                place=self._place(item.place),
                seq=seq,
            )
        if isinstance(item, Attachment):
            return self._attachment(item)
        return replace(item, place=self._place(item.place)) if isinstance(item, NotUnderstood) else item

    def _place(self, place: Place) -> Place:
        if not self._part.alone:
            return place
        inside = f"{self._part.label}/{place.member}" if place.member else self._part.label
        return replace(place, member=inside)

    def _attachment(self, item: Attachment) -> Attachment:
        """A file found in the part. A picture that is the part itself is kept here: its reader keeps nothing."""
        if self._part.alone and self._part.reader == PICTURES:
            with self._source.open_member(self._part.label) as stream:
                sha256, size = self._sink.keep(self._part.label, stream)
            return Attachment(self._part.label, sha256, size, self._place(item.place), item.type)
        return replace(item, place=self._place(item.place))


FORMAT = Format("archive", "a zip of several exports", claims, read_parts)
