"""The page Who is the victim, through a browser's requests: the same refusal on every way in, and two people's words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from joindots.justice.rules.opposed import SECOND_NEEDED
from joindots.kernel.when import london_day
from tests.browsing import SignIn
from tests.stage import Stage

WHY = "The thread from the device shows who starts contact, day by day."


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def test_the_page_stops_an_order_by_the_same_words_and_two_people_lift_it(stage: Stage, sign_in: SignIn) -> None:
    maya, cal = stage.case("ruth", victim="Maya Ellwood"), stage.case("ruth", victim="Callum Pryce")
    stage.close()
    client, day = sign_in("ruth"), london_day(stage.at)
    for case, suspect in ((maya, "Callum Pryce"), (cal, "Maya Ellwood")):
        added = client.post(reverse("web:case_somebody", args=[case.key]),
                            {"do": "add", "name": suspect, "stands_as": "suspect"})  # fmt: skip
        assert added.status_code == 302
    away = reverse("web:primary_victim", args=[maya.key])
    page = client.get(away).content.decode()
    assert "is recorded as a victim too" in page
    person = re.findall(r'<option value="([0-9a-f-]{36})">Maya Ellwood', page)[0]
    told = client.post(away, {"do": "role", "person": person, "to": "suspect", "role_why": WHY})
    assert told.status_code == 422
    assert SECOND_NEEDED in told.content.decode()
    said = {"do": "say", "finding": "ours", "covers": ["order"], "looked": ["starts", "fears", "timing"], "why": WHY}
    odd = client.post(away, {**said, "review_on": "soon"})
    assert "Enter a day" in odd.content.decode()
    assert WHY in odd.content.decode(), "what was written stays"
    assert client.post(away, {**said, "review_on": (day + timedelta(days=30)).isoformat()}).status_code == 302
    waits = client.get(away).content.decode()
    assert "waits for a second person" in waits
    assert 'value="decide"' not in waits, "nobody is offered to agree with themselves"
    assert client.post(away, {"do": "decide", "row": person, "version": "1"}).status_code in (404, 422)
    assert sign_in("priya").get(away).status_code == 404
    buddy = sign_in("moira").get(reverse("web:seconds_asked"))
    assert "Nobody is asking you now" in buddy.content.decode()
