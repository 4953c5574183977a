"""Ways in: password and code, passkey, and setting up a first second factor; and no way round it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.entering import PASSWORD, code, give_password
from tests.journeys.conftest import Desk
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


def enter(page: Page, name: str = "asha", password: str = PASSWORD) -> None:
    """Give name and password."""
    page.goto("/account/sign-in/")
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def once_more(page: Page) -> None:
    """What changes the way in asks for the password again."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def passkeys(page: Page) -> None:
    """A platform authenticator that answers for its owner."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )


@pytest.mark.parametrize("script", [True, False])
def test_password_and_code_let_in_and_signing_out_shuts(desk: Desk, stage: Stage, script: bool) -> None:
    give_password(stage)
    page = desk.open(script=script)
    page.goto("/cases/")
    assert "/account/sign-in/" in page.url
    page.locator("#id_login").fill("asha")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open cases")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/cases/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_wrong_password_says_no_more_than_that(desk: Desk, stage: Stage) -> None:
    give_password(stage)
    page = desk.open()
    enter(page, password="wrong-wrong-wrong-wrong")
    known = page.locator(".govuk-error-summary").inner_text()
    enter(page, name="nobody", password="wrong-wrong-wrong-wrong")
    assert page.locator(".govuk-error-summary").inner_text() == known
    assert page.title().startswith("Error: ")


def test_who_has_no_second_factor_sets_one_up_and_is_in(desk: Desk, stage: Stage) -> None:
    give_password(stage, app=False)
    page = desk.open()
    enter(page)
    expect(page.get_by_role("heading", name="Set up a second factor first")).to_be_visible()
    page.goto("/cases/")
    assert page.url.endswith("/account/second/")
    page.get_by_role("button", name="Set up an app").click()
    once_more(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an app that gives codes")
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Six digits from the app").fill(code(secret=secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recovery codes")
    expect(page.locator(".jd-codes li")).to_have_count(10)
    page.goto("/cases/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open cases")


def test_who_gave_no_second_factor_is_asked_for_it_and_goes_where_they_meant_to(desk: Desk, stage: Stage) -> None:
    give_password(stage)
    page = desk.open("asha", second=False)
    page.goto("/cases/?state=closed")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    page.locator("#id_code").fill(code())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Closed cases")


def test_a_passkey_is_added_and_signs_in_without_a_password(desk: Desk, stage: Stage) -> None:
    give_password(stage)
    page = desk.open()
    passkeys(page)
    enter(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Your sign-in").click()
    page.get_by_role("link", name="Add a passkey").click()
    once_more(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey or security key")
    page.locator("#id_name").fill("Work laptop")
    page.get_by_label("A passkey").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/account/second/keys/")
    expect(page.get_by_text("Work laptop").first).to_be_visible()
    expect(page.get_by_text("Passkey: signs you in without a password")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/today/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("open cases")


def test_a_passkey_that_is_refused_is_said_in_words(desk: Desk, stage: Stage) -> None:
    give_password(stage)
    page = desk.open()
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": False}})
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("was not used")
