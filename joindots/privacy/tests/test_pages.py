"""The register of requests about personal data, through its pages: who sees it, its clocks, its letters."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.kernel.problems import NotAllowed, OutOfDate, RuleBroken
from joindots.privacy import actions, answers, queries
from joindots.privacy.models import Request
from joindots.privacy.rules import Kind
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

TOKEN = rb'name="csrfmiddlewaretoken" value="[^"]+"'
"""It differs on every page."""


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def enter(stage: Stage, kind: Kind = Kind.ELSE, *, by: str = "moira", ago: int = 0) -> str:
    came = stage.at.date() - timedelta(days=ago)
    reference = actions.register(
        stage.actor(by), kind=kind, came_on=came, came_how="letter", who=f"Cal {CANARY}",
        reach=f"{CANARY}@example.org", words=f"All on me, {CANARY}",
    )  # fmt: skip
    stage.close()
    return reference


def text(client: Client, where: str) -> str:
    return client.get(where).content.decode()


def test_a_request_is_entered_acknowledged_and_answered(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("moira")
    sent = {
        "kind": "complaint",
        "came_on": stage.at.date().isoformat(),
        "who": "Nia Example",
        "words": "It went astray.",
    }
    where = client.post("/privacy/add/", sent).headers["Location"]
    shown = text(client, where)
    assert "Acknowledge by" in shown and "It went astray." in shown
    version = str(Request.objects.get().version)
    assert client.post(where, {"do": "acknowledge", "version": version}).status_code == 302
    refused = client.post(
        where, {"do": "answer", "answer": "not_upheld", "version": str(Request.objects.get().version)}
    )
    assert refused.status_code == 422 and "Give the reason" in refused.content.decode()
    late = client.post(where, {"do": "answer", "answer": "upheld", "version": version})
    assert late.status_code == 409
    kept = {"do": "answer", "answer": "upheld", "why": "Yes.", "version": str(Request.objects.get().version)}
    assert client.post(where, kept).status_code == 302
    row = Request.objects.get()
    assert (row.state, row.due_on, row.answer) == ("answered", None, "upheld")
    assert "Nia Example" in text(client, "/privacy/?state=answered") and "Nia Example" not in text(client, "/privacy/")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"kind": ""}, "Choose what is asked"), ({"who": ""}, "Say who asks"), ({"came_on": "soon"}, "Give the day"),
     ({"came_on": "2999-01-01"}, "still to come")],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    stage: Stage, sign_in: SignIn, wrong: dict[str, str], says: str
) -> None:
    sent = {"kind": "copy", "came_on": "2026-01-02", "who": "Nia", "words": "All of it, please."}
    told = sign_in("moira").post("/privacy/add/", {**sent, **wrong})
    assert told.status_code == 422
    assert says in told.content.decode() and "All of it, please." in told.content.decode()
    assert not Request.objects.exists()


def test_nobody_else_knows_of_a_request(stage: Stage, sign_in: SignIn) -> None:
    reference = enter(stage)
    client = sign_in("stranger")
    assert CANARY not in text(client, "/privacy/")
    for tail in ("", "letter/", "letter/?which=answer"):
        hidden = client.get(f"/privacy/{reference}/{tail}")
        assert hidden.status_code == 404
        nowhere = client.get(f"/privacy/2222-2222/{tail}")
        assert re.sub(TOKEN, b"", hidden.content) == re.sub(TOKEN, b"", nowhere.content)
    assert sign_in("asha").get("/privacy/").status_code == 403
    with pytest.raises(NotAllowed):
        enter(stage, by="asha")


def test_the_leads_of_the_agency_know_of_it_too(stage: Stage, sign_in: SignIn) -> None:
    membership = stage.memberships["ruth"]
    membership.roles = [Role.PRIVACY_OFFICER.value]
    membership.save()
    other = stage.memberships["asha"]
    other.roles = [Role.TEAM_LEAD.value]
    other.save()
    enter(stage, by="ruth")
    assert CANARY in text(sign_in("asha"), "/privacy/")


def test_the_answer_to_whoever_is_no_client_is_the_same_for_all(stage: Stage, sign_in: SignIn) -> None:
    stage.case(victim="Rhian Example")
    first, second = enter(stage), enter(stage)
    client = sign_in("moira")
    told = [
        b"".join(client.get(f"/privacy/{each}/letter/?which=answer").streaming_content).decode().replace(each, "")
        for each in (first, second)
    ]
    assert told[0] == told[1] and "neither confirm nor deny" in told[0] and CANARY not in told[0]
    name = client.get(f"/privacy/{first}/letter/").headers["Content-Disposition"]
    assert CANARY not in name and first in name
    with pytest.raises(RuleBroken, match="Choose from the list"):
        actions.answer(stage.actor("moira"), Ref(first), answer="given")


def test_what_waits_stands_on_its_keepers_desk_by_its_clock(stage: Stage) -> None:
    reference = enter(stage, ago=40)
    enter(stage, Kind.POLICE)
    enter(stage, Kind.COPY)
    moira = stage.memberships["moira"].pk
    found = list(answers.due(stage.actor("moira"), [moira], stage.at.date(), 9))
    assert [one.link for one in found] == [f"/privacy/{reference}/"]
    assert CANARY not in str(found[0].sentence)
    assert list(answers.due(stage.actor("asha"), [moira], stage.at.date(), 9)) == []
    assert list(answers.due(stage.actor("stranger"), [moira], stage.at.date(), 9)) == []
    view = queries.request(stage.actor("moira"), Ref(reference))
    assert view.late
    with pytest.raises(RuleBroken, match="month is over"):
        actions.extend(stage.actor("moira"), Ref(reference), why="many files")
    with pytest.raises(OutOfDate):
        actions.answer(stage.actor("moira"), Ref(reference, view.version + 1), answer="neither")
