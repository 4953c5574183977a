"""The timeline by keyboard: from the sentence to a day, from cell to cell, from a mark to its records, and tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Desk
from tests.journeys.walking import filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


def test_a_picture_is_one_stop_of_the_tab_key_and_arrows_walk_its_days(
    desk: Desk, chat: Path, work: Callable[[], int]
) -> None:
    page = desk.open("asha")
    reference = filled(page, chat, work)
    page.goto(f"/cases/{reference}/timeline/")
    expect(page.locator(".jd-finding")).to_contain_text("Between Thu 3 Apr 2025 and Sun 6 Jul 2025: 6 messages")
    days = page.locator("svg[data-cells]").first.locator("a")
    assert [each.get_attribute("tabindex") for each in days.all()].count("0") == 1
    days.first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Fri 4 Apr 2025, 0 acts")
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Fri 11 Apr 2025, 0 acts")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Thu 3 Apr 2025, 3 acts, 1 kind")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chronology/?day=2025-04-03")
    expect(page.get_by_role("heading", name="Thu 3 Apr 2025")).to_be_visible()


def test_every_number_and_every_table_is_there_without_script(desk: Desk, chat: Path, work: Callable[[], int]) -> None:
    reference = filled(desk.open("asha"), chat, work)
    page = desk.open("asha", script=False, width=375)
    page.goto(f"/cases/{reference}/timeline/")
    for table in page.get_by_text("Show as table").all():
        table.click()
    expect(page.get_by_role("table")).to_have_count(4)
    page.get_by_label("Showing").fill("2025-04-01")
    page.get_by_label("to", exact=True).fill("2025-05-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("4 of 6 acts")).to_be_visible()
    page.get_by_role("link", name="4 messages").click()
    expect(page.locator(".jd-finding")).to_contain_text("4 acts of contact on 2 days")
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator(".jd-finding")).to_contain_text("6 acts of contact on 4 days")
