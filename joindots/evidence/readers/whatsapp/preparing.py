"""Everything about a chat that must be known before its first record: form, order, names, false headers, zone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Literal

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.records import Media, QuestionName
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.times import STEPS
from joindots.evidence.readers.whatsapp import clock
from joindots.evidence.readers.whatsapp.bodies import Bodies
from joindots.evidence.readers.whatsapp.chatfile import Chat, no_header, sample_lines
from joindots.evidence.readers.whatsapp.cutting import Batch, Cutter
from joindots.evidence.readers.whatsapp.dates import Course, Decided, Order, answered
from joindots.evidence.readers.whatsapp.headers import Learned, beginning, learn
from joindots.evidence.readers.whatsapp.lookalikes import false_headers
from joindots.evidence.readers.whatsapp.roster import Roster, pair_name
from joindots.evidence.readers.whatsapp.survey import Seen, WrongOrder, survey

LEARNING = 1 << 18
"""Bytes from whose lines the form of the header is learned."""
TRIES = 4
MANY = 10_000
"""Messages; from here it is quicker to prepare every second of the day at once."""


class Prepared:
    """A chat after its first reading."""

    def __init__(
        self, source: Source, chat: Chat, answers: Answers, files: Mapping[str, Media], *, several: bool
    ) -> None:
        self.source = source
        self.chat = chat
        self.answers = answers
        self.about = chat.member if several else None
        self.head = self._head()
        self.learned = self._learn()
        self.decided, self.seen = self._survey()
        zone, self.zone_basis = clock.zone_of(self.answer("zone"))
        self.rejected = false_headers(
            self.seen, self.learned, crlf=self.learned.crlf, thread=chat.thread,
            is_autumn=lambda day: clock.is_autumn(zone, day), again=chat.open,
        )  # fmt: skip
        self._count_late()
        turns = {} if self.decided.open else clock.turns(self.seen.runs, zone)
        form = self.learned.form
        self.precision: Literal["second", "minute"] = "second" if form.seconds else "minute"
        self.days = clock.Days(self.decided, zone)
        self.step = STEPS[self.precision]
        self.since_midnight = clock.SinceMidnight()
        if form.seconds and self.seen.messages > MANY:
            self.since_midnight.fill()
        self.careful = clock.Careful(self.decided, zone, self.precision, turns, self.answer)
        self.roster = Roster(self.seen, bracket=form.bracket, thread=chat.thread)
        self.bodies = Bodies(iphone=form.bracket, marks=self.seen.marks or self.learned.marks, files=files)
        self.thread = chat.thread or self.seen.subject or self.roster.silent
        self.owner = self.answer("owner")
        same = {pair_name(*pair): self.answer("same_person", pair_name(*pair)) for pair in self.roster.pairs}
        self.roster.settle(self.owner, same)
        self.beginning = beginning(self.learned)

    def answer(self, question: QuestionName, about: str | None = None) -> Any:
        """The answer to a question of this chat; None while it is open."""
        return self.answers.to(self.source.sha256, self.source.name, question, about or self.about)

    def _head(self) -> bytes:
        stream = self.chat.open()
        head = b""
        while len(head) < LEARNING and (block := stream.read(LEARNING - len(head))):
            head += block
        return head

    def _learn(self) -> Learned:
        found = learn(sample_lines(self.head, whole=len(self.head) < LEARNING))
        if found is None:
            raise no_header(self.source.name)
        return found

    def _survey(self) -> tuple[Decided, Seen]:
        """Read once through, and again if the order of the date turns out to be another than assumed."""
        answer = self.answer("date_order")
        told = None if answer == NOT_SURE or self.learned.form.year_first else answer
        order: Order = answered(told, self._course_of_head()).order if told else self._course_of_head().best()
        for left in range(TRIES, 0, -1):
            try:
                seen = survey(self.chat.open(), self.learned, order, firm=bool(told) or left == 1)
            except WrongOrder as wrong:
                order = wrong.better
                continue
            decided = answered(told, seen.course) if told else seen.course.decide()
            if decided.order == order or left == 1:
                return decided, seen
            order = decided.order
        raise AssertionError("the last try always returns")

    def _count_late(self) -> None:
        """Those who wrote only lines that were in doubt, and are real, have written too."""
        for run in self.seen.runs:
            if not run.moved:
                self.seen.names.update(line.name for line in run.lines if line.offset not in self.rejected)

    def _course_of_head(self) -> Course:
        course, last = Course(self.learned), b""
        for part in Cutter(io.BytesIO(self.head), self.learned):
            if not isinstance(part, Batch):
                continue
            for date in part.fields[2::6]:
                if date is not None and date != last:
                    last = date
                    course.see(date)
        return course
