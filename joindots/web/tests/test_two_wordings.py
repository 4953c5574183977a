"""A form that came after somebody else's: both wordings can be read, neither is lost, and it can be sent from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.justice import actions as justice
from joindots.kernel.ids import uuid7
from joindots.kernel.when import london_day
from joindots.orders import actions as orders
from joindots.orders.actions import packs
from joindots.people import actions as people
from joindots.people.rules.reaching import Card, Kind, Use, Way
from joindots.risk import actions as risk
from joindots.risk.rules.judging import Judging
from tests.browsing import SignIn
from tests.stage import Stage
from tests.sweeps.test_two_windows import Forms

FIRST, SECOND = "What the first one wrote", "What the second one wrote"
LATE = "Two wordings: nothing was overwritten."


@pytest.fixture
def client(stage: Stage, sign_in: SignIn) -> Client:
    """Somebody with every role: each page has its own rule of who may write."""
    stage.at = datetime.now(UTC)
    return sign_in("stranger")


def form(client: Client, address: str, field: str, page: str = "") -> tuple[str, dict[str, str]]:
    """The form with a field on a page, as a browser would send it untouched."""
    text = page or client.get(address).content.decode()
    found = [one for one in Forms(address, text).found if field in one[1]]
    assert len(found) == 1, (address, field, len(found))
    return found[0]


def raced(client: Client, address: str, field: str, **more: str) -> str:
    """What the second of two windows is answered; it is sent again from there, and taken."""
    to, data = form(client, address, field)
    assert client.post(to, {**data, **more, field: FIRST}).status_code == 302, address
    answer = client.post(to, {**data, **more, field: SECOND})
    page = answer.content.decode()
    assert answer.status_code == 409, (address, answer.status_code)
    assert FIRST in page and SECOND in page, address
    to, again = form(client, address, field, page)
    assert "It is held for you for a day" in client.get("/today/").content.decode()
    assert client.post(to, {**again, **more, field: f"{FIRST}. {SECOND}"}).status_code == 302, address
    assert "It is held for you for a day" not in client.get("/today/").content.decode(), "it was sent from there"
    return page


def card(stage: Stage, case: Ref, person: Any) -> str:
    way = Way(id=uuid7(), uses=(Use.CALL,), kind=Kind.NUMBER, value="07700 900111", main=True)
    people.set_card(stage.actor("stranger"), Ref(person), card=Card(ways=(way,), say="A dentist"))
    return reverse("web:card_change", args=(case.key, person))


def part(stage: Stage, case: Ref, person: Any) -> str:
    circle = Ref(cases.case(stage.actor("stranger"), case).circle)
    order = orders.consider(stage.actor("stranger"), circle, on=london_day(stage.at), why="He waits")
    return reverse("web:order_pack_part", args=(packs.begin_pack(stage.actor("stranger"), Ref(order)), "risk"))


def judgement(stage: Stage, case: Ref, person: Any) -> str:
    circle = Ref(cases.case(stage.actor("stranger"), case).circle)
    day = london_day(stage.at)
    said = Judging("high", made_on=day, review_on=day + timedelta(days=7), reasons="He waits", at_risk=("person",))
    return reverse("web:risk_correct", args=(risk.judge(stage.actor("stranger"), circle, said=said),))


def court_day(stage: Stage, case: Ref, person: Any) -> str:
    day = casework.plan_court_day(
        stage.actor("stranger"), case, kind="bail", on=date(2027, 3, 1), court_name="Harrowby", lines={}
    )
    return f"{reverse('web:court', args=(case.key,))}?day={day}"


def summary(stage: Stage, case: Ref, person: Any) -> str:
    return reverse("web:case_change", args=(case.key,))


@pytest.mark.parametrize(
    ("made", "field", "more"),
    [
        (card, "say", {}), (part, "impact", {}), (judgement, "reasons", {"why": "Written wrongly"}),
        (court_day, "court", {}), (summary, "summary", {"do": "change"}),
    ],
)  # fmt: skip
def test_both_wordings_are_shown_and_the_form_stands_as_it_is_now(
    stage: Stage, client: Client, made: Callable[[Stage, Ref, Any], str], field: str, more: dict[str, str]
) -> None:
    case = stage.case("stranger", victim="Rhian Example")
    person = cases.case(stage.actor("stranger"), case).people[0].id
    address = made(stage, case, person)
    stage.close()
    page = raced(client, address, field, **more)
    if made is not summary:  # which keeps what was typed in its form, and shows beside it what stands
        assert LATE in page
        assert form(client, address, field, page)[1][field] == FIRST


def test_a_row_of_a_card_that_moved_meanwhile_is_told_and_put_into_no_other_row(stage: Stage, client: Client) -> None:
    case = stage.case("stranger", victim="Rhian Example")
    person = cases.case(stage.actor("stranger"), case).people[0].id
    address = card(stage, case, person)
    stage.close()
    to, data = form(client, address, "say")
    assert client.post(to, {**data, "value-1": "07700900222", "uses-1": "call"}).status_code == 302
    page = client.post(to, {**data, "value-1": "07700900333", "uses-1": "call"}).content.decode()
    assert LATE in page
    fields = form(client, address, "say", page)[1]
    assert "07700900333" in page and "07700900333" not in fields.values()
    assert "07700900222" in fields.values()


def test_words_whose_form_is_gone_stand_above_the_page(stage: Stage, client: Client) -> None:
    case = stage.case("stranger", victim="Rhian Example")
    casework.add_task(stage.actor("stranger"), case, what="Ring")
    stage.close()
    address = reverse("web:tasks", args=(case.key,))
    to, data = form(client, address, "why")
    assert client.post(to, {**data, "to": "dropped", "why": FIRST}).status_code == 302
    answer = client.post(to, {**data, "to": "done", "why": SECOND})
    page = answer.content.decode()
    assert answer.status_code == 409 and LATE in page
    assert FIRST in page and SECOND in page


def test_a_page_that_only_says_no_leads_back_to_what_stands_now(stage: Stage, client: Client) -> None:
    case = stage.case("stranger", victim="Rhian Example")
    person = cases.case(stage.actor("stranger"), case).people[0].id
    card(stage, case, person)
    stage.close()
    page = reverse("web:card", args=(case.key, person))
    for said, leads in (("http://testserver", True), ("https://elsewhere.example", False)):
        answer = client.post(page, {"version": "99"}, headers={"Referer": said + page})
        assert answer.status_code == 409
        assert (f'href="{page}">Open the page as it stands now' in answer.content.decode()) is leads


def test_a_crime_says_what_was_written_down_meanwhile_and_keeps_the_words(stage: Stage, client: Client) -> None:
    case, day = stage.case("stranger", victim="Rhian Example"), london_day(stage.at)
    report = casework.note_report(
        stage.actor("stranger"), case, force="other", reported_on=day - timedelta(days=1), stage="reported"
    )
    crime = justice.follow(stage.actor("stranger"), Ref(report), what="He waits")
    stage.close()
    address = reverse("web:crime_record", args=(crime, "recorded"))
    to, data = form(client, address, "note")
    said = {**data, "on": day.isoformat(), "offence": "pha_s2a", "check-course": "yes", "last_act": day.isoformat()}
    assert client.post(to, {**said, "note": FIRST}).status_code == 302
    answer = client.post(to, {**said, "note": SECOND})
    page = answer.content.decode()
    assert answer.status_code == 409 and SECOND in page
    assert "was written down by Stranger" in page
    assert resolve(to).url_name == "crime_record"
