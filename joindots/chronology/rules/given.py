"""What the rules are given: files as they were read, and whom the chronology is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

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
        """How many times it happened: the highest that any one source says, never the sum."""
        return max(self.c.count, *(held.c.count for held in self.others)) if self.others else self.c.count
