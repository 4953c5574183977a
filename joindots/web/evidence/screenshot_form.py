"""The words of a screenshot as a form: lines with who wrote each, when as shown, and where it stands in the picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from joindots.evidence.readers.pictures.written import Box
from joindots.evidence.readers.records import Channel
from joindots.evidence.rules import screenshots
from joindots.evidence.rules.codes import CHANNEL_WORDS
from joindots.evidence.rules.screenshots import Line, Sheet
from joindots.web.typed import whole

BLANK_LINES = 3
FIRST_YEAR, LAST_YEAR = 1970, 2100
WHO = (
    (screenshots.THEM, "the other person"), (screenshots.ME, "the person this is kept for"),
    (screenshots.OTHER, "somebody else"), (screenshots.NONE, "not a message"),
)  # fmt: skip
APPS = tuple((code, CHANNEL_WORDS[code]) for code in screenshots.CHANNELS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form. `unsure`: the machine was not sure of it."""

    number: int
    text: str
    who: str
    shown: str
    day: str
    box: str
    unsure: bool
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0


def rows(sheet: Sheet, *, suggestion: bool) -> tuple[Row, ...]:
    """The lines of a sheet, and a few empty ones to type into."""
    told = [_row(number, one, suggestion) for number, one in enumerate(sheet.lines, 1)]
    empty = [_row(len(told) + more, Line(""), False) for more in range(1, BLANK_LINES + 1)]
    return (*told, *empty)


def sheet_of(post: QueryDict) -> Sheet:
    """What was posted; a line without words or writer is passed over, a box or day that makes no sense left out."""
    lines = []
    for number in range(1, screenshots.MOST_LINES + 1):
        text = post.get(f"text{number}")
        if text is None:
            break
        who = post.get(f"who{number}", screenshots.NONE)
        if not text.strip() and who == screenshots.NONE:
            continue
        lines.append(Line(
            text.strip()[: screenshots.MOST_LETTERS], who if who in dict(WHO) else screenshots.NONE,
            post.get(f"shown{number}", "").strip()[:60], _day(post.get(f"day{number}", "")),
            _box(post.get(f"box{number}", "")),
        ))  # fmt: skip
    app = post.get("app", "")
    size = [whole(post.get(name, ""), 0, digits=5) for name in ("width", "height")]
    channel: Channel = next((code for code in screenshots.CHANNELS if code == app), "other")
    return Sheet(size[0], size[1], tuple(lines), channel, post.get("name", "").strip()[: screenshots.MOST_NAME])


def _row(number: int, one: Line, suggestion: bool) -> Row:
    left, top, right, bottom = one.box or (0, 0, 0, 0)
    box = ",".join(map(str, one.box)) if one.box else ""
    unsure = suggestion and one.sure is not None and one.sure < screenshots.UNSURE
    return Row(
        number, one.text, one.who, one.shown, str(one.day or ""), box, unsure, left, top, right - left, bottom - top
    )


def _box(written: str) -> Box | None:
    parts = written.split(",")
    if len(parts) != 4 or not all(one.isdecimal() and len(one) < 6 for one in parts):
        return None
    left, top, right, bottom = map(int, parts)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
