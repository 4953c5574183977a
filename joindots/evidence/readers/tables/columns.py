"""What each column of a table means: by heading where that is certain, else by the person's answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.stamps import Order, stamp
from joindots.evidence.readers.tables.call_words import is_withheld
from joindots.evidence.readers.tables.headings import KNOWN
from joindots.kernel.identities import plain

Kind = Literal["bank", "calls", "incidents"]

MEANINGS: dict[Kind, dict[str, str]] = {
    "bank": {
        "date": "the day", "time": "the time of day", "zone": "the time zone",
        "payer": "who paid", "reference": "the words sent with it",
        "description": "the bank's description", "type": "the kind of payment",
        "amount": "the sum, with a minus for money out", "paid_in": "money in", "paid_out": "money out",
        "sign": "credit or debit", "status": "whether it went through", "notes": "notes",
        "currency": "the currency", "balance": "the balance (never kept)",
    },
    "calls": {
        "date": "the day, or day and time", "time": "the time of day", "direction": "incoming, outgoing or missed",
        "outcome": "answered or not", "number": "the other person's number",
        "number_called": "the number that was rung", "name": "the other person's name",
        "from": "the number that rang", "to": "the number that was rung (either way)",
        "duration": "how long", "cost": "what it cost",
    },
    "incidents": {
        "date": "the day, in figures or words", "time": "the time of day, in figures or words",
        "date_to": "the last day", "time_to": "the time it ended", "what": "what happened", "where": "the place",
        "who": "who did it", "witnesses": "who saw it", "effect": "the effect on the person",
        "reported": "whom it was reported to, or a reference", "evidence": "what was kept", "count": "how many times",
        "ref": "a number of the row", "kind": "the kind of act", "notes": "anything else",
    },
}  # fmt: skip
"""Every meaning a column can have, and so every key of an answer to `columns`, by kind of table."""

NEEDED: dict[Kind, str] = {
    "bank": "date, one of amount or paid_in, and one of reference, description or payer",
    "calls": "date, number or name, and direction (or number_called for a bill of calls made)",
    "incidents": "date and what",
}

_SECOND = {"direction": "outcome", "amount": "sign"}
"""Where "Direction" and "Type" both stand, the type says how the call ended; where "Amount" and
"Debit/Credit" do, the latter says which way the money went."""
MOST_OF_A_COUNT = 5
"""Digits; short codes such as 101 stand among longer numbers."""
_WAY = re.compile(r"\b(?:missed|incoming|outgoing|inbound|outbound|dialled|received|rejected|blocked)\b", re.IGNORECASE)
_OF_CALLS = ("number", "from", "to", "duration", "number_called")
"""A name and a type beside a date may be of anything; a number or a duration makes them calls."""
_UNIT = re.compile(r"[\[(]([^\])]*)[\])]")
_DMY = re.compile(r"d{1,2}\W?m{1,2}\W?y{2,4}", re.IGNORECASE)
_MDY = re.compile(r"m{1,2}\W?d{1,2}\W?y{2,4}", re.IGNORECASE)
_NAMES: dict[str, dict[str, tuple[str, int]]] = {
    kind: {
        name: (meaning, rank)
        for meaning, lines in known.items()
        for rank, line in enumerate(lines)
        for name in line.split("|")
    }
    for kind, known in KNOWN.items()
}


@lru_cache(maxsize=4096)
def plain_heading(shown: str) -> str:
    """A heading as words in lower case, without what stands in brackets."""
    return " ".join(re.sub(r"\W+|_", " ", _UNIT.sub(" ", plain(shown)).casefold().replace("&", " and ")).split())


def unit_of(shown: str) -> str:
    """What stands in brackets in a heading, such as `s` or `DD/MM/YYYY`, or else the heading itself."""
    found = _UNIT.search(shown)
    return (found[1] if found else shown).strip().casefold()


def order_in(shown: str) -> Order | None:
    """The order of day and month that a heading such as "Date (DD/MM/YYYY)" states."""
    return "dmy" if _DMY.search(shown) else "mdy" if _MDY.search(shown) else None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which meaning. `places` are indexes; `doubtful` meanings fit several columns."""

    kind: Kind
    headings: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict)
    doubtful: tuple[str, ...] = ()
    spare: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Columns of a lesser name for the same meaning, for rows that leave the first one empty."""

    def has(self, *meanings: str) -> bool:
        """Whether any of these meanings has its column."""
        return any(meaning in self.places for meaning in meanings)

    def heading(self, meaning: str) -> str:
        """The heading of a meaning's column, or nothing."""
        return self.headings[self.places[meaning]] if meaning in self.places else ""

    @property
    def others(self) -> list[tuple[int, str]]:
        """Columns without a meaning, as index and heading."""
        used = set(self.places.values())
        return [(index, name) for index, name in enumerate(self.headings) if index not in used]

    @property
    def complete(self) -> bool:
        """Whether every meaning that is needed stands in one certain column."""
        if {"date", "amount", "paid_in", "what", "direction", "number", "payer", "reference"} & set(self.doubtful):
            return False
        if self.kind == "bank":
            return self.has("date") and self.has("amount", "paid_in") and self.has("reference", "description", "payer")
        if self.kind == "calls":
            ways = self.has("direction", "number_called") or (self.has("number", "to") and self.has("cost"))
            return self.has("date") and ways and self.has("number", "name", "number_called", "from", "to")
        return self.has("date", "time") and self.has("what")


def match(kind: Kind, headings: Sequence[str], sample: Iterable[Sequence[str]] = ()) -> Columns:
    """Match headings to meanings by the table of known names.

    A meaning that several columns of one rank fit is doubtful and gets none of them. Where only a
    time is headed but its cells hold whole dates, that column is the date.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for index, heading in enumerate(headings):
        if known := _NAMES[kind].get(plain_heading(heading)) or _NAMES[kind].get(plain_heading(_opened(heading))):
            found.setdefault(known[0], []).append((known[1], index))
    places: dict[str, int] = {}
    spare: dict[str, tuple[int, ...]] = {}
    doubtful: list[str] = []
    for meaning, hits in found.items():
        best = min(rank for rank, _ in hits)
        first = [index for rank, index in hits if rank == best]
        if len(first) == 1:
            places[meaning] = first[0]
        else:
            doubtful.append(meaning)
        later = [index for rank, index in sorted(hits) if rank > best]
        if later:
            spare[meaning] = tuple(later)
        if meaning in _SECOND and _SECOND[meaning] not in found and len(later) == 1:
            places[_SECOND[meaning]] = later[0]
    if kind == "calls" and "outcome" in places and "direction" not in found and _all_ways(places["outcome"], sample):
        places["direction"] = places.pop("outcome")
    if "time" in places and "date" not in places and "date" not in doubtful:
        cells = [row[places["time"]] for row in sample if len(row) > places["time"] and row[places["time"]].strip()]
        if cells and all(stamp(cell) for cell in cells):
            places["date"] = places.pop("time")
    return Columns(kind, tuple(headings), places, tuple(doubtful), spare)


def _cells(at: int, sample: Iterable[Sequence[str]]) -> list[str]:
    return [row[at] for row in sample if at < len(row) and row[at].strip()]


def _all_ways(at: int, sample: Iterable[Sequence[str]]) -> bool:
    """Whether every cell says whether a call came or went, as "Missed" and "Incoming call" do. "Answered" does not."""
    cells = _cells(at, sample)
    return bool(cells) and all(_WAY.search(cell) for cell in cells)


def _numbers_in(calls: Columns, sample: Sequence[Sequence[str]]) -> bool:
    """Whether most of the column of numbers are telephone numbers, as those of a log's "Number" would not be."""
    cells = _cells(calls.places["number"], sample) if calls.has("number") else []
    rung = [cell for cell in cells if sum(map(str.isdigit, cell)) > MOST_OF_A_COUNT or is_withheld(cell)]
    return len(rung) * 2 > len(cells)


def _opened(heading: str) -> str:
    """The heading with its brackets taken off but their words kept, as in "Amount (GBP)"."""
    return re.sub(r"[\[\]()]", " ", heading)


def from_answer(value: Any, kind: Kind, headings: Sequence[str], name: str) -> Columns:
    """The columns as a person named them: `{"date": "When", "what": "Beth"}`; a plain refusal if it does not fit."""
    if not isinstance(value, dict) or not all(isinstance(heading, str) for heading in value.values()):
        raise not_readable(
            "columns_answer",
            'The answer to "columns" for {name} must name a heading for each meaning, such as {example}.',
            name=name, example='{"date": "When", "what": "What happened"}',
        )  # fmt: skip
    places: dict[str, int] = {}
    for meaning, heading in value.items():
        if meaning not in MEANINGS[kind]:
            raise not_readable(
                "columns_meaning",
                'The answer to "columns" for {name} has the meaning "{meaning}", which is not known. '
                "The meanings are: {meanings}.",
                name=name, meaning=meaning, meanings=", ".join(MEANINGS[kind]),
            )  # fmt: skip
        if heading not in headings:
            raise not_readable(
                "columns_heading",
                'The answer to "columns" names the heading "{heading}", which is not in {name}. '
                "Its headings are: {all}.",
                heading=heading, name=name, all=", ".join(headings),
            )  # fmt: skip
        places[meaning] = list(headings).index(heading)
    answered = Columns(kind, tuple(headings), places)
    if not answered.complete:
        raise not_readable(
            "columns_missing",
            'The answer to "columns" for {name} leaves out a column that is needed. Needed are: {needed}.',
            name=name, needed=NEEDED[kind],
        )  # fmt: skip
    return answered


def kind_of_answer(value: Any) -> Kind:
    """Which kind of table an answer describes, by the meanings it names."""
    named = set(value) if isinstance(value, dict) else set()
    if named & {"amount", "paid_in", "paid_out", "payer", "reference", "balance", "sign"}:
        return "bank"
    if named & {"number", "number_called", "duration", "direction", "from", "to", "outcome"}:
        return "calls"
    return "incidents"


def classify(headings: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Columns | None:
    """The kind of table that these headings are, certain or nearly so; None where no kind is near."""
    bank, calls, incidents = (match(kind, headings, sample) for kind in ("bank", "calls", "incidents"))
    known = set(bank.places) | set(bank.doubtful)
    money = known & {"amount", "paid_in", "paid_out"}
    if money and "date" in known and known & {"balance", "reference", "description", "payer"}:
        return bank
    certain = calls.has(*_OF_CALLS) or any("call" in plain_heading(heading).split() for heading in headings)
    only_calls = calls.has("number_called") or _numbers_in(calls, sample) or not incidents.has("what")
    if calls.complete and certain and (only_calls or (calls.has("duration") and not calls.has("cost"))):
        return calls
    if incidents.complete:
        return incidents
    rung = set(calls.places) | set(calls.doubtful)
    if "date" in rung and rung & {"number", "number_called"} and rung & {"duration", "direction"}:
        return calls
    if "date" in incidents.places or incidents.has("what"):
        return incidents
    return None
