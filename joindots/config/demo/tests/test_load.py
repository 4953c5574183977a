"""The demo's cases: who sees what, loaded once however often it is asked for, and no word of them readable at rest."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.api.service import api
from joindots.audit.models import Entry
from joindots.casework import queries as casework
from joindots.casework.models import Case, OwnNumber
from joindots.casework.rules import same_number
from joindots.circles import queries as circles
from joindots.config.demo import cases, opening, story
from joindots.config.demo.files import log
from joindots.config.demo.load import load
from joindots.config.demo.tests import test_files as files
from joindots.config.keeping import verifying
from joindots.evidence import queries as evidence
from joindots.evidence.models import SourceFile
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.justice import actions as allegating
from joindots.justice import queries as justice
from joindots.justice.models import PutOnRecord
from joindots.justice.rules import allegations
from joindots.justice.rules.opposed import SECOND_NEEDED
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.law.clocks import add_working_days
from joindots.notices import queries as notices
from joindots.orders.models import Decided
from joindots.people import queries as people
from joindots.vault import root
from joindots.vault.blind import blind
from tests.browsing import entered
from tests.stage import put_back

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STANDING = datetime(2025, 11, 14, tzinfo=UTC)
"""The story counts the incidents that stand at the end of 13 November."""
T2 = datetime(2025, 11, 18, 17, tzinfo=UTC)
T6 = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECRET = (
    "Larch Close", "ZZ99 4LC", "ZZ994LC", "07700 900122", "7700900122", "the dentist", "ring at any hour", "Ellwood",
    "Isla Ellwood", "Pryce", "northshire_tenor", "QQ21 NSH", "QQ21NSH", "07700 900177", "7700900177", "Tindall",
    "Tamsin", "lovely voice", "choir-chat", "SW-0141", "NS/25/104417",
)  # fmt: skip
"""S1, S2 and other words of victims, suspects and papers. None is so short that chance holds it: six digits once
stood in the fraction of a moment's second, and any four bytes stand in one of 4,000 sealed megabytes.
"""


@pytest.fixture(scope="module")
def staff(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, Membership]]:
    """The demo, loaded once for all tests here and taken back afterwards."""
    with put_back(django_db_blocker):
        root.source().make()
        load()
        yield {row.user.username: row for row in Membership.objects.select_related("user", "agency", "team")}


@pytest.fixture
def act(staff: dict[str, Membership]):
    """Somebody of the demo at a moment. What a test writes is taken back after it."""
    return lambda who, at=T6: actor_as(staff[who], at)


def case_of(number: str) -> Case:
    """The demo's case of that number, by its blind index, whoever may know of it."""
    for row in OwnNumber.objects.select_related("circle__case"):
        if row.index == blind(row.indexed, same_number(number), row.generation):
            return row.circle.case
    raise LookupError(number)


def sees(actor: Actor, number: str) -> bool:
    return Case.objects.visible_to(actor).filter(pk=case_of(number).pk).exists()


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_loading_again_changes_nothing(act):
    before = rows()
    load()
    assert rows() == before
    assert before["casework.Case"] == 47


def test_there_are_forty_smaller_cases_of_every_relation_and_most_are_not_former_partners(act):
    relations = Counter(one.relation for one in cases.SMALL)
    assert len(cases.SMALL) == 40 == len({one.number for one in cases.SMALL})
    assert set(relations) == set(
        Case._meta.get_field("relation").choices and dict(Case._meta.get_field("relation").choices)
    )
    assert relations["ex_partner"] * 2 < len(cases.SMALL)


def test_a_case_that_breaks_off_is_not_there_at_all_and_comes_whole_the_next_time(act, staff, monkeypatch):
    one = cases.SmallCase(
        "SW-9001", "asha", "2025-03-01 09:00", "Broken Off", "friend", "A Friend", "x", files=cases.LARGE.files
    )
    take, before = opening.Opened.take, rows()

    def killed(*given: object) -> None:
        take(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(opening.Opened, "take", killed)
    with pytest.raises(KeyboardInterrupt):
        opening.open_small(staff, one)
    assert rows() == before
    monkeypatch.setattr(opening.Opened, "take", take)
    opening.open_small(staff, one)
    opening.open_small(staff, one)
    assert rows()["casework.Case"] == before["casework.Case"] + 1
    assert rows()["evidence.SourceFile"] == before["evidence.SourceFile"] + 1


def test_everybody_who_works_on_cases_sees_at_least_one(act, staff):
    for who in staff:
        actor = act(who)
        if actor.may(casework.cases.permission):
            assert casework.cases(actor).total > 0, who


def test_mayas_case_is_known_to_her_advocate_the_lead_and_the_two_officers_she_chose(act, staff):
    assert {who for who in staff if sees(act(who), "SW-0141")} == {"asha", "ruth", "priya", "tom"}
    head = casework.case(act("asha"), Ref(case_of("SW-0141").reference))
    assert (head.victim, head.owner, head.relation) == ("Maya Ellwood", "Asha Verma", "acquaintance")
    bases = {one.name: (one.side, one.basis) for one in circles.who_may_know(act("asha"), Ref(head.circle))}
    assert bases["Ruth Oyelaran"][1] == "supervises the team"
    assert bases["DC Tom Hale"] == ("the person being stalked", "shared")


@pytest.mark.parametrize("who", ["leanne", "neil"])
def test_who_is_too_near_the_suspect_finds_no_such_case(act, staff, who):
    for number in ("SW-0141", "NS/25/104417", "LL-2291", "NS/25/131902"):
        assert not sees(act(who), number)
        with pytest.raises(NotFound):
            casework.case(act(who), Ref(case_of(number).reference))
    assert not {line.victim for line in casework.cases(act(who)).lines} & {"Maya Ellwood", "Callum Rowan Pryce"}


def test_that_leanne_looked_stands_on_moiras_desk_and_on_nobody_elses(act, staff):
    (alert,) = circles.alerts(act("moira"))
    assert (alert.code, alert.who, alert.agency) == ("kept_out_tried", "Leanne Dunn", "Northshire Constabulary")
    assert alert.at == datetime(2025, 11, 19, 2, 14, tzinfo=UTC)
    for who in staff:
        if who != "moira" and act(who).may(circles.alerts.permission):
            assert circles.alerts(act(who)) == ()
    head = casework.case(act("priya"), Ref(case_of("NS/25/104417").reference))
    assert "Leanne Dunn" not in {step.who for step in circles.custody(act("priya"), Ref(head.circle))}


def test_ruth_administers_her_agencys_staff_and_the_trusts_privacy_officer_is_her_second_person(act, staff):
    from joindots.circles import actions as staffing
    from joindots.transfer import queries as transfer

    assert len(circles.staff(act("ruth"))) == 3
    assert [one.name for one in transfer.deciders(act("ruth"))] == ["Moira Quill"]
    asked = staffing.ask_roles(act("ruth"), membership=staff["tariq"].pk, roles=("advocate", "team_lead"))
    assert [one.id for one in circles.staff_acts(act("moira"))] == [asked]


def test_nobody_of_the_contact_centre_can_be_brought_in_later(act, staff):
    from joindots.circles import actions

    head = casework.case(act("priya"), Ref(case_of("NS/25/104417").reference))
    actions.bring_in(
        act("priya"), Ref(head.circle), membership=staff["leanne"].pk, side="victim", basis="team", purpose="cover"
    )
    assert not sees(act("leanne"), "NS/25/104417")


def test_safe_contact_is_for_those_who_ring_her_as_it_stood_at_each_moment(act):
    head = casework.case(act("asha"), Ref(case_of("SW-0141").reference))
    maya, dev = (next(one for one in head.people if one.name == name) for name in ("Maya Ellwood", "Dev Ellwood"))
    for who in ("asha", "priya", "tom"):
        contact = people.contact_of(act(who), Ref(maya.id))
        assert contact is not None
        assert (contact.number, contact.say, contact.channels) == ("07700 900122", "the dentist", ("text",))
        assert contact.address == "9 Larch Close, ZZ99 4LC"
        assert contact.times == "Mon to Fri 12:30 to 13:15, Sat and Sun 13:30 to 14:30"
    page = people.card_page(act("asha"), Ref(maya.id))
    assert page.card.exception == "ring at any hour if he may come" and page.code_set_at is not None
    assert [one.seq for one in page.history] == [5, 4, 3, 2, 1] and "07700 900101" not in {
        one.value for one in page.card.ways
    }
    brother = people.contact_of(act("asha"), Ref(dev.id))
    assert brother is not None
    assert brother.number == "07700 900133"
    assert {one.name: one.stands_as for one in head.people}["Isla Ellwood"] == "child"


def test_she_was_told_in_her_window_and_rung_outside_it_by_her_own_exception_alone(act):
    head = casework.case(act("asha"), Ref(case_of("SW-0141").reference))
    log = notices.left(act("asha"), Ref(head.circle))
    assert [(one.kind, one.state, one.emergency) for one in log] == [("call", "sent", True), ("text", "sent", False)]
    page = notices.notice(act("asha"), Ref(log[0].id))
    assert "may know a family address" in page.reason and page.to == ""


def test_a_suspect_side_reader_reaches_no_safe_contact(act, staff):
    head = casework.case(act("gareth"), Ref(case_of("NS/25/027714").reference))
    assert head.side == "suspect"
    victim = next(one for one in head.people if one.stands_as == "victim")
    from joindots.people import permissions

    assert not act("gareth").may(permissions.SEE_CONTACT)
    assert not act("gareth").keys.can_open(victim.id, "contact")


def test_rosa_and_maya_never_meet(act, staff):
    for who in ("ana", "bev"):
        assert not {line.victim for line in casework.cases(act(who)).lines} & {"Maya Ellwood"}
    for who in ("asha", "ruth", "jo", "tom"):
        assert "Rosa Tindall" not in {line.victim for line in casework.cases(act(who)).lines}


def test_the_counter_claim_was_one_officers_until_it_was_decided(act, staff):
    before, after = datetime(2025, 11, 18, 15, 59, tzinfo=UTC), datetime(2025, 11, 18, 16, 1, tzinfo=UTC)
    assert not sees(act("tom", before), "NS/25/131902")
    assert sees(act("tom", after), "NS/25/131902")


def test_t2_two_mirrored_crimes_stand_on_one_review_and_the_force_answered_in_two_working_days(act):
    ours = Ref(case_of("NS/25/104417").circle_id)
    (review,) = justice.primary_victim(act("priya", T2), ours).reviews
    (mirrored,) = justice.on_record(act("priya", T2), ours).victim
    assert (mirrored.reference, mirrored.mirrors, mirrored.review) == ("NS/25/131902", "NS/25/104417", review.number)
    said = (review.finding, review.by, review.second)
    assert said == ("the person being stalked in this case", "DS Priya Nand", "Insp Dana Reeve")
    assert "of which 5 since 26 June" in review.why and review.review_on == date(2026, 2, 18)
    (pressed,) = casework.chasers_of(act("asha", T2), Ref(case_of("SW-0141").reference))[-1:]
    assert (pressed.asked_on, pressed.due_on) == (date(2025, 11, 10), date(2025, 11, 17))
    (answer,) = [step for step in pressed.steps if step.deed == "answered"]
    assert answer.on == date(2025, 11, 12) == add_working_days(pressed.asked_on, 2)


def test_t2_three_hundred_incidents_stand_of_the_kinds_that_the_story_counts(act):
    stand = Counter(log.KINDS) - Counter(calls=1)  # the row of withheld calls is told by the list of calls
    told = evidence.incidents_of(act("asha", T2), Ref(case_of("SW-0141").reference))
    stand["online"] += sum("online" in one.kinds and one.written_at < STANDING for one in told)
    stand.update(messages=files.runs_after_the_refusal(), calls=files.runs_of_calls(), payments=len(files.payments()))
    assert (stand["online"], stand.total()) == (22, 300)


def test_t2_a_warning_to_maya_is_refused_on_page_and_route_and_the_api_has_no_way_to_write_one(act, staff):
    claim = case_of("NS/25/131902")
    for kind in allegations.WARNINGS:
        with pytest.raises(RuleBroken) as stopped:
            allegating.put_on_record(act("priya", T2), Ref(claim.circle_id),
                                     put=allegations.Put("suspect", kind, T2.date(), "other"))  # fmt: skip
        assert str(stopped.value) == SECOND_NEEDED, kind
    client, page = entered(staff["priya"].user), f"/cases/{claim.reference}/on-record/"
    given = {"do": "put", "against": "suspect", "kind": "community_warning", "complained": "other", "on": "2025-11-17"}
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.post(page, given, headers=headers)
        assert answer.status_code == 422 and SECOND_NEEDED in html.unescape(answer.content.decode())
    assert PutOnRecord.objects.filter(circle=claim.circle_id).count() == 0
    assert justice.on_record(act("priya", T2), Ref(claim.circle_id)).suspect == ()
    assert not [path for path in api.get_openapi_schema()["paths"] if "record" in path or "warning" in path]


def test_of_seven_acts_after_the_interim_three_are_breaches_by_order_or_bail_and_the_first_is_none(act):
    made, trial = datetime(2025, 12, 4, 11, 20, tzinfo=UTC), datetime(2026, 6, 8, tzinfo=UTC)
    found = Decided.objects.filter(act_at__range=(made, trial), struck_at=None).order_by("act_at", "pk")
    verdicts: dict[object, set[str]] = {}
    for one in found:
        verdicts.setdefault(one.incident_id, set()).add(one.verdict)
    told = [
        "breach" if "breach" in each else "cant_tell" if "cant_tell" in each else "not" for each in verdicts.values()
    ]
    assert told == ["not", "cant_tell", "cant_tell", "breach", "breach", "breach", "not"]


def test_everything_stored_bears_the_storys_moments_in_order(act):
    first, last = datetime(2025, 1, 6, tzinfo=UTC), T6
    assert not Case.objects.exclude(opened_at__range=(first, last)).exists()
    assert list(Entry.objects.exclude(at__range=(first, last)).values_list("code", "at", "content")) == []
    assert not Job.objects.exclude(made_at__range=(first, last)).exists()
    told = SourceFile.objects.filter(given_at__gt=datetime(2025, 11, 6, tzinfo=UTC)).values_list("circle_id", flat=True)
    books = [
        list(Entry.objects.filter(book_id=circle).order_by("seq").values_list("at", flat=True)) for circle in set(told)
    ]
    assert max(map(len, books)) > 40
    assert all(moments == sorted(moments) for moments in books)


def test_the_books_are_whole(act):
    assert list(verifying.chains()) == []


def test_every_file_waits_for_the_worker_the_storys_first(act):
    waiting = Job.objects.order_by("id")
    assert set(waiting.values_list("state", "kind")) == {("queued", "evidence.read")}
    assert (
        len(waiting)
        == SourceFile.objects.count()
        == len(story.FILES) + 1 + 1 + sum(len(one.files) for one in cases.SMALL)
    )


def test_the_storys_two_chats_are_read_with_their_answers_and_counted_once(act, staff):
    asha = act("asha", datetime.now(UTC))
    reference = Ref(case_of("SW-0141").reference)
    for one in evidence.files_of(asha, reference):
        if one.name.startswith("choir-chat"):
            assert tasks.run(Job.objects.get(subject=str(one.id)).pk) == "done"
    told = {one.name: one for one in evidence.files_of(asha, reference)}
    assert told["choir-chat-a.zip"].open_questions == 0
    days = evidence.days_of(asha, reference)
    assert (sum(day.incoming for day in days), sum(day.outgoing for day in days)) == (3333, 71)
    assert sum(day.outgoing for day in days if day.day and day.day >= date(2025, 6, 26)) == 5
    assert sum(day.unknown for day in days) == 0


def test_no_word_of_anybody_is_readable_in_the_databases_or_the_file_store(act):
    stored = {alias: connections[alias].connection.serialize() for alias in ("default", "keys")}
    assert b"Stillwater Advocacy" in stored["default"], (
        "agencies are not sealed: if this is not found, nothing would be"
    )
    files = [path for path in Path(settings.FILE_STORE).rglob("*") if path.is_file()]
    assert len(files) >= len(story.FILES)
    for word in SECRET:
        for form in {word.encode(), word.upper().encode(), word.encode("utf-16-le")}:
            assert [alias for alias, data in stored.items() if form in data] == [], word
            assert [path.name for path in files if form in path.read_bytes()] == [], word


def test_files_answers_do_not_open_for_who_does_not_stand_there(act, staff):
    with pytest.raises((NotFound, NotAllowed)):
        evidence.files_of(act("neil"), Ref(case_of("SW-0141").reference))
