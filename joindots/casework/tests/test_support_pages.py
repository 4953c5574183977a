"""Pages of support: done through forms, told in words, refused in words; and files that say nothing by their names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.casework import actions
from joindots.casework.models import Letter, SafetyPlan
from joindots.casework.rules.plans import Step
from joindots.circles.models import Standing
from joindots.kernel.when import london_day
from joindots.people.models import Presence
from tests.browsing import SignIn
from tests.stage import Stage
from tests.sweeps.test_page_queries import MOST
from tests.sweeps.test_plans import scans

PAGES = ("plan", "tasks", "agencies", "rights", "court", "letters", "therapy", "how-it-is", "costs")


@pytest.fixture
def case(stage: Stage) -> str:
    stage.at = datetime.now(UTC)
    key = str(stage.case(victim="Rhian Example").key)
    stage.close()
    return key


def post(client: Client, where: str, **given: str | list[str]) -> int:
    return client.post(where, given).status_code


def text(client: Client, where: str) -> str:
    return client.get(where).content.decode()


def test_a_plan_is_written_agreed_and_kept_as_notes(stage: Stage, case: str, sign_in: SignIn) -> None:
    client, where = sign_in("asha"), f"/cases/{case}/plan/"
    person = str(Presence.objects.get(stands_as="victim").person_id)
    assert "Start with what the person already does" in text(client, where)
    refused = client.post(where, {"do": "add", "person": person, "kind": "step", "area": "", "what": "A light"})
    assert refused.status_code == 422 and "A light" in refused.content.decode(), "what was typed stands below"
    assert (
        post(client, where, do="add", person=person, kind="already", area="home", what="Locks <b>at</b> night") == 302
    )
    plan = SafetyPlan.objects.get()
    given = {"person": person, "row": str(plan.pk), "version": str(plan.version)}
    day = (stage.at + timedelta(days=9)).date().isoformat()
    assert post(client, where, do="agree", review_on=day, **given) == 302
    assert post(client, where, do="agree", review_on=day, **given) == 409, "a stale window changes nothing"
    notes = text(client, f"{where}notes/?for={person}")
    assert "<title>Notes</title>" in notes and "Locks &lt;b&gt;at" in notes
    assert not [word for word in ("Rhian", "Join the Dots", "Stillwater", "plan") if word in notes.split("<body")[1]]
    assert client.get(f"{where}notes.pdf?for={person}").status_code == 422, "nobody said that a copy is safe"


def test_a_letter_needs_consent_then_a_look_and_then_says_only_what_was_ticked(case: str, sign_in: SignIn) -> None:
    client, where = sign_in("asha"), f"/cases/{case}/letters/"
    assert "Ask first" in text(client, where)
    assert client.get(f"{where}new/?kind=employer").status_code == 302, "no letter without the asking"
    today = datetime.now(UTC).date().isoformat()
    assert post(client, where, do="agreed", whom="The clinic", how="spoken", given_on=today) == 302
    form = text(client, f"{where}new/?kind=employer")
    consent = re.search(r'<option value="([0-9a-f-]{36})"', form)
    assert consent and "Rhian Example" in form
    given = {"kind": "employer", "place": "1 Clinic Street", "ask": ["lead"], "consent": consent[1]}
    shown = client.post(f"{where}new/", given)
    assert shown.status_code == 200 and "Make this letter" in shown.content.decode() and not Letter.objects.exists()
    made = client.post(f"{where}new/", {**given, "make": "1"})
    page = text(client, made["Location"])
    assert "supports Rhian Example." in page and "stalked" not in page
    file = client.get(f"{made['Location']}&form=docx")
    assert file["Content-Disposition"] == 'attachment; filename="letter.docx"'
    assert Letter.objects.get().taken_at is not None
    assert "Write down their answer" in text(client, made["Location"])
    version = str(Letter.objects.get().version)
    assert post(client, made["Location"], do="reply", said="Moira <b>does</b> it", version="0") == 409
    assert post(client, made["Location"], do="reply", said="Moira <b>does</b> it", version=version) == 302
    page = text(client, made["Location"])
    assert "Moira &lt;b&gt;does&lt;/b&gt; it" in page and "Write down their answer" not in page
    assert "answered, written down" in text(client, where)


def test_every_page_of_support_opens_for_its_people_and_for_nobody_else(
    stage: Stage, case: str, sign_in: SignIn
) -> None:
    ruth = stage.memberships["ruth"]
    Standing.objects.create(
        circle_id=Presence.objects.first().circle_id, membership=ruth, side="suspect", basis="share", purpose="x",
        starts=stage.at,
    )  # fmt: skip
    advocate, other = sign_in("asha"), sign_in("ruth")
    for page in PAGES:
        assert advocate.get(f"/cases/{case}/{page}/").status_code == 200, page
        assert other.get(f"/cases/{case}/{page}/").status_code == 403, page
        assert post(advocate, f"/cases/{case}/{page}/", do="nothing") == 422, page
        odd = {"do": "add", "row": "x", "on": "soon", "due_on": "32", "amount": "x" * 9000, "what": "\x00\u202e" * 99}
        assert post(advocate, f"/cases/{case}/{page}/", **odd) in (404, 422), page


def test_no_page_of_support_goes_through_a_table_or_asks_more_for_more(
    stage: Stage, case: str, sign_in: SignIn
) -> None:
    client, ref = sign_in("asha"), Ref(case)
    person, today = Presence.objects.get(stands_as="victim").person_id, london_day(stage.at)

    def fill(times: int) -> None:
        for number in range(times):
            by = stage.actor("asha")
            actions.add_step(by, ref, person=person, step=Step("step", "home", f"line {number}"))
            actions.add_task(by, ref, what=f"task {number}", due_on=today)
            actions.ask_agency(by, ref, to="Police", ask="x", basis="duty", asked_on=today)
            actions.note_right(by, ref, event="reported", on=today)
            actions.add_cost(by, ref, kind="travel", what="x", pence=1, on=today)
            actions.refer_to_therapy(by, ref, person=person, provider="x", weeks=1, referred_on=today)
        stage.close()

    fill(1)
    few = {page: looked_at(client, f"/cases/{case}/{page}/")[0] for page in PAGES}
    fill(3)
    for page in PAGES:
        many, gone_through = looked_at(client, f"/cases/{case}/{page}/")
        assert gone_through == [], page
        assert many <= few[page] + 1 <= MOST, page


def looked_at(client: Client, where: str) -> tuple[int, list[str]]:
    """How many queries a page makes on both databases, and which of them go through a table."""
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as other:
        assert client.get(where).status_code == 200, where
    return len(one) + len(other), [q["sql"] for q in one if q["sql"].startswith("SELECT") and scans(q["sql"])]


def test_a_therapists_desk_is_their_own(stage: Stage, sign_in: SignIn) -> None:
    row = stage.memberships["moira"]
    row.roles = [Role.THERAPIST.value]
    row.save()
    client = sign_in("moira")
    assert "You keep no notes here yet" in text(client, "/therapy/")
    assert post(client, "/therapy/", do="open", name="Maya") == 302
    found = re.search(r"/therapy/([0-9A-Z-]+)/", text(client, "/therapy/"))
    assert found
    room, today = f"/therapy/{found[1]}/", datetime.now(UTC).date().isoformat()
    assert post(client, room, do="note", on=today, attended="came", said="I wish") == 302
    assert "I wish" in text(client, room)
    days = text(client, f"{room}?days")
    assert "came" in days and "I wish" not in days
    assert sign_in("stranger").get(room).status_code == 404
    assert sign_in("asha").get("/therapy/").status_code == 403
