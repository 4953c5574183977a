"""One order by three people: an advocate asks for it, an officer brings it to service, a colleague records its breach."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from joindots.access.door import Ref
from joindots.agencies.models import Agency, Membership, User
from joindots.casework import actions as casework
from joindots.casework.models import Case
from joindots.circles.models import Standing
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.justice import actions as justice
from joindots.justice.actions import Said
from joindots.kernel.when import Precision, When, london_day
from joindots.risk import actions as risk
from joindots.risk.rules.judging import Judging
from tests.journeys.conftest import Desk
from tests.journeys.finding import NARROW, PHONE, WIDE, faults
from tests.journeys.test_log import tile
from tests.journeys.walking import open_case
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]
TODAY = london_day(datetime.now(UTC))
YESTERDAY = TODAY - timedelta(days=1)
WIDTHS = (NARROW, WIDE, PHONE)
NEED = "He came to the door on two evenings and left a card. Nothing binds him."


@pytest.fixture
def helen(stage: Stage) -> str:
    """A second officer of the force."""
    priya = stage.memberships["priya"]
    Agency.objects.filter(pk=priya.agency_id).update(kind="police")
    user = User.objects.create(username="helen", name="Helen")
    stage.memberships["helen"] = Membership.objects.create(
        user=user, agency=priya.agency, team=priya.team, roles=priya.roles, starts=priya.starts
    )
    return "helen"


def asked_by_an_advocate(page: Page) -> None:
    """The advocate writes one act down and asks the force, having seen what it will see."""
    reference = open_case(page)
    add_entry(page, reference, "Came near", "At the door.")
    page.goto(f"/cases/{reference}/orders/")
    page.get_by_role("button", name="Ask a force for an order").click()
    page.get_by_label("Which force").select_option(label="Northshire")
    page.get_by_label("Who the order is against").fill("Cal Example, about 34")
    page.get_by_label("Why it is necessary", exact=True).fill(NEED)
    page.get_by_label("Did they agree just now?", exact=True).select_option("spoken")
    page.get_by_role("button", name="Show what they will see").click()
    expect(page.locator("#seen")).to_contain_text(NEED)
    page.get_by_role("button", name="Ask Northshire").click()
    expect(page.get_by_text("answer due")).to_be_visible()


def add_entry(page: Page, reference: str, kind: str, words: str) -> None:
    """Write down what happened just now."""
    page.goto(f"/cases/{reference}/log/add/")
    tile(page, kind).click()
    tile(page, "Now").click()
    page.get_by_label("A few words").fill(words)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Kept:")).to_be_visible()


def step(page: Page, name: str, note: str = "As said in court.", **fields: str) -> None:
    """Write down that something happened to an order, from the order's own page."""
    page.get_by_role("link", name=name, exact=True).click()
    if page.locator("#service_how").count():
        page.locator("#service_how").select_option(index=1)
    for label, value in {"on": YESTERDAY.isoformat(), **fields}.items():
        page.locator(f"#{label}").fill(value)
    for choice in ("#told-told", "#investigation-live"):
        if page.locator(choice).count():
            page.locator(choice).check()
    page.get_by_label("In words").fill(note)
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()


def pack_begun(page: Page) -> None:
    """The officer drafts the application from the order's own page: an act on its grounds, a term because of it."""
    order = page.url
    page.get_by_role("button", name="Open the pack").click()
    pack = page.url
    page.goto(f"{pack}acts/choose/")
    page.locator("input[name=entry]").check()
    page.get_by_role("button", name="Rely on the ticked entries").click()
    page.goto(f"{pack}acts/")
    for box in page.locator("input[name=act], input[name=ground]").all():
        box.check()
    page.get_by_label("Who will prove them").fill("PC Example")
    page.get_by_role("button", name="Write this on the ticked acts").click()
    page.goto(f"{pack}terms/new/?kind=P01")
    page.locator("#text").fill("Not to contact Rhian Example by any means.")
    page.locator("input[name=act]").check()
    page.get_by_role("button", name="Keep it").click()
    page.goto(f"{pack}part/risk/")
    page.get_by_role("button", name="Take over judgement 1").click()
    expect(page.locator("#risk")).to_have_value(re.compile("High. He came nearer."))
    assert faults(page, "risk of a pack", WIDTHS) == []
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Not sent yet").first).to_be_visible()
    page.goto(f"{pack}check/")
    expect(page.get_by_text("tied to no act")).to_have_count(0)
    page.goto(order)


def on_file(stage: Stage, case: str) -> None:
    """What the force's own case holds before an order is thought of: an act of last week, and a judgement."""
    now = datetime.now(UTC)
    start = now - timedelta(days=7)
    when = When(start, start + timedelta(minutes=20), Precision.RANGE)
    telling = Telling(when, ("near",), words="He stood at the gate.", doer="reported")
    evidence.write_entry(stage.actor("priya", now), Ref(case), telling=telling)
    circle = Case.objects.get(reference=case).circle_id
    said = Judging("high", TODAY, TODAY + timedelta(days=7), "He came nearer.", ("person",))
    risk.judge(stage.actor("priya", now), Ref(circle), said=said)
    stage.close()


def answered_and_made(page: Page, stage: Stage) -> tuple[str, str]:
    """The officer answers, opens the force's own case, and brings the order to service; its case and its address."""
    page.goto("/orders/asks/in/")
    page.get_by_role("link", name="Rhian Example").click()
    expect(page.get_by_text(NEED)).to_be_visible()
    page.locator("#answer").check()
    page.get_by_label("If applied: on which day").fill(TODAY.isoformat())
    page.get_by_label("Reasons").fill("Applied today.")
    page.get_by_role("button", name="Keep the answer").click()
    reference = open_case(page)
    on_file(stage, reference)
    page.goto(f"/cases/{reference}/orders/")
    page.get_by_label("Day it was first thought of").fill(YESTERDAY.isoformat())
    page.get_by_label("Why").fill(NEED)
    page.get_by_role("button", name="Begin").click()
    order = page.url
    pack_begun(page)
    step(page, "Decided to apply")
    step(page, "Authorised for the chief officer", "Superintendent Marsh. Live investigation: Cal Example.")
    step(page, "Complaint lodged at court", "Harrowby Magistrates' Court.")
    ends = (TODAY + timedelta(days=1000)).isoformat()
    step(page, "Full order made", "Contested.", ends=ends, clock="00:01")
    page.get_by_role("link", name="Write down a condition").click()
    page.get_by_label("What kind").select_option("P01")
    page.get_by_label("In the court’s own words").fill("Not to contact Rhian Example by any means.")
    page.get_by_role("button", name="Write it down").click()
    step(
        page, "Served", "In person, explained.", service_by="PC Example", service_place="At the station", clock="00:02"
    )
    expect(page.locator(".jd-finding")).to_contain_text("served")
    return reference, order


def stand_in(case: str, who: Membership) -> None:
    """Let a colleague in, as the case's own page does."""
    Standing.objects.create(
        circle=Case.objects.get(reference=case).circle, membership=who, side="victim", basis="team", purpose="orders",
        starts=datetime.now(UTC) - timedelta(minutes=1),
    )  # fmt: skip


def test_from_an_act_to_a_served_order_to_a_recorded_breach_as_three_people(
    desk: Desk, stage: Stage, helen: str
) -> None:
    asha = desk.open("asha")
    asked_by_an_advocate(asha)
    assert faults(asha, "asked", WIDTHS) == []
    priya = desk.open("priya")
    reference, order = answered_and_made(priya, stage)
    found = faults(priya, "served", WIDTHS)
    add_entry(priya, reference, "Came near", "At the door again, this evening.")
    stand_in(reference, stage.memberships[helen])
    colleague = desk.open(helen)
    colleague.goto("/today/")
    expect(colleague.get_by_text("order", exact=False).first).to_be_visible()
    colleague.goto(order)
    colleague.get_by_role("link", name="Look, and decide each").click()
    expect(colleague.get_by_text("dated after the order", exact=True)).to_be_visible()
    found += faults(colleague, "watch", WIDTHS)
    colleague.get_by_label("A breach", exact=True).check()
    colleague.get_by_role("button", name="Keep only what is chosen").click()
    expect(colleague.locator("#breaches")).to_contain_text("condition 1")
    priya.goto(order)
    expect(priya.get_by_text("Breach reported").first).to_be_visible()
    asha.goto("/today/")
    expect(asha.get_by_text("Nobody has told the person yet").first).to_be_visible()
    assert found == []


def test_a_button_that_gives_a_file_can_be_pressed_again(desk: Desk, stage: Stage) -> None:
    """The page stays as it is, so nothing may take the second press for a second act."""
    case = stage.case("priya")
    actor = stage.actor("priya")
    report = casework.note_report(actor, Ref(case.key), force="other", reported_on=YESTERDAY, stage="reported")
    crime = justice.follow(actor, Ref(report))
    justice.record(actor, Ref(crime), said=Said(event="recorded", on=YESTERDAY, offence="pha_s2a"))
    stage.close()
    page = desk.open("priya")
    page.goto(f"/crimes/{crime}/file/MG5/")
    for name in ("Download as a PDF", "Download as a Word file"):
        with page.expect_download() as coming:
            page.get_by_role("button", name=name).click()
        assert coming.value.suggested_filename in ("form.pdf", "form.docx")
