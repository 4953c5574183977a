"""From the dates of one table to intervals in UTC: what the file proves, what was answered, what stays open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import (
    Candidate,
    Precision,
    Question,
    QuestionName,
    TimeFlag,
    ZoneBasis,
)
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.stamps import Order, OrderProof, Stamp, in_utc
from joindots.evidence.readers.times import LONDON, STEPS, Span, Zone

MOST_IN_THE_HOUR = 10_000
FIRST = frozenset({"first", "bst", "summer", "before", "0"})
SECOND = frozenset({"second", "gmt", "winter", "after", "1"})
"""What the answer to `clock_hour` may be: the hour before, or after, the clocks went back."""


class When(NamedTuple):
    """The time fields of a record, as `Communication` names them, and the questions that touch them."""

    earliest: datetime | None
    latest: datetime | None
    precision: Precision = "none"
    basis: ZoneBasis = "none"
    flags: tuple[TimeFlag, ...] = ()
    open: tuple[QuestionName, ...] = ()


NEVER = When(None, None)


class Clocks:
    """Reads the clock times of one table. First `survey` every row in order, then ask for each.

    `about` is the sheet's name where a file has several tables: it parts their questions.
    """

    def __init__(self, source: Source, answers: Answers, proof: OrderProof, about: str | None = None) -> None:
        self.source = source
        self.answers = answers
        self.proof = proof
        self.about = about
        name = self._answer("zone")
        self.zone = Zone(name if isinstance(name, str) and name != NOT_SURE else LONDON)
        self.basis: ZoneBasis = "device_assumed" if name in (None, NOT_SURE) else "asked"
        self._given = self._order_given()
        self._hours: dict[str, list[tuple[int, datetime]]] = {}
        self._settled: dict[int, int] = {}
        self._last: datetime | None = None
        self._ways = [0, 0]
        self._questions: dict[tuple[str, str | None], Question] = {}

    def _answer(self, question: QuestionName, about: str | None = None) -> object:
        found: object = self.answers.to(self.source.sha256, self.source.name, question, about or self.about)
        return found

    def _order_given(self) -> object:
        given = self._answer("date_order")
        if given not in (None, "dmy", "mdy", NOT_SURE):
            raise not_readable(
                "date_order_answer",
                'The answer to "date_order" for {name} must be dmy (day first), mdy (month first) or not_sure.',
                name=self.source.name,
            )
        return given

    @property
    def order(self) -> Order | None:
        """The order of day and month, proven by the file or else answered."""
        if proven := self.proof.order:
            return proven
        return "dmy" if self._given == "dmy" else "mdy" if self._given == "mdy" else None

    @property
    def order_answered(self) -> bool:
        """Whether the person answered the question for day and month, be it with "not sure"."""
        return self._given is not None

    def survey(self, index: int, shown: str, read: Stamp | None) -> None:
        """Take note of a row's date before any is asked for."""
        self.proof.feed(shown)
        if read is None or read.precision == "day" or read.offset is not None:
            return
        for local in {read.dmy, read.mdy} - {None}:
            assert local is not None
            if changes_back(self.zone.name, local.date().toordinal()):
                self._note_hour(index, local)
        if read.plain:
            self._note_way(read.dmy or read.mdy)

    def _note_way(self, local: datetime | None) -> None:
        """Whether the file runs up or down, judged outside the hour that comes twice by whole days."""
        if local and self._last and local.date() != self._last.date():
            self._ways[local > self._last] += 1
        self._last = local

    def _note_hour(self, index: int, local: datetime) -> None:
        if "dst_ambiguous" in self.zone.span(local).flags:
            hits = self._hours.setdefault(local.date().isoformat(), [])
            if len(hits) < MOST_IN_THE_HOUR:
                hits.append((index, local))

    def settle(self) -> None:
        """After the survey: where the clock runs back once inside the hour, the file's order says which is which."""
        if self._ways[0] and self._ways[1]:
            return
        for hits in self._hours.values():
            run = hits if not self._ways[0] else hits[::-1]
            back = [at for at in range(1, len(run)) if run[at][1] < run[at - 1][1]]
            certain = any(self._ways) and len(back) == 1
            if certain and len(run) < MOST_IN_THE_HOUR:
                self._settled.update({index: int(at >= back[0]) for at, (index, _) in enumerate(run)})

    def when(self, read: Stamp | None, index: int, shown: str = "") -> When:
        """The interval of a row's date, covering every reading still open. `shown` is the file's own wording."""
        if read is None:
            return NEVER
        readings = read.read(self.order)
        if len(readings) == 1 and read.offset is None:
            return self._local(readings[0], read.precision, index, shown)
        if read.offset is not None:
            basis: ZoneBasis = "offset_in_file" if read.offset else "utc_in_file"
            spans = [Span((at := in_utc(local, read.offset)), at + STEPS[read.precision]) for local in readings]
        else:
            basis = self.basis
            spans = [self.zone.span(local, read.precision) for local in readings]
        open_: tuple[QuestionName, ...] = ("date_order",) if len(readings) > 1 and self._given is None else ()
        return When(min(s.earliest for s in spans), max(s.latest for s in spans), read.precision, basis, (), open_)

    def _local(self, local: datetime, precision: Precision, index: int, shown: str) -> When:
        span = _span(self.zone.name, local, precision)
        if not span.flags:
            return When(span.earliest, span.latest, precision, self.basis)
        if span.flags == ("dst_gap",):
            return self._in_gap(local, span, precision, shown)
        night = local.date().isoformat()
        answer = str(self._answer("clock_hour", night) or "").lower()
        fold = self._settled.get(index, 0 if answer in FIRST else 1 if answer in SECOND else None)
        if fold is None:
            if not answer:
                self._ask_hour(night, shown or local.isoformat(" "))
            open_: tuple[QuestionName, ...] = () if answer else ("clock_hour",)
            return When(span.earliest, span.latest, precision, self.basis, span.flags, open_)
        first = span.earliest if fold == 0 else span.latest - STEPS[precision]
        settled = index in self._settled
        flags: tuple[TimeFlag, ...] = ("settled_by_order",) if settled else ()
        return When(first, first + STEPS[precision], precision, self.basis if settled else "asked", flags)

    def _in_gap(self, local: datetime, span: Span, precision: Precision, shown: str) -> When:
        if self._answer("zone") is not None:
            return When(span.earliest, span.latest, precision, self.basis, span.flags)
        self._questions.setdefault(("zone", None), self._question(
            "zone",
            "A time in this file did not exist in the United Kingdom: the clocks went forward over it. In which "
            "time zone was the phone or computer then? Give a name such as Europe/London or Europe/Madrid.",
            ("Europe/London", "Europe/Paris", "Europe/Madrid", "Europe/Warsaw", "UTC"),
            shown or local.isoformat(" "),
        ))  # fmt: skip
        return When(span.earliest, span.latest, precision, self.basis, span.flags, ("zone",))

    def _ask_hour(self, night: str, example: str) -> None:
        details = (
            Candidate("first", "before the clocks went back (summer time)"),
            Candidate("second", "after the clocks went back (winter time)"),
        )
        question = self._question(
            "clock_hour",
            f"On {night} the clocks went back, so this hour came twice. Was this the first time round or the second?",
            ("first", "second"), example, night, details,
        )  # fmt: skip
        self._questions.setdefault(("clock_hour", night), question)

    def order_question(self) -> Iterator[Question]:
        """The question for day and month, unless the file proves it or nothing hangs on it."""
        example = self.proof.open_example
        if example and self.order is None and self._given is None:
            details = (Candidate("dmy", "the day first"), Candidate("mdy", "the month first"))
            words = "Is the day or the month written first in these dates? The file itself does not say."
            yield self._question("date_order", words, ("dmy", "mdy"), example, self.about, details)

    def other_questions(self) -> Iterator[Question]:
        """What came up while the rows were read."""
        yield from self._questions.values()

    def _question(
        self, name: QuestionName, words: str, candidates: tuple[str, ...], example: str,
        about: str | None = None, details: tuple[Candidate, ...] = (),
    ) -> Question:  # fmt: skip
        source = self.source
        return Question(source.sha256, source.name, name, words, candidates, example, about or self.about, details)


_zone = lru_cache(maxsize=16)(Zone)


@lru_cache(maxsize=8192)
def _span(zone: str, local: datetime, precision: str) -> Span:
    """A statement or list has many rows of one day."""
    return _zone(zone).span(local, precision)


@lru_cache(maxsize=4096)
def changes_back(zone: str, day: int) -> bool:
    """Whether the clocks go back during this day (an ordinal) in this zone."""
    info = _zone(zone).info
    start = datetime.fromordinal(day)
    before, after = (at.replace(tzinfo=info).utcoffset() for at in (start, start + timedelta(days=1)))
    return before is not None and after is not None and after < before
