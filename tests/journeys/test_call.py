"""A practised adviser's call without a mouse: opened, screened, a service offered, ended, within its counts of keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.helpline import actions
from joindots.helpline.actions.calls import Wrapped
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
    earlier = Ref(actions.open_contact(stage.actor("asha"), channel="call"))
    actions.say(stage.actor("asha"), earlier, told={"called": "Rhian", "caller": "self"})
    actions.end_contact(stage.actor("asha"), earlier)
    actions.wrap_up(stage.actor("asha"), earlier, wrapped=Wrapped("advice"))
    stage.close()


def test_a_call_from_its_first_key_to_the_break_without_a_mouse(desk: Desk, ready: None) -> None:
    page = desk.open("asha")
    page.goto("/helpline/")
    keys = Keys(page)
    keys.press("n")
    page.wait_for_url("**/live/")
    assert keys.used() == 1, "A: the record is open"
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
    assert keys.used() == 6, "A: four facts, each in one or two keys"
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
    keys.press("Escape")
    keys.used()
    _earlier(page, keys)
    _screen(page, keys)
    _offer(page, keys)
    expect(page.locator("#note")).to_be_focused()
    keys.type("Half a line")
    expect(page.locator("[data-saved-says]")).to_contain_text("Saved")
    keys.press("Control+Enter")
    page.wait_for_url("**/wrap-up/")
    expect(page.locator("main")).to_contain_text("silent calls")
    keys.press("2", "b", "Enter")
    page.wait_for_url("**/helpline/")
    assert keys.used() == 4, "E"
    expect(page.locator("main")).to_contain_text("Your break runs")
    keys.press("n")
    expect(page.locator("main")).to_contain_text("the next call is held")


def _earlier(page: Page, keys: Keys) -> None:
    """B: looked for in the caller's own words, asked, linked."""
    keys.press("Escape", "e")
    page.wait_for_url("**/earlier/")
    expect(page.locator("#typed")).to_be_focused()
    keys.type("rhian")
    keys.press("Enter")
    expect(page.locator("#yes-1")).to_be_focused()
    keys.press("Space", "Enter")
    page.wait_for_url("**/live/")
    expect(page.locator("#first")).not_to_contain_text("None linked")
    assert keys.used() == 5


def _screen(page: Page, keys: Keys) -> None:
    """C: one key leads out of the note to the questions, each takes one, and there is no total at the end."""
    expect(page.locator("#note")).to_be_focused()
    keys.press("Control+k")
    page.wait_for_url("**/risk/")
    for number in range(11):
        expect(page.locator("main")).to_contain_text(f"{number} of 11 asked")
        page.wait_for_load_state()  # the page's keys come with its script
        keys.press("ynu"[number % 3])
    expect(page.locator("main")).to_contain_text("There is no total")
    assert keys.used() == 12
    page.wait_for_load_state()
    keys.press("b")
    page.wait_for_url("**/live/")
    assert keys.used() == 1


def _offer(page: Page, keys: Keys) -> None:
    """D: services for the area; one told about, then one referred to with the words and the way that were agreed to."""
    for kind in ("t", "c"):
        expect(page.locator("#note")).to_be_focused()
        keys.press("Escape", "r")
        page.wait_for_url("**/services/**")
        page.wait_for_load_state()
        keys.press("1", *("p" * (kind == "c")), kind)
        if kind == "c":
            expect(page.locator("#consent")).to_be_focused()
            keys.type("Her name, and that he waits by the hall")
        keys.press("Control+Enter")
        page.wait_for_url("**/live/")
        assert keys.used() <= 6
    expect(page.locator("#lines")).to_contain_text("told about it")
    expect(page.locator("#lines")).to_contain_text("referred")


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
