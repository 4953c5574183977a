"""Who wrote in a file, how often, and from when until when: for the owner's question and the coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from joindots.evidence.readers.records import Candidate, Channel, Communication, Coverage, Identity, Question
from joindots.evidence.readers.source import Source

OWNER_WORDS = (
    "Which of these is the person whose account this file came from? "
    "Until this is answered, nothing is shown as sent or received."
)


@dataclass(slots=True)
class Stretch:
    """How many, and from when until when."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def add(self, earliest: datetime | None, latest: datetime | None) -> None:
        """Count one more, and widen the stretch to hold it."""
        self.count += 1
        if earliest is not None and (self.first is None or earliest < self.first):
            self.first = earliest
        if latest is not None and (self.last is None or latest > self.last):
            self.last = latest


class Senders:
    """A tally of the senders of one file."""

    def __init__(self) -> None:
        self.seen: dict[Identity, Stretch] = {}
        self.example = ""

    def add(self, one: Communication) -> None:
        """Count one communication for its sender."""
        stretch = self.seen.get(one.sender)
        if stretch is None:
            stretch = self.seen[one.sender] = Stretch()
        stretch.add(one.at_earliest, one.at_latest)
        if not self.example and one.text:
            self.example = f"{one.sender.shown or one.sender.key}: {one.text[:120]}"

    def also(self, people: Iterable[Identity]) -> None:
        """Name those who took part and wrote nothing: the owner may never have answered."""
        for who in people:
            self.seen.setdefault(who, Stretch())

    def candidates(self, likely: frozenset[str] = frozenset()) -> tuple[Candidate, ...]:
        """Everybody who wrote, `likely` names first and then the most frequent.

        Someone is named by the hard identifier where two have one name, or where no name is shown.
        """
        shared = Counter(who.shown for who in self.seen)
        rows = []
        for who, stretch in self.seen.items():
            value = who.shown if who.shown and shared[who.shown] == 1 else who.key or who.shown
            if value:
                rows.append((value not in likely, -stretch.count, value, who, stretch))
        return tuple(
            Candidate(value, (who.key or "") if value != who.key else "", *_as_shown(stretch))
            for _, _, value, who, stretch in sorted(rows, key=lambda row: row[:3])
        )

    def question(self, source: Source, likely: frozenset[str] = frozenset()) -> Question:
        """Which of the senders is the owner of the account, as the file itself cannot tell."""
        found = self.candidates(likely)
        return Question(
            file=source.sha256,
            name=source.name,
            question="owner",
            words=OWNER_WORDS,
            candidates=tuple(one.value for one in found),
            example=self.example,
            details=found,
        )


class Threads:
    """What period each thread of a file shows, for its coverage."""

    def __init__(self) -> None:
        self.seen: dict[tuple[Channel, str | None, tuple[str, ...]], Stretch] = {}

    def stretch(self, channel: Channel, thread: str | None, limits: tuple[str, ...] = ()) -> Stretch:
        """The stretch of a thread, to which its communications are added. A thread without any counts too."""
        return self.seen.setdefault((channel, thread, limits), Stretch())

    def coverage(self) -> Iterator[Coverage]:
        """One entry for each thread, in the file's order."""
        for (channel, thread, limits), stretch in self.seen.items():
            yield Coverage(channel, stretch.first, stretch.last, limits, thread)


def is_owner(answer: object, who: Identity) -> bool:
    """Whether the answer to the owner's question names this sender, by name or by hard identifier."""
    return isinstance(answer, str) and answer in (who.shown, who.key)


def _as_shown(stretch: Stretch) -> tuple[int, str | None, str | None]:
    first, last = (at and at.strftime("%Y-%m-%d") for at in (stretch.first, stretch.last))
    return stretch.count, first or None, last or None
