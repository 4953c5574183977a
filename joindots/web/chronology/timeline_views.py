"""The timeline: what there is in words, then in pictures, each with its table; every number opens its records."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.coverage import merged
from joindots.chronology.rules.pictures.above import MARKED, Above, marked
from joindots.chronology.rules.pictures.calendar import Calendar, calendar, clock_grid
from joindots.chronology.rules.pictures.curve import Between, Stretch, between, stretches
from joindots.chronology.rules.pictures.lanes import Ringed, Row, Span, rows
from joindots.chronology.rules.pictures.told import (
    BY_CODE,
    DAY,
    LANES,
    Coverage,
    Told,
    Window,
    acts_in,
    span_of,
    within,
)  # fmt: skip
from joindots.documents.sheets import guarded
from joindots.evidence import queries as evidence
from joindots.kernel.dots import Binds
from joindots.kernel.when import london_day
from joindots.people import queries as people
from joindots.web.chronology.binding import Labels, bars, binds_on, label_says, labels, ringed, turns
from joindots.web.chronology.brackets import brackets
from joindots.web.chronology.drawing import (
    HEAD,
    RINGS,
    WEEKDAYS,
    calendar_picture,
    clock_picture,
    curve_picture,
    lanes_picture,
    shape,
    span_words,
)
from joindots.web.chronology.narrowing import DIRECTIONS, Narrowed, entries_told, lane_of, lane_words, narrowed, told_of
from joindots.web.chronology.turned import is_cut, turned_picture
from joindots.web.chronology.whose import looked_up, shares, who_words
from joindots.web.typed import case_ref

FEW = 5
"""Fewer acts than this are a list and no picture."""
MOST_DAYS = 5 * 371
"""Five rows of weeks: a longer time is looked at in parts."""
FAMILIES = {
    "contact": "contact", "presence": "presence", "things": "things, money", "others": "through others",
    "threats": "threats, violence", "told": "told in a log, counted apart",
}  # fmt: skip
LONGEST = 5
"""Times between acts that are named."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the finding, what it counts, and the address of exactly those records."""

    number: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said in words above the pictures."""

    lanes: tuple[Number, ...]
    ways: tuple[Number, ...]
    with_acts: int
    uncovered: int
    undated: int
    number: int
    whole_number: int


@dataclass(frozen=True, slots=True)
class DaysCounted:
    """How every day of a window was counted: `told`, `blank` and `uncovered` add up to `all`.

    `undated` are acts of no known day, and `possible` days that words name without any being known: both stand in no
    number of a picture.
    """

    all: int
    told: int
    blank: int
    uncovered: int
    undated: int
    possible: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What there is, what is looked at, and what stands in it."""

    whole: Window
    window: Window
    narrow: Narrowed
    all: tuple[Told, ...]
    told: tuple[Told, ...]
    coverage: Coverage
    spans: tuple[Span, ...]
    possible: frozenset[date]
    """Days that words such as "every Tuesday in July" name: no act of a known day."""
    binds: tuple[Binds, ...]
    ringed: tuple[Ringed, ...]

    @property
    def known(self) -> frozenset[date]:
        """The days of which anything is told, shown here or not."""
        return frozenset(one.day for one in self.all if one.day)

    @property
    def holes(self) -> tuple[Window, ...]:
        """The days looked at that no source covers."""
        return self.coverage.holes(self.window, self.known)

    @property
    def days_counted(self) -> DaysCounted:
        """What stands under the pictures, so that nothing is left out without a word."""
        told = {one.day for one in self.told if one.day}
        uncovered = sum(map(len, self.holes))
        undated = sum(one.number for one in self.all if one.day is None)
        possible = sum(day in self.window and day not in told for day in self.possible)
        blank = len(self.window) - len(told) - uncovered
        return DaysCounted(len(self.window), len(told), blank, uncovered, undated, possible)


@require_GET
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """The finding and the pictures of a case."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle = Ref(head.circle)
    asked = asked_for(actor, ref, looked_up(actor, ref, circle, narrowed(request.GET)), parts.binds(actor, head.circle))
    context: dict[str, object] = {"head": head, "tab": "timeline", "asked": asked}
    if asked is not None:
        context["gaps"] = [one for one in evidence.gaps_told(actor, ref) if one.stands]
        said = finding(asked)
        context |= {one.name: getattr(said, one.name) for one in fields(said)}
        context |= _filters(asked) | whose_finding(actor, ref, circle, asked)
        context["cut"] = asked.narrow.window is None and asked.window != asked.whole
        if (asked.told or asked.spans) and sum(one.number for one in asked.all) >= FEW:
            context |= _pictures(actor, ref, head.circle, asked)
    return render(request, "web/timeline.html", context)


@require_GET
def timeline_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The counts behind the pictures: one row for each day, kind and direction, with the episodes that reach over that
    day; days without a source are told.
    """
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    narrow = looked_up(actor, ref, Ref(head.circle), narrowed(request.GET))
    asked = asked_for(actor, ref, narrow, parts.binds(actor, head.circle))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="timeline.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(("day", "kind", "direction", "number", "covered", "episodes", "orders and bail", "by its date"))
    rows_told = list(_csv_rows(asked, chronologies.episodes(actor, ref))) if asked else []
    sheet.writerows(rows_told)
    chronologies.note_table(actor, ref, table="timeline", rows=len(rows_told))
    return answer


def _csv_rows(asked: Asked, episodes: Sequence[chronologies.EpisodeView]) -> Iterator[tuple[object, ...]]:
    days = {one.day for one in asked.told} | {day for hole in asked.holes for day in hole.days()}
    over = {day: guarded("; ".join(one.name for one in episodes if _reaches(one, day))) for day in days}
    bound = {day: guarded("; ".join(one.name for one in asked.binds if binds_on(one, day))) for day in days}
    inside = Counter(((one.day, one.lane, one.direction), label_says(one.label, one.of)) for one in asked.ringed)
    order = {lane.code: at for at, lane in enumerate(LANES)}
    told = sorted(asked.told, key=lambda one: (one.day or date.max, order[one.lane], one.direction))
    for one in told:
        way, key = DIRECTIONS.get(one.direction, "among others"), (one.day, one.lane, one.direction)
        said = "; ".join(f"{number} {words}" for (at, words), number in sorted(inside.items()) if at == key)
        yield one.day, BY_CODE[one.lane].name, way, one.number, "yes", over[one.day], bound[one.day], guarded(said)
    for hole in asked.holes:
        for day in hole.days():
            yield day, "", "", "", "no", over[day], bound[day], ""


def _reaches(one: chronologies.EpisodeView, day: date | None) -> bool:
    """Whether an episode reaches over a day, whatever else lies on that day."""
    return day is not None and one.first is not None and one.last is not None and one.first <= day <= one.last


def asked_for(actor: Actor, ref: Ref, narrow: Narrowed, binds: Sequence[Binds] = ()) -> Asked | None:
    """None where nothing is told and no source covers anything. `binds`: the orders and bail that are laid over it."""
    counts = evidence.counts_by_day(actor, ref)
    mine = counts if narrow.senders is None else evidence.counts_by_day(actor, ref, narrow.only)
    hidden = chronologies.same_acts(actor, ref).hidden
    entries = [one for one in evidence.entry_marks(actor, ref) if one.reference not in hidden]
    coverage = Coverage(merged(evidence.coverage_of(actor, ref)))
    everything = told_of(counts, evidence.EVERYTHING) + entries_told(entries, evidence.EVERYTHING)
    named = _possible(entries, evidence.EVERYTHING)
    whole = span_of((*everything, *(Told(day, LANES[0].code, "unknown", 0) for day in named)), coverage)
    if whole is None:
        return None
    window = narrow.window.within(whole) if narrow.window else whole
    if len(window) > MOST_DAYS:
        window = Window(window.last - (MOST_DAYS - 1) * DAY, window.last)
    told = within(told_of(mine, narrow.only) + entries_told(entries, narrow.only), window)
    return Asked(
        whole, window, narrow, everything, told, coverage, _spans(entries, narrow.only, whole, labels(binds)),
        _possible(entries, narrow.only), tuple(binds), ringed(binds, hidden, narrow.only),
    )  # fmt: skip


def _spans(entries: Sequence[evidence.EntryMark], only: evidence.Only, whole: Window, said: Labels) -> tuple[Span, ...]:
    """Entries that lie somewhere in a time of several days; a time that is open at one end goes on to that of all."""
    found = []
    for one in entries:
        start, end = one.when.earliest, one.when.latest
        if one.day is None and (start or end) and only.lets_entry(one.kinds, one.doer):
            first, last = london_day(start) if start else whole.first, london_day(end) if end else whole.last
            if first <= last:
                found.append(
                    Span(lane_of(one).code, Window(first, last), not (start and end), said.get(one.reference, ()))
                )
    return tuple(found)


def _possible(entries: Sequence[evidence.EntryMark], only: evidence.Only) -> frozenset[date]:
    """The days that entries name one by one without any being known."""
    return frozenset(day for one in entries if only.lets_entry(one.kinds, one.doer) for day in one.days)


def whose_finding(actor: Actor, ref: Ref, circle: Ref, asked: Asked) -> dict[str, object]:
    """Contact of the window by person, as far as anybody has spoken; nothing where nobody has."""
    said = people.whose_accounts(actor, circle)
    if not said:
        return {}
    window = (asked.window.first, asked.window.last)
    here = replace(asked.narrow, window=asked.window)
    found = shares(chronologies.accounts_of(actor, ref, window, asked.narrow.only), said)
    return {
        "shares": [(one, replace(here, who=one.code).address()) for one in found if one.acts],
        "whose": who_words(asked.narrow, said),
    }


def finding(asked: Asked) -> Finding:
    """Everything that is said in words above the pictures."""
    by_lane: Counter[str] = Counter()
    by_way: Counter[str] = Counter()
    for one in asked.told:
        by_lane[one.lane] += one.number
        if one.act:
            by_way[one.direction] += one.number
    here = replace(asked.narrow, window=asked.window)
    lanes = tuple(
        Number(by_lane[lane.code], lane.unit[by_lane[lane.code] != 1], replace(here, lane=lane.code).address())
        for lane in LANES if by_lane[lane.code]
    )  # fmt: skip
    ways = tuple(
        Number(by_way[way], words, replace(here, direction=way).address())
        for way, words in DIRECTIONS.items() if by_way[way]
    )  # fmt: skip
    told = asked.days_counted
    with_acts = len({one.day for one in asked.told if one.act and one.day})
    whole = acts_in(within(asked.all, asked.whole))
    return Finding(
        lanes, ways if len(ways) > 1 else (), with_acts, told.uncovered, told.undated, acts_in(asked.told), whole
    )


def _filters(asked: Asked) -> dict[str, object]:
    """The addresses of what could be looked at instead."""
    here, narrow = replace(asked.narrow, window=asked.window), asked.narrow
    everyone, kinds = replace(here, lane="", direction="", quiet=False, who=""), replace(narrow, window=None)
    earlier = Window(asked.whole.first, asked.window.first - DAY) if asked.window.first > asked.whole.first else None
    return {
        "here": here, "same": f"&{kinds.address()}" if kinds.any else "",
        "all_address": everyone.address(), "in_address": replace(everyone, direction="in").address(),
        "quiet_address": replace(everyone, quiet=True).address(),
        "less": replace(here, window=asked.window.longer(-1, asked.whole)).address(),
        "more": replace(here, window=asked.window.longer(1, asked.whole)).address(),
        "earlier": replace(here, window=earlier).address() if earlier else "",
        "lane_name": lane_words(narrow.lane) if narrow.lane else "", "way_name": DIRECTIONS.get(narrow.direction, ""),
    }  # fmt: skip


def _pictures(actor: Actor, ref: Ref, circle: UUID, asked: Asked) -> dict[str, object]:
    """What the templates draw, and the tables beside it."""
    window, told, coverage, holes = asked.window, asked.told, asked.coverage, asked.holes
    days = calendar(told, window, coverage, asked.known, asked.possible)
    grid = clock_grid(*evidence.counts_by_hour(actor, ref, window.first, window.last, asked.narrow.only))
    found, curve = rows(told, window, asked.spans, asked.ringed), stretches(told, window, coverage)
    episodes = [one for one in chronologies.episodes(actor, ref) if one.first and one.last]
    days_marked = tuple(marked(parts.dots(actor, circle, kinds=MARKED)))
    above = brackets(sorted((*days_marked, *map(episode_above, episodes)), key=lambda one: one.first), window)
    over = bars(asked.binds, window, HEAD + above.height)
    return {
        "bars": over, "rings": [one for one in RINGS if any(ring.label == one[0] for ring in asked.ringed)],
        "families": families_of(found), "episodes": episodes, "marked": days_marked, "brackets": above.drawn,
        "pictures": True, "days": days, "possible": bool(asked.possible), "calendar": calendar_picture(days),
        "turned": turned_picture(days, turns(asked.binds, days_marked)), "turned_cut": is_cut(days),
        "weeks": _weeks(days),
        "steps": steps(days.ends), "grid": grid, "clock": clock_picture(grid), "rows": found,
        "lanes_drawn": lanes_picture(found, window, holes, above.height + over.height), "curve": curve,
        "curve_drawn": curve_picture(curve, window, holes), "holes": holes, "kinds_differ": _kinds_differ(curve),
        "longest": _longest(between(told, window, coverage)), "weekdays": WEEKDAYS,
        "hours": [(f"{hour:02}:00", [row[hour] for row in grid.numbers]) for hour in range(24)],
    }  # fmt: skip


def episode_above(one: chronologies.EpisodeView) -> Above:
    """An episode as it stands above the lanes. It has days, or it would not be here."""
    assert one.first and one.last
    says = f"Episode {one.name}, {span_words(Window(one.first, one.last))}"
    return Above(one.name, one.first, one.last, says, reverse("web:episode", args=(one.reference,)))


def families_of(found: Sequence[Row]) -> list[tuple[str, str, str]]:
    """The key of the lanes: the form of each family that is drawn, and its name."""
    drawn = {row.lane.family for row in found}
    return [(family, shape(family, 7, 7, 5.2), name) for family, name in FAMILIES.items() if family in drawn]


def _weeks(found: Calendar) -> list[tuple[date, tuple[object, ...]]]:
    """The calendar's table: each week with its seven days."""
    return [
        (next(cell.day for cell in week if cell), week) for row in found.rows for week in row
    ]  # fmt: skip


def steps(ends: Sequence[int]) -> list[str]:
    """The key of the calendar: `1`, `2`, `3`, `4–5`, `6+`."""
    firsts = [1, *(end + 1 for end in ends)]
    return [f"{first}" if first == end else f"{first}–{end}" for first, end in zip(firsts, ends, strict=False)] + [
        f"{firsts[-1]}+"
    ]


def _kinds_differ(curve: Sequence[Stretch]) -> tuple[int, int] | None:
    """Kinds in the first and in the last whole stretch that is covered, where they differ: two numbers, no verdict."""
    whole = [one for one in curve if one.whole and not one.part]
    return (whole[0].kinds, whole[-1].kinds) if whole and whole[0].kinds != whole[-1].kinds else None


def _longest(found: Sequence[Between]) -> list[Between]:
    """The longest times between days with acts, longest first."""
    return sorted((one for one in found if one.days > 1), key=lambda one: -one.days)[:LONGEST]
