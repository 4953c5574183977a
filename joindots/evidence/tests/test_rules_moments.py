"""Words that lean on the moment: every way they can be meant is covered, and nothing is known better than they say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from joindots.evidence.rules import feasts
from joindots.evidence.rules.moments import days_named, read_words
from joindots.kernel.when import LOCAL, Precision
from joindots.law import clocks

AT = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
"""A Thursday."""
MOMENTS = some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=LOCAL))  # noqa: DTZ001
DAY = timedelta(days=1)
WORDS = (
    "last on at the night late Tuesday week weekend month year ago about between and or from to 9 10pm 3rd March in "
    "every before after this early hours of yesterday today two few half past 2026 christmas twice since tonight ?"
).split()  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def covers(words: str, at: datetime, happened: datetime) -> bool:
    when = read_words(words, at)
    return when.earliest is not None and when.latest is not None and when.earliest <= happened <= when.latest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("today", "Thu 19 Nov 2026"),
        ("yesterday evening", "Wed 18 Nov 2026, between 17:00 and 23:59"),
        ("last night", "Between Wed 18 Nov 2026, 17:00 and Thu 19 Nov 2026, 07:59"),
        ("last night about 10", "Wed 18 Nov 2026, between 21:30 and 22:30"),
        ("2am last night", "Thu 19 Nov 2026, 02:00"),
        ("earlier today about 10", "Thu 19 Nov 2026, between 09:30 and 10:30"),
        ("yesterday at 4", "Wed 18 Nov 2026, between 04:00 and 16:00"),
        ("last week", "Between Sun 8 Nov 2026 and Sun 15 Nov 2026"),
        ("last week on Tuesday", "Tue 10 Nov 2026"),
        ("on Tuesday", "Tue 17 Nov 2026"),
        ("last Tuesday", "Tue 10 Nov 2026 or Tue 17 Nov 2026"),
        ("on Thursday", "Thu 12 Nov 2026 or Thu 19 Nov 2026"),
        ("Tuesday afternoon at about 3", "Tue 17 Nov 2026, between 14:30 and 15:30"),
        ("a fortnight ago", "Between Sun 1 Nov 2026 and Sun 8 Nov 2026"),
        ("the day before yesterday", "Tue 17 Nov 2026"),
        ("in March", "March 2026"),
        ("in November", "Between Sat 1 Nov 2025 and Mon 30 Nov 2026"),
        ("March last year", "March 2025"),
        ("every Tuesday in May", "Between Tue 5 May 2026 and Tue 26 May 2026"),
        ("about teatime on 3 March", "Tue 3 Mar 2026, between 15:00 and 18:59"),
        ("3/3", "Tue 3 Mar 2026"),
        ("4/3/2026", "Wed 4 Mar 2026"),
        ("on 3 Dec", "Wed 3 Dec 2025"),
        ("the 3rd", "Tue 3 Nov 2026"),
        ("I think last Tuesday", "Between Sat 7 Nov 2026 and Fri 20 Nov 2026"),
        ("about twelve times last week", "Between Sun 8 Nov 2026 and Sun 15 Nov 2026"),
        ("one evening last week", "Between Sun 8 Nov 2026, 17:00 and Sun 15 Nov 2026, 23:59"),
        ("before 3 March", "Before Tue 3 Mar 2026"),
        ("since 3 March 2026", "After Tue 3 Mar 2026"),
        ("25 October at 01:30", "Sun 25 Oct 2026, 01:30, clocks went back: either of two"),
        ("from Monday to Wednesday", "Between Mon 16 Nov 2026 and Wed 18 Nov 2026"),
        ("Monday or Tuesday", "Between Mon 16 Nov 2026 and Tue 17 Nov 2026"),
        ("between 3/11 and 5/11", "Between Tue 3 Nov 2026 and Thu 5 Nov 2026"),
        ("about 3 days ago", "Between Thu 12 Nov 2026 and Thu 19 Nov 2026"),
        ("between 9 and 10 last night", "Wed 18 Nov 2026, between 21:00 and 22:00"),
        ("nearly 9pm last night", "Wed 18 Nov 2026, between 20:30 and 21:30"),
        ("this morning about 2", "Thu 19 Nov 2026, between 01:30 and 02:30"),
        ("Saturday the 14th", "Sat 14 Nov 2026"),
        ("Wednesday 19 November", "Wed 19 Nov 2025"),
        ("Friday 19 November", "Between Mon 16 Nov 2026 and Sun 22 Nov 2026"),
        ("most nights last week", "Between Sun 8 Nov 2026, 19:00 and Mon 16 Nov 2026, 05:59"),
        ("half an hour ago", "Thu 19 Nov 2026, between 13:42 and 14:17"),
        ("the other day", "Between Mon 19 Oct 2026 and Wed 18 Nov 2026"),
        ("the other night", "Between Mon 19 Oct 2026, 19:00 and Fri 20 Nov 2026, 05:59"),
        ("first Monday in October", "Mon 5 Oct 2026"),
        ("the last Friday of January", "Fri 30 Jan 2026"),
        ("the first Monday in December", "Mon 1 Dec 2025"),
        ("the last Sunday of last month", "Sun 25 Oct 2026"),
        ("first week of September", "Between Mon 31 Aug 2026 and Sun 13 Sep 2026"),
        ("the last weekend of September", "Between Fri 25 Sep 2026 and Sun 27 Sep 2026"),
        ("the week before Christmas", "Between Sun 14 Dec 2025 and Wed 24 Dec 2025"),
        ("the weekend before Halloween", "Between Fri 23 Oct 2026 and Sun 25 Oct 2026"),
        ("the Tuesday after Easter", "Tue 7 Apr 2026"),
        ("the day after Boxing Day", "Sat 27 Dec 2025"),
        ("the night before 3 March", "Between Mon 2 Mar 2026, 19:00 and Tue 3 Mar 2026, 05:59"),
        ("three weeks before 3 March", "Between Sat 7 Feb 2026 and Fri 13 Feb 2026"),
        ("payday", "Between Wed 14 Oct 2026 and Thu 19 Nov 2026"),
        ("half-term", "Between Wed 7 Oct 2026 and Fri 6 Nov 2026"),
        ("in the summer holidays last year", "Between Sun 22 Jun 2025 and Mon 8 Sep 2025"),
        ("every other Sunday", "Before Thu 19 Nov 2026"),
        ("every other Sunday in July", "Between Sun 5 Jul 2026 and Sun 26 Jul 2026"),
        ("every other Sunday since August", "Between Sat 1 Aug 2026 and Thu 19 Nov 2026"),
        ("Mondays and Thursdays", "Before Thu 19 Nov 2026"),
        ("since August", "After Sat 1 Aug 2026"),
        ("last bank holiday", "Mon 3 Aug 2026 or Mon 31 Aug 2026"),
        ("the May bank holiday 2020", "Fri 8 May 2020 or Mon 25 May 2020"),
        ("Mother's Day", "Sun 15 Mar 2026"),
        ("last Easter", "Between Thu 17 Apr 2025 and Mon 6 Apr 2026"),
        ("at the beginning of last month", "Between Thu 1 Oct 2026 and Mon 12 Oct 2026"),
        ("late Saturday night", "Between Sat 14 Nov 2026, 19:00 and Sun 15 Nov 2026, 05:59"),
        ("Sunday just gone", "Sun 15 Nov 2026"),
        ("overnight", "Between Wed 18 Nov 2026, 17:00 and Thu 19 Nov 2026, 07:59"),
        ("Tuesday after work", "Tue 17 Nov 2026"),
    ],
)
def test_words_are_read_as_widely_as_they_can_be_meant(words: str, said: str) -> None:
    when = read_words(words, AT)
    assert when.says() == said
    assert when.given == words


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "about twelve times",
        "when I was at work",
        "at nine last week",
        "10:15",
        "x" * 300,
        "on my birthday",
        "the weekend after the party",
        "the day after",
        "two days later",
        "since then",
        "the Saturday before the wedding",
        "first Monday of the month",
        "fifth Monday of February 2026",
        "in the school holidays",
        "29 February 2025",
        "about February 29th, 2025",
        "before 29 Feb 2025",
        "Saturday 29 February 2025",
    ],
)
def test_words_that_cannot_be_told_are_kept_without_a_time(words: str) -> None:
    when = read_words(words, AT)
    assert (when.earliest, when.latest, when.precision, when.given) == (None, None, Precision.UNKNOWN, words)


@given(MOMENTS, some.integers(0, 30), some.integers(0, 86_399))
def test_a_weekday_of_the_last_days_is_covered_by_its_name(at: datetime, back: int, second: int) -> None:
    back = 1 + back % 7
    day = at.date() - back * DAY
    happened = _on(day, second)
    assert covers(f"on {WEEKDAYS[day.weekday()]}", at, happened)
    assert covers(f"last {WEEKDAYS[day.weekday()]}", at, happened)


@given(MOMENTS, some.integers(0, 6), some.integers(0, 86_399))
def test_last_week_covers_the_week_before_for_whomever_it_begins_on_sunday_or_monday(
    at: datetime, nth: int, second: int
) -> None:
    monday = at.date() - at.weekday() * DAY
    sunday = at.date() - (at.weekday() + 1) % 7 * DAY
    for start in (monday - 7 * DAY, sunday - 7 * DAY):
        assert covers("last week", at, _on(start + nth * DAY, second))


@given(MOMENTS, some.integers(17 * 60, 30 * 60))
def test_last_night_covers_evening_and_small_hours(at: datetime, minute: int) -> None:
    days, left = divmod(minute, 24 * 60)  # by the clock on the wall: the night of a change is an hour longer or shorter
    happened = _on(at.date() - DAY + days * DAY, left * 60)
    assume(happened <= at)
    assert covers("last night", at, happened)


@given(MOMENTS, some.integers(0, 700), some.integers(0, 86_399))
def test_a_month_that_was_is_covered_by_its_name_and_a_day_by_its_date(at: datetime, back: int, second: int) -> None:
    day = at.date() - (1 + back % 330) * DAY
    happened = _on(day, second)
    assert covers(f"in {day:%B}", at, happened)
    if (day.month, day.day) != (2, 29):
        assert covers(f"{day.day} {day:%B}", at, happened)
        assert covers(f"about teatime on {day.day} {day:%B}", at, _on(day, 16 * 3600))


@given(MOMENTS, some.integers(1, 40), some.sampled_from(["day", "week"]), some.integers(0, 86_399))
def test_so_many_days_or_weeks_ago_covers_that_day(at: datetime, number: int, unit: str, second: int) -> None:
    days = number * (7 if unit == "week" else 1)
    assert covers(f"{number} {unit}s ago", at, _on(at.date() - days * DAY, second))


@given(
    MOMENTS,
    some.sampled_from(["today", "yesterday", "on Tuesday", "last weekend", "last month", "in June", "this week"]),
)
def test_a_day_in_words_is_never_known_to_the_minute(at: datetime, words: str) -> None:
    when = read_words(words, at)
    assert not when.exact
    assert when.earliest is not None
    assert when.latest is not None
    assert when.latest - when.earliest >= timedelta(hours=22)


@given(some.lists(some.sampled_from(WORDS), min_size=1, max_size=7), MOMENTS)
def test_no_words_break_the_reading_and_what_is_read_is_said(words: list[str], at: datetime) -> None:
    when = read_words(" ".join(words), at)
    assert when.says()
    assert when.given == " ".join(words)


def _on(day: date, second: int) -> datetime:
    return datetime.combine(day, time(), LOCAL) + timedelta(seconds=min(second, 86_399))


def test_the_bank_holidays_that_are_reckoned_are_those_of_the_law_and_of_no_nation_fewer() -> None:
    """The law's table is of England and Wales; what is reckoned has every one of its days, and other nations' too."""
    published = clocks.bank_holidays()
    years = {day.year for day in published}
    reckoned = {day for year in years for day in feasts.bank_holidays(year)}
    assert years
    assert set(published) <= reckoned
    assert date(2026, 11, 30) in reckoned  # Saint Andrew's day, in Scotland alone
    assert all(day.weekday() < 5 for day in reckoned)


@pytest.mark.parametrize(
    ("year", "day"), [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)),
                      (2038, date(2038, 4, 25)), (2049, date(2049, 4, 18)), (1981, date(1981, 4, 19))],
)  # fmt: skip
def test_easter_is_the_sunday_that_the_churches_keep(year: int, day: date) -> None:
    assert feasts.easter(year) == day


@given(some.integers(1900, 2199))
def test_easter_is_a_sunday_between_its_bounds(year: int) -> None:
    day = feasts.easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@given(MOMENTS, some.sampled_from(("payday", "the other day", "half-term", "last bank holiday", "Easter", "winter",
                                   "first Monday in May", "the week before Christmas", "the beginning of the year")))  # fmt: skip
def test_what_is_said_by_a_name_has_begun(at: datetime, words: str) -> None:
    when = read_words(words, at)
    assert when.earliest is not None
    assert when.earliest <= at


def test_every_tuesday_in_july_names_days_of_which_none_is_known() -> None:
    days = days_named("every Tuesday in July", AT)
    assert days == tuple(date(2026, 7, day) for day in (7, 14, 21, 28))
    assert days_named("every other Tuesday in July", AT) == days
    assert days_named("every Sunday in November 2026", AT) == tuple(date(2026, 11, day) for day in (1, 8, 15))
    for words in ("in July", "every day", "on Tuesday", "last week", "", "x" * 300):
        assert days_named(words, AT) == ()
