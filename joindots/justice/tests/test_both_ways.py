"""Two histories by the same tools: swap the two and every number swaps; what one may not know of leaves no trace."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.circles import actions as circles
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.justice import actions, queries
from joindots.justice.rules import both_ways as rules
from joindots.justice.rules.allegations import Put
from joindots.justice.rules.both_ways import Happening, Pair
from joindots.kernel.when import Precision, When, london_day, midnight
from joindots.people import actions as people
from joindots.people.models import Presence
from joindots.people.tasks import named_standings, other_standings
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
FIRST = date(2025, 1, 1)
NUMBERS = st.builds(Pair, st.integers(0, 50), st.integers(0, 50))
DAYS = st.dictionaries(st.integers(0, 400).map(lambda n: FIRST + timedelta(days=n)), NUMBERS, max_size=8)


def swapped(days: dict[date, Pair]) -> dict[date, Pair]:
    return {day: Pair(one.b, one.a) for day, one in days.items()}


@settings(max_examples=40)
@given(DAYS)
def test_swapping_the_two_swaps_every_number_and_windows_hold_all_acts(days: dict[date, Pair]):
    here, there = rules.starts(days), rules.starts(swapped(days))
    assert (here.a, here.b, here.both) == (there.b, there.a, there.both)
    assert (here.of > 0) == any(one.all for one in days.values())
    windows = rules.windows(days)
    assert sum(one.acts.a for one in windows) == rules.sum_of(days).a
    assert sum(one.acts.b for one in windows) == rules.sum_of(days).b
    assert all((one.last - one.first).days == 27 for one in windows)


@settings(max_examples=40)
@given(st.lists(DAYS, max_size=2))
def test_several_cases_with_the_same_records_never_count_an_act_twice(cases: list[dict[date, Pair]]):
    once, twice = rules.together(cases), rules.together([*cases, *cases])
    assert once == twice
    for case in cases:
        assert rules.sum_of(once).a >= rules.sum_of(case).a
    assert rules.sum_of(once).all <= sum(rules.sum_of(case).all for case in cases)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 90)), max_size=8),
       st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 90)), max_size=8))  # fmt: skip
def test_a_complaint_stands_beside_the_last_event_against_who_made_it_within_28_days(
    complaints: list[tuple[rules.Who, int]], events: list[tuple[rules.Who, int]]
):
    def made(rows: list[tuple[rules.Who, int]]) -> list[Happening]:
        return [Happening(who, FIRST + timedelta(days=day), "x", "") for who, day in rows]

    told = rules.timed(made(complaints), made(events))
    assert len(told) == len(complaints)
    for one in told:
        near = [(one.complaint.day - event.day).days for event in made(events) if event.who == one.complaint.who]
        near = [days for days in near if 0 <= days <= 28]
        assert (one.after is not None, one.days) == (bool(near), min(near, default=0))
    once = rules.once(made(complaints))
    assert rules.once(once) == once
    assert {(one.who, one.day) for one in once} == {(one.who, one.day) for one in made(complaints)}
    assert sum(rules.soon(told, who)[1] for who in ("a", "b")) == len(complaints)


def a_day(on: date) -> When:
    return When(midnight(on), midnight(on) + timedelta(days=1) - timedelta(microseconds=1), Precision.DAY)


def opened(stage: Stage, who: str, victim: str, suspect: str, on: date) -> tuple[Ref, Ref]:
    """A case with one entry of the log by the person reported."""
    case = stage.case(who, victim=victim)
    circle: UUID = Case.objects.get(reference=case.key).circle_id
    key = people.add_person(stage.actor(who), Ref(circle), name=suspect, stands_as="suspect")
    said = Telling(when=a_day(on), kinds=("message",), doer="reported", doer_person=key, told_by="client", saw="x")
    evidence.write_entry(stage.actor(who), case, telling=said)
    stage.close()
    return case, Ref(circle)


def test_the_two_cases_are_laid_side_by_side_for_who_may_know_of_both_and_for_nobody_else(stage: Stage):
    _, ours = opened(stage, "priya", "Maya Ellwood", "Callum Pryce", TODAY - timedelta(days=30))
    _, claim = opened(stage, "ruth", "Callum Pryce", "Maya Ellwood", TODAY - timedelta(days=3))
    alone = queries.both_ways(stage.actor("priya"), ours)
    assert not alone.mutual
    assert [one.way for one in alone.cases] == ["ours"]
    actions.put_on_record(stage.actor("priya"), ours, put=Put(
        "suspect", "arrest", TODAY - timedelta(days=4), "other"))  # fmt: skip
    actions.put_on_record(stage.actor("priya"), ours, put=Put(
        "victim", "crime", TODAY - timedelta(days=3), "reported", mirrors="NS/25/104417"))  # fmt: skip
    circles.bring_in(stage.actor("ruth"), claim, membership=stage.memberships["priya"].pk, side="victim",
                     basis="share", purpose="x")  # fmt: skip
    both = queries.both_ways(stage.actor("priya"), ours)
    assert both.mutual
    assert (both.acts, both.days) == (Pair(1, 1), Pair(1, 1))
    assert (both.starts.a, both.starts.b) == (1, 1)
    turned = queries.both_ways(stage.actor("priya"), claim)
    assert (turned.acts, turned.a) == (Pair(1, 1), both.b)
    near = {one.complaint.says: one.days for one in both.timed if one.after}
    assert near["crime recorded, with them as the person reported"] == 1
    numbers = {one.signal.code: one.numbers for one in both.signals}
    assert numbers["mirror_language"] == (
        "0 of 0 records by the complaint of Maya Ellwood or for them turn round an earlier report",
        "1 of 1 records by the complaint of Callum Pryce or for them turn round an earlier report",
    )
    assert numbers["fear_direction"] == ()
    assert Presence.objects.filter(circle=ours.key).count() == 2
    circles.keep_out_member(stage.actor("ruth"), claim, membership=stage.memberships["priya"].pk, reason="x")
    hidden = queries.both_ways(stage.actor("priya"), ours)
    assert not hidden.mutual
    assert len(hidden.cases) == 1
    stage.close()


def test_another_name_of_several_words_is_a_mark_and_of_one_word_is_none(stage: Stage):
    case = stage.case("ruth", victim="Robin Sample")
    circle = Ref(Case.objects.get(reference=case.key).circle_id)
    first = Presence.objects.get(circle=circle.key, stands_as="victim").person_id
    people.add_mark(stage.actor("ruth"), Ref(first), kind="alias", value="Maya Ellwood-Hart")
    people.add_mark(stage.actor("ruth"), Ref(first), kind="nickname", value="Mo")
    found = {}
    for name, also in (("Maya Ellwood-Hart", "x y"), ("Mo", "x y"), ("Robyn Sampel", "Robin Sample"), ("A B", "Mo")):
        other = stage.case("ruth", victim=name)
        person = Presence.objects.get(circle__case__reference=other.key, stands_as="victim").person_id
        people.add_mark(stage.actor("ruth"), Ref(person), kind="alias", value=also)
        found[name] = (
            first in set(other_standings(person, "victim").values_list("person", flat=True)),
            person in set(other_standings(first, "victim").values_list("person", flat=True)),
            person in set(named_standings(also, "victim").values_list("person", flat=True)),
        )
    stage.close()
    assert found == {
        "Maya Ellwood-Hart": (True, True, True), "Mo": (False, False, True),
        "Robyn Sampel": (True, True, True), "A B": (False, False, False),
    }  # fmt: skip
