"""A form sent when the session had ended is held sealed, offered to its writer alone, and never sent by itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joindots.access.door import Ref
from joindots.agencies import holding
from joindots.agencies.models import FormSent, HeldPost
from joindots.casework import queries as casework
from joindots.casework.actions import add_task
from joindots.circles import actions as circles
from joindots.circles.models import Standing
from joindots.evidence import queries
from joindots.vault.keys import KeyCabinet, KeyGone, purpose_key
from joindots.vault.sealing import SealBroken, unseal
from tests.browsing import SignIn
from tests.stage import Stage

WORDS = "He stood by the gate"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, at which pages act."""
    stage.at = datetime.now(UTC)
    return stage


@pytest.fixture
def case(stage: Stage) -> Ref:
    """An empty case."""
    return stage.case(victim="Rhian Example")


def end_session(client: Client) -> None:
    """A quarter of an hour without a sign of life."""
    key = client.cookies["s"].value
    Session.objects.filter(pk=key).update(expire_date=datetime.now(UTC) - timedelta(seconds=1))


def send(client: Client, case: Ref, **more: object) -> object:
    return client.post(f"/cases/{case.key}/log/add/", {"kind": "near", "way": "now", "words": WORDS, **more})


def entries(stage: Stage, case: Ref) -> list[str]:
    found = queries.incidents_of(stage.actor("asha"), case)
    return [queries.incident(stage.actor("asha"), Ref(one.reference)).telling.words for one in found]


def test_what_meets_an_ended_session_is_held_offered_and_done_when_its_writer_presses(
    stage: Stage, case: Ref, sign_in: SignIn
) -> None:
    stage.close()
    client = sign_in("asha")
    end_session(client)
    answer = send(client, case, file=SimpleUploadedFile("gate.jpg", b"picture"))
    assert answer["Location"].startswith("/account/sign-in/?next=%2Faccount%2Fheld%2F")
    assert WORDS.encode() not in bytes(HeldPost.objects.get().fields)
    assert entries(stage, case) == []

    stage.close()
    again = sign_in("asha")
    page = again.get("/account/held/").content.decode()
    assert WORDS in page
    assert "choose them again" in page
    assert "It is held for you" in again.get("/today/").content.decode()
    assert entries(stage, case) == []  # seen, and still not sent
    held = HeldPost.objects.get()
    looked = again.post(held.path, {"kind": "near", "words": WORDS, "held": str(held.pk), "look": "yes"})
    assert looked.status_code == 200
    assert f'name="held" value="{held.pk}"' in looked.content.decode()
    assert HeldPost.objects.exists()
    assert send(again, case, held=str(held.pk)).status_code == 302
    assert entries(stage, case) == [WORDS]
    assert not HeldPost.objects.exists()


def test_words_that_came_after_somebody_elses_are_offered_again_after_the_page_was_closed(
    stage: Stage, case: Ref, sign_in: SignIn
) -> None:
    made = add_task(stage.actor("asha"), case, what="Ring")
    stage.close()
    client, where = sign_in("asha"), f"/cases/{case.key}/tasks/"
    stale = {"do": "end", "row": str(made), "version": "1", "to": "dropped"}
    assert client.post(where, {**stale, "why": "Not wanted now"}).status_code == 302
    assert client.post(where, {**stale, "why": "x"}).status_code == 409 and not HeldPost.objects.exists()
    assert client.post(where, {**stale, "why": "They rang themselves"}).status_code == 409
    assert b"It is held for you for a day" in client.get("/today/").content
    assert b"They rang themselves" in client.get("/account/held/").content
    assert b"They rang themselves" not in sign_in("ruth").get("/account/held/").content


def test_nobody_else_is_offered_it_or_can_drop_it(stage: Stage, case: Ref, sign_in: SignIn) -> None:
    stage.close()
    client = sign_in("asha")
    end_session(client)
    send(client, case)
    other = sign_in("ruth")
    assert WORDS not in other.get("/account/held/").content.decode()
    other.post("/account/held/", {"drop": str(HeldPost.objects.get().pk)})
    other.post("/account/held/", {"drop": "nonsense"})
    assert HeldPost.objects.count() == 1
    assert "Nothing is held" in other.get("/account/held/").content.decode()
    mine = sign_in("asha")
    mine.post("/account/held/", {"drop": str(HeldPost.objects.get().pk)})
    assert not HeldPost.objects.exists()


def test_what_is_held_lies_under_the_key_of_its_circle_goes_with_it_and_is_offered_to_nobody_sent_away(
    stage: Stage, case: Ref, sign_in: SignIn
) -> None:
    circle = casework.case(stage.actor("asha"), case).circle
    for who, asked_by in (("ruth", "asha"), ("priya", "ruth")):
        Standing.objects.create(
            circle_id=circle, membership=stage.memberships[who], side="victim", basis="team", purpose=asked_by,
            starts=stage.at,
        )  # fmt: skip
    stage.close()
    client = sign_in("asha")
    end_session(client)
    send(client, case)
    row, user = HeldPost.objects.get(), stage.memberships["asha"].user
    assert row.owner == circle
    with pytest.raises(SealBroken):
        unseal(purpose_key("held"), holding._spot(row), bytes(row.fields))
    assert [one.path for one in holding.held_for(user, datetime.now(UTC))] == [row.path]

    mine = Standing.objects.filter(circle=circle, membership=stage.memberships["asha"])
    mine.update(ends=datetime.now(UTC))
    assert holding.held_for(user, datetime.now(UTC)) == () and not holding.is_held_for(user, datetime.now(UTC))
    mine.update(ends=None)

    act = circles.ask_second(stage.actor("asha"), Ref(circle), act="erase", content_hash="0" * 64)
    circles.decide_second(stage.actor("priya"), Ref(circle), act=act, agreed=True, kind="erase")
    circles.erase(stage.actor("ruth"), Ref(circle), agreed_act=act)
    stage.close()
    assert not HeldPost.objects.exists()
    with pytest.raises(KeyGone):
        KeyCabinet().key(circle, "contact")
    again = sign_in("asha")
    again.post("/account/sign-out/")
    send(again, case)
    assert not HeldPost.objects.exists()


def test_it_is_gone_after_a_day_and_the_newest_of_a_page_stands(stage: Stage, case: Ref, sign_in: SignIn) -> None:
    stage.close()
    client = sign_in("asha")
    end_session(client)
    first = client.post(f"/cases/{case.key}/log/add/", {"words": "half", "later": "yes"}, headers={"X-Draft": "yes"})
    assert first.status_code == 401
    send(client, case)  # its cookie is a session of nobody by now, which still knows whose it was
    user = stage.memberships["asha"].user
    (held,) = holding.held_for(user, datetime.now(UTC))
    assert ("words", WORDS) in held.words
    assert held.looked_over
    assert holding.held_for(user, datetime.now(UTC) + timedelta(hours=25)) == ()
    assert not HeldPost.objects.exists()


def test_signing_out_in_another_tab_holds_too_and_a_stranger_holds_nothing(
    stage: Stage, case: Ref, sign_in: SignIn
) -> None:
    stage.close()
    client = sign_in("asha")
    client.post("/account/sign-out/")
    send(client, case)
    assert HeldPost.objects.get().user == stage.memberships["asha"].user
    stranger = Client()
    answer = send(stranger, case)
    assert answer["Location"].endswith("?lost=yes")
    assert "was not kept" in stranger.get(answer["Location"]).content.decode()
    assert HeldPost.objects.count() == 1


def test_a_form_from_before_signing_in_again_is_held_if_a_page_of_ours_sent_it(
    stage: Stage, case: Ref, sign_in: SignIn
) -> None:
    stage.close()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in("asha").cookies
    session = strict.session
    session[holding.WAS] = str(stage.memberships["asha"].user.pk)
    session.save()
    assert send(strict, case).status_code == 403
    assert not HeldPost.objects.exists()  # no word of the browser's that the page was ours
    there = f"/cases/{case.key}/log/add/"
    evil = strict.post(there, {"words": WORDS}, headers={"Origin": "https://evil.example"})
    assert evil.status_code == 403
    assert not HeldPost.objects.exists()
    ours = strict.post(there, {"words": WORDS}, headers={"Origin": "http://testserver"})
    assert (ours.status_code, ours["Location"]) == (302, "/account/held/")
    session[holding.WAS] = str(stage.memberships["ruth"].user.pk)
    session.save()
    HeldPost.objects.all().delete()
    assert strict.post(there, {"words": WORDS}, headers={"Origin": "http://testserver"}).status_code == 403
    assert not HeldPost.objects.exists()  # the words may be those of whoever sat here before


def test_one_form_sent_twice_is_done_once_and_both_are_led_to_the_same_page(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("asha")
    mark = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/cases/new/").content.decode())[0]
    told = {"victim": "Rhian Example", "relation": "stranger", "csrfmiddlewaretoken": mark}
    first, second = (client.post("/cases/new/", told) for _ in range(2))
    assert first.status_code == 302
    assert first["Location"] == second["Location"]
    assert casework.cases(stage.actor("asha", datetime.now(UTC))).total == 1
    client.post("/cases/new/", {**told, "victim": "Rhian Other"})  # the same page with other words is another form
    assert casework.cases(stage.actor("asha", datetime.now(UTC))).total == 2
    FormSent.objects.update(at=datetime.now(UTC) - timedelta(minutes=2))
    client.post("/cases/new/", told)  # after a minute it is sent on purpose
    assert casework.cases(stage.actor("asha", datetime.now(UTC))).total == 3


def test_a_form_that_was_refused_can_be_sent_again(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("asha")
    told = {"victim": "", "relation": "stranger", "csrfmiddlewaretoken": "a" * 64}
    assert [client.post("/cases/new/", told).status_code for _ in range(2)] == [422, 422]
    assert not FormSent.objects.exists()


def test_now_of_yesterday_is_asked_again_before_what_was_held_is_sent(stage: Stage, case: Ref, sign_in: SignIn) -> None:
    stage.close()
    client = sign_in("asha")
    begun = (datetime.now(UTC) - timedelta(hours=20)).isoformat()
    answer = send(client, case, begun=begun, held="anything")
    assert answer.status_code == 200
    assert "For when, you had “now”" in answer.content.decode()
    assert entries(stage, case) == []
    assert send(client, case, begun=begun, way="another", other="exact", day="2025-03-03", held="x").status_code == 302
