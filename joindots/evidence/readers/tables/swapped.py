"""Days and months that a spreadsheet itself may have swapped while they were typed, which is asked.

Typed day first into a program that expects the month first, 03/08/2025 becomes the 8th of March, and
13/08/2025 stays text. Such a column holds real dates with days up to 12 only, and text dates above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from joindots.evidence.readers.records import Candidate, Question
from joindots.evidence.readers.stamps import Order, OrderProof
from joindots.evidence.readers.tables.session import Session

ENOUGH_REAL = 5
ENOUGH_TEXT = 2


@dataclass(slots=True)
class Swapped:
    """Fed with every real date of a column; `proof` knows its text dates."""

    session: Session
    proof: OrderProof
    about: str
    _real: int = 0
    _over_12: bool = False
    _example: str = ""

    def feed(self, shown: str) -> None:
        """Take note of a sheet's own date in the form 2025-08-09."""
        self._real += 1
        self._over_12 = self._over_12 or int(shown[8:10]) > 12
        if not self._example and shown[5:7] != shown[8:10]:
            self._example = shown[:10]

    @property
    def suspected(self) -> bool:
        """Whether the column looks as if the program had swapped what it could."""
        proven = self.proof.open_example is None and self.proof.over_12 >= ENOUGH_TEXT
        return proven and self._real >= ENOUGH_REAL and not self._over_12 and bool(self._example)

    @property
    def answer(self) -> Any:
        """as_shown, swapped or not_sure; None while open."""
        session = self.session
        given = session.answers.to(session.source.sha256, session.source.name, "date_order", self.about)
        return given if given in ("as_shown", "swapped", "not_sure") else None

    def words(self, shown: str) -> str:
        """The date as figures with the day first, as the sheet holds it, so that it can be read both ways."""
        day = date.fromisoformat(shown[:10])
        return f"{day.day:02}/{day.month:02}/{day.year}{shown[10:]}"

    @property
    def order(self) -> Order | None:
        """How those figures are to be read: as the sheet holds them, swapped, or both ways."""
        return "dmy" if self.answer == "as_shown" else "mdy" if self.answer == "swapped" else None

    def question(self) -> Iterator[Question]:
        """Whether the sheet's own dates are right."""
        if not self.suspected or self.answer is not None:
            return
        source = self.session.source
        details = (
            Candidate("as_shown", f"{date.fromisoformat(self._example):%d %B %Y} is right"),
            Candidate("swapped", "day and month are the wrong way round"),
        )
        yield Question(
            source.sha256, source.name, "date_order",
            "No date that the spreadsheet took as a date has a day above 12, and those above 12 stayed text. The "
            "spreadsheet may have swapped day and month when they were typed in. Are its own dates right as shown?",
            ("as_shown", "swapped"), self._example, self.about, details,
        )  # fmt: skip
