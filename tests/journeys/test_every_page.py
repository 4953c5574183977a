"""Every page, by a share a day: axe, one heading, a title, nothing wider than the screen, every control by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import NoReverseMatch
from playwright.sync_api import Browser, Page, Route

from joindots.access.roles import Role
from joindots.directory import actions as directory
from joindots.directory.rules.listing import Listing, Phone
from joindots.helpline import actions as helpline
from joindots.helpline.rules import shift
from tests.browsing import SignIn
from tests.journeys.finding import AXE, FIND, PHONE, WIDE
from tests.stage import Stage, peopled, put_back
from tests.sweeps.routes import SEED, Filled, address, fill, routes

pytestmark = pytest.mark.browser
SERVICE = "http://pages.test"
SHARE = 14
"""One page in so many a day; all of them with `JOINDOTS_SWEEP=all`."""
READERS = {
    "asha": [Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR],
    "ruth": [Role.POLICE_SPOC],
    "moira": [Role.PRIVACY_OFFICER, Role.AGENCY_ADMIN, Role.OPERATOR],
}
"""Who opens pages, in this order, each with more roles than a person has: the fullest page is the hardest to fit."""
LEAD = frozenset({Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR})
KEYED = """() => [...document.querySelectorAll("a[href],button,input,select,textarea,summary")].filter(one =>
    one.type !== "hidden" && !one.disabled && one.checkVisibility({visibilityProperty: true}) && one.tabIndex !== 0
    && !one.closest("[inert]") && !one.matches("form button.govuk-visually-hidden")).map(one => one.outerHTML.slice(0, 120))"""
SAID = """() => ({title: document.title.trim(), heads: document.querySelectorAll("h1").length,
    wide: document.documentElement.scrollWidth > innerWidth,
    squeezed: [...document.querySelectorAll("dd,dt,p,li,td,th,label")].filter(one => one.checkVisibility()
        && !one.closest(".govuk-visually-hidden") && one.innerText.trim().length > 14 && one.clientWidth > 0
        && one.clientWidth < 44 && one.clientHeight > 90).map(one => one.outerHTML.slice(0, 80))})"""


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker) -> Iterator[Stage]:
    """The fixed people, put in once; what a test writes is taken back after it."""
    with put_back(django_db_blocker):
        yield peopled()


@pytest.fixture(scope="module")
def filled(stage: Stage) -> Filled:
    """A case filled by asha's own actions, and then readers who may open nearly all."""
    stage.at = datetime.now(UTC)
    made = fill(stage)
    for name, roles in READERS.items():
        row = stage.memberships[name]
        row.roles = [role.value for role in roles]
        row.save()
    asha = stage.memberships["asha"].pk
    for step in (one.code for one in shift.STEPS if one.before_first_call):
        helpline.note_ready(
            replace(stage.actor("ruth"), roles=LEAD), membership=asha, step=step, done_on=stage.at.date()
        )
    listed = Listing(name="Harbour advocacy", phones=(Phone("07700 900150"),), areas=("pc:ZZ9",), needs=("advocacy",))
    made.here |= {
        "contact": helpline.open_contact(stage.actor("asha"), channel="call"), "who": asha, "name": "offences",
        "service": directory.add_service(stage.actor("asha"), listed, everybody=True),
    }  # fmt: skip
    stage.close()
    return made


def opened(clients: list[Client], where: str) -> bytes:
    """The page as the first of them sees it; empty for what is no page, and for what leads elsewhere."""
    for client in clients:
        answer = client.get(where)
        if answer.status_code == 405:
            return b""
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            return answer.content if b"<html" in answer.content else b""  # part of a page is looked at in its page
    return b""


def serve(page: Page, made: dict[str, bytes]) -> None:
    """Answer the browser from pages made beforehand, and from the styles and scripts as they lie."""

    def give(route: Route) -> None:
        path = route.request.url.removeprefix(SERVICE)
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path in made:
            route.fulfill(body=made[path], content_type="text/html; charset=utf-8")
        elif isinstance(found, str) and Path(found).is_file():
            route.fulfill(path=found)
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", give)


def wrong(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, at both widths; axe looks at one of them, by the seed."""
    found = []
    looked = (PHONE, WIDE)[crc32(f"{SEED} {name}".encode()) % 2]
    for width in (PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        told = page.evaluate(SAID)
        found += [f"{name} at {width}: wider than the screen"] if told["wide"] else []
        found += [f"{name} at {width}: squeezed to a column of letters: {one}" for one in told["squeezed"]]
        if width == looked or SEED == "all":
            page.evaluate(AXE)
            found += [f"{name} at {width}: {fault}" for fault in page.evaluate(FIND)]
    found += [f"{name}: no title"] if not told["title"] else []
    found += [f"{name}: {told['heads']} headings of the first level"] if told["heads"] != 1 else []
    return found + [f"{name}: not by the keyboard: {one}" for one in page.evaluate(KEYED)]


def test_every_page_is_clean_at_both_widths_and_by_the_keyboard(
    filled: Filled, sign_in: SignIn, browser: Browser
) -> None:
    names = [
        name for name, needs in routes() if name.startswith(("web:", "agencies:")) and not set(needs) - set(filled.here)
    ]
    share = sorted(name for name in names if SEED == "all" or crc32(f"page {SEED} {name}".encode()) % SHARE == 0)
    clients = [*(sign_in(name) for name in READERS), Client()]
    made = {}
    for name in share:
        with suppress(NoReverseMatch):  # a parameter of the same name that is another kind of thing there
            made[address(name, filled.here)] = name
    bodies = {where: body for where in made if (body := opened(clients, where))}
    page = browser.new_page()
    serve(page, bodies)
    found = []
    for where in bodies:
        page.goto(SERVICE + where, wait_until="load")
        found += wrong(page, made[where])
    page.close()
    assert found == [], "\n".join(found)
    assert SEED != "all" or len(bodies) > len(share) / 3, "most routes that are pages open"
