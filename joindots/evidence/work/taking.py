"""Records as they come out of a file: numbered, counted, chosen, and filled into batches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from joindots.evidence import rules
from joindots.evidence.actions.reading import BATCH, Batch
from joindots.evidence.findings import MOST_PLACES, Findings, Sender, Survey
from joindots.evidence.readers.duplicates import export_of
from joindots.evidence.readers.records import Attachment, Communication, Coverage, Item, NotUnderstood, Question
from joindots.evidence.rules import codes, keeping
from joindots.evidence.rules.keeping import WHOLE_FILE, Choice
from joindots.evidence.rules.tallies import Days

NOTHING_KEPT = sys.maxsize
"""As many records kept before as no file has: a first look through it keeps none."""


class Taken:
    """Takes items as they come: numbers senders and threads, counts days, fills batches.

    What the choice leaves out is counted and goes no further.
    """

    def __init__(self, kept: int, choice: Choice = WHOLE_FILE) -> None:
        self.skip = kept
        self.choice = choice
        self.left_media: set[str] = set()
        self._left_days: set[date] = set()
        self._media: set[str] = set()
        self._whole = Survey()
        self._all_senders: dict[tuple[str | None, str | None], Sender] = {}
        self.records = 0
        self.found = Findings()
        self.days = Days()
        self.earliest: datetime | None = None
        self.latest: datetime | None = None
        self._rows: list[tuple[Any, ...]] = []
        self._words: list[Communication] = []
        self._senders: dict[tuple[str | None, str | None], int] = {}
        self._exports: set[object] = set()
        self._threads: dict[str | None, int] = {}

    def take(self, items: list[Item]) -> Iterator[Batch]:
        """Every whole batch that these items fill. What was kept before a kill is passed over."""
        for item in items:
            if type(item) is Communication:
                if not self.choice.everything and not self._chosen(item):
                    continue
                row = self._row(item)
                self.records += 1
                if self.records > self.skip:
                    self._rows.append(row)
                    self._words.append(item)
                if len(self._rows) == BATCH:
                    yield from self.rest()
            else:
                self._note(item)

    def rest(self) -> Iterator[Batch]:
        """What waits, packed, if anything does."""
        if self._rows:
            yield Batch.of(self.records - len(self._rows), self._rows, self._words)
            self._rows, self._words = [], []

    def finish(self) -> Findings:
        """What was found, said so that nothing left out looks as if it had not happened."""
        found = self.found
        if not self.choice.everything:
            days = {day for day, *_ in self.days.numbers}
            found.left_days = sorted(self._left_days - {day for day in days if day})
            found.coverage = keeping.covered(found.coverage, self.choice, found.left_out)
            self._whole.senders = list(self._all_senders.values())
            found.survey = self._whole
            self.left_media -= self._media
        return found

    def survey(self) -> Findings:
        """What was found by a first look, with the whole of it to choose from."""
        contacts = self.days.total
        self.found.survey = Survey(self.found.senders, self.records, contacts, self.earliest, self.latest)
        return self.found

    def _chosen(self, one: Communication) -> bool:
        """Whether the choice lets a record in. It is counted among the whole either way."""
        whole, contact = self._whole, rules.is_contact(one)
        who = (one.sender.shown, one.sender.key)
        sender = self._all_senders.setdefault(who, Sender(*who))
        sender.count += 1
        whole.records += 1
        whole.contacts += contact
        if one.at_earliest and (whole.earliest is None or one.at_earliest < whole.earliest):
            whole.earliest = one.at_earliest
        if one.at_latest and (whole.latest is None or one.at_latest > whole.latest):
            whole.latest = one.at_latest
        shown = {media.sha256 for media in one.media if media.sha256}
        if keeping.lets(self.choice, one):
            self._media |= shown
            return True
        self.found.left_out += contact
        self.left_media |= shown
        if contact and keeping.in_period(self.choice, one) and (day := rules.day_of(one)):
            self._left_days.add(day)
        return False

    def _row(self, one: Communication) -> tuple[Any, ...]:
        """The values of `models.COLUMNS`."""
        contact, sender = rules.is_contact(one), self._sender(one)
        self._count(one)
        if contact:
            self.days.add(one, sender)
        earliest, latest = one.at_earliest, one.at_latest
        return (
            earliest, self.records, codes.CHANNEL_OF[one.channel], codes.KIND_OF[one.kind],
            codes.DIRECTION_OF[one.direction], codes.PRECISION_OF[one.precision], sender,
            self._thread(one.thread), rules.spread(earliest, latest), contact,
        )  # fmt: skip

    def _count(self, one: Communication) -> None:
        if one.channel not in self.found.channels:
            self.found.channels.append(one.channel)
        self.found.kinds[one.kind] = self.found.kinds.get(one.kind, 0) + 1
        if (export := export_of(one)) not in self._exports:
            self._exports.add(export)
            self.found.exports += 1
        if one.at_earliest and (self.earliest is None or one.at_earliest < self.earliest):
            self.earliest = one.at_earliest
        if one.at_latest and (self.latest is None or one.at_latest > self.latest):
            self.latest = one.at_latest

    def _sender(self, one: Communication) -> int:
        who = (one.sender.shown, one.sender.key)
        number = self._senders.get(who)
        if number is None:
            number = self._senders[who] = len(self.found.senders)
            self.found.senders.append(Sender(*who))
        self.found.senders[number].count += 1
        return number

    def _thread(self, name: str | None) -> int:
        number = self._threads.get(name)
        if number is None:
            number = self._threads[name] = len(self.found.threads)
            self.found.threads.append(name)
        return number

    def _note(self, item: Item) -> None:
        match item:
            case Question():
                self.found.questions.append(item)
            case Coverage():
                self.found.coverage.append(item)
            case NotUnderstood() if len(self.found.places) < MOST_PLACES:
                self.found.places.append(item)
            case NotUnderstood():
                self.found.places_more += 1
            case Attachment():
                pass
