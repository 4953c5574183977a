"""Who somebody is, entered by hand: found again by who may know, never a safe way, corrected with a reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from joindots.access import parts
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.circles.models import Standing
from joindots.kernel.problems import RuleBroken
from joindots.people import actions
from joindots.people.rules.marks import MARKS, rows_of, written
from tests.browsing import SignIn
from tests.stage import Stage

OPEN = {
    "victim": "Rhian Example", "relation": "not_known", "origin": "own", "whose": "me", "grade": "standard",
    "suspect": "", "suspect_also": "Cal the Tenor, Callum Pryce", "suspect_number": "07700 900199",
    "suspect_handle": "@northshire_tenor", "suspect_vehicle": "zz99 abc",
}  # fmt: skip
CARD = {
    "kind-0": "number", "id-0": "", "value-0": "07700 900199", "uses-0": ["text"], "trust-0": "free", "times-0": "",
    "main": "0", "windows": "Any day", "say": "", "sender": "", "must_not_know": "",
}  # fmt: skip


def opened(stage: Stage, client: Client, **more: str) -> tuple[str, dict[str, UUID]]:
    """A case opened on the page; its reference, and its people by what they stand as."""
    sent = client.post("/cases/new/", {**OPEN, **more})
    assert sent.status_code == 302, sent.content.decode()
    reference = sent["Location"].split("/")[2]
    stage.at = datetime.now(UTC)
    head = casework.case(stage.actor("asha"), Ref(reference))
    stage.close()
    return reference, {one.stands_as: one.id for one in head.people}


def post(client: Client, page: str, **given: Any) -> Any:
    version = re.search(r'name="version" value="(\d+)"', client.get(page).content.decode())
    return client.post(page, {"version": version[1] if version else "", **given})


def found(stage: Stage, who: str, typed: str) -> list[str]:
    told = [one.title for one in parts.found(stage.actor(who, stage.at), typed)]
    stage.close()
    return told


@pytest.fixture
def asha(stage: Stage, sign_in: SignIn) -> Client:
    stage.at = datetime.now(UTC)
    return sign_in("asha")


def test_what_is_typed_at_opening_finds_the_person_reported_though_no_name_is_known(stage: Stage, asha: Client) -> None:
    refused = asha.post("/cases/new/", {**OPEN, "suspect_number": "12"})
    assert refused.status_code == 422 and "no whole telephone number" in refused.content.decode()
    opened(stage, asha)
    for typed in ("+44 7700 900199", "northshire_tenor", "ZZ99ABC", "cal the tenor", "Pryce"):
        assert found(stage, "asha", typed) == ["Name not known"], typed
        assert found(stage, "stranger", typed) == []
    assert found(stage, "asha", "name not known") == [], "nobody is found by a name that nobody knows"


def test_a_mark_is_added_corrected_and_withdrawn_and_a_late_form_keeps_what_was_typed(
    stage: Stage, asha: Client
) -> None:
    case, people = opened(stage, asha)
    page = f"/cases/{case}/people/{people['suspect']}/"
    assert page in asha.get(f"/cases/{case}/").content.decode()
    assert post(asha, page, do="add", kind="email", value="cal@example.org").status_code == 302
    late = asha.post(page, {"version": "1", "do": "add", "kind": "alias", "value": "The Caller"})
    assert late.status_code == 409 and 'value="The Caller"' in late.content.decode()
    twice = post(asha, page, do="add", kind="number", value="+44 7700 900199")
    assert twice.status_code == 422 and "here already" in twice.content.decode()
    row = re.search(r'>\+447700900199<.*?name="row" value="([^"]+)"', asha.get(page).content.decode(), re.DOTALL)
    assert row
    assert post(asha, page, do="correct", row=row[1], right="07700 900188", why=" ").status_code == 422
    assert post(asha, page, do="correct", row=row[1], right="07700 900188", why="One digit wrong").status_code == 302
    assert post(asha, page, do="name", name="Callum Pryce", name_why="Police told us").status_code == 302
    told = asha.get(page).content.decode()
    assert "<s>+447700900199</s>" in told and "One digit wrong" in told and "<s>Name not known</s>" in told
    assert found(stage, "asha", "07700 900199") == [] and found(stage, "asha", "07700 900188") == ["Callum Pryce"]
    assert "corrected a name, number" in asha.get(f"/cases/{case}/custody/").content.decode()


def test_a_number_of_the_person_reported_is_refused_as_a_safe_way(stage: Stage, asha: Client) -> None:
    case, people = opened(stage, asha)
    card = f"/cases/{case}/contact/{people['victim']}/change/"
    refused = post(asha, card, **CARD)
    assert refused.status_code == 422 and "never a safe way" in refused.content.decode()
    assert 'value="07700 900199"' in refused.content.decode()
    assert post(asha, card, **{**CARD, "trust-0": "known"}).status_code == 302


def test_a_safe_way_that_turns_out_to_be_the_persons_reported_is_known_at_once_and_on_the_desk(
    stage: Stage, asha: Client
) -> None:
    case, people = opened(stage, asha, suspect_number="")
    card = f"/cases/{case}/contact/{people['victim']}/"
    assert post(asha, f"{card}change/", **CARD).status_code == 302
    assert "turned out" not in asha.get(card).content.decode()
    page = f"/cases/{case}/people/{people['suspect']}/"
    assert post(asha, page, do="add", kind="number", value="07700900199").status_code == 302
    told = asha.get(card).content.decode()
    assert "turned out to be the person reported’s" in told and "Known to the person reported" in told
    at, whose = datetime.now(UTC), [stage.memberships["asha"].pk]
    due = [one.kind for one in parts.due(stage.actor("asha", at), whose, at.date(), 20)]
    assert "people.way_known" in due
    row = re.search(r'>\+447700900199<.*?name="row" value="([^"]+)"', asha.get(page).content.decode(), re.DOTALL)
    assert row and post(asha, page, do="withdraw", row=row[1], why="It is hers after all").status_code == 302
    assert "Known to the person reported" not in asha.get(card).content.decode()


def test_somebody_added_by_mistake_is_taken_off_with_a_reason_and_not_while_records_hang_on_them(
    stage: Stage, asha: Client
) -> None:
    case, people = opened(stage, asha)
    victim, reported = (f"/cases/{case}/people/{people[one]}/" for one in ("victim", "suspect"))
    assert post(asha, victim, do="off", off_why="no").status_code == 422
    circle = casework.case(stage.actor("asha"), Ref(case)).circle
    accounts = ["telegram:cal"]
    actions.say_who(stage.actor("asha"), Ref(circle), accounts=accounts, person=people["suspect"], sure="told",
                    said_by="client", why="She knows it")  # fmt: skip
    stage.close()
    held = post(asha, reported, do="off", off_why="Another case")
    assert held.status_code == 422 and "belief" in held.content.decode()
    witness = actions.add_person(stage.actor("asha"), Ref(circle), name="Dev Ellwood", stands_as="witness")
    stage.close()
    gone = f"/cases/{case}/people/{witness}/"
    assert post(asha, gone, do="off", off_why="Belongs to another case").status_code == 302
    told = asha.get(f"/cases/{case}/").content.decode()
    assert "Taken off" in told and "Belongs to another case" in told and asha.get(gone).status_code == 404
    assert found(stage, "asha", "Ellwood") == []


def test_past_the_wall_nobody_but_the_person_reported_has_a_page_and_no_other_name_is_found(
    stage: Stage, asha: Client, sign_in: SignIn
) -> None:
    case, people = opened(stage, asha)
    victim, reported = (f"/cases/{case}/people/{people[one]}/" for one in ("victim", "suspect"))
    assert post(asha, victim, do="add", kind="maiden", value="Rhian Zanzibar").status_code == 302
    assert post(asha, victim, do="add", kind="address", value="1 Hidden Row").status_code == 422
    Standing.objects.create(
        circle_id=casework.case(stage.actor("asha"), Ref(case)).circle, membership=stage.memberships["priya"],
        side="suspect", basis="referral", purpose="to work with him", starts=stage.at,
    )  # fmt: skip
    stage.close()
    assert found(stage, "asha", "zanzibar") == ["Rhian Example"]
    assert found(stage, "priya", "zanzibar") == found(stage, "priya", "Rhian Zanzibar") == []
    priya = sign_in("priya")
    assert priya.get(victim).status_code == 404
    told = priya.get(reported)
    assert told.status_code == 200 and "+447700900199" in told.content.decode()
    assert 'name="do"' not in told.content.decode()
    assert (
        priya.post(reported, {"version": "1", "do": "add", "kind": "number", "value": "07700 900122"}).status_code
        == 404
    )


@given(st.sampled_from(sorted(MARKS)), st.text(max_size=60))
def test_a_mark_written_one_way_is_written_so_again_and_kept_as_it_is_shown(kind: str, typed: str) -> None:
    try:
        once = written(kind, typed)
    except RuleBroken:
        return
    if kind == "number":
        assert written(kind, once.removeprefix("tel:")) == once
    assert (kind, once) in set(rows_of(kind, once))
