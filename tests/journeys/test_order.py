"""One order by three people: an advocate asks for it, an officer brings it to service, a colleague records its breach."""

from __future__ import annotations

import re
from collections.abc import Callable
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
from tests.journeys.walking import bring_in, open_case
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]
TODAY = london_day(datetime.now(UTC))
YESTERDAY = TODAY - timedelta(days=1)
WIDTHS = (NARROW, WIDE, PHONE)
Work = Callable[[], int]
SHEETS = {
    "respondent": {"name": "Cal Example"}, "protected": {"names": "Rhian Example"}, "interim": {},
    "others": {"live": "NS/25/104417, live"}, "statements": {"officer": "PC Example, of today"},
}  # fmt: skip
NEED = "He came to the door on two evenings and left a card. Nothing binds him."


@pytest.fixture
def helen(stage: Stage) -> str:
    """A second officer of the force, and Marsh, a third, who may authorise for its chief officer."""
    priya = stage.memberships["priya"]
    Agency.objects.filter(pk=priya.agency_id).update(kind="police")
    for name in ("helen", "marsh"):
        user = User.objects.create(username=name, name=name.capitalize())
        stage.memberships[name] = Membership.objects.create(
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


def exhibit_given(page: Page, reference: str, work: Work) -> None:
    """The officer brings a file in and gives it its reference as an exhibit."""
    note = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"I saw him at the gate at nine."}
    bring_in(page, reference, note)
    page.wait_for_url("**/jobs/**")
    work()
    page.goto(f"/cases/{reference}/exhibits/")
    page.get_by_label("Name of who produces it").fill("PC Ann Example")
    page.get_by_label("Their initials").fill("AE")
    page.get_by_role("button", name="Give the reference").click()
    expect(page.get_by_text("Given: AE/1")).to_be_visible()


def pack_begun(page: Page) -> str:
    """The officer drafts the application from the order's own page: an act on its grounds, a term because of it."""
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
    page.locator("#act-1 a").click()
    page.get_by_label("The file that shows it").select_option("AE/1")
    page.get_by_role("button", name="Keep its exhibit").click()
    expect(page.locator("#act-1")).to_contain_text("AE/1")
    page.goto(f"{pack}terms/new/?kind=P01")
    page.locator("#text").fill("Not to contact Rhian Example by any means.")
    page.locator("input[name=act]").check()
    page.get_by_role("button", name="Keep it", exact=True).click()
    page.goto(f"{pack}part/risk/")
    page.get_by_role("button", name="Take over judgement 1").click()
    expect(page.locator("#risk")).to_have_value(re.compile("High. He came nearer."))
    assert faults(page, "risk of a pack", WIDTHS) == []
    page.get_by_label("This part is completed").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not sent yet").first).to_be_visible()
    for part, fields in SHEETS.items():
        page.goto(f"{pack}part/{part}/")
        for field, said in fields.items():
            page.locator(f"#{field}").fill(said)
        if part == "interim":
            page.get_by_label("No", exact=True).check()
        page.get_by_role("button", name="Keep it", exact=True).click()
        expect(page.get_by_role("heading", name="The pack")).to_be_visible()
    page.goto(f"{pack}check/")
    expect(page.get_by_text("tied to no act")).to_have_count(0)
    return pack


def signed(page: Page, pack: str, name: str, then: str = "") -> None:
    """Somebody signs the draft as it stands, as the next of the chain, and asks a colleague to sign after them."""
    page.goto(f"{pack}sign/")
    expect(page.get_by_role("heading", name="Send: not sent yet")).to_be_visible()
    page.locator("#name").fill(name)
    page.get_by_role("button", name="Sign draft 1").click()
    expect(page.get_by_text(name)).to_be_visible()
    if then:
        page.locator("#whom").select_option(label=then)
        page.get_by_role("button", name="Put it on their Today").click()
        expect(page.get_by_text(f"asked {then} to sign it")).to_be_visible()


def asked_today(page: Page, pack: str) -> None:
    """Whoever is asked to sign finds it on their Today."""
    page.goto("/today/")
    page.locator(f"a[href$='{pack.partition('/orders/')[2]}sign/']").first.click()
    expect(page.get_by_role("heading", name="11. Sign-off")).to_be_visible()


def sent(page: Page, pack: str, work: Work) -> None:
    """The officer has the final papers and their bundles made, and writes down that they were handed over."""
    page.goto(f"{pack}sign/")
    page.get_by_role("button", name="Make the final papers").click()
    page.wait_for_url("**/orders/papers/**")
    work()
    page.reload()
    page.get_by_role("button", name="Make the bundles with the exhibits").click()
    page.wait_for_url("**/orders/papers/**")
    work()
    page.reload()
    expect(page.get_by_text("The bundle for the court").first).to_be_visible()
    assert faults(page, "final papers", WIDTHS) == []
    page.goto(f"{pack}sign/#send")
    expect(page.get_by_role("heading", name="Send: not sent yet")).to_be_visible()
    expect(page.get_by_text("This system sends nothing itself.")).to_be_visible()
    page.get_by_label("To whom").fill("Harrowby Magistrates' Court")
    page.get_by_label("How", exact=True).fill("By the court's own portal")
    page.get_by_role("button", name="Write down that it was sent").click()
    expect(page.get_by_text("Draft 1 to Harrowby Magistrates' Court")).to_be_visible()
    expect(page.get_by_text("not sent yet")).to_have_count(0)


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


def answered_and_begun(page: Page, stage: Stage) -> tuple[str, str]:
    """The officer answers, opens the force's own case, and begins the order; its case and its address."""
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
    return reference, page.url


def made(page: Page, order: str) -> None:
    """The officer brings the order to service."""
    page.goto(order)
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


def stand_in(case: str, who: Membership) -> None:
    """Let a colleague in, as the case's own page does."""
    Standing.objects.create(
        circle=Case.objects.get(reference=case).circle, membership=who, side="victim", basis="team", purpose="orders",
        starts=datetime.now(UTC) - timedelta(minutes=1),
    )  # fmt: skip


def test_from_an_act_to_a_served_order_to_a_recorded_breach_as_three_people(
    desk: Desk, stage: Stage, helen: str, work: Work
) -> None:
    asha = desk.open("asha")
    asked_by_an_advocate(asha)
    assert faults(asha, "asked", WIDTHS) == []
    priya = desk.open("priya")
    reference, order = answered_and_begun(priya, stage)
    for officer in (helen, "marsh"):
        stand_in(reference, stage.memberships[officer])
    exhibit_given(priya, reference, work)
    priya.goto(order)
    pack = pack_begun(priya)
    signed(priya, pack, "DS Priya Example", then="Helen")
    colleague, delegate = desk.open(helen), desk.open("marsh")
    asked_today(colleague, pack)
    signed(colleague, pack, "DI Helen Example", then="Marsh")
    asked_today(delegate, pack)
    signed(delegate, pack, "Superintendent Marsh")
    sent(priya, pack, work)
    made(priya, order)
    found = faults(priya, "served", WIDTHS)
    add_entry(priya, reference, "Came near", "At the door again, this evening.")
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
