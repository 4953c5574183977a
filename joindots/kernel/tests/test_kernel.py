"""Rules of the kernel, by property."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.kernel.decisions import YES, no
from joindots.kernel.ids import ALPHABET, new_reference, tidy_reference, uuid7
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import Precision, When

MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_refusal_says_why_and_a_yes_does_not_raise():
    YES.or_raise()
    with pytest.raises(RuleBroken, match="A day needs 24 hours"):
        no("day", "A day needs {n} hours", n=24).or_raise()


@given(st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_sign_in_a_reference_is_caught(at, sign):
    reference = new_reference().replace("-", "")
    wrong = reference[:at] + sign + reference[at + 1 :]
    assert (tidy_reference(wrong) is None) == (wrong != reference)


@given(st.integers(0, 6))
def test_two_swapped_signs_in_a_reference_are_caught(at):
    reference = new_reference().replace("-", "")
    swapped = reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]
    assert (tidy_reference(swapped) is None) == (swapped != reference)


def test_ids_made_later_sort_later_and_are_version_7():
    ids = [uuid7() for _ in range(50)]
    assert all(one.version == 7 and one.variant == "specified in RFC 4122" for one in ids)
    assert [one.int >> 80 for one in ids] == sorted(one.int >> 80 for one in ids)


@given(MOMENTS, st.timedeltas(timedelta(minutes=2), timedelta(days=400)), st.sampled_from(Precision))
def test_words_for_an_interval_never_name_one_single_minute(start, length, precision):
    said = When(start, start + length, precision).says()
    if precision in (Precision.SECOND, Precision.MINUTE):
        assert " or " in said
    else:
        assert said.count(":") in (0, 2)


def test_unknown_times_sort_last():
    known = When(datetime(2025, 6, 10, tzinfo=UTC), datetime(2025, 6, 10, tzinfo=UTC), Precision.SECOND)
    assert min([When(None, None), known], key=lambda when: (when.sort_key[0], str(when.sort_key[1]))) is known


def test_a_minute_is_said_in_london_time():
    start = datetime(2025, 6, 10, 20, 14, tzinfo=UTC)
    assert When(start, start + timedelta(seconds=59), Precision.MINUTE).says() == "Tue 10 Jun 2025, 21:14"


def test_a_when_without_a_zone_or_backwards_is_refused():
    now = datetime(2025, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        When(now.replace(tzinfo=None), None)
    with pytest.raises(ValueError, match="end before"):
        When(now, now - timedelta(seconds=1))
