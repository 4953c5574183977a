"""What parts tell one another of what they hold, each made for one reader: a dot, something due, something found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
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
