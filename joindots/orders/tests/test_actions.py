"""An order in a case: what is written down, what is refused, what waits on a desk, and who may not see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.chronology import queries as chronology
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from joindots.law.episode import Happened
from joindots.orders import actions, answers, queries
from joindots.orders.models import Order
from tests.stage import NOW, Stage

TODAY = london_day(NOW)


@pytest.fixture
def circle(stage: Stage) -> UUID:
    case = stage.case("priya")
    found: UUID = Case.objects.get(reference=case.key).circle_id
    return found


def add(
    stage: Stage, key: UUID, event: str, on: date, note: str = "By PC Okoro, in person, 09:20", **said: Any
) -> None:
    actor = stage.actor("priya")
    new = Happened(event=event, on=on, told="told", investigation="live", **said)
    actions.record(actor, Ref(key, Order.objects.get(pk=key).version), new=new, note=note)
    stage.close()


def begun(stage: Stage, circle: UUID) -> UUID:
    """An order whose interim was made ten days ago and is served today; the hearing is a week after it ends."""
    start, ends = TODAY - timedelta(days=20), TODAY + timedelta(days=5)
    key = actions.consider(stage.actor("priya"), Ref(circle), on=start, why="Six acts in a month; he comes closer")
    for event in ("decide_yes", "chief_officer_delegate_signs", "complaint_lodged", "interim_applied"):
        add(stage, key, event, start)
    add(stage, key, "court_makes_interim", TODAY - timedelta(days=10), ends=ends)
    add(stage, key, "hearing_listed", TODAY - timedelta(days=9), hearing=ends + timedelta(days=7))
    add(stage, key, "served", TODAY)
    return key


def test_an_order_is_written_down_step_by_step_and_its_alarms_wait_on_the_desk(stage: Stage, circle: UUID):
    key = begun(stage, circle)
    page = queries.order(stage.actor("priya"), Ref(key))
    assert page.line.says == "an interim order that was served"
    assert page.notify_by == TODAY + timedelta(days=2)
    assert [one.event for one in page.steps][-1] == "served"
    assert "09:20" in page.steps[-1].note
    me = stage.actor("priya")
    due = list(answers.due(me, [me.membership_id], TODAY + timedelta(days=14), 60))
    told = {one.kind: one.on for one in due}
    assert told["orders.notify"] == TODAY + timedelta(days=2)
    assert "orders.gap" in told
    reasons = {one.kind: one.reason for one in due}
    assert (reasons["orders.notify"], reasons["orders.gap"]) == ("order", "new"), "the gap is still to come: not over"
    assert "orders.notify_overdue" not in told
    assert due[0].link == f"/orders/{key}/"
    marks = list(answers.dots(me, circle, kinds=(answers.STEP,)))
    assert [one.summary for one in marks] == ["Order: interim order made", "Order: served"]
    stage.close()


def test_what_cannot_follow_is_refused_and_nothing_is_kept(stage: Stage, circle: UUID):
    key = actions.consider(stage.actor("priya"), Ref(circle), on=TODAY, why="Acts, risk, need")
    with pytest.raises(RuleBroken, match="cannot follow now"):
        add(stage, key, "served", TODAY)
    with pytest.raises(RuleBroken, match="has not come yet"):
        add(stage, key, "decide_yes", TODAY + timedelta(days=1))
    add(stage, key, "decide_yes", TODAY)
    with pytest.raises(RuleBroken, match="Name the investigation"):
        add(stage, key, "chief_officer_delegate_signs", TODAY, note=" ")
    new = Happened(event="chief_officer_delegate_signs", on=TODAY, investigation="live")
    with pytest.raises(OutOfDate):
        actions.record(stage.actor("priya"), Ref(key, 1), new=new, note="x")
    assert Order.objects.get(pk=key).steps.count() == 1


def test_who_was_not_told_first_is_written_down_with_the_reason(stage: Stage, circle: UUID):
    key = actions.consider(stage.actor("priya"), Ref(circle), on=TODAY, why="Acts, risk, need")
    new = Happened(event="decide_no", on=TODAY, told="overridden")
    here = Ref(key, Order.objects.get(pk=key).version)
    with pytest.raises(RuleBroken, match="could not be told first"):
        actions.record(stage.actor("priya"), here, new=new, note="Bail covers it")
    actions.record(stage.actor("priya"), here, new=new, note="Bail covers it", why_not_told="No safe way today")
    page = queries.order(stage.actor("priya"), Ref(key))
    assert page.steps[0].why_not_told == "No safe way today"
    stage.close()


def test_only_the_last_step_is_struck_and_it_stays_to_be_read(stage: Stage, circle: UUID):
    key = begun(stage, circle)
    seen = Ref(key, Order.objects.get(pk=key).version)
    with pytest.raises(RuleBroken, match="Only the last step"):
        actions.strike(stage.actor("priya"), seen, number=2, why="Wrong order")
    actions.strike(stage.actor("priya"), seen, number=7, why="It was not him")
    page = queries.order(stage.actor("priya"), Ref(key))
    assert page.steps[-1].struck
    assert page.steps[-1].struck.why == "It was not him"
    assert page.line.says == "an interim order, not served yet"
    assert page.notify_by is None
    stage.close()


def test_conditions_stay_inside_the_order_and_a_protected_person_is_listed_and_taken_off(stage: Stage, circle: UUID):
    key = begun(stage, circle)

    def seen() -> Ref:
        return Ref(key, Order.objects.get(pk=key).version)

    said: dict[str, Any] = {"library": "P01", "text": "Not to contact Maya by any means", "place": "", "starts": None}
    with pytest.raises(RuleBroken, match="outlast the order"):
        actions.add_condition(stage.actor("priya"), seen(), ends=TODAY + timedelta(days=30), **said)
    actions.add_condition(stage.actor("priya"), seen(), ends=None, **said)
    actions.protect(stage.actor("priya"), seen(), name="Maya")
    page = queries.order(stage.actor("priya"), Ref(key))
    assert [one.text for one in page.conditions] == ["Not to contact Maya by any means"]
    person = page.protected[0]
    assert person.name == "Maya"
    actions.protect(stage.actor("priya"), seen(), name="Dev Example")
    case = Ref(Case.objects.get(circle=circle).reference)
    guarded = chronology.guarded_words(stage.actor("priya"), case)
    assert guarded["Dev Example"] == "bystander", "whose kin an order protects leaves in no pack for disclosure"
    actions.take_off(stage.actor("priya"), seen(), what="person", key=person.id, why="Court took her off")
    with pytest.raises(NotFound):
        actions.take_off(stage.actor("priya"), seen(), what="person", key=person.id, why="again")
    stage.close()


def test_an_advocate_writes_nothing_of_an_order_and_who_may_not_know_finds_none(stage: Stage, circle: UUID):
    key = begun(stage, circle)
    with pytest.raises(NotAllowed):
        actions.consider(stage.actor("asha"), Ref(circle), on=TODAY, why="x")
    with pytest.raises(NotFound):
        queries.order(stage.actor("asha"), Ref(key))
    assert list(answers.dots(stage.actor("asha"), circle, kinds=(answers.STEP,))) == []


def test_a_step_on_which_a_hand_over_rests_is_not_struck_before_it(stage: Stage, circle: UUID):
    key = begun(stage, circle)

    def last() -> int:
        return next(
            one.number for one in reversed(queries.order(stage.actor("priya"), Ref(key)).steps) if not one.struck
        )

    def version() -> Ref:
        return Ref(key, Order.objects.get(pk=key).version)

    for code, on in (("handed_over", TODAY - timedelta(days=5)), ("accepted", TODAY)):
        actions.tick(stage.actor("priya"), version(), code=code, on=on, note="DC Petrov, Westmarch")
    for _ in range(2):
        actions.strike(stage.actor("priya"), version(), number=last(), why="Wrong order")
    with pytest.raises(RuleBroken, match="rests on it"):
        actions.strike(stage.actor("priya"), version(), number=last(), why="Wrong order")
    for code in ("accepted", "handed_over"):
        actions.untick(stage.actor("priya"), version(), code=code, why="Wrong order")
    actions.strike(stage.actor("priya"), version(), number=last(), why="Wrong order")
    stage.close()
