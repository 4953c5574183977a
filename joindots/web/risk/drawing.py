"""Where everything stands in the picture of a risk's history: a lane for each person, with levels as words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from joindots.chronology.rules.pictures.told import Window
from joindots.kernel.when import london_day
from joindots.risk import queries
from joindots.web.chronology.drawing import HEAD, WIDE, Axis, Words, day_words, shape

LANE: Final = 46.0
SMALL_LANE: Final = 28.0
BAR: Final = 12.0
LETTER: Final = 7.6
"""About the width of a letter of the picture's words: where words would run into each other they are moved."""
LEAST_DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """How long a judgement was its person's newest. Behind the day of review its edge is dashed; it goes on."""

    path: str
    late: str
    form: str
    says: str
    judgement: UUID
    words: Words | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A prompt, a change, or a form: a mark with its words."""

    path: str
    form: str
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name, its middle, and what stands in it."""

    name: str
    y: float
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The picture, and the rows of the table and CSV beside it."""

    width: float
    height: float
    months: tuple[Words, ...]
    rules: tuple[float, ...]
    lanes: tuple[Lane, ...]
    top: float = HEAD


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table behind the picture."""

    day: date
    what: str
    who: str
    says: str
    until: str


def history_lines(
    judged: Iterable[queries.JudgementView], asked: Iterable[queries.AssessmentView],
    prompts: Iterable[queries.PromptView], changes: Iterable[queries.ChangeView],
) -> list[Line]:  # fmt: skip
    """Everything of the picture in words, newest first."""
    rows = [
        Line(one.now.said.made_on, "Judgement", one.who,
             f"{one.now.level_words}{'; ' + one.now.ratings if one.now.ratings else ''}",
             "withdrawn" if one.withdrawn else f"review by {day_words(one.now.said.review_on)}")
        for one in judged
    ]  # fmt: skip
    rows += [
        Line(one.taken_on or london_day(one.at), "Result" if one.progress is None else "Asked",
             one.taken_by or one.by, one.says, one.state_words if one.progress else "")
        for one in asked
    ]  # fmt: skip
    rows += [
        Line(london_day(one.raised_at), "Look again", one.closed_by or "", one.rule.title,
             f"answered: {one.how_words}" if one.how else f"by {day_words(one.due_on)}")
        for one in prompts
    ]  # fmt: skip
    rows += [
        Line(one.day, "Change", one.by, f"{one.says}{': ' + one.words if one.words else ''}",
             "withdrawn" if one.ended_at else "")
        for one in changes
    ]  # fmt: skip
    return sorted(rows, key=lambda one: one.day, reverse=True)


def history_picture(
    judged: Sequence[queries.JudgementView], prompts: Sequence[queries.PromptView],
    changes: Sequence[queries.ChangeView], today: date,
) -> History | None:  # fmt: skip
    """A lane for each person who judged, and one each for prompts and changes; None where there is nothing."""
    standing = sorted((one for one in judged if not one.withdrawn), key=lambda one: (one.now.said.made_on, one.made_at))
    noted = [one for one in changes if not one.ended_at]
    days = [one.now.said.made_on for one in standing] + [london_day(one.raised_at) for one in prompts]
    days += [one.day for one in noted]
    if not days:
        return None
    first = min(*days, today - timedelta(days=LEAST_DAYS))
    axis = Axis(Window(first, max(*days, today)))
    lanes, y = _people(standing, axis, today)
    for name, dots in (("Look again", _asked(prompts, axis)), ("Changes noted", _changed(noted, axis))):
        if dots:
            middle = y + SMALL_LANE / 2
            lanes.append(Lane(name, middle, (), tuple(_dot(one, middle) for one in dots)))
            y += SMALL_LANE
    months, rules = axis.months(HEAD - 8)
    return History(WIDE, y + 6, months, rules, tuple(lanes))


def _people(standing: Sequence[queries.JudgementView], axis: Axis, today: date) -> tuple[list[Lane], float]:
    """Lanes of people in the order in which they first judged; how far down they reach."""
    lanes: list[Lane] = []
    y = HEAD
    for person in dict.fromkeys(one.person for one in standing):
        mine = [one for one in standing if one.person == person]
        ends = [one.now.said.made_on for one in mine[1:]] + [None]
        middle = y + LANE / 2 + 6
        lanes.append(Lane(person, middle, tuple(_bars(mine, ends, axis, middle, today))))
        y += LANE
    return lanes, y


def _bars(
    mine: Sequence[queries.JudgementView], ends: Sequence[date | None], axis: Axis, middle: float, today: date
) -> Iterable[Bar]:
    """Bars of one person; words that would run into the ones before stand beneath, and else only in the table."""
    above = below = 0.0
    for one, end in zip(mine, ends, strict=True):
        said = one.now.said
        stop = end or max(today, said.made_on)
        left, right = axis.x(said.made_on), max(axis.x(stop), axis.x(said.made_on) + 3)
        fresh = min(max(axis.x(said.review_on), left), right)
        words, wide = None, len(one.now.level_words) * LETTER
        if left >= above:
            words, above = Words(_r(left), _r(middle - BAR / 2 - 5), one.now.level_words), left + wide
        elif left >= below:
            words, below = Words(_r(left), _r(middle + BAR / 2 + 13), one.now.level_words), left + wide
        yield Bar(
            _box(left, middle, fresh - left), _box(fresh, middle, right - fresh) if right > fresh else "",
            f"jd-level--{said.level}",
            f"{one.person}: {one.now.level_words}, {day_words(said.made_on)}, review by {day_words(said.review_on)}",
            one.id, words,
        )  # fmt: skip


def _box(left: float, middle: float, width: float) -> str:
    return f"M{_r(left)} {_r(middle - BAR / 2)}h{_r(max(width, 1))}v{BAR}h-{_r(max(width, 1))}z"


def _asked(prompts: Iterable[queries.PromptView], axis: Axis) -> list[tuple[float, str, str, str]]:
    return [
        (axis.x(london_day(one.raised_at)), "things", "jd-asks" if one.open else "jd-asks jd-asks--answered",
         f"{one.rule.title}, {day_words(london_day(one.raised_at))}: {one.how_words or 'not answered yet'}")
        for one in prompts
    ]  # fmt: skip


def _changed(changes: Iterable[queries.ChangeView], axis: Axis) -> list[tuple[float, str, str, str]]:
    return [(axis.x(one.day), "others", "jd-asks", f"{one.says}, {day_words(one.day)}") for one in changes]


def _dot(one: tuple[float, str, str, str], middle: float) -> Dot:
    x, family, form, says = one
    return Dot(shape(family, x, middle, 6), form, says)


def _r(number: float) -> float:
    return round(number, 1)
