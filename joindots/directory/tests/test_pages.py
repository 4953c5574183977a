"""The pages of services: searched, read, corrected, brought in and out; and the open page, which keeps nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joindots.access.door import Ref
from joindots.audit.models import Entry
from joindots.directory import actions
from joindots.directory.models import Arrival, Service
from joindots.directory.rules.arriving import read_file
from joindots.directory.rules.listing import Listing, Phone
from tests.browsing import SignIn
from tests.stage import Stage

HARBOUR = Listing(
    name="Harbour advocacy", phones=(Phone("07700 900150"),), areas=("pc:ZZ9",), needs=("advocacy",),
    relations=("all",), wait_days=2,
)  # fmt: skip
SENT = {
    "name": "Larch <b>House</b>", "phones": "07700 900151 evenings", "areas": "CA1, Durham Constabulary\nNorthshire",
    "need": ["advocacy", "legal"], "relation": ["all"], "taken": "all", "week": "Mon-Fri 09:30-16:00",
    "holidays": "closed", "system": "england_wales", "wait": "3", "audience": "everybody", "confirmed": "yes",
    "eligibility": "Anybody at all",
}  # fmt: skip
PAGE = {"contents": [
    {"id": "a", "name": "Outreach", "description": "<p>Domestic abuse</p><script>bad()</script>", "status": "active",
     "phones": [{"number": "01632 960001"}], "service_areas": [{"name": "Northshire"}]},
    {"id": "b", "name": "=cmd()", "url": "example.org"},
]}  # fmt: skip


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def test_a_whole_postcode_never_stays_in_an_address(stage: Stage, sign_in: SignIn) -> None:
    told = sign_in("asha").get("/services/?where=zz99+4lc&need=advocacy")
    assert told.status_code == 302
    assert told.headers["Location"] == "/services/?where=ZZ99&need=advocacy"


def test_a_search_says_why_a_service_fits_and_where_none_does(stage: Stage, sign_in: SignIn) -> None:
    actions.add_service(stage.actor("asha"), HARBOUR, everybody=True, confirmed=True)
    stage.close()
    client = sign_in("asha")
    shown = client.get("/services/?where=ZZ9&need=advocacy&relation=stranger").content.decode()
    assert "Takes your area, not only former partners, wait 2 days" in shown
    none = client.get("/services/?where=ZZ9&need=money&relation=stranger").content.decode()
    assert "None covers ZZ9 for money and benefits" in none
    assert "National Stalking Helpline" in none
    assert "1 service by that name" in client.get("/services/?name=harb").content.decode()


def test_a_service_is_listed_read_corrected_confirmed_and_taken_off(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("asha")
    assert client.get("/services/add/").status_code == 200
    where = client.post("/services/add/", SENT).headers["Location"]
    shown = client.get(where).content.decode()
    assert "Larch &lt;b&gt;House&lt;/b&gt;" in shown and "07700 900151" in shown
    row = Service.objects.get()
    assert row.says["areas"] == ["pc:CA1", "force:durham", "name:northshire"]
    form = client.get(f"{where}correct/").content.decode()
    assert "Mon,Tue,Wed,Thu,Fri 09:30-16:00" in form and "Durham Constabulary" in form
    assert client.post(f"{where}correct/", {**SENT, "wait": "9", "version": str(row.version)}).status_code == 302
    late = client.post(f"{where}correct/", {**SENT, "name": "Late words", "version": str(row.version)})
    assert late.status_code == 409 and "Late words" in late.content.decode()
    version = str(Service.objects.get().version)
    assert client.post(where, {"do": "confirm", "wait": "1", "version": version}).status_code == 302
    assert Service.objects.get().says["wait_days"] == 1
    assert client.post(where, {"do": "off", "version": str(Service.objects.get().version)}).status_code == 302
    assert "no longer there" in client.get(where).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"week": "whenever"}, "cannot be read as opening hours"),
        ({"web": "javascript:alert(1)"}, "is no web address"),
        ({"areas": " "}, "Say which area it covers"),
        ({"phones": "ring, me"}, "holds no phone number"),
        ({"wait": "soon"}, "Write the wait in days"),
        ({"secret": "yes", "address": "9 Larch Close"}, "keeps its place secret"),
        ({"need": ["magic"]}, "“magic” is not on it"),
        ({"name": " "}, "Give the name"),
    ],
)
def test_what_cannot_be_listed_is_refused_with_its_cure_and_nothing_typed_is_lost(
    stage: Stage, sign_in: SignIn, wrong: dict[str, object], says: str
) -> None:
    told = sign_in("asha").post("/services/add/", {**SENT, **wrong})
    assert told.status_code == 422
    assert says in told.content.decode() and "Anybody at all" in told.content.decode()
    assert not Service.objects.exists()


def test_a_listing_of_another_agency_is_read_and_offers_no_change(stage: Stage, sign_in: SignIn) -> None:
    reference = actions.add_service(stage.actor("asha"), HARBOUR, everybody=True)
    hidden = actions.add_service(stage.actor("asha"), HARBOUR, everybody=False)
    stage.close()
    client = sign_in("stranger")
    shown = client.get(f"/services/{reference}/").content.decode()
    assert "Harbour advocacy" in shown and "Correct it" not in shown and "I asked today" not in shown
    assert client.get(f"/services/{reference}/correct/").status_code == 404
    nothing = client.get("/services/2222-2222/")
    assert client.get(f"/services/{hidden}/").content == nothing.content and nothing.status_code == 404
    assert sign_in("moira").get("/services/").status_code == 403


def test_a_file_is_looked_at_taken_in_and_its_rejects_fetched(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("ruth")
    given = SimpleUploadedFile("services.json", json.dumps(PAGE).encode())
    where = client.post("/services/files/", {"file": given, "source": "Northshire Council", "area": "ZZ9"}).headers[
        "Location"
    ]
    shown = client.get(where).content.decode()
    assert "1 can be listed, 1 are left out" in shown and "Nothing in it speaks of" in shown
    assert not Service.objects.exists()
    rejects = client.get(f"{where}left-out.csv")
    assert "'=cmd()" in b"".join(rejects.streaming_content).decode()
    assert client.post(where, {"do": "take", "version": "1"}).status_code == 302
    assert "1 new" in client.get(where).content.decode()
    assert Service.objects.get().says["what"] == "Domestic abuse"
    out = json.loads(b"".join(client.get("/services/out/").streaming_content))
    assert "Outreach" in [one["name"] for one in out["contents"]]
    assert client.post(where, {"do": "drop", "version": str(Arrival.objects.get().version)}).status_code == 302
    assert not Arrival.objects.exists() and Service.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[" * 5000, b"PK\x03\x04rubbish", b'{"contents": []}', b"\xff\xfe", b"null"]
)
def test_a_file_that_is_none_is_refused_in_words(stage: Stage, sign_in: SignIn, data: bytes) -> None:
    told = sign_in("ruth").post("/services/files/", {"file": SimpleUploadedFile("x.json", data), "source": "X"})
    assert told.status_code == 422
    assert not Arrival.objects.exists()


def test_the_open_page_answers_without_an_account_and_keeps_nothing(stage: Stage) -> None:
    actions.add_service(stage.actor("asha"), HARBOUR, everybody=True, confirmed=True)
    hidden = Listing(name="Ours alone", phones=(Phone("07700 900199"),), areas=("pc:ZZ9",))
    actions.add_service(stage.actor("asha"), hidden, everybody=False)
    stage.close()
    before = (Session.objects.count(), Entry.objects.count())
    client = Client(enforce_csrf_checks=True)
    empty = client.get("/find-help/")
    found = client.post("/find-help/", {"where": "ZZ9 9ZZ", "need": "advocacy"})
    for told in (empty, found):
        text = told.content.decode()
        assert told.status_code == 200 and len(told.content) < 40_000 and not told.cookies
        assert "999" in text and "0808 802 0300" in text and "press 55" in text
        assert told.headers["Cache-Control"] == "no-store"
    text = found.content.decode()
    assert "Harbour advocacy" in text and "Ours alone" not in text and "9ZZ" not in text
    assert 'href="tel:07700900150">07700 900150</a>' in text  # the number is what somebody came for
    assert (Session.objects.count(), Entry.objects.count()) == before


def test_a_secret_place_leaves_by_no_page_and_no_file(stage: Stage, sign_in: SignIn) -> None:
    page = [{"id": 1, "name": "Harbour refuge", "description": "A refuge.", "phones": [{"number": "01632 960002"}],
             "service_at_locations": [{"location": {"addresses": [{"address_1": "9 Larchclosecanary", "postal_code":
             "ZZ99 4LC"}], "name": "Larchclosecanary"}}]}]  # fmt: skip
    ruth = stage.actor("ruth")
    read = read_file(json.dumps(page).encode(), "X", ("pc:ZZ9",), stage.at.date(), all_needs=False)
    key = actions.bring_in(ruth, read, name="x", source="X")
    actions.take_in(ruth, Ref(key))
    stage.close()
    client = sign_in("ruth")
    reference = Service.objects.get().reference
    pages = [
        client.get(each).content
        for each in (f"/services/{reference}/", "/services/?where=ZZ9", f"/services/files/{key}/")
    ]
    pages.append(b"".join(client.get("/services/out/").streaming_content))
    pages.append(Client().post("/find-help/", {"where": "ZZ9"}).content)
    assert b"Harbour refuge" in pages[0]
    assert not [each for each in pages if b"archclosecanary" in each or b"4LC" in each]
    assert b"arch" not in bytes(Arrival.objects.get().rows)
