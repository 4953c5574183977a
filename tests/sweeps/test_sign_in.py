"""The way in: a password is not enough, tries are limited without locking anybody out, sessions end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from joindots.access.door import trail
from joindots.casework import queries as cases
from joindots.vault import keys
from tests.browsing import SignIn
from tests.entering import RIGHT, SECRET, WRONG, code, enter, give_password
from tests.stage import CANARY, Stage


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Asha with a password and a second factor."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    give_password(stage)
    stage.at = datetime.now(UTC)
    return stage


def test_a_password_and_a_second_factor_lead_to_the_desk(stage: Stage) -> None:
    assert enter().get("/today/").status_code == 200


def test_a_password_alone_opens_nothing(stage: Stage) -> None:
    client = Client()
    answer = client.post("/account/sign-in/", RIGHT)
    assert answer.headers["Location"] == "/account/second/give/"
    assert client.get("/today/").status_code == 302


def test_a_code_works_once(stage: Stage) -> None:
    given = code()
    enter()
    client = Client()
    client.post("/account/sign-in/", RIGHT)
    assert client.post("/account/second/give/", {"code": given}).status_code == 200


def test_an_unknown_name_and_a_wrong_password_read_the_same(stage: Stage) -> None:
    pages = [
        Client().post("/account/sign-in/", {"login": name, "password": "wrong wrong wrong"}).content.decode()
        for name in ("asha", "nobody")
    ]
    told = [page.split('class="govuk-error-summary')[1].split("</ul>")[0] for page in pages]
    assert told[0] == told[1]


def test_five_wrong_tries_from_one_address_slow_that_address_and_nobody_elsewhere(stage: Stage) -> None:
    stalker = Client(REMOTE_ADDR="127.0.0.9")
    for _ in range(5):
        stalker.post("/account/sign-in/", WRONG)
    refused = stalker.post("/account/sign-in/", RIGHT)
    assert refused.status_code in (200, 429)
    assert enter().get("/today/").status_code == 200


def test_a_new_sign_in_ends_the_older_session(stage: Stage) -> None:
    first = enter()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1), tick=True):
        second = enter()
        assert second.get("/today/").status_code == 200
        assert first.get("/today/").status_code == 302


@pytest.mark.parametrize(("away", "status"), [(timedelta(minutes=14), 200), (timedelta(minutes=16), 302)])
def test_a_session_ends_after_fifteen_idle_minutes(stage: Stage, away: timedelta, status: int) -> None:
    client = enter()
    with time_machine.travel(datetime.now(UTC) + away, tick=True):
        assert client.get("/today/").status_code == status


def test_a_session_ends_after_eight_hours_however_busy(stage: Stage) -> None:
    client, start = enter(), datetime.now(UTC)
    for minutes in range(0, 8 * 60, 12):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=True):
            assert client.get("/today/").status_code == 200
    with time_machine.travel(start + timedelta(hours=8, minutes=1), tick=True):
        assert client.get("/today/").status_code == 302


def test_nobody_can_sign_up_reset_by_mail_or_change_a_mail_address() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in names if any(word in name for word in ("signup", "reset", "email"))}


def test_sessions_and_second_factors_are_sealed_at_rest(stage: Stage) -> None:
    enter()
    for row in Session.objects.all():
        assert "asha" not in row.session_data
        assert "totp" not in row.session_data
    assert SECRET not in str(Authenticator.objects.get().data)


def test_if_the_trail_cannot_be_written_nothing_is_sent(
    stage: Stage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = stage.case()
    stage.close()
    client = sign_in("asha")
    client.raise_request_exception = False
    assert CANARY in client.get(f"/cases/{case.key}/").content.decode()

    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(trail, "write", full)
    answer = client.get(f"/cases/{case.key}/")
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()


def test_without_the_keys_a_case_is_not_there_and_nothing_breaks(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case()
    circle = cases.case(stage.actor("asha"), case).circle
    stage.close()
    keys.destroy([circle], stage.at)
    assert sign_in("asha").get(f"/cases/{case.key}/").status_code == 404
