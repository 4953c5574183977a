"""When and how often, in a person's own words: covered where they say it, nothing where they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.times import Zone
from joindots.evidence.readers.vague import count_in, read_count, read_when
from joindots.evidence.readers.vague_clock import PARTS, clocks

LONDON = Zone()
WINTER = {
    "9 Jan 2025": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "Thu 9 January 2025": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "Thursday the 9th of January, 2025": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "January 9th, 2025": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "2025-01-09": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "13/01/2025": ("2025-01-13 00:00:00", "2025-01-13 23:59:59", "day"),
    "01/13/2025": ("2025-01-13 00:00:00", "2025-01-13 23:59:59", "day"),
    "Christmas Day 2025": ("2025-12-25 00:00:00", "2025-12-25 23:59:59", "day"),
    "last Tuesday in January 2025": ("2025-01-28 00:00:00", "2025-01-28 23:59:59", "day"),
    # by the clock
    "9 Jan 2025 16:52": ("2025-01-09 16:52:00", "2025-01-09 16:52:59", "minute"),
    "9 Jan 2025, 16:52:07": ("2025-01-09 16:52:07", "2025-01-09 16:52:07", "second"),
    "9 Jan 2025 at 4.52pm": ("2025-01-09 16:52:00", "2025-01-09 16:52:59", "minute"),
    "4pm on Thursday 9 January 2025": ("2025-01-09 16:00:00", "2025-01-09 16:00:59", "minute"),
    "9 Jan 2025 1652hrs": ("2025-01-09 16:52:00", "2025-01-09 16:52:59", "minute"),
    "9 Jan 2025 4 in the afternoon": ("2025-01-09 16:00:00", "2025-01-09 16:00:59", "minute"),
    "9 Jan 2025, half past four in the afternoon": ("2025-01-09 16:30:00", "2025-01-09 16:30:59", "minute"),
    "9/13/25 2215": ("2025-09-13 21:15:00", "2025-09-13 21:15:59", "minute"),
    "9 Jan 2025 @ 22.15": ("2025-01-09 22:15:00", "2025-01-09 22:15:59", "minute"),
    "9 Jan 2025 noon": ("2025-01-09 12:00:00", "2025-01-09 12:00:59", "minute"),
    # parts of the day
    "9 Jan 2025 evening": ("2025-01-09 17:00:00", "2025-01-09 23:59:59", "part_of_day"),
    "evening of 9 Jan 2025": ("2025-01-09 17:00:00", "2025-01-09 23:59:59", "part_of_day"),
    "9 Jan 2025, about teatime": ("2025-01-09 15:00:00", "2025-01-09 18:59:59", "part_of_day"),
    "Thursday evening 9 Jan 2025": ("2025-01-09 17:00:00", "2025-01-09 23:59:59", "part_of_day"),
    "9 Jan 2025 (Thursday) evening": ("2025-01-09 17:00:00", "2025-01-09 23:59:59", "part_of_day"),
    "night of 9 Jan 2025": ("2025-01-09 19:00:00", "2025-01-10 05:59:59", "part_of_day"),
    # about
    "9 Jan 2025 about 4pm": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "9 Jan 2025 c. 4pm": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "around 16:00 on 9 Jan 2025": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "9 Jan 2025 4pm-ish": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "about 9 Jan 2025": ("2025-01-06 00:00:00", "2025-01-12 23:59:59", "range"),
    "9 Jan 2025, I think": ("2025-01-06 00:00:00", "2025-01-12 23:59:59", "range"),
    # between
    "between 23 and 25 Jan 2025": ("2025-01-23 00:00:00", "2025-01-25 23:59:59", "range"),
    "23-25 Jan 2025": ("2025-01-23 00:00:00", "2025-01-25 23:59:59", "range"),
    "23\u201325 January 2025": ("2025-01-23 00:00:00", "2025-01-25 23:59:59", "range"),
    "Thu 23 to Sat 25 Jan 2025": ("2025-01-23 00:00:00", "2025-01-25 23:59:59", "range"),
    "from 28 Dec to 3 Jan 2025": ("2024-12-28 00:00:00", "2025-01-03 23:59:59", "range"),
    "13/01/2025 - 15/01/2025": ("2025-01-13 00:00:00", "2025-01-15 23:59:59", "range"),
    "1 or 2 January 2025": ("2025-01-01 00:00:00", "2025-01-02 23:59:59", "range"),
    "9 Jan 2025 between 4 and 5pm": ("2025-01-09 16:00:00", "2025-01-09 17:00:59", "range"),
    "9 Jan 2025 16:00-17:30": ("2025-01-09 16:00:00", "2025-01-09 17:30:59", "range"),
    "9 Jan 2025 11pm-1am": ("2025-01-09 23:00:00", "2025-01-10 01:00:59", "range"),
    "9 Jan 2025 from 10pm until 2am": ("2025-01-09 22:00:00", "2025-01-10 02:00:59", "range"),
    "9 Jan 2025 10 to 2pm": ("2025-01-09 10:00:00", "2025-01-09 14:00:59", "range"),
    "11pm 9 Jan 2025 to 1am 10 Jan 2025": ("2025-01-09 23:00:00", "2025-01-10 01:00:59", "range"),
    # before and after
    "9 Jan 2025 before 4pm": ("2025-01-09 00:00:00", "2025-01-09 16:00:59", "range"),
    "9 Jan 2025 after 10pm": ("2025-01-09 22:00:00", "2025-01-09 23:59:59", "range"),
    "9 Jan 2025 after choir": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "9 Jan 2025, before work": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    # longer
    "January 2025 (exact date unknown)": ("2025-01-01 00:00:00", "2025-01-31 23:59:59", "month"),
    "January 2025": ("2025-01-01 00:00:00", "2025-01-31 23:59:59", "month"),
    "some time in January 2025": ("2025-01-01 00:00:00", "2025-01-31 23:59:59", "month"),
    "01/2025": ("2025-01-01 00:00:00", "2025-01-31 23:59:59", "month"),
    "early January 2025": ("2025-01-01 00:00:00", "2025-01-12 23:59:59", "range"),
    "mid-January 2025": ("2025-01-09 00:00:00", "2025-01-22 23:59:59", "range"),
    "end of January 2025": ("2025-01-19 00:00:00", "2025-01-31 23:59:59", "range"),
    "week commencing 6 Jan 2025": ("2025-01-06 00:00:00", "2025-01-12 23:59:59", "range"),
    "weekend of 11 Jan 2025": ("2025-01-11 00:00:00", "2025-01-12 23:59:59", "range"),
    "2025": ("2025-01-01 00:00:00", "2025-12-31 23:59:59", "range"),
    # every
    "every Tuesday in January 2025": ("2025-01-07 00:00:00", "2025-01-28 23:59:59", "range"),
    "Tuesdays in January 2025": ("2025-01-07 00:00:00", "2025-01-28 23:59:59", "range"),
    "each Tuesday from 1 Jan 2025 to 20 Jan 2025": ("2025-01-07 00:00:00", "2025-01-14 23:59:59", "range"),
    "every Tuesday in January 2025, about 9pm": ("2025-01-07 20:30:00", "2025-01-28 21:30:59", "range"),
    "most Tuesdays in January 2025": ("2025-01-07 00:00:00", "2025-01-28 23:59:59", "range"),
    "every evening in January 2025": ("2025-01-01 00:00:00", "2025-01-31 23:59:59", "range"),
    "daily from 1 to 5 January 2025": ("2025-01-01 00:00:00", "2025-01-05 23:59:59", "range"),
}


def shown(words: str, order=None, **more) -> tuple[str, str, str] | None:
    told = read_when(words, order, LONDON, **more)
    return told and (f"{told.earliest:%Y-%m-%d %H:%M:%S}", f"{told.latest:%Y-%m-%d %H:%M:%S}", told.precision)


@pytest.mark.parametrize(("words", "expected"), WINTER.items())
def test_words_become_the_interval_they_cover(words, expected):
    assert shown(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "", "yesterday", "last Tuesday", "after choir", "before Christmas", "not sure", "a while ago", "the usual time",
        "July", "every Tuesday in July", "9/8", "31 Feb 2025", "the day after 9 Aug 2025", "night before 9 Aug 2025",
        "before 9 Aug 2025", "since 9 Aug 2025", "after 9 Aug 2025", "9 Aug 2025 or thereafter", "Jul-25", "9pm",
        "two days before 9 Aug 2025", "9 Aug 2025 or 3 Sep", "week 32", "2025-13-45", "99/99/2025",
        "not 9 Aug 2025", "Friday night 9 Aug 2025", "9 Aug 2025 (or the day after)",
    ],
)  # fmt: skip
def test_words_that_cannot_be_told_give_nothing(words):
    assert read_when(words, None, LONDON) is None


def test_every_tuesday_but_one_keeps_the_span_and_lists_no_days():
    told = read_when("every Tuesday in July 2025", None, LONDON)
    less = read_when("every Tuesday in July 2025 (all but one, I think)", None, LONDON)
    assert told is not None and [day.day for day in told.every] == [1, 8, 15, 22, 29]
    assert less is not None and less.every == ()
    assert (less.earliest, less.latest) == (told.earliest, told.latest)


def test_an_open_order_of_day_and_month_covers_both_days():
    open_ = read_when("09/08/2025", None, LONDON)
    assert open_ is not None and open_.order_open and open_.precision == "day"
    day_first, month_first = (read_when("09/08/2025", order, LONDON) for order in ("dmy", "mdy"))
    assert day_first and month_first and not day_first.order_open
    assert (open_.earliest, open_.latest) == (day_first.earliest, month_first.latest)
    assert shown("09/08/2025", "dmy") == ("2025-08-08 23:00:00", "2025-08-09 22:59:59", "day")
    assert shown("09/08/2025", "mdy") == ("2025-09-07 23:00:00", "2025-09-08 22:59:59", "day")


def test_a_weekday_beside_the_date_settles_day_and_month():
    assert shown("Sat 09/08/2025") == ("2025-08-08 23:00:00", "2025-08-09 22:59:59", "day")


def test_a_weekday_that_is_not_the_dates_marks_it_as_doubtful():
    told = read_when("Fri 9 Aug 2025", None, LONDON)
    assert told is not None and told.flags == ("clock_suspect",)


def test_an_hour_without_am_or_pm_is_both_unless_the_writer_counts_to_24():
    assert shown("9 Jan 2025 4:30") == ("2025-01-09 04:30:00", "2025-01-09 16:30:59", "range")
    assert shown("9 Jan 2025 4:30", day24=True) == ("2025-01-09 04:30:00", "2025-01-09 04:30:59", "minute")
    assert shown("9 Jan 2025 04:30") == ("2025-01-09 04:30:00", "2025-01-09 04:30:59", "minute")


def test_the_hour_that_comes_twice_is_kept_as_both_and_flagged():
    told = read_when("26 Oct 2025 01:30", None, LONDON)
    assert told is not None and told.flags == ("dst_ambiguous",)
    assert told.latest - told.earliest == timedelta(hours=1, seconds=59)


def test_an_evening_on_the_night_of_the_change_is_local():
    assert shown("26 Oct 2025 evening") == ("2025-10-26 17:00:00", "2025-10-26 23:59:59", "part_of_day")
    assert shown("25 Oct 2025 night") == ("2025-10-25 18:00:00", "2025-10-26 05:59:59", "part_of_day")


def test_the_year_is_lent_only_where_it_is_given():
    assert shown("every Tuesday in July", year_hint=2025) == ("2025-06-30 23:00:00", "2025-07-29 22:59:59", "range")
    assert shown("9/1", "dmy", year_hint=2025) == ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day")
    assert read_when("29 Feb", None, LONDON, 2025) is None


def test_another_zone_moves_the_interval():
    told = read_when("9 Jan 2025 16:52", None, Zone("Europe/Madrid"))
    assert told is not None and told.earliest == datetime(2025, 1, 9, 15, 52, tzinfo=UTC)


def test_words_with_their_own_offset_need_no_zone():
    told = read_when("2025-08-09T16:52:00+01:00", None, Zone("Europe/Madrid"))
    assert told is not None and told.offset and told.earliest == datetime(2025, 8, 9, 15, 52, tzinfo=UTC)


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(DAYS, TIMES)
def test_an_exact_time_always_lies_in_its_own_interval(day: date, at: time):
    told = read_when(f"{day:%A} {day.day} {day:%B} {day.year}, {at:%H:%M}", None, LONDON, day24=True)
    assert told is not None and told.precision == "minute" and "clock_suspect" not in told.flags
    local = datetime.combine(day, at, tzinfo=LONDON.info)
    assert any(told.earliest <= local.replace(fold=fold).astimezone(UTC) <= told.latest for fold in (0, 1))


@given(DAYS, TIMES)
def test_about_a_time_covers_the_time(day: date, at: time):
    told = read_when(f"about {at:%H:%M} on {day.day} {day:%b} {day.year}", None, LONDON, day24=True)
    assert told is not None and told.precision == "range"
    assert told.earliest <= datetime.combine(day, at, tzinfo=LONDON.info).astimezone(UTC) <= told.latest


@given(DAYS, st.sampled_from(sorted(PARTS)))
def test_a_part_of_the_day_stays_within_a_day_and_a_half(day: date, part: str):
    told = read_when(f"{day.isoformat()} {part}", None, LONDON)
    assert told is not None and told.earliest <= told.latest
    assert told.latest - told.earliest <= timedelta(hours=36)


@given(DAYS)
def test_both_readings_of_figures_lie_in_the_open_interval(day: date):
    figures = f"{day:%d/%m/%Y}"
    open_ = read_when(figures, None, LONDON)
    for order in ("dmy", "mdy"):
        told = read_when(figures, order, LONDON)
        assert open_ and told and open_.earliest <= told.earliest <= told.latest <= open_.latest


WORDS = st.lists(
    st.sampled_from(
        "about to and between from every tuesday in july 2025 9 aug 4 pm the evening before after 23 25 at or of until "
        "week night 16:00 09/08/2025 half past ish around (maybe) x12 times first last ?".split()
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=300)
@given(WORDS)
def test_no_pile_of_time_words_is_ever_refused_or_run_backwards(words: str):
    told = read_when(words, None, LONDON)
    assert told is None or told.earliest <= told.latest


@given(st.text(max_size=200))
def test_any_text_is_read_or_left(words: str):
    told = read_when(words, None, LONDON, 2025)
    assert told is None or told.earliest <= told.latest
    read_count(words)
    count_in(words)
    clocks(words, False)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12", (12, False)), ("about twelve", (12, True)), ("x12", (12, False)), ("\u00d712", (12, False)),
        ("12x", (12, False)), ("twice", (2, False)), ("once", (1, False)), ("about 12 times", (12, True)),
        ("at least 5", (5, True)), ("12+", (12, True)), ("half a dozen", (6, False)), ("a dozen or so", (12, True)),
        ("loads", None), ("several", None), ("10-12", None), ("0", None), ("", None), ("2 calls and a text", None),
    ],
)  # fmt: skip
def test_a_count_is_read_only_where_it_is_one_number(words, expected):
    assert read_count(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("silent call \u00d712", (12, False)), ("silent calls x12", (12, False)), ("12x silent calls", (12, False)),
        ("about twelve silent calls, number withheld", (12, True)), ("three texts", (3, False)),
        ("drove past about twelve times", (12, True)), ("text x 3", (3, False)),
        ("BMW X3 outside", None), ("saw his bmw x3", None), ("I told him three times to stop", None),
        ("Twelve calls and two texts", None), ("rang three times and texted two times", None),
        ("No 12 bus", None), ("12 red roses", None), ("two of his calls were silent", None), ("he called", None),
    ],
)  # fmt: skip
def test_a_sentence_gives_a_count_only_where_it_plainly_counts_acts(words, expected):
    assert count_in(words) == expected
