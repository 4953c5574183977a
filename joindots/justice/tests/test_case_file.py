"""A case file: marked by people, a schedule that gives nothing away, and others asked lawfully with the person told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework.models import Case
from joindots.circles.models import Circle, Standing
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.justice import actions, queries
from joindots.justice.rules.case_file import REASONS, Asking, can_ask, can_end
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.kernel.when import Precision, When, london_day
from joindots.law.case_file import file_forms, sections_of
from joindots.people import actions as people
from tests.stage import CANARY, NOW, Stage

TODAY = london_day(NOW)
AT = When(None, None, Precision.UNKNOWN, given=f"when {CANARY} rang")
ASKED = Asking(
    holder="Stillwater Advocacy", what="Dates of contact, June to August", enquiry="When it began",
    needed="Nothing else shows it", other_means="Her phone was searched", told="told", told_on=TODAY,
)  # fmt: skip


@pytest.mark.parametrize("name", REASONS)
def test_a_request_gives_every_reason(name: str):
    assert can_ask(ASKED, TODAY)
    assert not can_ask(replace(ASKED, **{name: " "}), TODAY)


def test_the_person_is_told_in_writing_and_counselling_needs_more():
    assert can_ask(replace(ASKED, told=""), TODAY).reason.code == "tell_first"
    assert not can_ask(replace(ASKED, told_on=TODAY + timedelta(days=1)), TODAY)
    assert not can_ask(replace(ASKED, told="overridden", told_on=None), TODAY)
    assert can_ask(replace(ASKED, told="overridden", told_on=None, why_not_told="It would put her at risk"), TODAY)
    assert can_ask(replace(ASKED, counselling=True), TODAY).reason.code == "ask_probative"
    assert can_ask(replace(ASKED, counselling=True, probative="She told the therapist the day it happened"), TODAY)
    assert not can_end("given", "refused", TODAY, TODAY, TODAY), "it ends once"
    assert not can_end("asked", "refused", TODAY - timedelta(days=1), TODAY, TODAY)


def test_material_is_marked_and_the_schedule_gives_nothing_away(stage: Stage):
    actor = stage.actor("priya")
    case = Case.objects.get(reference=stage.case("priya").key)
    report = casework.note_report(actor, Ref(case.reference), force="other", reported_on=TODAY, stage="reported")
    crime = Ref(actions.follow(actor, Ref(report)))
    entry = evidence.write_entry(actor, Ref(case.reference), telling=Telling(AT, ("message",), words=CANARY)).reference
    page = queries.case_file(actor, crime)
    assert (page.own, page.not_said, len(page.material)) == (True, 1, 1), "nothing is marked by itself"
    with pytest.raises(RuleBroken, match="Nothing that is kept here"):
        actions.take_form(actor, crime, code="MG6C")
    for wrong in ("a2222-2222", "s7", "enone", "", "sx"):
        with pytest.raises(NotFound):
            actions.mark_material(actor, crime, keys=[wrong], use="unused")
    actions.mark_material(actor, crime, keys=[f"a{entry}"], use="unused", described="A message, to 9 Larch Close")
    assert queries.file_form(actor, crime, "MG6C").draft.papers.sections[0].lines[0][1].endswith("Larch Close")
    people.protect(actor, Ref(case.circle_id), kind="address", word="9 Larch Close")
    with pytest.raises(RuleBroken, match="names something that must not leave"):
        actions.take_form(actor, crime, code="MG6C")
    assert "Larch" not in str(queries.file_form(actor, crime, "MG6C").draft)
    later = stage.actor("priya", NOW + timedelta(minutes=1))
    actions.mark_material(later, crime, keys=[f"a{entry}"], use="unused")
    listed = queries.file_form(later, crime, "MG6C").draft.papers.sections[0].lines
    assert listed == (("1", "An entry of a log: A message, Time not known"),)
    assert actions.take_form(later, crime, code="MG6C").startswith(b"%PDF")
    assert actions.take_form(later, crime, code="MG6C", word=True).startswith(b"PK")
    for code in (one.code for one in file_forms().values() if sections_of(one.code)):
        said = str(queries.file_form(later, crime, code).draft.papers)
        assert case.reference not in said and f"when {CANARY}" not in said, code
    with pytest.raises(NotFound):
        queries.file_form(later, crime, "MG10")
    actions.record(later, crime, said=actions.Said(event="recorded", on=TODAY, offence="pha_s2a"))
    course = queries.file_form(later, crime, "MG5").draft.papers.sections[1].lines
    assert [said for _, said in course] == ["Recorded as a crime: Stalking (Protection from Harassment Act 1997 s2A)"]
    key = actions.ask_holder(actor, crime, asking=ASKED)
    actions.end_ask(actor, Ref(key), to="narrowed", on=TODAY, answer="Dates alone")
    assert queries.case_file(actor, crime).asks[0].state_words == "given in part"
    with pytest.raises((NotFound, NotAllowed)):
        queries.case_file(stage.actor("asha"), crime)
    stage.close()


def test_what_another_agency_keeps_is_never_listed_and_only_asked_for(stage: Stage):
    asha = stage.actor("asha")
    case = Case.objects.get(reference=stage.case("asha").key)
    evidence.write_entry(asha, Ref(case.reference), telling=Telling(AT, ("message",), words=CANARY))
    report = casework.note_report(asha, Ref(case.reference), force="other", reported_on=TODAY, stage="reported")
    crime = Ref(actions.follow(asha, Ref(report)))
    priya = stage.memberships["priya"]
    Standing.objects.create(
        circle=Circle.objects.get(pk=case.circle_id), membership=priya, side="victim", basis="share",
        starts=NOW - timedelta(days=1),
    )  # fmt: skip
    stage.close()
    page = queries.case_file(stage.actor("priya"), crime)
    assert (page.own, page.material) == (False, ())
    with pytest.raises(NotFound):
        queries.file_form(stage.actor("priya"), crime, "MG6C")
    with pytest.raises(RuleBroken, match="ask them for it"):
        actions.mark_material(stage.actor("priya"), crime, keys=["a2222-2222"], use="unused")
    with pytest.raises(NotAllowed):
        queries.case_file(stage.actor("asha"), crime)
    stage.close()
