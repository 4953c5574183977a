"""Marks, sheets, safe times and readiness: pure, and no word is ever lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.helpline.rules import fields, finding, marks, plain, safe, saying, sheet, shift, states, unanswered
from joindots.kernel.when import LOCAL
from joindots.people.rules.windows import inside

AT = datetime(2025, 11, 17, 12, 0, tzinfo=UTC)
HOLIDAYS = frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2025, 8, 25)})


@given(st.text(max_size=300))
def test_no_word_of_a_line_is_lost(typed: str) -> None:
    line = marks.read(typed)
    text = typed.strip()
    assert line.kind in marks.KINDS
    assert line.words == text or (text.startswith("/") and text.endswith(line.words))
    assert len(text) - len(line.words) <= max(len(word) for word in (*marks.FACTS, "-n?")) + 2 or line.words == text


@given(st.text(alphabet="ab |\n", max_size=60))
def test_pasted_text_is_cut_into_lines_that_hold_all_its_words(typed: str) -> None:
    assert "".join("".join(marks.pieces(typed)).split()) == "".join(typed.split())


@pytest.mark.parametrize(
    ("typed", "kind", "words", "field", "value"),
    [
        ("/i he waits | today", "incident", "he waits | today", "", ""),
        ("/I he waits", "incident", "he waits", "", ""),
        ("/0", "heard", "", "hear_again", "yes"),
        ("/-? nothing said", "heard", "nothing said", "hear_change", "unknown"),
        ("/8n", "heard", "", "hear_threat", "no"),
        ("/since June", "fact", "June", "duration_words", "June"),
        ("/since", "plain", "/since", "", ""),
        ("/x y", "plain", "/x y", "", ""),
        ("1/2 past", "plain", "1/2 past", "", ""),
        ("/", "plain", "/", "", ""),
        ("/33 acts", "plain", "/33 acts", "", ""),
    ],
)
def test_a_mark_puts_a_line_into_its_place(typed: str, kind: str, words: str, field: str, value: str) -> None:
    assert marks.read(typed) == marks.Line(kind, words, field, value)


def test_what_follows_the_third_bar_belongs_to_the_evidence() -> None:
    assert marks.in_places("a | b || c | d") == {"what": "a", "when": "b", "evidence": "c | d"}


FIELDS = st.sampled_from(["safe_now", "called", "hear_fear", "area"])


@given(st.lists(st.tuples(FIELDS, st.sampled_from(["", "yes", "no"])), max_size=40))
def test_what_was_said_last_counts_and_empty_is_not_asked(told: list[tuple[str, str]]) -> None:
    sayings: sheet.Sayings = ()
    for field, value in told:
        sayings = sheet.with_said(sayings, field, value, AT)
    now = sheet.told(sayings)
    assert {field: one.value for field, one in now.items()} == {f: v for f, v in dict(told).items() if v}
    assert sheet.decoded(sheet.encoded(sayings)) == sayings


def test_what_counts_now_is_never_dropped_for_want_of_room() -> None:
    sayings = (sheet.Said("called", "Rhian", AT),)
    for number in range(sheet.MOST + 20):
        sayings = sheet.with_said(sayings, "hear_fear", ("yes", "no")[number % 2], AT)
    assert len(sayings) == sheet.MOST and sheet.told(sayings)["called"].value == "Rhian"


def test_every_way_to_reach_somebody_stands_at_the_contact_tier() -> None:
    for field in ("number", "times", "area", "say", "cut_off", "voicemail"):
        assert sheet.place_of(field) == sheet.REACH
    assert sheet.place_of("called") == sheet.WHO


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Mon-Fri 12:30-13:15", "Mon to Fri 12:30 to 13:15, not on bank holidays"),
        ("Mon to Fri 12.30 to 13.15, Sat and Sun 13:30 until 14:30",
         "Mon to Fri 12:30 to 13:15, Sat and Sun 13:30 to 14:30"),
        ("weekdays 9:00-15:00", "Mon to Fri 09:00 to 15:00, not on bank holidays"),
        ("22:00-01:00", "Any day 22:00 to 01:00"), ("Sat 23:30 to 24:00", "Sat 23:30 to 24:00"),
        ("Fri 23:00-00:00", "Fri 23:00 to 24:00, not on bank holidays"), ("22:00-21:00", None),
        ("10:00-11:00", "Any day 10:00 to 11:00"),
        ("any time", "any time"),
        ("Fri-Mon 10:00-11:00", "Mon, Fri, Sat and Sun 10:00 to 11:00"),
        ("9-3", None), ("not Mon 10:00-11:00", None), ("Mon 10:00-11:00 but not the 3rd", None), ("", None),
        ("Mon 15:00-09:00", None), ("except weekdays 10:00-11:00", None), ("mornings", None), ("24:00-25:00", None),
        ("Mon 10:00-11:00 or ring", None),
    ],
)  # fmt: skip
def test_times_are_read_for_certain_or_not_at_all(typed: str, says: str | None) -> None:
    told = safe.read(typed)
    assert (safe.says(told) if told else None) == says


def test_a_way_without_its_number_is_not_told_as_safe() -> None:
    assert safe.line({"cut_off": "ring"}) == "May be rung; times not asked. Number not asked."
    assert safe.line({"cut_off": "text", "times": "any time", "number": ""}) == "Do not ring back. Text only, any time."


@given(st.text(max_size=80))
def test_no_words_break_the_reading_of_times(typed: str) -> None:
    told = safe.read(typed)
    assert told is None or len(told) >= 1


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.sampled_from(["Mon-Fri 12:30-13:15", "Sun 0:30-3:00", "Sat 22:00-02:30", "Fri 23:00-01:30"]),
)
def test_a_promised_stretch_lies_wholly_in_the_safe_times(minutes: int, typed: str) -> None:
    told = safe.read(typed)
    assert told is not None
    after = (datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(LOCAL)
    stretch = safe.stretch(told, after, HOLIDAYS)
    assert stretch is not None and stretch[0] >= after.astimezone(UTC) - timedelta(minutes=1)
    last, shut = stretch[1] - timedelta(minutes=1), HOLIDAYS if safe.working_days_alone(told) else ()
    assert stretch[0] < stretch[1] and inside(told, stretch[0], shut) and inside(told, last, shut)
    assert not inside(told, stretch[1], shut)


def test_who_named_working_days_alone_is_not_rung_on_a_bank_holiday() -> None:
    christmas = datetime(2025, 12, 25, 12, 45, tzinfo=UTC)
    told, any_day = safe.read("weekdays 12:30-13:15"), safe.read("12:30-13:15")
    assert told and any_day
    assert not safe.can_reach(told, christmas, HOLIDAYS) and safe.can_reach(any_day, christmas, HOLIDAYS)
    assert safe.stretch(told, christmas, HOLIDAYS) == (
        datetime(2025, 12, 29, 12, 30, tzinfo=UTC), datetime(2025, 12, 29, 13, 15, tzinfo=UTC)
    )  # fmt: skip


@given(
    st.dictionaries(st.sampled_from([one.code for one in shift.STEPS]), st.dates(date(2020, 1, 1), date(2026, 1, 1)))
)
def test_whoever_lacks_a_check_or_training_takes_no_call(done: dict[str, date]) -> None:
    day = date(2025, 11, 17)
    allowed = shift.can_take_calls(done, day)
    needed = {one.code for one in shift.STEPS if one.before_first_call}
    if not needed <= {code for code, on in done.items() if on <= day}:
        assert not allowed
    if allowed:
        assert done["checks"] + timedelta(days=3 * 365) >= day and done.get("goodbye", date.max) > day


def test_three_hard_ones_in_a_week_offer_a_talk() -> None:
    assert shift.rests([AT, AT - timedelta(days=2), AT - timedelta(days=6)], AT)
    assert not shift.rests([AT, AT - timedelta(days=2), AT - timedelta(days=8)], AT)


@given(st.sets(st.sampled_from([*plain.STATEMENTS, "forged"])))
def test_the_public_answer_gives_no_number_and_counts_no_forged_tick(ticked: set[str]) -> None:
    told = plain.answer(ticked)
    assert (told is plain.Answer.NOTHING_TICKED) == (not ticked & set(plain.STATEMENTS))
    if {"unwanted", "repeated"} <= ticked:
        assert told is plain.Answer.CAN_BE


@pytest.mark.parametrize("caller", states.CALLERS)
def test_only_the_person_themselves_may_have_earlier_contacts_looked_for(caller: str) -> None:
    assert bool(states.can_link(caller)) == (caller in ("", "self"))
    assert bool(states.can_confirm(caller)) == (caller != states.DOING_IT)


@given(st.dictionaries(st.sampled_from(["at", "outcome", "waited", "number"]), st.text(max_size=30)))
def test_no_row_of_a_phone_system_breaks_the_reading(row: dict[str, str]) -> None:
    told = unanswered.read(row, AT)
    assert told is None or told.kind in ("missed", "abandoned")


def test_every_field_may_be_left_out_and_knows_its_answers() -> None:
    assert len(fields.fields()) >= 20
    for field in fields.fields().values():
        assert fields.can_keep(field.code, "")
        if field.choices:
            assert not fields.can_keep(field.code, "forged")
            assert all(fields.can_keep(field.code, code) for code in field.words)


def test_prompts_have_a_key_each_and_name_no_protected_tool() -> None:
    assert len({one.key for one in saying.PROMPTS}) == len(saying.PROMPTS) == 11
    told = " ".join(one.says + one.asks for one in saying.PROMPTS).casefold()
    assert not any(name in told for name in ("dash", "sash", "sam ", "score"))


def test_a_name_is_met_again_without_case_or_accents_and_a_number_however_written() -> None:
    assert finding.compared("name", "  RHÎAN  Example ") == "rhian example"
    assert finding.compared("number", "07700 900122") == finding.compared("number", "+44 7700 900122")
    assert finding.readings("") == ()
