"""The calendar turned for phones: weeks down and days across, each month named where it begins."""

from __future__ import annotations

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


def turned_picture(found: Calendar) -> Picture:
    """Weeks down, from the newest year's first on; the earlier ones are looked at by choosing their days."""
    weeks = [week for row in found.rows for week in row][-MOST_WEEKS:]
    boxes: list[Box] = []
    words = [Words(round(LABEL + at * PITCH + PITCH / 2, 1), 16, name[:1]) for at, name in enumerate(WEEKDAYS)]
    named = 0
    for number, week in enumerate(weeks):
        y = HEAD + number * HIGH
        first = next(cell.day for cell in week if cell)
        month = first.year * 12 + first.month
        if month != named:
            words.append(Words(0, y + 16, f"{first:%b}" if named and first.month != 1 else f"{first:%b %y}"))
            named = month
        for at, cell in enumerate(week):
            if cell:
                boxes.append(cell_box(cell, LABEL + at * PITCH, y, PITCH - 3, HIGH - 3))
    return Picture(HEAD + len(weeks) * HIGH, tuple(boxes), tuple(words), width=WIDTH)


def is_cut(found: Calendar) -> bool:
    """Whether it shows fewer weeks than the calendar has."""
    return sum(map(len, found.rows)) > MOST_WEEKS
