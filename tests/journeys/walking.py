"""Steps that several journeys take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


def open_case(page: Page, name: str = "Rhian Example") -> str:
    """Open a case by its form; its reference."""
    page.goto("/cases/new/")
    page.get_by_label("Name of the person being stalked").fill(name)
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", name="Summary")).to_be_visible()
    return page.url.rstrip("/").rpartition("/")[2]


def bring_in(page: Page, reference: str, *files: Path | dict[str, object]) -> None:
    """Choose files and send them."""
    page.goto(f"/cases/{reference}/files/bring-in/")
    page.locator("#file").set_input_files(list(files))  # type: ignore[arg-type]
    page.get_by_role("button", name="Bring in").click()


def answer(page: Page, *choices: str) -> None:
    """Choose one answer for each question that stands on the page, and keep them."""
    for choice in choices:
        page.locator(".jd-choice", has_text=choice).first.click()
    page.get_by_role("button", name="Keep these answers").click()


def filled(page: Page, chat: Path, work: Callable[[], int]) -> str:
    """A case with the chat read and every question answered; its reference."""
    reference = open_case(page)
    bring_in(page, reference, chat)
    page.wait_for_url("**/jobs/**")
    work()
    page.goto(f"/cases/{reference}/files/")
    page.get_by_role("link", name=chat.name).click()
    answer(page, "Day first", "Rhian Example")
    page.wait_for_url("**/jobs/**")
    work()
    return reference
