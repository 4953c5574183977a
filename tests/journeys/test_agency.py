"""A lead brings cases in from a spreadsheet, and takes all that the agency owns out with a second person."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from joindots.access.roles import Role
from joindots.transfer.tests.leaving import member
from tests.entering import PASSWORD
from tests.journeys.conftest import Desk
from tests.journeys.finding import faults
from tests.journeys.test_signing_in import enter
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]

CASES = """Client name,Our ref,Date opened,Notes
Maya Example,SW-1,03/04/2025,He waits
Ben Example,SW-2,May 2024,
,SW-3,,
"""


def finds_nothing(page: Page) -> None:
    """No fault that axe knows, at both widths, and no page wider than its window."""
    assert faults(page, page.url) == []


def test_cases_come_in_after_their_columns_were_named_and_a_trial_was_seen(
    desk: Desk, worker: None, tmp_path: Path
) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(CASES, encoding="utf-8")
    page = desk.open("ruth")
    page.goto("/cases/")
    page.get_by_role("link", name="Bring in cases from a spreadsheet").click()
    finds_nothing(page)
    page.locator("#file").set_input_files(path)
    page.get_by_role("button", name="Look at its columns").click()
    page.get_by_role("button", name="See the result").click()
    expect(page.get_by_text("Which column is which?")).to_be_visible()
    finds_nothing(page)
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("button", name="See the result").click()
    page.locator(".jd-choice", has_text="The day").click()
    finds_nothing(page)
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("button", name="See the result").click()
    expect(page.locator(".jd-finding")).to_contain_text("2 cases would come in, from 3 rows")
    finds_nothing(page)
    page.get_by_role("button", name="Bring in 2 cases").click()
    page.get_by_role("button", name="See the result").click()
    expect(page.locator(".jd-finding")).to_contain_text("2 cases brought in from 3 rows. 0 here already, 1 rejected")
    finds_nothing(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the rows that did not come in").click()
    assert "There is no name in this row" in Path(coming.value.path()).read_text(encoding="utf-8-sig")
    bring_in_again(page, path)


def bring_in_again(page: Page, path: Path) -> None:
    """The same file once more: its columns are known, its rows are here already, and no case is doubled."""
    page.goto("/agency/cases-in/")
    page.locator("#file").set_input_files(path)
    page.get_by_role("button", name="Look at its columns").click()
    page.get_by_role("button", name="See the result").click()
    for _ in range(2):  # the order of day and month is asked of each file; what was said last is filled in
        page.get_by_role("button", name="Try it").click()
        page.get_by_role("button", name="See the result").click()
    expect(page.locator(".jd-finding")).to_contain_text("0 cases would come in, from 3 rows")
    page.get_by_role("button", name="List every row that would not come in").click()
    page.get_by_role("button", name="See the result").click()
    expect(page.locator(".jd-finding")).to_contain_text("0 cases brought in from 3 rows. 2 here already, 1 rejected")
    page.goto("/cases/")
    expect(page.get_by_role("link", name="Maya Example")).to_have_count(1)


def test_all_that_the_agency_owns_leaves_once_a_second_person_agreed(stage: Stage, desk: Desk, worker: None) -> None:
    member(stage, "lena", "ruth", Role.TEAM_LEAD)
    stage.case(by="ruth", victim="Maya Example")
    lead, second = desk.open("ruth"), desk.open("lena")
    lead.goto("/cases/")
    lead.get_by_role("link", name="Take out all that the agency owns").click()
    finds_nothing(lead)
    lead.get_by_role("button", name="Ask a second person").click()
    second.goto(lead.url)
    finds_nothing(second)
    second.get_by_role("button", name="I agree").click()
    lead.reload()
    lead.get_by_role("button", name="Make it now").click()
    lead.get_by_role("button", name="See the result").click()
    finds_nothing(lead)
    with lead.expect_download() as coming:
        lead.get_by_role("button", name="Download it, once").click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        assert "agency/verify_trail.py" in archive.namelist()
    lead.reload()
    expect(lead.get_by_text("Nothing of it is kept here")).to_be_visible()


def test_a_member_of_staff_joins_by_a_code_handed_over_and_leaves_at_once(stage: Stage, desk: Desk) -> None:
    member(stage, "lena", "ruth", Role.TEAM_LEAD, Role.AGENCY_ADMIN)
    admin = desk.open("lena")
    admin.goto("/staff/")
    finds_nothing(admin)
    admin.get_by_label("Name", exact=True).fill("Nia Example")
    admin.get_by_label("Username", exact=True).fill("nia")
    admin.locator("#nadvocate").check()
    admin.get_by_role("button", name="Add").click()
    code = admin.locator("[role=status] .jd-figure").inner_text()
    finds_nothing(admin)
    admin.goto("/staff/")
    assert code not in admin.content(), "it is shown once"
    nia = desk.open()
    nia.goto("/account/enrol/")
    finds_nothing(nia)
    nia.get_by_label("Username").fill("nia")
    nia.get_by_label("Code").fill(code)
    nia.locator("#password").fill(PASSWORD)
    nia.locator("#again").fill(PASSWORD)
    nia.get_by_role("button").last.click()
    enter(nia, "nia")
    expect(nia.get_by_role("heading", name="Set up a second factor first")).to_be_visible()
    nia.goto("/account/enrol/")
    works = desk.open("asha")
    works.goto("/cases/")
    expect(works.get_by_role("heading", level=1)).to_have_text("Open cases")
    admin.reload()
    row = admin.get_by_role("row", name="Asha")
    row.get_by_text("Change").first.click()
    row.get_by_role("button", name="End this membership").click()
    expect(admin.get_by_role("rowheader", name="Asha")).to_have_count(0)
    works.reload()
    expect(works.get_by_role("heading", level=1)).to_have_text("Sign in")
