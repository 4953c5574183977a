"""The life of a crime: every step from every state or a sentence, its days, its clocks, and what it asks of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words
from joindots.law import crime_alarms, crime_life
from joindots.law.crime_course import Course, Happened, happen, is_limited, limit_of, may_happen, offences_in, told
from joindots.law.crime_life import STOPS, Life, after, can_follow, every_life, reachable, step_of, steps
from joindots.law.points import harms_among

REPORTED = date(2025, 9, 22)


def at(event: str, on: date, number: int = 1, **said: Any) -> Happened:
    """An event with what most of them ask for."""
    given_: dict[str, Any] = {"told": "told", "told_on": on, "named": True, "reasoned": True} | said
    return Happened(number=number, event=event, on=on, **given_)


def course(*events: Happened) -> Course:
    return told("england_wales", True, REPORTED, events)


def recorded(offence: str = "pha_s4a_sad", **said: Any) -> tuple[Happened, Happened]:
    return (at("recorded", REPORTED, offence=offence, **said), at("officer_named", REPORTED, 2))


def test_the_table_answers_for_every_life_and_every_event_and_names_what_can_follow():
    for life in every_life():
        for event in crime_life.events():
            answer = after(life, event)
            assert isinstance(answer, Life) == (event in can_follow(life))
            if isinstance(answer, Words):
                assert "What can follow" in str(answer)


def test_every_row_and_every_stage_is_reached_and_only_an_acquittal_is_the_end():
    assert {one.stage for one in reachable()} == set(crime_life.STAGES)
    for row in steps().values():
        assert any(step_of(life, row.event) is row for life in reachable()), row.code
    assert {life.stage for life in reachable() if not can_follow(life)} == {"acquitted"}


def test_every_stop_can_be_reviewed_and_nothing_is_held_while_nobody_is_charged():
    for life in reachable():
        if life.stage in STOPS and life.open == "none":
            assert "review_asked" in can_follow(life)
        assert life.bail not in ("court", "custody") or life.stage not in ("reported", "recorded", "investigating")


def test_what_must_be_told_first_waits_or_has_its_reason():
    for event in ("charged", "stopped", "bailed"):
        new = at(event, REPORTED, 3, offence="pha_s4a_sad", outcome="1" if event == "charged" else "16",
                 ends=REPORTED, told="", told_on=None)  # fmt: skip
        so_far = course(*recorded())
        assert may_happen(so_far, new).reason.code == "tell_first"
        assert may_happen(so_far, replace(new, told="overridden"))
        assert may_happen(replace(so_far, tells=False), new), "nobody of the case is told where they are complained of"


def test_a_summary_offence_is_charged_within_six_months_of_the_last_act():
    assert limit_of(date(2025, 8, 31)) == date(2026, 2, 28)  # domain 18
    so_far = course(*recorded("pha_s2a"))
    charge = at("charged", date(2026, 2, 28), 4, offence="pha_s2a", outcome="1")
    assert may_happen(so_far, charge).reason.code == "last_act_first"
    so_far = happen(so_far, at("last_act_said", date(2025, 10, 1), 3, last_act=date(2025, 8, 31)))
    assert may_happen(so_far, charge)
    assert may_happen(so_far, replace(charge, on=date(2026, 3, 1))).reason.code == "out_of_time"
    assert may_happen(so_far, replace(charge, on=date(2026, 3, 1), offence="pha_s4a_sad")), "that one has no limit"


def test_the_limit_is_shown_before_its_day_and_stays_after_it_until_something_is_written_down():
    so_far = course(*recorded("pha_s2a", last_act=date(2025, 8, 31)))
    codes = {day: {one.code for one in crime_alarms.standing(so_far, day)}
             for day in (date(2026, 1, 16), date(2026, 1, 17), date(2026, 2, 28), date(2026, 3, 1))}  # fmt: skip
    assert list(codes.values()) == [set(), {"limit"}, {"limit"}, {"limit_past"}]
    charged = happen(so_far, at("charged", date(2026, 2, 1), 3, offence="pha_s2a", outcome="1"))
    assert "limit" not in {one.code for one in crime_alarms.alarms(charged)}
    marked = {one.code for one in crime_alarms.alarms(so_far) if str(one.told).endswith("before you rely on it.")}
    assert {"limit", "limit_past"} <= marked, "the six months have no source that was read"


def test_only_an_offence_whose_row_says_six_months_is_refused_after_them():
    """Section 179 of the 2023 Act counts from the prosecutor's knowledge: it is never refused by the last act."""
    assert {one for one in offences_in("england_wales") if is_limited(one)} == {"pha_s2", "pha_s2a", "cjpa_s42a"}
    so_far = course(*recorded("osa_s179", last_act=REPORTED))
    assert may_happen(so_far, at("charged", date(2026, 9, 1), 3, offence="osa_s179", outcome="1"))
    assert not {"limit", "limit_past", "no_last_act"} & {one.code for one in crime_alarms.alarms(so_far)}


def test_a_stop_does_not_stop_the_six_months_and_says_so_until_they_are_over():
    stopped = course(
        *recorded("pha_s2a", last_act=date(2025, 8, 31)), at("stopped", date(2026, 1, 20), 3, outcome="15")
    )
    seen = {day: {one.code for one in crime_alarms.standing(stopped, day)}
            for day in (date(2026, 1, 20), date(2026, 2, 28), date(2026, 3, 1))}  # fmt: skip
    assert list(seen.values()) == [{"limit", "review"}, {"limit", "review"}, {"review"}]
    again = happen(stopped, at("reopened", date(2026, 2, 1), 4))
    charge = at("charged", date(2026, 2, 28), 5, offence="pha_s2a", outcome="1")
    assert may_happen(again, charge)
    assert may_happen(again, replace(charge, on=date(2026, 3, 1))).reason.code == "out_of_time"


@pytest.mark.parametrize("by", ["reopened", "review_other"])
def test_what_is_open_again_has_no_outcome_of_a_closed_crime(by: str):
    stopped = course(*recorded(), at("stopped", date(2025, 10, 6), 3, outcome="16"))
    assert stopped.outcome == "16"
    asked = [at("review_asked", date(2025, 10, 7), 4)] if by == "review_other" else []
    again = stopped
    for one in (*asked, at(by, date(2025, 10, 8), 5)):
        again = happen(again, one)
    assert (again.life.stage, again.outcome, again.stopped) == ("investigating", "", None)


@pytest.mark.parametrize("told_on", [date(2019, 3, 4), date(2031, 3, 4)])
def test_a_prosecutors_stop_in_a_year_of_unknown_bank_holidays_keeps_its_last_day_and_guesses_no_other(told_on: date):
    old = told("england_wales", True, told_on, [
        at("recorded", told_on, offence="pha_s4a_sad"), at("officer_named", told_on, 2),
        at("advice_asked", told_on, 3), at("no_charge", told_on, 4, outcome="15"),
    ])  # fmt: skip
    time = crime_alarms.review_time(old)
    assert time is not None and (time.wished, time.last) == (None, told_on.replace(month=6))
    assert "best asked for" not in str(crime_alarms.standing(old, told_on)[0].says)


def test_what_only_the_law_of_england_and_wales_says_is_asked_of_nobody_elsewhere():
    offence = {"england_wales": "pha_s2a", "scotland": "sc_s39", "northern_ireland": "ni_s1"}
    for system in ("england_wales", "scotland", "northern_ireland"):
        here, code = system == "england_wales", offence[system]
        so_far = told(system, True, REPORTED, recorded(code, last_act=REPORTED))
        assert bool(may_happen(so_far, at("bailed", REPORTED, 3))) != here
        assert may_happen(so_far, at("bailed", REPORTED, 3, ends=REPORTED))
        assert ("limit" in {one.code for one in crime_alarms.alarms(so_far)}) == here
        charged = happen(so_far, at("charged", REPORTED, 3, offence=code, outcome="1" if here else ""))
        assert ("statement" in {one.code for one in crime_alarms.alarms(charged)}) == here
        stopped = happen(so_far, at("stopped", REPORTED, 3, outcome="15" if here else ""))
        assert (crime_alarms.review_time(stopped) is not None) == here


def test_harms_beside_stalking_name_no_offence_of_another_law():
    for system in ("england_wales", "scotland", "northern_ireland"):
        known = offences_in(system)
        assert {one.code for _, found in harms_among(known) for one in found} <= set(known)
    for system, breaches in (("scotland", ["sc_s9_nho", "sc_s234a"]), ("northern_ireland", ["ni_s13", "ni_fho_25"])):
        told = {one.code: [each.code for each in found] for one, found in harms_among(offences_in(system))}
        assert {"watched", "image", "access", "threat", "control", "order"} <= set(told) and told["order"] == breaches


def test_an_outcome_fits_what_happened_and_is_asked_for_in_england_and_wales_alone():
    so_far = course(*recorded())
    stop = at("stopped", date(2025, 10, 6), 3, outcome="18")
    assert may_happen(so_far, stop)
    for wrong in ("", "1", "1A", "23"):
        assert may_happen(so_far, replace(stop, outcome=wrong)).reason.code == "outcome_missing"
    charge = at("charged", date(2025, 10, 6), 3, offence="pha_s4a_sad", outcome="1A")
    assert may_happen(so_far, charge)
    assert may_happen(so_far, replace(charge, outcome="16")).reason.code == "outcome_missing"
    scots = told("scotland", True, REPORTED, recorded("sc_s39"))
    assert may_happen(scots, replace(stop, outcome=""))


def test_no_stop_without_its_reason():
    stop = at("stopped", date(2025, 10, 6), 3, outcome="18", reasoned=False)
    assert may_happen(course(*recorded()), stop).reason.code == "reason_missing"


@pytest.mark.parametrize(
    ("by", "told_on", "wished", "last"),
    [
        ("stopped", date(2025, 10, 6), date(2026, 1, 6), date(2026, 1, 6)),
        ("no_charge", date(2025, 12, 23), date(2026, 1, 9), date(2026, 3, 23)),
    ],
)
def test_the_right_to_review_runs_from_the_day_the_person_was_told(by: str, told_on: date, wished: date, last: date):
    so_far = course(*recorded(), *([at("advice_asked", told_on, 3)] if by == "no_charge" else []))
    stopped = happen(so_far, at(by, told_on, 4, outcome="16"))
    time = crime_alarms.review_time(stopped)
    assert time is not None and (time.wished, time.last) == (wished, last)
    assert [one.code for one in crime_alarms.standing(stopped, last)] == ["review"]
    assert not crime_alarms.standing(stopped, last + timedelta(days=1))
    untold = happen(so_far, at(by, told_on, 4, outcome="16", told="overridden", told_on=None))
    assert crime_alarms.review_time(untold) is None
    asked = happen(stopped, at("review_asked", told_on, 5))
    assert not crime_alarms.standing(asked, last)
    same = happen(asked, at("review_same", told_on, 6))
    assert not crime_alarms.standing(same, last), "a review that was made is not asked for again"
    again = happen(happen(same, at("reopened", told_on, 7)), at("stopped", told_on, 8, outcome="16"))
    assert [one.code for one in crime_alarms.standing(again, last)][:1] == ["review"]


def test_verdicts_go_count_by_count_and_no_sentence_while_one_is_open():
    so_far = course(
        *recorded(),
        at("charged", date(2026, 1, 3), 3, offence="pha_s4a_sad", outcome="1"),
        at("charged", date(2026, 1, 3), 4, offence="spa_s8", outcome="1"),
        at("charged", date(2026, 1, 3), 5, offence="spa_s8", outcome="1"),
    )
    day = date(2026, 6, 11)
    assert may_happen(so_far, at("acquitted", day, 6, count=3)).reason.code == "counts_open"
    so_far = happen(happen(so_far, at("guilty", day, 6, count=3)), at("guilty", day, 7, count=4))
    assert may_happen(so_far, at("sentenced_custody", day, 8)).reason.code == "counts_open"
    assert may_happen(so_far, at("guilty", day, 8, count=4)).reason.code == "count_missing"
    so_far = happen(so_far, at("not_guilty", day, 8, count=5))
    assert [one.verdict for one in so_far.counts] == ["guilty", "guilty", "not_guilty"]
    assert happen(so_far, at("sentenced_custody", date(2026, 7, 17), 9)).life == Life("sentenced", "custody")


def test_not_guilty_of_the_only_count_is_an_acquittal():
    charged = course(*recorded(), at("charged", REPORTED, 3, offence="pha_s4a_sad", outcome="1"))
    assert may_happen(charged, at("not_guilty", REPORTED, 4, count=3)).reason.code == "count_last"
    assert happen(charged, at("acquitted", REPORTED, 4, count=3)).life.stage == "acquitted"


def test_no_hearing_is_held_that_was_not_listed_or_has_not_come():
    charged = course(*recorded(), at("charged", REPORTED, 3, offence="pha_s4a_sad", outcome="1"))
    day = date(2026, 1, 5)
    assert may_happen(charged, at("hearing_held", day, 4)).reason.code == "nothing_listed"
    listed = happen(charged, at("hearing_listed", REPORTED, 4, hearing=day))
    assert may_happen(listed, at("hearing_held", day - timedelta(days=1), 5)).reason.code == "hearing_to_come"
    assert happen(listed, at("hearing_held", day, 5)).hearing is None


def test_a_course_of_conduct_that_is_not_recorded_as_stalking_is_asked_about():
    asked = course(at("recorded", REPORTED, offence="mca_s1", checks={"course": "yes", "stalking": "no"}))
    assert {"not_stalking", "no_officer"} == {one.code for one in crime_alarms.standing(asked, REPORTED)}
    answered = happen(asked, at("reclassified", date(2025, 11, 12), 2, offence="pha_s4a_sad",
                                checks={"course": "yes", "stalking": "yes"}))  # fmt: skip
    assert "not_stalking" not in {one.code for one in crime_alarms.standing(answered, date(2025, 11, 12))}


def test_the_offences_to_choose_from_are_those_of_the_law_system_and_none_is_a_civil_route():
    assert "pha_s3a" not in offences_in("england_wales")
    linked = {"soa_s67", "soa_s67a", "soa_s66b", "asb_s121", "fgm_s1", "sca_s75a", "cma_s1"}
    assert linked <= set(offences_in("england_wales"))
    assert "sc_s39" in offences_in("scotland") and "pha_s2a" not in offences_in("scotland")
    assert "ni_s1" in offences_in("northern_ireland") and "cma_s1" in offences_in("northern_ireland")
    assert next(iter(offences_in("scotland"))) == "sc_s39" and next(iter(offences_in("northern_ireland"))) == "ni_s1"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(crime_life.events())), st.integers(0, 40)), max_size=25))
def test_whatever_is_tried_no_forbidden_state_is_reached_and_no_open_day_goes_unseen(tried: list[tuple[str, int]]):
    now, day, number = course(), REPORTED, 0
    for event, days in tried:
        number, day = number + 1, day + timedelta(days=days)
        open_ = now.open_counts[0].number if now.open_counts else None
        new = at(event, day, number, offence="pha_s4a_sad", outcome="1" if event == "charged" else "16", count=open_,
                 last_act=REPORTED, ends=day + timedelta(days=days), hearing=day + timedelta(days=days))  # fmt: skip
        try:
            now = happen(now, new)
        except RuleBroken:
            continue
        assert now.life in reachable()
        far = crime_alarms.standing(now, day + timedelta(days=4000))
        seen = {one.code for one in far}
        assert ("hearing_past" in seen) == (now.hearing is not None)
        assert ("bail_past" in seen) == (now.bail_ends is not None)
        assert not now.open_counts or now.life.stage not in ("acquitted", "sentenced")


def tried(*more: Happened) -> Course:
    return course(
        *recorded(),
        at("charged", date(2026, 1, 3), 3, offence="pha_s4a_sad", outcome="1"),
        at("charged", date(2026, 1, 3), 4, offence="spa_s8", outcome="1"),
        *more,
    )


def test_a_count_that_lies_on_file_is_neither_verdict_and_never_the_only_end_of_a_charge():
    day = date(2026, 6, 11)
    with pytest.raises(RuleBroken):
        tried(at("on_file", day, 5, count=3), at("on_file", day, 6, count=4))
    ended = tried(at("guilty", day, 5, count=3), at("on_file", day, 6, count=4))
    assert [one.verdict for one in ended.counts] == ["guilty", "on_file"]
    assert may_happen(ended, at("sentenced", day, 7)), "it holds up no sentence"


def test_a_new_trial_opens_again_what_ended_in_guilty_alone():
    day = date(2026, 6, 11)
    held = tried(
        at("guilty", day, 5, count=3), at("on_file", day, 6, count=4), at("sentenced_custody", day, 7),
        at("release_said", day, 8, ends=date(2027, 1, 1)), at("appealed", day, 9), at("appeal_new_trial", day, 10),
    )  # fmt: skip
    assert (held.life.stage, held.life.open, held.release) == ("before_court", "none", None)
    assert [one.verdict for one in held.counts] == ["", "on_file"]
    assert may_happen(held, at("acquitted", day, 11, count=3))
