"""Every page, narrow and wide, passes axe and holds its content in its width."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.entering import give_password
from tests.journeys.conftest import Desk
from tests.journeys.finding import WIDE, faults
from tests.journeys.walking import bring_in, filled
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]
ACCOUNT = (
    "/account/second/", "/account/second/app/", "/account/second/codes/new/", "/account/second/codes/",
    "/account/second/keys/", "/account/second/keys/add/", "/account/again/", "/account/second/again/",
    "/account/password/", "/account/sign-out/", "/account/as/", "/account/not-active/",
)  # fmt: skip


def faults_at(page: Page, address: str, *, status: int | None = None) -> list[str]:
    """What is wrong with the page at an address."""
    answered = page.goto(address)
    assert answered is not None
    if status:
        assert answered.status == status, address
    return faults(page, address)


def test_every_page_of_a_case(desk: Desk, chat: Path, work: Callable[[], int]) -> None:
    page = desk.open("asha")
    reference = filled(page, chat, work)
    second = {"name": f"{'long-name-' * 12}.txt", "mimeType": "text/plain", "buffer": chat.read_bytes() + b"\n"}
    bring_in(page, reference, second)
    page.wait_for_url("**/jobs/**")
    waiting = page.url
    addresses = ["/today/", "/cases/", "/cases/?state=closed", "/cases/new/", waiting]
    addresses += [
        f"/cases/{reference}/{one}" for one in ("", "files/", "files/bring-in/", "packs/", "who/", "custody/")
    ]
    found = [fault for address in addresses for fault in faults_at(page, address, status=200)]
    work()
    page.goto(f"/cases/{reference}/packs/")
    page.get_by_role("button", name="Make a pack").click()
    work()
    page.goto(f"/cases/{reference}/files/")
    files = [one.get_attribute("href") for one in page.locator(".jd-card__title").all()]
    page.goto(f"/cases/{reference}/chronology/")
    acts = page.locator("a[data-act]")
    shown = str(acts.first.get_attribute("href"))
    page.set_viewport_size({"width": WIDE, "height": 900})
    acts.first.click()
    page.wait_for_selector(".jd-panel .jd-act > *")
    found += faults(page, "the act beside the list", (WIDE,))
    later = [
        waiting, *files, f"/cases/{reference}/packs/", f"/cases/{reference}/files/", f"/cases/{reference}/chronology/",
        f"/cases/{reference}/timeline/", f"/cases/{reference}/patterns/?day=2025-05-04",
        f"/cases/{reference}/chronology/?lane=messages&way=in", f"/cases/{reference}/chronology/?words=shown", f"/cases/{reference}/chronology/?day=unknown",
        shown, f"/cases/{reference}/episodes/", f"/cases/{reference}/search/?q=outside", f"/cases/{reference}/search/?q=nowhere",
    ]  # fmt: skip
    found += [fault for address in later for fault in faults_at(page, str(address), status=200)]
    found += faults_at(page, "/cases/2222-2222/", status=404)
    assert found == []


def test_every_page_of_signing_in(desk: Desk, stage: Stage) -> None:
    give_password(stage)
    page = desk.open()
    found = faults_at(page, "/account/sign-in/")
    page = desk.open("asha")
    for address in ACCOUNT:
        found += faults_at(page, address)
    assert found == []


def test_every_page_of_the_agencys_lead(desk: Desk) -> None:
    page = desk.open("stranger")
    assert [fault for address in ("/staff/", "/health/") for fault in faults_at(page, address, status=200)] == []
