"""A practised adviser's call without a mouse: opened, screened, a service offered, ended, within its counts of keys."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from joindots.access.roles import Role
from joindots.helpline import actions
from joindots.helpline.rules import shift
from tests.journeys.conftest import Desk
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


class Keys:
    """Presses keys and counts them; free text is typed beside the count, as `ux.md` 4 counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)

    def type(self, words: str) -> None:
        """Type free text."""
        self.page.keyboard.type(words)

    def used(self) -> int:
        """How many keys since this was last asked."""
        used, self.pressed = self.pressed, 0
        return used


@pytest.fixture
def ready(stage: Stage) -> None:
    """Asha advises on a line that Ruth supervises, and everything stands on record."""
    for name, role in (("asha", Role.HELPLINE_ADVISER), ("ruth", Role.HELPLINE_SUPERVISOR)):
        member = stage.memberships[name]
        member.roles = [*member.roles, role.value]
        member.save()
    day = stage.at.date() - timedelta(days=30)
    for step in shift.STEPS:
        if step.before_first_call:
            actions.note_ready(
                stage.actor("ruth"), membership=stage.memberships["asha"].pk, step=step.code, done_on=day
            )
    stage.close()


def test_a_call_from_its_first_key_to_the_break_without_a_mouse(desk: Desk, ready: None) -> None:
    page = desk.open("asha")
    page.goto("/helpline/")
    keys = Keys(page)
    keys.press("n")
    page.wait_for_url("**/live/")
    assert keys.used() == 1
    expect(page.locator("#row-safe")).to_be_focused()
    # A call does not wait for a slow line: the next row stands ready before the last was answered, and nothing is lost.
    held: list[Route] = []
    page.route("**/said/", lambda route: held.append(route), times=1)  # noqa: PLW0108  (it cannot wrap a built-in)
    keys.press("1")
    keys.type("M1")
    keys.press("Enter")
    keys.type("Rhian")
    keys.press("Enter", "2")
    keys.type("07700 900777")
    keys.press("Tab")
    keys.type("any time")
    keys.press("Enter")
    expect(page.locator("#note")).to_be_focused()
    held[0].continue_()
    expect(page.locator("#note")).to_be_focused()
    expect(page.locator("#bar")).to_contain_text("Text only, any time")
    expect(page.locator("#row-area")).to_have_value("M1")
    expect(page.locator("#row-called")).to_have_value("Rhian")
    assert keys.used() <= 8
    page.locator("#word").focus()
    keys.type("lantern")
    keys.press("Enter")
    expect(page.locator("#note")).to_be_focused()
    keys.type("He waits by the hall, “every Tuesday”")
    keys.press("Enter")
    expect(page.locator("#lines li")).to_have_count(1)
    keys.type("/i ")
    keys.type("silent calls")
    keys.press("Tab")
    keys.type("August")
    keys.press("Enter")
    expect(page.locator("#lines li").nth(1)).to_contain_text("when: August")
    expect(page.locator("#note")).to_be_focused()
    keys.press("Escape", "1")
    expect(page.locator("#right")).to_contain_text("1 of 11 asked")
    keys.used()
    _screen(page, keys)
    _offer(page, keys)
    expect(page.locator("#note")).to_be_focused()
    keys.used()
    keys.type("Half a line")
    expect(page.locator("[data-saved-says]")).to_contain_text("Saved")
    keys.press("Control+Enter")
    page.wait_for_url("**/wrap-up/")
    expect(page.locator("main")).to_contain_text("silent calls")
    keys.press("2", "b", "Enter")
    page.wait_for_url("**/helpline/")
    assert keys.used() <= 5
    expect(page.locator("main")).to_contain_text("Your break runs")
    keys.press("n")
    expect(page.locator("main")).to_contain_text("the next call is held")


def _screen(page: Page, keys: Keys) -> None:
    """C: one key opens the questions and each takes one, so that all are asked within twelve; what is left is kept for
    next time.
    """
    keys.press("k")
    page.wait_for_url("**/risk/")
    expect(page.locator("main")).to_contain_text("0 of")
    assert keys.used() == 1
    told = re.search(r"0 of (\d+)", page.locator("main").inner_text())
    assert told and 1 + int(told[1]) <= 12
    for number, key in enumerate(("y", "n", "u"), start=1):
        keys.press(key)
        expect(page.locator("main")).to_contain_text(f"{number} of")
        page.wait_for_load_state()  # the page's keys come with its script
        assert keys.used() == 1
    keys.press("b")
    page.wait_for_url("**/live/")
    assert keys.used() == 1


def _offer(page: Page, keys: Keys) -> None:
    """D: services for the area, one chosen by its digit, kept."""
    keys.press("Escape", "r")
    page.wait_for_url("**/services/**")
    keys.press("1", "Enter")
    page.wait_for_url("**/live/")
    expect(page.locator("#lines")).to_contain_text("told about it")
    assert keys.used() <= 6


def test_what_cannot_be_saved_stays_and_is_saved_when_the_line_is_back(desk: Desk, ready: None) -> None:
    page = desk.open("asha")
    page.goto("/helpline/")
    page.keyboard.press("n")
    page.wait_for_url("**/live/")
    page.keyboard.press("Escape")
    page.route("**/live/line/", lambda route: route.abort("aborted"))
    page.keyboard.type("kept though the line was lost")
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved-says]")).to_contain_text("Not saved since")
    page.unroute("**/live/line/")
    expect(page.locator("#lines li")).to_have_count(1)
    expect(page.locator("[data-saved-says]")).to_contain_text("Saved")
