"""The last weeks of many cases in small: acts in each week, and whether any file reaches into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, Sum

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.circles.models import Circle, Side
from joindots.evidence import permissions
from joindots.evidence.models import CoverageGap, DayCount, IncidentVersion, Reading
from joindots.evidence.rules import codes
from joindots.evidence.rules.entries import State
from joindots.kernel.when import london_day

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """One week, Monday first: contact by the other side and entries of the log; `known`: a file reaches into it, or
    somebody wrote something down. A week that is not known is no quiet week.
    """

    first: date
    acts: int
    known: bool


@reads(permissions.SEE_EVIDENCE)
def weeks_of(actor: Actor, circles: Collection[UUID], until: date, number: int = 12) -> dict[UUID, tuple[Week, ...]]:
    """The last so many weeks of each circle the actor may know of from the side of the person being stalked."""
    known = list(Circle.objects.visible_to(actor, picked=True).filter(pk__in=circles).values_list("pk", flat=True))
    actor.keys.prepare(known)
    mine = [one for one in known if actor.keys.side(one) == Side.VICTIM]
    first = until - timedelta(days=until.weekday()) - WEEK * (number - 1)
    acts = _acts(mine, first)
    reached = _reached(mine, first)
    blank = _blank(mine, first)
    return {
        circle: tuple(
            _week(first + WEEK * at, acts.get((circle, first + WEEK * at), 0), reached[circle], blank[circle])
            for at in range(number)
        )
        for circle in mine
    }


def _week(first: date, acts: int, reached: list[tuple[date, date]], blank: list[tuple[date, date]]) -> Week:
    last = first + WEEK - timedelta(days=1)
    inside = any(one <= last and other >= first for one, other in reached)
    shut = any(one <= first and other >= last for one, other in blank)
    return Week(first, acts, bool(acts) or (inside and not shut))


def _acts(circles: list[UUID], first: date) -> dict[tuple[UUID, date], int]:
    """Acts by circle and Monday: contact that is not the person's own, and entries whose whole time is in one week."""
    found: defaultdict[tuple[UUID, date], int] = defaultdict(int)
    held = Reading.objects.filter(circle__in=circles, state=Reading.State.HELD)
    sources: defaultdict[int, list[int]] = defaultdict(list)
    for source, generation in held.filter(latest__gte=_at(first)).values_list("source", "generation"):
        sources[generation].append(source)
    if sources:
        these = Q()
        for generation, files in sources.items():
            these |= Q(generation=generation, source__in=files)
        counts = DayCount.objects.filter(these, day__gte=first).exclude(direction=codes.DIRECTION_OF["out"])
        for circle, day, number in counts.values_list("source__circle", "day").annotate(
            number=Sum("contacts") - Sum("repeats")
        ):
            found[circle, _monday(day)] += number
    newest = IncidentVersion.objects.filter(
        incident__circle__in=circles, incident__state=State.STANDS, number=F("incident__number"),
        earliest__gte=_at(first),
    )  # fmt: skip
    for circle, earliest, latest in newest.values_list("circle", "earliest", "latest"):
        if earliest and latest and _monday(london_day(earliest)) == _monday(london_day(latest)):
            found[circle, _monday(london_day(earliest))] += 1
    return found


def _reached(circles: list[UUID], first: date) -> defaultdict[UUID, list[tuple[date, date]]]:
    """The days from the first to the last record of each file that has any."""
    found: defaultdict[UUID, list[tuple[date, date]]] = defaultdict(list)
    rows = Reading.objects.filter(circle__in=circles, state=Reading.State.HELD, latest__gte=_at(first))
    for circle, earliest, latest in rows.values_list("circle", "earliest", "latest"):
        if earliest and latest:  # a record of which only an end is known reaches over no day for certain
            found[circle].append((london_day(earliest), london_day(latest)))
    return found


def _blank(circles: list[UUID], first: date) -> defaultdict[UUID, list[tuple[date, date]]]:
    """Times without a record, as somebody told them."""
    found: defaultdict[UUID, list[tuple[date, date]]] = defaultdict(list)
    rows = CoverageGap.objects.standing().filter(circle__in=circles, last__gte=first)
    for circle, one, other in rows.values_list("circle", "first", "last"):
        found[circle].append((one, other))
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _at(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC) - timedelta(hours=1)
