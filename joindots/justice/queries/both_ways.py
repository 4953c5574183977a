"""Where two people each appear against the other, in cases that the reader may know of: both histories, counted alike.

What the reader may not know of is neither shown nor counted, and leaves no trace: the page is the same without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.access.roles import REPORTED
from joindots.casework.models import Case
from joindots.chronology import queries as chronologies
from joindots.circles.models import Circle, in_known
from joindots.evidence import queries as evidence
from joindots.evidence.rules.entries import direction_of
from joindots.justice import permissions
from joindots.justice.models import CrimeStep, PutOnRecord
from joindots.justice.rules import allegations
from joindots.justice.rules import both_ways as rules
from joindots.justice.rules.both_ways import Happening, Pair, Starts, Timed, Window
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.when import london_day
from joindots.law.crime_life import events
from joindots.law.signals import Signal, counter_signals
from joindots.people import queries as people
from joindots.people.models import Presence
from joindots.people.rules.beliefs import whose
from joindots.people.tasks import other_standings

MOST_CASES: Final = 8
ORDERS: Final = ("orders.step",)
TURNS: Final = frozenset(
    {"arrested", "bailed", "bail_changed", "court_bail", "remanded", "charged", "hearing_held", "guilty", "not_guilty",
     "acquitted", "sentenced", "sentenced_custody", "released", "released_inquiry"}
)  # fmt: skip
"""Steps of a crime after which a complaint is laid beside it: arrest, bail, charge, court, release."""
Way = Literal["ours", "mirrored"]


@dataclass(frozen=True, slots=True)
class CaseBeside:
    """One case of the two: who reported whom there, and what its records cover."""

    reference: str
    agency: str
    way: Way
    opened: date
    files: int
    entries: int
    """Entries of the log that say that the person reported did it."""
    acts: Pair
    by_account: bool
    """Whether only accounts believed to be of the person reported are counted, or every sender of the files."""
    readable: bool
    """Whether the reader's role and side open the records at all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the list, and the numbers that bear on it, as sentences; none where nothing can be counted."""

    signal: Signal
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BothWays:
    """Two histories beside each other. A is the person being stalked in this case, B the person reported."""

    a: str
    b: str
    cases: tuple[CaseBeside, ...]
    mutual: bool
    """Whether each is reported by the other, as far as the reader may know."""
    acts: Pair
    days: Pair
    several: bool
    """Whether several cases hold records, so that the numbers are at least so many."""
    first: date | None
    last: date | None
    starts: Starts
    windows: tuple[Window, ...]
    timed: tuple[Timed, ...]
    events: tuple[Happening, ...]
    signals: tuple[Asked, ...]


@reads_one(permissions.SEE_OPPOSED, Circle)
def both_ways(actor: Actor, circle: Circle) -> BothWays:
    """Both histories of the person being stalked and the person reported, over every case the reader may know of."""
    here = {row.stands_as: row for row in Presence.objects.filter(circle=circle).select_related("person")
            if row.stands_as in ("victim", "suspect")}  # fmt: skip
    actor.keys.prepare([circle.pk, *(row.person_id for row in here.values())])
    names = {as_: actor.keys.open(row.person.name) for as_, row in here.items()}
    found = _circles(actor, circle, here)
    rows = Case.objects.filter(circle__in=list(found)).select_related("circle__agency").order_by("opened_at")
    cases: list[CaseBeside] = []
    days: list[dict[date, Pair]] = []
    complaints: list[Happening] = []
    turns: list[Happening] = []
    for row in rows[:MOST_CASES]:
        way = found[row.circle_id]
        beside, acts = _records(actor, row, way)
        cases.append(beside)
        days.append(acts)
        complaints += _complaints(actor, row, way)
        turns += _events(actor, row, way)
    merged = rules.together(days)
    timed = rules.timed(rules.once(complaints), turns)
    known = sorted(merged)
    told = BothWays(
        names.get("victim", ""), names.get("suspect", ""), tuple(cases), len(set(found.values())) > 1,
        rules.sum_of(merged), rules.days_of(merged), sum(bool(one) for one in days) > 1,
        known[0] if known else None, known[-1] if known else None, rules.starts(merged),
        rules.windows(merged), timed, rules.once(turns), (),
    )  # fmt: skip
    return _asked(actor, told, list(found))


def _circles(actor: Actor, circle: Circle, here: dict[str, Presence]) -> dict[UUID, Way]:
    """The circles of these two that the actor may know of, this one first, and who is reported in each."""
    found: dict[UUID, Way] = {circle.pk: "ours"}
    if len(here) < 2:
        return found
    victim, suspect = here["victim"].person_id, here["suspect"].person_id
    for way, ours, theirs in (("ours", "victim", "suspect"), ("mirrored", "suspect", "victim")):
        stand = set(other_standings(victim, ours).filter(in_known(actor, picked=True)).values_list("circle", flat=True))
        both = other_standings(suspect, theirs).filter(in_known(actor, picked=True), circle__in=stand)
        for key in both.values_list("circle", flat=True):
            if actor.keys.side(key) != REPORTED:
                found.setdefault(key, way)  # type: ignore[arg-type]  # one of the two above
    actor.visit.shows(found)
    return found


def _records(actor: Actor, row: Case, way: Way) -> tuple[CaseBeside, dict[date, Pair]]:
    """What the records of one case show of contact between the two, by day."""
    ref, readable, files, entries, narrowed = Ref(row.reference), True, 0, 0, False
    days: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    try:
        files = len(evidence.files_of(actor, ref))
        senders = _senders(actor, row)
        narrowed = senders is not None
        for only, direction in ((evidence.Only(direction="in", senders=senders), "in"),
                                (evidence.Only(direction="out"), "out")):  # fmt: skip
            for one in evidence.counts_by_day(actor, ref, only):
                if one.day is not None and one.direction == direction and one.channel != "log":
                    days[one.day][direction == "in"] += one.number
        for entry in evidence.incidents_of(actor, ref):
            if not entry.withdrawn and entry.day is not None and direction_of(entry.doer) == "in":
                days[entry.day][1] += 1
                entries += 1
    except (NotAllowed, NotFound):
        readable = False
    turned = way == "mirrored"
    acts = {day: Pair(pair[turned], pair[not turned]) for day, pair in days.items()}
    beside = CaseBeside(
        row.reference, row.circle.agency.name, way, london_day(row.opened_at), files, entries,
        rules.sum_of(acts), narrowed, readable,
    )  # fmt: skip
    return beside, acts


def _senders(actor: Actor, row: Case) -> frozenset[tuple[int, int]] | None:
    """The senders who are accounts believed to be of the person reported; None where nobody spoke for any."""
    suspects = set(Presence.objects.filter(circle=row.circle_id, stands_as="suspect").values_list("person", flat=True))
    said = people.whose_accounts(actor, Ref(row.circle_id))
    theirs = [account for account, held in said.items() if whose(held) in suspects]
    return chronologies.senders_of(actor, Ref(row.reference), theirs) if theirs else None


def _complaints(actor: Actor, row: Case, way: Way) -> Iterator[Happening]:
    """That a case was opened by one of the two, and what was put on record by the other's complaint."""
    by: rules.Who = "a" if way == "ours" else "b"
    other: rules.Who = "b" if way == "ours" else "a"
    where = f"{row.reference}, {row.circle.agency.name}"
    yield Happening(by, london_day(row.opened_at), "case opened", where)
    for put in _puts(row):
        if put.on and put.against == "victim" and put.complained in ("reported", "for_them"):
            body = actor.keys.open(put.by_whom)
            yield Happening(other, put.on, allegations.KINDS[put.kind], f"{where}{', ' + body if body else ''}")


def _events(actor: Actor, row: Case, way: Way) -> Iterator[Happening]:
    """Arrests, orders, bail and court dates against the person reported in a case, and those put on record."""
    against: rules.Who = "b" if way == "ours" else "a"
    victim: rules.Who = "a" if way == "ours" else "b"
    where = f"{row.reference}, {row.circle.agency.name}"
    steps = CrimeStep.objects.filter(circle=row.circle_id, event__in=TURNS, struck_at=None, crime__stands_as="victim")
    for event, on in steps.order_by("on", "number").values_list("event", "on"):
        yield Happening(against, on, events()[event].lower(), where)
    for dot in parts.dots(actor, row.circle_id, kinds=ORDERS):
        if dot.when.earliest is not None:
            yield Happening(against, london_day(dot.when.earliest), dot.summary, where)
    for put in _puts(row):
        if put.on and put.kind in ("arrest", "order", "bail"):
            yield Happening(victim if put.against == "victim" else against, put.on, allegations.KINDS[put.kind], where)


def _puts(row: Case) -> list[PutOnRecord]:
    return list(PutOnRecord.objects.filter(circle=row.circle_id).exclude(stage="struck").order_by("on", "pk"))


def _asked(actor: Actor, told: BothWays, circles: list[UUID]) -> BothWays:
    """The questions of the list with the numbers that bear on each."""
    puts = PutOnRecord.objects.filter(circle__in=circles).exclude(stage="struck")
    theirs = [row for row in puts if row.complained in ("reported", "for_them")]
    rows = {
        (row.kind, row.on, actor.keys.open(row.reference), actor.keys.open(row.by_whom)): row for row in theirs
    }.values()
    mirrors = sum(bool(row.mirrors) and bool(actor.keys.open(row.mirrors)) for row in rows)
    bodies = sum(row.kind == "other" and bool(actor.keys.open(row.by_whom)) for row in rows)
    ended = sum(row.stage in ("withdrawn", "quashed") for row in rows)
    soon = {who: rules.soon(told.timed, who) for who in ("a", "b")}
    of, starts = f"of {len(rows)} on record by the other's complaint", told.starts
    numbers = {
        "starts": (f"{starts.a} by {told.a}, {starts.b} by {told.b}, {starts.both} by both, of {starts.of} days on "
                   f"which contact began again after {rules.SILENCE} days without",),
        "timing": tuple(
            f"{soon[who][0]} of {soon[who][1]} complaints by {name} within {rules.SOON} days after one "
            "against them" for who, name in (("a", told.a), ("b", told.b))
        ),
        "mirrors": (f"{mirrors} {of} mirror an earlier crime",),
        "bodies": (f"{bodies} {of} went to a body that is no police force",),
        "files": tuple(f"{one.files} files in {one.reference}" for one in told.cases if one.readable),
        "acts": (f"{told.acts.a} acts of {told.acts.all} are by {told.a}, on {told.days.a} days",
                 f"{told.acts.b} acts of {told.acts.all} are by {told.b}, on {told.days.b} days"),
        "ended": (f"{ended} {of} were withdrawn or quashed",),
    }  # fmt: skip
    return replace(told, signals=tuple(Asked(one, numbers.get(one.counts, ())) for one in counter_signals().values()))
