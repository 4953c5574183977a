"""Every kind of order of the table is recorded, served, varied and ended by its own life; some wait for their day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from joindots.law.alarms import alarms, standing
from joindots.law.episode import Episode, Happened, happen
from joindots.law.life import OTHER_START, all_events
from joindots.law.orders import Power, powers, protective_orders
from joindots.orders import rules
from joindots.orders.rules import desk

DAY = timedelta(days=1)
MADE = date(2026, 3, 2)
KINDS = sorted(rules.other_kinds(MADE))


def test_every_kind_of_the_table_is_recorded_here_or_it_is_said_why_not():
    not_here = set(protective_orders()) - set(KINDS)
    assert not_here == {"spo", "ispo", "cpn_pin", "spo_conviction"}
    assert {"dapo", "dapn", "ni_spo", "bail_pre", "licence", "nho_civil"} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_made_served_varied_served_as_varied_and_ended(kind: str):
    episode = Episode(life=replace(OTHER_START, kind=kind))
    steps = (
        ("applied", MADE - DAY, None), ("order_made", MADE, date(2028, 6, 1)), ("order_served", MADE, None),
        ("order_varied", MADE + 9 * DAY, date(2028, 9, 1)), ("variation_served", MADE + 10 * DAY, None),
        ("breach_reported", MADE + 11 * DAY, None), ("order_ended", MADE + 30 * DAY, None),
    )  # fmt: skip
    for event, on, ends in steps:
        new = Happened(event=event, on=on, ends=ends, told="told", clock=time(9), act_on=MADE)
        episode = happen(episode, new)
        assert event in all_events()
        for alarm in alarms(episode):
            assert alarm.code in desk.KIND_OF or alarm.code in desk.GRAVEST, "a desk knows its kind"
            assert str(desk.says(desk.KIND_OF.get(alarm.code, "gap"), alarm.code, alarm.day, on))
        if event == "order_varied":
            assert {"varied_not_served"} <= {one.code for one in standing(episode, on)}
    assert episode.life.stage == "discharged"
    assert alarms(episode) == ()
    assert [one.served for one in episode.terms] == [MADE, MADE + 10 * DAY]


def test_orders_on_conviction_and_acquittal_wait_for_the_day_their_power_begins(monkeypatch: pytest.MonkeyPatch):
    day = date(2027, 4, 1)
    assert "spo_conviction" not in rules.known_kinds(date(2099, 1, 1)), "no day of commencement is known"
    begun: Mapping[str, Power] = {
        code: replace(one, begins=day if code == "spo_on_acquittal" else None) for code, one in powers().items()
    }
    monkeypatch.setattr("joindots.orders.rules.life.powers", lambda: begun)
    assert not rules.can_be_kind("spo_conviction", day - DAY)
    assert rules.can_be_kind("spo_conviction", day)
    assert rules.can_be_known("spo_conviction", day)
