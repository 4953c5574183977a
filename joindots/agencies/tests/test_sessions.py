"""A session is kept alive by use, ends after a quiet quarter of an hour, and is not written by every page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.browsing import SignIn
from tests.stage import Stage

BEGUN = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def moment(stage: Stage):
    with time_machine.travel(BEGUN, tick=False) as clock:
        yield clock


def writes_of_a_page(sign_in_as: object) -> list[str]:
    with CaptureQueriesContext(connections["default"]) as asked:
        assert sign_in_as.get("/today/").status_code == 200
    return [one["sql"] for one in asked if "django_session" in one["sql"] and not one["sql"].startswith("SELECT")]


def test_pages_of_the_same_minute_write_no_session(sign_in: SignIn, moment: time_machine.Coordinates) -> None:
    client = sign_in("asha")
    client.get("/today/")
    moment.shift(timedelta(seconds=50))
    assert writes_of_a_page(client) == []


def test_a_page_after_a_minute_prolongs_the_session_and_writes_nothing_else_of_it(
    sign_in: SignIn, moment: time_machine.Coordinates
) -> None:
    client = sign_in("asha")
    client.get("/today/")
    moment.shift(timedelta(minutes=2))
    (statement,) = writes_of_a_page(client)
    assert statement.startswith("UPDATE")
    assert "session_data" not in statement
    assert Session.objects.get().expire_date == BEGUN + timedelta(minutes=17)


def test_a_session_in_use_lasts_and_a_quiet_one_ends(sign_in: SignIn, moment: time_machine.Coordinates) -> None:
    client = sign_in("asha")
    for _ in range(5):
        moment.shift(timedelta(minutes=13))
        assert client.get("/today/").status_code == 200
    moment.shift(timedelta(minutes=15, seconds=1))
    assert client.get("/today/").status_code == 302


def test_a_page_that_asks_again_by_itself_keeps_no_session_alive(
    sign_in: SignIn, moment: time_machine.Coordinates
) -> None:
    client = sign_in("asha")
    client.get("/today/")
    for _ in range(2):
        moment.shift(timedelta(minutes=7))
        assert client.get("/cases/", headers={"HX-Request": "true"}).status_code == 200
    moment.shift(timedelta(minutes=1, seconds=1))
    assert client.get("/cases/", headers={"HX-Request": "true"}).status_code == 302


def test_what_another_page_put_into_the_session_meanwhile_is_kept(
    sign_in: SignIn, moment: time_machine.Coordinates
) -> None:
    client = sign_in("asha")
    client.get("/today/")
    slow = client.session
    slow.get("anything")
    quick = client.session
    quick["chosen"] = "kept"
    quick.save()
    moment.shift(timedelta(minutes=2))
    slow.stay(datetime.now(UTC))
    assert client.session["chosen"] == "kept"
