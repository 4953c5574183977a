"""Facts about support: the eight areas, the twelve rights and their clocks, the questions and their needs."""

from __future__ import annotations

from datetime import date
from typing import get_args

from joindots.law import clocks, support, tables


def test_plan_topics_cover_all_eight_areas_and_questions_their_needs():
    assert {one.area for one in support.plan_topics().values()} == set(get_args(support.Area))
    assert {one.need for one in support.cope_questions().values()} <= set(support.needs_areas())


def test_the_code_has_twelve_rights_whose_clocks_are_known_and_counted():
    assert list(support.code_rights()) == [str(number) for number in range(1, 13)]
    named = {code for one in support.code_rights().values() for code in one.clocks.split()}
    assert named <= set(tables.deadlines())
    for code in named:
        assert clocks.due_on(code, date(2026, 1, 5)) > date(2026, 1, 5)


def test_enhanced_rights_shorten_the_clocks_whose_row_says_so_and_no_other():
    assert clocks.due_on("vcop_key_decisions", date(2025, 11, 13), enhanced=True) == date(2025, 11, 14)  # D19
    assert clocks.due_on("vcop_key_decisions", date(2025, 11, 13)) == date(2025, 11, 20)
    assert clocks.due_on("vcop_refer_support", date(2025, 9, 22), enhanced=True) == date(2025, 9, 24)  # D08
    assert clocks.due_on("vcop_charge_decision", date(2026, 1, 3), enhanced=True) == date(2026, 1, 5)  # D40
    said = {code for code, one in tables.deadlines().items() if "enhanced rights: 1 working day" in one.counting_rule}
    assert said == clocks.ENHANCED
