"""What the story tells of acts after the order (D35, D37 to D39): seven entries, and what was decided of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from joindots.access.door import Ref
from joindots.config.demo.cases import moment
from joindots.config.demo.opening import Opened
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.when import Precision, When
from joindots.orders import actions, queries
from joindots.orders.rules.watch import BREACH, CANT_TELL, NOT


@dataclass(frozen=True, slots=True)
class Told:
    """An act as it was written down, and what was decided of it, by which condition of the library."""

    written: str
    first: str
    last: str
    kinds: tuple[str, ...]
    doer: str
    words: str
    where: str
    decided: str
    verdict: str
    condition: str = ""
    why: str = ""
    given: str = ""


ACTS = (
    Told("2025-12-05 10:30", "2025-12-04 22:15", "", ("message",), "reported", "From 900177: “They can't stop me.”", "",
         "2025-12-08 09:30", NOT, why="Relevant."),
    Told("2025-12-15 09:10", "2025-12-14 18:00", "2025-12-14 23:59", ("online",), "unknown",
         "An account that nobody knows looked at her story.", "", "2025-12-16 11:00", CANT_TELL,
         why="Whose account it is, is not known.", given="in the evening"),
    Told("2025-12-20 09:05", "2025-12-19 21:40", "", ("call",), "unknown", "A call, number withheld; nobody spoke.", "",
         "2025-12-22 10:00", CANT_TELL, why="The number is withheld."),
    Told("2025-12-27 10:20", "2025-12-24 23:58", "", ("left",), "reported",
         "A card and a scarf. On a neighbour's doorbell, whose clock is 4 minutes fast, as measured.", "Her old flat",
         "2025-12-29 09:40", BREACH, "P04"),
    Told("2026-01-02 09:30", "2026-01-01 12:10", "", ("online",), "reported", "A “like” by northshire_tenor_91.", "",
         "2026-01-02 09:45", BREACH, "P01"),
    Told("2026-01-02 15:00", "2026-01-02 10:45", "2026-01-02 11:15", ("through",), "sent",
         "A voicemail to her clinic by “Jamie”, the name as claimed: she should “be fair”.", "Her clinic",
         "2026-01-02 16:30", BREACH, "P02", given="about 11:00"),
    Told("2026-02-04 10:00", "2026-02-03 00:00", "2026-02-03 23:59", ("message",), "reported",
         "His letter to the court, of which a copy came to her.", "", "2026-02-05 10:00", NOT),
)  # fmt: skip
FOLLOWED: tuple[tuple[str, str, dict[str, date | str], str], ...] = (
    ("2026-01-03 15:00", "P04", {"arrested": date(2026, 1, 3), "charged": date(2026, 1, 3)}, ""),
    ("2026-01-03 15:05", "P02", {"arrested": date(2026, 1, 3), "charged": date(2026, 1, 3)}, "Proof is thin."),
    ("2026-01-06 09:30", "P01", {"outcome_on": date(2026, 1, 6), "outcome": "no_charge"}, ""),
    ("2026-06-11 17:00", "P04", {"arrested": date(2026, 1, 3), "charged": date(2026, 1, 3),
                                 "outcome_on": date(2026, 6, 11), "outcome": "convicted"}, ""),
    ("2026-06-11 17:05", "P02", {"arrested": date(2026, 1, 3), "charged": date(2026, 1, 3),
                                 "outcome_on": date(2026, 6, 11), "outcome": "not_guilty"}, "Proof was thin."),
)  # fmt: skip


def plan_watch(opened: Opened, key: list[UUID]) -> None:
    """Three breaches, two not, two of which it can't be told; what followed the breaches."""
    for told in ACTS:
        entry: list[str] = []
        opened.plan(told.written, partial(_written, opened, told, entry))
        opened.plan(told.decided, partial(_decided, opened, key, told, entry))
    for at, condition, said, words in FOLLOWED:
        opened.plan(at, partial(_followed, opened, key, at, condition, said, words))


def _written(opened: Opened, told: Told, entry: list[str]) -> None:
    first = moment(told.first)
    if told.last:
        last = moment(told.last) + timedelta(seconds=59)
        whole = told.first.endswith("00:00")
        when = When(first, last, Precision.DAY if whole else Precision.PART_OF_DAY, "given", given=told.given)
    else:
        when = When(first, first + timedelta(seconds=59), Precision.MINUTE, "given")
    telling = Telling(
        when, told.kinds, told_by="client", doer=told.doer, words=told.words, where=told.where, reported=("police",)
    )
    entry.append(evidence.write_entry(opened.actor("tom", told.written), opened.case, telling=telling).reference)


def _decided(opened: Opened, key: list[UUID], told: Told, entry: list[str]) -> None:
    actor, order = opened.actor("tom", told.decided), Ref(key[0])
    act = next(one for one in queries.watch(actor, order, most=1000).acts if one.entry == entry[0])
    number = {one.id: one.kind.code for one in queries.order(actor, order).conditions}
    asked = [one for one in act.beside if not told.condition or number[one.id] == told.condition]
    chosen = {one.id: told.verdict for one in asked}
    actions.decide(
        actor, order, act=act.name, stands=act.stands, verdicts=chosen, why=told.why, others_not=bool(told.condition)
    )


def look_at_bail(opened: Opened, key: list[UUID], at: str) -> None:
    """What is dated within bail, decided by its conditions when it ended, as the story tells of each act; an act of
    which it says nothing waits for a person.
    """
    actor, order = opened.actor("tom", at), Ref(key[0])
    known = {told.words: told for told in ACTS}
    contact = {one.id for one in queries.order(actor, order).conditions if one.kind.code == "P01"}
    for act in queries.watch(actor, order, most=1000).acts:
        told = known.get("".join(act.texts[:1]))
        if told is None:
            continue
        chosen = {one.id: told.verdict if one.id in contact or told.verdict == CANT_TELL else NOT for one in act.beside}
        actions.decide(actor, order, act=act.name, stands=act.stands, verdicts=chosen, why=told.why)


def _followed(
    opened: Opened, key: list[UUID], at: str, condition: str, said: dict[str, date | str], words: str
) -> None:
    actor, order = opened.actor("tom", at), Ref(key[0])
    numbers = {one.number for one in queries.order(actor, order).conditions if one.kind.code == condition}
    breach = next(one for one in queries.breaches(actor, order) if one.condition in numbers)
    given = {"arrested": None, "charged": None, "outcome_on": None, "outcome": "", **said}
    actions.follow_up(actor, Ref(breach.id), words=words, **given)  # type: ignore[arg-type]  # days and a code, by name
