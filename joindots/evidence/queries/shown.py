"""What the queries of evidence give: files, days and lines, as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from joindots.evidence import findings
from joindots.evidence.readers import records
from joindots.evidence.readers.answers import Answer
from joindots.evidence.rules.entries import direction_of
from joindots.evidence.rules.keeping import WHOLE_FILE, Choice
from joindots.kernel.when import When

CERTAINTY_WORDS = {
    "claimed": "sender as claimed", "withheld": "sender withheld", "told_by_victim": "as told",
    "unknown": "sender not known", "seen_by_writer": "seen by the writer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileView:
    """One source file, as the list of a case's files shows it."""

    id: int
    version: int
    name: str
    size: int
    given_by: str
    given_at: datetime
    state: str
    code: str
    format: str
    records: int
    contacts: int
    open_questions: int
    not_understood: int
    earliest: datetime | None
    latest: datetime | None
    exhibits: int
    case: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """One source file with all that its reading found."""

    file: FileView
    sha256: str
    found: findings.Findings
    answers: tuple[Answer, ...]
    questions: tuple[records.Question, ...]
    circle: UUID
    choice: Choice = WHOLE_FILE

    @property
    def whole(self) -> findings.Survey:
        """All that the file holds, taken in or not."""
        view = self.file
        here = findings.Survey(self.found.senders, view.records, view.contacts, view.earliest, view.latest)
        return self.found.survey or here


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file that can be opened as it came, as often as needed."""

    name: str
    sha256: str
    size: int
    kind: str
    open: Callable[[], BinaryIO] = field(repr=False)


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A file that was read, and a way to go through its records; each pass opens its pages anew."""

    source: int
    generation: int
    name: str
    sha256: str
    size: int
    format: str
    found: findings.Findings
    answers: tuple[Answer, ...]
    inside: tuple[tuple[str, str, int, str], ...]
    records: Callable[[], Iterator[tuple[int, records.Communication]]] = field(repr=False)
    choice: Choice = WHOLE_FILE
    blank_days: list[date] = field(default_factory=list)
    """Days that no coverage counts: not taken in, or told to have no record."""


@dataclass(frozen=True, slots=True)
class DayTold:
    """Contacts, or rows of a log, of one day (London time; None where it is not known), channel and direction."""

    day: date | None
    channel: str
    direction: str
    number: int


@dataclass(frozen=True, slots=True)
class Only:
    """What a list or a picture is narrowed to: channels of communications, kinds of entries of the log, a direction.

    None is all of them, and an empty direction every one. An entry stands under the first of its kinds; its direction
    is "in" where it is told that the person reported did it or sent somebody, and unknown otherwise.
    """

    channels: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    direction: str = ""
    senders: frozenset[tuple[int, int]] | None = None
    """Senders of contact, as file and number among its senders; None is everybody. An entry has no such sender."""

    def lets(self, told: DayTold) -> bool:
        """Whether this count is among them."""
        return (self.channels is None or told.channel in self.channels) and self.direction in ("", told.direction)

    def lets_entry(self, kinds: tuple[str, ...], doer: str) -> bool:
        """Whether an entry of these kinds, done by whom this code says, is among them."""
        first = kinds[0] if kinds else "other"
        named = self.senders is None and (self.kinds is None or first in self.kinds)
        return named and self.direction in ("", direction_of(doer))


EVERYTHING = Only()


@dataclass(frozen=True, slots=True)
class Line:
    """One communication, as the list by day shows it."""

    source: int
    seq: int
    when: When
    channel: str
    kind: str
    direction: str
    sender: str
    text: str | None
    contact: bool
    kept_back: bool
    certainty: str
    also: tuple[int, ...]
    """Other files that show the same act."""
    open: tuple[str, ...]
    record: records.Communication = field(repr=False)
    entry: str = ""
    """The reference of the log's entry, where this is one and stands in no file."""
    source_words: str = ""
    """Of an entry: who wrote it and when."""
    places: tuple[tuple[int, int], ...] = ()
    """Every record that shows this act, as file and place in it; none for an entry."""

    @property
    def says(self) -> str:
        """When, in words never more exact than it is known."""
        return self.when.says()

    @property
    def mark(self) -> str:
        """How certainty is underlined: exact, about or believed."""
        if self.certainty in ("told_by_victim", "claimed"):
            return "believed"
        return "exact" if self.when.exact and not self.open else "about"

    @property
    def certainty_words(self) -> str:
        """Certainty in words, for the underline alone may not carry it."""
        sure = CERTAINTY_WORDS.get(self.certainty, "")
        if self.open:
            return "a question is open"
        known = self.when.earliest is not None or self.when.latest is not None
        time = "Exact" if self.when.exact else "About" if known else "Time not known"
        return f"{time}; {sure}" if sure else time


@dataclass(frozen=True, slots=True)
class Covered:
    """What one file could show, by its name."""

    source: int
    name: str
    coverage: tuple[records.Coverage, ...]
    left_days: tuple[date, ...] = ()
    """Days of which the file shows only what was not taken in."""
    blank_days: Sequence[date] = ()
    """Those, and days of which somebody told that there is no record: no coverage counts them."""


@dataclass(frozen=True, slots=True)
class Day:
    """How much contact the files show on one day; `day` is None for times not known to the day."""

    day: date | None
    incoming: int
    outgoing: int
    unknown: int
    logged: int = 0
    """Rows of somebody's own log, which tell of contact and are none themselves."""
    entered: int = 0
    """Entries written into the log here, which are none either."""

    @property
    def acts(self) -> int:
        """All contacts of the day."""
        return self.incoming + self.outgoing + self.unknown

    @property
    def total(self) -> int:
        """Everything listed on the day: acts of contact, rows of a log, and entries written here."""
        return self.acts + self.logged + self.entered


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions about a case's files that wait, and since when the oldest does."""

    circle: UUID
    case: str
    number: int
    since: datetime
