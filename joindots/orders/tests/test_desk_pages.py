"""Pages of the orders' desk and of the return: what stands there, for whom, and files that lead back to the orders."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.circles.models import Standing
from joindots.kernel.when import london_day
from joindots.law.orders import reporting_fields
from joindots.notices import actions as notices
from joindots.notices.models import Notice
from joindots.notices.rules import neutral
from joindots.notices.rules.neutral import Said
from joindots.orders import actions as orders
from joindots.orders.models import Order
from joindots.orders.rules import desk as rule
from joindots.orders.rules import letters
from joindots.orders.rules.returns import Facts
from joindots.orders.tests.test_actions import begun
from joindots.people import actions as people
from joindots.people.models import Presence
from tests.browsing import SignIn
from tests.stage import NOW, Stage

TODAY = london_day(NOW)


@pytest.fixture
def order(stage: Stage) -> UUID:
    case = stage.case("priya", victim="Rhian Example")
    made = begun(stage, Case.objects.get(reference=case.key).circle_id)
    stage.close()
    return made


def test_the_desk_shows_what_is_due_and_says_when_nothing_is(stage: Stage, order: UUID, sign_in: SignIn) -> None:
    client = sign_in("priya")
    page = client.get("/orders/").content.decode()
    assert "Rhian Example" in page and "Ends" in page and f"/orders/{order}/" in page
    assert (
        "No order is waiting to be served in the next 60 days." in client.get("/orders/?kind=service").content.decode()
    )
    for odd in ("?kind=odd&ahead=xyz&after=9.9", f"?after=2026-01-01.{10**30}", "?ahead=0", "?mine=yes&kind=end"):
        assert client.get(f"/orders/{odd}").status_code == 200
    hearing = (TODAY + timedelta(days=12)).isoformat()
    listed = client.get("/orders/hearings/", {"from": hearing, "to": hearing}).content.decode()
    assert "Court not written down" in listed and "Rhian Example" in listed
    facts = f"/orders/{order}/facts/"
    given = {"do": "keep", "version": str(Order.objects.get().version), "court": "Harrowby <b>Court</b>"}
    assert client.post(facts, {**given, "perpetrator_age": "old"}).status_code == 422
    assert client.post(facts, given).status_code == 302
    assert client.post(facts, given).status_code == 409, "a stale window changes nothing"
    assert (
        "Harrowby &lt;b&gt;Court" in client.get("/orders/hearings/", {"from": hearing, "to": hearing}).content.decode()
    )
    assert "Priya" in client.get("/orders/keepers/").content.decode()
    keeping = f"/orders/{order}/keeping/"
    assert "Nobody else from your agency works on this case" in client.get(keeping).content.decode()
    assert "Nothing is due in the next 60 days." in sign_in("asha").get("/orders/").content.decode()


def test_each_figure_of_the_return_leads_to_exactly_its_orders(stage: Stage, order: UUID, sign_in: SignIn) -> None:
    client = sign_in("priya")
    period = {"from": (TODAY - timedelta(days=60)).isoformat(), "to": TODAY.isoformat()}
    assert "Applications lodged" in client.get("/orders/return/", period).content.decode()
    applied = client.get("/orders/return/orders/applied/", period).content.decode()
    assert f"/orders/{order}/" in applied and "1 of 1 application" in applied
    assert f"/orders/{order}/" not in client.get("/orders/return/orders/refused/", period).content.decode()
    book: Any = import_module("openpyxl").load_workbook(
        io.BytesIO(b"".join(client.get("/orders/return/file/xlsx/", period)))
    )
    assert [cell.value for cell in next(book["Orders"].iter_rows())] == list(reporting_fields())
    assert "/orders/return/orders/applied/" in str(book["Figures"]["E2"].value)
    assert client.get("/orders/return/file/open.json/", period).status_code == 422, "no whole quarter"
    quarter = {"from": "2025-07-01", "to": "2025-09-30"}
    told = json.loads(b"".join(client.get("/orders/return/file/open.json/", quarter)))
    assert (told["format"], told["figures"][0]["count"]) == ("join-the-dots.spo-return/1", 0)
    for wrong in ("/orders/return/file/odd/", "/orders/return/orders/odd/"):
        assert client.get(wrong, period).status_code == 404
    assert client.get("/orders/return/", {"from": "2026-02-01", "to": "2026-01-01"}).status_code == 422
    assert sign_in("asha").get("/orders/return/").status_code == 403


def test_letters_about_orders_are_shown_each_and_go_by_the_gate(stage: Stage, order: UUID, sign_in: SignIn) -> None:
    client, where = sign_in("priya"), "/orders/letters/"
    assert client.get(where).status_code == 422, "nothing was chosen"
    assert "One order is chosen" in client.get(where, {"order": [str(order), str(order), "x"]}).content.decode()
    given = {"order": str(order), "macro": "earlier", "do": "look"}
    page = client.post(where, given).content.decode()
    assert "Please list the hearing no later than that" in page and "Rhian" not in page, "a letter names nobody"
    assert not Notice.objects.exists(), "looking sends nothing"
    version = {f"version-{order}": str(Order.objects.get().version)}
    sent = {**given, **version, "do": "send", "whom": "Harrowby Court", "kind": "letter", "place": "1 Example Street"}
    people.protect(stage.actor("priya"), Ref(Order.objects.get().circle_id), kind="vehicle", word="AB51 CDE")
    orders.keep_facts(stage.actor("priya"), Ref(order), facts=Facts(force_record_reference="AB51CDE"))
    stage.close()
    sent[f"version-{order}"] = str(Order.objects.get().version)
    leaks = client.post(where, sent).content.decode()
    assert "a vehicle" in leaks and "AB51CDE" not in leaks and not Notice.objects.exists()
    orders.keep_facts(stage.actor("priya"), Ref(order), facts=Facts(force_record_reference="NS-25.4417"))
    stage.close()
    sent[f"version-{order}"] = str(Order.objects.get().version)
    refused = client.post(where, {**sent, "whom": ""}).content.decode()
    assert "Enter whom it is for" in refused and not Notice.objects.exists()
    assert "queued" in client.post(where, sent).content.decode()
    notice = Notice.objects.get()
    assert notice.until is not None and notice.until - london_day(notice.made_at) == timedelta(days=7)
    again = client.post(where, sent).content.decode()
    assert "queued" not in again and Notice.objects.count() == 1, "a stale window sends nothing twice"
    assert client.post(where, {**given, "macro": "odd"}).status_code == 200
    assert sign_in("asha").get(where, {"order": str(order)}).status_code == 403


def test_an_administrator_sends_letters_of_the_desk_and_never_sees_how_somebody_is_reached(
    stage: Stage, order: UUID, sign_in: SignIn
) -> None:
    circle = Order.objects.get().circle_id
    person = Presence.objects.get(circle=circle, stands_as="victim").person_id
    people.protect(stage.actor("priya"), Ref(circle), kind="number", word="07700 900123")
    said = Said("Please ring us", neutral.SUBJECT, neutral.SENDER, neutral.FILE)
    theirs = notices.write(stage.actor("priya"), Ref(circle), person=person, kind="letter", said=said).id
    stage.close()
    moira = stage.memberships["moira"]
    Membership.objects.filter(pk=moira.pk).update(agency=stage.memberships["priya"].agency_id, team=None,
                                                  roles=[Role.SPO_ADMINISTRATOR.value])  # fmt: skip
    Standing.objects.create(circle_id=circle, membership=moira, side="victim", basis="team", purpose="orders",
                            starts=NOW - timedelta(days=1))  # fmt: skip
    client, where, case = sign_in("moira"), "/orders/letters/", Case.objects.get(circle=circle).reference
    assert "/orders/letters/" in client.get("/orders/").content.decode()
    sent = {"order": str(order), f"version-{order}": str(Order.objects.get().version), "macro": "earlier", "do": "send",
            "whom": "Harrowby Court", "kind": "letter", "place": "1 Example Street"}  # fmt: skip
    guarded = client.post(where, {**sent, "place": "1 Example Street, 07700 900123"}).content.decode()
    assert "queued" not in guarded and not Notice.objects.filter(outward=True).exists()
    assert "queued" in client.post(where, sent).content.decode()
    notice = Notice.objects.get(outward=True)
    page = f"/cases/{case}/contact/left/{notice.pk}/"
    shown, frame = client.get(page).content.decode(), client.get(f"/cases/{case}/").content.decode()
    assert "Harrowby Court" in shown and "900123" not in shown
    for link in {*re.findall(r'href="(/(?!static)[^"#]*)"', shown), *re.findall(r'href="(/cases/[^"#]*)"', frame)}:
        assert client.get(link).status_code < 400, f"{link} leads to a refusal"
    assert client.post(page, {"do": "begin", "version": str(notice.version)}).status_code == 302
    notice.refresh_from_db()
    assert client.post(page, {"do": "end", "how": "done", "version": str(notice.version)}).status_code == 302
    notice.refresh_from_db()
    assert notice.state == "sent"
    assert client.get(f"/cases/{case}/contact/left/{theirs}/").status_code == 404, "what goes to her is not theirs"
    assert client.get(f"/cases/{case}/contact/").status_code == 403


def test_letters_about_all_that_is_listed_need_no_ticks_and_choose_what_they_are_about(
    stage: Stage, order: UUID, sign_in: SignIn
) -> None:
    """Bulk letters in six presses: the kind, all of them, whom, where, send."""
    client = sign_in("priya")
    desk = client.get("/orders/?kind=hearing").content.decode()
    assert f'name="listed" value="{order}"' in desk and 'name="macro" value="hearing"' in desk
    shown = client.get("/orders/letters/", {"listed": str(order), "macro": "hearing", "all": "yes"}).content.decode()
    assert "Our records list a hearing" in shown and "Send the letter" in shown
    assert client.get("/orders/letters/", {"listed": str(order)}).status_code == 422, "none was ticked"
    assert set(letters.OF_KIND) <= set(rule.KINDS) and set(letters.OF_KIND.values()) <= set(letters.MACROS)
