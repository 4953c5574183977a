"""The days of an order that the pictures mark: none on which protection begins, changes, is broken or ends is missing."""

from __future__ import annotations

from typing import get_args

from joindots.law.life import IN_FORCE, Table, steps
from joindots.orders.answers import marked


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
