"""The work for the person being stalked: what is kept, who may never read it, and what waits on a desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from joindots.access import parts
from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.audit.models import Entry
from joindots.casework import actions, queries
from joindots.casework.models import Case, CopeAnswer, SafetyPlan, TherapyNote, TherapyRoom
from joindots.casework.rules import letters, plans, recovery
from joindots.circles import actions as circles
from joindots.circles.models import Circle, Standing
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.notices import actions as notices
from joindots.people import actions as people
from joindots.people.models import Presence
from tests.browsing import SignIn
from tests.stage import Stage

TODAY = date(2025, 11, 17)


def victim(case: Ref) -> Presence:
    return Presence.objects.get(circle__case__reference=case.key, stands_as="victim").person_id


def test_a_plan_begins_with_what_they_do_and_its_copy_waits_until_keeping_one_is_safe(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    person = victim(case)
    actions.add_step(asha, case, person=person, step=plans.Step("step", "home", "A camera", "Asha", date(2025, 11, 20)))
    actions.add_step(asha, case, person=person, step=plans.Step("already", "home", "Locks at night"))
    last = actions.add_step(
        asha, case, person=person, step=plans.Step("device", "online", "Leave it", device="accounts")
    )
    (view, *_) = queries.plans_of(asha, case)
    assert view.id and view.lines == 3 and view.changed
    plan = Ref(view.id)
    with pytest.raises(RuleBroken, match="day to come"):
        actions.agree_plan(asha, plan, review_on=TODAY)
    assert actions.agree_plan(asha, plan, review_on=date(2025, 11, 24)) == 1
    actions.end_step(asha, Ref(last), to="dropped", why="The police advised to wait")
    sheet = queries.sheet_of(asha, plan)
    assert sheet and sheet.areas[0].already == ("Locks at night",), "what they already do comes first"
    assert sheet.areas[0].steps == ("A camera – Asha, by Thu 20 Nov 2025",)
    assert len(sheet.areas) == 2, "what was agreed stays as it was agreed"
    with pytest.raises(RuleBroken, match="keeping a copy is safe"):
        actions.note_copy(asha, plan, form="pdf")
    actions.say_holding(asha, plan, hold="yes")
    actions.note_copy(asha, plan, form="pdf")


def test_nobody_reported_gets_a_plan_and_the_other_side_reads_none(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    circle = Case.objects.get().circle
    him = people.add_person(asha, Ref(circle.pk), name="Cal", stands_as="suspect")
    with pytest.raises(NotFound):
        actions.add_step(asha, case, person=him, step=plans.Step("step", "home", "x"))
    actions.add_step(asha, case, person=victim(case), step=plans.Step("step", "home", "x"))
    ruth = stage.memberships["ruth"]
    Standing.objects.create(circle=circle, membership=ruth, side="suspect", basis="share", purpose="x", starts=stage.at)
    for read in (queries.plans_of, queries.rights_of, queries.tasks_of, queries.therapy_of, queries.ledger):
        with pytest.raises(NotAllowed):
            read(stage.actor("ruth"), case)
    assert parts.due(stage.actor("ruth"), [stage.memberships["asha"].pk], date(2026, 1, 1), 9) == []


def test_tasks_and_chasers_stay_in_their_agency_and_a_stale_window_changes_nothing(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    circle = Case.objects.get().circle
    task = actions.add_task(asha, case, what="Ring after court", due_on=TODAY, promised=True)
    chaser = actions.ask_agency(
        asha, case, to="Northshire Constabulary", ask="Reclassify", basis="duty", asked_on=date(2025, 11, 10)
    )
    priya = stage.memberships["priya"]
    Standing.objects.create(circle=circle, membership=priya, side="victim", basis="share", purpose="x", starts=stage.at)
    assert queries.tasks_of(stage.actor("priya"), case) == () == queries.chasers_of(stage.actor("priya"), case)
    with pytest.raises(NotFound):
        actions.end_task(stage.actor("priya"), Ref(task), to="done")
    with pytest.raises(NotFound):
        actions.add_task(asha, case, what="x", owner=priya.pk)
    (view,) = queries.chasers_of(asha, case)
    assert view.due_on == TODAY and view.due_says == "due today"  # C-31 of the story: 5 working days
    actions.move_chaser(asha, Ref(chaser), deed="chased", on=TODAY)
    with pytest.raises(OutOfDate):
        actions.move_chaser(asha, Ref(chaser, view.version), deed="answered", on=TODAY, said="Done")
    with pytest.raises(RuleBroken, match="what they answered"):
        actions.move_chaser(asha, Ref(chaser), deed="answered", on=TODAY)
    actions.move_chaser(asha, Ref(chaser), deed="answered", on=TODAY, said="Reclassified")
    with pytest.raises(RuleBroken, match="why it is dropped"):
        actions.end_task(asha, Ref(task), to="dropped")
    actions.end_task(asha, Ref(task), to="done")
    assert [one.open for one in queries.tasks_of(asha, case)] == [False]


def test_open_promises_go_with_a_handover(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    ruth = stage.memberships["ruth"]
    Standing.objects.create(
        circle=Circle.objects.get(), membership=ruth, side="victim", basis="team", purpose="x", starts=stage.at
    )
    actions.add_task(asha, case, what="Ring", due_on=TODAY, promised=True)
    assert actions.hand_tasks_on(asha, case, giver=stage.memberships["asha"].pk, receiver=ruth.pk) == 1
    (one,) = parts.due(stage.actor("ruth"), [ruth.pk], TODAY, 9)
    assert str(one.sentence) == "Promised: Ring"


def test_what_somebody_promised_who_left_waits_for_whoever_has_the_case(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    ruth, mine = stage.memberships["ruth"], [stage.memberships["asha"].pk]
    Standing.objects.create(
        circle=Circle.objects.get(), membership=ruth, side="victim", basis="team", purpose="x", starts=stage.at
    )
    actions.add_task(asha, case, what="Ring", due_on=TODAY, promised=True, owner=ruth.pk)
    assert parts.due(asha, mine, TODAY, 9) == []
    Membership.objects.filter(pk=ruth.pk).update(ends=stage.at)
    assert [str(one.sentence) for one in parts.due(asha, mine, TODAY, 9)] == ["Promised: Ring"]


def test_what_waits_is_told_by_its_day_to_whose_case_it_is(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    mine = [stage.memberships["asha"].pk]
    actions.note_right(asha, case, event="arrested", on=date(2025, 11, 13))
    actions.note_right(asha, case, event="right_5", on=date(2025, 11, 13))  # no clock: nothing is guessed
    actions.plan_court_day(asha, case, kind="bail", on=date(2025, 11, 20), court_name="Harrowby", lines={})
    actions.want_measure(asha, case, measure="screens", due_on=date(2025, 11, 19))
    actions.refer_to_therapy(
        asha, case, person=victim(case), provider="Meadow", weeks=9, referred_on=TODAY, told_to_wait="case"
    )
    waiting = parts.due(asha, mine, date(2025, 11, 30), 9)
    assert [(one.kind, one.on) for one in waiting if one.kind.startswith("casework.")][:4] == [
        ("casework.right", date(2025, 11, 14)), ("casework.therapy", TODAY), ("casework.measure", date(2025, 11, 19)),
        ("casework.court_day", date(2025, 11, 20)),
    ]  # fmt: skip
    assert parts.due(asha, mine, date(2025, 11, 13), 9) == []
    assert parts.due(stage.actor("stranger"), mine, date(2025, 11, 30), 9) == []
    circles.keep_out(asha, Ref(Circle.objects.get().pk), user=stage.memberships["asha"].user_id, reason="x")
    assert parts.due(stage.actor("asha"), mine, date(2025, 11, 30), 9) == []


def test_a_letter_that_left_waits_for_its_reply_until_one_is_written_down(stage: Stage) -> None:
    case, asha, mine = stage.case(), stage.actor("asha"), [stage.memberships["asha"].pk]
    agreed = actions.agree(asha, case, what=actions.Agreement("letter", "spoken", TODAY, whom="The manager"))
    reply = date(2025, 11, 20)
    draft = letters.Draft("employer", "The manager\n1 Clinic Street", ("lead",), reply_by=reply)
    row = Ref(actions.make_letter(asha, case, draft=draft, consent=agreed))

    def waits(who: str = "asha") -> list[tuple[date, str]]:
        told = parts.due(stage.actor(who), mine, date(2025, 12, 30), 50)
        return [(one.on, str(one.sentence)) for one in told if one.kind == "casework.letter"]

    assert waits() == [], "what has not left waits for nobody"
    with pytest.raises(RuleBroken, match="has not left"):
        actions.note_reply(asha, row, said="They will")
    sent = actions.send_letter(asha, row, kind="letter", to="1 Clinic Street")
    assert waits() == [] and notices.begin(asha, Ref(sent.id))
    notices.end_by_hand(asha, Ref(sent.id), how="done")
    assert waits() == [(reply, "Employer: no reply to our letter is written down")] and waits("stranger") == []
    with pytest.raises(RuleBroken, match="day to come"):
        actions.ask_letter_again(asha, row, reply_by=TODAY)
    actions.ask_letter_again(asha, row, reply_by=date(2025, 11, 27))
    assert waits() == [(date(2025, 11, 27), "Employer: no reply to our letter; asked 2 times")]
    with pytest.raises(RuleBroken, match="what they answered"):
        actions.note_reply(asha, row, said=" ")
    actions.note_reply(asha, row, said="Moira briefs reception")
    line = queries.letter(asha, row).line
    assert waits() == [] and (line.answer, line.chased, line.answered_at) == ("Moira briefs reception", 1, stage.at)
    with pytest.raises(RuleBroken, match="already"):
        actions.note_reply(asha, row, said="Again")


def test_a_letter_goes_to_nobody_whom_it_does_not_fit_and_says_why(stage: Stage, sign_in: SignIn) -> None:
    case, asha = stage.case(), stage.actor("asha")
    police = stage.memberships["priya"].agency
    police.kind = "police"
    police.save()
    agreed = {
        whom: actions.agree(asha, case, what=actions.Agreement("letter", "spoken", TODAY, whom=whom))
        for whom in ("Halden Bank", "Halden Bank, personnel", police.name, "The manager")
    }

    def write(kind: str, whom: str, ask: str) -> None:
        actions.make_letter(asha, case, draft=letters.Draft(kind, whom, (ask,)), consent=agreed[whom])

    write("bank", "Halden Bank", "joint")
    write("employer", "Halden Bank, personnel", "lead")
    write("employer", police.name, "lead")
    write("police", police.name, "update")
    for kind, whom, ask in (("employer", "Halden Bank", "lead"), ("bank", police.name, "joint")):
        with pytest.raises(RuleBroken, match=f"{whom} is known here as"):
            write(kind, whom, ask)
    stage.close()
    client, where = sign_in("asha"), f"/cases/{case.key}/letters/new/?kind="
    page = client.get(f"{where}bank").content.decode()
    offered = page.split('name="consent"')[1].split("</select>")[0]
    assert "Halden Bank," in offered and "The manager," in offered
    assert police.name not in offered and "personnel" not in offered and f"{police.name} is known here as" in page


def test_nobody_is_pressed_for_a_reply_once_consent_was_taken_back(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    agreed = actions.agree(asha, case, what=actions.Agreement("letter", "spoken", TODAY, whom="The bank"))
    draft = letters.Draft("bank", "The bank\n1 High Street", ("joint",), reply_by=date(2025, 11, 20))
    row = Ref(actions.make_letter(asha, case, draft=draft, consent=agreed))
    actions.take_letter(asha, row, form="pdf")
    mine = [stage.memberships["asha"].pk]
    assert "casework.letter" in {one.kind for one in parts.due(asha, mine, date(2025, 12, 30), 50)}
    actions.take_back(asha, Ref(agreed), said_by="client", follows="Nothing more is sent.")
    assert "casework.letter" not in {one.kind for one in parts.due(asha, mine, date(2025, 12, 30), 50)}
    with pytest.raises(RuleBroken, match="Ask first"):
        actions.ask_letter_again(asha, row, reply_by=date(2025, 12, 1))
    actions.note_reply(asha, row, said="They had written already")


def test_a_right_is_met_by_whoever_says_so_with_the_day(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    row = Ref(actions.note_right(asha, case, event="arrested", on=date(2025, 11, 13)))
    with pytest.raises(RuleBroken, match="day on which it was done"):
        actions.settle_right(asha, row, to="met", how="by text")
    with pytest.raises(RuleBroken, match="who told"):
        actions.settle_right(asha, row, to="met", told_on=TODAY)
    actions.settle_right(asha, row, to="met", told_on=TODAY, how="Asha, by safe text")
    (block,) = [one for one in queries.rights_of(asha, case) if one.noted]
    assert (block.number, block.noted[0].says, block.noted[0].due_on) == ("6", "met 3 days late", date(2025, 11, 14))


def test_therapy_notes_are_their_therapists_alone_and_no_case_knows_of_them(stage: Stage) -> None:
    case = stage.case()
    stage.close()
    entries = Entry.objects.filter(book_id=Case.objects.get().circle_id).count()
    kit, lead = stage.memberships["stranger"], stage.memberships["ruth"]
    lead.agency, lead.roles = kit.agency, [role.value for role in Role]
    lead.save()
    reference = actions.open_room(stage.actor("stranger"), name="Maya")
    room = Ref(reference)
    actions.write_note(stage.actor("stranger"), room, on=TODAY, attended="came", said="I wish")
    assert queries.room(stage.actor("stranger"), room).notes[0].words == "I wish"
    assert queries.attendance(stage.actor("stranger"), room) == ((TODAY, "came"),)
    for other in ("asha", "ruth", "priya", "moira"):
        actor = replace(stage.actor(other), roles=frozenset(Role))
        with pytest.raises(NotFound):
            queries.room(actor, room)
        assert queries.rooms(actor) == ()
        with pytest.raises(NotFound):
            actor.keys.open(TherapyNote.objects.get().words)
    assert not Circle.objects.exclude(case__reference=case.key).exists()
    stage.close()
    assert Entry.objects.filter(book_id=Case.objects.get().circle_id).count() == entries
    assert queries.rooms_left(stage.actor("ruth")) == ()
    with pytest.raises(RuleBroken, match="still works here"):
        actions.pass_room_on(stage.actor("ruth"), room=TherapyRoom.objects.get().pk, receiver=lead.pk)


def test_notes_of_a_therapist_who_left_are_passed_on_unread_and_erased_for_good(stage: Stage) -> None:
    kit, other, lead = (stage.memberships[name] for name in ("stranger", "priya", "ruth"))
    for one, roles in ((other, [Role.THERAPIST]), (lead, [Role.TEAM_LEAD, Role.THERAPIST])):
        one.agency, one.roles = kit.agency, [role.value for role in roles]
        one.save()
    room = Ref(actions.open_room(stage.actor("stranger"), name="Maya"))
    actions.write_note(stage.actor("stranger"), room, on=TODAY, attended="came", said="words")
    kit.ends = stage.at + timedelta(days=1)
    kit.save()
    stage.at += timedelta(days=2)
    (left,) = queries.rooms_left(stage.actor("ruth"))
    with pytest.raises(RuleBroken, match="without reading"):
        actions.pass_room_on(stage.actor("ruth"), room=left.id, receiver=lead.pk)
    actions.pass_room_on(stage.actor("ruth"), room=left.id, receiver=other.pk)
    assert queries.room(stage.actor("priya"), room).name == "Maya"
    actions.erase_room(stage.actor("priya"), room)
    assert not TherapyRoom.objects.exists()
    with pytest.raises(NotFound):
        queries.room(stage.actor("priya"), room)


def test_answers_stand_side_by_side_and_costs_add_up_by_kind(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    first = recovery.Asked(date(2025, 11, 7), "yes", {"sleep": 1}, {}, "It never stops")
    later = recovery.Asked(TODAY, "less", {"sleep": 3, "home": 2}, {"sleep": "with the light on"})
    actions.keep_answers(asha, case, asked=later)
    actions.keep_answers(asha, case, asked=first)
    view = queries.coping(asha, case)
    assert [one.still for one in view.askings] == ["still happening", "still happening, less"]
    assert [(one.marks, one.said) for one in view.pairs] == [((1, 3), ("", "with the light on")), ((None, 2), ("", ""))]
    assert b"light" not in bytes(CopeAnswer.objects.latest("on").__dict__["sheet"])
    lock = actions.add_cost(asha, case, kind="security", what="=Lock", pence=12050, on=TODAY, receipt="AB/1")
    actions.add_cost(asha, case, kind="travel", what="Taxi", pence=900, on=TODAY)
    wrong = actions.add_cost(asha, case, kind="travel", what="Twice", pence=900, on=TODAY)
    actions.withdraw_cost(asha, Ref(wrong), why="entered twice")
    actions.claim_cost(asha, Ref(lock), to="claimed")
    kept = queries.ledger(asha, case)
    assert (kept.sum, kept.entries, kept.receipts, kept.claimed) == ("£129.50", 2, 1, 1)
    assert b"'=Lock,120.50" in queries.ledger_sheet(asha, case) and b"Twice" not in queries.ledger_sheet(asha, case)
    assert SafetyPlan.objects.count() == 0
