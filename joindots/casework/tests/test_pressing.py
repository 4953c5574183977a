"""Pressing an agency: the ledger of consent decides, the letter carries the case's facts, and one clock runs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from joindots.access import parts
from joindots.access.door import Ref
from joindots.casework import actions, queries
from joindots.casework.models import Case, Chaser, Letter
from joindots.casework.rules import letters, tasks
from joindots.kernel.problems import RuleBroken
from joindots.notices.models import Notice
from tests.browsing import SignIn
from tests.stage import Stage

TODAY = date(2025, 11, 17)
FORCE = "Northshire Constabulary"


def agreement(
    item: str = "letter", whom: str = FORCE, purpose: str = "ask how it stands", until: date | None = None
) -> actions.Agreement:
    return actions.Agreement(item, "spoken", TODAY, whom=whom, purpose=purpose, until=until)


@pytest.mark.parametrize(
    "agreed", [None, agreement(whom="The clinic"), agreement(item="refer"), agreement(purpose=" ")]
)  # fmt: skip
def test_nothing_is_asked_on_a_consent_that_the_ledger_does_not_hold(
    stage: Stage, agreed: actions.Agreement | None
) -> None:
    case, asha = stage.case(), stage.actor("asha")
    consent = actions.agree(asha, case, what=agreed) if agreed is not None else None
    with pytest.raises(RuleBroken, match=r"Ask first|what it was given for"):
        actions.ask_agency(asha, case, to=FORCE, ask="x", basis="consent", asked_on=TODAY, consent=consent)
    assert not Chaser.objects.exists()


def test_a_consent_that_ended_or_was_taken_back_lets_nobody_press_on(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    consent = actions.agree(asha, case, what=agreement(until=TODAY))
    first, second = (
        actions.ask_agency(asha, case, to=FORCE, ask="x", basis="consent", asked_on=TODAY, consent=consent)
        for _ in range(2)
    )
    actions.move_chaser(asha, Ref(first), deed="chased", on=TODAY)
    stage.at += timedelta(days=1)
    later = stage.actor("asha")
    with pytest.raises(RuleBroken, match="Ask first"):
        actions.move_chaser(later, Ref(first), deed="chased", on=TODAY)
    actions.move_chaser(later, Ref(second), deed="answered", on=TODAY, said="Yes")
    actions.take_back(later, Ref(consent), said_by="client", follows="Nobody is asked")
    states = {one.id: (one.state, one.steps[-1].words) for one in queries.chasers_of(later, case)}
    assert states == {first: ("dropped", "The consent was taken back."), second: ("answered", "Yes")}
    assert queries.may_ask(later, case) == ()


def test_a_letter_that_presses_goes_past_the_gate_and_starts_one_clock(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    consent = actions.agree(asha, case, what=agreement())
    draft = letters.Draft(
        "police", FORCE, ("bail",), reply_by=tasks.reply_due(TODAY, 5), crime="NS/25/104417", officer="PC Wren"
    )  # fmt: skip
    goes = actions.Outside("mail", "desk@police.example.org")
    actions.press(asha, case, draft=draft, consent=consent, goes=goes)
    assert (
        "It is about crime reference NS/25/104417. Officer in the case: PC Wren."
        in queries.compose(asha, case, draft=draft).letter.opening
    )
    (one,) = queries.chasers_of(asha, case)
    assert (one.due_on, one.days, one.agreed_on) == (date(2025, 11, 24), 5, TODAY) and "released" in one.ask
    due = parts.due(asha, [stage.memberships["asha"].pk], one.due_on, 9)
    assert [str(it.sentence) for it in due if it.kind in ("casework.chaser", "casework.letter")] == [
        f"{FORCE} has not answered what was asked"
    ]
    facts = queries.press_facts(asha, case, whom=FORCE.upper())
    assert (facts.kind, facts.to) == ("mail", "desk@police.example.org"), "where it went last is filled in"
    with pytest.raises(RuleBroken, match="Ask first"):
        actions.press(asha, case, draft=letters.Draft("police", "The clinic", ("bail",), reply_by=one.due_on),
                      consent=consent, goes=goes)  # fmt: skip
    assert Letter.objects.count() == Chaser.objects.count() == Notice.objects.count() == 1, "all of it or nothing"


def test_from_the_desk_an_agency_is_pressed_with_three_keys_on_two_pages(stage: Stage, sign_in: SignIn) -> None:
    stage.at = datetime.now(UTC)
    case = str(stage.case(victim="Rhian Example").key)
    stage.close()
    client, where = sign_in("asha"), f"/cases/{case}/agencies/"
    page = client.get(where).content.decode()
    assert "Ask first" in page and "agencies/press/" not in page, "the ask to the client, not the send"
    day = stage.at.date().isoformat()
    said = {"do": "agreed", "whom": FORCE, "purpose": "", "how": "spoken", "given_on": day}
    assert client.post(where, said).status_code == 422
    assert client.post(where, {**said, "purpose": "ask how it stands"}).status_code == 302
    page = client.get(where).content.decode()
    link = re.search(r'href="([^"]+/press/[^"]+)" data-key="1"', page)
    assert link
    press = unescape(link[1])
    shown = client.get(press).content.decode()
    assert 'data-key="s"' in shown and "Tell us what was done on this report" in shown
    given = {name: unescape(value) for name, value in re.findall(
        r'<input[^>]*name="(about|consent|shown|reply_by)"[^>]*value="([^"]*)"', shown)}  # fmt: skip
    reply = re.search(r'name="reply_by" type="date" value="([^"]+)"', shown)
    assert reply
    given |= {"reply_by": reply[1], "ask": "update", "send": "1", "kind": "mail", "mail": "desk@police.example.org"}
    changed = client.post(press, {**given, "words": "And ring me"})
    assert changed.status_code == 422 and "Read it again" in changed.content.decode()
    assert not Letter.objects.exists()
    assert client.post(press, given).status_code == 302
    assert "Basis: consent of" in client.get(where).content.decode()
    assert Case.objects.get().state == "open" and Chaser.objects.get().letter is not None


def test_whom_we_know_as_something_else_is_not_pressed_and_each_ask_names_the_person(
    stage: Stage, sign_in: SignIn
) -> None:
    stage.at = datetime.now(UTC)
    case, asha = stage.case(victim="Rhian Example"), stage.actor("asha")
    known = stage.memberships["priya"].agency
    known.kind = "police"
    known.save()
    force = known.name
    manager = actions.agree(asha, case, what=agreement(whom="The manager"))
    for whom in (stage.memberships["moira"].agency.name, f"{force}, crime registrar", "Somewhere Court"):
        actions.agree(asha, case, what=agreement(whom=whom))
    actions.make_letter(
        asha, case, draft=letters.Draft("employer", "The manager\n1 Example Row", ("lead",)), consent=manager
    )
    kinds = {one.whom: one.kinds for one in queries.may_ask(asha, case)}
    trust = stage.memberships["moira"].agency.name
    assert kinds == {
        "The manager": (), trust: (), f"{force}, crime registrar": ("police",), "Somewhere Court": letters.PRESSED,
    }  # fmt: skip
    stage.close()
    page = sign_in("asha").get(f"/cases/{case.key}/agencies/").content.decode()
    assert "Tell Rhian Example before anybody is released" in page and "them" not in re.findall(r"Say [^<]*", page)
    assert "The manager</h3>" not in page
