"""Pages of asking a force for an order: shown before it is sent, answered by the force, told by a person."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from joindots.agencies.models import Agency
from joindots.casework.models import Consent
from joindots.kernel.problems import RuleBroken
from joindots.orders import queries
from joindots.orders.models import AskIn, OrderAsk
from tests.browsing import SignIn
from tests.stage import Stage

NEED = "Six acts in a month, and nothing binds him since bail ended on Friday."


@pytest.fixture
def case(stage: Stage) -> str:
    stage.at = datetime.now(UTC)
    Agency.objects.filter(name="Northshire").update(kind="police")
    key = str(stage.case(victim="Rhian Example").key)
    stage.close()
    return key


def test_an_ask_is_shown_as_it_will_be_seen_then_sent_answered_and_told(
    stage: Stage, case: str, sign_in: SignIn
) -> None:
    client, where = sign_in("asha"), f"/cases/{case}/orders/ask/"
    force = str(Agency.objects.get(name="Northshire").pk)
    given = {"force": force, "order": "spo", "name": "Rhian", "about": "A <b>man</b>", "need": "short",
             "basis": "consent", "agreed_how": "spoken", "days": "5"}  # fmt: skip
    refused = client.post(where, {**given, "do": "look"})
    assert refused.status_code == 422 and "at least 40 letters" in refused.content.decode().lower()
    assert "A &lt;b&gt;man" in refused.content.decode(), "what was typed stands below"
    given["need"] = NEED
    shown = client.post(where, {**given, "do": "look"}).content.decode()
    assert "What Northshire will see" in shown and not OrderAsk.objects.exists(), "looking sends nothing"
    assert client.post(where, {**given, "do": "send"}).status_code == 422, "what is sent is what was shown"
    assert 'href="#need"' in client.post(where, {**given, "need": ""}).content.decode(), "an error leads to its field"
    given["mark"] = re.findall(r'name="mark" value="([0-9a-f]+)"', shown)[0]
    assert client.post(where, {**given, "about": "Another", "do": "send"}).status_code == 422, "typed over since"
    assert client.post(where, {**given, "do": "send"}).status_code == 302
    ask, came = OrderAsk.objects.get(), AskIn.objects.get()
    assert client.post(where, {**given, "do": "send"}).status_code == 422, "one act of asking is one ask"
    assert Consent.objects.filter(item="refer").count() == 1, "a refused ask writes no consent down"
    police = sign_in("priya")
    assert "Rhian" in police.get("/orders/asks/in/").content.decode()
    page = f"/orders/asks/in/{came.pk}/"
    assert case not in police.get(page).content.decode(), "the case itself is not shown"
    answer = {"do": "answer", "version": str(came.version), "answer": "no", "why": "We see no risk that is left."}
    assert police.post(page, answer).status_code == 302
    assert police.post(page, answer).status_code == 409, "a stale window changes nothing"
    mine = f"/orders/asks/{ask.pk}/"
    told = client.get(mine).content.decode()
    assert "We see no risk that is left." in told and "Tell Rhian Example" in told
    version = str(OrderAsk.objects.get().version)
    assert client.post(mine, {"do": "tell", "version": version, "told": "told", "how": "Rang her"}).status_code == 302
    assert "was told by safe contact" in client.get(mine).content.decode()
    assert police.get(mine).status_code in (403, 404), "what was asked stays with who asked"


def test_a_force_that_does_not_work_here_is_asked_by_the_gate(stage: Stage, case: str, sign_in: SignIn) -> None:
    client, where = sign_in("asha"), f"/cases/{case}/orders/ask/"
    given = {"do": "send", "force": "cleveland", "order": "spo", "name": "Rhian", "about": "A man", "need": NEED,
             "basis": "consent", "agreed_how": "met"}  # fmt: skip
    shown = client.post(where, {**given, "do": "look"}).content.decode()
    given["mark"] = re.findall(r'name="mark" value="([0-9a-f]+)"', shown)[0]
    assert client.post(where, given).status_code == 302
    ask = OrderAsk.objects.get()
    mine, version = f"/orders/asks/{ask.pk}/", str(ask.version)
    page = client.get(mine).content.decode()
    assert "Send: not sent yet" in page and "through us only" in page
    sent = {"do": "send", "version": version, "kind": "letter", "place": "1 Example Street\nExampletown"}
    assert client.post(mine, sent).status_code == 302
    ask.refresh_from_db()
    assert ask.notice is not None and ask.notice.outward
    answer = {"do": "answer", "version": str(ask.version), "answer": "applied", "applied_on": ask.asked_on.isoformat()}
    assert client.post(mine, answer).status_code == 302
    assert OrderAsk.objects.get().to_tell


def test_how_forces_answered_is_for_leads_and_administrators(stage: Stage, case: str, sign_in: SignIn) -> None:
    where = "/orders/asks/counted/"
    assert sign_in("asha").get(where).status_code == 403
    lead = sign_in("ruth")
    assert "No order was asked for" in lead.get(where).content.decode()
    page = lead.get(where, {"quarter": "yesterday"}).content.decode()
    assert page.count("<option") == 8, "quarters that have ended, and nothing else: overlapping days would tell more"
    with pytest.raises(RuleBroken, match="one whole quarter"):
        queries.asks_counted(stage.actor("ruth"), date(2025, 1, 2), date(2025, 3, 31))
