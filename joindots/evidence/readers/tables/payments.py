"""Payments as contact: whose they are is asked, and everybody else's are kept back from the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from joindots.evidence.readers.answers import NOT_SURE
from joindots.evidence.readers.records import Candidate, Communication, Identity, Place, Question, QuestionName
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.stamps import Order, Stamp
from joindots.evidence.readers.tables.clocks import When

MOST_PAYERS = 50_000
NAMELESS = "(no name)"


class Payment(NamedTuple):
    """One movement of money. `pence` is positive for money in; None where it is no whole number of pence."""

    shown_date: str
    stamp: Stamp
    pence: int | None
    incoming: bool
    payer: str
    words: str
    currency: str | None
    extra: dict[str, Any]
    described: str = ""
    """Who paid, as far as the bank's description beside the payer's own reference says it."""
    began: Stamp | None = None
    """When it was begun, where the statement tells that beside when it was done."""

    @property
    def whose(self) -> str:
        """By what the person picks it: the payer, or the bank's whole description where there is none."""
        return self.payer or self.described or self.words or self.extra.get("description") or NAMELESS


@dataclass(slots=True)
class _Seen:
    count: int = 0
    pence: int = 0
    dmy: list[datetime] = field(default_factory=list)
    mdy: list[datetime] = field(default_factory=list)


class Payers:
    """Who paid in, how often, how much and when: the candidates of `their_payments`."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}
        self.example = ""

    def add(self, one: Payment) -> None:
        """Count a payment in; money out is nobody's contact."""
        if not one.incoming:
            return
        if one.whose not in self._seen and len(self._seen) >= MOST_PAYERS:
            return
        seen = self._seen.setdefault(one.whose, _Seen())
        seen.count += 1
        seen.pence += one.pence or 0
        for reading, ends in ((one.stamp.dmy or one.stamp.mdy, seen.dmy), (one.stamp.mdy or one.stamp.dmy, seen.mdy)):
            if reading is not None:
                ends[:] = [min([reading, *ends]), max([reading, *ends])]
        if not self.example:
            self.example = " ".join(filter(None, (one.shown_date, one.payer, one.words)))[:200]

    def question(self, source: Source, order: Order | None, about: str | None) -> Iterator[Question]:
        """Ask which payers are the person's, commonest first; nothing where no money came in."""
        if not self._seen:
            return
        rows = sorted(self._seen.items(), key=lambda row: (-row[1].count, row[0]))
        details = tuple(_candidate(name, seen, order) for name, seen in rows)
        yield Question(
            source.sha256, source.name, "their_payments",
            "Which of these paid in on behalf of the person doing this? Name all of them in a list, or give an "
            "empty list. Payments by others, payments out and balances are then left out of the records.",
            tuple(name for name, _ in rows), self.example, about, details,
        )  # fmt: skip


def _candidate(name: str, seen: _Seen, order: Order | None) -> Candidate:
    noun = "payment" if seen.count == 1 else "payments"
    says = f"{seen.count} {noun}, {seen.pence // 100:,}.{seen.pence % 100:02} in all"
    ends = seen.mdy if order == "mdy" else seen.dmy
    if not ends or (order is None and seen.dmy != seen.mdy):
        return Candidate(name, says, seen.count)
    return Candidate(name, says, seen.count, ends[0].date().isoformat(), ends[1].date().isoformat())


class Picked:
    """The answer to `their_payments`."""

    def __init__(self, answer: Any) -> None:
        self.open: tuple[QuestionName, ...] = ("their_payments",) if answer is None else ()
        self.all = answer is None or answer == NOT_SURE
        names = [answer] if isinstance(answer, str) else answer or []
        self._names = frozenset(_folded(name) for name in names)

    @staticmethod
    def is_formed(answer: Any) -> bool:
        """Whether the answer is a name, a list of names, or not given."""
        return (
            answer is None
            or isinstance(answer, str)
            or (isinstance(answer, list | tuple) and all(isinstance(name, str) for name in answer))
        )

    def theirs(self, one: Payment) -> bool:
        """Whether a payment is carried in full: money in, and by a payer who was picked, or none was yet."""
        named = {one.whose} if one.payer and "payer_from" not in one.extra else {one.whose, one.words}
        return one.incoming and (self.all or any(_folded(name) in self._names for name in named))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def record(
    one: Payment, when: When, place: Place, picked: Picked, id_: str, seq: int, source_file: str
) -> Communication:
    """The record of a payment: whole if it is theirs, else only its place."""
    if not picked.theirs(one):
        return kept_back(place, id_, seq, source_file, out=not one.incoming)
    return Communication(
        id=id_, source_file=source_file, place=place, seq=seq, channel="payment", kind="payment", direction="in",
        thread=one.payer or None, sender=Identity(one.payer or None),
        at_earliest=when.earliest, at_latest=when.latest, at_shown=one.shown_date, precision=when.precision,
        zone_basis=when.basis, time_flags=when.flags, text=one.words or None, amount_pence=one.pence,
        currency=one.currency, certainty_of_sender="claimed", extra={"order": "bank", **one.extra},
        open=when.open + picked.open,
    )  # fmt: skip


def kept_back(place: Place, id_: str, seq: int, source_file: str, out: bool) -> Communication:
    """A row that is not contact: its bytes have their place, and nothing of what it says is carried."""
    return Communication(
        id=id_, source_file=source_file, place=place, seq=seq, channel="payment", kind="payment",
        direction="out" if out else "unknown", certainty_of_sender="unknown", extra={"kept_back": True},
    )  # fmt: skip
