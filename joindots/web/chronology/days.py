"""The list by day as its page shows it: rows, bundles of messages, and the times that no source covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from joindots.chronology.rules.bundles import LEAST, is_message, runs_of_messages
from joindots.chronology.rules.coverage import merged, uncovered
from joindots.chronology.rules.entries import beside_words
from joindots.chronology.rules.given import Act, Held
from joindots.chronology.rules.times import lasted
from joindots.chronology.rules.wording import duration_says, many, money_says
from joindots.evidence.queries import Covered, Day, Line
from joindots.kernel.when import day_says, london_day
from joindots.web.chronology.decided import Believed, Decided

BESIDE = frozenset({"email", "payment"})
PLAIN_KINDS = frozenset({"text", "incident", "payment"})
PLAIN_CHANNELS = frozenset({"photo", "file"})
"""Kinds and channels whose own word says all."""
MARKS = ("exact", "about", "believed")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a line, or a bundle of messages that came close together. `clock` leaves out its day."""

    lines: tuple[Line, ...]
    clock: str
    title: str
    who: str
    sources: tuple[tuple[int, str], ...]
    mark: str
    certainty: str
    beside: tuple[tuple[str, str], ...] = ()
    """Entries of the log that tell of the same act: reference, and who wrote it when."""
    believed: tuple[Believed, ...] = ()
    episode: str = ""
    """The reference of the episode it stands in."""
    begins: str = ""
    """The name of the episode, where its rows begin here."""
    accepted: bool = False
    """Whether somebody accepted it as one run."""
    inside: tuple[str, ...] = ()
    """In which orders and bail any of it lies by its date, in words."""

    @property
    def place(self) -> str:
        """How its first record is named in an address; empty for an entry."""
        return "-".join(map(str, self.line.places[0])) if self.line.places else ""

    @property
    def line(self) -> Line:
        """The first line, and the only one of a row that is no bundle."""
        return self.lines[0]

    @property
    def more(self) -> tuple[str, ...]:
        """What the file says beside the words of a mail or a payment; a row of a log says it on its own page."""
        return tuple(beside_words(self.line.record)) if self.line.record.channel in BESIDE and not self.bundle else ()

    @property
    def kind(self) -> str:
        """What kind it is in words, each said once."""
        line = self.line
        if line.entry:
            return line.kind
        if line.channel in line.kind and not self.bundle:
            return line.kind
        alone = not self.bundle and line.record.kind not in PLAIN_KINDS
        return f"{line.channel}, {line.kind}" if alone and line.record.channel not in PLAIN_CHANNELS else line.channel

    @property
    def bundle(self) -> bool:
        """Whether several messages stand together."""
        return len(self.lines) > 1

    @property
    def several(self) -> bool:
        """Whether more than one person wrote."""
        return len({line.sender for line in self.lines}) > 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Whole days that no source covers, both ends inclusive. `left`: of some of them records were not taken in."""

    first: date
    last: date
    left: bool = False

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Block:
    """One day with its rows; `gaps` stand after it, newest first. `more` begins where the rows end."""

    day: date | None
    total: int
    incoming: int
    outgoing: int
    entries: tuple[Entry, ...]
    more: int
    next: int
    logged: int = 0
    entered: int = 0
    gaps: tuple[Gap, ...] = ()

    @property
    def says(self) -> str:
        """How many acts, and of which direction as far as that is known; how many rows of a log and entries."""
        acts = self.total - self.logged - self.entered
        unknown = acts - self.incoming - self.outgoing
        told = ((self.incoming, "received"), (self.outgoing, "sent"), (unknown, "not known which"))
        parts = [f"{number:,} {word}" for number, word in told if number]
        said = f"{many(acts, 'act')}: {', '.join(parts)}" if unknown < acts else many(acts, "act")
        parts = [said] if acts or not (self.logged or self.entered) else []
        parts += [many(self.logged, "row of a log", "rows of a log")] if self.logged else []
        parts += [many(self.entered, "log entry", "log entries")] if self.entered else []
        return "; ".join(parts)


NOBODY_DECIDED = Decided()


def entries_of(
    lines: Sequence[Line], names: Mapping[int, str], *, cut: bool = False, made: Decided = NOBODY_DECIDED
) -> tuple[Entry, ...]:
    """Rows in order; messages of one conversation with pauses under ten minutes are one row, as in the pack, but where
    somebody decided otherwise. What is counted with something else stands beside it and has no row.

    Where the lines are `cut` off, the last run may go on: it is said to be a part.
    """
    lines = made.shown(lines)
    acts = [Act(Held(at, line.source, line.record)) for at, line in enumerate(lines)]
    grouped = made.grouped(lines)
    found = runs_of_messages((act for act in acts if is_message(act.c)), grouped.cut)
    runs = [run for run in found if len(run) >= LEAST or (len(run) > 1 and grouped.by_hand(run))]
    inside = {act.first.at for run in runs for act in run}
    groups = [[act] for act in acts if act.first.at not in inside] + runs
    rows = []
    for group in sorted(groups, key=lambda group: group[0].first.at):
        told = tuple(lines[act.first.at] for act in group)
        row = _entry(told, names, made, part=cut and group[-1].first.at == len(lines) - 1)
        accepted = len(group) > 1 and grouped.accepted(group)
        rows.append(replace(row, episode=grouped.episode_of(group[0]), accepted=accepted))
    return _with_headings(rows, {one.reference: one.name for one in grouped.episodes})


def _with_headings(rows: Sequence[Entry], names: Mapping[str, str]) -> tuple[Entry, ...]:
    """Each row of an episode that follows one outside of it begins with the episode's name."""
    before = ""
    found = []
    for row in rows:
        begins = names.get(row.episode, "") if row.episode != before else ""
        found.append(replace(row, begins=begins) if begins else row)
        before = row.episode
    return tuple(found)


def _entry(lines: tuple[Line, ...], names: Mapping[int, str], made: Decided, *, part: bool) -> Entry:
    sources = dict.fromkeys(source for line in lines for source in (line.source, *line.also))
    worst = max(lines, key=lambda line: MARKS.index(line.mark))
    return Entry(
        lines, _clocks(lines), _bundle_title(lines, part=part) if len(lines) > 1 else _title(lines[0]),
        _who(lines), tuple((source, names.get(source, "a file")) for source in sources), worst.mark,
        worst.certainty_words, tuple(dict.fromkeys(one for line in lines for one in made.beside(line))),
        made.believed(lines),
        inside=tuple(dict.fromkeys(said for line in lines for said in made.inside_of(line))),
    )  # fmt: skip


def _clocks(lines: Sequence[Line]) -> str:
    first, last = clock(lines[0]), clock(lines[-1])
    return first if first == last else f"{first} to {last}"


def clock(line: Line) -> str:
    """When, without the day that stands above it; the whole wording where it is not one clock time of that day."""
    said = line.says
    if line.when.earliest is None:
        return said
    day, _, rest = said.partition(", ")
    if day != day_says(line.when.earliest):
        return said
    return rest or "time not known"


def _title(line: Line) -> str:
    """What happened where the kind alone does not say it: the sum, the length, the files sent."""
    record = line.record
    parts = [money_says(record)] if record.amount_pence is not None else []
    if record.duration_s:
        parts.append(duration_says(record.duration_s))
    parts += [f"with {one.name}" for one in record.media[:3] if one.name]
    if record.count > 1:
        parts.append(f"{'about ' if record.count_about else ''}{record.count:,} times")
    return ", ".join(parts)


def _bundle_title(lines: Sequence[Line], *, part: bool) -> str:
    count = many(sum(line.record.count for line in lines), "message")
    length = lasted(lines[0].record, lines[-1].record) if lines[0].record.precision in ("second", "minute") else ""
    said = f"{count} in {length}" if length else f"{count}, times of day not known"
    return f"The first {said} of a longer run" if part else said


def _who(lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return lines[0].sender
    told = Counter(line.sender for line in lines)
    return ", ".join(f"{number} {name}" for name, number in told.most_common()) if len(told) > 1 else lines[0].sender


def by_day(lines: Iterable[Line]) -> dict[date, list[Line]]:
    """Lines by the London day on which they begin."""
    told: dict[date, list[Line]] = {}
    for line in lines:
        if line.when.earliest is not None:
            told.setdefault(london_day(line.when.earliest), []).append(line)
    return told


def gaps_of(covered: Iterable[Covered]) -> tuple[Gap, ...]:
    """Whole London days between covered periods of which no source says anything, newest first."""
    day = timedelta(days=1)
    covered = tuple(covered)
    left = sorted({one for source in covered for one in source.left_days})
    holes = [(london_day(hole.first) + day, london_day(hole.last) - day) for hole in uncovered(merged(covered))]
    found = [Gap(first, last, bisect_left(left, first) < bisect_right(left, last)) for first, last in holes]
    return tuple(gap for gap in reversed(found) if gap.first <= gap.last)


def split_at(gaps: Iterable[Gap], days: Iterable[Day]) -> tuple[Gap, ...]:
    """The same gaps without the days on which something was told: there stands what somebody said, and no source."""
    known = sorted({one.day for one in days if one.day is not None}, reverse=True)
    step = timedelta(days=1)
    found: list[Gap] = []
    for gap in gaps:
        last = gap.last
        for day in known:
            if gap.first <= day <= last:
                found.append(Gap(day + step, last, gap.left))
                last = day - step
        found.append(Gap(gap.first, last, gap.left))
    return tuple(gap for gap in found if gap.first <= gap.last)


def gaps_between(gaps: Iterable[Gap], newer: date | None, older: date | None) -> tuple[Gap, ...]:
    """The gaps that stand between two days of the list; None is the list's own end."""
    return tuple(gap for gap in gaps if (newer is None or gap.last < newer) and (older is None or gap.last > older))


def block(
    one: Day, lines: Sequence[Line], names: Mapping[int, str], *, all_of: int, skip: int = 0,
    made: Decided = NOBODY_DECIDED,
) -> Block:  # fmt: skip
    """One day with its rows, of which `skip` stand on pages before this one and `all_of` in all."""
    shown = skip + len(lines)
    entries = entries_of(lines, names, cut=shown < all_of, made=made)
    return Block(
        one.day, one.total, one.incoming, one.outgoing, entries, max(0, all_of - shown), shown, one.logged, one.entered
    )


def with_gaps(blocks: Sequence[Block], gaps: Sequence[Gap], older: date | None) -> tuple[Block, ...]:
    """Each day followed by the gaps before the next older one; `older` is the first day of the next page."""
    below = [*(one.day for one in blocks), older][1:]
    return tuple(
        replace(one, gaps=gaps_between(gaps, one.day, before)) if one.day else one
        for one, before in zip(blocks, below, strict=True)
    )
