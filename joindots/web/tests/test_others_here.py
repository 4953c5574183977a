"""Every page of a case says who else has it open; a page that is one form, who writes; and to no side too many."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.circles import actions as circles
from joindots.kernel.when import london_day
from joindots.orders import actions as orders
from joindots.orders.actions import packs
from joindots.web.here import READS, WRITES
from joindots.web.urls import AREAS
from tests.browsing import SignIn
from tests.stage import Stage

NAMED = (
    "case", "case_work", "case_change", "contact", "risk", "risk_judge", "plan", "court", "tasks", "orders", "crimes",
    "timeline", "files", "who",
)  # fmt: skip
SIDES_SEE = ("case", "who")
"""Pages that who works with the person reported can open as well."""


@pytest.fixture
def case(stage: Stage) -> Ref:
    """A case of the police's, of which Ruth knows too."""
    stage.at = datetime.now(UTC)
    case = stage.case("priya", victim="Rhian Example")
    let_in(stage, case, "ruth", "victim")
    return case


def let_in(stage: Stage, case: Ref, who: str, side: str) -> Ref:
    """Somebody more who may know of it; its circle."""
    circle = Ref(casework.case(stage.actor("priya"), case).circle)
    circles.bring_in(
        stage.actor("priya"), circle, membership=stage.memberships[who].pk, side=side, basis="share", purpose="x"
    )
    stage.close()
    return circle


def opened(client: Client, address: str) -> str:
    """A page as it is shown, which must open."""
    told = client.get(address)
    assert told.status_code == 200, (address, told.status_code)
    return told.content.decode()


def test_every_page_of_a_case_says_who_else_has_it_open(stage: Stage, case: Ref, sign_in: SignIn) -> None:
    circle = let_in(stage, case, "stranger", "victim")
    order = orders.consider(stage.actor("priya"), circle, on=london_day(stage.at), why="He waits")
    person = casework.case(stage.actor("priya"), case).people[0].id
    pack = packs.begin_pack(stage.actor("priya"), Ref(order))
    stage.close()
    pages = [reverse(f"web:{name}", args=(case.key,)) for name in NAMED] + [
        reverse("web:case_person", args=(case.key, person)), reverse("web:card", args=(case.key, person)),
        reverse("web:card_change", args=(case.key, person)), reverse("web:order", args=(order,)),
        reverse("web:order_record", args=(order, "not_applied")), reverse("web:order_pack", args=(pack,)),
        reverse("web:order_pack_part", args=(pack, "risk")),
    ]  # fmt: skip
    ruth, other = sign_in("ruth"), sign_in("stranger")
    opened(ruth, reverse("web:tasks", args=(case.key,)))
    for page in pages:
        told = opened(other, page)
        assert "Ruth" in told.partition('role="status"')[2].partition("</section>")[0], page
    assert "</strong> (Stillwater) has this page open." in opened(other, reverse("web:tasks", args=(case.key,)))
    form = reverse("web:card_change", args=(case.key, person))
    opened(ruth, form)
    assert "</strong> (Stillwater) has this form open since" in opened(other, form)
    assert "Ruth (Stillwater) has a form open on another page" in opened(other, reverse("web:plan", args=(case.key,)))


def test_sending_ends_the_writing_and_a_refused_form_is_being_written(stage: Stage, case: Ref, sign_in: SignIn) -> None:
    let_in(stage, case, "stranger", "victim")
    ruth, other, page = sign_in("ruth"), sign_in("stranger"), reverse("web:tasks", args=(case.key,))
    assert ruth.post(page, {"do": "add", "what": ""}).status_code == 422
    assert "has this form open since" in opened(other, page)
    assert ruth.post(page, {"do": "add", "what": "Ring her"}).status_code == 302
    assert "form open" not in opened(other, page)


def test_no_page_names_to_the_reported_side_whoever_works_on_the_other(
    stage: Stage, case: Ref, sign_in: SignIn
) -> None:
    let_in(stage, case, "stranger", "suspect")
    ruth, other = sign_in("ruth"), sign_in("stranger")
    for name in SIDES_SEE:
        page = reverse(f"web:{name}", args=(case.key,))
        opened(ruth, page)
        assert "Ruth" not in opened(other, page), name
    assert "Stranger" in opened(ruth, reverse("web:case", args=(case.key,)))


def test_pages_that_are_forms_are_named_as_their_addresses_are() -> None:
    known = {one.name for area in AREAS for one in import_module(f"joindots.web.{area}.urls").urlpatterns}
    assert known >= WRITES | READS
