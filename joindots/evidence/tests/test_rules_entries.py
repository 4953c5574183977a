"""Entries of the log: kinds and the law, what a form tells about time, and what may become of an entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from joindots.evidence.rules import entries, telling
from joindots.evidence.rules.entries import KINDS, Telling
from joindots.evidence.rules.telling import PARTS, Asked, NotTold, told
from joindots.kernel.when import LOCAL, Precision, When
from joindots.law import tables

AT = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
NOTHING = When(None, None)
DAYS = some.dates(date(2015, 1, 1), date(2026, 11, 18))
CLOCKS = some.builds("{:02}:{:02}".format, some.integers(0, 23), some.integers(0, 59))


def test_ten_kinds_stand_for_every_act_that_the_law_data_knows_each_once() -> None:
    assert len(KINDS) == 10
    finer = [code for kind in KINDS.values() for code in kind.finer]
    assert sorted(finer) == sorted(tables.behaviours())


def test_a_kind_comes_under_examples_that_the_law_lists_and_its_finer_acts_under_one_of_them() -> None:
    statutory, finer = tables.statutory_behaviours(), tables.behaviours()
    for code, kind in KINDS.items():
        assert set(kind.statutory) <= set(statutory), code
        assert {finer[one].behaviour for one in kind.finer} <= set(kind.statutory), code
    assert {one for kind in KINDS.values() for one in kind.statutory} == set(statutory)


def test_something_must_be_said_of_what_it_was() -> None:
    assert not entries.can_keep(Telling(NOTHING, ()))
    assert entries.can_keep(Telling(NOTHING, ("message",)))
    assert entries.can_keep(Telling(NOTHING, ("message", "near"), ("email",)))


@pytest.mark.parametrize(
    "change",
    [{"kinds": ("spell",)}, {"behaviours": ("contact",)}, {"told_by": "nobody"}, {"reported": ("king",)}, {"times": 0},
     {"times": 10_000}, {"words": "x" * 8_001}, {"where": "x" * 501}],
)  # fmt: skip
def test_what_is_not_on_the_lists_or_too_long_is_refused_with_its_cure(change: dict[str, object]) -> None:
    refused = entries.can_keep(replace(Telling(NOTHING, ("message",)), **change))
    assert not refused
    assert str(refused.reason)


@pytest.mark.parametrize(
    ("asked", "says", "given_as"),
    [
        (Asked("now"), "Thu 19 Nov 2026, between 14:17 and 14:32", "now"),
        (Asked("today"), "Thu 19 Nov 2026", "today"),
        (Asked("today", clock="10:15"), "Thu 19 Nov 2026, between 09:45 and 10:45", "19 November 2026 about 10:15am"),
        (Asked("today", clock="10:15", exact=True), "Thu 19 Nov 2026, 10:15", "19 November 2026 10:15am"),
        (Asked("yesterday", clock="teatime"), "Wed 18 Nov 2026, between 15:00 and 18:59", None),
        (Asked("another", "exact", day="2026-03-03"), "Tue 3 Mar 2026", "3 March 2026"),
        (Asked("another", "exact", day="2026-03-03", clock="12:05"), "Tue 3 Mar 2026, 12:05", None),
        (Asked("another", "exact", day="last Tuesday", clock="12:05"),
         "Between Tue 10 Nov 2026, 12:05 and Tue 17 Nov 2026, 12:05", None),
        (Asked("another", "exact", day="25/10/2026", clock="01:30"),
         "Sun 25 Oct 2026, 01:30, clocks went back: either of two", None),
        (Asked("another", "about", day="3/3/2026"), "Between Sat 28 Feb 2026 and Fri 6 Mar 2026", "about 3 March 2026"),
        (Asked("another", "part", day="2026-03-03", part="teatime"), "Tue 3 Mar 2026, between 15:00 and 18:59", None),
        (Asked("another", "between", day="2026-03-03", last_day="2026-03-05"),
         "Between Tue 3 Mar 2026 and Thu 5 Mar 2026", "between 3 March 2026 and 5 March 2026"),
        (Asked("another", "before", day="2026-03-03", event="the hearing"), "Before Tue 3 Mar 2026",
         "before 3 March 2026, the hearing"),
        (Asked("another", "after", event="the hearing"), "Time not known (after the hearing)", "after the hearing"),
        (Asked("another", "unknown"), "Time not known", ""),
        (Asked("today", words="about 10"), "Thu 19 Nov 2026, between 09:30 and 10:30", "today about 10"),
        (Asked("today", words="after work, I think"), "Thu 19 Nov 2026", "today; after work, I think"),
        (Asked("now", words="as we speak"), "Thu 19 Nov 2026, between 14:17 and 14:32", "now; as we speak"),
        (Asked("another", "exact", words="last Tuesday"), "Tue 10 Nov 2026 or Tue 17 Nov 2026", "last Tuesday"),
        (Asked("another", "unknown", words="when it rained"), "Time not known (when it rained)", "when it rained"),
        (Asked(words="every Tuesday in May"), "Between Tue 5 May 2026 and Tue 26 May 2026", "every Tuesday in May"),
    ],
)  # fmt: skip
def test_every_choice_of_the_form_becomes_an_interval(asked: Asked, says: str, given_as: str | None) -> None:
    when = told(asked, AT, AT)
    assert when.says() == says
    assert given_as is None or when.given == given_as


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(), "when"),
        (Asked("another"), "when"),
        (Asked("another", "exact"), "day"),
        (Asked("another", "exact", day="mumble"), "day"),
        (Asked("another", "part", day="2026-03-03"), "part"),
        (Asked("another", "between", day="2026-03-05", last_day="2026-03-03"), "last_day"),
        (Asked("today", clock="mumble"), "clock"),
        (Asked(words="about twelve times"), "time_words"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_names_its_field_and_the_cure(asked: Asked, field: str) -> None:
    with pytest.raises(NotTold) as missing:
        told(asked, AT, AT)
    assert missing.value.field == field


def test_a_form_that_stood_open_over_midnight_means_the_day_it_was_opened() -> None:
    begun = datetime(2026, 11, 18, 23, 58, tzinfo=UTC)
    assert told(Asked("today"), begun, begun + timedelta(minutes=5)).says() == "Wed 18 Nov 2026"
    assert told(Asked("now"), begun, begun + timedelta(minutes=5)).latest == begun + timedelta(minutes=5)
    assert told(Asked("today"), begun, begun + timedelta(days=2)).says() == "Fri 20 Nov 2026"


def test_a_time_ahead_is_asked_about_and_one_that_may_be_past_is_not() -> None:
    assert not telling.can_be(told(Asked("another", "exact", day="2027-01-01"), AT, AT), AT)
    assert telling.can_be(told(Asked("today"), AT, AT), AT)
    assert telling.can_be(NOTHING, AT)


@given(DAYS, CLOCKS, some.booleans())
@example(date(2026, 3, 29), "01:07", False)
@example(date(2026, 3, 29), "01:59", False)
@example(date(2026, 3, 29), "00:50", False)
def test_a_day_and_time_cover_the_moment_and_no_more_is_known_than_was_said(day: date, clock: str, exact: bool) -> None:
    when = told(Asked("another", "exact" if exact else "about", clock, day=day.isoformat()), AT, AT)
    assert when.earliest is not None
    assert when.latest is not None
    local = datetime.combine(day, datetime.strptime(clock, "%H:%M").time())  # noqa: DTZ007
    readings = [local.replace(tzinfo=LOCAL, fold=fold) for fold in (0, 1)]
    assert all(when.earliest <= one.astimezone(UTC) <= when.latest for one in readings)
    if exact:
        assert when.precision is Precision.MINUTE
    else:
        assert when.precision is Precision.RANGE
        assert when.latest - when.earliest >= timedelta(minutes=60)


@given(DAYS, some.sampled_from(PARTS))
def test_a_part_of_a_day_is_never_more_exact_than_that(day: date, part: str) -> None:
    when = told(Asked("another", "part", day=day.isoformat(), part=part), AT, AT)
    assert when.precision is Precision.PART_OF_DAY
    assert when.earliest is not None
    assert when.latest is not None
    assert when.latest - when.earliest >= timedelta(hours=2, minutes=59)


@given(DAYS, DAYS)
def test_between_two_days_covers_both_whole(one: date, other: date) -> None:
    first, last = sorted((one, other))
    when = told(Asked("another", "between", day=first.isoformat(), last_day=last.isoformat()), AT, AT)
    assert when.says().startswith(f"Between {first:%a} {first.day}" if first != last else f"{first:%a} {first.day}")
    assert when.precision is (Precision.RANGE if first != last else Precision.DAY)


def test_an_entry_is_withdrawn_and_brought_back_and_corrected_only_while_it_stands() -> None:
    stands, withdrawn = entries.State.STANDS, entries.State.WITHDRAWN
    assert entries.can_move(stands, withdrawn)
    assert entries.can_move(withdrawn, stands)
    assert not entries.can_move(withdrawn, withdrawn)
    assert not entries.can_move(stands, stands)
    assert entries.can_correct(stands)
    assert not entries.can_correct(withdrawn)
    assert not entries.can_give_reason("  ")
