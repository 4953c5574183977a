"""A referral to a service outside: by the gate, with the rules of every number, and not past what was taken back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import actions, queries
from joindots.casework.models import Referral
from joindots.casework.rules import referral_letter as rule
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.notices import actions as notices
from joindots.notices import queries as gate
from joindots.notices.models import Notice
from joindots.people import actions as people
from joindots.people.models import Presence
from joindots.people.rules.reaching import Card, Kind, Use, Way
from tests.browsing import SignIn
from tests.stage import Stage

TODAY = date(2025, 11, 17)
PHONE = Way(id=UUID(int=4), kind=Kind.NUMBER, value="07700 900123", uses=(Use.TEXT,))
OLD = Way(id=UUID(int=5), kind=Kind.NUMBER, value="07700 900456")
HOME = Way(id=UUID(int=6), kind=Kind.ADDRESS, value="4 Quay Lane\nDalemouth", uses=(Use.POST,))
DESK = Way(id=UUID(int=7), kind=Kind.NUMBER, value="01632 960123", uses=(Use.CALL, Use.VOICEMAIL))
CARD = Card(ways=(PHONE, DESK, HOME), times="weekdays", exception="ring if he comes")
WHY = "A child is in danger today, and only the school can say where."


@given(st.sampled_from(["07700 900123", "+447700900123", "0 7700-900 123"]), st.sampled_from(["", "vital interests"]))
def test_a_number_never_stands_without_its_rules_nor_without_consent(number: str, basis: str) -> None:
    told = rule.Referred("support", "R-1", "Rhian", "", {"what": "x"}, f"Text {number}", basis, "Asha", "Stillwater",
                         TODAY, TODAY)  # fmt: skip
    text = rule.compose(told, rule.rules_of(CARD, told.reach))
    assert (number in text) == (not basis) == ("07700 900123: Text only. weekdays. No voicemail." in text)
    assert "01632" not in text and "Call" not in text, "what another number allows is not said of this one"
    assert "ring if he comes" not in text, "what only we are to know stays here"


@pytest.mark.parametrize(
    ("reach", "stray"),
    [("text 07700 900123", False), ("+44 (0)7700 900 123", False), ("07700 900456", True), ("07700900999", True),
     ("ring us on 0300 900 0000", False), ("", False)],
)  # fmt: skip
def test_a_mobile_number_that_is_no_safe_way_goes_nowhere(reach: str, stray: bool) -> None:
    assert rule.stray_number(reach, rule.safe_ways(Card(ways=(PHONE, OLD, HOME)))) == stray


def made(stage: Stage, **told: str) -> tuple[Ref, Ref, UUID | None]:
    """A referral to a service outside, its case, and the consent that it rests on."""
    asha, case = stage.actor("asha"), stage.case(victim="Rhian Example")
    person = Presence.objects.get(circle__case__reference=case.key, stands_as="victim").person_id
    people.set_card(asha, Ref(person), card=Card(ways=(PHONE, OLD, HOME), times="Mon-Fri 12:30-13:15"))
    basis, reach = told.pop("basis", "consent"), told.pop("reach", "text 07700 900123")
    agreed = None if basis != "consent" else actions.agree(asha, case, what=actions.Agreement(
        "refer", "spoken", TODAY, whom="Meadow Therapy"))  # fmt: skip
    actions.refer(asha, case, what=actions.Referring(
        "health", "Rhian Example", whom="Meadow Therapy", reach=reach, tells={"what": "Help to sleep", **told},
        basis=basis, consent=agreed, why="" if agreed else WHY))  # fmt: skip
    return case, Ref(Referral.objects.get(circle__case__reference=case.key).pk), agreed


def send(stage: Stage, row: Ref, to: str = "desk@meadow.example.org") -> UUID:
    return actions.send_referral(stage.actor("asha"), row, kind="mail", to=to).id


def test_a_referral_goes_out_with_the_rules_and_is_withdrawn_with_what_it_rests_on(stage: Stage) -> None:
    _, row, agreed = made(stage)
    text = queries.referral_letter(stage.actor("asha"), row).text
    assert "07700 900123" in text and "Text only" in text and "12:30" in text
    first = send(stage, row)
    with pytest.raises(RuleBroken, match="on its way"):
        send(stage, row)
    assert "Text only" in gate.notice(stage.actor("asha"), Ref(first)).body
    actions.revoke_referral(stage.actor("asha"), row, why="They found help")
    assert Notice.objects.get(pk=first).state == "withdrawn"
    with pytest.raises(RuleBroken, match="taken back"):
        send(stage, row)
    _, other, agreed = made(stage)
    second = send(stage, other)
    assert agreed
    actions.take_back(stage.actor("asha"), Ref(agreed), said_by="client", follows="Nothing more is sent.")
    after = gate.notice(stage.actor("asha"), Ref(second))
    assert (after.line.state, after.body) == ("withdrawn", "")
    with pytest.raises(RuleBroken, match="Ask again"):
        send(stage, other)


def test_what_was_in_hand_when_consent_went_never_leaves_once_it_comes_back(stage: Stage) -> None:
    _, row, agreed = made(stage)
    sent = Ref(actions.send_referral(stage.actor("asha"), row, kind="letter", to="1 High Street").id)
    assert agreed and notices.begin(stage.actor("asha"), sent)
    actions.take_back(stage.actor("asha"), Ref(agreed), said_by="client", follows="Nothing more is sent.")
    notices.end_by_hand(stage.actor("asha"), sent, how="not_done")
    assert not notices.begin(stage.actor("asha"), sent)
    assert Notice.objects.get(pk=sent.key).code == "outward_over"


@pytest.mark.parametrize(
    ("told", "why"),
    [({"what": "They live at 4 Quay Lane, Dalemouth"}, "address"), ({"what": "ring 07700 900123"}, "number"),
     ({"reach": "07700 900999"}, "no safe way"), ({"reach": "at 4 Quay Lane, Dalemouth"}, "address")],
)  # fmt: skip
def test_what_must_not_leave_stops_it_and_is_not_repeated(stage: Stage, told: dict[str, str], why: str) -> None:
    _, row, _ = made(stage, **told)
    with pytest.raises(RuleBroken, match=why) as stopped:
        send(stage, row)
    assert "Quay" not in str(stopped.value) and "0770" not in str(stopped.value)


def test_without_consent_it_goes_within_days_with_no_way_to_reach_and_not_past_the_card(stage: Stage) -> None:
    _, row, _ = made(stage, basis="nhs")
    shown = queries.referral_letter(stage.actor("asha"), row)
    assert "07700" not in shown.text and "without Rhian Example" in shown.text and not shown.stops
    first = Notice.objects.get(pk=send(stage, row))
    assert (first.basis, first.until) == ("nhs", TODAY + timedelta(days=7))
    notices.withdraw(stage.actor("asha"), Ref(first.pk))
    people.set_card(stage.actor("asha"), Ref(shown.person), card=Card(ways=(PHONE,), must_not_know="Meadow Therapy"))
    with pytest.raises(RuleBroken, match="must not know"):
        send(stage, row)
    people.set_card(stage.actor("asha"), Ref(shown.person), card=Card(ways=(PHONE,)))
    stage.at += timedelta(days=8)
    assert Notice.objects.get(pk=send(stage, row)).code == "outward_weighed"
    with pytest.raises(NotFound):
        queries.referral_letter(stage.actor("stranger"), row)


def test_the_page_shows_it_whole_before_it_goes(stage: Stage, sign_in: SignIn) -> None:
    case, row, _ = made(stage)
    stage.close()
    where = f"/cases/{case.key}/casework/referrals/letter/?referral={row.key}"
    client = sign_in("asha")
    assert "Send it by post or mail" in client.get(f"/cases/{case.key}/casework/referrals/").content.decode()
    assert "Help to sleep" in client.get(where).content.decode()
    sending = {"do": "send", "kind": "mail", "mail": "desk@meadow.example.org"}
    assert client.post(where, {**sending, "version": "0"}).status_code == 409
    assert client.post(where, {**sending, "mail": "x", "version": "1"}).status_code == 422
    gone = client.post(where, {**sending, "version": "1"})
    assert gone.status_code == 302 and client.get(gone["Location"]).status_code == 200
