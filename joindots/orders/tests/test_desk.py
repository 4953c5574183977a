"""The orders' desk: every day an order asks for stands there, for who may know of it alone, and is handed on."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.casework.models import Case
from joindots.circles.models import Standing
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.law.alarms import GRAVER, alarms
from joindots.law.episode import Happened, told
from joindots.orders import actions, queries
from joindots.orders.models import Order, OrderDuty
from joindots.orders.rules import desk as rule
from joindots.orders.tests.test_actions import add, begun
from tests.stage import NOW, Stage

TODAY = london_day(NOW)


@pytest.fixture
def circle(stage: Stage) -> UUID:
    case = stage.case("priya")
    found: UUID = Case.objects.get(reference=case.key).circle_id
    return found


def gwen(stage: Stage, circle: UUID | None = None) -> UUID:
    """The force's administrator, let into the circle or not."""
    priya = stage.memberships["priya"]
    user = User.objects.create(username="gwen", name="Gwen")
    made = Membership.objects.create(user=user, agency=priya.agency, team=priya.team, starts=priya.starts,
                                     roles=[Role.SPO_ADMINISTRATOR.value])  # fmt: skip
    stage.memberships["gwen"] = made
    if circle is not None:
        Standing.objects.create(circle_id=circle, membership=made, side="victim", basis="team", purpose="orders",
                                starts=priya.starts)  # fmt: skip
    return made.pk


def test_what_is_due_stands_by_date_for_who_may_know_of_it(stage: Stage, circle: UUID) -> None:
    begun(stage, circle)
    page = queries.on_desk(stage.actor("priya"))
    told = {(one.kind, one.about): str(one.says) for one in page.lines}
    assert told["notify", TODAY + timedelta(days=2)] == "Notification due in 2 days"
    assert told["end", TODAY + timedelta(days=5)] == "Ends in 5 days"
    assert told["hearing", TODAY + timedelta(days=12)] == "Hearing in 12 days"
    assert page.lines[0].kind == "gap", "the gap is told from the day it is known"
    assert page.lines[0].victim.startswith("Maya")
    assert page.counts == {"notify": 1, "end": 1, "hearing": 1, "gap": 1}
    assert {one.kind for one in queries.on_desk(stage.actor("priya"), kind="hearing").lines} == {"hearing"}
    assert queries.on_desk(stage.actor("asha")).lines == ()
    gwen(stage)
    assert queries.on_desk(stage.actor("gwen")).lines == (), "of the force, but she may not know of this case"
    Standing.objects.filter(membership=stage.memberships["priya"]).update(side="suspect")
    assert queries.on_desk(stage.actor("priya")).counts == {}, "nothing on the reported side, not even a number"
    assert queries.load(stage.actor("priya")) == ()
    stage.close()


def test_an_order_is_handed_to_a_colleague_who_works_on_the_case(stage: Stage, circle: UUID) -> None:
    key = begun(stage, circle)
    outside = gwen(stage)
    with pytest.raises(RuleBroken, match="works on this case"):
        actions.hand_order(stage.actor("priya"), Ref(key), to=outside)
    Standing.objects.create(circle_id=circle, membership_id=outside, side="victim", basis="team", purpose="orders",
                            starts=NOW - timedelta(days=1))  # fmt: skip
    actions.hand_order(stage.actor("priya"), Ref(key), to=outside)
    assert queries.keeping(stage.actor("priya"), Ref(key)).keeper == "Gwen"
    assert {one.keeper for one in queries.on_desk(stage.actor("gwen"), mine=True).lines} == {"Gwen"}
    assert queries.on_desk(stage.actor("priya"), mine=True).lines == ()
    mine = [stage.memberships["gwen"].pk]
    assert queries.orders_waiting(stage.actor("gwen"), mine, TODAY + timedelta(days=14), 60)
    assert [(one.name, one.orders) for one in queries.load(stage.actor("gwen"))] == [("Gwen", 1)]
    with pytest.raises(RuleBroken, match="already"):
        actions.hand_order(stage.actor("priya"), Ref(key), to=outside)
    stage.close()


def test_who_could_not_be_told_first_stands_on_the_desk_until_told(stage: Stage, circle: UUID) -> None:
    key = actions.consider(stage.actor("priya"), Ref(circle), on=TODAY, why="Acts, risk, need")
    seen = Ref(key, Order.objects.get(pk=key).version)
    new = Happened(event="decide_no", on=TODAY, told="overridden")
    actions.record(stage.actor("priya"), seen, new=new, note="Bail covers it", why_not_told="No safe way today")
    assert [one.kind for one in queries.on_desk(stage.actor("priya")).lines] == ["told"]
    untold = queries.keeping(stage.actor("priya"), Ref(key)).untold
    with pytest.raises(NotFound):
        actions.tell_since(stage.actor("priya"), Ref(key), number=9, how="Rang")
    actions.tell_since(stage.actor("priya"), Ref(key), number=untold[0].number, how="Rang in the window")
    assert queries.on_desk(stage.actor("priya")).lines == ()
    stage.close()


def test_one_struck_step_takes_its_days_off_the_desk(stage: Stage, circle: UUID) -> None:
    key = begun(stage, circle)
    actions.strike(stage.actor("priya"), Ref(key), number=7, why="It was not him")
    kinds = set(OrderDuty.objects.filter(order=key).values_list("kind", flat=True))
    assert ("notify" in kinds, "service" in kinds) == (False, True)


def test_pages_follow_one_another_and_lose_nothing(stage: Stage, circle: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(stage, circle)
    monkeypatch.setattr(sys.modules["joindots.orders.queries.desk"], "PAGE", 3)
    first = queries.on_desk(stage.actor("priya"))
    second = queries.on_desk(stage.actor("priya"), after=first.after)
    assert (len(first.lines), len(second.lines), second.after) == (3, 1, "")
    assert len({(one.kind, one.about) for one in (*first.lines, *second.lines)}) == 4
    assert queries.on_desk(stage.actor("priya"), after="yesterday.x").lines == first.lines
    stage.close()


DAY = date(2026, 3, 2)


@settings(max_examples=30)
@given(st.integers(0, 40), st.integers(1, 60), st.integers(0, 90), st.sets(st.integers(1, 30), max_size=3))
def test_no_alarm_is_missing_from_the_desk(served: int, length: int, hearing: int, untold: set[int]) -> None:
    """Every alarm of an order has its duty, under a day no later than the day the alarm is about."""
    made = DAY + timedelta(days=1)
    events = [
        Happened(event="decide_yes", on=DAY), Happened(event="chief_officer_delegate_signs", on=DAY, investigation="live"),
        Happened(event="complaint_lodged", on=DAY), Happened(event="interim_applied", on=DAY),
        Happened(event="court_makes_interim", on=made, ends=made + timedelta(days=length + served), told="told"),
        Happened(event="hearing_listed", on=made, hearing=made + timedelta(days=hearing), told="told"),
        Happened(event="served", on=made + timedelta(days=min(served, length)), told="told"),
    ]  # fmt: skip
    episode = told(events)
    days = tuple(made + timedelta(days=one) for one in untold)
    found = rule.duties(episode, (), days)
    ungraver = {graver: mild for mild, graver in GRAVER.items()}
    stood = {(rule.KIND_OF[ungraver.get(one.code, one.code)], one.day) for one in alarms(episode)}
    assert stood == {(one.kind, one.about) for one in found if one.kind != "told"}
    assert {one.about for one in found if one.kind == "told"} == set(days)
    assert all(one.kind in rule.KINDS and rule.says(one.kind, one.code, one.about, DAY) for one in found)
    assert list(found) == sorted(found, key=lambda one: one.day)


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(-400, 400))
def test_a_day_is_said_by_how_far_it_is(today: date, days: int) -> None:
    said = rule.away(today + timedelta(days=days), today)
    assert {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days, said) == said
    assert abs(days) < 2 or said in (
        f"in {days} days",
        f"{-days} days ago",
        f"on {today + timedelta(days=days):%-d %B %Y}",
    )
    assert ("on " in said) == (abs(days) > 99)


def test_the_storys_desk_at_t3_and_t4(stage: Stage, circle: UUID) -> None:
    """Sun 7 Dec 2025: notification due today. Fri 9 Jan: a gap from 16 to 21 January; after the 14th it is gone."""
    interim, ends, moved = date(2025, 12, 4), date(2026, 1, 15), date(2026, 1, 22)
    key = actions.consider(stage.actor("priya"), Ref(circle), on=TODAY, why="Acts, risk, need")
    stage.at = NOW.replace(month=12, day=7, hour=12)
    for event, on, said in (
        ("decide_yes", TODAY, {}), ("chief_officer_delegate_signs", TODAY, {}), ("complaint_lodged", TODAY, {}),
        ("interim_applied", TODAY, {}), ("court_makes_interim", interim, {"ends": ends}),
        ("hearing_listed", interim, {"hearing": ends}), ("served", date(2025, 12, 5), {}),
    ):  # fmt: skip
        add(stage, key, event, on, **said)  # type: ignore[arg-type]  # days of the story
    says = [str(one.says) for one in queries.on_desk(stage.actor("priya"), kind="notify").lines]
    assert says == ["Notification due today"]
    stage.at = NOW.replace(year=2026, month=1, day=9, hour=17)
    add(stage, key, "notified", date(2025, 12, 7))
    add(stage, key, "hearing_listed", date(2026, 1, 9), hearing=moved)
    assert queries.on_desk(stage.actor("priya")).lines[0].kind == "gap"
    stage.at = NOW.replace(year=2026, month=1, day=14, hour=17)
    add(stage, key, "interim_varied_or_renewed", date(2026, 1, 14), ends=moved)
    assert "gap" not in queries.on_desk(stage.actor("priya")).counts
