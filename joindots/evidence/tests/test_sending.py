"""A file sent in pieces arrives byte for byte, goes on after a lost connection, and is nobody else's meanwhile."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joindots.access.door import Ref
from joindots.evidence import queries
from joindots.evidence.actions import sending
from joindots.evidence.models import Sending, SourceFile
from joindots.evidence.pieces import SUFFIX
from joindots.vault import files
from tests.browsing import SignIn
from tests.stage import Stage

DATA = os.urandom(700_000)


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, at which pages act."""
    stage.at = datetime.now(UTC)
    return stage


def begin(client: Client, case: Ref, **more: object) -> dict[str, Any]:
    asked = {"name": "big.bin", "size": len(DATA), "mark": "170", **more}
    return client.post(f"/cases/{case.key}/files/sending/", asked).json()


def send(client: Client, to: str, begins: int, data: bytes) -> dict[str, Any]:
    return client.post(to, {"begins": begins, "piece": SimpleUploadedFile("piece", data)}).json()


def left() -> int:
    return len(list((files.folder() / "arriving").glob(f"*{SUFFIX}")))


def test_a_file_goes_on_where_it_was_and_arrives_whole(
    stage: Stage, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    case = stage.case()
    stage.close()
    client, before = sign_in("asha"), left()
    to = begin(client, case)["to"]
    assert send(client, to, 0, DATA[:300_000]) == {"come": 300_000}
    assert send(client, to, 0, DATA[:300_000])["come"] == 300_000, "its answer was lost and it is sent again"
    assert send(client, to, 300_000, DATA) == {
        "come": 300_000,
        "says": "300000 bytes of the file have come. Go on from there.",
    }, "more than the file has"
    again = begin(client, case)
    assert (again["to"], again["come"]) == (to, 300_000)
    assert begin(client, case, mark="171")["come"] == 0, "it was changed on its device: another file"
    with django_capture_on_commit_callbacks(execute=True):
        told = send(client, to, 300_000, DATA[300_000:])
    assert told["come"] == len(DATA) and told["page"].startswith("/jobs/")
    source = SourceFile.objects.get()
    with queries.original(stage.actor("asha"), Ref(source.pk)).open() as stream:
        assert stream.read() == DATA
    assert left() == before and Sending.objects.count() == 1
    assert client.post(to, {"begins": 0}).status_code == 404


def test_what_one_person_sends_nobody_else_goes_on_with(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case()
    stage.close()
    to = begin(sign_in("asha"), case)["to"]
    for who in ("ruth", "stranger"):
        answered = sign_in(who).post(to, {"begins": 0, "piece": SimpleUploadedFile("piece", b"x")})
        assert answered.status_code == 404
    assert Sending.objects.get().come == 0


@pytest.mark.parametrize("size", [0, 3 << 30, "x", "9" * 30])
def test_what_cannot_be_taken_is_said_before_a_byte_is_sent(stage: Stage, sign_in: SignIn, size: object) -> None:
    case = stage.case()
    stage.close()
    told = begin(sign_in("asha"), case, size=size)
    assert "big.bin is" in told["says"] and not Sending.objects.exists()


def test_a_file_that_was_never_sent_whole_is_let_go(
    stage: Stage, sign_in: SignIn, keep: Any, django_capture_on_commit_callbacks: Any
) -> None:
    case = stage.case()
    stage.close()
    client, before = sign_in("asha"), left()
    to = begin(client, case)["to"]
    send(client, to, 0, DATA[:1000])
    Sending.objects.update(at=stage.at - sending.KEPT - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert begin(client, case)["come"] == 0
    assert left() == before and Sending.objects.count() == 1
