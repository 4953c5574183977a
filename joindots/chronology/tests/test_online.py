"""The share of acts that were online: counted from what is told, never said of few acts or of days nobody looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from joindots.chronology.rules.coverage import Period
from joindots.chronology.rules.pictures.online import LEAST, ONLINE, shares
from joindots.chronology.rules.pictures.told import LANE_OF, Coverage, Window

FIRST = date(2025, 3, 1)
WEEK = Window(FIRST, FIRST + timedelta(days=6))
LOOKED = Coverage([Period(datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 7, 20, tzinfo=UTC))])
DAYS = some.none() | some.integers(-3, 9).map(lambda at: FIRST + timedelta(days=at))
COUNTS = some.lists(some.tuples(some.sampled_from([*sorted(LANE_OF), "photo"]), DAYS, some.integers(1, 30)))
ENTRIES = some.lists(some.tuples(DAYS, some.lists(some.sampled_from(("online", "near", "call"))).map(tuple)))


@given(COUNTS, ENTRIES)
def test_a_share_is_of_exactly_the_acts_of_its_days(
    counts: list[tuple[str, date | None, int]], entries: list[tuple[date | None, tuple[str, ...]]]
) -> None:
    (share,) = shares(counts, entries, [WEEK], LOOKED)
    acts = [(code, number) for code, day, number in counts if day in WEEK and code in LANE_OF and code != "log"]
    told = [kinds for day, kinds in entries if day in WEEK]
    assert share.number == sum(number for _, number in acts) + len(told)
    online = sum(number for code, number in acts if code in ONLINE)
    assert share.online == online + sum("online" in kinds for kinds in told)
    assert share.percent is None or (0 <= share.percent <= 100 and share.number >= LEAST)


def test_no_share_is_said_of_few_acts_or_where_no_source_looked() -> None:
    many = [("email", FIRST, 6), ("call", FIRST, 6)]
    assert shares(many, [], [WEEK], LOOKED)[0].percent == 50
    assert shares(many[:1], [], [WEEK], LOOKED)[0].percent is None
    assert shares(many, [], [WEEK], Coverage([]))[0].percent is None


def test_what_somebody_logged_themselves_and_what_has_no_lane_is_no_act() -> None:
    assert shares([("log", FIRST, 4), ("photo", FIRST, 5)], [], [WEEK], LOOKED)[0].number == 0
