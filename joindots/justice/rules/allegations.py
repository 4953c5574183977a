"""What was put on record against somebody: kinds, by whose complaint, and how each was challenged and ended (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joindots.justice.rules.opposed import Act
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.small_numbers import SMALL, shown
from joindots.law.tables import police_forces


class PutStage(StrEnum):
    """How something on record stands."""

    NOTED = "noted"
    CHALLENGED = "challenged"
    STOOD = "stood"
    WITHDRAWN = "withdrawn"
    QUASHED = "quashed"
    STRUCK = "struck"


NEXT: Mapping[PutStage, tuple[PutStage, ...]] = {
    PutStage.NOTED: (PutStage.CHALLENGED, PutStage.WITHDRAWN, PutStage.QUASHED, PutStage.STRUCK),
    PutStage.CHALLENGED: (PutStage.WITHDRAWN, PutStage.QUASHED, PutStage.STOOD, PutStage.STRUCK),
    PutStage.STOOD: (PutStage.CHALLENGED, PutStage.WITHDRAWN, PutStage.QUASHED, PutStage.STRUCK),
    PutStage.WITHDRAWN: (PutStage.STRUCK,),
    PutStage.QUASHED: (PutStage.STRUCK,),
    PutStage.STRUCK: (),
}
"""Which stage can follow which."""
STAGE_WORDS: Mapping[PutStage, str] = {
    PutStage.NOTED: "stands, not challenged", PutStage.CHALLENGED: "challenged, no answer yet",
    PutStage.STOOD: "stands after it was challenged", PutStage.WITHDRAWN: "withdrawn",
    PutStage.QUASHED: "quashed or cancelled",
    PutStage.STRUCK: "written down wrongly",
}  # fmt: skip
KINDS: Mapping[str, str] = {
    "information_notice": "police information notice (an old practice, not for stalking)",
    "community_warning": "community protection warning", "community_notice": "community protection notice",
    "advice": "words of advice", "caution": "caution", "order": "order of a court",
    "crime": "crime recorded, with them as the person reported", "arrest": "arrest",
    "interview": "interview by the police",
    "bail": "bail with conditions", "other": "something else",
}  # fmt: skip
WARNINGS: Mapping[str, Act] = {
    "information_notice": Act.WARNING, "community_warning": Act.WARNING, "community_notice": Act.WARNING,
    "advice": Act.WARNING, "caution": Act.WARNING, "order": Act.ORDER, "bail": Act.BAIL,
}  # fmt: skip
"""Kinds that somebody decides to put on a person, and what they are to the rule of two people."""
AGAINST: Mapping[str, str] = {"victim": "the person being stalked", "suspect": "the person reported"}
COMPLAINED: Mapping[str, str] = {
    "reported": "the person reported", "for_them": "somebody for the person reported", "other": "somebody else",
    "not_known": "not known",
}  # fmt: skip
BY_THEM = ("reported", "for_them")
MOST = 4000
MOST_LINE = 200
FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Put:
    """Something on record, as it is written down."""

    against: str
    kind: str
    on: date | None
    complained: str
    force: str = ""
    until: date | None = None
    by_whom: str = ""
    """Which body, where it is no force of the list."""
    complainant: str = ""
    reference: str = ""
    mirrors: str = ""
    """The reference of the crime that it mirrors."""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much stands on record against one person: each number beside what it is a part of."""

    all: int
    by_kind: tuple[tuple[str, int], ...]
    by_complaint: int
    """By the complaint of the person reported or somebody for them."""
    challenged: int
    withdrawn: int
    quashed: int
    stood: int
    waiting: int
    forces: int


def can_put(put: Put, today: date) -> Decision:
    """Whether it says what it must: against whom, what, by whose complaint, and no day to come."""
    if put.against not in AGAINST or put.kind not in KINDS:
        return no("put_kind", "Choose what was put on record, and against whom.")
    if put.complained not in COMPLAINED:
        return no("put_complained", "Choose by whose complaint, or that it is not known.")
    if put.force and put.force not in police_forces():
        return no("put_force", "Choose the force from the list.")
    if put.on is not None and not FIRST_DAY <= put.on <= today:
        return no("put_day", "Enter the day it was put on record: not one to come.")
    if put.until is not None and (put.until.year > today.year + 100 or (put.on is not None and put.until < put.on)):
        return no("put_until", "Its last day cannot be before its first.")
    lines = (put.by_whom, put.complainant, put.reference, put.mirrors)
    if any(len(one) > MOST_LINE for one in lines) or len(put.what) > MOST:
        return no(
            "put_long", "Shorten it: a line holds {line} letters, what happened {most}.", line=MOST_LINE, most=MOST
        )
    return YES


def can_move(now: str, to: str, on: date, since: date | None, today: date, said: str) -> Decision:
    """Whether something on record can go to another stage on a day, with what was said."""
    if to not in set(PutStage) or PutStage(to) not in NEXT[PutStage(now)]:
        return no("put_next", "That cannot follow: it {now}.", now=STAGE_WORDS[PutStage(now)])
    if on > today or (since is not None and on < since):
        return no("put_when", "Enter the day it happened: not one to come, and not before it was put on record.")
    if not said.strip():
        return no("put_said", "Write in a few words who decided it and why, as told.")
    if len(said) > MOST:
        return no("put_long", "Shorten it to {most} letters.", most=MOST)
    return YES


def tally(rows: Iterable[tuple[str, str, str, str, bool]]) -> Tally:
    """The numbers over (kind, complained, stage, force, ever challenged); what was written down wrongly is left out."""
    held = [row for row in rows if row[2] != PutStage.STRUCK]
    kinds, stages = Counter(row[0] for row in held), Counter(row[2] for row in held)
    return Tally(
        len(held), tuple((KINDS[kind], kinds[kind]) for kind in KINDS if kinds[kind]),
        sum(row[1] in BY_THEM for row in held), sum(row[4] for row in held),
        stages[PutStage.WITHDRAWN], stages[PutStage.QUASHED], stages[PutStage.STOOD], stages[PutStage.CHALLENGED],
        len({row[3] for row in held if row[3]}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ByBody:
    """How much one body put on record against people who are being stalked. None is a number too small to be shown."""

    body: str
    all: int | None
    undone: int | None
    """Withdrawn, quashed or cancelled."""
    stood: int | None
    waiting: int | None
    unchallenged: int | None
    complained: int | None
    """After a complaint by the person reported, or by somebody for them."""


COUNTED: tuple[tuple[PutStage, ...], ...] = (
    (PutStage.WITHDRAWN, PutStage.QUASHED), (PutStage.STOOD,), (PutStage.CHALLENGED,), (PutStage.NOTED,),
)  # fmt: skip


def by_body(rows: Iterable[tuple[str, str, str]]) -> tuple[ByBody, ...]:
    """The numbers over (body, complained, stage), in order of its name; what was written down wrongly is left out."""
    held: dict[str, list[tuple[str, str]]] = {}
    for body, complained, stage in rows:
        if stage != PutStage.STRUCK:
            held.setdefault(body, []).append((complained, stage))
    return tuple(_of_body(body, held[body]) for body in sorted(held))


def _of_body(body: str, rows: list[tuple[str, str]]) -> ByBody:
    if len(rows) < SMALL:
        return ByBody(body, None, None, None, None, None, None)
    undone, stood, waiting, unchallenged = shown([sum(stage in part for _, stage in rows) for part in COUNTED])
    theirs = sum(complained in BY_THEM for complained, _ in rows)
    complained, _ = shown([theirs, len(rows) - theirs])
    return ByBody(body, len(rows), undone, stood, waiting, unchallenged, complained)
