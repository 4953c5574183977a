"""Counts that leave a case: no small number is shown or can be found, and only whole quarters that ended are counted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from joindots.kernel.small_numbers import SMALL, can_publish, ended_quarters, shown

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_no_small_count_is_shown_nor_told_by_what_is_left(parts: list[int]) -> None:
    told = shown(parts)
    assert all(one is None or one == count for one, count in zip(told, parts, strict=True))
    assert not any(one in range(1, SMALL) for one in told if one is not None)
    hidden = [count for one, count in zip(told, parts, strict=True) if one is None]
    assert len(hidden) != 1
    assert not hidden or sum(hidden) >= SMALL or len(hidden) == len(parts)


def test_only_a_whole_quarter_that_ended_is_published() -> None:
    assert can_publish(FIRST, LAST, date(2026, 4, 1))
    for first, last, today in ((FIRST, LAST, LAST), (FIRST, date(2026, 4, 30), date(2027, 1, 1)),
                               (date(2026, 1, 2), LAST, date(2027, 1, 1)),
                               (FIRST, date(2026, 12, 31), date(2027, 1, 1))):  # fmt: skip
        assert not can_publish(first, last, today)
    assert can_publish(date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1))


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_the_quarters_that_ended_can_all_be_published_and_follow_one_another(today: date) -> None:
    quarters = ended_quarters(today)
    assert all(can_publish(first, last, today) for first, last in quarters)
    assert all(newer[0] == older[1] + timedelta(days=1) for newer, older in pairwise(quarters))
    assert today - quarters[0][1] < timedelta(days=93)
