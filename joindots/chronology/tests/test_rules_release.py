"""The way of a pack for disclosure: total, never past a second person, a check, or a list that has grown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules import court, release
from joindots.chronology.rules.release import DAYS, NEXT, STATE_WORDS, TOLD_DAYS, State

AT = datetime(2025, 11, 17, 9, tzinfo=UTC)
MOMENTS = st.integers(-400, 400).map(lambda days: AT + timedelta(days=days))


def test_the_table_is_total_and_every_state_has_words() -> None:
    assert set(NEXT) == set(STATE_WORDS) == set(State)
    assert {to for nexts in NEXT.values() for to in nexts} <= set(State)


def test_nothing_is_released_but_by_way_of_being_asked() -> None:
    assert [state for state in State if State.RELEASED in NEXT[state]] == [State.ASKED]
    assert NEXT[State.BLOCKED] == frozenset()
    reached, more = {State.BLOCKED}, True
    while more:
        wider = reached | {to for state in reached for to in NEXT[state]}
        more, reached = wider != reached, wider
    assert State.RELEASED not in reached


@given(st.sampled_from(State), MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS)
def test_time_takes_away_and_never_gives(stored: State, at: datetime, lapses: datetime | None, ends: datetime | None):
    now = release.state_at(stored.value, at, lapses=lapses, ends=ends)
    later = release.state_at(stored.value, at + timedelta(days=365 * 3), lapses=lapses, ends=ends)
    assert now in {stored, State.LAPSED, State.ENDED}
    assert later not in {State.ASKED, State.RELEASED}
    if now is State.RELEASED:
        assert ends is not None and at < ends


def test_only_a_released_pack_whose_list_has_not_grown_is_fetched_and_only_afresh() -> None:
    for state, fresh, grown in product(State, (True, False), (True, False)):
        assert bool(release.can_fetch(state, fresh=fresh, grown=grown)) is (
            state is State.RELEASED and fresh and not grown
        )


def test_a_second_person_agrees_only_to_what_was_asked_and_may_always_say_no() -> None:
    for state, fresh, grown, same in product(State, *[(True, False)] * 3):
        agrees = release.can_decide(state, fresh=fresh, grown=grown, agreed=True, same=same)
        assert bool(agrees) is (state is State.ASKED and fresh and not grown and same)
        refuses = release.can_decide(state, fresh=fresh, grown=grown, agreed=False, same=same)
        assert bool(refuses) is (state is State.ASKED)


def test_a_buddy_is_asked_only_by_an_agency_that_is_small_and_has_one() -> None:
    for staff, buddy in product(range(6), (True, False)):
        asked = release.can_ask(State.READY, fresh=True, grown=False, wants_buddy=True, staff=staff, buddy=buddy)
        assert bool(asked) is (staff < 3 and buddy)


def test_no_pack_is_made_before_the_person_was_told_nor_long_after() -> None:
    good = {"about": ("Callum",), "recipient": "Northshire Police"}
    assert release.can_make(AT, AT + timedelta(days=TOLD_DAYS), **good)
    assert release.can_make(None, AT, **good).reason.code == "not_told"
    assert release.can_make(AT, AT + timedelta(days=TOLD_DAYS, seconds=1), **good).reason.code == "told_long_ago"
    assert release.can_make(AT, AT, about=(), recipient="x").reason.code == "about_missing"
    assert release.can_make(AT, AT, about=("Callum",), recipient="").reason.code == "recipient_missing"
    assert DAYS == 7


def test_a_telling_says_how_and_when_and_never_tomorrow() -> None:
    assert court.can_tell("phone", "", AT, AT)
    assert court.can_tell("pigeon", "", AT, AT).reason.code == "told_how"
    assert court.can_tell("phone", "", None, AT).reason.code == "told_when"
    assert court.can_tell("phone", "", AT + timedelta(hours=1), AT).reason.code == "told_tomorrow"
    assert court.can_tell("phone", "x" * 2001, AT, AT).reason.code == "said_long"


def test_both_lists_of_names_come_back_as_they_were_said() -> None:
    for about, own in ((("Callum", "07700 900123"), ("Maya",)), (("Callum",), ())):
        assert release.people_of(release.people_said(about, own)) == (about, own)
