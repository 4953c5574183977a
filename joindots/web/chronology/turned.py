"""The calendar turned for phones: weeks down and days across, each month named where it begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from joindots.chronology.rules.pictures.calendar import Calendar
from joindots.web.chronology.drawing import WEEKDAYS, Box, Picture, Words, cell_box

WIDTH: Final = 343.0
LABEL: Final = 46.0
PITCH: Final = (WIDTH - LABEL) / 7
HIGH: Final = 24.0
"""A cell's height with the space below it; a finger needs no less."""
HEAD: Final = 24.0
MOST_WEEKS: Final = 53
NARROW: Final = 25.0
"""A day's width where a margin names days."""
MOST_LETTERS: Final = 18
FARTHEST: Final = 3 * HIGH
"""How far below its week the name of a day may stand."""


def turned_picture(found: Calendar, named: Sequence[tuple[date, str]] = ()) -> Picture:
    """Weeks down, from the newest year's first on; the earlier ones are looked at by choosing their days.

    Days that are `named` have a ring, and their words in a margin as far as there is room; a table has all of them.
    """
    weeks = [week for row in found.rows for week in row][-MOST_WEEKS:]
    pitch = NARROW if named else PITCH
    boxes: list[Box] = []
    words = [Words(round(LABEL + at * pitch + pitch / 2, 1), 16, name[:1]) for at, name in enumerate(WEEKDAYS)]
    month = 0
    for number, week in enumerate(weeks):
        y = HEAD + number * HIGH
        first = next(cell.day for cell in week if cell)
        if first.year * 12 + first.month != month:
            words.append(Words(0, y + 16, f"{first:%b}" if month and first.month != 1 else f"{first:%b %y}"))
            month = first.year * 12 + first.month
        for at, cell in enumerate(week):
            if cell:
                boxes.append(cell_box(cell, LABEL + at * pitch, y, pitch - 3, HIGH - 3))
    rings, notes, leads = _margin(boxes, named, pitch)
    height = max(HEAD + len(weeks) * HIGH, max((one.y for one in notes), default=0) + 8)
    return Picture(height, tuple(boxes), (*words, *notes), width=WIDTH, dots=rings, line=leads)


def _margin(
    boxes: Sequence[Box], named: Sequence[tuple[date, str]], pitch: float
) -> tuple[tuple[Words, ...], tuple[Words, ...], str]:
    """A ring on each named day, its words beside its week or the next free one below, and the lines between."""
    at = {one.day: one for one in boxes}
    left = LABEL + 7 * pitch + 4
    rings: list[Words] = []
    notes: list[Words] = []
    leads = ""
    for day, name in named:
        box = at.get(str(day))
        low = notes[-1].y + HIGH if notes else 0
        if box is None or len(name) > MOST_LETTERS or low - box.y - 16 > FARTHEST:
            continue
        y = max(box.y + 16, low)
        if not any(one.x == box.x + pitch / 2 - 1.5 and one.y == box.y + HIGH / 2 - 1.5 for one in rings):
            rings.append(Words(box.x + pitch / 2 - 1.5, box.y + HIGH / 2 - 1.5, ""))
        notes.append(Words(left + 8, y, name))
        leads += f"M{left - 4} {box.y + HIGH / 2 - 1.5}L{left + 6} {y - 5}"
    return tuple(rings), tuple(notes), leads


def is_cut(found: Calendar) -> bool:
    """Whether it shows fewer weeks than the calendar has."""
    return sum(map(len, found.rows)) > MOST_WEEKS
