"""Who works with the person reported learns nobody's name on the other side, and changes nothing about who may know."""

from __future__ import annotations

from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.circles import actions, queries
from joindots.circles.models import Exclusion
from joindots.kernel.problems import NotAllowed, RuleBroken
from tests.stage import Stage


def with_sides(stage: Stage, side: str) -> Ref:
    """Asha's case, in which Priya, who leads in another agency, stands on a side."""
    circle = Ref(Case.objects.get(reference=stage.case("asha").key).circle_id)
    bring(stage, circle, "ruth", "victim")
    actions.bring_in(
        stage.actor("ruth"), circle, membership=stage.memberships["priya"].pk, side=side, basis="share", purpose="x"
    )
    return circle


def bring(stage: Stage, circle: Ref, who: str, side: str) -> None:
    Case.objects.get(circle=circle.key).circle.standings.create(
        membership=stage.memberships[who], side=side, basis="team", purpose="leads", starts=stage.at
    )


def test_the_reported_side_sees_those_of_its_own_side_alone(stage: Stage):
    circle = with_sides(stage, "suspect")
    assert [one.name for one in queries.who_may_know(stage.actor("priya"), circle)] == ["Priya"]
    assert {one.name for one in queries.who_may_know(stage.actor("asha"), circle)} == {"Asha", "Ruth", "Priya"}
    stage.close()


def test_the_reported_side_lets_nobody_in_sends_nobody_away_and_keeps_nobody_out(stage: Stage):
    circle = with_sides(stage, "suspect")
    asha, moira = stage.memberships["asha"].pk, stage.memberships["moira"].pk

    def asks(who: UUID) -> None:
        actions.bring_in(stage.actor("priya"), circle, membership=who, side="victim", basis="share", purpose="x")

    for tried in (
        lambda: asks(moira), lambda: asks(asha),
        lambda: actions.send_away(stage.actor("priya"), circle, membership=asha),
        lambda: actions.keep_out_member(stage.actor("priya"), circle, membership=asha, reason="conflict"),
        lambda: actions.ask_second(stage.actor("priya"), circle, act="erase", content_hash="0" * 64),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            tried()
    assert not Exclusion.objects.exists()
    stage.close()


def test_nobody_gives_a_side_that_opens_more_than_their_own(stage: Stage):
    circle = with_sides(stage, "both")
    moira, asha = stage.memberships["moira"].pk, stage.memberships["asha"].pk
    with pytest.raises(RuleBroken, match="on the side of the person being stalked"):
        actions.bring_in(stage.actor("priya"), circle, membership=moira, side="victim", basis="share", purpose="x")
    with pytest.raises(RuleBroken, match="on the side of the person being stalked"):
        actions.send_away(stage.actor("priya"), circle, membership=asha)
    actions.bring_in(stage.actor("priya"), circle, membership=moira, side="both", basis="share", purpose="x")
    stage.close()
