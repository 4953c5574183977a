"""Episodes and marked times as brackets with their names, above the lanes they span; a marked day as a diamond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from joindots.chronology.rules.pictures.above import Above
from joindots.chronology.rules.pictures.told import DAY, Window
from joindots.web.chronology.drawing import HEAD, WIDE, Axis, shape

LEVEL_HIGH: Final = 28.0
LETTER: Final = 6.9
"""Width of a letter of a chart's words, about; a name is never cut nearer than that."""
MOST_LETTERS: Final = 44
MOST_LEVELS: Final = 5
"""Names above one another; further ones stand in the table alone."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """One bracket with its words. `anchor` is the end of the words that stands at `x`."""

    path: str
    x: float
    y: float
    text: str
    anchor: str
    says: str
    address: str


@dataclass(frozen=True, slots=True)
class Brackets:
    """All brackets, and how much room they take above the lanes."""

    drawn: tuple[Bracket, ...]
    height: float


def brackets(above: Iterable[Above], window: Window) -> Brackets:
    """Brackets over the days of a window, as few levels as they fit in without touching. One that goes on beyond the
    window is open at that end.
    """
    axis = Axis(window)
    levels: list[float] = []
    drawn = []
    for one in above:
        if one.first > axis.window.last or one.last < axis.window.first:
            continue
        left = axis.x(max(one.first, axis.window.first))
        right = max(axis.x(min(one.last, axis.window.last) + DAY), left + 3)
        text = one.name if len(one.name) <= MOST_LETTERS else f"{one.name[: MOST_LETTERS - 1].rstrip()}…"
        wide = len(text) * LETTER
        anchor, at = ("end", right) if left + wide > WIDE - 4 else ("start", left)
        begins, ends = (min(left, right - wide), right) if anchor == "end" else (left, max(right, left + wide))
        level = next((n for n, taken in enumerate(levels) if taken < begins), len(levels))
        if level == MOST_LEVELS:
            continue
        levels[level:] = [ends + 10, *levels[level + 1 :]]
        y = HEAD + level * LEVEL_HIGH + LEVEL_HIGH - 6
        if one.day:
            path = shape("things", axis.middle(Window(one.first, one.last)), y + 2, 4.4)
        else:
            path = _path(left, right, y, one.first < axis.window.first, one.last > axis.window.last)
        drawn.append(Bracket(path, round(at, 1), y - 6, text, anchor, one.says, one.address))
    return Brackets(tuple(drawn), len(levels) * LEVEL_HIGH)


def _path(left: float, right: float, y: float, open_left: bool, open_right: bool) -> str:
    left, right = round(left, 1), round(right, 1)
    first = f"M{left} {y}" if open_left else f"M{left} {y + 6}V{y}"
    return f"{first}H{right}" if open_right else f"{first}H{right}V{y + 6}"
