"""What parts tell one another of what they hold, each made for one reader: a dot, something due, something found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from joindots.kernel.when import When
from joindots.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Dot:
    """The small read model every part can give of what it holds, made for one reader.

    `kind` is a code of the part (`evidence.message`), `source` and `certainty` are words for people,
    `link` is a path in this service or empty. `count` is how many records stand behind it.
    """

    when: When
    kind: str
    summary: str
    source: str
    certainty: str
    sensitivity: str
    link: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Dated:
    """An act inside an order's life by its date, known as evidence knows it: an entry, or a file and a place in it."""

    entry: str
    source: int
    seq: int
    when: When
    channel: str
    kinds: tuple[str, ...]
    doer: str
    direction: str
    sender: int
    label: Words
    """Where it lies by its date alone; never what it is."""


@dataclass(frozen=True, slots=True)
class Term:
    """A condition of an order in its own words, and the days it binds: None as long as the order has none or goes on.

    The words of the order are for whoever it binds; a place that was written down beside them is not among them.
    """

    text: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Binds:
    """A time in which an order or bail binds somebody: the day it was made, the first they knew of it (None: not
    written down), its last day (None: it goes on). `brief` is its name as short as can be, `says` all of it in words.
    """

    name: str
    brief: str
    says: str
    bail: bool
    made: date
    known: date | None
    last: date | None
    link: str
    acts: tuple[Dated, ...]
    terms: tuple[Term, ...] = ()


class Reason(StrEnum):
    """Why something stands on a desk today, in the order in which a desk shows it (ux 5.2)."""

    NEW = "new"
    ORDER = "order"
    COURT = "court"
    PROMISED = "promised"
    LATE = "late"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits for somebody: why, since or until when, one sentence, and where the next thing is done.

    `kind` is a code of the part (`risk.review`); `on` is the day it is due in London, `at` its moment where there is
    one; `link` is a path in this service and `next` the words on its button.
    """

    circle: UUID
    kind: str
    reason: Reason
    on: date
    sentence: Words
    link: str
    next: Words
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Something that an exact look-up met: what it is, its own words for this reader, and where it stands."""

    kind: str
    title: str
    second: str
    link: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One record that is held, opened for a copy: its key inside its kind, its day, and each named value as text."""

    key: str
    on: date
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of record that is held in a circle: how many, where it stands, and how it is opened for a copy.

    `kept_back` says why none of this kind is in the copy that its person gets; empty where it may be. A kind with
    `kept_back` is counted and never opened.
    """

    kind: str
    what: Words
    count: int
    kept_back: Words | None
    pieces: Callable[[], Iterator[Piece]] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """Something whose keeping has an end: its circle, what it is (`case`, `contact`), the day from which its time
    counts, and the moment of it, by which a list is paged. `reference` is what people call it, `link` where it stands.
    """

    circle: UUID
    record: str
    on: date
    at: datetime
    reference: str
    link: str


@dataclass(frozen=True, slots=True)
class Over:
    """What is asked of each part: a page of what ended long ago in circles of an agency, longest ago first.

    `until` is the last day for each record; `after` the last that was shown of each record; `but` are circles that
    are left out, as a query.
    """

    agency: UUID
    until: Mapping[str, date]
    after: Mapping[str, tuple[datetime, UUID]]
    but: Any
    most: int
