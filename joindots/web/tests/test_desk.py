"""Today's desk: what is due stands under its reason and day; a week that nobody knows is no quiet week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.casework import queries as casework
from joindots.evidence import queries as evidence
from joindots.evidence.queries import Week
from joindots.kernel.dots import Due, Reason
from joindots.kernel.words import words
from joindots.web.desk.spark import HEIGHT, drawn
from joindots.web.desk.today import due_says, sorted_out
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

DAY = date(2026, 3, 24)
NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)
SAYS = words("x", "Something waits.")


def due(reason: Reason, days: int, at: datetime | None = None) -> Due:
    return Due(UUID(int=1), "x.y", reason, DAY + timedelta(days=days), SAYS, "/", SAYS, at)


@given(st.lists(st.builds(due, st.sampled_from(Reason), st.integers(-40, 14)), max_size=30))
def test_everything_due_stands_in_exactly_one_tab(all_due: list[Due]) -> None:
    desk = sorted_out(all_due, DAY)
    assert sorted(map(id, (*desk.today, *desk.coming, *desk.others))) == sorted(map(id, all_due))
    assert all(one in desk.today for one in all_due if one.on <= DAY)


def test_an_order_that_ends_this_week_needs_somebody_today_and_an_answer_not_late_yet_waits_on_others() -> None:
    desk = sorted_out([due(Reason.ORDER, 7), due(Reason.ORDER, 8), due(Reason.LATE, 1), due(Reason.REVIEW, 1)], DAY)
    assert [len(desk.today), len(desk.coming), len(desk.others)] == [1, 2, 1]
    assert not desk.cut
    assert sorted_out([due(Reason.REVIEW, 0)] * 3, DAY, most=3).cut


@pytest.mark.parametrize(
    ("one", "says", "over"),
    [
        (due(Reason.LATE, -3), "3 days over", True),
        (due(Reason.LATE, -1), "1 day over", True),
        (due(Reason.NEW, -3), "since Sat 21 Mar 2026", False),
        (due(Reason.PROMISED, 0, NOON + timedelta(hours=5, minutes=15)), "17:15 today", False),
        (due(Reason.PROMISED, 0, NOON - timedelta(minutes=30)), "since 11:30 today", True),
        (due(Reason.PROMISED, 1, NOON + timedelta(days=1)), "12:00 tomorrow", False),
        (due(Reason.REVIEW, 0), "today", False),
        (due(Reason.REVIEW, 1), "tomorrow", False),
        (due(Reason.ORDER, 2), "in 2 days", False),
        (due(Reason.COURT, 9), "on Thu 2 Apr 2026", False),
    ],
)
def test_a_day_is_said_as_a_person_would_say_it(one: Due, says: str, over: bool) -> None:
    told, past = due_says(one, NOON)
    assert (str(told), past) == (says, over)


@given(st.lists(st.tuples(st.integers(0, 500), st.booleans()), min_size=1, max_size=12))
def test_a_week_with_acts_or_without_knowledge_is_drawn_and_a_quiet_week_is_not(told: list[tuple[int, bool]]) -> None:
    weeks = [Week(DAY, acts, known or acts > 0) for acts, known in told]
    spark = drawn(weeks)
    assert len(spark.bars) == sum(bool(week.acts) or not week.known for week in weeks)
    assert all(0 < bar.height <= HEIGHT and bar.y + bar.height == HEIGHT for bar in spark.bars)
    assert str(spark.says).count("?") == (0 if spark.none_known else sum(not week.known for week in weeks))


def test_the_weeks_of_a_case_that_holds_nothing_are_unknown_and_nobody_else_is_told_even_that(stage: Stage) -> None:
    case = stage.case()
    circle = casework.case(stage.actor("asha"), case).circle
    (weeks,) = evidence.weeks_of(stage.actor("asha"), [circle], DAY).values()
    assert [week.known for week in weeks] == [False] * 12
    assert evidence.weeks_of(stage.actor("stranger"), [circle], DAY) == {}


def test_a_lead_sees_what_is_late_with_whom_and_one_colleagues_desk(stage: Stage, sign_in: SignIn) -> None:
    stage.case(by="ruth")
    ruth = sign_in("ruth")
    page = ruth.get("/team/").content.decode()
    assert "Asha" in page
    assert "Nothing is late with anybody." in page
    one = ruth.get("/team/", {"who": str(stage.memberships["asha"].pk)}).content.decode()
    assert "Nothing needs this colleague today." in one
    for who in ("x", str(stage.memberships["stranger"].pk)):
        assert ruth.get("/team/", {"who": who}).status_code == (200 if who == "x" else 404)
    assert sign_in("asha").get("/team/").status_code == 403


def test_search_is_asked_by_a_form_and_shows_a_stranger_nothing(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case()
    found = sign_in("asha").post("/find/", {"typed": str(case.key)}).content.decode()
    assert CANARY in found
    nothing = sign_in("stranger").post("/find/", {"typed": str(case.key)}).content.decode()
    assert CANARY not in nothing
    assert "Nothing that you may know of" in nothing
    assert "1 match" not in sign_in("asha").get("/find/", {"typed": str(case.key)}).content.decode()
    assert sign_in("asha").post("/find/", {"typed": "\x00\ud7ff" + "a" * 5000}).status_code == 200
