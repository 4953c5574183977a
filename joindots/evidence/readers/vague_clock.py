"""Times of day as people write them: exact, about, between, parts of the day; every reading that is possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

DAY = 86_400
HALF_HOUR = 1_800
LEAST_FIGURES = 3
"""Of an hour with its minutes, as in 0900."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}

PARTS: dict[str, tuple[float, float]] = {
    "early hours": (0, 6), "small hours": (0, 6), "early morning": (4, 9), "dawn": (3, 9), "breakfast time": (5, 11),
    "breakfast": (5, 11), "morning": (4, 12), "mid morning": (9, 12), "late morning": (10, 12), "lunchtime": (11, 15),
    "lunch time": (11, 15), "lunch": (11, 15), "early afternoon": (12, 15), "afternoon": (12, 18),
    "mid afternoon": (14, 17), "late afternoon": (15, 19), "teatime": (15, 19), "tea time": (15, 19),
    "early evening": (16, 20), "evening": (17, 24), "mid evening": (19, 22), "late evening": (20, 24),
    "bedtime": (19, 26), "dusk": (15, 23), "night": (19, 30), "late night": (21, 30), "late at night": (21, 30),
    "late in the evening": (20, 24), "night time": (19, 30), "nighttime": (19, 30), "overnight": (19, 32),
    "all night": (19, 32), "middle of the night": (0, 30), "daytime": (5, 21), "day time": (5, 21),
    "midnight": (0, 24.5), "around midnight": (-1, 25), "about midnight": (-1, 25), "after midnight": (0, 6),
    "just after midnight": (0, 1), "am": (0, 12), "pm": (12, 24), "noon": (12, 12), "midday": (11.5, 12.5),
}  # fmt: skip
"""Hours of the day, wide on purpose; over 24 is the next day. "Midnight" may be the day's start or its end,
and "the middle of the night" is before or after the day named; "the early hours" are its own."""

_ALL_DAY = frozenset(
    {"all day", "throughout the day", "throughout day", "day", "whole day", "various times", "on and off all day"}
)
Shape = Literal["second", "minute", "part_of_day", "range", "day"]


class Clock(NamedTuple):
    """Seconds of the day from and to, both meant to be covered; under 0 or over a day is a day beside."""

    start: int
    end: int
    shape: Shape


_HALF = r"(?:\s*(?P<half>[ap])\.?m\b\.?)"
_EXACT = re.compile(
    rf"^(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?{_HALF}?(?:\s*(?:hrs|hours|h))?$"
)
_FOUR = re.compile(r"^(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?:hrs|hours|hr|h)?$")
_SPOKEN = re.compile(
    rf"^(?P<part>half|quarter|five|ten|twenty|twenty five) ?(?P<way>past|to)? (?P<hour>\d{{1,2}}|[a-z]+){_HALF}?$"
)
_OCLOCK = re.compile(rf"^(?P<hour>\d{{1,2}}|[a-z]+)\s*o'?\s?clock{_HALF}?$")
_IN_PART = re.compile(
    r"^(?P<clock>.+?) (?:in the|at|this|that) ?(?P<part>morning|afternoon|evening|night|early hours|small hours)$"
)
_ABOUT = re.compile(
    r"^(?:at )?(?:about|around|approx\.?|approximately|roughly|circa|c\.?|ca\.?|~|(?:just|shortly) (?:before|after)|near|nearly|gone)"
    r" (?P<rest>.+)$"
)
_ISH = re.compile(r"^(?P<rest>.+?)(?:[ -]?ish| approx(?:imately)?\.?| or so| or thereabouts)$")
_BETWEEN = re.compile(r"^(?:between|from)? ?(?P<left>.+?) (?:and|to|until|till|or) (?P<right>.+)$")
_BEFORE = re.compile(r"^(?:some ?time )?(?:before|by|until|till|up to) (?P<rest>.+)$")
_AFTER = re.compile(r"^(?:some ?time )?(?:after|from|since|past) (?P<rest>.+?)(?: onwards?)?$|^(?P<on>.+?) onwards?$")
_EVENT = re.compile(
    r"^(?:just |right |shortly |straight )?(?:before|after|during|at|outside|while|on (?:the )?way (?:to|from|home))"
    r" (?P<event>[a-z' -]{3,60})$"
)
_SHIFTS = re.compile(
    r"\b(?:day|days|week|weeks|month|months|year|weekend|night|tomorrow|yesterday|morning|today|next|previous|later|"
    r"earlier|following|least|most|first|last|about|once|[a-z]+day|about|around|christmas|easter|new)\b"
)
_LEAD = re.compile(r"^(?:(?:on|at|in|the|during|that|this|some ?time|of|for)\s+)+")


@lru_cache(maxsize=8192)
def clocks(text: str, day24: bool) -> list[Clock]:
    """Every reading of a time of day, or none. `day24`: the writer is known to count to 24.

    "About" is half an hour either way. "4:30" without am or pm, by a writer who may count to 12, is both.
    """
    text = _LEAD.sub("", text).strip()
    if not text:
        return []
    if (part := text.replace("-", " ")) in PARTS:
        start, end = PARTS[part]
        shape: Shape = "minute" if start == end else "part_of_day"
        return [Clock(int(start * 3600), int(end * 3600) + (59 if shape == "minute" else -1), shape)]
    if text in _ALL_DAY:
        return [Clock(0, DAY - 1, "day")]
    for reader in _READERS:
        if found := reader(text, day24):
            return found
    return []


def _exact(text: str, day24: bool) -> list[Clock]:
    found = _EXACT.match(text) or _FOUR.match(text)
    if not found:
        return []
    parts = found.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    bare = not parts.get("minute") and not parts.get("half")
    if bare and not re.search(r"(?:hrs|hours|h)$", text):
        return []
    padded = text.startswith("0") or found.re is _FOUR
    return _moments(hour, minute, second if parts.get("second") else None, parts.get("half"), day24 or padded)


def _moments(hour: int, minute: int, second: int | None, half: str | None, day24: bool) -> list[Clock]:
    if half == "a" and hour == 0:
        half, day24 = None, True
    if half and not 1 <= hour <= 12:
        return _moments(hour, minute, second, None, True) if 12 < hour < 24 and half == "p" else []
    if hour > 23 or minute > 59:
        return []
    hours = [hour % 12 + (12 if half == "p" else 0)] if half else [hour]
    if not half and not day24 and 1 <= hour <= 12:
        hours = [hour % 12, hour % 12 + 12]
    shape: Shape = "minute" if second is None else "second"
    return [
        Clock(at := h * 3600 + minute * 60 + (second or 0), at + (59 if second is None else 0), shape) for h in hours
    ]


def _spoken(text: str, day24: bool) -> list[Clock]:
    if found := _OCLOCK.match(text):
        hour = _number(found["hour"])
        return _moments(hour, 0, None, found["half"], False) if hour else []
    found = _SPOKEN.match(text)
    hour = _number(found["hour"]) if found else None
    if not found or not hour or hour > 12:
        return []
    minutes = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25}[found["part"]]
    if found["way"] is None and minutes != 30:
        return []
    if found["way"] == "to":
        hour, minutes = (hour - 2) % 12 + 1, 60 - minutes
    return _moments(hour, minutes, None, found["half"], False)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def _in_part(text: str, day24: bool) -> list[Clock]:
    """Such as "4 in the afternoon", "ten at night": the part of the day says which half is meant."""
    found = _IN_PART.match(text)
    if not found:
        return []
    about = _ABOUT.match(found["clock"]) or _ISH.match(found["clock"])
    words = about["rest"] if about else found["clock"]
    hour = _number(words)
    readings = _moments(hour, 0, None, None, False) if hour and hour <= 12 else clocks(words, False)
    start, end = PARTS[found["part"]]
    inside = [
        one._replace(start=one.start + shift, end=one.end + shift)
        for one in readings
        for shift in (0, DAY)
        if start * 3600 <= one.start + shift <= end * 3600 and (shift == 0 or found["part"] == "night")
    ]
    if found["part"] == "night":
        # "2 at night" of a day may be its own small hours or the next day's.
        inside += [one for one in readings if one.start < 6 * 3600 and one not in inside]
    return [_widened(one) for one in inside] if about else inside


def _about(text: str, day24: bool) -> list[Clock]:
    found = _ABOUT.match(text) or _ISH.match(text)
    if not found:
        return []
    rest = found["rest"]
    if (rest.isdecimal() and len(rest) < LEAST_FIGURES) or rest in NUMBERS:
        hour = _number(rest)
        readings = _moments(hour, 0, None, None, day24 and (hour or 0) > 12) if hour and hour < 24 else []
    else:
        readings = clocks(rest, day24)
    return [_widened(one) for one in readings]


def _widened(one: Clock) -> Clock:
    if one.shape == "part_of_day":
        return one
    return Clock(one.start - HALF_HOUR, one.end + HALF_HOUR, "range")


def _between(text: str, day24: bool) -> list[Clock]:
    found = _BETWEEN.match(text)
    if not found:
        return []
    ends = clocks(found["right"], day24)
    half = re.search(r"([ap])\.?m\.?$", found["right"])
    if half and (found["left"].isdecimal() or re.fullmatch(r"\d{1,2}[:.]\d\d", found["left"])):
        starts = [
            *clocks(f"{found['left']}{half[1]}m", day24),
            *clocks(f"{found['left']}{'ap'[half[1] == 'a']}m", day24),
        ]
    elif found["left"].isdecimal() and re.search(r"\d$", found["right"]) and ends:
        starts = clocks(f"{found['left']}:00", day24)
    else:
        starts = clocks(found["left"], day24)
    pairs = [(start, end) for end in ends for start in starts if start.start <= end.end]
    if pairs:
        # Of several readings the shortest that runs forward is what "10 to 2pm" means; open ones are all kept.
        if half:
            pairs = [min(pairs, key=lambda pair: pair[1].end - pair[0].start)]
        return [Clock(start.start, end.end, "range") for start, end in pairs]
    return [Clock(starts[0].start, ends[0].end + DAY, "range")] if starts and ends else []


def _before_after(text: str, day24: bool) -> list[Clock]:
    """Before or after a time is that side of the same day; before or after an event is any time of the day."""
    if (found := _BEFORE.match(text)) and (readings := _whole_hour(found["rest"], day24)):
        return [Clock(0, one.end, "range") for one in readings]
    if (found := _AFTER.match(text)) and (readings := _whole_hour(found["rest"] or found["on"], day24)):
        return [Clock(one.start, DAY - 1, "range") for one in readings]
    if (found := _EVENT.match(text)) and not _SHIFTS.search(found["event"]):
        return [Clock(0, DAY - 1, "day")]
    return []


def _whole_hour(text: str, day24: bool) -> list[Clock]:
    if text.isdecimal() and int(text) <= 12:
        return _moments(int(text), 0, None, None, False)
    return clocks(text, day24)


_READERS: tuple[Callable[[str, bool], list[Clock]], ...] = (_exact, _spoken, _in_part, _about, _between, _before_after)
