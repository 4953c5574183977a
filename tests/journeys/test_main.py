"""The main journey: a chat comes in, its questions are answered, the chronology is read, the pack is taken away."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Desk
from tests.journeys.walking import answer, bring_in, filled, open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


def pack_of(page: Page, folder: Path) -> bagit.Bag:
    """Download the pack and open it as the public validator does."""
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download").click()
    target = folder / "pack"
    with zipfile.ZipFile(coming.value.path()) as archive:
        archive.extractall(target)
    (inside,) = target.iterdir()
    bag = bagit.Bag(str(inside))
    bag.validate()
    return bag


def test_from_a_chat_to_a_pack_that_the_public_validator_accepts(
    desk: Desk, chat: Path, worker: None, tmp_path: Path
) -> None:
    page = desk.open("asha")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("0 open cases")
    reference = open_case(page)
    bring_in(page, reference, chat)
    page.wait_for_url("**/jobs/**")
    page.get_by_role("button", name="Answer 2 questions").click()
    expect(page.locator(".jd-finding")).to_contain_text("6 acts of contact in 6 records")
    answer(page, "Day first", "Rhian Example")
    page.wait_for_url("**/jobs/**")
    page.get_by_role("button", name="See the chronology").click()
    expect(page.locator(".jd-finding")).to_contain_text("6 acts of contact on 4 days, Thu 3 Apr 2025 to Sun 6 Jul 2025")
    expect(page.locator("h3")).to_have_text(["Sun 6 Jul 2025", "Thu 5 Jun 2025", "Sun 4 May 2025", "Thu 3 Apr 2025"])
    expect(page.get_by_text("3 messages in 6 minutes")).to_be_visible()
    words = page.get_by_text("I am outside")
    expect(words).to_be_hidden()
    page.locator(".jd-folded summary").first.focus()
    page.keyboard.press("s")
    expect(words).to_be_visible()
    assert "words=shown" in page.url
    page.get_by_role("link", name="Hide all words").click()
    expect(words).to_be_hidden()
    page.get_by_role("link", name="Packs", exact=True).click()
    page.get_by_label("Whom is it about?").fill("Cal Example")
    page.get_by_role("button", name="Make a pack").click()
    page.get_by_role("button", name="Go to packs").click()
    bag = pack_of(page, tmp_path)
    names = {Path(name).name for name in bag.payload_entries()}
    assert {"chronology.pdf", "chronology.csv", "chronology.json"} <= names or any(
        one.endswith(".pdf") for one in names
    )


def test_the_same_without_javascript(desk: Desk, chat: Path, work: Callable[[], int], tmp_path: Path) -> None:
    page = desk.open("asha", script=False)
    reference = filled(page, chat, work)
    page.goto(f"/cases/{reference}/chronology/")
    expect(page.locator(".jd-finding")).to_contain_text("6 acts of contact on 4 days")
    expect(page.get_by_text("I am outside")).to_be_hidden()
    page.get_by_role("link", name="Show all words").click()
    expect(page.get_by_text("I am outside")).to_be_visible()
    expect(page.get_by_text("I was in the second row")).to_be_visible()
    page.get_by_role("link", name="Packs", exact=True).click()
    page.get_by_role("button", name="Make a pack").click()
    work()
    page.goto(f"/cases/{reference}/packs/")
    pack_of(page, tmp_path)


def test_a_stranger_gets_the_very_bytes_of_what_is_not_there(desk: Desk, chat: Path, work: Callable[[], int]) -> None:
    page = desk.open("asha")
    reference = filled(page, chat, work)
    page.goto(f"/cases/{reference}/files/")
    file = page.get_by_role("link", name=chat.name).get_attribute("href")
    page.get_by_text("Work that is done").click()
    job = page.locator("details a").first.get_attribute("href")
    stranger = desk.open("stranger").context.request
    missing = stranger.get("/cases/2222-2222/").body()
    assert b"nothing here" in missing
    pages = ("", "files/", "files/bring-in/", "chronology/", "search/?q=outside", "packs/", "who/", "custody/")
    for address in (*(f"/cases/{reference}/{one}" for one in pages), file, f"{file}original/", job):
        answered = stranger.get(str(address))
        assert (answered.status, answered.body()) == (404, missing), address


def test_stopped_work_says_so_and_goes_on_when_asked(desk: Desk, chat: Path, work: Callable[[], int]) -> None:
    page = desk.open("asha")
    reference = open_case(page)
    bring_in(page, reference, chat)
    page.wait_for_url("**/jobs/**")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    expect(page.get_by_text("what was there before is unchanged")).to_be_visible()
    assert work() == 0
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    assert work() == 1
    expect(page.get_by_role("button", name="Answer 2 questions")).to_be_visible()


def test_several_files_come_in_at_once_each_with_its_own_work(
    desk: Desk, chat: Path, work: Callable[[], int], tmp_path: Path
) -> None:
    other = tmp_path / "note.txt"
    other.write_text("Not a chat at all.\n")
    page = desk.open("asha")
    reference = open_case(page)
    bring_in(page, reference, chat, other)
    page.wait_for_url(f"**/cases/{reference}/files/")
    expect(page.get_by_text(f"reading {chat.name}")).to_be_visible()
    assert work() == 2
    expect(page.get_by_text("2 questions")).to_be_visible()
    expect(page.locator("[data-at-work]")).to_have_count(0)
