"""What is shown again of an order's steps: every day that begins, changes or ends protection, and every fact said."""

from __future__ import annotations

from datetime import date
from typing import get_args

from joindots.law.happening import Happened
from joindots.law.life import IN_FORCE, Table, steps
from joindots.orders.answers import marked
from joindots.orders.rules.life import CONSENTED, DUTY, facts


def test_no_step_with_which_an_order_begins_or_ceases_to_bind_is_left_out():
    for by in get_args(Table):
        for one in steps(by).values():
            before = set(one.stages.split())
            begins = one.to_stage in IN_FORCE and not before <= IN_FORCE
            ends = bool(one.to_stage) and one.to_stage not in IN_FORCE and bool(before & IN_FORCE)
            assert not (begins or ends) or one.event in marked(), one.code


def test_what_is_only_asked_for_marks_no_day():
    for event in ("apply_vary", "apply_renew", "appeal_lodged", "hearing_listed", "notified", "complaint_lodged"):
        assert event not in marked()


def test_what_was_said_with_a_step_is_shown_again():
    day = date(2026, 3, 2)
    signed = Happened(event="chief_officer_delegate_signs", on=day, investigation="none_with_reason")
    assert facts(signed) == ("Investigation: there is none, for the reason below.",)
    assert facts(Happened(event="discharged", on=day, consents=True)) == (CONSENTED,)
    assert facts(Happened(event="served_none_owed", on=day, sex_offender_duty=True)) == (DUTY,)
    assert facts(Happened(event="served", on=day)) == ()
