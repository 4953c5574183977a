"""Care for those who do the work: a day is known to leads, what was said to the two alone; counts, and no ranking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.casework import actions, queries
from joindots.casework.rules import caring
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from tests.browsing import SignIn
from tests.stage import CANARY, NOW, Stage

TODAY = NOW.date()
DAYS = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))


@given(DAYS, st.none() | DAYS)
def test_the_next_supervision_is_never_later_than_agreed_nor_than_six_weeks(last: date, agreed: date | None) -> None:
    due = caring.due_on(last, agreed)
    assert due is not None
    assert due <= last + caring.EVERY
    assert agreed is None or due <= agreed


@given(st.none() | DAYS, st.none() | DAYS)
def test_somebody_is_asked_about_a_break_only_where_none_is_on_record_now_or_lately(
    away: date | None, until: date | None
) -> None:
    _, ask = caring.break_says(away, until, TODAY)
    if (away and away > TODAY) or (away and (until is None or until >= TODAY)):
        assert not ask
    elif until is None:
        assert ask
    else:
        assert ask == (TODAY - until > caring.NO_BREAK)


def test_notes_of_a_supervision_are_read_by_the_two_and_a_lead_besides_sees_its_day_alone(
    stage: Stage, sign_in: SignIn
) -> None:
    asha = stage.memberships["asha"]
    actions.note_supervision(stage.actor("ruth"), whose=asha.pk, on=TODAY, notes=f"Tired. {CANARY}")
    other = Membership.objects.create(
        user=User.objects.create(username="lena", name="Lena"), agency=asha.agency, team=asha.team,
        roles=[Role.TEAM_LEAD], starts=asha.starts,
    )  # fmt: skip
    stage.memberships["lena"] = other
    for who in ("ruth", "asha"):
        (one,) = queries.supervisions(stage.actor(who), asha.pk)
        assert CANARY in one.notes
    assert queries.supervisions(stage.actor("lena"), asha.pk) == ()
    assert queries.supervised(stage.actor("lena"), [asha.pk])[asha.pk].last == TODAY
    assert queries.supervised(stage.actor("stranger"), [asha.pk])[asha.pk].last is None
    page = sign_in("lena").get(f"/team/supervision/{asha.pk}/").content.decode()
    assert "Last held on" in page
    assert CANARY not in page
    assert CANARY in sign_in("asha").get("/supervision/").content.decode()
    assert sign_in("stranger").get(f"/team/supervision/{asha.pk}/").status_code == 404


def test_nobody_notes_a_supervision_of_their_own_of_a_stranger_or_of_a_day_to_come(stage: Stage) -> None:
    ruth, asha = stage.memberships["ruth"].pk, stage.memberships["asha"].pk
    with pytest.raises(RuleBroken):
        actions.note_supervision(stage.actor("ruth"), whose=ruth, on=TODAY)
    with pytest.raises(RuleBroken):
        actions.note_supervision(stage.actor("ruth"), whose=asha, on=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        actions.note_supervision(stage.actor("stranger"), whose=asha, on=TODAY)
    with pytest.raises(NotAllowed):
        actions.note_supervision(stage.actor("asha"), whose=ruth, on=TODAY)


def test_what_somebody_carries_is_counted_of_open_cases_the_reader_may_know_of(stage: Stage) -> None:
    stage.case(by="ruth")
    ruth = stage.memberships["ruth"].pk
    assert queries.carried(stage.actor("ruth"), [ruth])[ruth].new_cases == 1
    assert queries.carried(stage.actor("stranger"), [ruth])[ruth].new_cases == 0
