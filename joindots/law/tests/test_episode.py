"""The days of an order: the story's order worked through, its guards, and no alarm missed in any random life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.kernel.problems import RuleBroken
from joindots.law.alarms import GRAVER, alarms, standing
from joindots.law.episode import (
    NOTHING,
    Episode,
    Happened,
    happen,
    in_force_on,
    may_happen,
    may_have_condition,
    told,
)
from joindots.law.life import IN_FORCE, can_follow, events

DAY = timedelta(days=1)


def step(event: str, month: int, day: int, year: int = 2025, **said: object) -> Happened:
    return Happened(event=event, on=date(year, month, day), told="told", investigation="live", **said)  # type: ignore[arg-type]


TO_INTERIM = [
    step("decide_yes", 11, 25),
    step("chief_officer_delegate_signs", 11, 28),
    step("complaint_lodged", 12, 1),
    step("interim_applied", 12, 1),
    step("court_makes_interim", 12, 4, ends=date(2026, 1, 15)),
    step("hearing_listed", 12, 4, hearing=date(2026, 1, 15)),
    step("served", 12, 5),
]
RENEWED = [
    *TO_INTERIM,
    step("notified", 12, 7),
    step("hearing_listed", 1, 9, 2026, hearing=date(2026, 1, 22)),
    step("interim_varied_or_renewed", 1, 14, 2026, ends=date(2026, 1, 22)),
]
TO_FULL = [
    *RENEWED,
    step("main_granted", 1, 22, 2026, ends=date(2029, 1, 21)),
    step("served_none_owed", 1, 22, 2026),
]


def codes(episode: Episode, day: date) -> set[str]:
    return {one.code for one in standing(episode, day)}


def test_the_storys_interim_order_asks_for_notification_by_sunday():
    episode = told(TO_INTERIM)
    assert episode.notify_by == date(2025, 12, 7)
    assert "notify" in codes(episode, date(2025, 12, 7))
    assert "notify_overdue" not in codes(episode, date(2025, 12, 7))
    assert "notify_overdue" in codes(episode, date(2025, 12, 8))
    assert "notify" not in codes(episode, date(2025, 12, 8))


def test_a_hearing_moved_past_the_interim_order_is_an_alarm_at_once_and_gone_when_it_is_renewed():
    gap = told(RENEWED[:-1])
    said = [str(one.says) for one in standing(gap, date(2026, 1, 9)) if one.code == "gap"]
    assert len(said) == 1
    assert "no order from Friday 16 January 2026 to Wednesday 21 January 2026" in said[0]
    assert codes(told(RENEWED), date(2026, 1, 14)) == set()


def test_the_storys_full_order_replaces_the_interim_one_and_prompts_for_renewal_on_its_days():
    episode = told(TO_FULL)
    assert episode.notify_by is None
    days = {one.code: one.stands_from for one in alarms(episode, (date(2028, 1, 21),))}
    assert days == {
        "renewal_prompt": date(2028, 10, 23), "renewal_lodge": date(2028, 11, 26), "run_out": date(2029, 1, 22),
        "condition_ends": date(2027, 10, 23),
    }  # fmt: skip
    assert in_force_on(episode, date(2025, 12, 4))
    assert not in_force_on(episode, date(2025, 12, 3))
    assert in_force_on(episode, date(2026, 3, 1))


def test_a_change_of_address_is_due_in_three_days_and_waits_until_it_is_told():
    moved = happen(told(TO_FULL), step("name_or_address_change", 2, 9, 2026))
    assert moved.changes == (date(2026, 2, 11),)
    assert "change" in codes(moved, date(2026, 2, 12))
    assert happen(moved, step("change_notified", 2, 12, 2026)).changes == ()


def refused(before: list[Happened], new: Happened) -> str:
    decision = may_happen(told(before), new)
    assert not decision
    with pytest.raises(RuleBroken):
        happen(told(before), new)
    return str(decision.reason)


def test_no_order_is_authorised_without_a_live_investigation_or_the_reason_why_there_is_none():
    new = replace(TO_INTERIM[1], investigation="")
    assert "Name the live investigation" in refused(TO_INTERIM[:1], new)
    assert may_happen(told(TO_INTERIM[:1]), replace(new, investigation="none_with_reason"))


def test_the_person_protected_is_told_before_service_or_the_reason_is_written_down():
    new = replace(TO_INTERIM[-1], told="")
    assert "First tell the person protected" in refused(TO_INTERIM[:-1], new)
    assert may_happen(told(TO_INTERIM[:-1]), replace(new, told="overridden"))


@pytest.mark.parametrize(
    ("before", "new", "says"),
    [
        (TO_INTERIM[:4], step("court_makes_interim", 12, 4), "fixed period"),
        (RENEWED, step("main_granted", 1, 22, 2026, ends=date(2028, 1, 20)), "cannot end before Friday 21 January"),
        (RENEWED[:-1], step("main_granted", 1, 22, 2026), "Record first that it ended"),
        (RENEWED[:-1], step("interim_varied_or_renewed", 1, 16, 2026, ends=date(2026, 1, 22)), "Record first that"),
        (RENEWED, step("interim_period_ended", 1, 22, 2026), "has not passed"),
        (TO_FULL[:-1], step("served", 1, 22, 2026), "replaces an interim one"),
        (TO_FULL, step("end_date_passed", 1, 21, 2029), "has not passed"),
        (TO_FULL, step("breach_reported", 2, 1, 2026, act_on=date(2025, 12, 3)), "No order was in force"),
        (TO_FULL, step("breach_reported", 2, 1, 2026), "the day of the act"),
        (TO_FULL, step("apply_vary", 1, 21, 2026), "would be before it"),
        (TO_FULL, step("change_notified", 2, 1, 2026), "Record the change first"),
        (TO_INTERIM, step("notified", 12, 8), "Record first that it passed"),
        (TO_INTERIM, step("due_passed", 12, 7), "has not passed"),
        (TO_INTERIM[:3], step("police_appeal", 12, 2), "nothing to appeal against"),
    ],
)
def test_each_guard_refuses_by_a_sentence_that_names_the_cure(before: list[Happened], new: Happened, says: str):
    assert says in refused(before, new)


def test_discharge_before_two_years_needs_the_consents():
    asked = [*TO_FULL, step("apply_discharge", 7, 1, 2027)]
    new = step("discharged", 7, 22, 2027)
    assert "before 22 January 2028" in refused(asked, new)
    assert may_happen(told(asked), replace(new, consents=True))


def test_an_order_until_a_further_order_never_expires_and_never_prompts():
    episode = told([*TO_FULL[:-2], step("main_granted", 1, 22, 2026), TO_FULL[-1]])
    assert alarms(episode) == ()
    assert "never ends by a clock" in str(may_happen(episode, step("end_date_passed", 1, 1, 2099)).reason)


def test_a_full_order_after_the_interim_one_ended_asks_for_a_first_notification():
    ended = [*RENEWED[:-1], step("interim_period_ended", 1, 16, 2026)]
    assert "unprotected" in codes(told(ended), date(2026, 1, 16))
    made = told([*ended, step("main_granted", 1, 22, 2026), step("served", 1, 23, 2026)])
    assert made.notify_by == date(2026, 1, 25)
    assert not in_force_on(made, date(2026, 1, 17))
    assert in_force_on(made, date(2026, 1, 15))


def test_a_condition_stays_inside_its_order():
    episode = told(TO_FULL)
    assert may_have_condition(episode, None, date(2028, 1, 21))
    assert may_have_condition(episode, None, None)
    assert not may_have_condition(episode, date(2029, 1, 22), None)
    assert not may_have_condition(episode, date(2026, 2, 1), date(2026, 1, 31))
    assert not may_have_condition(episode, None, date(2029, 1, 22))
    assert not may_have_condition(episode, date(2026, 1, 21), None)
    assert not may_have_condition(NOTHING, None, None)


CHOICES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 400), st.booleans()), min_size=12, max_size=30)


SELDOM = frozenset({"decide_no", "police_withdraw", "main_granted", "main_refused", "appeal_lodged", "hearing_listed"})
"""Drawn less often, so that many lives have an interim order."""


def random_life(choices: list[tuple[int, int, bool]]) -> list[Episode]:
    """Every stand of one order whose steps are drawn from those that its table and guards allow."""
    stands = [NOTHING]
    for pick, days, flag in choices:
        now = stands[-1]
        on = (now.last or date(2024, 1, 1)) + (days % (40 if now.life.stage not in ("made", "served") else 400)) * DAY
        drawn = [
            Happened(
                event=event, on=on, ends=None if flag and event in ("main_granted", "renewed") else on + days * 3 * DAY,
                hearing=on + (pick % 60) * DAY, act_on=now.made, consents=flag, sex_offender_duty=flag,
                investigation="live", told="told",
            )
            for event in can_follow(now.life)
            if event not in SELDOM or pick % 5 == 0
        ]  # fmt: skip
        possible = [one for one in drawn if may_happen(now, one)]
        if possible:
            stands.append(happen(now, possible[pick % len(possible)]))
    return stands


def lives(check: Callable[[Episode], None]) -> Callable[[], None]:
    """Runs a check at every stand of many random lives."""

    @settings(max_examples=60, deadline=None)
    @given(CHOICES)
    def run(choices: list[tuple[int, int, bool]]) -> None:
        for stand in random_life(choices):
            check(stand)

    return run


@lives
def test_no_alarm_is_missed_in_any_life(stand: Episode) -> None:
    last, ends, life = stand.last or date(2024, 1, 1), stand.ends, stand.life
    on_its_day = codes(stand, last)
    if life.stage in ("interim_made", "interim_served") and ends and stand.hearing:
        bare = range(1, (stand.hearing - ends).days)
        assert ("gap" in on_its_day) == bool(bare)
    if life.stage in ("interim_made", "interim_served"):
        assert ends is not None
        assert stand.hearing or "no_hearing" in on_its_day
        assert "run_out" in codes(stand, ends + DAY)
    if life.stage in ("interim_made", "made"):
        assert "not_served" in on_its_day
    if life.notification == "owed" and life.stage in IN_FORCE:
        assert stand.notify_by
        assert "notify" in codes(stand, stand.notify_by - 2 * DAY)
        assert "notify_overdue" in codes(stand, stand.notify_by + DAY)
    if life.stage in ("made", "served") and ends:
        assert codes(stand, ends - 90 * DAY) & {"renewal_prompt", "renewal_undecided"}
        assert codes(stand, ends - 56 * DAY) & {"renewal_lodge", "renewal_undecided"}
        assert "run_out" in codes(stand, ends + DAY)
        assert "run_out" not in codes(stand, ends)
    for one in alarms(stand):
        assert {one.code, GRAVER.get(one.code)} & codes(stand, date(2200, 1, 1))  # nothing ends by time alone


@lives
def test_an_end_by_the_clock_comes_only_after_a_last_day(stand: Episode) -> None:
    for event in ("end_date_passed", "interim_period_ended"):
        on = max(stand.last or date.min, stand.ends or date(2190, 1, 1))
        assert not may_happen(stand, Happened(event=event, on=on, told="told")) or (stand.ends and on > stand.ends)
    if stand.life.stage in ("made", "served") and stand.ends is None:
        assert not may_happen(stand, Happened(event="end_date_passed", on=date(2200, 1, 1), told="told"))


@lives
def test_the_stretches_in_force_follow_each_other_and_the_last_is_open_while_an_order_binds(stand: Episode) -> None:
    for first, second in zip(stand.periods, stand.periods[1:], strict=False):
        assert first[1] is not None
        assert first[0] <= first[1] <= second[0]
    open_now = bool(stand.periods) and stand.periods[-1][1] is None
    assert open_now == (stand.life.stage in IN_FORCE)


@given(CHOICES)
@settings(max_examples=20, deadline=None)
def test_what_is_not_in_the_table_never_happens_whatever_is_said(choices: list[tuple[int, int, bool]]):
    for stand in random_life(choices):
        for event in set(events()) - set(can_follow(stand.life)):
            assert not may_happen(stand, Happened(event=event, on=date(2100, 1, 1), told="told", consents=True))


def test_a_breach_of_an_interim_order_is_written_down_after_another_was_asked_for():
    asked_anew = [*TO_INTERIM, step("interim_period_ended", 1, 16, 2026), step("interim_applied", 1, 17, 2026)]
    late = step("breach_reported", 1, 20, 2026, act_on=date(2026, 1, 10))
    for path in (asked_anew, [*asked_anew, step("court_refuses_interim", 1, 19, 2026)]):
        assert may_happen(told(path), late)
        assert may_happen(told(path), replace(late, act_on=date(2026, 1, 18))).reason.code == "breach_outside"
    never = told(TO_INTERIM[:4])
    assert may_happen(never, replace(late, on=date(2025, 12, 2), act_on=date(2025, 12, 1))).reason.code == (
        "breach_outside"
    )


@pytest.mark.parametrize(
    ("event", "stage"),
    [
        ("appeal_dismissed", "interim_sought"),
        ("appeal_withdrawn", "interim_sought"),
        ("appeal_allowed", "interim_made"),
    ],
)
def test_an_appeal_against_a_refusal_is_decided_while_an_interim_order_is_asked_for_again(event: str, stage: str):
    path = [*TO_INTERIM[:4], step("court_refuses_interim", 12, 4), step("police_appeal", 12, 5),
            step("interim_applied", 12, 6)]  # fmt: skip
    after = happen(told(path), step(event, 12, 9, ends=date(2026, 1, 15)))
    assert after.life.stage == stage and not after.life.open


def test_an_interim_order_that_is_made_ends_the_appeal_against_its_refusal_and_no_such_appeal_can_quash_it():
    path = [*TO_INTERIM[:4], step("court_refuses_interim", 12, 4), step("police_appeal", 12, 5),
            step("interim_applied", 12, 6), step("court_makes_interim", 12, 8, ends=date(2026, 1, 15))]  # fmt: skip
    made = told(path)
    assert not made.life.open
    assert not may_happen(made, step("appeal_allowed", 12, 9))
    assert may_happen(made, step("appeal_lodged", 12, 9))
