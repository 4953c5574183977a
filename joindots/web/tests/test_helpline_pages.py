"""The helpline's pages by plain forms, and the public pages that keep nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.helpline import actions
from joindots.helpline import queries as helpline
from joindots.helpline.rules import shift
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

READY = [one.code for one in shift.STEPS if one.before_first_call]


@pytest.fixture
def line(stage: Stage) -> Stage:
    """Asha advises, ready for calls, and Ruth supervises; both at Stillwater."""
    stage.at = datetime.now(UTC)
    for name, role in (("asha", Role.HELPLINE_ADVISER), ("ruth", Role.HELPLINE_SUPERVISOR)):
        member = stage.memberships[name]
        member.roles = [*member.roles, role.value]
        member.save()
    day = stage.at.date() - timedelta(days=30)
    for step in READY:
        actions.note_ready(stage.actor("ruth"), membership=stage.memberships["asha"].pk, step=step, done_on=day)
    stage.close()
    return stage


def test_a_call_goes_from_its_first_key_to_its_end_by_plain_forms(line: Stage, sign_in: SignIn) -> None:
    client = sign_in("asha")
    opened = client.post("/helpline/open/")
    where = opened["Location"]
    assert client.get(where).status_code == 200
    base = where.removesuffix("live/")
    for told in ({"safe_now": "danger"}, {"called": f"Rhian {CANARY}"}, {"cut_off": "text"},
                 {"number": "07700 900777", "times": "any time"}):  # fmt: skip
        assert client.post(f"{where}said/", told)["Location"] == where
    client.post(f"{where}line/", {"typed": "/i waits by the hall | Tuesdays"})
    page = client.get(where).content.decode()
    assert "press 55 when you are prompted" in page and "waits by the hall" in page and "/i incident 1" in page
    refused = client.post(f"{where}line/", {"typed": "/i"})
    assert refused.status_code == 422 and "after the mark" in refused.content.decode()
    assert client.post(f"{where}draft/", {"typed": "half a"}, headers={"X-Draft": "yes"}).status_code == 204
    assert "half a</textarea>" in client.get(where).content.decode()
    assert client.post(f"{base}end/", {"typed": "half a word"})["Location"] == f"{base}wrap-up/"
    assert "Text only" in client.get(f"{base}wrap-up/").content.decode()
    assert client.post(f"{base}wrap-up/", {"outcome": "call_back"}).status_code == 422
    assert client.post(f"{base}go-on/")["Location"] == where
    again = client.post(f"{base}go-on/")  # the other window: it goes on already, and its page says so
    assert again.status_code == 422 and "was done already" in (said := again.content.decode())
    assert f'<h1 class="govuk-heading-xl">Contact {base.split("/")[3]}' in said
    client.post(f"{base}end/")
    done = client.post(f"{base}wrap-up/", {"outcome": "call_back", "checked": "on", "rest": "on"})
    assert done["Location"] == "/helpline/"
    desk = client.get("/helpline/").content.decode()
    assert "Your break runs" in desk and CANARY not in desk
    assert client.post("/helpline/open/").status_code == 422
    for tail in ("", "fields/", "services/", "earlier/", "case/"):
        assert client.get(f"{base}{tail}").status_code == 200, tail


def test_the_line_pages_open_for_who_runs_it_and_for_nobody_else(line: Stage, sign_in: SignIn) -> None:
    for address in ("/helpline/", "/helpline/shift/", "/helpline/team/", "/helpline/next-shift/", "/helpline/enter/"):
        assert sign_in("ruth").get(address).status_code == 200, address
        assert sign_in("priya").get(address).status_code in (200, 403), address
    assert sign_in("priya").get("/helpline/shift/").status_code == 403


def test_the_public_questions_keep_nothing_and_set_no_cookie(stage: Stage) -> None:
    client = Client(enforce_csrf_checks=True)
    for page in (client.get("/questions/"), client.post("/questions/your-answer/", {"tick": ["unwanted", "repeated"]})):
        assert page.status_code == 200 and not page.cookies
        assert page["Cache-Control"] == "no-store"
    assert "can be stalking" in page.content.decode()
    assert not Session.objects.exists()
    assert len(page.content) < 20_000


def test_a_message_from_the_web_waits_for_somebody_and_shows_nothing_before_it_is_taken(
    line: Stage, sign_in: SignIn
) -> None:
    client = Client(enforce_csrf_checks=True)
    assert "Nobody takes messages" in client.get("/write-to-us/").content.decode()
    actions.open_web(line.actor("ruth"))
    line.close()
    told = {"way": "text", "number": "07700 900777", "times": "any time", "words": f"He waits {CANARY}"}
    assert client.post("/write-to-us/", {**told, "times": "9-3"}).status_code == 422
    page = client.post("/write-to-us/", told)
    assert "It has reached us" in page.content.decode() and not page.cookies
    adviser = sign_in("asha")
    (waiting,) = helpline.desk(line.actor("asha")).waiting
    assert CANARY not in adviser.get("/helpline/").content.decode()
    assert adviser.get(f"/helpline/contacts/{waiting.reference}/").status_code == 404
    taken = adviser.post("/helpline/take/", {"contact": waiting.reference})
    assert CANARY in adviser.get(taken["Location"]).content.decode()


def test_a_public_form_sent_again_and_again_is_slowed(line: Stage) -> None:
    actions.open_web(line.actor("ruth"))
    line.close()
    told = {"way": "text", "number": "07700 900777", "times": "any time"}
    client = Client(REMOTE_ADDR="192.0.2.44")
    assert [client.post("/write-to-us/", told).status_code for _ in range(7)].count(429) == 1


def test_who_may_not_know_gets_the_very_bytes_of_what_is_not_there(line: Stage, sign_in: SignIn) -> None:
    made = actions.open_contact(line.actor("asha"), channel="call")
    actions.keep_line(line.actor("asha"), Ref(made), typed=f"He waits {CANARY}")
    line.close()
    client = sign_in("stranger")
    for tail in ("", "live/", "live/parts/", "wrap-up/", "fields/", "services/", "earlier/", "case/"):
        hidden = client.get(f"/helpline/contacts/{made}/{tail}")
        missing = client.get(f"/helpline/contacts/2222-2222/{tail}")
        assert hidden.content == missing.content and hidden.status_code == missing.status_code == 404, tail


def test_times_that_no_clock_reads_are_put_right_where_the_call_is_wrapped_up(line: Stage, sign_in: SignIn) -> None:
    client = sign_in("asha")
    where = client.post("/helpline/open/")["Location"]
    base = where.removesuffix("live/")
    client.post(f"{where}said/", {"cut_off": "text", "number": "07700 900777", "times": "when he works"})
    client.post(f"{base}end/")
    given = {"outcome": "call_back", "checked": "yes"}
    refused = client.post(f"{base}wrap-up/", given)
    said = refused.content.decode()
    assert refused.status_code == 422 and "cannot be read by the clock" in said and 'value="when he works"' in said
    assert client.post(f"{base}wrap-up/", given | {"times": "any time"})["Location"] == "/helpline/"
    assert "any time" in client.get(base).content.decode()


def test_the_front_page_reaches_help_now_and_leads_three_ways_and_keeps_nothing(line: Stage) -> None:
    actions.open_web(line.actor("ruth"))
    actions.set_number(line.actor("ruth"), number="0808 157 0100")
    line.close()
    client = Client(enforce_csrf_checks=True)
    page = client.get("/")
    said = page.content.decode()
    assert page.status_code == 200 and not page.cookies and not Session.objects.exists()
    assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "no-referrer"
    assert "data-leave" in said and "press 55 when you are prompted" in said and "stay on the line" in said
    for way in ("/questions/", "/write-to-us/", "/find-help/", "/account/sign-in/", "tel:999", "tel:08081570100",
                "tel:08088020300"):  # fmt: skip
        assert f'href="{way}"' in said, way
    assert len(page.content) < 20_000


def test_the_front_page_sends_nobody_to_a_form_that_nobody_reads(stage: Stage) -> None:
    assert 'href="/write-to-us/"' not in Client().get("/").content.decode()


def test_who_is_signed_in_comes_from_the_front_page_to_their_desk(stage: Stage, sign_in: SignIn) -> None:
    assert sign_in("asha").get("/")["Location"] == "/today/"


def test_sign_in_and_every_open_page_lead_to_the_front_page_and_the_answer_to_help_near_you(stage: Stage) -> None:
    client = Client()
    answer = client.post("/questions/your-answer/", {"tick": ["unwanted", "repeated"]})
    pages = [client.get(way) for way in ("/account/sign-in/", "/questions/", "/write-to-us/", "/find-help/")]
    assert [page.content.decode().count('href="/"') > 0 for page in (answer, *pages)] == [True] * 5
    assert 'action="/find-help/"' in answer.content.decode() and "tel:08088020300" in answer.content.decode()
    assert {page["Referrer-Policy"] for page in (answer, *pages[1:])} == {"no-referrer"}


def test_the_lines_number_is_set_by_who_runs_it_and_stands_over_each_call(line: Stage, sign_in: SignIn) -> None:
    lead = sign_in("ruth")
    refused = lead.post("/helpline/shift/number/", {"number": "ring us"})
    assert refused.status_code == 422 and "as it is rung" in refused.content.decode()
    assert lead.post("/helpline/shift/number/", {"number": "0808 157 0100"}).status_code == 302
    assert sign_in("priya").post("/helpline/shift/number/", {"number": "0808 157 0101"}).status_code == 403
    adviser = sign_in("asha")
    where = adviser.post("/helpline/open/")["Location"]
    assert "Line: 0808 157 0100" in adviser.get(where).content.decode()
    lead.post("/helpline/shift/number/", {"number": ""})
    assert "Line:" not in adviser.get(where).content.decode()


def test_your_week_says_how_long_one_talked_and_what_was_hard_to_oneself_alone(line: Stage, sign_in: SignIn) -> None:
    adviser = sign_in("asha")
    base = adviser.post("/helpline/open/")["Location"].removesuffix("live/")
    adviser.post(f"{base}end/")
    contacts = apps.get_model("helpline", "Contact").objects
    contacts.update(started_at=line.at - timedelta(minutes=200), ended_at=line.at, hard=True)
    said = adviser.get("/today/").content.decode()
    assert "On the line in the last 7 days: 1 contact, 3 h 20 min of talk. You marked 1 as hard." in said
    assert "talk is offered" not in said and "none on record" in said
    note = {"membership": str(line.memberships["asha"].pk), "step": "supervision", "done_on": ""}
    assert sign_in("ruth").post("/helpline/team/", note).status_code == 302
    assert "noted for the line" in adviser.get("/today/").content.decode()
    for other in ("ruth", "priya"):
        assert "3 h 20 min" not in sign_in(other).get("/today/").content.decode()
    contacts.update(ended_at=line.at - timedelta(days=8))
    assert "last 7 days: 0 contacts." in adviser.get("/today/").content.decode()


def test_a_new_call_is_offered_on_every_page_to_who_is_ready_and_on_the_rota_and_to_nobody_else(
    line: Stage, sign_in: SignIn
) -> None:
    def offered(who: str) -> bool:
        return "New call" in sign_in(who).get("/cases/").content.decode()

    assert offered("asha") and not offered("ruth"), "Ruth has the role, and no check or training on record"
    day, asha = line.at.date() - timedelta(days=30), line.memberships["asha"]
    asha.roles = [*asha.roles, Role.HELPLINE_SUPERVISOR.value]
    asha.save()
    for step in READY:
        actions.note_ready(line.actor("asha"), membership=line.memberships["ruth"].pk, step=step, done_on=day)
    hour = timedelta(hours=1)
    actions.put_on_rota(
        line.actor("ruth"), membership=line.memberships["ruth"].pk, starts=line.at - hour, ends=line.at + hour,
        out_of_hours=False,
    )  # fmt: skip
    line.close()
    assert offered("ruth") and not offered("asha"), "the rota names Ruth alone; on the desk Asha still finds it"
    assert "New call" in sign_in("asha").get("/helpline/").content.decode()


def test_a_link_to_an_earlier_contact_is_ended_on_the_page_that_shows_it(line: Stage, sign_in: SignIn) -> None:
    first, now = (actions.open_contact(line.actor("asha"), channel="email") for _ in range(2))
    for made in (first, now):
        actions.say(line.actor("asha"), Ref(made), told={"number": "07700 900777"})
    [found] = actions.look_earlier(line.actor("asha"), Ref(now), typed="0044 7700 900777")
    actions.link_earlier(line.actor("asha"), Ref(now), other=found.id, typed="07700900777", consent=True)
    line.close()
    client, where = sign_in("asha"), f"/helpline/contacts/{now}/"
    assert f'name="other" value="{first}"' in client.get(where).content.decode()
    assert client.post(f"{where}earlier/end/", {"other": first})["Location"] == where
    assert first not in client.get(where).content.decode()
    assert client.post(f"{where}earlier/end/", {"other": first}).status_code == 404
