"""What the rules are given: files as they were read, and whom the chronology is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, repeat
from typing import BinaryIO, NamedTuple

from joindots.documents.layout import moment_says
from joindots.evidence.readers.duplicates import Spool, export_of
from joindots.evidence.readers.records import Attachment, Communication, Coverage, NotUnderstood, Question


@dataclass(slots=True)
class SourceRead:
    """One file and everything that was read from it, in the file's order.

    `says` is the kind of file in words. `problem` is the plain sentence when it could not be read, or not
    to its end; what was read before that stands.
    """

    name: str
    sha256: str
    size: int
    says: str
    communications: list[Communication] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    problem: str = ""
    blank_days: list[date] = field(default_factory=list)
    """Days that no coverage counts: only what was not taken in is known of them, or somebody told of no record."""
    id: int = 0
    """The file's id where it is kept, by which decisions name its records; 0 elsewhere, and of the log."""

    @property
    def narrowed(self) -> bool:
        """Whether only a part of the file was taken in, by choice: its original holds what was left out."""
        return any(code in ("kept_senders", "kept_period") for one in self.coverage for code in one.limits)

    @property
    def of_several(self) -> bool:
        """Whether this is a zip of several exports, which may tell of one act twice."""
        first = export_of(self.communications[0]) if self.communications else None
        return any(export_of(one) != first for one in self.communications)


def group(sources: Sequence[SourceRead], scratch: BinaryIO | None = None) -> None:
    """Give all records that show one act one `dup_group`. They wait in `scratch`, or in a file without a name."""
    if len(sources) < 2 and not any(source.of_several for source in sources):
        return
    spool = Spool(file=scratch)
    for source in sources:
        for one in source.communications:
            spool.add(one)
    counts = [len(source.communications) for source in sources]
    for source in sources:
        source.communications = []
    places = chain.from_iterable(repeat(source, count) for source, count in zip(sources, counts, strict=True))
    for source, one in zip(places, spool.grouped(), strict=True):
        source.communications.append(one)


class Captured(NamedTuple):
    """What is noted of a captured page or profile. When it was captured, and by whom, are claims."""

    shows: str
    address: str
    account: str
    when: str
    who: str
    by_worker: bool
    received: datetime | None

    def says(self, *, outward: bool = False) -> str:
        """In words, as it stands beside the file. `outward`: no worker is named."""
        who = "a worker" if outward and self.by_worker else self.who
        named = ", ".join(part for part in (self.address, self.account) if part)
        claimed = f"captured {self.when or 'at a time that is not known'}, as claimed, by {who}"
        received = f"; received {moment_says(self.received)}" if self.received else ""
        return f"{self.shows} kept: {named}; {claimed}{received}"


class Held(NamedTuple):
    """One record with its position among all records given, and the number of its source."""

    at: int
    source: int
    c: Communication


class Act(NamedTuple):
    """One act: the record that shows it best, and the records of other sources that show it too."""

    first: Held
    others: tuple[Held, ...] = ()

    @property
    def c(self) -> Communication:
        """The record that shows the act best."""
        return self.first.c

    @property
    def times(self) -> int:
        """How many times it happened: the highest that any one source says, never the sum.

        A log that tells of a message does not say how many messages there were: the file does.
        """
        logged = self.c.kind == "incident"
        told = [held.c.count for held in self.others if (held.c.kind == "incident") == logged]
        return max((self.c.count, *told))
