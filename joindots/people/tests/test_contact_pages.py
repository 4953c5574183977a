"""Safe contact in the browser: filled in, read before anything is sent, hidden from the other side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.people import actions as people
from joindots.people import queries
from joindots.people.models import CallerCheck
from tests.browsing import SignIn
from tests.stage import Stage

CARD = {
    "kind-0": "number", "id-0": "", "value-0": "07700 900122", "uses-0": ["text"], "trust-0": "free", "times-0": "",
    "kind-1": "address", "id-1": "", "value-1": "", "trust-1": "free", "main": "0", "windows": "Any day",
    "say": "the dentist", "sender": "Dental reminders", "must_not_know": "<b>the choir</b>",
}  # fmt: skip


def opened(stage: Stage, sign_in: SignIn) -> tuple[Client, str, str, Ref]:
    stage.at = datetime.now(UTC)
    case = stage.case(victim="Rhian Example")
    head = casework.case(stage.actor("asha"), case)
    stage.close()
    person = head.people[0].id
    return sign_in("asha"), f"/cases/{case.key}/", f"/cases/{case.key}/contact/{person}/", Ref(person)


def test_a_card_is_filled_in_proved_and_read_before_a_text_leaves(stage: Stage, sign_in: SignIn) -> None:
    client, case, card, person = opened(stage, sign_in)
    assert "not asked yet" in client.get(case).content.decode()
    form = client.get(f"{card}change/").content.decode()
    version = form.split('name="version" value="')[1].split('"')[0]
    refused = client.post(f"{card}change/", {**CARD, "version": version, "windows": "9 to 3"})
    assert refused.status_code == 422 and 'value="07700 900122"' in refused.content.decode()
    assert client.post(f"{card}change/", {**CARD, "version": version}).status_code == 302
    assert client.post(f"{card}change/", {**CARD, "version": version}).status_code == 409, "a second window is stale"
    page = client.get(card).content.decode()
    assert "Text only. Any day." in page and "never confirmed" in page and "07700 900122" not in page
    assert "&lt;b&gt;the choir" in page and "<b>the choir" not in page
    way = queries.card_of(stage.actor("asha"), person).ways[0].id  # type: ignore[union-attr]
    assert "07700 900122" in client.get(card, {"show": str(way)}).content.decode()
    text = {
        "kind": "text",
        "body": "The dentist has news.",
        "subject": "x",
        "sender": "Dental reminders",
        "file_name": "x",
    }
    checked = client.post(f"{card}write/", {**text, "do": "check"}).content.decode()
    assert "It will be refused" in checked and 'value="send"' not in checked
    people.note_proved(stage.actor("asha", stage.at), person, way=way)
    stage.close()
    checked = client.post(f"{card}write/", {**text, "do": "check"}).content.decode()
    assert "It leaves now" in checked and checked.index("Text only. Any day.") < checked.index('value="send"')
    telling = client.post(f"{card}write/", {**text, "body": "The police have news", "do": "send"})
    assert telling.status_code == 422 and "police" in telling.content.decode()
    sent = client.post(f"{card}write/", {**text, "do": "send"})
    assert "It leaves within a minute" in client.get(urlsplit(sent["Location"]).path).content.decode()
    assert "Safe contact:" in client.get(case).content.decode()


def test_a_caller_is_shown_nothing_until_the_word_fits(stage: Stage, sign_in: SignIn, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    client, _, card, person = opened(stage, sign_in)
    people.set_code_word(stage.actor("asha"), person, word="paper lanterns")
    stage.close()
    wrong = client.post(f"{card}caller/", {"word": "choir"}, follow=True).content.decode()
    assert "It does not fit" in wrong
    right = client.post(f"{card}caller/", {"word": "Paper Lanterns"}, follow=True).content.decode()
    assert "The code word fits." in right and "lanterns" not in right
    for page in (wrong, right):
        assert "from a mobile, press 55 when you are prompted; stay on the line" in page
    assert "The code word fits." not in client.get(f"{card}caller/", {"ended": "missed"}).content.decode()
    CallerCheck.objects.update(at=stage.at - timedelta(days=1))
    later = client.get(f"{card}caller/", {"ended": "fits"}).content.decode()
    assert "The code word fits." not in later, "yesterday's word says nothing of who rings now"


def test_the_other_side_finds_no_such_page_and_a_feed_that_ended_leads_nowhere(stage: Stage, sign_in: SignIn) -> None:
    client, case, card, person = opened(stage, sign_in)
    head = casework.case(stage.actor("asha"), Ref(case.split("/")[2]))
    from joindots.circles.models import Standing

    Standing.objects.create(
        circle_id=head.circle, membership=stage.memberships["priya"], side="suspect", basis="team", purpose="x",
        starts=stage.at - timedelta(days=1),
    )  # fmt: skip
    stage.close()
    made = client.post("/calendar/", {"do": "make"}).content.decode()
    feed = made.split('<strong class="jd-break">')[1].split("<")[0]
    assert b"BEGIN:VCALENDAR" in Client().get(urlsplit(feed).path).content
    client.post("/calendar/", {"do": "end"})
    gone, never = Client().get(urlsplit(feed).path), Client().get("/calendar/x.ics")
    assert (gone.status_code, gone.content) == (never.status_code, never.content) == (404, never.content)
    theirs = sign_in("priya")
    assert "jd-safe" not in theirs.get(case).content.decode()
    for address in (
        f"{case}contact/",
        card,
        f"{card}write/",
        f"{card}caller/",
        f"/contact/{head.circle}/{person.key}/",
    ):
        assert theirs.get(address, follow=True).status_code == 404, address
