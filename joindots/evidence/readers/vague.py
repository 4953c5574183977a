"""When something happened and how often, from a person's own words: an interval that covers what they say, or nothing.

Where the words cannot be told for certain, nothing is returned: they are kept as they are, and no time is guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from joindots.evidence.readers.records import Precision, TimeFlag
from joindots.evidence.readers.stamps import MONTHS, WEEKDAYS, Order, Stamp, in_utc, stamp
from joindots.evidence.readers.times import STEPS, Span, Zone
from joindots.evidence.readers.vague_clock import NUMBERS, Clock, clocks
from joindots.evidence.readers.vague_days import MOST_DAYS, Days, days, widened

LONGEST = 160
_WHOLE_DAY = Clock(0, 86_399, "day")


class Told(NamedTuple):
    """An interval in UTC, both ends included. `order_open`: day and month could stand either way round.

    `every` are the days of "every Tuesday in July 2025", unless some are excepted.
    """

    earliest: datetime
    latest: datetime
    precision: Precision
    flags: tuple[TimeFlag, ...] = ()
    order_open: bool = False
    every: tuple[date, ...] = ()
    offset: bool = False
    """The words gave their own offset from UTC, so the zone played no part."""


_TABLE = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u2013": " - ",
        "\u2014": " - ",
        "\u00a0": " ",
        "\u202f": " ",
        ",": " ",
        ";": " ",
        "@": " at ",
        "~": " about ",
    }
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_DASHES = (
    (re.compile(r"(?<=[a-z0-9])\s+-\s+(?=[a-z0-9])"), " to "),
    (re.compile(r"(?<![-/.\d])(\d{1,2})\s*[-/]\s*(\d{1,2})(?=\s+[a-z]{3,})"), r"\1 to \2"),
    (re.compile(r"(?<=\d)\s+/\s+(?=\d)"), " to "),
    (re.compile(r"(\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]m)\s*-\s*(?=\d)"), r"\1 to "),
    (re.compile(r"(?<![-/.\d])(\d{1,2})-(?=\d{1,2}(?:[:.]\d\d)?\s*[ap]m\b)"), r"\1 to "),
    (re.compile(r"([/.]\d{2,4})-(?=\d{1,2}[/.])"), r"\1 to "),
)
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_WRITTEN = (
    # 12-May-25, 12/May/2025, 12May2025: a spreadsheet's own short dates.
    (re.compile(rf"\b(\d{{1,2}})[-/. ]?({_NAME})\.?[-/. ]?'?(\d{{4}}|\d{{2}})(?![\d:.])"), r"\1 \2 \3"),
    (re.compile(r"\b(mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\.(?=\s)"), r"\1"),
    (re.compile(r"\b(\d{1,2}(?:[:.]\d\d)?) ?-?ish ([ap]\.?m\.?)"), r"\1\2ish"),
)
_COUNTED = re.compile(r"\s*(?:\(?\b[x×]\s?\d{1,4}\)?|×\s?\d{1,4}|\b(?:about |around )?\w+ times)\s*$")
_COUNTED_FIRST = re.compile(r"^(?:about |around )?\w+ times (?:on |in |over )?")
_LESS = re.compile(
    r"\s*\(?\b(?:(?:all )?(?:but|except|apart from) (?:for )?(?:one|two|three|a few|once|twice|\d)|"
    r"not every (?:week|time|day))\b.*$"
)
_WEEKDAY_FIRST = re.compile(rf"^({'|'.join(sorted(WEEKDAYS, key=len, reverse=True))}) (.+)$")
_DOUBT = re.compile(
    r"\s*\(?\b(?:i think|i believe|maybe|perhaps|possibly|probably|(?:i'm )?not (?:quite )?(?:sure|certain)|"
    r"or thereabouts|as far as i remember|from memory)\b\)?|\s*\(?\?+\)?"
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_TELLS_TIME = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|day|night|week|month|year|"
    r"morning|evening|afternoon|noon|before|after|until|since|next|last|previous|earlier|later|or|not|from)",
)


def read_when(
    words: str, order: Order | None, zone: Zone, year_hint: int | None = None, *, day24: bool = False
) -> Told | None:
    """The interval that the words cover, in UTC; None when they cannot be told for certain.

    `order` is the proven or answered order of day and month: while it is open both readings are
    covered. `year_hint` is the year of dates that name none; give one only where it is certain.
    `day24` says that the writer counts the hours to 24: else "4:30" is half past four twice a day.
    """
    if len(words) > LONGEST:
        return None
    if (read := stamp(words)) and (read.offset is not None or read.precision == "second"):
        return _of_stamp(read, order, zone)
    text, doubt = plain_words(words)
    readings = _moments(text, order, year_hint, day24)
    if not readings:
        return None
    if doubt:
        readings = [pair if pair[0].recurs else _doubted(*pair) for pair in readings]
    told = _covering(readings, zone)
    return told._replace(every=()) if told and _LESS.search(words.casefold()) else told


def _doubted(day: Days, clock: Clock) -> tuple[Days, Clock]:
    return widened(day), clock._replace(shape="range")


def _of_stamp(read: Stamp, order: Order | None, zone: Zone) -> Told:
    """A date as a program writes it, with seconds or with its own offset."""
    readings = read.read(order)
    if read.offset is not None:
        moments = [in_utc(local, read.offset) for local in readings]
        spans = [Span(at, at + STEPS[read.precision]) for at in moments]
    else:
        spans = [zone.span(local, read.precision) for local in readings]
    return Told(
        min(span.earliest for span in spans), max(span.latest for span in spans), read.precision,
        spans[0].flags if len(spans) == 1 else (), len(spans) > 1, offset=read.offset is not None,
    )  # fmt: skip


def plain_words(words: str) -> tuple[str, bool]:
    """Lower case and plain signs, without counts, doubts and asides; and whether there was a doubt."""
    text = " ".join(words.translate(_TABLE).casefold().split())
    text = _LESS.sub("", text)
    doubtful = bool(_DOUBT.search(text))
    text = _DOUBT.sub(" ", text)
    for aside in _ASIDE.findall(text):
        if not _TELLS_TIME.search(aside):
            text = text.replace(f"({aside})", " ")
    text = _COUNTED.sub("", text.replace("(", " ").replace(")", " "))
    text = _COUNTED_FIRST.sub("", text)
    text = _ORDINAL.sub(r"\1", text)
    for form, instead in (*_WRITTEN, *_DASHES):
        text = form.sub(instead, text)
    text = re.sub(r"(?<=\d) of (?=[a-z])", " ", text)
    return " ".join(text.split()).strip(" .-"), doubtful


def _moments(text: str, order: Order | None, year: int | None, day24: bool) -> list[tuple[Days, Clock]]:
    """Every reading of the words as days with a time of day."""
    if found := _day_and_clock(text, order, year, day24):
        return found
    for split in re.finditer(r" (?:and|to|until|till) ", text):
        left, right = re.sub(r"^(?:between|from) ", "", text[: split.start()]), text[split.end() :]
        starts, ends = _day_and_clock(left, order, year, day24), _day_and_clock(right, order, year, day24)
        if starts and ends:
            return [(_joined(a, b), _ends(a, b)) for a in starts for b in ends if a[0].first <= b[0].last]
    return []


def _joined(start: tuple[Days, Clock], end: tuple[Days, Clock]) -> Days:
    return Days(start[0].first, end[0].last, "range", suspect=start[0].suspect or end[0].suspect)


def _ends(start: tuple[Days, Clock], end: tuple[Days, Clock]) -> Clock:
    return Clock(start[1].start, end[1].end, "range")


def _day_and_clock(text: str, order: Order | None, year: int | None, day24: bool) -> list[tuple[Days, Clock]]:
    if alone := days(text, order, year):
        return [(day, _WHOLE_DAY) for day in alone]
    tokens = text.split()
    if len(tokens) > 24:
        return []
    for at in range(len(tokens) - 1, 0, -1):
        head, tail = " ".join(tokens[:at]), " ".join(tokens[at:])
        for day_words, clock_words in ((head, tail), (tail, head)):
            if pairs := _paired(_joint(day_words), _joint(clock_words), order, year, day24):
                return pairs
    return []


def _paired(
    day_words: str, clock_words: str, order: Order | None, year: int | None, day24: bool
) -> list[tuple[Days, Clock]]:
    weekday = _WEEKDAY_FIRST.match(clock_words)
    if weekday:
        day_words, clock_words = f"{weekday[1]} {day_words}", _joint(weekday[2])
    found_clocks = clocks(clock_words, day24 or bool(re.match(r"\d{4}-", day_words)))
    found_days = days(day_words, order, year) if found_clocks else []
    if weekday and any(day.suspect for day in found_days):
        # "Friday night" of a Saturday's date is another night: then nothing is told.
        return []
    return [(day, clock) for day in found_days for clock in found_clocks if _go_together(day, clock)]


def _go_together(day: Days, clock: Clock) -> bool:
    """A time by the clock needs a day or a recurring one: "before 9 Aug 2025" is not nine o'clock in August."""
    return day.shape == "day" or day.recurs or clock.shape in ("part_of_day", "day")


def _joint(words: str) -> str:
    """Words without what only joins day and time: "evening of", "at about"."""
    return re.sub(
        r"\s+(?:on|of|at|in|the|in the|on the|of the|during|to)$", "", re.sub(r"^(?:-|at|on|to)\s+", "", words)
    ).strip()


def _covering(readings: list[tuple[Days, Clock]], zone: Zone) -> Told | None:
    spans = [_span(day, clock, zone) for day, clock in readings]
    if any(span is None for span in spans):
        return None
    known = [span for span in spans if span is not None]
    several_days = len({(day.first, day.last) for day, _ in readings}) > 1
    several_clocks = len({clock for _, clock in readings}) > 1
    suspect: tuple[TimeFlag, ...] = ("clock_suspect",) if any(day.suspect for day, _ in readings) else ()
    flags = known[0].flags if len(known) == 1 else ()
    precision = _precision(*readings[0], several_clocks)
    return Told(
        min(span.earliest for span in known), max(span.latest for span in known), precision, flags + suspect,
        several_days, readings[0][0].every,
    )  # fmt: skip


def _precision(day: Days, clock: Clock, several_clocks: bool) -> Precision:
    if clock.shape == "day":
        return day.shape
    if day.shape != "day" or several_clocks:
        return "range"
    return clock.shape


def _span(day: Days, clock: Clock, zone: Zone) -> Span | None:
    if (day.last - day.first).days > MOST_DAYS * 2:
        return None
    start = datetime.combine(day.first, time(0)) + timedelta(seconds=clock.start)
    end = datetime.combine(day.last, time(0)) + timedelta(seconds=clock.end)
    if day.shape == "day" and clock.shape in ("minute", "second"):
        return zone.span(start, clock.shape)
    return zone.stretch(start, end)


_COUNT_WORDS = {**NUMBERS, "once": 1, "twice": 2, "thrice": 3, "dozen": 12, "couple": 2}
_PLAIN_NUMBER = r"\d{1,4}|half a dozen|a dozen|dozen|a couple|couple|" + "|".join(NUMBERS)
_NUMBER = rf"(?P<number>{_PLAIN_NUMBER})"
_ABOUT = r"(?P<about>about|around|approx\.?|approximately|roughly|circa|c\.?|nearly|almost|at least|over|more than|up to|some|~)"
_COUNT = re.compile(
    rf"^(?:{_ABOUT} ?)?(?:[x×] ?)?(?:{_NUMBER}|(?P<word>once|twice|thrice))(?: ?[x×])?(?P<plus>\+| ?ish| or so| or more)?"
    r"(?: (?:of )?(?:times|occasions|calls|texts|messages|acts|incidents|e-?mails|visits))?$"
)
_ACTS = (
    "calls?|rings?|texts?|messages?|e-?mails?|letters?|cards?|visits?|knocks?|voicemails?|photos?|posts?|comments?|"
    "payments?|gifts?|notes?|drive-?bys?|missed calls?|hang-?ups?|requests?|deliveries|parcels?"
)
_DID = (
    "rang|rung|rings|phoned|called|texted|messaged|e-?mailed|knocked|visited|wrote|came|honked|hooted|followed|"
    "drove past|drove by|walked past|went past|turned up|hung up"
)
_TIMES_SIGN = re.compile(r"(?:×\s?(\d{1,4})\b|\b(\d{1,4})\s?×)")
_SMALL_X = re.compile(
    rf"\b(?i:{_ACTS}|(?:{_DID})(?: me| us| her| again)?)\s*,?\s*\(?x\s?(\d{{1,4}})\)?(?=[\s.,;)]|$)"
    rf"|^(\d{{1,4}})\s?x\s(?=[a-z ]*(?:{_ACTS})\b)"
)
_LEADING = re.compile(rf"^(?:{_ABOUT} )?{_NUMBER} (?!of\b)(?:[a-z-]+ ){{0,2}}(?:{_ACTS})\b(?! and\b)(?P<rest>.*)$")
_N_TIMES = re.compile(rf"\b(?:{_ABOUT} )?(?:{_NUMBER}(?P<plus>\+)? times|(?P<word>twice|thrice))\b")
_ANY_NUMBER = re.compile(rf"\b(?:{_PLAIN_NUMBER}|once|twice)\b")
_NUMBERED_ACTS = re.compile(rf"\b(?:{_PLAIN_NUMBER}) (?:[a-z-]+ ){{0,2}}(?:{_ACTS})\b")
_SAID = re.compile(r"\b(?:i|told|asked|said|warned|begged|we|she told|police)\b")


def read_count(words: str) -> tuple[int, bool] | None:
    """How many, and whether only about, from a cell that says nothing else: `12`, `about twelve`, `x12`; else None."""
    text = " ".join(words.casefold().split()).strip(" .")
    found = _COUNT.match(text)
    if not found:
        return None
    number = _number(found["number"] or found["word"])
    return (number, bool(found["about"] or found["plus"])) if number else None


def count_in(words: str) -> tuple[int, bool] | None:
    """How many acts a sentence counts, where it says so plainly: "silent call ×12", "about twelve silent calls".

    None where two counts stand in it, or where the number may count something else ("I told him
    three times", "BMW X3").
    """
    text = " ".join(words.split())
    lower = text.casefold()
    signs = [*_TIMES_SIGN.findall(text), *_SMALL_X.findall(text)]
    found: list[tuple[int, bool]] = [(int(one or two), False) for one, two in signs]
    about = bool(re.search(r"\b(?:about|around|approx\w*|roughly|~)\W*(?:×\s?\d|x\s?\d|\d+\s?×)", lower))
    leading = None if signs else _LEADING.match(lower)
    if leading and not _ANY_NUMBER.search(leading["rest"]):
        found.append((_number(leading["number"]) or 0, bool(leading["about"])))
    times = list(_N_TIMES.finditer(lower))
    if len(times) == 1 and not _SAID.search(lower[: times[0].start()]):
        one = times[0]
        found.append((_number(one["number"] or one["word"]) or 0, bool(one["about"] or one["plus"])))
    if len(found) != 1 or len(times) > 1 or found[0][0] < 1 or _another(lower, times):
        return None
    return found[0][0], found[0][1] or about


def _another(lower: str, times: list[re.Match[str]]) -> bool:
    """Whether a second number of acts stands beside "five times", as in "rang five times, then 3 texts"."""
    rest = "".join(lower[: one.start()] + lower[one.end() :] for one in times)
    return bool(_NUMBERED_ACTS.search(rest))


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    if word == "half a dozen":
        return 6
    return _COUNT_WORDS.get(word.removeprefix("a "))
