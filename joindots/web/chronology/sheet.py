"""A timeline as a sheet of paper: the same words, pictures and numbers as the page, and the list they lead to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework.queries import CaseHead
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.pictures.above import MARKED, Above, marked
from joindots.chronology.rules.pictures.calendar import Calendar, calendar, clock_grid
from joindots.chronology.rules.pictures.curve import Stretch, stretches
from joindots.chronology.rules.pictures.lanes import rows
from joindots.chronology.rules.pictures.told import BY_CODE, DAY, LANES
from joindots.chronology.rules.wording import many
from joindots.documents.timelines import Drawn, Table, TimelineSheet
from joindots.evidence import queries as evidence
from joindots.kernel.when import day_says, midnight
from joindots.orders.rules.watch import AFTER, BEFORE_SERVED
from joindots.web.chronology.binding import bars, label_says
from joindots.web.chronology.brackets import brackets
from joindots.web.chronology.days import Entry, block, by_day
from joindots.web.chronology.decided import Decided
from joindots.web.chronology.drawing import (
    HEAD,
    WEEKDAYS,
    calendar_picture,
    clock_picture,
    curve_picture,
    day_words,
    lanes_picture,
    span_words,
)
from joindots.web.chronology.ink import curve_drawn, heat_drawn, lanes_drawn
from joindots.web.chronology.timeline_views import FEW, Asked, episode_above, finding, steps

MOST_LISTED = 2_000
"""Records that a sheet lists one by one; more are told by day, and all of them stand in a full pack."""
FOR_WORK = "Working copy. Nothing is kept out of it: never hand it to the other side"
KEPT_BACK, NO_WORDS, FOLDED = "another person’s words, kept back", "no words", "words left out"


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looks, at which case, at what of it, and whether words are wanted on paper."""

    actor: Actor
    ref: Ref
    head: CaseHead
    asked: Asked
    made: Decided
    only: tuple[str, ...]
    words: bool


def timeline_sheet(look: Looked) -> TimelineSheet:
    """All that the PDF says. It tells no clock time of its making: the same view makes the same bytes on one day."""
    asked, day = look.asked, day_says(look.actor.at)
    drawn, tables = _pictures(look) if sum(one.number for one in asked.all) >= FEW else ((), ())
    notes = [f"Only: {', '.join(look.only)}."] if look.only else []
    notes += ["Repeats between files are counted once. Few records, or none, do not mean that little happened."]
    return TimelineSheet(
        f"Timeline {look.head.reference}", finding_says(asked), (*notes, *counted_says(asked)), drawn,
        (*tables, _list(look)),
        ("Where a day is hatched no source covers it: that does not mean that it was quiet.", f"{FOR_WORK}. "
         "For the other side, or a court, make a pack for disclosure, which two people release."),
        f"{look.head.reference} · {look.actor.name}, {day} · {FOR_WORK}",
    )  # fmt: skip


def finding_says(asked: Asked) -> str:
    """The sentence above the pictures, as the page says it."""
    found = finding(asked)
    lanes = _and([f"{one.number:,} {one.words}" for one in found.lanes]) or "nothing"
    ways = _and([f"{one.number:,} {one.words}" for one in found.ways])
    said = f"Between {day_words(asked.window.first)} and {day_words(asked.window.last)}: {lanes}."
    said += f" Of the acts, {ways}." if ways else ""
    said += f" {many(found.with_acts, 'day has', 'days have')} at least one act"
    hole = many(found.uncovered, "day")
    return said + (f"; for {hole} there is no source." if found.uncovered else ".")


def counted_says(asked: Asked) -> tuple[str, ...]:
    """How every day that is looked at was counted, and what stands in no picture: the numbers add up to all days."""
    told = asked.days_counted
    said = [
        f"Days looked at: {told.all:,}. With something told: {told.told:,}. In a source, with nothing told: "
        f"{told.blank:,}. Covered by no source: {told.uncovered:,}."
    ]
    if told.undated:
        said.append(f"Left out of the pictures: {told.undated:,}, whose day is not known; the list has them.")
    if told.possible:
        said.append(f"Perhaps also on {many(told.possible, 'further day')}, told as one of several; not counted.")
    return tuple(said)


def _pictures(look: Looked) -> tuple[tuple[Drawn, ...], tuple[Table, ...]]:
    asked, actor, ref = look.asked, look.actor, look.ref
    window, told, holes = asked.window, asked.told, asked.holes
    days = calendar(told, window, asked.coverage, asked.known, asked.possible)
    hours, left_out = evidence.counts_by_hour(
        actor, ref, midnight(window.first), midnight(window.last + DAY), asked.narrow.only
    )
    grid, lanes = clock_grid(hours, left_out), rows(told, window, asked.spans, asked.ringed)
    curve = stretches(told, window, asked.coverage)
    episodes = [episode_above(one) for one in chronologies.episodes(actor, ref) if one.first and one.last]
    dots = marked(parts.dots(actor, look.head.circle, kinds=MARKED))
    here = (one for one in (*dots, *episodes) if one.first <= window.last and one.last >= window.first)
    above = sorted(here, key=lambda one: one.first)
    over = brackets(above, window)
    bound = bars(asked.binds, window, HEAD + over.height)
    lanes_shown = lanes_picture(lanes, window, holes, over.height + bound.height)
    drawn = (
        Drawn("By day", heat_drawn(calendar_picture(days)), finding_says(asked), (_heat_key(days),)),
        Drawn("By kind", lanes_drawn(lanes_shown, over.drawn, bound), _says_lanes(asked), (
            "The name of a kind, how many, and when. Round: contact. Square: presence. Diamond: things and money. "
            "Triangle: through others. Square with a cross: threats, violence. The larger, the more. Two dashed "
            "rails: some time between those days.", *_bound_key(asked))),
        Drawn("By 28 days", curve_drawn(curve_picture(curve, window, holes), ("Acts in 28 days", "Different kinds"),
              numbers=len(curve) < 40), _says_curve(curve), (
            "More records can mean more acts or better records. An open dot: the last days are fewer than 28. "
            "No forecast.",)),
        Drawn("By hour and weekday", heat_drawn(clock_picture(grid)), f"{grid.at_night:,} of {grid.total:,} acts "
              "with a time of day began between 23:00 and 07:00.",
              (f"{many(left_out, 'act')} left out: the time of day is not known.",) if left_out else (), 0.75),
    )  # fmt: skip
    hour_rows = tuple(
        (f"{hour:02}:00", *(f"{row[hour]:,}" for row in grid.numbers))
        for hour in range(24) if any(row[hour] for row in grid.numbers)
    )  # fmt: skip
    tables = (
        Table("Reports, court dates and episodes", ("What", "When"), (3, 2), _above_rows(above)),
        Table(
            "Orders and bail, and acts that lie inside them by their dates",
            ("What", "When"),
            (3, 2),
            tuple(_bound_rows(asked)),
        ),
        Table("Acts in each 28 days", ("Days", "Acts", "Kinds", ""), (3, 1, 1, 3), _curve_rows(curve)),
        Table("Acts by hour", ("From", *WEEKDAYS), (1,) * 8, hour_rows),
        Table("Acts by day", ("Day", "Number", "What"), (2, 1, 4), tuple(_day_rows(asked))),
    )
    return drawn, tuple(one for one in tables if one.rows)


def _heat_key(days: Calendar) -> str:
    return (
        f"Acts and rows of a log in a day, light to dark: {', '.join(steps(days.ends))}. White: a source looked, and "
        "nothing is told. Hatched: no source covers the day."
    )


def _says_lanes(asked: Asked) -> str:
    numbers: Counter[str] = Counter()
    for one in asked.told:
        numbers[one.lane] += one.number
    acts = "; ".join(f"{lane.name}: {numbers[lane.code]:,}" for lane in LANES if numbers[lane.code]) or "Nothing."
    return "; ".join((acts, *(f"{first}: {second}" for first, second in _bound_rows(asked))))


def _says_curve(curve: Sequence[Stretch]) -> str:
    return "; ".join(f"{span_words(one.window)}: {many(one.number, 'act')}" for one in curve)


def _above_rows(above: Sequence[Above]) -> tuple[tuple[str, ...], ...]:
    found = []
    for one in above:
        first, last = day_words(one.first), day_words(one.last)
        found.append((one.name, first if one.first == one.last else f"{first} to {last}"))
    return tuple(found)


def _bound_key(asked: Asked) -> tuple[str, ...]:
    """What bars and rings mean, where there are any."""
    if not asked.binds:
        return ()
    return (
        "Bars: bail, and orders, from the day they were made; white until the day on which they were served or known; "
        f"no end where they go on. One ring: an act {AFTER}. A dashed ring: {BEFORE_SERVED}. A ring says when, not "
        "what it was: a person decides that.",
    )


def _bound_rows(asked: Asked) -> Iterator[tuple[str, ...]]:
    """Each order and bail with its days, then each act that lies inside it."""
    window = asked.window
    for one in asked.binds:
        if one.made <= window.last and (one.last is None or one.last >= window.first):
            yield one.name, one.says.removeprefix(f"{one.name}: ")
    acts = Counter((one.day, one.lane, label_says(one.label, one.of)) for one in asked.ringed if one.day in window)
    for (day, lane, said), number in sorted(acts.items()):
        yield f"{many(number, *BY_CODE[lane].unit)}. {said}", day_words(day)


def _curve_rows(curve: Sequence[Stretch]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (span_words(one.window), f"{one.number:,}", f"{one.kinds}", "no source covers part of it" if one.part else "")
        for one in curve
    )


def _day_rows(asked: Asked) -> Iterator[tuple[str, ...]]:
    """Every day with anything told, and every time that no source covers, in order."""
    by: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for one in asked.told:
        if one.day is not None:
            by[one.day][one.lane] += one.number
    told = [(day, day_words(day), lanes) for day, lanes in by.items()]
    blank = [(hole.first, span_words(hole), Counter[str]()) for hole in asked.holes]
    for _, says, lanes in sorted((*told, *blank), key=lambda one: one[0]):
        said = [f"{lanes[lane.code]:,} {lane.unit[lanes[lane.code] != 1]}" for lane in LANES if lanes[lane.code]]
        number = sum(count for code, count in lanes.items() if BY_CODE[code].code != "log")
        yield (says, f"{number:,}", ", ".join(said)) if said else (says, "", "no source covers this")


def _list(look: Looked) -> Table:
    """The list by day, oldest first; too long a one is left to the table by day and to a full pack."""
    head, widths = ("When, as known", "Kind", "What", "Who", "Certainty", "Sources"), (3, 2, 6, 3, 2, 3)
    asked, actor, ref = look.asked, look.actor, look.ref
    start, end = midnight(asked.window.first), midnight(asked.window.last + DAY)
    lines, total = evidence.lines_between(actor, ref, start, end, MOST_LISTED, only=asked.narrow.only)
    if total > len(lines):
        note = f"{total:,} records are too many for a sheet: the table by day tells them, and a full pack holds each."
        return Table("The list", head, widths, (), (note,))
    names = {one.source: one.name for one in evidence.coverage_of(actor, ref)}
    listed: list[tuple[str, ...]] = []
    for day, mine in by_day(lines).items():
        shown = block(evidence.Day(day, 0, 0, 0), mine, names, all_of=len(mine), made=look.made)
        listed += [_row(one, f"{day_words(day)}, {one.clock}", look) for one in shown.entries]
    if asked.narrow.window is None:
        undated = evidence.lines_without_day(actor, ref, MOST_LISTED, only=asked.narrow.only)
        shown = block(evidence.Day(None, 0, 0, 0), undated, names, all_of=len(undated), made=look.made)
        listed += [_row(one, one.line.says, look) for one in shown.entries]
    notes = () if look.words else ("Words are left out. They can be printed too, by choice.",)
    return Table("The list, oldest first", head, widths, tuple(listed), notes)


def _row(one: Entry, when: str, look: Looked) -> tuple[str, ...]:
    sources = [name for _, name in one.sources] if not one.line.entry else [one.line.source_words]
    sources += [words for _, words in one.beside]
    who = "; ".join(f"{name}, {sure}" for held in one.believed for name, sure in held.says)
    shown = f"{who} (shown as {one.who})" if who else one.who
    said = [] if not one.title else [one.title]
    if look.words or not any(line.text for line in one.lines):
        said += [_words(line, several=one.bundle) for line in one.lines]
    else:
        said.append(FOLDED)
    said += [f"{words}." for words in one.inside]
    return when, one.kind, "\n".join(said), shown, one.certainty, ", ".join(sources)


def _words(line: evidence.Line, *, several: bool) -> str:
    said = line.text or (KEPT_BACK if line.kept_back else NO_WORDS)
    return f"{line.says.rpartition(', ')[2]} {line.sender}: {said}" if several else said


def _and(said: Sequence[str]) -> str:
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
