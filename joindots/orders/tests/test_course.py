"""When orders bind stands over a timeline in the words of order watch, and only for who may know of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from joindots.access import parts
from joindots.access.door import Ref
from joindots.access.roles import REPORTED
from joindots.orders import actions
from joindots.orders.rules.watch import AFTER, BEFORE_SERVED
from joindots.orders.tests.test_watch import MADE, SERVED, TODAY, Watched, at, some_day
from tests.stage import Stage

pytestmark = pytest.mark.both_databases


@pytest.fixture
def watched(stage: Stage) -> Watched:
    return Watched(stage)


def test_an_order_is_a_bar_with_its_days_and_its_acts_have_the_words_of_order_watch(watched: Watched) -> None:
    watched.tell(at(MADE - timedelta(days=1), "10:00"))
    watched.tell(at(MADE + timedelta(days=1), "22:15"))
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    watched.tell(some_day(MADE - timedelta(days=3), TODAY))
    bars = parts.binds(watched.stage.actor("priya"), watched.circle)
    assert [(one.brief, one.made, one.known, one.last) for one in bars] == [
        ("Interim order", MADE, SERVED, TODAY + timedelta(days=5))
    ]
    assert all(word in bars[0].says for word in ("Interim stalking protection order: made", ", served", ", last day"))
    assert [one.label for one in bars[0].acts] == [BEFORE_SERVED, AFTER], "before it, and not known which, have none"
    watched.add("main_granted", TODAY)
    interim, full = parts.binds(watched.stage.actor("priya"), watched.circle)
    assert (interim.last, full.made, full.known, full.last) == (TODAY, TODAY, None, None)
    assert "not written down as served, until further order" in full.says
    watched.stage.close()


def test_bail_is_told_apart_and_is_no_bar_before_it_was_made(watched: Watched) -> None:
    police = watched.stage.actor("priya")
    watched.key = actions.begin_other(police, Ref(watched.circle), kind="bail_pre", on=MADE, why="Arrested")
    assert [one.bail for one in parts.binds(watched.stage.actor("priya"), watched.circle)] == [False]
    watched.add("order_made", MADE, ends=TODAY)
    watched.add("order_served", MADE)
    order, bail = sorted(parts.binds(watched.stage.actor("priya"), watched.circle), key=lambda one: one.bail)
    assert (order.bail, bail.bail, bail.brief) == (False, True, "Pre-charge bail")
    watched.stage.close()


def test_for_who_may_not_know_of_it_there_is_no_bar_and_no_ring(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    for name in ("asha", "stranger"):
        assert parts.binds(watched.stage.actor(name), watched.circle) == []
    police = watched.stage.actor("priya")
    monkeypatch.setattr(type(police.keys), "side", lambda *_: REPORTED)
    assert parts.binds(police, watched.circle) == []
    watched.stage.close()
