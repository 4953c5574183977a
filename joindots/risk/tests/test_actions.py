"""Asking, judging and being asked to look again: what is kept, what is never lost, and who may not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.circles import actions as circles
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import When, london_day
from joindots.risk import actions, answers, queries
from joindots.risk.models import Answer, JudgementVersion, LoadedForm, Prompt, Watch
from joindots.risk.rules.judging import Judging
from joindots.risk.tasks.looking import waiting
from joindots.risk.work import look_around
from tests.stage import NOW, Stage

FORM = b"""
code = "force_form"
version = "2009"
name = "A force's own form"
[licence]
holder = "Northshire"
terms = "For its own officers."
[own_rule]
says = "Two or more: talk to a supervisor (manual, page 4)."
source = "manual, page 4"
counts = "yes"
[[question]]
code = "one"
ask = "Is it so?"
[[question]]
code = "two"
ask = "And this?"
sign = "critical"
"""


@pytest.fixture
def circle(stage: Stage) -> UUID:
    case = stage.case()
    found: UUID = Case.objects.get(reference=case.key).circle_id
    return found


def judging(level: str = "high", **more: Any) -> Judging:
    day = london_day(NOW)
    told = {"made_on": day, "review_on": day + timedelta(days=7), "reasons": "He came nearer.", "at_risk": ("person",)}
    return Judging(level, **{**told, **more})


def share(stage: Stage, circle: UUID, who: str, side: str = "victim") -> None:
    circles.bring_in(
        stage.actor("ruth"), Ref(circle), membership=stage.memberships[who].pk, side=side, basis="share", purpose="x"
    )


@pytest.fixture
def shared(stage: Stage, circle: UUID) -> UUID:
    circles.bring_in.run(
        stage.actor("asha"), Case.objects.get(circle=circle).circle, membership=stage.memberships["priya"].pk,
        side="victim", basis="share", purpose="x",
    )  # fmt: skip
    return circle


def test_a_form_left_half_way_is_gone_on_with_and_every_answer_stays(stage: Stage, circle: UUID) -> None:
    asking = actions.start(stage.actor("asha"), Ref(circle))
    for question, said in (("fear", "yes"), ("before", "not_known"), ("damage", "no"), ("damage", "not_asked")):
        told = actions.answer(stage.actor("asha"), Ref(asking), question=question, said=said, words=f"so {said}")
    assert told.says == "2 of 11 asked. 1 not known. Carry on next time."
    assert actions.start(stage.actor("asha"), Ref(circle)) == asking
    page = queries.state(stage.actor("asha"), Ref(circle))
    assert page is not None
    assert (page.next, page.own_rule) == ("damage", "")
    damage = page.item("damage")
    assert damage is not None and damage.open
    assert [one.words for one in damage.before] == ["so no"]
    assert Answer.objects.count() == 4
    with pytest.raises(RuleBroken, match="2 of 11 were asked"):
        actions.finish(stage.actor("asha"), Ref(asking))
    actions.set_aside(stage.actor("asha"), Ref(asking), why="asked anew with the officer")
    with pytest.raises(RuleBroken, match="set aside"):
        actions.answer(stage.actor("asha"), Ref(asking), question="damage", said="no")
    again = actions.start(stage.actor("asha"), Ref(circle))
    assert again != asking
    fear = queries.asked(stage.actor("asha", NOW + timedelta(hours=1)), Ref(again)).item("fear")
    assert fear is not None and fear.answer is None
    stage.close()


def test_two_judgements_stand_side_by_side_and_nobody_changes_anothers(stage: Stage, shared: UUID) -> None:
    hers = actions.judge(stage.actor("asha"), Ref(shared), said=judging("high"))
    theirs = actions.judge(stage.actor("priya"), Ref(shared), said=judging("medium", reasons="Few acts on file."))
    told = actions.judge(
        stage.actor("asha"), Ref(shared),
        said=judging("open", whose="Dr Example, psychologist", ratings=(("violence", "uncertain"),)),
    )  # fmt: skip
    found = queries.judgements(stage.actor("asha"), Ref(shared))
    assert {one.id for one in found if one.current} == {hers, theirs, told}
    assert [one.now.level_words for one in found] == ["No single level", "Medium", "High"]
    with pytest.raises(NotAllowed, match="somebody else’s"):
        actions.correct(stage.actor("priya"), Ref(hers), said=judging("low"), why="I think so")
    later = actions.judge(stage.actor("asha"), Ref(shared), said=judging("very_high"))
    current = {one.id: one for one in queries.judgements(stage.actor("asha"), Ref(shared)) if one.current}
    assert set(current) == {later, theirs, told}
    dots = list(answers.dots(stage.actor("asha"), shared, kinds=("risk.judgement",)))
    assert [(one.count, one.summary) for one in dots] == [(4, "Risk judged by 3 people")]
    stage.close()


def test_a_correction_is_a_version_a_stale_one_is_refused_and_a_withdrawn_one_stays(stage: Stage, circle: UUID) -> None:
    pk = actions.judge(stage.actor("asha"), Ref(circle), said=judging("high"))
    actions.correct(stage.actor("asha"), Ref(pk, 1), said=judging("very_high"), why="wrong word chosen")
    with pytest.raises(OutOfDate):
        actions.correct(stage.actor("asha"), Ref(pk, 1), said=judging("medium"), why="in an old window")
    actions.withdraw(stage.actor("asha"), Ref(pk), why="of another case")
    page = queries.judgement(stage.actor("asha"), Ref(pk))
    assert [(one.step, one.said.level) for one in page.history] == [
        ("withdrawn", "very_high"), ("corrected", "very_high"), ("written", "high"),
    ]  # fmt: skip
    assert JudgementVersion.objects.count() == 3
    assert not page.view.current
    assert queries.levels(stage.actor("asha"), Ref(circle)) == ()
    stage.close()


def test_what_is_told_later_raises_one_prompt_with_its_facts_and_a_person_answers_it(
    stage: Stage, circle: UUID
) -> None:
    case = Ref(Case.objects.get(circle=circle).reference)
    actions.look(stage.actor("asha"), Ref(circle))
    told = Telling(When(NOW, NOW), ("threat",), ("threat_kill", "weapon"), words="He said so")
    entry = evidence.write_entry(stage.actor("asha"), case, telling=told).reference
    assert queries.behind(stage.actor("asha"), Ref(circle)).new
    later = NOW + timedelta(hours=2)
    assert actions.look(stage.actor("asha", later), Ref(circle)) == ("critical_sign",)
    assert actions.look(stage.actor("asha", later), Ref(circle)) == ()
    (view,) = queries.prompts(stage.actor("asha", later), Ref(circle))
    assert (view.due_on, view.number, view.open) == (london_day(NOW), 2, True)
    page = queries.prompt(stage.actor("asha", later), Ref(view.id))
    assert {one.ref for one in page.facts} == {entry}
    assert queries.judgements(stage.actor("asha"), Ref(circle)) == ()
    whose = (stage.memberships["asha"].pk,)
    (due,) = answers.due(stage.actor("asha"), whose, london_day(NOW), 10)
    assert due.circle == circle and due.on == london_day(NOW)
    lead = (stage.memberships["ruth"].pk,)
    assert list(answers.due(stage.actor("stranger"), whose, london_day(NOW), 10)) == []
    with pytest.raises(RuleBroken, match="Say why"):
        actions.close_prompt(stage.actor("asha"), Ref(view.id), how="same", why=" ")
    judged = actions.judge(stage.actor("asha", later), Ref(circle), said=judging(), answers=(view.id,))
    row = Prompt.objects.get()
    assert (row.how, row.judgement_id, row.closed_by_id) == ("judged", judged, stage.memberships["asha"].pk)
    with pytest.raises(RuleBroken, match="answered this already"):
        actions.close_prompt(stage.actor("asha"), Ref(view.id), how="same", why="twice")
    assert actions.look(stage.actor("asha", later), Ref(circle)) == ()
    assert list(answers.due(stage.actor("ruth"), lead, london_day(NOW), 10)) == []
    stage.close()


def test_the_worker_looks_where_something_is_new_and_comes_back_for_a_silence(stage: Stage, circle: UUID) -> None:
    case = Ref(Case.objects.get(circle=circle).reference)
    evidence.write_entry(stage.actor("asha"), case, telling=Telling(When(NOW, NOW), ("near",)))
    made = Case.objects.get(circle=circle)
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    assert waiting(now, 5) == [circle]
    assert look_around(now) == 1
    assert waiting(now, 5) == []
    actions.judge(stage.actor("asha"), Ref(circle), said=judging("high"))
    assert Watch.objects.get().look_on == london_day(NOW) + timedelta(days=1)
    late = NOW + timedelta(days=29)
    stage.close()
    assert actions.look(stage.actor("asha", late), Ref(circle)) == ("silence",)
    made.state = "closed"
    made.save()
    Watch.objects.update(look_on=date(2025, 1, 1))
    assert waiting(now, 5) == []
    stage.close()


def test_reviews_wait_for_whoever_judged_until_they_judge_again(stage: Stage, circle: UUID) -> None:
    actions.judge(stage.actor("asha"), Ref(circle), said=judging("high"))
    whose, until = (stage.memberships["asha"].pk,), london_day(NOW) + timedelta(days=10)
    (due,) = answers.due(stage.actor("asha"), whose, until, 10)
    assert due.kind == "risk.review" and str(due.sentence) == "Risk review: judged high by Asha on 17 Nov 2025."
    assert list(answers.due(stage.actor("priya"), whose, until, 10)) == []
    assert list(answers.due(stage.actor("asha"), whose, london_day(NOW), 10)) == []
    actions.judge(stage.actor("asha"), Ref(circle), said=judging("medium", review_on=until + timedelta(days=9)))
    assert list(answers.due(stage.actor("asha"), whose, until, 10)) == []
    stage.close()


def test_the_other_side_and_strangers_get_nothing(stage: Stage, shared: UUID) -> None:
    from joindots.circles.models import Standing

    asking = actions.start(stage.actor("asha"), Ref(shared))
    actions.judge(stage.actor("asha"), Ref(shared), said=judging())
    Standing.objects.filter(membership=stage.memberships["priya"]).update(side="suspect")
    for ask in (queries.judgements, queries.levels, queries.prompts, queries.changes, queries.assessments):
        with pytest.raises(NotAllowed):
            ask(stage.actor("priya"), Ref(shared))
        with pytest.raises(NotFound):
            ask(stage.actor("stranger"), Ref(shared))
    with pytest.raises(NotAllowed):
        queries.asked(stage.actor("priya"), Ref(asking))
    with pytest.raises(NotFound):
        actions.answer(stage.actor("stranger"), Ref(asking), question="fear", said="yes")
    assert list(answers.dots(stage.actor("priya"), shared, kinds=("risk.judgement",))) == []
    until = london_day(NOW) + timedelta(days=60)
    assert list(answers.due(stage.actor("priya"), (stage.memberships["asha"].pk,), until, 10)) == []
    stage.close()


def test_a_licensed_form_is_sealed_for_its_agency_and_its_rule_shown_only_when_complete(
    stage: Stage, shared: UUID
) -> None:
    loaded = actions.load_form(stage.actor("priya"), data=FORM)
    assert b"force" not in bytes(LoadedForm.objects.get().file)
    with pytest.raises(RuleBroken, match="is here already"):
        actions.load_form(stage.actor("priya"), data=FORM)
    with pytest.raises(RuleBroken):
        actions.start(stage.actor("asha"), Ref(shared), loaded=loaded)
    asking = actions.start(stage.actor("priya"), Ref(shared), loaded=loaded)
    actions.answer(stage.actor("priya"), Ref(asking), question="one", said="yes")
    assert queries.asked(stage.actor("priya"), Ref(asking)).own_rule == ""
    actions.answer(stage.actor("priya"), Ref(asking), question="two", said="not_known")
    assert queries.asked(stage.actor("priya"), Ref(asking)).own_rule.startswith("Yes to 1 of 2. Two or more")
    other = queries.asked(stage.actor("asha"), Ref(asking))
    assert [one.question.topic for one in other.items] == ["Question 1", "Question 2"]
    assert "Is it so?" not in str(other)
    assert len(queries.forms(stage.actor("asha"))) == len(queries.forms(stage.actor("priya"))) - 1
    actions.take_out_of_use(stage.actor("priya"), Ref(loaded))
    assert queries.asked(stage.actor("priya"), Ref(asking)).items[0].question.ask == "Is it so?"
    stage.close()


def test_a_result_keeps_its_tools_own_words_and_a_closed_case_takes_nothing(stage: Stage, circle: UUID) -> None:
    day = date(2025, 11, 12)
    with pytest.raises(RuleBroken, match="which tool"):
        actions.keep_result(stage.actor("asha"), Ref(circle), tool="other", result="High", taken_on=day, taken_by="L")
    kept = actions.keep_result(
        stage.actor("asha"), Ref(circle), tool="sash", result="moderate concern", taken_on=day, taken_by="Dr Example"
    )
    (view,) = queries.assessments(stage.actor("asha"), Ref(circle))
    assert (view.id, view.result, view.progress) == (kept, "moderate concern", None)
    with pytest.raises(RuleBroken, match="stands as it was kept"):
        actions.take_up(stage.actor("asha"), Ref(kept))
    pk = actions.judge(stage.actor("asha"), Ref(circle), said=judging(assessments=(str(kept),)))
    assert queries.judgement(stage.actor("asha"), Ref(pk)).view.rests_on[0].id == kept
    with pytest.raises(NotFound):
        actions.judge(stage.actor("asha"), Ref(circle), said=judging(entries=("2222-2222",)))
    Case.objects.update(state="closed")
    with pytest.raises(RuleBroken, match="case is closed"):
        actions.judge(stage.actor("asha"), Ref(circle), said=judging())
    stage.close()
