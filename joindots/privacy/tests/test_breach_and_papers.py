"""Data that may have got out, by actions and pages; and papers drafted from the live settings."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from joindots.access import door
from joindots.access.door import Ref
from joindots.agencies.models import Membership
from joindots.casework import queries as cases
from joindots.casework.models import Case
from joindots.circles.models import Standing
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.people import actions as people
from joindots.people import queries as people_queries
from joindots.privacy import actions, answers, queries
from joindots.privacy.models import Breach
from joindots.privacy.rules.breach import STEPS
from tests.browsing import SignIn
from tests.stage import CANARY, Stage


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def begun(stage: Stage, *, by: str = "asha", out: str = "not_known", case: str = "") -> str:
    aware = stage.at - timedelta(hours=2)
    reference = actions.begin_breach(
        stage.actor(by), drill=True, aware_at=aware, said=f"A letter, {CANARY}", out=out, case=case
    )
    stage.close()
    return reference


def test_an_address_that_may_be_out_cannot_be_closed_over(stage: Stage) -> None:
    ref = Ref(begun(stage))
    view = queries.breach(stage.actor("asha"), ref)
    assert view.emergency and view.next == "danger" and view.hours_left == 70
    passed = {one.code: one.answers[-1][0] for one in STEPS[1:]}
    for step, answer in passed.items():
        with pytest.raises(RuleBroken, match="Write down"):
            actions.do_step(stage.actor("asha"), ref, step=step, answer=answer, said="")
        actions.do_step(stage.actor("asha"), ref, step=step, answer=answer, said="by Asha")
    with pytest.raises(RuleBroken, match="Who is in danger"):
        actions.close_breach(stage.actor("asha"), ref)
    for step in ("danger", "told", "regulator"):
        first = next(one.answers[0][0] for one in STEPS if one.code == step)
        actions.do_step(stage.actor("ruth"), ref, step=step, answer=first, said="by Ruth")
    actions.close_breach(stage.actor("asha"), ref)
    told = queries.breach(stage.actor("ruth"), ref)
    assert told.closed_at and [one.by for one in told.steps[1].done] == ["Asha", "Ruth"]
    with pytest.raises(RuleBroken, match="closed already"):
        actions.do_step(stage.actor("asha"), ref, step="saw", answer="known", said="more")


def test_leads_know_at_once_others_never_and_it_stands_on_the_desk_by_its_clock(stage: Stage) -> None:
    reference = begun(stage)
    assert [one.reference for one in queries.breaches(stage.actor("ruth"))] == [reference]
    assert queries.breaches(stage.actor("stranger")) == ()
    with pytest.raises(NotFound):
        queries.breach(stage.actor("stranger"), Ref(reference))
    asha = stage.memberships["asha"].pk
    due = list(answers.due(stage.actor("asha"), [asha], stage.at.date(), 9))
    assert [one.link for one in due] == [f"/privacy/breach/{reference}/"] and CANARY not in str(due[0].sentence)
    late = stage.at + timedelta(hours=71)
    assert queries.breach(stage.actor("asha", late), Ref(reference)).late


def test_a_breach_of_somebody_who_left_stands_on_the_desk_of_those_who_know_of_it(stage: Stage) -> None:
    begun(stage)
    ruth = stage.memberships["ruth"].pk
    assert list(answers.due(stage.actor("ruth"), [ruth], stage.at.date(), 9)) == []
    Membership.objects.filter(pk=stage.memberships["asha"].pk).update(ends=stage.at)
    assert [one.kind for one in answers.due(stage.actor("ruth"), [ruth], stage.at.date(), 9)] == ["privacy.breach"]


def test_who_opened_the_case_and_the_card_is_read_from_the_trail_by_who_may_know_of_it(stage: Stage) -> None:
    case = stage.case()
    circle = Case.objects.get().circle_id
    asha = stage.actor("asha")
    person = people_queries.people_in(asha, Ref(circle))[0].id
    stage.close()
    Standing.objects.create(
        circle_id=circle,
        membership=stage.memberships["ruth"],
        side="victim",
        basis="team",
        purpose="x",
        starts=stage.at,
    )
    cases.case(stage.actor("ruth"), case)
    stage.close()
    people.set_safe_contact(asha, Ref(person), number="07700 900122", times="", address="")
    cases.case(asha, case)
    people_queries.card_of(asha, Ref(person))
    door.close(asha)
    reference = begun(stage, case=str(case.key))
    found = {one.who: one.contact for one in queries.who_opened(stage.actor("asha"), Ref(reference))}
    assert found == {"Asha": True, "Ruth": False}
    Standing.objects.filter(membership=stage.memberships["ruth"], circle=circle).delete()
    view = queries.breach(stage.actor("ruth"), Ref(reference))
    assert view.case == "" and queries.who_opened(stage.actor("ruth"), Ref(reference)) == ()
    with pytest.raises(NotFound):
        begun(stage, by="stranger", case=str(case.key))


def test_a_drill_is_walked_through_the_pages(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("asha")
    sent = {"out": "", "said": f"kept {CANARY}", "aware_at": "2026-01-02T10:00", "drill": "yes"}
    refused = client.post("/privacy/breach/", sent)
    assert refused.status_code == 422 and f"kept {CANARY}" in refused.content.decode()
    assert client.post("/privacy/breach/", {**sent, "out": "yes", "case": "2222-2222"}).status_code == 422
    where = client.post("/privacy/breach/", {**sent, "out": "yes"}).headers["Location"]
    page = client.get(where).content.decode()
    assert "An address is out" in page and "This is a drill" in page and "over" in page
    version = str(Breach.objects.get().version)
    step = {"do": "step", "step": "danger", "answer": "named", "said": "Maya", "version": version}
    assert client.post(where, step).status_code == 302
    assert client.post(where, step).status_code == 409
    assert client.post(where, {"do": "close", "version": str(Breach.objects.get().version)}).status_code == 422
    assert sign_in("stranger").get(where).status_code == 404


def test_papers_are_drafts_from_the_live_settings(stage: Stage, sign_in: SignIn) -> None:
    stage.case()
    assert sign_in("asha").get("/privacy/papers/").status_code == 403
    client = sign_in("ruth")
    for paper in ("assessment", "record", "agreement"):
        page = client.get(f"/privacy/papers/?paper={paper}").content.decode()
        assert "Nobody has approved it" in page and "TO FILL IN BY A PERSON" in page and CANARY not in page
        assert "UK GDPR" in page and "84 months" in page
    word = client.get("/privacy/papers/?paper=record&form=docx").content
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        assert "DRAFT of" in file.read("word/document.xml").decode()
    assert client.get("/privacy/papers/?paper=agreement&form=pdf").content.startswith(b"%PDF")
