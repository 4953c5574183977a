"""What goes to somebody else about the person: asked of their card when it is written and again when it leaves."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.casework.rules import letters
from joindots.kernel.problems import RuleBroken
from joindots.notices import actions, queries, work
from joindots.notices.gateways import Parcel
from joindots.notices.rules import outward
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import Kind
from joindots.notices.rules.outward import Outward, can_go_to, verdict_to
from joindots.people import actions as people
from joindots.people.rules.reaching import Card, Trust, Use, Way
from joindots.people.rules.reaching import Kind as WayKind
from tests.stage import NOW, Stage

HOME = Way(id=UUID(int=3), kind=WayKind.ADDRESS, value="4 Quay Lane\nDalemouth", trust=Trust.FREE)
PHONE = Way(id=UUID(int=4), kind=WayKind.NUMBER, value="07700 900123", uses=(Use.TEXT,))
MAIL = Way(id=UUID(int=5), kind=WayKind.MAIL, value="rhian@Example.org", trust=Trust.KNOWN)
WORK = "Clinic Street Physiotherapy\n1 Clinic Street\nDalemouth"


@given(
    st.sampled_from(["", "the choir, and Mr Holt", "Holt"]), st.sampled_from(["Mr Holt", "The choir", "A bank"]),
    st.sampled_from([WORK, "4 quay lane, DALEMOUTH", "RHIAN@example.org"]),
    st.sampled_from(["Hello", "Ring +44 7700 900 123", "At 4 Quay Lane,\n\nDalemouth"]),
    st.one_of(st.none(), st.integers(-3, 10)), st.one_of(st.none(), st.integers(-2, 2)),
)  # fmt: skip
def test_nothing_goes_to_somebody_else_against_the_card(
    told: str, whom: str, to: str, body: str, held: int | None, until: int | None
) -> None:
    card = Card(
        ways=(HOME, PHONE, MAIL), must_not_know=told, held_since=NOW,
        held_until=None if held is None else NOW + timedelta(days=held),
    )  # fmt: skip
    last = None if until is None else NOW.date() + timedelta(days=until)
    said = verdict_to(card, Outward(whom, to, body, last), NOW)
    kept = whom != "A bank" and (whom in told or whom.lower() in told or (told == "Holt" and whom == "Mr Holt"))
    never = kept or to != WORK or (until is not None and until < 0)
    assert said.leaves == (not never and (held is None or held <= 0 or body == "Hello"))
    assert said.waits == (not never and not said.leaves)


@pytest.mark.parametrize(
    ("kind", "to", "fits"),
    [("mail", "desk@school.example.org", True), ("mail", "a@b, c@d.org", False), ("mail", "desk@school\nx@y.org", False),
     ("letter", WORK, True), ("letter", "The manager", False), ("letter", "x\n" * 9, False),
     ("printed", WORK, False), ("printed", f"{WORK}\nNS1 4QQ", True), ("text", "07700 900123", False)],
)  # fmt: skip
def test_an_address_fits_the_way_it_is_to_go(kind: str, to: str, fits: bool) -> None:
    assert bool(can_go_to(Kind(kind), to)) == fits


def made(stage: Stage) -> tuple[Ref, Ref, UUID, UUID]:
    """A letter to the manager, its case, the consent, and whom it is about."""
    asha, case = stage.actor("asha"), stage.case(victim="Rhian Example")
    agreed = casework.agree(asha, case, what=casework.Agreement(
        "letter", "spoken", date(2025, 11, 17), whom="The manager", purpose="work"))  # fmt: skip
    draft = letters.Draft("employer", "The manager\n1 Clinic Street", ("lead",))
    letter = casework.make_letter(asha, case, draft=draft, consent=agreed)
    return case, Ref(letter), agreed, cases.case(asha, case).people[0].id


def test_a_letter_is_posted_by_somebody_on_a_day_or_taken_back_with_the_consent(stage: Stage) -> None:
    case, letter, agreed, _ = made(stage)
    asha = stage.actor("asha")
    with pytest.raises(RuleBroken, match="could tell"):
        casework.send_letter(asha, letter, kind="letter", to="1 Clinic Street", sender="Rhian Example")
    with pytest.raises(RuleBroken, match="could tell"):
        casework.send_letter(asha, letter, kind="mail", to="m@example.org", subject="Stillwater")
    first = casework.send_letter(asha, letter, kind="letter", to="1 Clinic Street")
    with pytest.raises(RuleBroken, match="on its way"):
        casework.send_letter(asha, letter, kind="letter", to="1 Clinic Street")
    assert actions.begin(asha, Ref(first.id))
    page = queries.notice(stage.actor("asha"), Ref(first.id))
    assert (page.to, page.line.whom, page.sender) == ("The manager\n1 Clinic Street", "The manager", outward.SENDER)
    actions.end_by_hand(asha, Ref(first.id), how="done")
    (line,) = cases.letters_of(stage.actor("asha"), case)
    assert line.left and (line.left.state_words, line.left.done_by, line.left.at) == ("posted", "Asha", stage.at)
    assert queries.left_last(asha, [cases.case(asha, case).circle]) == {}, "a letter to others is no contact with them"
    case, letter, agreed, _ = made(stage)
    waits = casework.send_letter(asha, letter, kind="letter", to="1 Clinic Street")
    casework.take_back(asha, Ref(agreed), said_by="client", follows="Nothing more is sent.")
    after = queries.notice(stage.actor("asha"), Ref(waits.id))
    assert (after.line.state, after.body) == ("withdrawn", "")
    with pytest.raises(RuleBroken):
        casework.take_letter(asha, letter, form="pdf")


def test_what_the_card_says_later_stops_what_waits(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case, letter, _, person = made(stage)
    asha = stage.actor("asha")
    sent: list[Parcel] = []
    gateway = type("G", (), {"name": "g", "send": lambda _, one: sent.append(one)})()
    monkeypatch.setattr(work, "gateway_for", lambda agency, kind: gateway)
    first = casework.send_letter(asha, letter, kind="mail", to="desk@clinic.example.org")
    people.set_card(asha, Ref(person), card=Card(ways=(PHONE,), must_not_know="my manager"))
    work.send_due(stage.at)
    assert not sent and queries.notice(stage.actor("asha"), Ref(first.id)).line.state == "refused"
    with pytest.raises(RuleBroken, match="must not know"):
        casework.take_letter(asha, letter, form="pdf")
    people.set_card(asha, Ref(person), card=Card(ways=(PHONE,)))
    casework.send_letter(asha, letter, kind="mail", to="desk@clinic.example.org")
    work.send_due(stage.at)
    assert [(one.to, one.subject, one.sender) for one in sent] == [
        ("desk@clinic.example.org", outward.SUBJECT, outward.SENDER)
    ]
    assert "Rhian Example" in sent[0].body
    circle = Ref(cases.case(stage.actor("asha"), case).circle)
    with pytest.raises(RuleBroken, match="bears a sender"):
        actions.write(asha, circle, person=person, kind="printed", said=Said("x"))


def test_nobody_of_the_case_is_named_on_an_envelope_now_or_when_it_leaves(stage: Stage) -> None:
    case, letter, _, _ = made(stage)
    asha = stage.actor("asha")
    for to in ("About Rhian Example\n1 Clinic Street", "Re: EXAMPLE? RHIAN EXAMPLE\n1 Clinic Street"):
        with pytest.raises(RuleBroken, match="on the outside"):
            casework.send_letter(asha, letter, kind="letter", to=to)
    waits = casework.send_letter(asha, letter, kind="letter", to="c/o Jo Someone\n1 Clinic Street")
    people.add_person(stage.actor("asha"), Ref(cases.case(asha, case).circle), name="Jo Someone", stands_as="child")
    assert not actions.begin(stage.actor("asha"), Ref(waits.id))
    told = queries.notice(stage.actor("asha"), Ref(waits.id)).line
    assert told.state == "refused" and told.why.startswith("Somebody of the case")
