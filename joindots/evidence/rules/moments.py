"""When something happened, from words that lean on the moment they are said: last night, on Tuesday, in March.

The interval covers every way the words can be meant, and is never more exact than they are. Words that cannot be
told for certain give an unknown time, with the words kept.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from joindots.evidence.readers.stamps import MONTHS, WEEKDAYS
from joindots.evidence.readers.times import Span, Zone
from joindots.evidence.readers.vague import LONGEST, Told, plain_words, read_when
from joindots.evidence.readers.vague_clock import Clock, clocks
from joindots.evidence.readers.vague_days import Days, widened
from joindots.evidence.rules.days_beside import Beside, beside
from joindots.evidence.rules.days_said import A_DAY, after_midnight, ago, days_said
from joindots.kernel.when import LOCAL, Precision, When, london_day

ZONE = Zone()
PRECISIONS = {
    "second": Precision.SECOND, "minute": Precision.MINUTE, "day": Precision.DAY,
    "part_of_day": Precision.PART_OF_DAY, "month": Precision.MONTH, "range": Precision.RANGE,
}  # fmt: skip
_WHOLE = Clock(0, 86_399, "day")
_NIGHT = Clock(17 * 3600, 32 * 3600 - 1, "part_of_day")
"""From the hour at which somebody may call it night to breakfast."""
_NIGHTS = re.compile(r"\b(?:(?P<last>last night)|(?P<now>tonight))\b")
_SIDE = re.compile(
    r"^(?:(?:some ?time |any ?time )?(?P<side>before|until|till|up to|by|after|since|from)) (?P<rest>.+)$"
)
_BEFORE = frozenset({"before", "until", "till", "up to", "by"})
_JOINS = re.compile(
    r"^(?:(?:at|on|in|the|of|during|to|and|some ?time|one|an?|that)\b[ -]*)+|(?: (?:at|on|in|the|of|during|to))+$"
)
_MANY_TIMES = re.compile(
    r"^(?:(?:every|each|most|some|several|many|all|various|multiple)\b ?(?:single )?(?:days?|times)?|"
    r"once|twice|thrice|daily|nightly|on and off)(?: in)?\b"
)
_PART_FIRST = re.compile(r"^(?P<part>morning|afternoon|evening|night) (?:at )?(?P<clock>.*\d.*)$")
_HOURS_OF = re.compile(r"\b(early|small) hours of (?:the )?morning\b")
_IN_THE_MORNING = re.compile(r"\b(\d{1,2}(?:[:.]\d\d)?) in the morning$")
_BARE_HOURS = re.compile(r"^(?:between|from) (\d{1,2}) (?:and|to|until) (\d{1,2})$")
_WHOLE_OF = re.compile(r"^(?:(?:the whole of|all of|throughout|all through) |(?:nearly|almost) (?=every|all|each))")
_TWO = re.compile(r"^(?:(?P<span>between|from) )?(?P<left>.+?) (?P<join>and|to|until|till|or) (?P<right>.+)$")
_EVERY_OTHER = re.compile(r"\b(?:every (?:other|second|2nd|few)|alternate|most|nearly every|almost every)(?= (?!of\b))")
"""As an interval, what comes every other time is what comes every time."""
_OVERNIGHT = re.compile(r"^(?:overnight|all night|during the night|in the night)$")
_LEAP_DAY = re.compile(
    r"\b(?:29(?:th)?(?: of)? feb(?:ruary)?|feb(?:ruary)?(?: the)? 29(?:th)?),? (?P<year>(?:19|20)\d\d)\b(?![:.]\d)"
)
"""In a year without that day, its figures would be read as a clock: 29 February 2025 as 20:25 of another year."""
_DAYS = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")s?"
_OFTEN = (
    rf"(?:(?:every|each) (?:single )?"
    rf"(?:{_DAYS}|day|night|morning|evening|afternoon|weekday|weekend|week|month|hour|time)s?"
    rf"(?: (?:night|morning|evening|afternoon)s?)?|"
    rf"{_DAYS.removesuffix('?')}(?: (?:and|or|&) {_DAYS})*|weekdays|weekends|nights|daily|nightly|weekly|monthly|"
    r"(?:once|twice|(?:about |around )?(?:\w+|a few|a couple of|several) times|several|a few) (?:a|an|per|each|every) "
    r"(?:day|week|fortnight|month|night|hour|year)|all the time|constantly|for (?:\w+ )?(?:weeks|months|years|ages))"
)
"""How often, without a word of when."""
_HABIT = re.compile(
    rf"^(?:on )?{_OFTEN}(?: (?:at|about|around) (?:[\d:.]+ ?(?:am|pm)?|\w+))?(?: (?:ever )?since (?P<since>.+))?$"
)
_LOOSELY = re.compile(r"\b(?:very |really )?(?:early|late|later|earlier|first thing|last thing)(?: (?:on|in|at))?\b")
"""Words that make a day narrower by nobody knows how much: without them it is as wide as it is."""
_SOON = timedelta(days=45)
_NEAR_ENOUGH = timedelta(days=62)
_SUSPECT = 3
"""Days either side where the weekday beside a date is not that date's: one of the two is wrong."""
_YEAR = re.compile(r"\b(?:(?P<last>last year)|(?P<this>this year))\b")
_LAST = re.compile(rf"\blast (?=(?:{'|'.join(MONTHS)}|spring|summer|autumn|christmas|xmas|halloween|easter)\b)")
_MOST_OF_A_DAY = timedelta(hours=22)
_LONG = timedelta(days=1, hours=2)
Reading = tuple[Days, Clock]


def read_words(words: str, at: datetime) -> When:
    """The time that words mean when they are said at a moment (aware); unknown, with the words, if that is not certain.

    Day comes before month in dates of figures. Nothing that the words leave open is closed.
    """
    unknown = When(None, None, Precision.UNKNOWN, given=words)
    if not words.strip() or len(words) > LONGEST:
        return unknown
    if told := read_when(words, "dmy", ZONE):
        return _when(told, words)
    text, doubt = plain_words(words)
    now = at.astimezone(LOCAL)
    return _read(text, now, words, doubt) or unknown


def _read(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    if (leap := _LEAP_DAY.search(text)) and not isleap(int(leap["year"])):
        return None
    text = _OVERNIGHT.sub("last night", _EVERY_OTHER.sub("every", _WHOLE_OF.sub("", text)))
    named_by = beside(text)
    if named_by is not None:
        found = _of_beside(named_by, now, words, doubt)
        if found or named_by.relative:
            return found
    for reader in (_a_habit, _just_now, _at_night, _of_a_day, _of_a_year, _of_two, _on_a_side):
        if found := reader(text, now, words, doubt):
            return found
    looser = " ".join(_LOOSELY.sub(" ", text).split())
    return _read(looser, now, words, doubt) if looser != text and looser else None


def days_named(words: str, at: datetime) -> tuple[date, ...]:
    """The days that words name one by one, such as every Tuesday in July; none where they name a time in one piece.

    They lie in the time that `read_words` gives. That it happened on each of them is not said: they are the days that
    are possible.
    """
    when = read_words(words, at)
    if when.earliest is None or when.latest is None or len(words) > LONGEST:
        return ()
    text, _ = plain_words(words)
    text = _EVERY_OTHER.sub("every", _WHOLE_OF.sub("", text))
    now = at.astimezone(LOCAL)
    for year in (None, now.year, now.year - 1, now.year - 2):
        told = read_when(text, "dmy", ZONE, year)
        if told and told.every and when.earliest <= told.earliest and told.latest <= when.latest:
            return tuple(day for day in told.every if day <= now.date())
    return ()


def _of_beside(named_by: Beside, now: datetime, words: str, doubt: bool) -> When | None:
    """Days counted from others that can be read: of a feast that is near, the coming one too."""
    for moment in (now + _SOON, now):
        inner = read_words(named_by.rest, moment)
        if inner.earliest is None or inner.latest is None or inner.latest - inner.earliest > _NEAR_ENOUGH:
            continue
        day = named_by.days(london_day(inner.earliest), london_day(inner.latest))
        clock = next(iter(clocks(named_by.part, False)), _WHOLE) if named_by.part else _WHOLE
        if _span(day, clock)[0] <= now:
            return _covering([(day, clock)], words, doubt)
    return None


def _a_habit(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    """What happens again and again: until now, and since a time if one is named; when it began is open otherwise."""
    found = _HABIT.match(text)
    if found is None:
        return None
    today = _span(Days(now.date(), now.date(), "day"), _WHOLE)[1]
    if not found["since"]:
        return When(None, today, Precision.RANGE, given=words)
    inner = read_words(found["since"], now)
    if inner.earliest is None or inner.earliest > now:
        return None
    return When(inner.earliest, today, Precision.RANGE, given=words)


def _just_now(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    """Minutes and hours ago, and "now": about that, never to the minute."""
    span = ago(text)
    if span is None:
        return None
    oldest, newest = span
    start = (now - oldest).replace(second=0, microsecond=0)
    return When(start, (now - newest).replace(microsecond=0), Precision.RANGE, given=words)


def _at_night(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    """The last night, or this one: evening and small hours belong together, whichever side of midnight."""
    found = _NIGHTS.search(text)
    if not found:
        return None
    day = now.date()
    bases = [day - A_DAY] if found["last"] else [day]
    if after_midnight(
        now
    ):  # before dawn "tonight" is the night that began yesterday, "last night" it or the one before
        bases.append(bases[0] - A_DAY)
    rest = _bare(text.replace(found[0], " "))
    rest = _BARE_HOURS.sub(r"between \1:00 and \2:00", "late night" if rest == "late" else rest)
    readings = list(_in_the_night(rest)) if rest else [_NIGHT]
    if not readings:
        return None
    return _covering([(Days(base, base, "day"), clock) for base in bases for clock in readings], words, doubt)


def _in_the_night(rest: str) -> Iterator[Clock]:
    """The readings of a time of day that can be meant of a night."""
    for clock in clocks(rest, False):
        for shift in (0, 86_400):
            moved = clock._replace(start=clock.start + shift, end=clock.end + shift)
            if moved.start >= 15 * 3600 and moved.end <= 33 * 3600:
                yield moved


def _of_a_day(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    """A day or days said by how far back they lie, with or without a time of day."""
    for days, rest in days_said(text, now):
        long = any(one.first != one.last for one in days)
        readings = _times_of_day(_bare(_MANY_TIMES.sub("", _bare(rest))), text)
        if long and any(clock.shape not in ("part_of_day", "day") for clock in readings):
            continue  # "at nine last week" names no day
        if readings:
            return _covering(_come([(day, clock) for day in days for clock in readings], now), words, doubt)
    return None


def _come(readings: list[Reading], now: datetime) -> list[Reading]:
    """Without those that lie ahead, for what is told has happened; all of them where every one does."""
    return [one for one in readings if _span(*one)[0] <= now] or readings


def _times_of_day(rest: str, text: str) -> list[Clock]:
    """The readings of what stands beside a day; of nothing, the whole day. "At 4" is four o'clock twice a day."""
    if not rest:
        return [_WHOLE]
    if rest.isdecimal() and 1 <= int(rest) <= 12 and re.search(rf"\bat {rest}\b", text):
        rest = f"{rest} o'clock"
    rest = _HOURS_OF.sub(r"\1 hours", rest)
    if found := _PART_FIRST.match(rest):
        rest = f"{found['clock']} in the {found['part']}"
    rest = _IN_THE_MORNING.sub(r"\1am", rest)
    rest = _BARE_HOURS.sub(r"between \1:00 and \2:00", rest)
    return clocks(rest, False) or clocks(rest.removesuffix("s"), False)


def _of_a_year(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    """A date or month that names no year is the last one that had begun; one that still runs may be a year earlier."""
    year = now.year
    if found := _YEAR.search(text):
        named = year - 1 if found["last"] else year
        return _told(read_when(_bare(text.replace(found[0], " ")), "dmy", ZONE, named), words, doubt)
    both = _LAST.search(text) is not None
    text = _LAST.sub("", text)
    begun = [told for back in (0, 1, 2) if (told := read_when(text, "dmy", ZONE, year - back)) and told.earliest <= now]
    if not begun:
        return None
    newest = next((told for told in begun if "clock_suspect" not in told.flags), begun[0])
    still_runs = newest.latest > now and newest.latest - newest.earliest > _LONG
    if len(begun) > 1 and newest is begun[0] and (both or still_runs):
        older = begun[1]
        newest = newest._replace(earliest=min(older.earliest, newest.earliest), precision="range", every=())
    return _told(newest, words, doubt)


def _on_a_side(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    """Before or after a time that can be read: one end is known and the other open."""
    found = _SIDE.match(text)
    inner = read_words(found["rest"], now) if found else None
    if found is None or inner is None or inner.earliest is None or inner.latest is None:
        return None
    if found["side"] in _BEFORE:
        return When(None, inner.latest, Precision.RANGE, given=words)
    return When(inner.earliest, None, Precision.RANGE, given=words)


def _of_two(text: str, now: datetime, words: str, doubt: bool) -> When | None:
    """Two days, with all between them: "from Monday to Wednesday", "Monday or Tuesday"."""
    found = _TWO.match(" ".join(words.casefold().split()))
    if found is None or (found["join"] in ("to", "until", "till") and found["span"] == "between"):
        return None
    one, other = read_words(found["left"], now), read_words(found["right"], now)
    if not (one.earliest and one.latest and other.earliest and other.latest) or doubt:
        return None
    if min(one.latest - one.earliest, other.latest - other.earliest) < _MOST_OF_A_DAY:
        return None
    if other.earliest < one.earliest and (found["span"] or found["join"] != "or"):
        return None
    return When(min(one.earliest, other.earliest), max(one.latest, other.latest), Precision.RANGE, given=words)


def _bare(text: str) -> str:
    """Words without what only joins them."""
    return " ".join(_JOINS.sub(" ", " ".join(text.split())).split())


def _covering(readings: Sequence[Reading], words: str, doubt: bool) -> When | None:
    """One interval over all readings; two whole days stay two days in words."""
    if doubt:
        readings = [(widened(day), clock._replace(shape="range")) for day, clock in readings]
    spans = [_span(day, clock) for day, clock in readings]
    day, clock = readings[0]
    flags = spans[0][2] if len(spans) == 1 else ()
    one_day = day.shape == "day" and not doubt
    if clock.shape == "day":
        precision = PRECISIONS[day.shape] if len(spans) == 1 or (one_day and len(spans) == 2) else Precision.RANGE
    else:
        precision = PRECISIONS[clock.shape] if len(spans) == 1 and one_day else Precision.RANGE
    return When(min(s[0] for s in spans), max(s[1] for s in spans), precision, "none", tuple(flags), words)


def _span(day: Days, clock: Clock) -> Span:
    start = datetime.combine(day.first, time()) + timedelta(seconds=clock.start)
    end = datetime.combine(day.last, time()) + timedelta(seconds=clock.end)
    if day.shape == "day" and clock.shape in ("minute", "second"):
        return ZONE.span(start, clock.shape)
    return ZONE.stretch(start, end)


def _told(told: Told | None, words: str, doubt: bool) -> When | None:
    if told is None:
        return None
    if doubt:
        told = told._replace(earliest=told.earliest - 3 * A_DAY, latest=told.latest + 3 * A_DAY, precision="range")
    return _when(told, words)


def _when(told: Told, words: str) -> When:
    if "clock_suspect" in told.flags:
        wide = _SUSPECT * A_DAY
        told = told._replace(earliest=told.earliest - wide, latest=told.latest + wide, precision="range")
    precision = PRECISIONS.get(told.precision, Precision.RANGE)
    return When(told.earliest, told.latest, precision, "none", tuple(told.flags), words)
