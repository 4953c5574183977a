"""What goes wrong is said in words that name the cure; nothing that was given is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Desk
from tests.journeys.walking import answer, bring_in, filled, open_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


@pytest.mark.parametrize("script", [True, False])
def test_files_that_cannot_be_taken_are_named_and_the_others_are_kept(
    desk: Desk, chat: Path, settings: Any, script: bool
) -> None:
    settings.MOST_BYTES_A_FILE = 1000
    page = desk.open("asha", script=script)
    reference = open_case(page)
    page.goto(f"/cases/{reference}/files/bring-in/")
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file first")
    assert page.title().startswith("Error: ")
    empty = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""}
    large = {"name": "large.txt", "mimeType": "text/plain", "buffer": b"x" * 2000}
    bring_in(page, reference, {"name": chat.name, "mimeType": "text/plain", "buffer": chat.read_bytes()}, empty, large)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("empty.txt is empty")
    expect(summary).to_contain_text("large.txt is larger than 2 GB")
    expect(page.get_by_text("Kept, and not needed again")).to_be_visible()
    expect(page.locator(".jd-notice")).to_contain_text(chat.name)


def test_an_unreadable_file_is_kept_and_says_why(desk: Desk, work: Callable[[], int]) -> None:
    page = desk.open("asha")
    reference = open_case(page)
    bring_in(page, reference, {"name": "chat.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04 cut off"})
    page.wait_for_url("**/jobs/**")
    work()
    expect(page.get_by_role("heading", name="This could not be done")).to_be_visible()
    expect(page.get_by_text("Copy it from the device again")).to_be_visible()
    page.get_by_role("link", name="The file, as it is kept").click()
    expect(page.get_by_text("It is kept as it is").first).to_be_visible()
    expect(page.get_by_role("button", name="Download the original")).to_be_visible()


def test_a_question_left_alone_is_asked_again_and_one_may_be_answered_alone(
    desk: Desk, chat: Path, work: Callable[[], int]
) -> None:
    page = desk.open("asha")
    reference = open_case(page)
    bring_in(page, reference, chat)
    page.wait_for_url("**/jobs/**")
    work()
    page.get_by_role("button", name="Answer 2 questions").click()
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose an answer")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#q0")).to_be_focused()
    answer(page, "I’m not sure")
    page.wait_for_url("**/jobs/**")
    work()
    expect(page.get_by_role("button", name="Answer 1 question")).to_be_visible()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    page = desk.open("asha")
    reference = open_case(page)
    other = page.context.new_page()
    for window in (page, other):
        window.goto(f"/cases/{reference}/close/")
        window.get_by_label("planned, and agreed with the person").check()
    other.get_by_role("button", name="Close the case").click()
    expect(other.get_by_text("This case is closed")).to_be_visible()
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else changed this")
    expect(page.get_by_role("button", name="Open the case again")).to_be_visible()


def test_a_case_without_a_name_is_refused_and_the_words_stay(desk: Desk) -> None:
    page = desk.open("asha")
    page.goto("/cases/new/")
    page.get_by_label("Summary").fill("He waits outside.")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a name")
    expect(page.get_by_label("Summary")).to_have_value("He waits outside.")


def test_an_address_that_only_takes_forms_says_so(desk: Desk) -> None:
    page = desk.open("asha")
    page.goto("/alerts/00000000-0000-0000-0000-000000000000/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is no page of its own")


def test_a_form_without_this_sessions_mark_says_so(desk: Desk) -> None:
    page = desk.open("asha")
    page.goto("/cases/new/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_label("Name of the person being stalked").fill("Rhian Example")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The form was open too long")


def test_the_list_of_days_goes_to_a_day_and_finds_words(desk: Desk, chat: Path, work: Callable[[], int]) -> None:
    page = desk.open("asha")
    reference = filled(page, chat, work)
    page.goto(f"/cases/{reference}/chronology/")
    page.get_by_label("Find words").fill("second ROW")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("status")).to_have_text("1 record")
    page.get_by_label("Words").fill("nowhere written")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("No record of this case holds these words")).to_be_visible()
