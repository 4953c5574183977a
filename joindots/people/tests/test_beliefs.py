"""Beliefs about accounts stand side by side, are withdrawn and kept, and never come by themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.circles.models import Circle, Side
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.people import actions, queries
from joindots.people.models import Belief
from joindots.people.rules import beliefs
from joindots.people.rules.beliefs import Held
from tests.stage import CANARY, Stage

TEL = "tel:+447700900123"
NOW = datetime(2025, 11, 17, 9, tzinfo=UTC)


def people_of(stage: Stage) -> tuple[Ref, UUID, UUID]:
    case = stage.case()
    circle = casework.case(stage.actor("asha"), case).circle
    sam, jo = (
        actions.add_person(stage.actor("asha"), Ref(circle), name=f"{name} {CANARY}", stands_as="suspect")
        for name in ("Sam", "Jo")
    )
    return Ref(circle), sam, jo


def say(stage: Stage, circle: Ref, person: UUID, by: str = "asha", **more: object) -> int:
    said = {"accounts": (TEL,), "sure": "told", "said_by": "client", "why": "the number in her phone", **more}
    return actions.say_who(stage.actor(by), circle, person=person, **said)  # type: ignore[arg-type]


def test_beliefs_that_disagree_stand_side_by_side_and_a_withdrawn_one_stays_in_the_history(stage: Stage) -> None:
    circle, sam, jo = people_of(stage)
    assert say(stage, circle, sam) == 1
    assert say(stage, circle, sam) == 0  # the very same once more
    assert say(stage, circle, jo, sure="staff", said_by="staff") == 1
    whose = queries.whose_accounts(stage.actor("asha"), circle)
    assert [one.says for one in whose[TEL]] == [
        f"Sam {CANARY}, told by the person reporting", f"Jo {CANARY}, believed by staff",
    ]  # fmt: skip
    assert beliefs.whose(whose[TEL]) is None
    first = next(one for one in queries.beliefs_in(stage.actor("asha"), circle) if one.held.person == jo)
    actions.withdraw_belief(stage.actor("asha"), Ref(first.id, first.version), why="a mix-up")
    assert beliefs.whose(queries.whose_accounts(stage.actor("asha"), circle)[TEL]) == sam
    gone = next(one for one in queries.beliefs_in(stage.actor("asha"), circle) if not one.stands)
    assert (gone.held.person, gone.withdrawn_by, gone.withdrawn_why) == (jo, "Asha", "a mix-up")
    with pytest.raises(RuleBroken):
        actions.withdraw_belief(stage.actor("asha"), Ref(first.id), why="again")


def test_nobody_of_another_case_and_no_account_that_is_not_shown_can_be_named(stage: Stage) -> None:
    circle, sam, _ = people_of(stage)
    _, elsewhere, _ = people_of(stage)
    with pytest.raises(NotFound):
        say(stage, circle, elsewhere)
    with pytest.raises(NotFound):
        say(stage, circle, sam, by="stranger")
    for wrong in ({"accounts": ("",)}, {"accounts": ()}, {"sure": "surely"}, {"sure": "confirmed"}, {"why": " "}):
        with pytest.raises(RuleBroken):
            say(stage, circle, sam, **wrong)
    assert not Belief.objects.exists()


def test_an_account_is_known_by_its_number_everywhere_and_by_a_name_in_one_file_alone() -> None:
    assert beliefs.identity_of(1, "Sam", TEL) == beliefs.identity_of(2, "Somebody", TEL) == TEL
    assert beliefs.identity_of(1, " Sam  Bample", None) == beliefs.identity_of(1, "Sam Bample", None)
    assert beliefs.identity_of(1, "Sam", None) != beliefs.identity_of(2, "Sam", None)
    assert beliefs.identity_of(1, None, None) == beliefs.identity_of(1, " ", "") == ""
    assert beliefs.account_of(beliefs.identity_of(77, "Sam: of two", None)) == "Sam: of two"
    assert beliefs.account_of(TEL) == "+447700900123"


def test_what_is_confirmed_stands_first() -> None:
    held = [Held(UUID(int=n), "x", sure, "client", NOW) for n, sure in enumerate(("staff", "told", "confirmed"))]
    assert [one.sure for one in beliefs.in_order(held)] == ["confirmed", "told", "staff"]
    assert beliefs.whose([]) is None


def test_who_is_who_is_neither_shown_to_nor_changed_by_the_side_of_the_person_reported(stage: Stage) -> None:
    circle, sam, _ = people_of(stage)
    say(stage, circle, sam)
    Circle.objects.get().standings.create(
        membership=stage.memberships["priya"], side=Side.SUSPECT, basis="team", purpose="x", starts=stage.at
    )
    said = Ref(Belief.objects.get().pk)
    for call in (
        lambda: queries.beliefs_in(stage.actor("priya"), circle),
        lambda: queries.whose_accounts(stage.actor("priya"), circle),
        lambda: say(stage, circle, sam, by="priya", sure="staff"),
        lambda: actions.withdraw_belief(stage.actor("priya"), said, why="not his"),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert Belief.objects.get().withdrawn_at is None
