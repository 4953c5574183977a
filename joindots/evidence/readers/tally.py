"""What a reading found, counted while it passes: the summary that ends every reading."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.counting import Counts
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import (
    NOT_A_FAULT,
    Attachment,
    Channel,
    Communication,
    Coverage,
    Item,
    NotUnderstood,
    Place,
    Question,
)

WHOLE, QUESTIONS_OPEN, PART_NOT_UNDERSTOOD, NOT_READABLE = 0, 3, 4, 5
"""Exit status of `read` and `chronology`. The worst of all files counts."""
MOST_PLACES: Final = 100_000
"""Places not understood that are listed one by one; a file with more is not one we can read."""
_OF_A_TABLE = frozenset({"headings", "around"})


class FileRead(msgspec.Struct):
    """One file as it was given. `refused` says in a sentence why it was not read, or not to its end."""

    name: str
    sha256: str | None
    size: int | None
    format: str | None = None
    reader_version: str | None = None
    records: int = 0
    refused: str | None = None
    refused_code: str | None = None


class CoverageOf(msgspec.Struct, frozen=True):
    """What one file (its SHA-256) could show: a channel, a period in UTC, and its known limits."""

    file: str
    channel: Channel
    earliest: datetime | None
    latest: datetime | None
    limits: tuple[str, ...]
    thread: str | None


class Bytes(msgspec.Struct):
    """Bytes of the files (unpacked members) by what became of them; only formats with positions count."""

    placed: int = 0
    not_understood: int = 0
    headings: int = 0


class PlaceNotUnderstood(msgspec.Struct):
    """Bytes or a leaf of a file (its SHA-256) that belong to no record. Neighbours are joined to one span."""

    file: str
    member: str | None
    line: int | None
    byte: int | None
    length: int | None
    pointer: str | None
    why: str
    excerpt: str


class Summary(msgspec.Struct, kw_only=True, tag_field="kind", tag="summary"):
    """The last object of `joindots read --jsonl`.

    `counts` are records by kind; `acts` counts each act once however many files show it; `questions`
    are the open ones; `bytes` and `not_understood` with the records' own places tile a line format.
    """

    files: list[FileRead]
    records: int
    acts: int
    counts: dict[str, int]
    channels: dict[str, int]
    earliest: datetime | None
    latest: datetime | None
    coverage: list[CoverageOf]
    questions: list[Question]
    attachments: int
    bytes: Bytes
    not_understood: list[PlaceNotUnderstood]
    not_listed: int
    exit: int


class Tally:
    """Counts the items of one or several files, in bounded memory."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.files: list[FileRead] = []
        self.counts = Counts()
        self.coverage: list[CoverageOf] = []
        self.questions: list[Question] = []
        self.attachments = 0
        self.bytes = Bytes()
        self.places: list[PlaceNotUnderstood] = []
        self.not_listed = 0
        self._file = ""

    def begin(self, file: FileRead) -> None:
        """The items that follow belong to this file."""
        self.files.append(file)
        self._file = file.sha256 or file.name
        self.counts.last = None

    def refuse(self, problem: NotReadable) -> None:
        """The file just begun was not read to its end."""
        self.files[-1].refused = str(problem)
        self.files[-1].refused_code = problem.reason.code

    def add(self, item: Item) -> None:
        """Count one item of the file just begun."""
        match item:
            case Communication():
                self.counts.add(item)
            case NotUnderstood():
                self._not_understood(item)
            case Question():
                self._asks(item)
            case Attachment():
                self.attachments += 1
            case Coverage():
                self.coverage.append(CoverageOf(
                    self._file, item.channel, item.earliest, item.latest, item.limits, item.thread
                ))  # fmt: skip

    def _asks(self, one: Question) -> None:
        """A question stays open under an answer that is none of its own: a word nobody here understands."""
        answer = self.answers.to(one.file, one.name, one.question, one.about)
        if answer not in (NOT_SURE, *one.candidates) and one not in self.questions:
            self.questions.append(one)

    def _not_understood(self, one: NotUnderstood) -> None:
        length = one.place.length or 0
        if one.why in _OF_A_TABLE:
            self.bytes.headings += length
        else:
            self.bytes.not_understood += length
        if self.places and _joins(self.places[-1], self._file, one):
            self.places[-1].length = (self.places[-1].length or 0) + length
        elif len(self.places) < MOST_PLACES:
            self.places.append(_listed(self._file, one.place, one))
        else:
            self.not_listed += 1

    @property
    def records(self) -> int:
        """Records counted so far."""
        return self.counts.records

    @property
    def exit(self) -> int:
        """The exit status: the worst of not readable, part not understood, questions open, whole."""
        if any(file.refused_code for file in self.files):
            return NOT_READABLE
        if self.not_listed or any(place.why not in NOT_A_FAULT for place in self.places):
            return PART_NOT_UNDERSTOOD
        return QUESTIONS_OPEN if self.questions else WHOLE

    def summary(self, acts: int | None = None) -> Summary:
        """Everything counted. `acts` is known only where duplicates were looked for."""
        return Summary(
            files=self.files, records=self.records, acts=self.records if acts is None else acts,
            counts=dict(sorted(self.counts.kinds.items())), channels=dict(sorted(self.counts.channels.items())),
            earliest=self.counts.earliest, latest=self.counts.latest, coverage=self.coverage,
            questions=self.questions, attachments=self.attachments,
            bytes=Bytes(self.counts.placed, self.bytes.not_understood, self.bytes.headings),
            not_understood=self.places, not_listed=self.not_listed, exit=self.exit,
        )  # fmt: skip


def _listed(file: str, at: Place, one: NotUnderstood) -> PlaceNotUnderstood:
    return PlaceNotUnderstood(file, at.member, at.line, at.byte, at.length, at.pointer, one.why, one.excerpt)


def _joins(last: PlaceNotUnderstood, file: str, one: NotUnderstood) -> bool:
    """Whether the bytes go on where the last ones ended, for the same reason, and neither has a pointer."""
    at = one.place
    if last.byte is None or last.length is None or at.byte is None or last.pointer or at.pointer:
        return False
    same = (last.file, last.member, last.why) == (file, at.member, one.why)
    # A table's headings stand alone; blank lines beside each other are one span.
    named = one.why in _OF_A_TABLE and bool(one.excerpt or last.excerpt)
    return same and last.byte + last.length == at.byte and not named
