"""Which orders are possible: worked examples, and that more knowledge never takes back what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.law.clocks import SYSTEMS
from joindots.law.orders import Stage, protective_orders
from joindots.law.routes import Asker, Facts, Link, not_held, possible
from joindots.law.tables import police_forces

TODAY = date(2026, 11, 22)
STRANGER = Facts(
    day=TODAY, system="england_wales", link="other", about_child=False, subject_age=34, person_age=29, stage="none",
    force="dorset",
)  # fmt: skip
FORMER_PARTNER = replace(STRANGER, link="partner")
FACTS = st.builds(
    Facts,
    day=st.dates(date(2020, 2, 1), date(2030, 1, 1)),
    system=st.sampled_from(SYSTEMS),
    link=st.none() | st.sampled_from(get_args(Link)),
    about_child=st.none() | st.booleans(),
    subject_age=st.none() | st.integers(0, 90),
    person_age=st.none() | st.integers(0, 90),
    stage=st.none() | st.sampled_from(get_args(Stage)),
    force=st.none() | st.sampled_from(sorted(police_forces())),
    asker=st.none() | st.sampled_from(get_args(Asker)),
)
KNOWN = st.fixed_dictionaries(
    {
        "link": st.sampled_from(get_args(Link)),
        "about_child": st.booleans(),
        "subject_age": st.integers(0, 90),
        "person_age": st.integers(0, 90),
        "stage": st.sampled_from(get_args(Stage)),
    }
)


def told(facts: Facts, answer: str) -> set[str]:
    return {one.order.code for one in possible(facts) if one.answer == answer}


def why(facts: Facts, code: str) -> str:
    return " ".join(str(words) for one in possible(facts) if one.order.code == code for words in one.why)


def test_against_a_stranger_the_police_can_ask_for_a_stalking_order_and_the_family_court_is_shut():
    assert {"spo", "ispo", "pha_injunction"} <= told(STRANGER, "open")
    assert {"nmo", "oo", "dapo", "dvpn_dvpo"} <= told(STRANGER, "shut")
    assert "partners, or relatives" in why(STRANGER, "nmo")


def test_against_a_former_partner_the_family_court_is_open_and_a_new_area_must_be_looked_up():
    assert {"spo", "nmo", "oo"} <= told(FORMER_PARTNER, "open")
    assert {"dapn", "dapo", "dvpn_dvpo"} == told(FORMER_PARTNER, "ask")
    assert "This version knows of parts of" in why(FORMER_PARTNER, "dapo")


def test_before_any_area_had_domestic_abuse_orders_the_older_ones_were_everywhere():
    before = replace(FORMER_PARTNER, day=date(2024, 11, 26))
    assert "dvpn_dvpo" in told(before, "open")
    assert "It can be had since Wednesday 27 November 2024." in why(before, "dapo")


def test_the_person_asking_is_shown_what_they_can_start_themselves_and_who_starts_the_rest():
    own = replace(FORMER_PARTNER, asker="person")
    assert {"pha_injunction", "nmo", "oo"} <= told(own, "open")
    assert "chief officer of police" in why(own, "spo")
    assert "cannot ask for it" in why(own, "spo")


@pytest.mark.parametrize(
    ("stage", "opened"),
    [("arrested", "bail_pre"), ("charged", "bail_post"), ("convicted", "ro_conviction"), ("acquitted", "ro_acquittal"),
     ("released", "licence")],
)  # fmt: skip
def test_each_stage_of_a_criminal_matter_opens_its_own_protection(stage: Stage, opened: str):
    by_stage = {"bail_pre", "bail_post", "ro_conviction", "ro_acquittal", "licence"}
    assert told(replace(STRANGER, stage=stage), "open") & by_stage == {opened}


@pytest.mark.parametrize("stage", ["convicted", "acquitted"])
def test_an_order_by_the_criminal_court_is_shut_until_its_power_begins(stage: Stage):
    assert "has not begun" in why(replace(STRANGER, stage=stage), "spo_conviction")
    assert "spo_conviction" in told(replace(STRANGER, stage=stage), "shut")


def test_a_subject_under_18_goes_to_the_youth_court_and_a_child_under_10_to_none():
    assert "youth court hears it" in why(replace(STRANGER, subject_age=17), "spo")
    assert "youth court hears it" not in why(replace(STRANGER, subject_age=18), "spo")
    assert "spo" in told(replace(STRANGER, subject_age=9), "shut")


def test_a_force_that_cannot_apply_says_which_can():
    assert "Ask the force of the area" in why(replace(STRANGER, force="civil-nuclear"), "spo")


def test_a_police_information_notice_is_never_offered():
    assert "not to be used for stalking" in why(STRANGER, "cpn_pin")
    assert "cpn_pin" in told(STRANGER, "shut")


def test_each_law_system_has_its_own_and_says_what_the_list_lacks():
    assert "ni_spo" in told(replace(STRANGER, system="northern_ireland"), "open")
    assert told(replace(STRANGER, system="scotland"), "open") == {"nho_civil"}
    assert "not in this list" in str(not_held("scotland"))
    assert not_held("england_wales") is None


@given(FACTS)
def test_every_kind_of_order_is_answered_once_and_never_without_a_sentence(facts: Facts):
    answers = possible(facts)
    assert sorted(one.order.code for one in answers) == sorted(protective_orders())
    for one in answers:
        assert one.why
        assert all(str(words)[0].isupper() and "{" not in str(words) for words in one.why)
        if one.answer == "open":
            assert one.order.law_system == facts.system
            assert not one.order.not_for_stalking


@given(FACTS, KNOWN)
def test_what_is_open_or_shut_stays_so_however_the_unknown_turns_out(facts: Facts, known: dict[str, object]):
    unknown = {name: value for name, value in known.items() if getattr(facts, name) is None}
    later = {one.order.code: one.answer for one in possible(replace(facts, **unknown))}
    for one in possible(facts):
        assert one.answer == "ask" or later[one.order.code] == one.answer


@given(FACTS)
def test_who_asks_can_only_shut_routes(facts: Facts):
    anybody = {one.order.code: one.answer for one in possible(replace(facts, asker=None))}
    for one in possible(facts):
        assert one.answer in ("shut", anybody[one.order.code])
