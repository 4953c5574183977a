"""Where two people each appear against the other, in cases that the reader may know of: both histories, counted alike.

What the reader may not know of is neither shown nor counted, and leaves no trace: the page is the same without it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
from joindots.chronology.rules.wording import many
from joindots.circles.models import Circle, in_known
from joindots.evidence import queries as evidence
from joindots.evidence.rules.entries import direction_of
from joindots.justice import permissions
from joindots.justice.models import CrimeStep, Proceeding, PutOnRecord
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
     "on_file", "appeal_allowed", "appeal_new_trial",
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
    return _asked(actor, told, found)


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


def _who(way: Way, brought: str) -> str:
    """Which of the two brought a proceeding of a case; neither, for somebody else."""
    if brought == "other":
        return ""
    return "a" if (brought == "victim") == (way == "ours") else "b"


def _asked(actor: Actor, told: BothWays, found: dict[UUID, Way]) -> BothWays:
    """The questions of the list with the numbers that bear on each, in the same words for both."""
    rows = Proceeding.objects.filter(circle__in=list(found)).exclude(outcome="struck").values_list("circle", "brought")
    brought = Counter(_who(found[circle], by) for circle, by in rows)
    marks, starts = _marks(actor, found), told.starts
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    numbers["files"] = [f"{many(one.files, 'file')} in {one.reference}" for one in told.cases if one.readable]
    both: tuple[tuple[rules.Who, str, int, int, int], ...] = (
        ("a", told.a, told.acts.a, told.days.a, starts.a), ("b", told.b, told.acts.b, told.days.b, starts.b)
    )  # fmt: skip
    for who, name, acts, days, began in both:
        soon, mine = rules.soon(told.timed, who), marks[who]
        of = f"of {len(mine)} records by the complaint of {name} or for them"
        numbers["starts"].append(f"{name} alone on {began} of {starts.of} days on which contact began again after "
                                 f"{rules.SILENCE} days without")  # fmt: skip
        numbers["timing"].append(
            f"{soon[0]} of {soon[1]} complaints by {name} within {rules.SOON} days after one against them"
        )
        numbers["mirrors"].append(f"{sum(one.mirrors for one in mine)} {of} turn round an earlier report")
        numbers["bodies"].append(f"{sum(one.body for one in mine)} {of} went to a body that is no police force")
        numbers["ended"].append(f"{sum(one.ended for one in mine)} {of} were withdrawn or quashed")
        numbers["proceedings"].append(
            f"{brought[who]} of {brought.total()} proceedings in the log were brought by {name} or for them"
        )
        numbers["acts"].append(f"{acts} acts of {told.acts.all} are by {name}, on {days} days")
    return replace(told, signals=tuple(Asked(one, tuple(numbers[one.counts])) for one in counter_signals().values()))


@dataclass(slots=True)
class _Mark:
    """What bears on the questions of something on record, over every case that tells of it."""

    mirrors: bool = False
    body: bool = False
    ended: bool = False


def _marks(actor: Actor, found: dict[UUID, Way]) -> dict[rules.Who, list[_Mark]]:
    """What is on record against either by the other's complaint; what two cases tell alike is one."""
    marks: defaultdict[tuple[str, ...], _Mark] = defaultdict(_Mark)
    puts = PutOnRecord.objects.filter(circle__in=list(found), complained__in=("reported", "for_them"))
    show = actor.keys.open
    for row in puts.exclude(stage="struck"):
        reference, body = show(row.reference), show(row.by_whom)
        mark = marks[_who(found[row.circle_id], "reported"), row.kind, str(row.on), reference or body]
        mark.mirrors |= bool(show(row.mirrors))
        mark.body |= row.kind == "other" and bool(body)
        mark.ended |= row.stage in ("withdrawn", "quashed")
    return {"a": [mark for key, mark in marks.items() if key[0] == "a"],
            "b": [mark for key, mark in marks.items() if key[0] == "b"]}  # fmt: skip
