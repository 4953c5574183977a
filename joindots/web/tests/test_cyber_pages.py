"""Online and devices: a capture is kept with its address as words, a look warns before a change, a thing is an entry."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joindots.access.door import Ref
from joindots.evidence import queries
from tests.browsing import SignIn
from tests.stage import Stage

PAGE = b"<html>a saved page</html>"
FOUND = {
    "check": "car_tracker", "outcome": "found", "thing": "a white tag", "place": "under the rear seat", "when": "now",
    "serial": "SN-0000", "state": "left", "advised": "police", "advice": "DC Example", "who": "client",
}  # fmt: skip


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, at which pages act."""
    stage.at = datetime.now(UTC)
    return stage


@pytest.fixture
def case(stage: Stage) -> Ref:
    """An empty case."""
    return stage.case(victim="Rhian Example")


@pytest.fixture
def client(case: Ref, stage: Stage, sign_in: SignIn) -> Client:
    """An advocate who stands in it."""
    stage.close()
    return sign_in("asha")


def test_a_page_is_kept_with_its_address_as_words_and_both_times(stage: Stage, case: Ref, client: Client) -> None:
    there = f"/cases/{case.key}/online/capture/"
    told = {"address": 'javascript:alert("x")', "shows": "profile", "when": "tomorrow at 9", "who": "client"}
    assert client.post(there, told).status_code == 422  # no file
    client.post(there, {**told, "file": SimpleUploadedFile("profile.mhtml", PAGE)})
    (one,) = queries.captures_of(stage.actor("asha"), case)
    assert one.file is not None
    assert (one.form, one.address, one.shows) == ("saved page, whole", 'javascript:alert("x")', "profile")
    assert one.received is not None
    page = client.get(f"/cases/{case.key}/online/").content.decode()
    assert one.file.sha256 in page
    assert 'href="javascript' not in page
    assert client.post(f"{there}{one.id}/", {"why": ""}).status_code == 422
    assert client.post(f"{there}{one.id}/", {"why": "another profile"}).status_code == 302
    assert not queries.captures_of(stage.actor("asha"), case)[0].stands
    assert "another profile" in client.get(f"/cases/{case.key}/online/").content.decode()


def test_a_tracker_is_an_entry_with_its_picture_and_a_change_asks_for_the_warning(
    stage: Stage, case: Ref, client: Client
) -> None:
    there = f"/cases/{case.key}/online/look/car_tracker/"
    assert "may see that it moves no more" in client.get(there).content.decode()
    refused = client.post(there, {**FOUND, "state": "removed"}).content.decode()
    assert "Tick that you read" in refused
    assert "a white tag" in refused
    made = client.post(there, {**FOUND, "file": SimpleUploadedFile("tag.jpg", b"a picture")})
    (entry,) = queries.incidents_of(stage.actor("asha"), case)
    assert made["Location"] == f"/log/{entry.reference}/"
    assert (entry.kinds, entry.behaviours) == (("home",), ("tracker",))
    page = client.get(made["Location"]).content.decode()
    for said in ("a white tag", "under the rear seat", "SN-0000", "left as it is", "advised by the police", "tag.jpg"):
        assert said in page
    changed = f"{made['Location']}found/"
    assert client.post(changed, {**FOUND, "state": "handed_over", "warned": "on"}).status_code == 302
    found = queries.incident(stage.actor("asha"), Ref(entry.reference)).found
    assert [one.noted.state for one in found] == ["handed_over", "left"]
    log = queries.log_file(stage.actor("asha"), case)
    assert log is not None
    assert "handed to the police" in log.records[0].extra["found"]


def test_a_look_that_finds_nothing_is_noted_and_is_no_act(stage: Stage, case: Ref, client: Client) -> None:
    there = f"/cases/{case.key}/online/look/phone_apps/"
    assert client.post(there, {"check": "phone_apps", "outcome": "nothing"}).status_code == 302
    assert client.post(there, {"check": "phone_apps"}).status_code == 422
    assert client.post(there, {"check": "no such", "outcome": "nothing"}).status_code == 422
    assert client.get(f"/cases/{case.key}/online/look/no-such/").status_code == 404
    assert queries.incidents_of(stage.actor("asha"), case) == ()
    assert "nothing was found" in client.get(f"/cases/{case.key}/online/").content.decode()


def test_the_persons_form_and_view_say_it_softly_and_keep_the_same(stage: Stage, case: Ref, client: Client) -> None:
    add = f"/cases/{case.key}/log/add/"
    form = client.get(f"{add}?hers").content.decode()
    assert "Came near me" in form
    assert "Who may know" not in form
    missing = client.post(add, {"hers": "yes", "kind": "near"}).content.decode()
    assert "One more thing is needed" in missing
    kept = client.post(add, {"hers": "yes", "kind": "near", "way": "now", "told_by": "client", "effect": "I hid"})
    assert kept["Location"] == f"/cases/{case.key}/what-happened/?kept"
    page = client.get(kept["Location"]).content.decode()
    assert "What’s been happening" in page
    assert "1 time somebody came near" in page
    assert "Take as long as you like" in client.get(f"/cases/{case.key}/what-happened/?pause").content.decode()
