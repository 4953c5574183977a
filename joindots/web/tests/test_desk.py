"""Today's desk: what is due stands under its reason and day; a week that nobody knows is no quiet week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules.desk import MOST_DAYS, can_put_off, last_day
from joindots.circles import actions as circles
from joindots.evidence import actions as writing
from joindots.evidence import queries as evidence
from joindots.evidence.queries import Week
from joindots.evidence.rules.entries import Telling
from joindots.kernel.dots import Due, Reason
from joindots.kernel.when import Precision, When
from joindots.kernel.words import words
from joindots.web.desk import today
from joindots.web.desk.rows import Row, ordered
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


def test_what_came_new_needs_somebody_today_however_long_its_clock_still_runs() -> None:
    desk = sorted_out([due(Reason.NEW, 3), due(Reason.NEW, 0), due(Reason.PROMISED, 3)], DAY)
    assert [one.reason for one in desk.today] == [Reason.NEW, Reason.NEW]
    assert [one.reason for one in desk.coming] == [Reason.PROMISED]


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


@given(st.lists(st.tuples(st.integers(-200, 200), st.none() | st.integers(0, 300)), max_size=6))
def test_an_order_is_drawn_under_the_weeks_it_binds_in_and_said_and_never_beyond_them(
    told: list[tuple[int, int | None]],
) -> None:
    weeks = [Week(DAY + timedelta(weeks=at), 0, True) for at in range(12)]
    spans = [(DAY + timedelta(days=at), None if length is None else DAY + timedelta(days=at + length))
             for at, length in told]  # fmt: skip
    last = DAY + timedelta(days=83)
    inside = [(first, ends) for first, ends in spans if first <= last and (ends is None or ends >= DAY)]
    spark = drawn(weeks, spans)
    assert len(spark.orders) == len(spark.orders_say) == len(inside)
    assert all(0 <= one.x < spark.width and 0 < one.width <= spark.width - one.x for one in spark.orders)
    assert [one.begins for one in spark.orders] == [first >= DAY for first, _ in inside]
    assert [" to " in str(one) for one in spark.orders_say] == [ends is not None for _, ends in inside]


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


def shared_case(stage: Stage) -> tuple[Ref, UUID]:
    case = stage.case(by="ruth")
    circle = casework.case(stage.actor("ruth"), case).circle
    asha = stage.memberships["asha"].pk
    circles.bring_in(stage.actor("ruth"), Ref(circle), membership=asha, side="victim", basis="team", purpose="work")
    return case, circle


def entry_of(stage: Stage, who: str, case: Ref, at: datetime) -> str:
    when = When(stage.at, stage.at, Precision.DAY)
    return writing.write_entry(stage.actor(who, at), case, telling=Telling(when, ("call",))).reference


rows = st.lists(
    st.builds(
        lambda case, reason, days: Row(
            Due(UUID(int=case), "x.y", reason, DAY + timedelta(days=days), SAYS, "/", SAYS),
            casework.CaseLine(str(case), "A", "", "open", NOON, "", ""), SAYS, False, str(days),
        ), st.integers(1, 3), st.sampled_from(Reason), st.integers(-9, 9),
    ), max_size=12,
)  # fmt: skip


@given(rows, st.sampled_from(("reason", "day", "case")))
def test_in_every_order_each_row_stands_once_and_a_case_is_named_once_under_a_heading(
    told: list[Row], order: str
) -> None:
    groups = ordered(told, order)
    assert sorted(str(row.due) for group in groups for row in group.rows) == sorted(str(row.due) for row in told)
    if order != "day":
        for group in groups:
            named = [row.due.circle for row in group.rows if not row.again]
            assert len(named) == len(set(named)) == len({row.due.circle for row in group.rows})


@given(st.sampled_from(Reason), st.integers(-9, 30), st.integers(-2, 40), st.text(max_size=300))
def test_what_has_a_day_of_its_own_comes_back_by_that_day_and_nothing_is_put_off_without_a_reason(
    reason: Reason, days: int, until: int, why: str
) -> None:
    on, back = DAY + timedelta(days=days), DAY + timedelta(days=until)
    if can_put_off(reason, on, back, why, DAY):
        assert why.strip()
        assert DAY < back <= last_day(reason, on, DAY) <= DAY + timedelta(days=MOST_DAYS)
        assert back <= on or on <= DAY or reason not in (Reason.ORDER, Reason.COURT, Reason.PROMISED)
    else:
        assert not why.strip() or len(why) > 200 or not DAY < back <= last_day(reason, on, DAY)


def test_what_was_put_off_stands_apart_until_its_day_and_a_lead_still_sees_it_with_the_reason(
    stage: Stage, sign_in: SignIn
) -> None:
    case, _ = shared_case(stage)
    actions.add_task(stage.actor("asha"), case, what="Ring the school", due_on=stage.at.date())
    mine = [stage.memberships["asha"].pk]
    (one,) = today.desk_of(stage.actor("asha"), mine).today
    mark = today.mark_of(one)
    page = sign_in("asha")
    assert "Why it can wait" in page.get(f"/today/later/{mark}/").content.decode()
    assert page.post(f"/today/later/{mark}/", {"why": " ", "until": "2099-01-01"}).status_code == 422
    actions.put_off(
        stage.actor("asha"), Ref(one.circle), kind=one.kind, what=today.what_of(one), reason=one.reason, on=one.on,
        until=(stage.at + timedelta(days=3)).date(), why="Holidays",
    )  # fmt: skip
    put = today.desk_of(stage.actor("asha"), mine)
    assert not put.today
    assert put.later == (one,)
    later_on = stage.actor("asha", stage.at + timedelta(days=3))
    assert today.desk_of(later_on, mine).today == (one,)
    assert sign_in("stranger").get(f"/today/later/{mark}/").headers["Location"] == "/today/?said=gone"
    (seen,) = today.desk_of(stage.actor("ruth"), mine).today
    assert today.desk_of(stage.actor("ruth"), mine).put_off[today.mark_of(seen)].why == "Holidays"


def test_a_part_that_breaks_is_named_and_the_rest_of_the_desk_stands(
    stage: Stage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[Due]:
        raise LookupError

    broken.__module__ = "joindots.risk.answers"
    monkeypatch.setattr(today.parts, "answering", lambda question: [broken] if question == "due" else [])
    page = sign_in("asha").get("/today/").content.decode()
    assert "Reviews of risk" in page
    assert "Nothing needs you today" not in page


def test_what_a_colleague_wrote_since_the_last_look_is_new_until_it_is_looked_at(stage: Stage) -> None:
    case, _ = shared_case(stage)
    hour = timedelta(hours=1)
    written = entry_of(stage, "asha", case, stage.at + hour)
    entry_of(stage, "ruth", case, stage.at + hour)
    mine = stage.memberships["ruth"].pk

    def new(at: datetime) -> list[tuple[int, bool]]:
        return [(one.entries, one.looked.ever) for one in evidence.brought_since(stage.actor("ruth", at), mine, 9)]

    assert written
    assert new(stage.at + 2 * hour) == [(1, False)]
    casework.looking(stage.actor("ruth", stage.at + 2 * hour), case, "read")
    assert new(stage.at + 3 * hour) == []
    entry_of(stage, "asha", case, stage.at + 4 * hour)
    assert new(stage.at + 5 * hour) == [(1, True)]
    assert evidence.brought_since(stage.actor("stranger", stage.at + 5 * hour), mine, 9) == ()


def test_keys_can_be_switched_off_and_an_order_chosen_is_remembered(stage: Stage, sign_in: SignIn) -> None:
    asha = sign_in("asha")
    assert 'data-keys="off"' not in asha.get("/keys/").content.decode()
    asha.post("/keys/", {"keys": "off"})
    assert 'data-keys="off"' in asha.get("/keys/").content.decode()
    asha.post("/today/order/", {"order": "case"})
    assert asha.cookies["desk-order"].value == "case"
    asha.post("/today/order/", {"order": "<script>"})
    assert asha.cookies["desk-order"].value == "reason"
