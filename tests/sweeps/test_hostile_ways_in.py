"""The way in, tried by somebody hostile: throttles that cannot be dodged or turned on others, and no way out to elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from joindots.agencies.models import Enrolment, User
from joindots.circles import actions
from tests.browsing import SignIn
from tests.entering import PASSWORD, PERIOD, RIGHT, WRONG, code, enter, give_password
from tests.stage import Stage

OTHER = "thistle-ferry-amber-quill"
THROTTLED = "Too many wrong tries from here"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Asha with a password and a second factor; Ruth administers staff."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    give_password(stage)
    stage.memberships["ruth"].roles = ["team_lead", "agency_admin"]
    stage.memberships["ruth"].save()
    stage.at = datetime.now(UTC)
    return stage


def tries(number: int, **each: Any) -> HttpResponse:
    """Wrong passwords, each with the next of the values given; the last answer."""
    for place in range(number):
        told = Client().post("/account/sign-in/", WRONG, **{name: values(place) for name, values in each.items()})
    return told


@pytest.mark.parametrize(
    "each",
    [
        {"SERVER_PORT": lambda place: str(8000 + place)},
        {"headers": lambda place: {"host": f"localhost:{8000 + place}"}},
        {"headers": lambda place: {"host": ("localhost", "127.0.0.1", "[::1]")[place % 3]}},
        {"headers": lambda place: {"x-forwarded-for": f"192.0.2.{place}"}},
        {"headers": lambda place: {"x-real-ip": f"192.0.2.{place}", "forwarded": f"for=192.0.2.{place}"}},
        {"REMOTE_ADDR": lambda place: f"2001:db8::{place + 1:x}"},
    ],
    ids=["port", "host and port", "host", "forwarded for", "other headers", "addresses of one network"],
)
def test_wrong_tries_count_together_whatever_the_browser_claims(stage: Stage, each: dict[str, Any]) -> None:
    assert THROTTLED in tries(6, **each).content.decode()


def test_behind_a_proxy_a_stranger_slows_their_own_address_alone(stage: Stage, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = tries(6, headers=lambda place: {"x-forwarded-for": f"192.0.2.{place}, 198.51.100.7"})
    assert THROTTLED in forged.content.decode()
    own = Client().post("/account/sign-in/", RIGHT, headers={"x-forwarded-for": "203.0.113.5"})
    assert own.status_code == 302


def test_a_proxy_with_tls_is_believed_about_the_address_and_nobody_else_is() -> None:
    ask = "from joindots.config.settings import *; print(ALLAUTH_TRUSTED_PROXY_COUNT)"
    told = [
        subprocess.run(
            [sys.executable, "-c", ask], capture_output=True, text=True, check=True,
            env={**os.environ, "JOINDOTS_HTTPS": https},
        ).stdout.strip()
        for https in ("1", "")
    ]  # fmt: skip
    assert told == ["1", "0"]


def newcomer(stage: Stage) -> str:
    """Somebody who was handed a code; the code."""
    made = actions.add_staff(stage.actor("ruth"), username="nia", name="Nia Example", roles=("advocate",))
    stage.close()
    return made.code


def enrols(code: str, name: str = "nia", address: str = "127.0.0.1") -> HttpResponse:
    sent = {"username": name, "code": code, "password": OTHER, "again": OTHER}
    return Client(REMOTE_ADDR=address).post("/account/enrol/", sent)


def test_a_stranger_who_guesses_codes_is_slowed_and_does_not_use_up_the_newcomers_tries(stage: Stage) -> None:
    code = newcomer(stage)
    told = [enrols("WRONG", address="192.0.2.9").status_code for _ in range(7)]
    assert told == [422] * 5 + [429] * 2
    assert enrols(code, address="192.0.2.9").status_code == 429
    assert enrols(code, address="192.0.2.10").status_code == 302
    assert User.objects.get(username="nia").check_password(OTHER)


def test_many_names_from_one_address_are_slowed_at_the_code_too(
    stage: Stage, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from joindots.agencies import views
    from joindots.agencies.enrolling import UNKNOWN

    monkeypatch.setattr(views.enrolling, "enrol", lambda *_: UNKNOWN)
    told = [enrols("WRONG", name=f"name{place}").status_code for place in range(62)]
    assert told[:60] == [422] * 60 and told[60:] == [429] * 2


def test_two_passwords_that_differ_are_no_try(stage: Stage) -> None:
    code = newcomer(stage)
    sent = {"username": "nia", "code": code, "password": OTHER, "again": "another"}
    assert {Client().post("/account/enrol/", sent).status_code for _ in range(9)} == {422}
    assert Enrolment.objects.get().tries == 0
    assert enrols(code).status_code == 302


ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "https:///evil.example", "https://evil.example", "http://localhost/x", "http://127.0.0.1/x", "http://[::1]/x",
    "http://testserver/today/", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "/\t/evil.example",
    "%2f%2fevil.example", "?x=1", "cases/",
)  # fmt: skip


def test_no_address_given_leads_out_of_the_service(stage: Stage) -> None:
    client = enter()
    for where in ELSEWHERE:
        cache.clear()
        told = [
            client.get("/account/sign-in/", {"next": where}),
            client.post("/account/again/", {"password": PASSWORD, "next": where}),
        ]
        assert [one.headers["Location"] for one in told] == ["/today/"] * 2, where
    split = client.get("/account/sign-in/", {"next": "/today/\r\nSet-Cookie: s=x"})
    assert split.headers["Location"] == "/today/%0D%0ASet-Cookie:%20s=x"
    assert (
        client.get("/account/sign-in/", {"next": "/cases/?state=closed"}).headers["Location"] == "/cases/?state=closed"
    )
    for where in ELSEWHERE:
        other = Client()
        other.force_login(stage.memberships["asha"].user)
        assert other.post("/account/sign-out/", {"next": where}).headers["Location"] == "/", where


def test_whoever_changes_their_password_stays_and_every_other_session_ends(stage: Stage) -> None:
    client = enter()
    stolen = Client()
    stolen.cookies["s"] = client.cookies["s"].value
    assert stolen.get("/today/").status_code == 200
    sent = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert client.post("/account/password/", sent).status_code == 302
    assert client.get("/today/").status_code == 200
    assert stolen.get("/today/").status_code == 302


def test_a_session_named_before_signing_in_is_not_the_one_after(stage: Stage) -> None:
    fixed = Client()
    fixed.post("/account/sign-in/", RIGHT)
    before = fixed.cookies["s"].value
    cache.clear()
    enter()
    planted = Client()
    planted.cookies["s"] = before
    planted.post("/account/second/give/", {"code": code(later=PERIOD)})
    assert planted.cookies["s"].value != before
    thief = Client()
    thief.cookies["s"] = before
    assert thief.get("/today/").status_code == 302


def test_a_redirect_to_a_case_is_kept_by_no_browser(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case()
    stage.close()
    told = sign_in("asha").get(f"/cases/{case.key}")
    assert told.status_code == 301
    assert told.headers["Cache-Control"] == "no-store"


UNHEARD_OF = ("9" * 5000, "[" * 5000, "{", "null", '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}')


def test_a_passkeys_answer_that_no_browser_gives_is_no_fault_of_ours(stage: Stage, sign_in: SignIn) -> None:
    for said in UNHEARD_OF:
        cache.clear()
        stranger, owner = Client(raise_request_exception=False), sign_in("asha")
        owner.raise_request_exception = False
        owner.post("/account/again/", {"password": PASSWORD})
        stranger.get("/account/sign-in/key/", headers={"x-requested-with": "XMLHttpRequest"})
        owner.get("/account/second/keys/add/")
        told = [
            stranger.post("/account/sign-in/key/", {"credential": said}).status_code,
            owner.post("/account/second/keys/add/", {"credential": said}).status_code,
        ]
        assert max(told) < 500, said[:20]
