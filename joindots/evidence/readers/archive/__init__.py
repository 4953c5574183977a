"""A zip of several exports: each is read by its own reader as if it had come by itself.

A download that is one export only is not taken here: its own reader takes it whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.archive.parts import EXHIBIT, PICTURES, Part, parts_of
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import claim, read_as
from joindots.evidence.readers.records import (
    Attachment,
    Communication,
    Item,
    NotUnderstood,
    Place,
    Question,
    QuestionName,
)
from joindots.evidence.readers.source import Source


def claims(source: Source) -> bool:
    """Whether an archive holds several exports, or one that stands in it as a file by itself."""
    if not source.members:
        return False
    parts = [part for part in parts_of(source) if part.reader != EXHIBIT]
    return len(parts) > 1 or any(part.alone for part in parts)


def read_parts(source: Source, answers: Answers, sink: MediaSink) -> Iterator[Item]:
    """Every item of every part, as an item of the archive; the files that are in no part are named."""
    parts = parts_of(source)
    several = sum(part.reader != EXHIBIT for part in parts) > 1
    asked: set[object] = set()
    seq = 0
    for part in parts:
        reading = _Reading(source, part, answers, sink, seq, several=several)
        for item in reading.items():
            if not (isinstance(item, Question) and part.reader == PICTURES):
                yield item
            elif item.question not in asked:
                asked.add(item.question)
                yield replace(item, about=None, words=item.words.partition(" This asks about ")[0])
        seq = reading.seq
    taken = {name for part in parts for name in part.members}
    for member in source.members:
        if member.name not in taken:
            yield NotUnderstood(Place(member=member.name), "not_read")


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
            if part.again:
                yield NotUnderstood(Place(member=part.label), "not_read", f"the same file as {part.again}")
                return
            opened = self._opened()
            for item in read_as(self._form(opened), opened, self._answers, self._sink):
                yield self._as_ours(item)
            if part.reader == EXHIBIT:
                yield self._kept()
        except NotReadable as problem:
            yield NotUnderstood(Place(member=part.label), "broken", str(problem))

    def _form(self, opened: Source) -> Format:
        if self._part.reader != EXHIBIT:
            return claim(opened)
        from joindots.evidence.readers import exhibit  # only here: every other file is read without it

        return exhibit.FORMAT

    def _opened(self) -> Source:
        part = self._part
        if not part.alone:
            wanted = set(part.members)
            return self._source.only(member for member in self._source.members if member.name in wanted)
        member = next(one for one in self._source.members if one.name == part.label)
        if part.reader == EXHIBIT:
            return self._source.closed(member)
        return self._source.inner(member, None if part.reader == PICTURES else self._source.sha256)

    def _as_ours(self, item: Item) -> Item:
        """The item with its place in the archive, numbered on."""
        if isinstance(item, Question):
            source = self._source
            words = f"{item.words} This asks about {self._label}." if self._label else item.words
            about = _about(self._label, item.about)
            return replace(item, file=source.sha256, name=source.name, words=words, about=about)
        if isinstance(item, Communication):
            seq, self.seq = self.seq, self.seq + 1
            return replace(
                item, id=f"{self._source.sha256[:16]}-{seq}", source_file=self._source.sha256,
                place=self._place(item.place), seq=seq, extra=self._extra(item.extra),
            )  # fmt: skip
        if isinstance(item, Attachment):
            own = self._part.alone and self._part.reader == PICTURES
            return self._kept(item.type) if own else replace(item, place=self._place(item.place))
        return replace(item, place=self._place(item.place)) if isinstance(item, NotUnderstood) else item

    def _extra(self, extra: dict[str, Any]) -> dict[str, Any]:
        """With the name of the part, by which what two exports of one archive both tell is one act."""
        return {**extra, "part": self._label} if self._label else extra

    def _place(self, place: Place) -> Place:
        if not self._part.alone:
            return place
        inside = f"{self._part.label}/{place.member}" if place.member else self._part.label
        return replace(place, member=inside)

    def _kept(self, kind: str | None = None) -> Attachment:
        """The part itself, kept as a file: its reader reads no more than it needs, and keeps nothing."""
        name = self._part.label
        with self._source.open_member(name) as stream:
            sha256, size = self._sink.keep(name, stream)
        return Attachment(name, sha256, size, Place(member=name), kind)


FORMAT = Format("archive", "a zip of several exports", claims, read_parts)
