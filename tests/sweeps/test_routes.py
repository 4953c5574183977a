"""Every route, for every kind of reader: one planted word never reaches the wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from joindots.access import parts
from joindots.casework.models import TherapyRoom
from joindots.circles.models import Circle, Exclusion, Side, Standing
from tests.browsing import SignIn
from tests.stage import CANARY, Stage, peopled, put_back
from tests.sweeps.routes import LIBRARY, Filled, about_a_case, address, fill, routes

OUTSIDERS = ("stranger", "moira", "priya")
SUSPECT_SIDE_WORDS = ("Larchclosecanary", "07700900122canary")


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker) -> Iterator[Stage]:
    """The fixed people, put in once for all tests here; what a test writes is taken back after it."""
    with put_back(django_db_blocker):
        yield peopled()


@pytest.fixture(scope="module")
def filled(stage: Stage) -> Filled:
    """A case filled by asha's own actions."""
    stage.at = datetime.now(UTC)
    return fill(stage)


def answer(client: Client, method: str, where: str) -> tuple[int, bytes]:
    response = getattr(client, method)(where)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, content


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", OUTSIDERS)
def test_who_may_not_know_gets_the_very_bytes_of_what_is_not_there(
    filled: Filled, sign_in: SignIn, who: str, method: str
) -> None:
    client = sign_in(who)
    for name in about_a_case():
        hidden = answer(client, method, address(name, filled.here))
        missing = answer(client, method, address(name, filled.nowhere))
        assert CANARY.encode() not in hidden[1], name
        assert hidden == missing, name


def test_an_excluded_colleague_gets_the_same_though_a_standing_is_there(
    stage: Stage, filled: Filled, sign_in: SignIn
) -> None:
    circle = Circle.objects.get()
    ruth = stage.memberships["ruth"]
    Standing.objects.create(
        circle=circle, membership=ruth, side=Side.VICTIM, basis="team", purpose="x", starts=stage.at - timedelta(days=1)
    )
    assert CANARY in sign_in("ruth").get(address("web:case", filled.here)).content.decode()
    Exclusion.objects.create(circle=circle, user=ruth.user, reason="kin", by=stage.memberships["asha"], at=stage.at)
    client = sign_in("ruth")
    for name in about_a_case():
        assert answer(client, "get", address(name, filled.here)) == answer(client, "get", address(name, filled.nowhere))
    for name in ("web:today", "web:cases"):
        assert CANARY not in client.get(address(name, {})).content.decode()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_lists_desks_and_counts_of_an_outsider_show_no_trace(filled: Filled, sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    for name, names in routes():
        if not names and not name.startswith(LIBRARY):
            content = answer(client, "get", address(name, {}))[1].decode()
            assert CANARY not in content, name
            assert str(filled.case.key) not in content, name


def test_without_a_second_factor_nothing_opens(filled: Filled, sign_in: SignIn) -> None:
    for client in (Client(), sign_in("asha", second=False)):
        for name in about_a_case():
            status, content = answer(client, "get", address(name, filled.here))
            assert status in (302, 405), name
            assert CANARY.encode() not in content, name


def test_who_may_know_sees_the_word_on_the_pages_about_it(filled: Filled, sign_in: SignIn) -> None:
    """The sweep can fail: the same addresses do show the word to the person it is for."""
    client = sign_in("asha")
    shown = [name for name in about_a_case() if CANARY.encode() in answer(client, "get", address(name, filled.here))[1]]
    assert {
        "web:case",
        "web:chronology",
        "web:file",
        "web:files",
        "web:original",
        "web:exhibit",
        "web:incident",
    } <= set(shown)


def test_every_address_about_a_case_leads_to_the_key_under_which_a_held_form_lies(filled: Filled) -> None:
    owners = {name: parts.owner_at(address(name, filled.here)) for name in about_a_case()}
    known = {*Circle.objects.values_list("pk", flat=True), *TherapyRoom.objects.values_list("pk", flat=True)}
    assert {name: owner for name, owner in owners.items() if owner not in known} == {}
    assert all(parts.owner_at(address(name, filled.nowhere)) is None for name in about_a_case())


def test_every_signed_in_answer_forbids_keeping_a_copy(filled: Filled, sign_in: SignIn) -> None:
    client = sign_in("asha")
    for name in about_a_case():
        response = client.get(address(name, filled.here))
        assert "no-store" in response.headers["Cache-Control"], name
        assert "default-src 'none'" in response.headers["Content-Security-Policy"], name


def test_a_title_and_an_address_never_hold_a_name(filled: Filled, sign_in: SignIn) -> None:
    client = sign_in("asha")
    for name in about_a_case():
        response = client.get(address(name, filled.here))
        if not response.streaming and b"<title>" in response.content:
            title = response.content.decode().split("<title>")[1].split("</title>")[0]
            assert CANARY not in title, name
        assert CANARY not in response.headers.get("Location", ""), name


def test_a_context_never_holds_a_model_or_a_queryset(filled: Filled, sign_in: SignIn) -> None:
    from django.db.models import Model, QuerySet

    client = sign_in("asha")
    for name in [*about_a_case(), "web:today", "web:cases"]:
        response = client.get(address(name, filled.here))
        for layer in response.context or ():
            for flat in layer.dicts if hasattr(layer, "dicts") else [layer]:
                wrong = {key for key, value in flat.items() if isinstance(value, Model | QuerySet)}
                assert not wrong - {"user"}, (name, wrong)
