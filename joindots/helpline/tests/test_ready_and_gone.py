"""Who is not ready yet, and who has left: what they come to know, and what of theirs waits for whom."""

from __future__ import annotations

from datetime import date

import pytest

from joindots.agencies.models import Membership
from joindots.helpline import actions, answers, queries
from joindots.helpline.actions.calls import Wrapped
from joindots.helpline.models import CallBack, ReadyStep
from joindots.helpline.tests.test_actions import call, line, seen
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from tests.stage import NOW, Stage

__all__ = ["line"]


def test_who_is_not_ready_takes_over_no_promised_call_and_comes_to_know_nothing_of_it(line: Stage) -> None:
    made = call(line)
    actions.promise_call(line.actor("jo"), made)
    ReadyStep.objects.filter(membership=line.memberships["kay"], step="training").delete()
    with pytest.raises(RuleBroken, match="training finished"):
        actions.take_over_call(line.actor("kay"), call=CallBack.objects.get().pk)
    with pytest.raises(NotFound):
        seen(line, made, "kay")
    ReadyStep.objects.filter(membership=line.memberships["bea"]).delete()
    assert actions.take_over_call(line.actor("bea"), call=CallBack.objects.get().pk) == made.key


def test_a_promised_call_of_somebody_who_left_waits_for_whoever_runs_the_line(line: Stage) -> None:
    made = call(line)
    actions.promise_call(line.actor("jo"), made)
    bea = line.memberships["bea"].pk
    assert list(answers.due(line.actor("bea"), [bea], date(2025, 11, 17), 9)) == []
    Membership.objects.filter(pk=line.memberships["jo"].pk).update(ends=NOW)
    told = list(answers.due(line.actor("bea"), [bea], date(2025, 11, 17), 9))
    assert [one.kind for one in told] == ["helpline.call_back"]
    call_back = CallBack.objects.get()
    assert actions.take_over_call(line.actor("bea"), call=call_back.pk) == made.key


def test_nobody_unchecked_is_asked_to_listen_to_a_caller(line: Stage) -> None:
    made, kay = call(line), line.memberships["kay"].pk
    ReadyStep.objects.filter(membership=kay).exclude(step="checks").exclude(step="references").delete()
    assert kay in dict(queries.colleagues(line.actor("jo")))
    ReadyStep.objects.filter(membership=kay, step="checks").delete()
    assert kay not in dict(queries.colleagues(line.actor("jo")))
    with pytest.raises(RuleBroken, match="background check seen"):
        actions.invite(line.actor("jo"), made, membership=kay)


def test_a_contact_of_who_leaves_is_finished_by_whoever_runs_the_line(line: Stage) -> None:
    made, jo = call(line), line.memberships["jo"].pk
    assert answers.leaving(jo) is not None and not seen(line, made, "bea").mine
    for name, why in (("kay", NotAllowed), ("jo", NotAllowed)):
        with pytest.raises(why):
            actions.take_over_contact(line.actor(name), made)
    actions.take_over_contact(line.actor("bea"), made)
    assert seen(line, made, "bea").mine and answers.leaving(jo) is None
    with pytest.raises(RuleBroken, match="yours already"):
        actions.take_over_contact(line.actor("bea"), made)
    actions.end_contact(line.actor("bea"), made)
    actions.wrap_up(line.actor("bea"), made, wrapped=Wrapped("advice"))
    with pytest.raises(RuleBroken, match="was finished"):
        actions.take_over_contact(line.actor("bea"), made)
