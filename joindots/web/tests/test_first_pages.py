"""A case on its first day: nothing in it yet, or nothing with a day, and still every page of it opens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.apps import apps

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.evidence import actions as evidence
from joindots.jobs import tasks
from joindots.people import actions
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

TABS = ("", "files/", "files/bring-in/", "chronology/", "chronology/?day=unknown", "chronology/?day=2025-06-10", "timeline/", "timeline.csv", "patterns/",
        "search/", "search/?q=word", "packs/", "who/", "custody/")  # fmt: skip


@pytest.mark.parametrize("exhibit", [False, True])
def test_every_tab_of_a_case_without_a_record_opens(
    stage: Stage, sign_in: SignIn, keep: Callable[[bytes], SealedFile], exhibit: bool
) -> None:
    case = stage.case(victim="Rhian Example")
    if exhibit:
        arrived = evidence.bring_in(stage.actor("asha"), case, name="note.bin", sealed=keep(b"\x00\x01"))
        assert arrived.job and tasks.run(arrived.job) == "done"
    client = sign_in("asha")
    assert {tab: client.get(f"/cases/{case.key}/{tab}").status_code for tab in TABS} == dict.fromkeys(TABS, 200)


@pytest.mark.parametrize(
    ("role", "desk"),
    [("privacy_officer", "/alerts/"), ("agency_admin", "/staff/"), ("operator", "/health/"), ("analyst", "/reference/"),
     ("advocate", "/today/")],
)  # fmt: skip
def test_whoever_signs_in_begins_on_a_page_of_their_own_and_is_led_to_no_other(
    stage: Stage, sign_in: SignIn, role: str, desk: str
) -> None:
    row = stage.memberships["moira"]
    row.roles = [role]
    row.save()
    client = sign_in("moira")
    told = client.get("/today/", follow=True)
    assert (told.status_code, told.request["PATH_INFO"]) == (200, desk)
    main = told.content.decode().partition("<main")[0]
    for address in re.findall(r'href="(/[a-z/-]*)"', main):
        if not address.startswith(("/static", "/account/sign-out")):
            assert client.get(address, follow=True).status_code == 200, address


def let_in(stage: Stage, circle: Ref, who: str, side: str) -> None:
    """Let somebody know of a case: its lead first, by their post."""
    Standing = apps.get_model("circles", "Standing")
    mine = {"circle_id": circle.key, "starts": stage.at, "basis": "share", "purpose": "x"}
    Standing.objects.create(membership=stage.memberships[who], side=side, **mine)


def test_how_somebody_is_reached_safely_stands_on_the_case_and_their_number_only_when_asked_for(
    stage: Stage, sign_in: SignIn
) -> None:
    case = stage.case(victim="Rhian Example")
    address = f"/cases/{case.key}/"
    client = sign_in("asha")
    assert "Safe contact: not asked yet." in client.get(address).content.decode()
    head = casework.case(stage.actor("asha"), case)
    circle, person = Ref(head.circle), head.people[0].id
    actions.set_safe_contact(
        stage.actor("asha"), Ref(person), number="07700 900122", times="Mon to Fri 12:30 to 13:15", say="the dentist",
        address="9 Larch Close", channels=("text",),
    )  # fmt: skip
    page = client.get(address).content.decode()
    assert "Mon to Fri 12:30 to 13:15" in page and "the dentist" in page
    assert "Text only." in page and "07700 900122" not in page and "Larch" not in page
    card = re.search(r'<a class="govuk-link" href="([^"]+)">How to reach them', page)
    assert card and "07700 900122" not in client.get(card[1]).content.decode()
    ways = re.findall(r"[?]show=[^\"#]+", client.get(card[1]).content.decode())
    shown = [client.get(f"{card[1]}{one}").content.decode() for one in ways]
    assert any("07700 900122" in one for one in shown) and any("Larch" in one for one in shown)
    let_in(stage, circle, "priya", "suspect")
    theirs = sign_in("priya").get(address).content.decode()
    assert "Rhian Example" in theirs
    for word in ("12:30", "dentist", "07700", "Larch", "How to reach them"):
        assert word not in theirs


def test_what_was_typed_stays_where_a_form_is_refused(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case(victim="Rhian Example")
    stage.memberships["ruth"].roles = ["team_lead", "agency_admin"]
    stage.memberships["ruth"].save()
    for who, address, sent, kept in (
        ("asha", "/emergency/", {"reference": "2222-2222", "reason": "too short <b>", "reason_code": "court"},
         ('value="2222-2222"', "too short &lt;b&gt;", 'value="court" selected')),
        ("asha", f"/cases/{case.key}/who/change/", {"do": "out", "username": "nobody.here"}, ('value="nobody.here"',)),
        ("ruth", "/staff/", {"username": "asha", "name": "Nia Example", "roles": ["advocate"]},
         ('value="Nia Example"', 'id="nadvocate" name="roles" value="advocate" checked')),
    ):  # fmt: skip
        told = sign_in(who).post(address, sent)
        assert told.status_code == 422, address
        assert [one for one in kept if one not in told.content.decode()] == [], address
