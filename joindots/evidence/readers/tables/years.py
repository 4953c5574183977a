"""The year of dates that name none, where a log kept in order leaves only one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from joindots.evidence.readers.vague import Told

LEAP = 2024
"""A year that has every date, to ask whether words lack nothing but their year."""
ENOUGH = 3
MOST_WAITING = 20_000
MOST_YEARS = 3


class Reads(Protocol):
    """Reads words with the year of dates that name none."""

    def __call__(self, words: str, year: int | None) -> Told | None:
        """The interval, or None."""
        ...


class _Waiting(NamedTuple):
    row: int
    words: str
    before: Told


@dataclass(slots=True)
class Years:
    """Fed with every row in the file's order. `lent` then holds the years that the order proves."""

    read: Reads
    lent: dict[int, int] = field(default_factory=dict)
    _last: Told | None = None
    _ways: set[int] = field(default_factory=set)
    _dated: int = 0
    _waiting: list[_Waiting] = field(default_factory=list)
    _bounded: list[tuple[_Waiting, Told]] = field(default_factory=list)

    def feed(self, index: int, words: str) -> None:
        """Take note of a row: a date with its year is a bound; one without waits for the next bound."""
        told = self.read(words, None)
        if told is not None:
            self._bound(told)
        elif self._last and len(self._waiting) < MOST_WAITING and words and self.read(words, LEAP):
            self._waiting.append(_Waiting(index, words, self._last))

    def _bound(self, told: Told) -> None:
        if self._last and told.earliest > self._last.latest:
            self._ways.add(1)
        elif self._last and told.latest < self._last.earliest:
            self._ways.add(-1)
        self._dated += 1
        self._last = told
        self._bounded += [(one, told) for one in self._waiting if len(self._bounded) < MOST_WAITING]
        self._waiting.clear()

    def settle(self) -> None:
        """Lend a year to a row between two dated ones, if the log never runs back and only one year fits."""
        if len(self._ways) != 1 or self._dated < ENOUGH:
            return
        for one, after in self._bounded:
            low, high = min(one.before.earliest, after.earliest), max(one.before.latest, after.latest)
            fitting = [
                year for year in range(low.year, low.year + MOST_YEARS) if self._fits(one.words, year, low, high)
            ]
            if len(fitting) == 1 and high.year < low.year + MOST_YEARS:
                self.lent[one.row] = fitting[0]

    def _fits(self, words: str, year: int, low: datetime, high: datetime) -> bool:
        told = self.read(words, year)
        return told is not None and told.earliest <= high and told.latest >= low
