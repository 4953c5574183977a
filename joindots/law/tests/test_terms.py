"""Terms as they are changed and served, a last day won on appeal, and the clocks of other orders and of a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from joindots.law.alarms import alarms, standing
from joindots.law.episode import Episode, Happened, happen, may_happen, may_have_condition, stays_inside, told
from joindots.law.life import OTHER_START
from joindots.law.tests.test_episode import TO_FULL, step

DAY = timedelta(days=1)
VARIED = [*TO_FULL, step("apply_vary", 5, 1, 2026), step("decided", 5, 20, 2026)]


def other(kind: str, *events: Happened) -> Episode:
    episode = Episode(life=replace(OTHER_START, kind=kind))
    for one in events:
        episode = happen(episode, one)
    return episode


def codes(episode: Episode, day: date) -> set[str]:
    return {one.code for one in standing(episode, day)}


def test_a_variation_waits_to_be_served_and_is_served_by_a_step_of_its_own():
    varied = told(VARIED)
    assert "varied_not_served" in codes(varied, date(2026, 5, 20))
    assert not may_happen(varied, replace(step("variation_served", 5, 21, 2026), told=""))
    assert "cannot be served as changed" in str(may_happen(varied, step("variation_served", 5, 19, 2026)).reason)
    served = happen(varied, step("variation_served", 5, 21, 2026, clock=time(9, 30)))
    assert "varied_not_served" not in codes(served, date(2026, 6, 1))
    assert [(one.changed, one.on, one.served) for one in served.terms[-2:]] == [
        (False, date(2026, 1, 22), date(2026, 1, 22)), (True, date(2026, 5, 20), date(2026, 5, 21))
    ]  # fmt: skip
    assert "No change" in str(may_happen(served, step("variation_served", 5, 22, 2026)).reason)


def test_an_order_varied_before_it_is_served_is_served_as_varied():
    made = [*TO_FULL[:-1], step("apply_vary", 1, 25, 2026), step("decided", 1, 26, 2026)]
    assert "variation_served" not in codes(told(made), date(2026, 1, 26))
    served = told([*made, step("served_none_owed", 1, 27, 2026)])
    assert [one.served for one in served.terms[-2:]] == [date(2026, 1, 27)] * 2


def test_a_renewal_alone_need_not_be_served_and_can_be():
    renewed = told([*TO_FULL, step("apply_renew", 10, 1, 2028),
                    step("renewed", 11, 1, 2028, ends=date(2031, 1, 21))])  # fmt: skip
    assert "varied_not_served" not in codes(renewed, date(2028, 11, 1))
    assert may_happen(renewed, step("variation_served", 11, 2, 2028))


def test_a_renewal_that_is_won_on_appeal_sets_the_last_day():
    asked = [*TO_FULL, step("apply_renew", 10, 1, 2028), step("renewal_refused", 11, 1, 2028),
             step("decision_appeal_lodged", 11, 5, 2028)]  # fmt: skip
    won = step("decision_appeal_allowed", 12, 1, 2028, ends=date(2031, 1, 21))
    assert told([*asked, won]).ends == date(2031, 1, 21)
    assert told([*asked, replace(won, ends=None)]).ends == date(2029, 1, 21)
    assert told([*asked, replace(won, ends=None, further=True)]).ends is None
    assert "cannot end before" in str(may_happen(told(asked), replace(won, ends=date(2028, 1, 20))).reason)


def test_a_condition_that_came_with_a_change_begins_with_it():
    varied = told(VARIED)
    under = len(varied.terms) - 1
    assert "before the order that has it, of Wednesday 20 May 2026" in str(
        may_have_condition(varied, date(2026, 5, 1), None, under).reason
    )
    assert may_have_condition(varied, date(2026, 5, 1), None)
    assert may_have_condition(varied, None, None, under)
    assert not may_have_condition(varied, None, None, under + 1)


def test_no_last_day_comes_before_a_condition_begins():
    bail = other("bail_post", Happened(event="order_made", on=date(2026, 1, 5), ends=date(2026, 3, 5)))
    shorter = happen(bail, Happened(event="order_varied", on=date(2026, 1, 9), ends=date(2026, 2, 1), told="told"))
    assert stays_inside(shorter, [date(2026, 2, 1)])
    assert "take the condition off first" in str(stays_inside(shorter, [date(2026, 2, 2)]).reason)


def test_a_domestic_abuse_order_is_notified_by_the_third_day_from_its_making():
    made = other("dapo", Happened(event="order_made", on=date(2026, 3, 2)))
    assert made.notify_by == date(2026, 3, 4)
    assert codes(made, date(2026, 3, 4)) == {"not_served", "notify"}
    served = happen(made, Happened(event="order_served", on=date(2026, 3, 4), told="told"))
    assert served.notify_by == date(2026, 3, 4), "service moves nothing"
    assert codes(served, date(2026, 3, 5)) == {"notify_overdue"}
    late = happen(served, Happened(event="due_passed", on=date(2026, 3, 5)))
    assert codes(happen(late, Happened(event="notified_late", on=date(2026, 3, 6))), date(2026, 3, 7)) == set()
    spared = other("dapo", Happened(event="order_made_none_owed", on=date(2026, 3, 2)))
    assert spared.notify_by is None


def test_northern_irelands_order_asks_when_it_came_into_force_and_counts_from_then():
    made = other("ni_spo", Happened(event="order_made", on=date(2026, 3, 2), ends=date(2028, 3, 1)))
    assert "not_in_force" in codes(made, date(2026, 3, 2))
    served = happen(made, Happened(event="order_served", on=date(2026, 3, 5), told="told"))
    late = happen(served, Happened(event="order_in_force", on=date(2026, 3, 2)))
    assert late.notify_by == date(2026, 3, 4)
    assert codes(late, date(2026, 3, 5)) == {"notify_overdue"}
    assert "cannot be in force before" in str(
        may_happen(served, Happened(event="order_in_force", on=date(2026, 3, 1))).reason
    )
    short = Happened(event="order_made", on=date(2026, 3, 2), ends=date(2028, 2, 29))
    assert "cannot end before" in str(may_happen(other("ni_spo"), short).reason)


def test_a_notice_asks_for_its_hearing_within_the_hours_that_count():
    given = Happened(event="order_made", on=date(2026, 3, 7), clock=time(10))
    assert "Write down the time" in str(may_happen(other("dapn"), replace(given, clock=None)).reason)
    notice = other("dapn", given)
    (alarm,) = [one for one in alarms(notice) if one.code == "notice_hearing"]
    assert (alarm.stands_from, alarm.day) == (date(2026, 3, 7), date(2026, 3, 10))
    assert "10:00 on Tuesday 10 March 2026" in str(alarm.says)
    assert "notice_late" in codes(notice, date(2026, 3, 11))
    beyond = happen(notice, Happened(event="hearing_listed", on=date(2026, 3, 8), hearing=date(2026, 3, 12)))
    assert "notice_beyond" in codes(beyond, date(2026, 3, 8))
    heard = happen(beyond, Happened(event="hearing_listed", on=date(2026, 3, 8), hearing=date(2026, 3, 10)))
    assert codes(heard, date(2026, 3, 10)) == {"not_served"}
    assert "hearing_past" in codes(heard, date(2026, 3, 11))


@pytest.mark.parametrize("kind", ["nmo", "bail_pre", "dapn", ""])
def test_no_other_kind_is_asked_for_a_notification_and_one_that_was_told_of_for_nothing(kind: str):
    made = other(kind, Happened(event="order_made", on=date(2026, 3, 2), clock=time(9)))
    assert made.notify_by is None
    assert ("not_served" in codes(made, date(2026, 3, 2))) == bool(kind)
    for event in ("notified", "order_in_force", "due_passed"):
        assert not may_happen(made, Happened(event=event, on=date(2026, 3, 3)))


def test_a_condition_of_any_order_that_ends_early_is_an_alarm():
    made = other("nmo", Happened(event="order_made", on=date(2026, 3, 2), ends=date(2027, 3, 1)))
    days = [one.stands_from for one in alarms(made, (date(2026, 9, 1),)) if one.code == "condition_ends"]
    assert days == [date(2026, 8, 18)]


def test_a_sentence_that_rests_on_a_rule_without_a_source_says_so_wherever_it_is_shown():
    prompts = {"renewal_prompt", "renewal_lodge", "condition_ends"}
    for one in alarms(told(TO_FULL), (date(2028, 1, 21),)):
        assert str(one.told).endswith("Verify this before you rely on it.") == (one.code in prompts)
