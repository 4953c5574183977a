"""Who is protected hears first: every decision of a court about an order waits until they were told, or says why not."""

from __future__ import annotations

from typing import get_args

from joindots.law.life import IN_FORCE, Table, steps

DECISIONS = {
    "court_makes_interim", "court_refuses_interim", "interim_varied_or_renewed", "interim_discharged", "main_granted",
    "main_refused", "decided", "variation_refused", "renewed", "renewal_refused", "discharged", "discharge_refused",
    "appeal_dismissed", "appeal_allowed", "decision_appeal_dismissed", "decision_appeal_allowed",
    "discharged_on_appeal", "order_refused", "order_varied", "order_ended",
}  # fmt: skip
"""An order of another kind that is made is not among them: who is protected most often asked for it, or told of it."""
BY_ITSELF = {"interim_period_ended", "end_date_passed"}
"""What no court decides on a day: alarms say before it that the protection runs out."""


def test_every_decision_of_a_court_about_an_order_tells_first():
    rows = [*steps("spo_life").values(), *steps("order_life").values()]
    assert {one.event for one in rows} >= DECISIONS
    assert [one.code for one in rows if one.event in DECISIONS and not one.tell_first] == []


def test_no_step_ends_protection_unheard():
    for by in get_args(Table):
        for one in steps(by).values():
            ends = one.to_stage and one.to_stage not in IN_FORCE and IN_FORCE & set(one.stages.split())
            assert not ends or one.tell_first or one.event in BY_ITSELF, one.code
