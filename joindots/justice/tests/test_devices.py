"""Data from the person's own device: told everything, agreed freely, a refusal ends it, and what is held comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.justice import actions, answers, queries
from joindots.justice.models import DeviceAsk
from joindots.justice.rules import devices as rules
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.kernel.when import london_day
from tests.browsing import SignIn
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
BACK = TODAY + timedelta(days=5)
NEW = rules.DeviceAsked(
    device="Her phone", what="One chat, 1 to 9 November", enquiry="Who sent it", other_means="Pictures lack the times",
    told=frozenset(rules.TOLD), notice_on=TODAY, return_by=BACK,
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(list(rules.STATE_WORDS)), max_size=8))
def test_nothing_is_taken_that_was_not_agreed_and_a_refusal_ends_it(path: list[str]):
    now, been = "asked", ["asked"]
    for to in path:
        if rules.can_move(now, to, TODAY, TODAY, TODAY, ""):
            now = to
            been.append(to)
    assert "taken" not in been or been.index("agreed") < been.index("taken")
    assert "refused" not in been or been == ["asked", "refused"]
    assert "back" not in been or "taken" in been or "ended" in been


@pytest.mark.parametrize("more", [
    {"what": " "}, {"device": ""}, {"enquiry": ""}, {"other_means": ""}, {"told": frozenset({"free"})},
    {"notice_on": None}, {"notice_on": TODAY + timedelta(days=1)}, {"return_by": None}, {"return_by": TODAY},
    {"return_by": TODAY + timedelta(days=400)}, {"what": "x" * 2001},
])  # fmt: skip
def test_a_request_says_what_why_and_by_when_and_that_the_person_was_told_they_may_refuse(more: dict[str, Any]):
    assert rules.can_ask(NEW, TODAY)
    assert not rules.can_ask(replace(NEW, **more), TODAY)


def asked(stage: Stage, who: str = "asha") -> tuple[UUID, UUID]:
    case = stage.case(who)
    report = casework.note_report(
        stage.actor(who), case, force="cumbria", reported_on=TODAY, stage="reported", crime_reference="NS/1"
    )
    crime = actions.follow(stage.actor(who), Ref(report), what="Messages")
    return crime, actions.ask_device(stage.actor(who), Ref(crime), new=NEW)


def move(stage: Stage, key: UUID, to: str, on: date = TODAY) -> None:
    actions.move_device(stage.actor("asha"), Ref(key, DeviceAsk.objects.get(pk=key).version), to=to, on=on, said="Yes")


def test_what_is_held_stands_on_the_desk_until_it_is_back_and_on_no_other_side(stage: Stage):
    crime, key = asked(stage)
    me = stage.actor("asha")

    def due() -> list[tuple[date, str]]:
        found = answers.due(stage.actor("asha"), [me.membership_id], TODAY + timedelta(days=30), 60)
        return [(one.on, str(one.reason)) for one in found if one.kind == "justice.device"]

    with pytest.raises(RuleBroken, match="cannot follow"):
        move(stage, key, "taken")
    move(stage, key, "agreed")
    assert due() == []
    move(stage, key, "taken")
    assert [on for on, _ in due()] == [BACK]
    later = stage.actor("asha", NOW + timedelta(days=9))
    (row,) = queries.devices(later, Ref(crime)).asks
    assert (row.late, row.state_words, len(row.steps)) == (True, "held by the police", 2)
    move(stage, key, "ended")
    assert [on for on, _ in due()] == [TODAY], "who takes their agreement back gets it back now"
    move(stage, key, "back")
    assert due() == []
    for name in ("priya", "stranger"):
        with pytest.raises((NotFound, NotAllowed)):
            queries.devices(stage.actor(name), Ref(crime))
    stage.close()


def test_the_page_says_that_no_is_an_answer_and_keeps_what_was_typed(stage: Stage, sign_in: SignIn):
    crime, key = asked(stage)
    stage.close()
    client, away = sign_in("asha"), reverse("web:crime_devices", args=[crime])
    page = client.get(away).content.decode()
    assert "They can say no" in page and "checked" not in page
    wrong = client.post(away, {"do": "ask", "device": "Tablet of hers", "what": "All"})
    assert (wrong.status_code, wrong.content.decode().count("Tablet of hers")) == (422, 1)
    said = {"do": "move", "row": key, "version": "1", "to": "refused", "on": TODAY.isoformat()}
    assert client.post(away, said).status_code == 302
    page = client.get(away).content.decode()
    assert "Refused: no more is asked" in page and 'value="move"' not in page
