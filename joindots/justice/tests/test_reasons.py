"""The reasons for who is the primary victim leave as a paper: whole, of what two people decided, and naming nothing."""

from __future__ import annotations

import pytest

from joindots.access.door import Ref
from joindots.documents.plain import Part
from joindots.justice import actions
from joindots.justice.actions import reasons as taking
from joindots.justice.tests.test_primary_victim import WHY, agree, mirrored, say, second
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.people import actions as people
from tests.stage import Stage


def test_the_paper_holds_both_peoples_words_and_what_nobody_decided_makes_none(stage: Stage, monkeypatch):
    circle, _ = mirrored(stage)
    second(stage, circle)
    key = say(stage, circle)
    with pytest.raises(RuleBroken, match="not decided anything"):
        actions.take_reasons(stage.actor("priya"), circle)
    agree(stage, key)
    content: list[Part] = []
    press = taking.paper
    monkeypatch.setattr(taking, "paper", lambda *given, **more: content.extend(given[3]) or press(*given, **more))
    assert actions.take_reasons(stage.actor("tom"), circle).startswith(b"%PDF")
    told = "\n".join(line for part in content for line in part.lines)
    assert WHY in told and "I read both threads whole" in told and "Priya" in told and "Tom" in told
    assert "who starts contact" in told and "Against the person being stalked: 0." in told


def test_the_paper_is_refused_where_it_names_what_must_not_leave(stage: Stage):
    circle, _ = mirrored(stage)
    second(stage, circle)
    agree(stage, say(stage, circle, why=f"{WHY} It began when he stood at 9 Larch Close."))
    people.protect(stage.actor("priya"), circle, kind="address", word="9 Larch Close")
    with pytest.raises(RuleBroken, match="must not leave"):
        actions.take_reasons(stage.actor("priya"), circle)


@pytest.mark.parametrize("who", ["ruth", "stranger", "asha"])
def test_nobody_outside_the_case_takes_it(stage: Stage, who: str):
    circle, _ = mirrored(stage)
    with pytest.raises((NotFound, NotAllowed)):
        actions.take_reasons(stage.actor(who), Ref(circle.key))
