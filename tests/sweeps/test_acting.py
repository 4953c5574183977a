"""Somebody with two memberships and two windows: nothing is made for the agency that a window no longer shows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership, User
from joindots.casework.models import Case
from joindots.circles.models import Circle
from tests.browsing import SignIn
from tests.stage import Stage

MADE = {
    "/cases/new/": {"victim": "Rhian Example", "relation": "not_known"},
    "/staff/": {"username": "nia", "name": "Nia Example", "roles": "advocate"},
    "/agency/cases-in/": {"file": SimpleUploadedFile("cases.csv", b"Name\nRhian Example\n")},
    "/agency/take-out/": {},
    "/emergency/": {"reason_code": "life", "reason": "Somebody may be hurt this very evening."},
}


@pytest.fixture
def two(stage: Stage, sign_in: SignIn) -> tuple[Client, list[str]]:
    """Ruth, who does everything in two agencies; her client and both memberships."""
    row = stage.memberships["ruth"]
    row.roles = [role.value for role in Role]
    row.save()
    far = Agency.objects.create(name="Farshire", kind="advocacy")
    other = Membership.objects.create(user=row.user, agency=far, roles=row.roles, starts=stage.at - timedelta(days=9))
    return sign_in("ruth"), [str(row.pk), str(other.pk)]


@pytest.mark.parametrize("address", MADE)
def test_a_form_opened_for_one_agency_makes_nothing_for_another(
    stage: Stage, two: tuple[Client, list[str]], address: str
) -> None:
    case = stage.case()
    stage.close()
    client, memberships = two
    client.post("/account/as/", {"membership": memberships[0]})
    page = client.get(address).content.decode()
    assert re.search(rf'name="acting_membership" value="{memberships[0]}"', page)
    client.post("/account/as/", {"membership": memberships[1]})
    before = (Case.objects.count(), Circle.objects.count(), User.objects.count())
    sent = {**MADE[address], "acting_membership": memberships[0]}
    told = client.post(address, {**sent, "reference": str(case.key)} if address == "/emergency/" else sent)
    assert told.status_code == 422
    assert "you now act for Farshire" in told.content.decode()
    assert (Case.objects.count(), Circle.objects.count(), User.objects.count()) == before


def test_what_was_typed_stays_and_can_be_sent_for_the_agency_now_shown(two: tuple[Client, list[str]]) -> None:
    client, memberships = two
    client.post("/account/as/", {"membership": memberships[1]})
    sent = {**MADE["/cases/new/"], "summary": "He waits.", "acting_membership": memberships[0]}
    told = client.post("/cases/new/", sent).content.decode()
    assert "He waits." in told and f'value="{memberships[1]}"' in told
    assert client.post("/cases/new/", {**sent, "acting_membership": memberships[1]}).status_code == 302
    assert Case.objects.get().circle.agency.name == "Farshire"
