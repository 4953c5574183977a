"""Right to ask and to know: a total table of steps, the law's clocks alone, told safely, on one side alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.circles import actions as circles
from joindots.circles.queries import custody
from joindots.justice import actions, answers, queries
from joindots.justice.models import ToldRequest, ToldStep
from joindots.justice.rules import disclosing as rules
from joindots.justice.rules.disclosing import EVENTS, STEPS, Happened
from joindots.justice.rules.disclosing import Stage as Far
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.law.schemes import can_use, disclosure_schemes
from joindots.people import actions as people
from joindots.people.models import Person
from joindots.people.rules.reaching import Card, Kind, Use, Way
from joindots.people.rules.windows import read
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
FULL: dict[str, Any] = {"on": TODAY, "said": "x", "told_to": "victim", "exact": "He was convicted in 2021.",
                        "safely": True, "next_on": TODAY + timedelta(days=7)}  # fmt: skip


@settings(max_examples=40)
@given(st.sampled_from(list(Far)), st.sampled_from(list(EVENTS)), st.sampled_from(["ask", "know"]))
def test_only_the_table_lets_anything_happen_and_what_is_offered_is_what_can(far: Far, event: str, right: str):
    can = bool(rules.can_happen(far, right, Happened(event=event, **FULL), TODAY, TODAY, safe_line=True))
    assert can == ((far, event) in STEPS and not (right == "know" and event == "withdrawn"))
    assert can == (event in rules.may_follow(far, right))
    assert set(rules.SAYS) == set(EVENTS)
    assert set(rules.STAGE_WORDS) == set(Far)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(list(EVENTS)), max_size=12))
def test_no_path_tells_before_checks_a_decision_and_a_planned_meeting(path: list[str]):
    far, been = Far.ASKED, [Far.ASKED]
    for event in path:
        far = STEPS.get((far, event), far)
        been.append(far)
    if Far.TOLD in been:
        told = been.index(Far.TOLD)
        assert been.index(Far.CHECKED) < been.index(Far.TO_TELL) < been.index(Far.PLANNED) < told
        assert been[told - 1] == Far.PLANNED


@pytest.mark.parametrize("more", [{"safely": False}, {"exact": " "}, {"told_to": ""}, {"next_on": None}, {"said": ""},
                                  {"on": TODAY + timedelta(days=1)}, {"exact": "x" * 9000}])  # fmt: skip
def test_telling_needs_a_safe_way_the_exact_words_whom_and_a_follow_up(more: dict[str, Any]):
    told = Happened(event="told", **FULL)
    assert rules.can_happen(Far.PLANNED, "ask", told, TODAY, TODAY, safe_line=True)
    assert not rules.can_happen(Far.PLANNED, "ask", replace(told, **more), TODAY, TODAY, safe_line=True)
    assert not rules.can_happen(Far.PLANNED, "ask", told, TODAY, TODAY, safe_line=False)


def test_28_days_are_counted_and_a_route_without_a_clock_gets_none():
    assert rules.limit("dvds", "ask", date(2026, 1, 5)) == date(2026, 2, 2)
    assert rules.limit("dvds", "know", date(2026, 1, 5)) is None
    assert rules.limit("dsdas", "ask", date(2026, 1, 5)) is None


def test_schemes_are_for_partners_the_police_tell_anybody_and_the_2026_act_is_off():
    for code in ("dvds", "dsdas", "dvads"):
        assert can_use(code, "ask", "ex_partner", TODAY)
        assert not can_use(code, "ask", "acquaintance", TODAY)
    assert can_use("police_powers", "know", "acquaintance", TODAY)
    assert not can_use("police_powers", "ask", "acquaintance", TODAY)
    assert can_use("identity", "know", "stranger", date(2026, 12, 31)).reason.code == "scheme_off"
    assert set(disclosure_schemes()) == {"dvds", "dsdas", "dvads", "police_powers", "identity"}


def test_from_the_request_to_the_exact_words_on_one_side_alone_with_its_clock_on_the_desk(stage: Stage):
    circle: UUID = Case.objects.get(reference=stage.case("ruth", relation="ex_partner").key).circle_id
    lead, here = stage.actor("ruth"), Ref(circle)
    said = {"scheme": "dvds", "right": "ask", "asker": "family", "who_asked": "Her sister", "about": "Callum",
            "asked_on": TODAY - timedelta(days=30), "why": "She is afraid of what he did before."}  # fmt: skip
    with pytest.raises(RuleBroken, match="Choose who asked"):
        actions.ask_to_be_told(lead, here, **{**said, "asker": "police"})
    key = actions.ask_to_be_told(lead, here, **said)

    def step(event: str) -> None:
        version = ToldRequest.objects.get(pk=key).version
        actions.tell_step(stage.actor("ruth"), Ref(key, version), new=Happened(event=event, **FULL))

    step("checked")
    with pytest.raises(RuleBroken, match="cannot follow"):
        step("told")
    step("to_tell")
    late = [one for one in answers.due(lead, [lead.membership_id], TODAY, 9) if one.kind == "justice.told"]
    assert [(one.on, one.reason) for one in late] == [(TODAY - timedelta(days=2), "late")]
    with pytest.raises(RuleBroken, match="No safe contact"):
        step("planned")
    person = Person.objects.get(presences__circle=circle).pk
    way = Way(id=uuid4(), kind=Kind.NUMBER, value="07700 900122", uses=(Use.CALL,), main=True)
    people.set_card(lead, Ref(person), card=Card(ways=(way,), windows=read("Any day"), say="the dentist"))
    for event in ("planned", "told", "followed"):
        step(event)
    assert "justice.told_asked" in {step.code for step in custody(stage.actor("ruth"), here)}
    (one,) = queries.told_requests(stage.actor("ruth"), here).rows
    assert [step.exact for step in one.steps if step.exact] == ["He was convicted in 2021."]
    assert not [due for due in answers.due(lead, [lead.membership_id], TODAY, 9) if due.kind == "justice.told"]
    for side, refused in (("both", NotFound), ("suspect", NotAllowed)):
        circles.bring_in(stage.actor("ruth"), here, membership=stage.memberships["priya"].pk, side=side, basis="share",
                         purpose="x")  # fmt: skip
        with pytest.raises(refused):
            queries.told_requests(stage.actor("priya"), here)
        with pytest.raises(refused):
            actions.tell_step(stage.actor("priya"), Ref(key), new=Happened(event="followed", **FULL))
        trail = {step.code for step in custody(stage.actor("priya"), here)}
        assert not [code for code in trail if "told" in code], "that somebody asked stands in no trail of that side"
        circles.send_away(stage.actor("ruth"), here, membership=stage.memberships["priya"].pk)
    stage.close()


def test_words_that_only_a_protector_was_told_stand_in_no_copy_for_the_client(stage: Stage):
    circle = Case.objects.get(reference=stage.case("ruth").key).circle
    lead = stage.actor("ruth")
    base: dict[str, Any] = {"circle": circle, "by": stage.memberships["ruth"], "at": NOW}
    request = ToldRequest(**base, scheme="dvds", right="ask", asker="family", asked_on=TODAY, last_on=TODAY)
    request.save(force_insert=True)
    for to in ("victim", "protector"):
        row = ToldStep(**base, request=request, event="told", on=TODAY, told_to=to)
        lead.keys.seal(row, exact=f"Said to the {to}")
        row.save(force_insert=True)
    (held,) = answers.held(lead, circle.pk, ("justice.ToldStep",))
    copy = repr([*held.pieces()])
    assert ("Said to the victim" in copy, "Said to the protector" in copy) == (True, False)
    stage.close()
