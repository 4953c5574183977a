"""Where everything stands in the pictures of the timeline: numbers for the SVG templates, and nothing of anybody's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from joindots.chronology.rules.pictures.calendar import Calendar, Cell, ClockGrid, step_of
from joindots.chronology.rules.pictures.curve import Stretch
from joindots.chronology.rules.pictures.lanes import Bin, Row, Span
from joindots.chronology.rules.pictures.told import DAY, Window
from joindots.chronology.rules.wording import many
from joindots.orders.rules.watch import AFTER, BEFORE_SERVED

GUTTER: Final = 172.0
WIDE: Final = 1212.0
AXIS: Final = WIDE - GUTTER - 4
MOST_WEEK: Final = 80.0
"""Widest column of a week; a window of few weeks leaves the rest of its row empty."""
CELL_HIGH, ROW_HIGH = 13.0, 15.0
HEAD: Final = 22.0
LANE_HIGH: Final = 26.0
BAR_HIGH, KINDS_HIGH = 92.0, 56.0
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LEAST_MARK, MARK_SCALE = 3.8, 2.65
"""Half the width of the smallest mark, and what the root of a count is multiplied by in a quiet case."""
LEAST_LABEL: Final = 62.0
"""Room that the name of a month needs."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. `form` is a class of the stylesheet, `day` the one it opens, as an address writes it.

    It is drawn as a path: a text is rendered in a third of the time of four numbers, and there are hundreds.
    """

    x: float
    y: float
    width: float
    height: float
    form: str
    says: str
    day: str = ""

    @property
    def path(self) -> str:
        """As SVG draws it."""
        return f"M{self.x} {self.y}h{self.width}v{self.height}h-{self.width}z"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a lane: a path, drawn around its middle."""

    path: str
    form: str
    says: str
    address: str
    """The days it opens, as an address writes them."""
    rings: tuple[tuple[str, str], ...] = ()
    """Path and form of each ring around it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane's name, count and marks."""

    y: float
    name: str
    number: int
    code: str
    marks: tuple[Mark, ...]
    spans: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What a template draws; not every picture has every part."""

    height: float
    boxes: tuple[Box, ...] = ()
    words: tuple[Words, ...] = ()
    rules: tuple[float, ...] = ()
    lanes: tuple[Lane, ...] = ()
    hatched: tuple[Box, ...] = ()
    line: str = ""
    dashed: str = ""
    dots: tuple[Words, ...] = ()
    width: float = WIDE
    top: float = HEAD


def day_words(day: date) -> str:
    """`Tue 10 Jun 2025`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def span_words(window: Window) -> str:
    """`Tue 10 Jun 2025 to Mon 16 Jun 2025`; one day is said once."""
    first = day_words(window.first)
    return first if window.first == window.last else f"{first} to {day_words(window.last)}"


def calendar_picture(found: Calendar) -> Picture:
    """Weeks across, days down; a row of the picture for every 53 weeks."""
    boxes: list[Box] = []
    words: list[Words] = []
    pitch = min(MOST_WEEK, AXIS / max(map(len, found.rows), default=1))
    y = HEAD
    for row in found.rows:
        words += _months([next(cell.day for cell in week if cell) for week in row], pitch, y - 8)
        words += [Words(GUTTER - 12, y + at * ROW_HIGH + 11, WEEKDAYS[at]) for at in (0, 2, 4, 6)]
        for column, week in enumerate(row):
            for at, cell in enumerate(week):
                if cell:
                    x = GUTTER + column * pitch
                    boxes.append(cell_box(cell, x, y + at * ROW_HIGH, pitch - 2))
        y += 7 * ROW_HIGH + HEAD
    return Picture(y - HEAD + 4, tuple(boxes), tuple(words))


def cell_box(cell: Cell, x: float, y: float, width: float, height: float = CELL_HIGH) -> Box:
    """A day of the calendar, with what is told of it in words."""
    if not cell.covered:
        says, form = f"{day_words(cell.day)}, no source covers this day", "jd-heat--none"
    else:
        told = [many(cell.number, "act")] if cell.number or not cell.logged else []
        told += [many(cell.logged, "row of a log", "rows of a log")] if cell.logged else []
        kinds = f", {many(cell.kinds, 'kind')}" if cell.number else ""
        says, form = f"{day_words(cell.day)}, {' and '.join(told)}{kinds}", f"jd-heat--{cell.step}"
    if cell.possible:
        says, form = f"{says}; perhaps also something whose day is not known", f"{form} jd-heat--possible"
    return Box(_r(x), _r(y), _r(width), height, form, says, str(cell.day))


def _months(days: Sequence[date], pitch: float, y: float) -> list[Words]:
    """The names of months above the column in which each begins, where there is room; the year with January."""
    begins = [n for n, day in enumerate(days) if n == 0 or day.month != days[n - 1].month]
    return month_words([(GUTTER + n * pitch, days[n]) for n in begins], y)


def month_words(begins: Sequence[tuple[float, date]], y: float) -> list[Words]:
    """Names of months at the places where they begin, as far as there is room; the first and Januaries with the year.

    A first month of which only days are left gives its place to the next.
    """
    if len(begins) > 1 and begins[1][0] - begins[0][0] < LEAST_LABEL:
        begins = begins[1:]
    found: list[Words] = []
    for x, day in begins:
        if not found or x - found[-1].x >= LEAST_LABEL:
            found.append(Words(_r(x), _r(y), f"{day:%b %Y}" if not found or day.month == 1 else f"{day:%b}"))
    return found


def clock_picture(grid: ClockGrid) -> Picture:
    """Hours across, weekdays down."""
    boxes = tuple(
        Box(
            _r(GUTTER + hour * 30), _r(HEAD + at * ROW_HIGH), 28, CELL_HIGH, f"jd-heat--{step_of(number, grid.ends)}",
            f"{WEEKDAYS[at]} {hour:02}:00 to {hour:02}:59, {many(number, 'act')}",
        )
        for at, row in enumerate(grid.numbers) for hour, number in enumerate(row)
    )  # fmt: skip
    words = [Words(_r(GUTTER + hour * 30), HEAD - 8, f"{hour:02}") for hour in range(0, 24, 3)]
    words += [Words(GUTTER - 12, HEAD + at * ROW_HIGH + 11, name) for at, name in enumerate(WEEKDAYS)]
    return Picture(HEAD + 7 * ROW_HIGH + 4, boxes, tuple(words), width=GUTTER + 24 * 30 + 4)


class Axis:
    """One axis of time, in whole weeks, for lanes and curve; and for a calendar that stands in one row."""

    def __init__(self, window: Window) -> None:
        first, last = window.first, window.last
        self.window = Window(first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY)
        self.a_day = AXIS / len(self.window)

    def x(self, day: date) -> float:
        """Where a day begins."""
        return GUTTER + (day - self.window.first).days * self.a_day

    def middle(self, part: Window) -> float:
        """The middle of some days."""
        return (self.x(part.first) + self.x(part.last + DAY)) / 2

    def months(self, y: float) -> tuple[tuple[Words, ...], tuple[float, ...]]:
        """Names and hairlines of months; names only where there is room."""
        firsts = [day for day in self.window.days() if day.day == 1 or day == self.window.first]
        words = month_words([(self.x(day), day) for day in firsts], y)
        return tuple(words), tuple(_r(self.x(day)) for day in firsts if day.day == 1)

    def hatch(self, holes: Iterable[Window], y: float, height: float) -> tuple[Box, ...]:
        """A band for each time that no source covers."""
        return tuple(
            Box(
                _r(self.x(hole.first)), y, _r(len(hole) * self.a_day), height, "jd-hatch",
                f"No source covers {span_words(hole)}",
            )
            for hole in holes
        )  # fmt: skip


def lanes_picture(found: Sequence[Row], window: Window, holes: Sequence[Window], above: float = 0) -> Picture:
    """Circles whose area is the count for many, a mark of its own form for a single act; `above` is for brackets."""
    axis = Axis(window)
    most = max((one.number for row in found for one in row.bins), default=1)
    scale = min(MARK_SCALE, (LANE_HIGH / 2 - 1.5) / sqrt(most))
    lanes = []
    for at, row in enumerate(found):
        y = HEAD + above + at * LANE_HIGH + LANE_HIGH / 2
        marks = tuple(_mark(one, row, axis, y, scale) for one in row.bins)
        spans = tuple(_span(one, row, axis, y) for one in row.spans)
        lanes.append(Lane(y, row.lane.name, row.number, row.lane.code, marks, spans))
    words, rules = axis.months(HEAD - 8)
    height = HEAD + above + len(found) * LANE_HIGH + 6
    return Picture(height, (), words, rules, tuple(lanes), axis.hatch(holes, HEAD + above, len(found) * LANE_HIGH))


def _mark(one: Bin, row: Row, axis: Axis, y: float, scale: float) -> Mark:
    size = 4.4 if one.number == 1 and scale == MARK_SCALE else max(1.5 + scale * sqrt(one.number), LEAST_MARK)
    says = f"{row.lane.name}, {span_words(one.window)}: {many(one.number, *row.lane.unit)}{inside_words(one)}"
    x = axis.middle(one.window)
    path = shape(row.lane.family, x, y, size)
    return Mark(path, f"jd-mark--{row.lane.family}", says, f"since={one.window.first}&until={one.window.last}",
                tuple(_rings(one, x, y, size)))  # fmt: skip


RINGS: Final = ((AFTER.text, "after"), (BEFORE_SERVED.text, "unserved"))
"""The words of order watch, and the form of their ring."""


def _rings(one: Bin, x: float, y: float, size: float) -> Iterator[tuple[str, str]]:
    """A ring for each wording that any act of it has, one outside the other."""
    size += 4.5
    for label, form in RINGS:
        if any(inside.label == label for inside in one.inside):
            yield shape("contact", x, y, size), f"jd-ring--{form}"
            size += 3


def inside_words(one: Bin) -> str:
    """`; 1 dated after the order: Interim stalking protection order`, for each order."""
    return "".join(f"; {inside.number:,} {inside.label}: {inside.of}" for inside in one.inside)


def _span(one: Span, row: Row, axis: Axis, y: float) -> Mark:
    """Two dashed rails without ends: somewhere between these days. What lies outside of the axis is cut off."""
    first, last = max(one.window.first, axis.window.first), min(one.window.last, axis.window.last)
    left, right = _r(axis.x(first)), _r(axis.x(last + DAY))
    says = f"{row.lane.name}, some time {span_words(one.window)}" + (", or beyond" if one.open else "")
    says = "; ".join((says, *one.inside))
    return Mark(f"M{left} {y - 5}H{right}M{left} {y + 5}H{right}", "jd-rails", says, "day=unknown")


def shape(family: str, x: float, y: float, size: float) -> str:
    """The mark of a family around a place: circle, square, diamond, triangle, square with a cross."""
    size = _r(size)
    a, b, c, d = _r(x - size), _r(x + size), _r(y - size), _r(y + size)
    x, y, across = _r(x), _r(y), _r(2 * size)
    if family == "presence":
        return f"M{a} {c}H{b}V{d}H{a}Z"
    if family == "things":
        return f"M{x} {c}L{b} {y}L{x} {d}L{a} {y}Z"
    if family == "others":
        return f"M{x} {c}L{b} {d}H{a}Z"
    if family == "threats":
        return f"M{a} {c}H{b}V{d}H{a}ZM{a} {c}L{b} {d}M{b} {c}L{a} {d}"
    return f"M{a} {y}a{size} {size} 0 1 0 {across} 0a{size} {size} 0 1 0 -{across} 0Z"


def curve_picture(found: Sequence[Stretch], window: Window, holes: Sequence[Window]) -> Picture:
    """Bars of 28 days with their totals; beneath, on an axis of its own, how many different kinds."""
    axis = Axis(window)
    most = max((one.number for one in found), default=0) or 1
    base = HEAD + BAR_HIGH
    boxes: list[Box] = []
    totals: list[Words] = []
    for one in found:
        boxes += _bar(one, axis, base, most)
        high = BAR_HIGH * one.number / most
        roomy = len(one.window) * axis.a_day > LEAST_LABEL
        totals.append(
            Words(_r(axis.middle(one.window)), _r(base - high - 5), _total(one) if roomy else f"{one.number:,}")
        )
    kinds = max((one.kinds for one in found), default=0) or 1
    low = base + 30 + KINDS_HIGH
    dots = tuple(
        Words(_r(axis.middle(one.window)), _r(low - KINDS_HIGH * 0.7 * one.kinds / kinds), str(one.kinds))
        for one in found
    )  # fmt: skip
    whole = dots if not found or found[-1].whole else dots[:-1]
    dashed = "" if whole is dots or len(dots) < 2 else _line(dots[-2:])
    hatched = axis.hatch(holes, HEAD, BAR_HIGH)
    return Picture(low + 10, tuple(boxes), tuple(totals), (), (), hatched, _line(whole), dashed, dots, top=base)


def _total(one: Stretch) -> str:
    return f"{one.number:,} (part)" if one.part else f"{one.number:,}"


def _bar(one: Stretch, axis: Axis, base: float, most: int) -> list[Box]:
    left, right = axis.x(one.window.first) + 2, axis.x(one.window.last + DAY) - 2
    says = f"{span_words(one.window)}: {many(one.number, 'act')} of {many(one.kinds, 'kind')}"
    says += "; no source covers part of it" if one.part else ""
    boxes = []
    for family, number in one.families:
        high = BAR_HIGH * number / most
        base -= high
        boxes.append(Box(_r(left), _r(base), _r(max(right - left, 1)), _r(high), f"jd-bar--{family}", says))
    return boxes


def _line(dots: Sequence[Words]) -> str:
    return " ".join(f"{dot.x},{dot.y}" for dot in dots)


def _r(number: float) -> float:
    return round(number, 1)
