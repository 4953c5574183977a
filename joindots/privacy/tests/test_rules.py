"""The clocks of requests about personal data, how each may be answered, and letters that give nothing away."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from joindots.notices.rules.notices import State as Left
from joindots.privacy.rules import (
    ANSWER_WORDS,
    GROUNDS,
    KIND_WORDS,
    Kind,
    acknowledgement,
    answers,
    can_acknowledge,
    can_answer,
    can_extend,
    can_register,
    clocks,
    neither,
    next_day,
)
from joindots.privacy.rules.register import told_by

CAME = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("kind", "acknowledge_by", "answer_by"),
    [
        (Kind.ELSE, None, date(2026, 5, 20)),  # D50
        (Kind.COPY, None, date(2026, 5, 20)),
        (Kind.COMPLAINT, date(2026, 5, 19), None),
        (Kind.POLICE, None, None),
    ],
)
def test_each_kind_has_its_clock(kind: Kind, acknowledge_by: date | None, answer_by: date | None):
    told = clocks(kind, CAME)
    assert (told.acknowledge_by, told.answer_by) == (acknowledge_by, answer_by)
    assert next_day(told, acknowledged=False) == (acknowledge_by or answer_by)
    assert next_day(told, acknowledged=True) == answer_by


def test_a_month_may_be_made_three_once_in_time_and_with_a_reason():
    assert clocks(Kind.COPY, CAME, extended=True).answer_by == date(2026, 7, 20)
    due = date(2026, 5, 20)
    assert can_extend(Kind.COPY, None, due, due, "many files")
    assert not can_extend(Kind.COPY, None, date(2026, 5, 21), due, "many files")
    assert not can_extend(Kind.COPY, CAME, CAME, due, "many files")
    assert not can_extend(Kind.COPY, None, CAME, due, "")
    assert not can_extend(Kind.COMPLAINT, None, CAME, None, "many files")


def test_whoever_is_no_client_is_told_neither_yes_nor_no():
    assert answers(Kind.ELSE) == ("neither", "withdrawn")
    for answer in set(ANSWER_WORDS) - {"neither", "withdrawn"}:
        assert not can_answer(Kind.ELSE, answer, "because", "told")


def test_what_is_kept_back_has_a_reason():
    assert can_answer(Kind.COPY, "given", "", "")
    for answer in ("part", "refused"):
        assert not can_answer(Kind.COPY, answer, "", "")
        assert can_answer(Kind.COPY, answer, "others' words", "")
    assert not can_answer(Kind.COMPLAINT, "not_upheld", "", "")


def test_nothing_goes_to_others_without_a_word_on_whether_the_client_was_told():
    assert not can_answer(Kind.POLICE, "given", "", "")
    assert can_answer(Kind.POLICE, "given", "", "told", tuple(GROUNDS))
    assert not can_answer(Kind.POLICE, "given", "", "told", tuple(GROUNDS)[1:])
    assert can_answer(Kind.POLICE, "given", "", "withheld", tuple(GROUNDS))
    told = {(letter, why): told_by(letter, why) for letter in ("", *Left) for why in ("", "no safe post")}
    assert {pair for pair, code in told.items() if code == "told"} == {("sent", ""), ("sent", "no safe post")}
    assert all(code == ("withheld" if why else "") for (letter, why), code in told.items() if letter != "sent")


def test_a_request_is_entered_with_a_name_and_no_day_to_come():
    assert can_register(CAME, CAME, "C. P.")
    assert not can_register(date(2026, 4, 21), CAME, "C. P.")
    assert not can_register(CAME, CAME, "")
    assert can_acknowledge(Kind.COMPLAINT, None) and not can_acknowledge(Kind.COMPLAINT, CAME)


@given(some.sampled_from(Kind), some.dates(date(2025, 1, 1), date(2027, 12, 1)))
def test_letters_hold_the_reference_and_the_day_and_no_word_of_anybody(kind: Kind, came: date):
    told = acknowledgement(kind, "K4QT-7WXM", "Stillwater", came, clocks(kind, came))
    assert "K4QT-7WXM" in told and f"{came:%B %Y}" in told
    assert "client" not in told and "stalk" not in told
    assert neither("K4QT-7WXM", "Stillwater").count("Stillwater") == 1
    assert set(answers(kind)) <= set(ANSWER_WORDS) and kind in KIND_WORDS
