"""Whoever it goes to and whatever happens between the writing and the leaving: nothing goes against the card or the case."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from joindots.access.door import Ref
from joindots.circles.models import Circle
from joindots.kernel.problems import RuleBroken
from joindots.notices import actions, queries, work
from joindots.notices.gateways import Parcel, Refused
from joindots.notices.gateways.chosen import BadSettings, gateway_for
from joindots.notices.gateways.smtp import Smtp
from joindots.notices.models import Notice
from joindots.notices.rules.neutral import Said, telling
from joindots.notices.rules.notices import LASTS, Kind
from joindots.notices.tests.test_notices import HOURS, NEWS, NOON, NUMBER, TEA, Case, Recorder, case, gateway, state
from joindots.people import actions as people
from joindots.people import queries as reaching
from joindots.people.models import Person, Presence
from joindots.people.rules.reaching import Card, Trust, Use, Way
from joindots.people.rules.reaching import Kind as WayKind

__all__ = ["case", "gateway"]
NIGHT = NOON + timedelta(hours=14)
HIS = "07700 900199"
TEXT = Way(id=UUID(int=9), kind=WayKind.NUMBER, value="07700 900177", uses=(Use.TEXT,), main=True)
CAL = Said("Cal Pryce", sender="The office")


def suspect(case: Case) -> UUID:
    marks = (("number", "tel:+447700900199"), ("email", "cal@example.org"))
    return people.add_person(case.asha(), case.circle, name="Cal Pryce", stands_as="suspect", identifiers=marks)


def reached(case: Case, name: str, stands_as: str) -> UUID:
    """Somebody else of the case with a number of their own that was proved."""
    before = NOON - timedelta(hours=20)
    found = people.add_person(case.asha(before), case.circle, name=name, stands_as=stands_as)
    people.set_card(case.asha(before), Ref(found), card=Card(ways=(TEXT,), windows=HOURS))
    people.note_proved(case.asha(before), Ref(found), way=TEXT.id)
    return found


def add(case: Case, *ways: Way, **more: object) -> None:
    """More ways on the card, the rest as it stands."""
    card = reaching.card_of(case.asha(), Ref(case.person))
    assert card is not None
    now = msgspec.structs.replace(card, ways=(*(one for one in card.ways if one.id == NUMBER), *ways), **more)
    people.set_card(case.asha(), Ref(case.person), card=now)


@pytest.mark.parametrize("stands_as", ["secondary", "child", "witness"])
def test_what_goes_to_somebody_else_of_the_case_names_nobody_but_them(case: Case, stands_as: str) -> None:
    sister = reached(case, "Mair Holt", stands_as)
    suspect(case)
    for told in ("Rhian Example asked us to ring.", "It is about Example.", "Cal Pryce", "Ring 07700 900122"):
        with pytest.raises(RuleBroken):
            actions.write(case.asha(), case.circle, person=sister, kind="text", said=Said(told))
    told = actions.write(case.asha(), case.circle, person=sister, kind="text", said=Said("Mair, your appointment."))
    assert not told.refused


def test_whom_the_client_keeps_out_is_not_written_to_though_they_stand_in_the_case(
    case: Case, gateway: Recorder
) -> None:
    mother = reached(case, "Mair Holt", "secondary")
    waits = actions.write(case.asha(TEA), case.circle, person=mother, kind="text", said=NEWS)
    case.set(must_not_know="My mother Mair, and the choir")
    work.send_due(waits.not_before)
    assert state(waits) == ("refused", "outward_kept") and not gateway.parcels
    assert actions.write(case.asha(), case.circle, person=mother, kind="text", said=NEWS).refused


def test_the_person_reported_is_named_in_nothing_though_they_are_a_client_in_another_case(case: Case) -> None:
    him = suspect(case)
    other = Circle.objects.create(agency_id=Person.objects.get(pk=him).agency_id, made_at=NOON)
    Presence.objects.create(person_id=him, circle=other, stands_as="victim")
    with pytest.raises(RuleBroken, match="could tell"):
        case.write(said=CAL)
    for told in ("Please ring 0808 802 0300.", "Ring +44 808 802 0300"):
        with pytest.raises(RuleBroken, match="could tell"):
            case.write(said=Said(told))


def test_another_name_of_the_person_reported_stands_in_nothing_and_a_name_nobody_knows_stops_no_word(
    case: Case,
) -> None:
    marks = (("alias", "Tenor Callaghan"),)
    people.add_person(case.asha(), case.circle, name="Name not known", stands_as="suspect", identifiers=marks)
    for told in ("Tenor Callaghan rang.", "A message about Callaghan"):
        with pytest.raises(RuleBroken):
            case.write(said=Said(told, sender="The office"))
    case.write(said=Said("Your name is known at the desk.", sender="The office"))


def test_nothing_about_the_client_goes_to_the_person_reported_by_whatever_name(case: Case) -> None:
    suspect(case)

    def out(whom: str, kind: str, to: str) -> None:
        said = Said("About your tenant.", sender="The office")
        actions.write_out(case.asha(), case.circle, person=case.person, kind=kind, whom=whom, to=to, said=said)

    out("The manager", "mail", "desk@example.org")
    for whom, kind, to in (
        ("Cal Pryce", "letter", "Cal Pryce\n1 Clinic Street\nDalemouth"), ("Manager", "mail", "CAL@example.org"),
        ("Mr Pryce, the manager", "mail", "desk@example.org"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken):
            out(whom, kind, to)


def test_a_number_that_is_known_to_be_the_persons_reported_is_never_a_safe_way(case: Case, gateway: Recorder) -> None:
    add(case, Way(id=UUID(int=6), kind=WayKind.NUMBER, value=HIS, uses=(Use.TEXT,)))
    suspect(case)
    trip = actions.prove(case.asha(), case.circle, person=case.person, way=UUID(int=6), said_now=True)
    assert trip.refused and trip.reason.code == "way_known"


def test_what_waits_is_refused_once_its_number_is_known_to_be_the_persons_reported(
    case: Case, gateway: Recorder
) -> None:
    waits = case.write(TEA)
    people.add_person(case.asha(TEA), case.circle, name="Cal Pryce", stands_as="suspect",
                      identifiers=(("number", "tel:+447700900122"),))  # fmt: skip
    work.send_due(waits.not_before)
    assert state(waits) == ("refused", "way_known") and not gateway.parcels


def test_a_word_that_was_sent_to_one_number_proves_no_other(case: Case, gateway: Recorder) -> None:
    six = UUID(int=6)
    add(case, Way(id=six, kind=WayKind.NUMBER, value="07700 900155", uses=(Use.TEXT,)))
    actions.prove(case.asha(), case.circle, person=case.person, way=six, said_now=True)
    with pytest.raises(RuleBroken, match="not left yet"):
        actions.confirm(case.asha(), case.circle, person=case.person, way=six, word="maple")
    work.send_due(NOON)
    word = gateway.parcels[-1].body.removeprefix("Your word is ").partition(".")[0]
    add(case, Way(id=six, kind=WayKind.NUMBER, value="07700 900166", uses=(Use.TEXT,)))
    with pytest.raises(RuleBroken, match="over"):
        actions.confirm(case.asha(), case.circle, person=case.person, way=six, word=word)
    assert case.write(way=six).refused


def test_being_with_somebody_and_an_emergency_do_not_last_until_a_worker_wakes(case: Case, gateway: Recorder) -> None:
    six = UUID(int=6)
    more = {"exception": "if he may come", "exception_uses": (Use.TEXT,)}
    add(case, Way(id=six, kind=WayKind.NUMBER, value="07700 900155", uses=(Use.TEXT,)), **more)
    actions.prove(case.asha(TEA), case.circle, person=case.person, way=six, said_now=True)
    told = case.write(TEA, emergency="A programme told that he may know the house.")
    assert told.not_before == TEA
    work.send_due(NIGHT)
    work.send_due(NIGHT + timedelta(hours=4))
    assert [one.body for one in gateway.parcels if "word" in one.body] == []
    work.send_due(TEA + timedelta(days=1))
    assert not gateway.parcels, "each waits for the next safe hour"


def test_a_call_that_was_begun_shows_no_number_once_it_is_not_safe_any_more(case: Case) -> None:
    case.set(uses=(Use.CALL,))
    told = case.write(kind="call")
    assert actions.begin(case.asha(), Ref(told.id)) and queries.notice(case.asha(), Ref(told.id)).to
    late = queries.notice(case.asha(TEA), Ref(told.id))
    assert late.to == "" and late.stopped is not None
    case.set(uses=(Use.CALL,), trust=Trust.WATCHED)
    assert queries.notice(case.asha(), Ref(told.id)).to == ""
    actions.end_by_hand(case.asha(TEA), Ref(told.id), how="not_done")


def test_an_entry_of_an_appointment_that_is_over_does_not_leave(case: Case, gateway: Recorder) -> None:
    add(case, Way(id=UUID(int=6), kind=WayKind.MAIL, value="r@example.org", uses=(Use.MAIL,)), calendar=True)
    people.note_proved(case.asha(), Ref(case.person), way=UUID(int=6))
    told = case.write(TEA, "calendar", way=UUID(int=6), starts=TEA + timedelta(hours=2))
    work.send_due(told.not_before)
    assert not gateway.parcels and state(told) == ("failed", "too_late")


def test_one_notice_that_cannot_be_read_or_may_not_leave_holds_up_no_other(case: Case, gateway: Recorder) -> None:
    stuck, broken = case.write(TEA), case.write(TEA, said=Said("Another"))
    sister = reached(case, "Mair Holt", "secondary")
    fine = actions.write(case.asha(TEA), case.circle, person=sister, kind="text", said=Said("Your appointment."))
    Presence.objects.filter(person=case.person).update(stands_as="suspect")
    Notice.objects.filter(pk=broken.id).update(
        not_before=stuck.not_before, subject=b"\x01garbage", person=sister, way=TEXT.id
    )
    work.send_due(fine.not_before)
    assert [one.to for one in gateway.parcels] == ["+447700900177"]
    assert state(stuck) == ("failed", "reached_suspect")
    assert Notice.objects.get(pk=broken.id).not_before > fine.not_before, "it is tried later, behind the others"
    case.stage.close()
    work.send_due(NOON + LASTS + timedelta(days=2))
    assert state(broken) == ("failed", "too_late")


def test_a_move_that_is_told_in_two_steps_holds_everything_back_as_one_does(case: Case) -> None:
    home = Way(id=UUID(int=7), kind=WayKind.ADDRESS, value="1 Elm Row, ZZ99 1AA", uses=(Use.POST,))
    new = Way(id=UUID(int=8), kind=WayKind.ADDRESS, value="9 Larch Close, ZZ99 4LC", uses=(Use.POST,))
    add(case, home)
    add(case)
    add(case, new)
    card = reaching.card_of(case.asha(), Ref(case.person))
    assert card is not None and card.held_until == NOON + timedelta(days=7)
    assert {one.value: one.trust for one in card.ways}[home.value] == Trust.KNOWN


def test_a_senders_address_that_tells_is_no_gateway(settings: object, tmp_path: Path) -> None:
    told = tmp_path / "gateways.toml"
    settings.GATEWAYS_FILE = told  # type: ignore[attr-defined]
    for address, agency in (("help@stalking-aid.example.org", "A"), ("office@stillwater.example.org", "Stillwater")):
        told.write_text(f'[default]\nmail = "smtp"\n[default.smtp]\nhost = "x"\naddress = "{address}"\n')
        with pytest.raises(BadSettings, match="tells"):
            gateway_for(agency, Kind.MAIL)
    told.write_text(
        '[default]\nmail = "smtp"\n[default.smtp]\nhost="x"\naddress="o@example.org"\npassword_file="none"\n'
    )
    with pytest.raises(BadSettings, match="password_file"):
        gateway_for("A", Kind.MAIL)


def test_a_mail_that_cannot_be_written_down_surely_did_not_leave() -> None:
    with pytest.raises(Refused):
        Smtp("127.0.0.1", "o@example.org", port=1).send(Parcel(Kind.MAIL, "a@b.org\nBcc: c@d.org", "Office", "Hi", "x"))


@pytest.mark.parametrize(
    "told",
    ["about domestic matters", "the Women’s Aid office", "a non-molestation paper", "your ISVA", "Paladin",
     "y gam-drin", "yr ddioddefwr", "trais neu drais"],
)  # fmt: skip
def test_more_words_that_tell_it_are_found(told: str) -> None:
    assert telling(told, ())
