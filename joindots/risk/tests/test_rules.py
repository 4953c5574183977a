"""Rules of risk: what a form can be, what counts as asked, what can be judged, and what asks for a new look."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.risk.rules import asking, escalating, forms, judging
from joindots.risk.rules.asking import Said, State
from joindots.risk.rules.escalating import CRITICAL_ACTS, SERIOUS_ACTS, Act, Changed, Recorded, Sign, Yes
from joindots.risk.rules.judging import Judging, Level
from joindots.risk.rules.tables import escalations, tools

TODAY = date(2025, 11, 17)
RULES = escalations()
SCREEN = forms.newest_forms()[0]
RELEASED: Mapping[str, str] = json.loads((Path(__file__).parent / "released.json").read_text())
FORM = """code = "x"
version = "1"
name = "X"
[licence]
holder = "H"
terms = "T"
[own_rule]
says = "See the manual."
source = "p 4"
counts = "yes"
[[question]]
code = "a"
ask = "A?"
[[question]]
code = "b"
ask = "B?"
"""
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
said = st.dictionaries(st.sampled_from(list(SCREEN.by_code)), st.sampled_from(list(Said)))
acts = st.lists(
    st.builds(
        Act, st.text("ABC", min_size=4, max_size=4), st.none() | days, days,
        st.lists(st.sampled_from(sorted(SERIOUS_ACTS | {"calls", "gifts"})), max_size=3).map(tuple),
    ),
    max_size=12,
).map(tuple)  # fmt: skip
records = st.builds(
    Recorded, acts, st.dictionaries(days, st.integers(1, 50), max_size=40), st.integers(0, 60),
    st.lists(st.builds(Yes, st.text("a", min_size=1), st.just("q"), st.sampled_from(["critical", "fear"]), days),
             max_size=3).map(tuple),
    st.lists(st.builds(Changed, st.text("c", min_size=1), st.just("order"), days), max_size=3).map(tuple),
    st.booleans(),
)  # fmt: skip


def rules_of(found: Recorded, today: date = TODAY) -> set[str]:
    return {one.rule for one in escalating.signs(found, RULES, today)}


def test_words_of_a_released_version_never_change_and_ours_carry_no_protected_name() -> None:
    here = files("joindots.risk").joinpath("data")
    assert {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in here.iterdir() if one.name.endswith(".toml")
    } == RELEASED
    for form in forms.our_forms().values():
        shown = " ".join([form.name, form.about, *(f"{one.topic} {one.ask} {one.listen}" for one in form.questions)])
        assert forms.PROTECTED.search(shown) is None, form.code
        assert form.own_rule is None
    assert [one.code for one in tools().values() if not forms.PROTECTED.search(one.name)] == ["other"]


@settings(max_examples=60)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda one: one.encode("utf-8", "replace")))
def test_bytes_that_are_no_form_get_a_sentence_for_each_fault(data: bytes) -> None:
    with pytest.raises(forms.BadForm) as bad:
        forms.read_form(data)
    assert 1 <= len(bad.value.faults) <= forms.MOST_TOLD
    assert all(one.strip().endswith(".") for one in bad.value.faults)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('code = "b"', 'code = "a"'), "the code a of another one"),
        (('ask = "B?"', 'weight = 3\nask = "B?"'), "Weights and scores are not loaded"),
        (('terms = "T"', ""), "has no terms"),
        (('counts = "yes"', 'counts = "points"'), "Nothing else is counted"),
        (('version = "1"', ""), "version is missing"),
        (('code = "x"', 'code = "x'), "line 1 cannot be read"),
        (('ask = "A?"', f'ask = "{"A" * 2001}"'), "question 1 has no ask"),
        (('name = "X"', 'name = "X"\nscore = 9'), "score is not known here"),
    ],
)  # fmt: skip
def test_a_bad_form_names_its_place_and_the_cure(change: tuple[str, str], says: str) -> None:
    with pytest.raises(forms.BadForm, match=says):
        forms.read_form(FORM.replace(*change, 1).encode())


@given(said)
def test_not_known_is_asked_and_is_no_no_and_what_was_not_asked_is_never_counted(told: dict[str, Said]) -> None:
    found = asking.progress(SCREEN, told)
    counted = Counter(told.values())
    assert found.asked == sum(counted.values()) - counted[Said.NOT_ASKED]
    assert found.not_known == counted[Said.NOT_KNOWN]
    assert found.complete == (found.asked == 11)
    assert ("Carry on next time." in found.says) != found.complete
    assert asking.own_rule_says(SCREEN, told) == ""
    upcoming = asking.next_question(SCREEN, told)
    assert (upcoming == "") == found.complete
    assert told.get(upcoming, Said.NOT_ASKED) is Said.NOT_ASKED
    assert bool(asking.can_move(State.ASKING, State.DONE, found)) == found.complete


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(list(Said))))
def test_a_tools_own_rule_is_shown_only_when_every_question_was_put(told: dict[str, Said]) -> None:
    form = forms.read_form(FORM.encode())
    shown = asking.own_rule_says(form, told)
    assert bool(shown) == asking.progress(form, told).complete
    if shown:
        assert shown == f"Yes to {list(told.values()).count(Said.YES)} of 2. See the manual."


def test_what_cases_hold_by_code_never_goes_away() -> None:
    assert list(RULES) == ["critical_sign", "new_kinds", "trigger", "rising", "silence", "fear_alone"]
    assert set(tools()) >= {"sdash", "dash_ric", "dash_police", "dara", "sst", "sash", "srp", "sam", "oasys", "other"}
    assert all(len(code) <= 13 for code in escalating.CHANGES)


def test_a_file_nested_without_end_is_refused_in_words() -> None:
    with pytest.raises(forms.BadForm, match=r"nested too deeply|cannot be read"):
        forms.read_form(b"a = " + b"[" * 100_000)


@given(st.sampled_from([*escalating.CHANGES, "new"]), st.integers(-9000, 9000))
def test_a_change_is_of_a_kind_shown_and_within_ten_years(kind: str, days_away: int) -> None:
    allowed = kind in escalating.CHANGES and abs(days_away) <= 3660
    assert bool(escalating.can_note_change(kind, "said", days_away)) == allowed


def test_the_last_day_there_is_has_a_day_of_review_and_is_refused_in_words() -> None:
    assert judging.review_by("high", date.max) == date.max
    assert not judging.can_judge(Judging("high", date.max, date.max, "because", ("person",)), TODAY)


def test_a_table_of_states_is_total() -> None:
    assert set(asking.NEXT) == set(State)
    assert set(judging.CLOCK) == set(judging.LEVEL_WORDS) == set(Level)


@given(st.sampled_from(list(Level)), days, st.integers(-3, 400))
def test_a_judgement_has_a_level_reasons_somebody_at_risk_and_a_day_of_review(
    level: Level, made_on: date, later: int
) -> None:
    good = Judging(
        level, made_on, made_on + timedelta(days=later), "because", ("person",), ratings=(("violence", "uncertain"),)
    )
    assert bool(judging.can_judge(good, made_on)) == (1 <= later <= 366)
    assert not judging.can_judge(good, made_on - timedelta(days=1))
    assert judging.review_by(level, made_on) - made_on in (timedelta(days=7), timedelta(days=28))
    for less in ({"reasons": " "}, {"at_risk": ()}, {"at_risk": ("nobody",)}, {"level": "dire"}):
        told = {**{name: getattr(good, name) for name in Judging.__slots__}, **less}
        assert not judging.can_judge(Judging(**told), made_on)


@settings(max_examples=40)
@given(records, days)
def test_no_fact_asks_twice_and_the_rules_say_nothing_of_a_level(found: Recorded, today: date) -> None:
    told = escalating.signs(found, RULES, today)
    used = {(one.rule, one.key) for one in told}
    assert escalating.fresh(told, used) == {}
    assert {rule for rule, _ in used} == set(escalating.fresh(told, ()))
    assert not any(one.rule == "silence" for one in told) or found.judged_high
    words = " ".join(f"{one.title} {one.says}".lower() for one in RULES.values())
    assert not any(one in words for one in ("risk is high", "score", "probab", "predict"))


@settings(max_examples=40)
@given(records, days)
def test_a_critical_act_or_answer_always_asks_the_same_day(found: Recorded, today: date) -> None:
    acts_now = any(set(one.behaviours) & CRITICAL_ACTS for one in found.acts)
    answers = any(one.sign == "critical" for one in found.yes)
    assert ("critical_sign" in rules_of(found, today)) == (acts_now or answers)
    at = datetime(2025, 11, 17, 23, 30, tzinfo=UTC)
    assert escalating.due_at(RULES["critical_sign"], at) == (None, date(2025, 11, 17))
    assert escalating.due_at(RULES["trigger"], at) == (at + timedelta(hours=24), date(2025, 11, 18))
    assert escalating.due_at(RULES["rising"], at) == (None, date(2025, 11, 24))


def weeks(*numbers: int) -> dict[date, int]:
    """So many in each whole week before this one, the last week last."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    found = {monday - timedelta(weeks=len(numbers) - at): number for at, number in enumerate(numbers)}
    return {day: number for day, number in found.items() if number}


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_rising_is_three_rises_in_whole_weeks_that_follow_each_other(numbers: list[int]) -> None:
    found = Recorded(by_day=weeks(*numbers) | {TODAY: 99})
    rises = all(more > less for less, more in pairwise(numbers))
    assert ("rising" in rules_of(found)) == rises


def test_new_kinds_need_two_within_fourteen_days_and_something_from_before() -> None:
    def act(ago: int, *codes: str) -> Act:
        day = TODAY - timedelta(days=ago)
        return Act(f"R{ago}", day, day, codes)

    def found(*told: Act) -> Recorded:
        return Recorded(told, {one.counts_on: 1 for one in told})

    old = act(60, "calls", "loiter_home")
    assert "new_kinds" in rules_of(found(old, act(13, "tracker"), act(1, "break_in")))
    assert "new_kinds" not in rules_of(found(old, act(14, "tracker"), act(1, "break_in")))
    assert "new_kinds" not in rules_of(found(old, act(2, "loiter_home"), act(1, "break_in")))
    assert "new_kinds" not in rules_of(found(old, act(2, "gifts"), act(1, "break_in")))
    assert "new_kinds" not in rules_of(found(act(2, "tracker"), act(1, "break_in")))


def test_a_silence_asks_after_28_days_of_a_case_judged_high_and_once_for_each() -> None:
    last = TODAY - timedelta(days=28)
    assert rules_of(Recorded(by_day={last: 3}, judged_high=True)) == {"silence"}
    assert rules_of(Recorded(by_day={last: 3}, judged_high=False)) == set()
    assert rules_of(Recorded(by_day={last + timedelta(days=1): 3}, judged_high=True)) == set()
    (one,) = escalating.signs(Recorded(by_day={last: 3}, judged_high=True), RULES, TODAY)
    (later,) = escalating.signs(Recorded(by_day={last: 3}, judged_high=True), RULES, TODAY + timedelta(days=9))
    assert (one.key, one.number, later.key, later.number) == (str(last), 28, str(last), 37)


def test_fear_asks_where_few_acts_are_recorded() -> None:
    fear = (Yes("a", "fear", "fear", TODAY),)
    assert rules_of(Recorded(total=4, yes=fear)) == {"fear_alone"}
    assert rules_of(Recorded(total=5, yes=fear)) == set()


@settings(max_examples=40)
@given(st.booleans(), st.sampled_from([*escalating.CLOSING, "closed", ""]), st.text(max_size=600))
def test_a_prompt_is_closed_once_by_what_a_person_did_and_why(is_open: bool, how: str, why: str) -> None:
    allowed = is_open and how in escalating.CLOSING and bool(why.strip()) and len(why) <= escalating.MOST_WHY
    assert bool(escalating.can_close(is_open, how, why)) == allowed


def test_signs_are_told_by_rule_in_the_order_of_the_rules() -> None:
    found = Recorded(
        (Act("R", TODAY, TODAY, ("weapon",)),), {TODAY: 1}, 1, (Yes("a", "fear", "fear", TODAY),),
        (Changed("c", "order", TODAY),), True,
    )  # fmt: skip
    assert [one.rule for one in escalating.signs(found, RULES, TODAY)] == ["critical_sign", "trigger", "fear_alone"]
    assert Sign("trigger", "c", "change", "c", TODAY, "order") in escalating.signs(found, RULES, TODAY)
