"""The pages of order watch and of what stands beside an order, through a browser's requests."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.when import Precision, When, london_day, midnight
from tests.browsing import SignIn
from tests.stage import Stage


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def fields(page: str, at: str) -> dict[str, str]:
    """The hidden fields of the first form after a place in the page."""
    form = page[page.index(at) :]
    form = form[: form.index("</form>")]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_an_act_is_laid_beside_a_bail_condition_decided_and_taken_back(stage: Stage, sign_in: SignIn) -> None:
    case, day = stage.case("priya", victim="Rhian Example"), london_day(datetime.now(UTC))
    client: Client = sign_in("priya")
    begin = {"kind": "bail_pre", "on": (day - timedelta(days=3)).isoformat(), "why": "Arrested"}
    begun = client.post(reverse("web:order_other", args=[case.key]), begin)
    where = begun["Location"]

    def post(path: str, **given: str) -> tuple[int, str]:
        page = client.get(f"{where}{path}").content.decode()
        seen = re.findall(r'name="version" value="(\d+)"', page)[0]
        told = client.post(f"{where}{path}", {"version": seen, **given}, follow=True)
        return told.status_code, told.content.decode()

    made = {
        "on": (day - timedelta(days=3)).isoformat(),
        "clock": "10:30",
        "until": "further",
        "note": "By the sergeant",
    }
    assert "10:30" in post("record/order_made/", **made)[1]
    status, page = post("record/order_served/", on=day.isoformat(), told="told", service_by="PC Example")
    assert (status, "Choose how it was served" in page, "PC Example" in page) == (422, True, True)
    near = midnight(day - timedelta(days=1))
    when = When(near, near + timedelta(hours=23), Precision.DAY)
    evidence.write_entry(stage.actor("priya"), case, telling=Telling(when, ("near",), words="In the street"))
    stage.close()
    page = client.get(f"{where}watch/").content.decode()
    assert "Condition not yet typed: add the order’s wording first." in page
    post("condition/", library="OWNP", text="Not to enter Clinic Street")
    page = client.get(f"{where}watch/").content.decode()
    assert "after made, before served" in page
    assert "checked" not in page
    hidden = fields(page, 'action="' + where + "watch/decide/")
    assert client.post(f"{where}watch/decide/", {**hidden, "do": "keep"}).status_code == 422
    chosen = {f"verdict-{hidden['asked'].strip()}": "cant_tell", **hidden}
    refused = client.post(f"{where}watch/decide/", {**chosen, "do": "keep"})
    assert (refused.status_code, "you can’t tell" in refused.content.decode()) == (422, True)
    assert client.post(f"{where}watch/decide/", {**chosen, "do": "none"}).status_code == 422
    assert client.post(f"{where}watch/decide/", {**hidden, "stands": "x", "do": "none"}).status_code == 409
    breach = {**hidden, f"verdict-{hidden['asked'].strip()}": "breach", "do": "keep"}
    page = client.post(f"{where}watch/decide/", breach, follow=True).content.decode()
    assert "Nothing waits to be decided" in page
    follow = re.findall(r'href="([^"]+/breach/[^"]+)"', page)[0]
    version = re.findall(r'name="version" value="(\d+)"', client.get(follow).content.decode())[0]
    early = client.post(follow, {"version": version, "arrested": (day - timedelta(days=2)).isoformat()})
    assert (early.status_code, "before the act" in early.content.decode()) == (422, True)
    every = client.get(f"{where}watch/?all=yes").content.decode()
    decision = re.findall(r'<option value="([0-9a-f-]{36})">1\. a breach', every)[0]
    told = client.post(f"{where}watch/take-back/", {"decision": decision, "struck_why": "Another street"}, follow=True)
    assert "None is recorded." in told.content.decode()


def test_a_form_over_a_changed_order_keeps_what_was_typed_and_says_what_changed(stage: Stage, sign_in: SignIn) -> None:
    case, day = stage.case("priya", victim="Rhian Example"), london_day(datetime.now(UTC)).isoformat()
    client = sign_in("priya")
    where = client.post(reverse("web:orders", args=[case.key]), {"on": day, "why": "Acts, risk"})["Location"]
    form = f"{where}record/decide_no/"
    window = fields(client.get(form).content.decode(), 'class="jd-judge"')
    other = fields(client.get(f"{where}record/decide_yes/").content.decode(), 'class="jd-judge"')
    assert client.post(f"{where}record/decide_yes/", {**other, "on": day}).status_code == 302
    late = client.post(form, {**window, "on": day, "told": "told", "note": "Bail covers it"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "“Decided to apply” was written down by Priya" in page
    assert "Bail covers it" in page
    assert fields(page, 'class="jd-judge"')["version"] != window["version"]


def test_steps_beside_an_order_refuse_by_a_sentence_and_keep_what_was_typed(stage: Stage, sign_in: SignIn) -> None:
    case, day = stage.case("priya", victim="Rhian Example"), london_day(datetime.now(UTC)).isoformat()
    client = sign_in("priya")
    where = client.post(reverse("web:orders", args=[case.key]), {"on": day, "why": "Acts, risk"})["Location"]

    def tick(**given: str) -> tuple[int, str]:
        seen = re.findall(r'name="version" value="(\d+)"', client.get(where).content.decode())[0]
        told = client.post(f"{where}beside/", {"version": seen, **given}, follow=True)
        return told.status_code, told.content.decode()

    status, page = tick(code="police_computer", on=day, note="PNC 12")
    assert (status, "No order was made by that day" in page, "PNC 12" in page) == (422, True, True)
    assert "There is no such step" in tick(code="fly", on=day)[1]
    assert "Enter the day" in tick(code="service_plan", on="x")[1]
    assert "Written down by Priya" in tick(code="service_plan", on=day, note="Agreed with Rhian")[1]
    assert "written down already" in tick(code="service_plan", on=day)[1]
