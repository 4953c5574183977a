"""Which days a page shows, which messages stand together, and where no source looks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence import rules
from joindots.evidence.queries import Covered, Day, Line
from joindots.evidence.readers.records import Communication, Coverage, Identity, Place
from joindots.web.chronology.days import Gap, block, clock, entries_of, gaps_between, gaps_of, split_at, with_gaps
from joindots.web.chronology.listing import ACTS_A_PAGE, DAYS_A_PAGE, listing

START = datetime(2025, 6, 10, 20, 0, tzinfo=UTC)
DAYS = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(1, 200)),
    max_size=60,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: [Day(day, number, 0, 0) for day, number in sorted(pairs)])


def line(minutes: int, *, who: str = "Cal Example", thread: str = "chat", seconds: int = 0, **more: object) -> Line:
    """One message so many minutes after the start."""
    at = START + timedelta(minutes=minutes, seconds=seconds)
    record = Communication(
        id=f"r{minutes}-{seconds}", source_file="f", place=Place(line=1), seq=minutes, channel="whatsapp", kind="text",
        thread=thread, sender=Identity(who), at_earliest=at, at_latest=at + timedelta(seconds=59), precision="minute",
        zone_basis="device_assumed", text="words", **more,
    )  # fmt: skip
    return Line(
        7, minutes, rules.when_of(record), "WhatsApp", "message", "in", who, "words", True, False, "account_shown", (), (),
        record,
    )  # fmt: skip


@given(DAYS, st.none() | st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_every_day_stands_on_exactly_one_page_and_the_pages_lead_to_each_other(days: list[Day], start: date | None):
    first = listing(days, None)
    seen = list(first.shown)
    page = first
    while page.older:
        older = listing(days, page.older)
        assert older.newer is not None
        assert listing(days, older.newer).shown == page.shown
        page = older
        seen += page.shown
    assert seen == list(reversed(days))
    asked = listing(days, start)
    assert asked.shown in {listing(days, one.day).shown for one in days} or not days


@given(DAYS)
def test_a_page_holds_no_more_than_a_page_can_unless_one_day_alone_does(days: list[Day]):
    page = listing(days, None)
    assert len(page.shown) <= DAYS_A_PAGE
    assert len(page.shown) <= 1 or sum(one.total for one in page.shown) <= ACTS_A_PAGE


def test_days_not_known_stand_on_the_oldest_page():
    days = [*(Day(date(2025, 1, 1) + timedelta(days=n), 60, 0, 0) for n in range(6)), Day(None, 3, 0, 0)]
    newest = listing(days, None)
    assert all(one.day for one in newest.shown)
    assert listing(days, date(2025, 1, 1)).shown[-1].day is None


def test_messages_with_pauses_under_ten_minutes_are_one_row_with_their_length():
    (bundle, single) = entries_of([line(0), line(4), line(13), line(40)], {7: "chat.txt"})
    assert (bundle.title, bundle.clock, bundle.bundle) == ("3 messages in 13 minutes", "21:00 to 21:13", True)
    assert (single.bundle, single.clock) == (False, "21:40")
    assert bundle.sources == ((7, "chat.txt"),)


def test_a_pause_of_ten_minutes_parts_them_and_two_alone_are_no_bundle():
    assert [one.bundle for one in entries_of([line(0), line(10), line(11)], {})] == [False, False, False]


def test_two_conversations_at_one_time_stay_apart():
    mixed = [line(n, thread="one" if n % 2 else "two") for n in range(6)]
    assert [len(one.lines) for one in entries_of(mixed, {})] == [3, 3]


def test_a_run_that_the_page_cuts_off_is_said_to_be_a_part():
    (whole,) = entries_of([line(0), line(1), line(2)], {})
    (part,) = entries_of([line(0), line(1), line(2)], {}, cut=True)
    assert whole.title == "3 messages in 2 minutes"
    assert part.title == "The first 3 messages in 2 minutes of a longer run"


def test_a_bundle_says_who_wrote_how_many():
    (bundle,) = entries_of([line(0), line(1), line(2, who="Rhian Example")], {})
    assert bundle.who == "2 Cal Example, 1 Rhian Example"
    assert bundle.several


def test_a_clock_never_says_more_than_is_known():
    assert clock(line(0)) == "21:00"
    day = Communication(
        id="d", source_file="f", place=Place(), seq=1, channel="log", kind="incident",
        at_earliest=datetime(2025, 6, 9, 23, tzinfo=UTC), at_latest=datetime(2025, 6, 10, 22, 59, tzinfo=UTC), precision="day",
    )  # fmt: skip
    known = Line(
        7, 1, rules.when_of(day), "own log", "log entry", "in", "x", "w", True, False, "told_by_victim", (), (), day
    )
    assert clock(known) == "time not known"


def covered(*spans: tuple[str, str]) -> list[Covered]:
    """Files that cover these days, noon to noon."""
    return [
        Covered(n, f"{n}.txt", (Coverage("whatsapp", *(datetime.fromisoformat(f"{day}T12:00+00:00") for day in span)),))
        for n, span in enumerate(spans)
    ]


def test_whole_days_between_two_periods_that_no_source_covers_are_a_gap():
    (gap,) = gaps_of(covered(("2025-06-01", "2025-10-09"), ("2025-10-25", "2025-11-13")))
    assert gap == Gap(date(2025, 10, 10), date(2025, 10, 24))
    assert gap.days == 15


def test_periods_that_touch_overlap_or_leave_no_whole_day_have_no_gap():
    assert (
        gaps_of(covered(("2025-06-01", "2025-06-09"), ("2025-06-05", "2025-06-20"), ("2025-06-21", "2025-06-22"))) == ()
    )


def test_a_gap_stands_once_between_its_neighbours_in_the_list():
    gaps = (Gap(date(2025, 10, 10), date(2025, 10, 24)),)
    newer, older = date(2025, 10, 25), date(2025, 10, 9)
    assert gaps_between(gaps, newer, older) == gaps
    assert gaps_between(gaps, None, newer) == ()
    assert gaps_between(gaps, older, None) == ()


def test_a_list_without_a_day_has_no_gap_and_each_day_of_another_has_those_below_it():
    gaps = gaps_of(covered(("2025-03-10", "2025-03-12"), ("2025-03-20", "2025-03-22"), ("2025-04-01", "2025-04-02")))
    assert with_gaps([], gaps, None) == () == with_gaps([], gaps, date(2025, 3, 1))
    days = [
        block(Day(at, 1, 1, 0), (), {}, all_of=0) for at in (date(2025, 4, 1), date(2025, 3, 20), date(2025, 3, 10))
    ]
    told = with_gaps(days, gaps, None)
    assert [[gap.days for gap in one.gaps] for one in told] == [[9], [7], []]


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (Day(date(2025, 4, 1), 3, 2, 0, 0), "5 acts: 3 received, 2 sent"),
        (Day(date(2025, 4, 1), 3, 0, 0, 2), "3 acts: 3 received; 2 rows of a log"),
        (Day(date(2025, 4, 1), 0, 0, 0, 1), "1 row of a log"),
        (Day(date(2025, 4, 1), 0, 0, 2, 0), "2 acts"),
    ],
)
def test_a_day_says_acts_and_rows_of_a_log_apart(day, says):
    assert block(day, (), {}, all_of=0).says == says


def test_a_day_of_which_somebody_told_splits_a_gap_and_hides_none_of_it() -> None:
    gap = Gap(date(2025, 10, 10), date(2025, 10, 24))
    days = [
        Day(date(2025, 10, 15), 0, 0, 0, entered=1),
        Day(date(2025, 10, 24), 0, 0, 0, entered=1),
        Day(None, 0, 0, 0),
    ]
    assert split_at((gap,), days) == (
        Gap(date(2025, 10, 16), date(2025, 10, 23)),
        Gap(date(2025, 10, 10), date(2025, 10, 14)),
    )
    assert split_at((gap,), ()) == (gap,)
