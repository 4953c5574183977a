"""Pages of taking a case on: what each offers, both wordings of a stale form, and readers before they read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from joindots.access.door import Ref
from joindots.casework import actions, queries
from joindots.casework.rules.agreeing import Item
from joindots.kernel.when import london_day
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

OF_A_CASE = (
    "", "casework/", "change/", "people/new/", "close/", "casework/allocate/", "casework/contact/", "casework/agreed/", "casework/share/",
    "casework/referrals/", "casework/refer/", "casework/reports/",
)  # fmt: skip
DESKS = ("/allocation/", "/allocation/workers/", "/referrals/", "/handovers/", "/handovers/new/", "/signposting/")


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def came(stage: Stage) -> str:
    """A case that came by a contact and waits; its reference."""
    arrived = actions.Arrived("contact", source="Lantern", grade="high")
    case = actions.open_case(stage.actor("asha"), victim=f"Rhian {CANARY}", arrived=arrived)
    stage.close()
    return case


def owner(stage: Stage, reference: object) -> str:
    """Who has the case, as its opener sees it now."""
    return queries.case(stage.actor("asha", datetime.now(UTC)), Ref(str(reference))).owner


def version(client: Client, address: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def test_every_page_opens_for_a_lead_and_shows_no_word_to_a_stranger(stage: Stage, sign_in: SignIn) -> None:
    reference = came(stage)
    ruth, stranger = sign_in("ruth"), sign_in("stranger")
    for page in OF_A_CASE:
        told = ruth.get(f"/cases/{reference}/{page}")
        assert told.status_code == 200, (page, told.status_code)
        assert stranger.get(f"/cases/{reference}/{page}").status_code == 404, page
    for page in DESKS:
        assert ruth.get(page).status_code == 200, page
        assert CANARY not in stranger.get(page).content.decode(), page


def test_a_lead_asks_and_a_stale_window_asks_nobody(stage: Stage, sign_in: SignIn) -> None:
    reference = came(stage)
    ruth = sign_in("ruth")
    at = f"/cases/{reference}/casework/allocate/"
    old = version(ruth, at)
    to = str(stage.memberships["asha"].pk)
    assert ruth.post(at, {"do": "ask", "to": to, "version": old}).status_code == 302
    told = ruth.post(at, {"do": "ask", "to": to, "version": old})
    assert told.status_code == 409
    asha = sign_in("asha")
    assert "asks you to take this case" in asha.get(f"/cases/{reference}/casework/").content.decode()
    assert asha.post(f"/cases/{reference}/casework/", {"do": "answer", "accepted": "yes"}).status_code == 302
    assert owner(stage, reference) == "Asha"
    assert asha.post(f"/cases/{reference}/casework/", {"do": "answer", "accepted": "yes"}).status_code == 409


def test_a_stale_form_shows_both_wordings_and_keeps_the_later_one(stage: Stage, sign_in: SignIn) -> None:
    reference = came(stage)
    asha, ruth = sign_in("asha"), sign_in("ruth")
    at = f"/cases/{reference}/change/"
    old = version(asha, at)
    sent = {"do": "change", "version": old, "relation": "neighbour", "own_number": ""}
    assert "has this form open" in ruth.get(at).content.decode()
    assert ruth.post(at, {**sent, "summary": "Words of Ruth."}).status_code == 302
    told = asha.post(at, {**sent, "summary": "Words of Asha."})
    page = told.content.decode()
    assert told.status_code == 409 and "Words of Ruth." in page and "Words of Asha." in page
    again = asha.get(at).content.decode()
    assert "were set aside" in again and "Words of Asha." in again
    assert "Words of Asha." not in ruth.get(at).content.decode()


def test_the_readers_are_named_before_they_can_read(stage: Stage, sign_in: SignIn) -> None:
    reference = came(stage)
    priya = stage.memberships["priya"]
    agreed = actions.agree(
        stage.actor("asha"), Ref(reference),
        what=actions.Agreement(Item.SHARE, "spoken", stage.at.date(), agency=priya.agency_id),
    )  # fmt: skip
    stage.close()
    asha = sign_in("asha")
    at = f"/cases/{reference}/casework/share/"
    chosen = asha.get(at, {"agency": str(priya.agency_id), "reader": str(priya.pk), "do": "choose"}).content.decode()
    assert "1 person at Northshire will read this case" in chosen and "Priya" in chosen
    assert queries.shares(stage.actor("asha"), Ref(reference)) == ()
    sent = {
        "do": "share", "agency": str(priya.agency_id), "reader": str(priya.pk), "side": "both", "basis": "consent",
        "purpose": "the investigation", "until": stage.at.date().isoformat(), "consent": str(agreed),
    }  # fmt: skip
    assert asha.post(at, {**sent, "until": ""}).status_code == 422
    assert asha.post(at, sent).status_code == 302
    assert "not yet" in asha.get(f"/cases/{reference}/casework/agreed/").content.decode()
    assert sign_in("priya").get(f"/cases/{reference}/").status_code == 200
    assert "1 time" in asha.get(f"/cases/{reference}/casework/agreed/").content.decode()


def test_a_referral_written_on_one_page_is_answered_on_another(stage: Stage, sign_in: SignIn) -> None:
    reference = came(stage)
    agency = str(stage.memberships["priya"].agency_id)
    asha, priya = sign_in("asha"), sign_in("priya")
    sent = {
        "do": "send", "kind": "advocate", "agency": agency, "grade": "high", "name": "Rhian", "reach": "text only",
        "what": "He waits at the gate.", "basis": "consent", "agreed_how": "spoken",
    }  # fmt: skip
    assert asha.post(f"/cases/{reference}/casework/refer/", {**sent, "agreed_how": ""}).status_code == 422
    assert asha.post(f"/cases/{reference}/casework/refer/", {**sent, "name": ""}).status_code == 422
    assert queries.consents(stage.actor("asha"), Ref(reference)) == (), "a refused referral leaves no consent behind"
    stage.close()
    assert asha.post(f"/cases/{reference}/casework/refer/", sent).status_code == 302
    [row] = queries.referrals_in(stage.actor("priya", datetime.now(UTC)))
    page = priya.get(f"/referrals/{row.id}/").content.decode()
    assert "He waits at the gate." in page and CANARY not in page
    assert asha.get(f"/referrals/{row.id}/").status_code == 404
    told = priya.post(f"/referrals/{row.id}/", {"do": "accept", "version": version(priya, f"/referrals/{row.id}/")})
    assert told.status_code == 302
    assert "accepted" in asha.get(f"/cases/{reference}/casework/referrals/").content.decode()


def test_cases_are_handed_over_by_form_and_accepted(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case()
    stage.case()
    stage.close()
    asha = sign_in("asha")
    link = re.search(r'href="(/handovers/new/[^"]*)"', asha.get(f"/cases/{case.key}/casework/").content.decode())
    assert link and asha.get("/handovers/new/").content.decode().count(" checked") == 2
    ticked = re.findall(r'name="case" value="([^"]+)" checked', asha.get(link[1]).content.decode())
    assert ticked == [str(case.key)], "from a case that case alone: whoever is asked can look at all that are ticked"
    sent = {"do": "hand", "case": str(case.key), "to": str(stage.memberships["ruth"].pk), "why": "leave"}
    assert asha.post("/handovers/new/", {**sent, "to": ""}).status_code == 422
    assert asha.post("/handovers/new/", {**sent, "case": []}).status_code == 422
    assert asha.post("/handovers/new/", sent).status_code == 302
    [row] = queries.handovers(stage.actor("asha", datetime.now(UTC)))
    assert sign_in("ruth").post("/handovers/", {"do": "accept", "row": str(row.id)}).status_code == 302
    assert owner(stage, case.key) == "Ruth"


def test_a_case_that_somebody_sent_is_opened_with_its_clock_and_waits_for_a_lead(stage: Stage, sign_in: SignIn) -> None:
    asha = sign_in("asha")
    sent = {"victim": "Rhian Example", "relation": "colleague"}
    opened = asha.post("/cases/new/", sent)
    assert owner(stage, opened["Location"].strip("/").rpartition("/")[2]) == "Asha"
    told = asha.post("/cases/new/", {**sent, "origin": "web", "grade": "high", "whose": "lead", "area": "Northfield"})
    assert told.status_code == 302
    page = sign_in("ruth").get("/allocation/").content.decode()
    assert "1</strong> case waits" in page and "Northfield" in page and "the web form" in page


def test_words_too_long_to_keep_are_refused_whole_and_stand_in_the_form(stage: Stage, sign_in: SignIn) -> None:
    reference = stage.case().key
    stage.close()
    client, page = sign_in("asha"), f"/cases/{reference}/casework/agreed/"
    today = datetime.now(UTC).date().isoformat()
    given = {"do": "agree", "item": "contact", "how": "spoken", "given_on": today, "said": "He waits. " * 900}
    refused = client.post(page, given)
    told = refused.content.decode()
    assert refused.status_code == 422 and "is 9,000 letters long" in told and given["said"] in told
    long = "He waits\r\n" * 888  # as a browser sends 7,992 letters, each line's end as two
    assert client.post(page, given | {"said": long}).status_code == 302
    [kept] = queries.consents(stage.actor("asha", datetime.now(UTC)), Ref(str(reference)))
    assert kept.said.count("He waits") == 888


def test_looking_for_a_service_loses_no_word_of_a_referral_that_is_being_written(stage: Stage, sign_in: SignIn) -> None:
    at = f"/cases/{came(stage)}/casework/refer/"
    typed = {"what": f"He waits, {CANARY}", "name": "Rhian", "grade": "high", "where": "ZZ99", "find": "yes"}
    found = sign_in("ruth").post(at, typed)
    assert found.status_code == 200
    assert f"He waits, {CANARY}</textarea>" in found.content.decode()
    assert 'value="ZZ99"' in found.content.decode() and 'value="high" checked' in found.content.decode()


def test_who_took_somebody_on_reads_in_the_case_that_the_referral_was_taken_back(stage: Stage, sign_in: SignIn) -> None:
    agency, case = stage.memberships["priya"].agency_id, Ref(came(stage))
    actor = stage.actor("ruth")
    agreed = actions.agree(actor, case, what=actions.Agreement(Item.REFER, "spoken", stage.at.date(), agency=agency))
    actions.refer(actor, case, what=actions.Referring("other", "Rhian", agency=agency, consent=agreed))
    stage.close()
    [waiting] = queries.referrals_in(stage.actor("priya"))
    theirs = actions.accept_referral(stage.actor("priya"), Ref(waiting.id, waiting.version))
    stage.close()
    ruth, priya = sign_in("ruth"), sign_in("priya")
    sent = f"/cases/{case.key}/casework/referrals/"
    assert "Tell the person who will get in touch" in ruth.get(sent).content.decode()
    row = {"row": str(queries.referrals(stage.actor("ruth"), case)[0].id)}
    stage.close()
    assert ruth.post(sent, {**row, "do": "seen", "version": version(ruth, sent)}).status_code == 302
    assert (
        ruth.post(sent, {**row, "do": "revoke", "why": "Not now.", "version": version(ruth, sent)}).status_code == 302
    )
    for page in ("", "contact/"):
        told = priya.get(f"/cases/{theirs}/casework/{page}").content.decode()
        assert "Stillwater took this referral back" in told and "“Not now.”" in told, page
    at = f"/cases/{theirs}/casework/"
    seen = {"row": str(waiting.id), "do": "seen_back", "version": version(priya, at)}
    assert priya.post(at, seen).status_code == 302
    assert "we go on with the case" not in priya.get(at).content.decode()


def test_the_versions_of_a_report_say_who_sent_each_when_and_what_differs(stage: Stage, sign_in: SignIn) -> None:
    day = london_day(stage.at)
    first = actions.Reported("other", day, "recorded_other", actions.Offer(), actions.ToldAgain("recorded_other"))
    reference = actions.open_reported(
        stage.actor("priya"), victim="Rhian Example", relation="stranger", own_number="NS/7",
        known=actions.Known(once=("own", "NS7")), told=first,
    )  # fmt: skip
    offer = actions.Offer("yes", day, "police", "", "waiting")
    later = actions.ToldAgain("recorded_stalking", offer, day)
    assert actions.take_told(stage.actor("priya"), crime_reference="NS/7", told=later) == ("stage", "offer")
    [report] = queries.police_reports(stage.actor("priya"), Ref(reference))
    assert report.versions == 2
    actions.change_report(stage.actor("priya"), Ref(report.id), stage="charged", crime_reference="NS/7")
    stage.close()
    client, page = sign_in("priya"), f"/cases/{reference}/casework/reports/told/?report={report.id}"
    assert page in client.get(f"/cases/{reference}/casework/reports/").content.decode()
    told = client.get(page).content.decode()
    newest, older = told.split("Version 1")
    assert "Sent by Priya (Northshire)" in newest and "It stood so with them on" in newest
    assert "before: recorded as something else" in newest and "A specialist was offered" in newest
    assert "Somebody was charged" in newest and "Recorded as something else" in older
    assert client.get(f"/cases/{reference}/casework/reports/told/?report={uuid4()}").status_code == 404
    assert sign_in("stranger").get(page).status_code == 404
