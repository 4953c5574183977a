"""Points to prove: nothing is linked by itself, gaps come first, judgements have reasons and keep what was said before."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework.models import Case
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.justice import actions, queries
from joindots.justice.models import Crime
from joindots.justice.rules import points as rules
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.kernel.when import Precision, When, london_day
from joindots.law.points import offences_of_points, points_of
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
AT = When(NOW, NOW + timedelta(seconds=59), Precision.MINUTE)


@given(st.sampled_from(points_of("england_wales")), st.integers(0, 400), st.sampled_from(["", *rules.SAYS]))
def test_acts_fill_a_point_about_acts_and_no_judgement_does(point, linked, says):
    gap = rules.gap_of(point, linked, says)
    assert (gap == "") == (linked > 0 if point.acts else bool(says))


def test_every_law_system_has_its_points_for_its_offences():
    assert offences_of_points("england_wales") == ("pha_s2a", "pha_s4a_fear", "pha_s4a_sad")
    assert offences_of_points("scotland") == ("sc_s39",)
    assert offences_of_points("northern_ireland") == ("ni_s1",)


def test_what_speaks_to_a_point_is_linked_by_a_person_taken_back_and_judged_with_reasons(stage: Stage):
    actor = stage.actor("priya")
    case = Case.objects.get(reference=stage.case("priya").key)
    report = casework.note_report(actor, Ref(case.reference), force="other", reported_on=TODAY, stage="reported")
    crime = Ref(actions.follow(actor, Ref(report)))
    entry = evidence.write_entry(
        actor, Ref(case.reference), telling=Telling(AT, ("message",), words="He followed me home")
    ).reference
    page = queries.points(actor, crime)
    assert page.gaps == len(page.blocks) and not page.conclusions, "nothing is linked before somebody does it"
    assert len(page.acts) == 1
    assert actions.link_to_point(actor, crime, point="ew_associated", acts=(entry,)) == 1
    assert actions.link_to_point(actor, crime, point="ew_associated", acts=(entry,)) == 0, "it stands there once"
    page = queries.points(actor, crime)
    assert page.blocks[-1].point.code == "ew_associated" and not page.blocks[-1].gap, "gaps come first"
    with pytest.raises(RuleBroken, match="Tick the acts"):
        actions.link_to_point(actor, crime, point="ew_course")
    with pytest.raises(RuleBroken, match="a point from the list"):
        actions.link_to_point(actor, crime, point="sc_course", acts=(entry,))
    for wrong in ({"acts": ("2222-2222",)}, {"sources": (7,)}, {"exhibits": (str(uuid4()),)}):
        with pytest.raises(NotFound):
            actions.link_to_point(actor, crime, point="ew_course", **wrong)
    actions.judge_point(actor, crime, point="ew_defence", says="not_shown", why="Nobody has asked him")
    actions.judge_point(
        stage.actor("priya", NOW + timedelta(minutes=1)), crime, point="ew_defence", says="shown", why="He said nothing"
    )
    with pytest.raises(RuleBroken, match="reasons"):
        actions.conclude(actor, crime, offence="pha_s2a", why=" ")
    actions.conclude(actor, crime, offence="none", why="One act alone so far")
    page = queries.points(actor, crime, first=TODAY + timedelta(days=400))
    defence = next(one for one in page.blocks if one.point.code == "ew_defence")
    assert [one.why for one in defence.judged] == ["He said nothing", "Nobody has asked him"]
    assert page.conclusions[0].says == "no offence of the list is shown"
    link = next(one for block in page.blocks for one in block.linked)
    actions.take_back_link(actor, Ref(link.id, link.version))
    with pytest.raises(NotFound):
        actions.take_back_link(actor, Ref(link.id))
    assert queries.points(actor, crime).gaps == len(page.blocks) - 1
    assert actions.link_to_point(actor, crime, point="ew_associated", acts=(entry,)) == 1
    evidence.withdraw_entry(actor, Ref(entry), why="Told twice")
    assert queries.points(actor, crime).gaps == len(page.blocks) - 1, "an act that was withdrawn speaks to nothing"
    with pytest.raises((NotFound, NotAllowed)):
        queries.points(stage.actor("asha"), Ref(Crime.objects.get().pk))
    stage.close()
