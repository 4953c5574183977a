"""Orders and bail as bars above the lanes, and rings around acts that lie inside them by their dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from joindots.chronology.rules.pictures.above import Above
from joindots.chronology.rules.pictures.lanes import Ringed
from joindots.chronology.rules.pictures.told import DAY, LANE_OF, LANE_OF_KIND, Window
from joindots.evidence import queries as evidence
from joindots.evidence.rules.entries import day_of, direction_of
from joindots.kernel.dots import Binds, Dated
from joindots.web.chronology.brackets import LETTER
from joindots.web.chronology.drawing import GUTTER, Axis

BAR_HIGH, ROW_HIGH = 20.0, 24.0
PAD: Final = 6.0
KINDS: Final = ((True, "Bail"), (False, "Orders"))
MOST_ROWS: Final = 4
"""Rows of each kind; further orders at the same time stand in the table alone."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a bar; `anchor` is the end of them that stands at `x`."""

    text: str
    anchor: str
    x: float

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where they reach, about."""
        wide = len(self.text) * LETTER
        return (self.x - wide, self.x) if self.anchor == "end" else (self.x, self.x + wide)


@dataclass(frozen=True, slots=True)
class Bar:
    """One order over its days. `fill` is the part from service on, `unserved` the part before, `edge` the outline,
    which has no end where the order goes on. `words` stand at `y`, inside and beside.
    """

    form: str
    fill: str
    unserved: str
    edge: str
    y: float
    words: tuple[Said, ...]
    says: str
    address: str
    rule: float | None
    """Where it was made, for a line down through the lanes; None for bail, and where that is before the picture."""


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars, the names of their rows, and how much room they take above the lanes."""

    drawn: tuple[Bar, ...]
    rows: tuple[tuple[float, str], ...]
    height: float


def bars(found: Iterable[Binds], window: Window, top: float) -> Bars:
    """Bars from `top` down: bail first, then orders, each kind in as few rows as its bars fit in with their words."""
    axis = Axis(window)
    inside = [
        one for one in found if one.made <= axis.window.last and (one.last or axis.window.last) >= axis.window.first
    ]
    drawn: list[Bar] = []
    rows: list[tuple[float, str]] = []
    y = top
    for bail, name in KINDS:
        taken: list[list[tuple[float, float]]] = []
        for one in (one for one in inside if one.bail == bail):
            left, right = _ends(one, axis)
            words = _words(one, left, right)
            spans = min(left, *(said.ends[0] for said in words)), max(right, *(said.ends[1] for said in words))
            level = next((n for n, row in enumerate(taken) if _free(row, spans)), len(taken))
            if level == MOST_ROWS:
                continue
            taken[level : level + 1] = [[*(taken[level] if level < len(taken) else []), spans]]
            drawn.append(_bar(one, axis, y + level * ROW_HIGH, words))
        if taken:
            rows.append((y + BAR_HIGH - 5, name))
            y += len(taken) * ROW_HIGH
    return Bars(tuple(drawn), tuple(rows), y - top)


def _free(row: Iterable[tuple[float, float]], spans: tuple[float, float]) -> bool:
    """Whether nothing of a row is met; bars may touch, as one order follows another."""
    return all(spans[1] <= left + 0.1 or spans[0] >= right - 0.1 for left, right in row)


def _ends(one: Binds, axis: Axis) -> tuple[float, float]:
    left = axis.x(max(one.made, axis.window.first))
    last = axis.window.last if one.last is None else min(one.last, axis.window.last)
    return left, max(axis.x(last + DAY), left + 3)


def _words(one: Binds, left: float, right: float) -> tuple[Said, ...]:
    """All inside of the bar where there is room; else its name inside and its days before it, or after it."""
    name, days = one.brief, ", ".join(_short(one))
    room = right - left - 2 * PAD
    if len(f"{name}, {days}") * LETTER <= room:
        return (Said(f"{name}, {days}", "start", _r(left + PAD)),)
    fits = len(name) * LETTER <= room
    beside = days if fits else f"{name}, {days}"
    before = left - PAD - len(beside) * LETTER > GUTTER
    said = Said(beside, "end", _r(left - PAD)) if before else Said(beside, "start", _r(right + PAD))
    return (Said(name, "start", _r(left + PAD)), said) if fits else (said,)


def _short(one: Binds) -> Iterator[str]:
    yield f"made {_day(one.made)}"
    yield f"served {_day(one.known)}" if one.known else "not served"
    yield f"to {_day(one.last)} {one.last.year}" if one.last else "goes on"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _bar(one: Binds, axis: Axis, y: float, words: tuple[Said, ...]) -> Bar:
    left, right = _ends(one, axis)
    known = right if one.known is None else min(max(axis.x(one.known), left), right)
    begins, ends = one.made >= axis.window.first, one.last is not None and one.last <= axis.window.last
    low = _r(y + BAR_HIGH)
    edge = f"M{_r(left)} {low}V{_r(y)}H{_r(right)}" if begins else f"M{_r(left)} {_r(y)}H{_r(right)}"
    edge += f"V{low}H{_r(left)}" if ends else f"M{_r(right)} {low}H{_r(left)}"
    return Bar(
        "bail" if one.bail else "order", _box(known, right, y), _box(left, known, y), edge, _r(y + BAR_HIGH - 6),
        words, one.says, one.link, _r(left) if begins and not one.bail else None,
    )  # fmt: skip


def _box(left: float, right: float, y: float) -> str:
    return f"M{_r(left)} {_r(y)}H{_r(right)}v{BAR_HIGH}H{_r(left)}z" if right > left else ""


def ringed(found: Iterable[Binds], hidden: Collection[str], only: evidence.Only) -> tuple[Ringed, ...]:
    """Each act that lies inside an order by its date, in the lane and on the day that the counts have it; without
    entries that are counted with something else.
    """
    return tuple(
        Ringed(day, lane, direction_of(act.doer) if act.entry else act.direction, act.label.text, one.name)
        for one in found for act in one.acts
        if act.entry not in hidden and (day := day_of(act.when)) and (lane := _lane(act, only))
    )  # fmt: skip


def _lane(act: Dated, only: evidence.Only) -> str:
    """The lane of an act; none where it is narrowed away, or where it is nothing that is drawn."""
    if act.entry:
        lane = LANE_OF_KIND.get(act.kinds[0] if act.kinds else "other", LANE_OF_KIND["other"])
        return lane.code if only.lets_entry(act.kinds, act.doer) else ""
    shown = only.lets(evidence.DayTold(None, act.channel, act.direction, 1))
    mine = only.senders is None or (act.source, act.sender) in only.senders
    return LANE_OF[act.channel].code if shown and mine and act.channel in LANE_OF else ""


Labels = Mapping[str | tuple[int, int], tuple[str, ...]]
"""What is said of acts: of entries by reference, of others by file and place."""


def labels(found: Sequence[Binds]) -> Labels:
    """What is said of each act by its date, and by which order."""
    told: dict[str | tuple[int, int], tuple[str, ...]] = {}
    for one in found:
        for act in one.acts:
            key = act.entry or (act.source, act.seq)
            told[key] = (*told.get(key, ()), label_says(act.label.text, one.name))
    return told


def binds_on(one: Binds, day: date | None) -> bool:
    """Whether an order stands on a day by its own days."""
    return day is not None and one.made <= day and (one.last is None or day <= one.last)


def label_says(label: str, name: str) -> str:
    """`Dated after the order: Interim stalking protection order`."""
    return f"{label[0].upper()}{label[1:]}: {name}"


def turns(found: Iterable[Binds], above: Iterable[Above]) -> tuple[tuple[date, str], ...]:
    """Days that are named beside the calendar of a phone: when orders and bail begin and end, and marked days."""
    told = [(one.first, one.name) for one in above if one.day]
    for one in found:
        name = "bail" if one.bail else one.brief.lower() if one.brief == "Interim order" else "order"
        told.append((one.made, f"{name} made"))
        told += [(one.last, f"{name} ends")] if one.last else []
    return tuple(sorted(told))


def _r(number: float) -> float:
    return round(number, 1)
