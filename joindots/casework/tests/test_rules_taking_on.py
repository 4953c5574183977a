"""Rules of taking a case on: the first-contact clock, who could take it, consent, referrals, reports, handovers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from joindots.casework.rules import agreeing, handing, intake, versions
from joindots.casework.rules import referring as rule

NOW = datetime(2025, 11, 4, 12, 40, tzinfo=UTC)
ABLE = st.builds(
    intake.Able, key=st.uuids().map(str), name=st.text(max_size=5), load=st.integers(0, 60), most=st.integers(0, 60),
    qualified=st.booleans(), speaks=st.booleans(), near=st.booleans(), away=st.booleans(),
)  # fmt: skip


def test_the_story_s_first_contact_is_missed_by_95_minutes() -> None:
    due = intake.first_contact_due(intake.Grade.HIGH, datetime(2025, 11, 3, 11, 5, tzinfo=UTC))
    assert due == datetime(2025, 11, 4, 11, 5, tzinfo=UTC)
    late = intake.says_late(due, NOW, NOW + timedelta(days=3))
    assert (late, intake.minutes_says(late)) == (95, "95 minutes")


def test_hours_are_hours_when_the_clocks_change() -> None:
    came = datetime(2025, 10, 25, 12, 0, tzinfo=UTC)
    assert intake.first_contact_due(intake.Grade.STANDARD, came) - came == timedelta(hours=48)


@given(st.lists(ABLE, max_size=8))
def test_the_order_of_who_could_take_a_case_is_the_rule_shown_and_loses_nobody(people: list[intake.Able]) -> None:
    told = intake.in_order(people)
    assert sorted(one.key for one in told) == sorted(one.key for one in people)
    ready = [not one.away and not one.full for one in told]
    assert ready == sorted(ready, reverse=True)
    for first, second in pairwise(told):
        if (first.away, first.full, first.qualified, first.speaks, first.near) == (
            second.away, second.full, second.qualified, second.speaks, second.near,
        ):  # fmt: skip
            assert first.load <= second.load


def test_three_tries_at_one_time_of_day_are_not_enough() -> None:
    morning = [datetime(2025, 11, day, 9, tzinfo=UTC) for day in (3, 4, 5)]
    assert not intake.tried_enough(morning)
    assert intake.tried_enough([*morning[:2], datetime(2025, 11, 5, 18, tzinfo=UTC)])
    assert not intake.tried_enough([morning[0], datetime(2025, 11, 5, 18, tzinfo=UTC)])


@given(st.sampled_from(list(agreeing.Item)), st.booleans(), st.integers(-3, 3), st.integers(-3, 3))
def test_consent_to_share_always_names_with_whom_and_is_never_of_tomorrow(
    item: agreeing.Item, named: bool, given_in: int, until_in: int
) -> None:
    today = date(2025, 11, 10)
    on, until = today + timedelta(days=given_in), today + timedelta(days=until_in)
    told = agreeing.can_agree(item, to_somebody=named, given=on, until=until, today=today)
    assert bool(told) == ((named or item not in agreeing.TO_SOMEBODY) and on <= today and until >= on)


def test_sharing_without_consent_needs_reasons_and_whether_the_person_knows() -> None:
    today = date(2025, 11, 10)
    soon = today + timedelta(days=9)
    why = "Police need the new address: he was seen there today."
    assert not agreeing.can_share(consent=False, why="urgent", told="told", until=soon, today=today)
    assert not agreeing.can_share(consent=False, why=why, told="", until=soon, today=today)
    assert agreeing.can_share(consent=False, why=why, told="unsafe", until=soon, today=today)
    assert not agreeing.can_share(consent=True, why="", told="", until=None, today=today)
    assert not agreeing.can_share(consent=True, why="", told="", until=today + timedelta(days=400), today=today)


def test_a_referral_is_answered_within_two_working_days_over_a_weekend() -> None:
    assert rule.answer_by(date(2025, 11, 7)) == date(2025, 11, 11)
    assert rule.answer_by(date(2099, 1, 1)) == date(2099, 1, 5)


def test_the_police_refer_within_two_working_days_of_the_report_as_in_the_story() -> None:
    assert rule.offer_due(date(2025, 9, 22)) == date(2025, 9, 24)


@given(st.sampled_from(list(rule.Offered)), st.sampled_from(["", "yes", "no", "waiting"]))
def test_only_an_offer_that_was_answered_takes_a_report_off_the_list(offered: rule.Offered, taken: str) -> None:
    assert rule.is_missing(offered, taken) != (offered is rule.Offered.YES and taken in ("yes", "no"))


def test_an_offer_that_was_not_taken_up_says_why() -> None:
    day = date(2025, 11, 10)
    asked = rule.can_tell_offer(rule.Offered.YES, on=day, by="police", taken="no", why="", today=day)
    assert not asked
    assert rule.can_tell_offer(rule.Offered.YES, on=day, by="police", taken="no", why="not_said", today=day)
    assert rule.can_tell_offer(rule.Offered.NO, on=None, by="", taken="", why="", today=day)


@given(st.integers(-100, 100))
def test_a_handover_is_accepted_within_24_hours_and_not_after(minutes: int) -> None:
    until = handing.answer_until(NOW)
    now = until + timedelta(minutes=minutes)
    assert bool(handing.can_accept(handing.HandoverState.ASKED, until, now)) == (minutes < 0)
    assert not handing.can_accept(handing.HandoverState.DECLINED, until, NOW)


TOLD = st.fixed_dictionaries({}, optional={
    "stage": st.sampled_from([str(one) for one in rule.Stage]), "offered": st.sampled_from([str(o) for o in rule.Offered]),
    "on": st.just("2026-03-02"), "offer_by": st.sampled_from(sorted(rule.BY_WORDS)),
    "taken": st.sampled_from(sorted(rule.TAKEN_WORDS)), "why_not": st.sampled_from(sorted(rule.WHY_NOT_WORDS)),
})  # fmt: skip


@given(st.lists(TOLD, max_size=6))
def test_what_differs_leads_from_each_version_to_the_next_and_none_takes_back_what_is_known(told: list[dict]) -> None:
    before: dict[str, str] = dict(versions.NOTHING)
    for after in versions.each_after(told):
        changed = {one.label: (one.was, one.now) for one in versions.differs(before, after)}
        for name, label in versions.LABELS.items():
            was, now = (versions.in_words(name, one.get(name, "")) for one in (before, after))
            assert changed.get(label, (was, was)) == (was, now)
        for name, unknown in versions.NOTHING.items():
            assert before[name] == unknown or after[name] != unknown
        before = dict(after)
