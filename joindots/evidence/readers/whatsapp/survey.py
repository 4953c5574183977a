"""The first reading of a chat: who writes in it, how its dates and clock run, and which lines only look real."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import compress, count, groupby, repeat
from operator import add, is_, sub
from typing import Any, Final, NamedTuple

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.whatsapp import sentences as say
from joindots.evidence.readers.whatsapp.app_lines import LRM, app_says, is_notice, message_like, stands_for_message
from joindots.evidence.readers.whatsapp.cutting import Batch, Cutter, Readable
from joindots.evidence.readers.whatsapp.dates import Course, Order
from joindots.evidence.readers.whatsapp.headers import Learned
from joindots.evidence.readers.whatsapp.stamps_seen import DAY, NEVER, Midnights, Seconds

MOST_NAMES: Final = 50_000
MOST_REJECTED: Final = 200_000
MOST_IN_DOUBT: Final = 50_000
FEW: Final = 200
"""Lines of one name that are looked at one by one."""
MOST_WITH_FEW: Final = 500
"""Names whose lines are so looked at."""
MOST_OPENING: Final = 3
MOST_KEPT: Final = 300
"""Bytes kept of a line in doubt."""
_MARK = LRM.encode()
_MARKED_LINE = b"\n" + _MARK
"""Inside a poll. The app's own lines on other things are single ones."""


class Line(NamedTuple):
    """One line in doubt: it looks like a header, and its clock does not run on from the line before."""

    offset: int
    at: int
    name: bytes | None
    first: bytes
    """The line as it stands."""
    before: bytes
    """The end of what stands before it."""
    rest: bytes = b""
    """What follows the name, or the header where there is no name."""


@dataclass(slots=True)
class Run:
    """Lines below the level that the clock had reached."""

    level: int
    lines: list[Line] = field(default_factory=list)
    moved: bool = False
    """The clock stayed back for longer than one message can be, so it was set back."""
    at_end: bool = False
    leap: Leap | None = None


@dataclass(slots=True)
class Leap:
    """A step ahead by more than a day, and the lines behind it."""

    level: int
    lines: list[Line] = field(default_factory=list)


class Places:
    """Where each message of a batch stands, worked out only as far as it is asked, in rising order."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._index = 0
        self._offset = batch.offset

    def of(self, index: int) -> int:
        """The offset of one message's first byte."""
        fields, start, stop = self.batch.fields, 6 * self._index, 6 * index
        self._offset += sum(map(len, fields[start:stop:6])) + sum(map(len, fields[start + 5 : stop : 6]))
        self._offset += index - self._index
        self._index = index
        return self._offset


@dataclass(slots=True)
class Seen:
    """What the first reading found."""

    course: Course
    order: Order
    names: Counter[bytes | None] = field(default_factory=Counter)
    """Words before the first colon, by how many lines in good order open with them; not above nought, nobody."""
    longer: Counter[bytes] = field(default_factory=Counter)
    """Longer names that hold a colon, by how many lines open with them."""
    certain: Counter[bytes] = field(default_factory=Counter)
    """Of those, lines on which the app itself shows where the name ends."""
    few: dict[bytes, list[bytes]] = field(default_factory=dict)
    """What follows the first colon, for names that open few lines."""
    system_only: Counter[bytes] = field(default_factory=Counter)
    """Lines by name that were the app's own, behind U+200E."""
    numbers: list[tuple[str, str]] = field(default_factory=list)
    """Old and new number or name, from the app's lines."""
    subject: str | None = None
    group: bool = False
    marks: bool = False
    opening: list[bytes] = field(default_factory=list)
    """The first lines of the file."""
    rejected: set[int] = field(default_factory=set)
    runs: list[Run] = field(default_factory=list)
    unordered: bool = False
    messages: int = 0
    seconds: Seconds = field(default_factory=Seconds)


def first_line(whole: bytes, body: bytes) -> bytes:
    """A message's first line as it stands, as much of it as is kept."""
    return (whole + body[:MOST_KEPT]).split(b"\n", 1)[0][:MOST_KEPT].rstrip(b"\r")


class WrongOrder(Exception):
    """The order of the date assumed while reading does not exist for this file; `better` does."""

    def __init__(self, better: Order) -> None:
        super().__init__(better)
        self.better = better


def survey(stream: Readable, learned: Learned, order: Order, *, firm: bool) -> Seen:
    """Read once through. Unless the order is firm, raises WrongOrder as soon as it cannot be."""
    return Surveyor(learned, order, firm=firm).read(stream)


class Surveyor:
    """Follows one chat line by line."""

    def __init__(self, learned: Learned, order: Order, *, firm: bool) -> None:
        self.learned = learned
        self.firm = firm
        self.course = Course(learned)
        self.seen = Seen(self.course, order)
        self._days = Midnights(order)
        self._level = NEVER // 2
        self._shown = self._before = b""
        self._places = Places(Batch(0, []))
        self._calm = True
        self._run: Run | None = None
        self._leap: Leap | None = None
        self._in_doubt = 0

    def read(self, stream: Readable) -> Seen:
        """Every line of the stream."""
        cutter = Cutter(stream, self.learned)
        for part in cutter:
            if isinstance(part, Batch):
                self._batch(part)
        if self._run:
            self._run.at_end = True
            self._close()
        return self.seen

    def _batch(self, batch: Batch) -> None:
        """Whole batches run on as a rule, and are judged at once; line by line only where one does not."""
        fields = batch.fields
        dates, names, bodies = fields[2::6], fields[4::6], fields[5::6]
        self._places = Places(batch)
        self._count(names)
        self._keep_few(names, bodies)
        if len(self.seen.opening) < MOST_OPENING:
            self._open(fields, names, bodies)
        for date, _ in groupby(dates):
            if date != self._shown:
                self._shown = date
                self._date(date)
        ats = list(map(add, map(self._days.__getitem__, dates), map(self.seen.seconds.__getitem__, fields[3::6])))
        if self._runs_on(ats):
            self._level = ats[-1]
        else:
            self._one_by_one(ats, names, bodies)
        special = [map(is_, names, repeat(None)), map((-1).__ne__, map(bytes.find, bodies, repeat(b": ")))]
        if self.learned.form.bracket:
            special.append(map(bytes.startswith, bodies, repeat(_MARK)))
        for i in sorted({i for which in special for i in compress(count(), which)}):
            self._special(names[i], bodies[i])
        self._before = bodies[-1][-64:] if bodies else self._before
        self.seen.messages += len(bodies)
        self.seen.seconds.trim()

    def _open(self, fields: list[Any], names: list[bytes | None], bodies: list[bytes]) -> None:
        """The top of the file, where the app writes on encryption; without its marks, if the file lost them."""
        self.seen.opening += map(first_line, fields[: 6 * MOST_OPENING : 6], bodies[:MOST_OPENING])
        for name, body in zip(names[:MOST_OPENING], bodies, strict=False):
            if name is None or not self.learned.form.bracket or body.startswith(_MARK):
                continue
            if is_notice(first := body.decode("utf-8", "replace")):
                self._app_line(name, first.rstrip("\r"))

    def _runs_on(self, ats: list[int]) -> bool:
        """Whether no line of the batch steps back, or ahead by more than a day."""
        if not (self._calm and ats and 0 <= ats[0] - self._level <= DAY and ats == sorted(ats)):
            return False
        return ats[-1] - ats[0] <= DAY or max(map(sub, ats[1:], ats)) <= DAY

    def _one_by_one(self, ats: list[int], names: list[bytes | None], bodies: list[bytes]) -> None:
        level, calm = self._level, self._calm
        for i, at in enumerate(ats):
            if calm and 0 <= at - level <= DAY:
                level = at
                continue
            self._level = level
            self._odd(self._line(i, at, names[i], bodies[i]))
            level, calm = self._level, self._calm
        self._level = level

    def _line(self, index: int, at: int, name: bytes | None, body: bytes) -> Line:
        fields = self._places.batch.fields
        before = fields[6 * index - 1][-64:] if index else self._before
        rest = body[:MOST_KEPT].split(b"\n", 1)[0]
        return Line(self._places.of(index), at, name, first_line(fields[6 * index], body), before, rest)

    def _count(self, names: list[bytes | None]) -> None:
        """Every name counts once for each line; lines in doubt are taken off again."""
        counted = self.seen.names
        if len(counted) < MOST_NAMES:
            counted.update(names)

    def _keep_few(self, names: list[bytes | None], bodies: list[bytes]) -> None:
        """Lines by which a name with a colon can be told from the app's own words: `Mam: gwaith left`."""
        few, counted = self.seen.few, self.seen.names
        rare = {name for name in set(names) if name is not None and counted[name] <= FEW}
        if not rare or len(few) > MOST_WITH_FEW:
            return
        for i in compress(count(), map(rare.__contains__, names)):
            few.setdefault(names[i] or b"", []).append(bodies[i][:MOST_KEPT].split(b"\n", 1)[0])

    def _date(self, raw: bytes) -> None:
        self.course.see(raw)
        mine = self.course.courses[self.seen.order]
        if mine.impossible and not self.firm and mine.impossible * 4 > self.course.changes:
            better = self.course.best()
            if better != self.seen.order:
                raise WrongOrder(better)

    def _odd(self, line: Line) -> None:
        """A line that does not run on: reject it, open or go on with a run, or note a leap."""
        if line.at < 0:
            self._reject([line])
        elif self._run and line.at < self._level:
            self._uncount(line)
            self._run.lines.append(line)
            self._judge_run()
        elif line.at < self._level and not self.seen.unordered:
            self._uncount(line)
            self._run = Run(self._level, [line], leap=self._leap)
        else:
            self._in_order(line)
        self._calm = self._run is None and self._leap is None

    def _in_order(self, line: Line) -> None:
        if self._run:
            self._close()
            self._leap = None
        if line.at - self._level > DAY and self._level > 0:
            self._leap = Leap(self._level, [line])
        elif self._leap:
            self._leap.lines.append(line)
            if len(self._leap.lines) > 20:
                self._leap = None
        self._level = max(line.at, self._level)

    def _uncount(self, line: Line, by: int = 1) -> None:
        self.seen.names[line.name] -= by

    def _judge_run(self) -> None:
        """Whether the clock was set back, or the lines ahead of the run are the ones that do not fit."""
        run = self._run
        assert run is not None
        if run.lines[-1].offset - run.lines[0].offset > 1 << 18:
            run.moved = True
            self._close()
            for line in run.lines:
                self._uncount(line, -1)
            self._level = max(line.at for line in run.lines)
        elif run.leap and len(run.lines) == 2 * len(run.leap.lines) + 3 and self._leap_is_false(run):
            self._take_leap_back(run)

    def _leap_is_false(self, run: Run) -> bool:
        """Whether the file runs smoothly once the lines behind the leap are left out."""
        leap = run.leap
        assert leap is not None
        fits = all(line.at >= leap.level - 3600 for line in run.lines)
        known = all(self.seen.names[line.name] > 0 for line in run.lines)
        return fits and known and leap.lines[0].at - leap.level > 2 * DAY

    def _take_leap_back(self, run: Run) -> None:
        assert run.leap is not None
        self._reject(run.leap.lines)
        for line in run.lines:
            self._uncount(line, -1)
        self._run = self._leap = None
        self._level = max(line.at for line in run.lines)

    def _close(self) -> None:
        run, self._run = self._run, None
        assert run is not None
        if run.at_end and run.leap and self._leap_is_false(run) and self._near(run):
            self._take_leap_back(run)
            return
        self._in_doubt += len(run.lines)
        if self._in_doubt > MOST_IN_DOUBT:
            self.seen.unordered = True
            self.seen.runs.clear()
        elif not self.seen.unordered:
            self.seen.runs.append(run)
            run.leap = None

    def _near(self, run: Run) -> bool:
        leap = run.leap
        assert leap is not None
        more = len(run.lines) > len(leap.lines)
        close = run.lines[0].at - leap.level <= DAY and leap.lines[0].at - leap.level > 30 * DAY
        return more or (close and len(run.lines) == len(leap.lines))

    def _reject(self, lines: list[Line]) -> None:
        self.seen.rejected.update(line.offset for line in lines)
        for line in lines:
            self._uncount(line)
        if len(self.seen.rejected) > MOST_REJECTED:
            raise not_readable(
                "whatsapp_times",
                "Most lines of this chat open with a date or time that does not exist, such as {example}, so "
                "it was not read. Export the chat again on the phone it came from.",
                example=lines[0].first[:60].decode("utf-8", "replace"),
            )

    def _special(self, name: bytes | None, body: bytes) -> None:
        """Rare lines: the app's own, and names with a colon in them."""
        seen = self.seen
        first = body.split(b"\n", 1)[0]
        marked_here = first.startswith(_MARK)
        seen.marks |= marked_here
        if name is None or (marked_here and _MARKED_LINE not in body):
            self._app_line(name, first.decode("utf-8", "replace"))
        if name is not None and b": " in first and not marked_here:
            self._longer(name, first)

    def _app_line(self, name: bytes | None, first: str) -> None:
        seen = self.seen
        if name is not None and message_like(first):
            return
        if name is not None and len(seen.system_only) < MOST_NAMES:
            seen.system_only[name] += 1
        said = app_says(first)
        if name is not None and not said.system:
            return
        seen.group |= said.group
        seen.subject = said.subject or seen.subject
        if said.numbers and len(seen.numbers) < 1000:
            seen.numbers.append(said.numbers)

    def _longer(self, name: bytes, first: bytes) -> None:
        at = -2
        longer = self.seen.longer
        for _ in range(3):
            at = first.find(b": ", at + 2, 120)
            if at < 0 or say.plain(first[:at].decode("utf-8", "replace")) in say.LOCATION:
                break
            full = name + b": " + first[:at]
            longer[full] += 1
            rest = first[at + 2 :].decode("utf-8", "replace")
            self.seen.certain[full] += stands_for_message(rest)
        if len(longer) > MOST_NAMES:
            for key in [key for key, count in longer.items() if count < 2] or list(longer):
                del longer[key], self.seen.certain[key]
