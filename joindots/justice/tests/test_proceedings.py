"""Proceedings: totals stand beside what they are a part of, and a next day is due until it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.circles.models import Standing
from joindots.justice import actions, answers, queries
from joindots.justice.models import Proceeding
from joindots.justice.rules import proceedings as rules
from joindots.justice.rules.proceedings import Brought, Took
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.web.justice.proceedings_views import minutes_typed, pence_typed
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
LETTER = Brought("professional", "reported", "Her regulator", TODAY - timedelta(days=1), shown="no")
TOOK = st.builds(Took, st.sampled_from(list(rules.STEPS)), st.just(TODAY), st.just(""),
                 st.none() | st.integers(0, 600), st.none() | st.integers(0, 10_000))  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.tuples(
    st.builds(Brought, st.sampled_from(list(rules.FORUMS)), st.sampled_from(list(rules.BROUGHT)), st.sampled_from("AB")),
    st.sampled_from(["", *rules.OUTCOMES]), st.lists(TOOK, max_size=4))))  # fmt: skip
def test_totals_are_sums_and_every_count_is_part_of_the_number(rows: list[tuple[Brought, str, list[Took]]]):
    told = rules.cost(rows)
    theirs = [row for row in rows if row[0].brought in ("reported", "for_them") and row[1] != "struck"]
    assert told.number == len(theirs) == sum(number for _, number in told.by_forum)
    assert told.minutes == sum(step.minutes or 0 for _, _, steps in theirs for step in steps)
    assert told.pence == sum(step.pence or 0 for _, _, steps in theirs for step in steps)
    assert max(told.minutes_of, told.pence_of, told.open, told.bodies, told.without_merit, told.shown) <= told.number


def test_hours_and_pounds_are_read_as_people_type_them_and_anything_else_is_refused():
    assert [minutes_typed(one) for one in ("", "9", "1.5", "0,25", "x", "1:30", "-2")] == [
        None,
        540,
        90,
        15,
        -1,
        -1,
        -1,
    ]
    assert [pence_typed(one) for one in ("", "0", "£1,250.50", "12.5", "x", "-1")] == [None, 0, 125050, 1250, -1, -1]
    assert not rules.can_note(Took("time", TODAY, minutes=-1), None, TODAY)
    assert not rules.can_note(Took("time", TODAY), None, TODAY)
    assert not rules.can_log(replace(LETTER, body=" "), TODAY)
    assert not rules.can_log(replace(LETTER, began_on=TODAY + timedelta(days=1)), TODAY)


def test_the_story_of_two_bodies_nine_hours_and_no_money_and_its_next_day_on_the_desk(stage: Stage):
    circle: UUID = Case.objects.get(reference=stage.case("asha").key).circle_id
    asha = stage.actor("asha")
    for body, hours in (("Her employer", 4), ("Her regulator", 5)):
        key = actions.log_proceeding(asha, Ref(circle), new=replace(LETTER, body=body, next_on=TODAY))
        took = Took("time", TODAY, "Answering it", hours * 60, 0)
        actions.note_proceeding(asha, Ref(key, Proceeding.objects.get(pk=key).version), step=took)
    cost = queries.proceedings(asha, Ref(circle)).cost
    assert (cost.number, cost.bodies, cost.time_says, cost.money_says, cost.minutes_of) == (2, 2, "9\u00a0h", "£0", 2)
    due = [one for one in answers.due(asha, [asha.membership_id], TODAY, 9) if one.kind == "justice.proceeding"]
    assert len(due) == 2
    seen = Ref(key, Proceeding.objects.get(pk=key).version)
    actions.end_proceeding(asha, seen, outcome="not_upheld", on=TODAY, how="No case to answer")
    with pytest.raises(RuleBroken, match="ended already"):
        actions.end_proceeding(asha, Ref(key), outcome="upheld", on=TODAY, how="x")
    due = [one for one in answers.due(asha, [asha.membership_id], TODAY, 9) if one.kind == "justice.proceeding"]
    assert len(due) == 1
    Standing.objects.filter(circle=circle).update(side="suspect")
    shut = stage.actor("asha")
    assert list(answers.due(shut, [shut.membership_id], TODAY, 9)) == [], "on the reported side no day is told"
    stage.close()
