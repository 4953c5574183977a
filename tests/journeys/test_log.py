"""Writing one thing down on a phone: six taps and no script, three taps for the same again; every state passes axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Desk
from tests.journeys.finding import NARROW, PHONE, WIDE, faults
from tests.journeys.walking import open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]
MOST_WEIGHT = 100_000
WIDTHS = (NARROW, WIDE, PHONE)


class Taps:
    """Taps on a page, counted; typing is not."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, where: Locator) -> None:
        where.click()
        self.number += 1


def tile(page: Page, words: str) -> Locator:
    """One of the big buttons."""
    return page.locator(".jd-tile", has_text=re.compile(f"^{words}$"))


def test_an_entry_takes_six_taps_and_the_same_again_three_without_script(desk: Desk) -> None:
    page = desk.open("asha", script=False, width=375)
    reference = open_case(page)
    page.goto(f"/cases/{reference}/chronology/")
    tap = Taps()
    tap(page.get_by_role("button", name="Add an entry"))
    tap(tile(page, "Came near"))
    tap(tile(page, "Earlier today"))
    tap(page.get_by_label("About what time?"))
    page.get_by_label("About what time?").fill("00:05")
    tap(page.get_by_label("A few words"))
    page.get_by_label("A few words").fill("The blue car outside, twice.")
    tap(page.get_by_role("button", name="Keep", exact=True))
    expect(page.get_by_text("Kept:")).to_be_visible()
    assert tap.number <= 6
    tap = Taps()
    tap(page.get_by_role("button", name="Same again"))
    tap(tile(page, "Now"))
    tap(page.get_by_role("button", name="Keep", exact=True))
    expect(page.get_by_role("heading", name="Came near", exact=True)).to_be_visible()
    assert tap.number <= 3
    page.goto(f"/cases/{reference}/chronology/")
    expect(page.get_by_text("2 log entries").first).to_be_visible()


def test_what_belongs_to_a_choice_is_shown_when_it_is_made_without_script(desk: Desk) -> None:
    page = desk.open("asha", script=False, width=375)
    reference = open_case(page)
    page.goto(f"/cases/{reference}/log/add/")
    for label in ("Day", "Second day", "Part of the day", "Or the event", "About what time?"):
        expect(page.get_by_label(label, exact=label != "About what time?")).to_be_hidden()
    tile(page, "Another time").click()
    page.get_by_text("Between two days").click()
    expect(page.get_by_label("Second day")).to_be_visible()
    expect(page.get_by_label("About what time?")).to_be_hidden()
    page.get_by_text("A part of a day").click()
    expect(page.get_by_label("Part of the day")).to_be_visible()
    expect(page.get_by_label("Second day")).to_be_hidden()


def test_every_state_of_the_logs_pages_passes_axe_and_weighs_little(desk: Desk) -> None:
    page = desk.open("asha", width=375)
    reference = open_case(page)
    where = f"/cases/{reference}/log/add/"
    sent: list[int] = []
    page.on(
        "response", lambda one: sent.append(int(one.headers.get("content-length") or 0)) if "log" in one.url else None
    )
    page.goto(where)
    assert sum(sent) < MOST_WEIGHT
    found = faults(page, "fresh", WIDTHS)
    tile(page, "Another time").click()
    page.get_by_text("On a day I know").click()
    tile(page, "Something left or sent").click()
    page.get_by_text("Say more exactly").click()
    page.get_by_text("How often, where").click()
    found += faults(page, "opened", WIDTHS)
    page.get_by_label("Or when in your own words").fill("when it rained")
    tile(page, "Now").click()
    tile(page, "Another time").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    found += faults(page, "words not read", WIDTHS)
    page.get_by_role("button", name="Keep it without a time").click()
    expect(page.get_by_text("Kept:")).to_be_visible()
    found += faults(page, "kept", WIDTHS)
    entry = page.url.split("?")[0]
    page.get_by_role("button", name="Correct it").click()
    page.get_by_role("button", name="Keep the correction").click()
    found += faults(page, "no reason", WIDTHS)
    page.get_by_label("Why is it corrected?").fill("Said again more clearly")
    page.get_by_role("button", name="Keep the correction").click()
    page.goto(entry)
    page.get_by_text("What it said then").click()
    page.get_by_text("Withdraw this entry").click()
    found += faults(page, "corrected", WIDTHS)
    page.get_by_label("Why", exact=True).fill("Another person")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    found += faults(page, "withdrawn", WIDTHS)
    page.get_by_label("Why", exact=True).fill("It was after all")
    page.get_by_role("button", name="Bring it back").click()
    page.goto(f"/cases/{reference}/chronology/?words=shown")
    found += faults(page, "in the list", WIDTHS)
    assert found == []


def test_what_is_half_written_is_saved_by_itself_and_offered_again(desk: Desk) -> None:
    page = desk.open("asha", width=375)
    reference = open_case(page)
    where = f"/cases/{reference}/log/add/"
    page.goto(where)
    tile(page, "Came near").click()
    page.get_by_label("A few words").fill("The blue car")
    expect(page.get_by_text("Saved as a draft at")).to_be_visible()
    page.goto(where)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("A few words")).to_have_value("The blue car")
    expect(page.locator("#kind-near")).to_be_checked()
    assert faults(page, "taken up", WIDTHS) == []
    tile(page, "Now").click()
    page.get_by_label("A few words").press("Tab")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Kept:")).to_be_visible()
    page.goto(where)
    expect(page.get_by_role("link", name="Go on with it")).to_have_count(0)
