"""The helpline behind its doors: who stands in a contact, what is refused, and what is promised."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.casework import actions as case_actions
from joindots.casework import queries as cases
from joindots.casework.rules.intake import ORIGIN_WORDS
from joindots.circles import actions as circles
from joindots.helpline import actions, answers, queries
from joindots.helpline.actions.calls import Wrapped
from joindots.helpline.models import CallBack, Line, Pause, ReadyStep, Unanswered
from joindots.helpline.rules import shift
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.people import actions as people_actions
from joindots.people import queries as people
from tests.stage import CANARY, NOW, Stage

REACH = {"called": f"Rhian {CANARY}", "cut_off": "text", "number": "07700 900777", "times": "Mon-Fri 12:30-13:15"}


@pytest.fixture
def line(stage: Stage) -> Stage:
    """Jo and Kay advise, Bea supervises, all ready for calls; they work where Asha does."""
    agency = stage.memberships["asha"].agency
    for name, role in (
        ("jo", Role.HELPLINE_ADVISER),
        ("kay", Role.HELPLINE_ADVISER),
        ("bea", Role.HELPLINE_SUPERVISOR),
    ):
        user = User.objects.create(username=name, name=name.capitalize())
        stage.memberships[name] = Membership.objects.create(
            user=user, agency=agency, roles=[role.value], starts=NOW - timedelta(days=90)
        )
    for name in ("jo", "kay", "bea"):
        for step in shift.STEPS[:4]:
            ReadyStep.objects.create(
                agency=agency, membership=stage.memberships[name], step=step.code, done_on=date(2025, 10, 1), at=NOW,
                by=stage.memberships["asha"],
            )  # fmt: skip
    return stage


def call(line: Stage, by: str = "jo", **told: str) -> Ref:
    """A call with what was said on it."""
    made = Ref(actions.open_contact(line.actor(by), channel="call"))
    actions.say(line.actor(by), made, told=told or REACH)
    return made


def seen(line: Stage, made: Ref, by: str = "jo", at: datetime | None = None) -> Any:
    return queries.contact(line.actor(by, at), made)


def test_a_mark_that_stands_in_the_note_at_the_end_sets_its_field_as_enter_would(line: Stage) -> None:
    made = call(line)
    actions.end_contact(line.actor("jo"), made, typed="/8n\n/relation same choir\n/i")
    page = seen(line, made)
    assert {one.code: one.told for one in page.prompts if one.told} == {"hear_threat": "no"}
    assert page.facts[0].told.says == "same choir" and page.facts[0].told.line == 1
    assert [one.words for one in page.lines] == ["same choir"]


def test_only_who_takes_a_call_and_the_supervisors_may_know_of_it(line: Stage) -> None:
    made = call(line)
    actions.keep_line(line.actor("jo"), made, typed=f"He waits, {CANARY}")
    assert seen(line, made, "bea").lines[0].words == f"He waits, {CANARY}"
    for other in ("kay", "asha", "stranger"):
        with pytest.raises(NotFound):
            seen(line, made, other)


def test_marks_become_facts_with_the_line_they_came_from(line: Stage) -> None:
    made = call(line)
    note = "/3 waited by the hall\n/i silent calls | August | unknown | phone\n/relation same choir\n/8n\nplain"
    assert actions.keep_line(line.actor("jo"), made, typed=note) == 4
    page = seen(line, made)
    assert [one.kind for one in page.lines] == ["heard", "incident", "fact", "plain"]
    assert {one.code: one.told for one in page.prompts if one.told} == {"hear_near": "yes", "hear_threat": "no"}
    assert page.facts[0].told.says == "same choir" and page.facts[0].told.line == 3
    assert page.asked == 2


def test_the_same_line_sent_again_is_kept_once(line: Stage) -> None:
    made = call(line)
    form = Line().pk
    for _ in range(2):
        actions.keep_line(line.actor("jo"), made, typed="He waited", form=form)
    assert Line.objects.count() == 1


def test_a_mark_without_its_words_is_refused_and_nothing_is_kept(line: Stage) -> None:
    made = call(line)
    with pytest.raises(RuleBroken, match="after the mark"):
        actions.keep_line(line.actor("jo"), made, typed="first\n/i")
    assert Line.objects.count() == 0


def test_who_is_not_ready_takes_no_call_and_is_told_what_is_missing(line: Stage) -> None:
    ReadyStep.objects.filter(membership=line.memberships["jo"], step="training").delete()
    with pytest.raises(RuleBroken, match="training finished"):
        actions.open_contact(line.actor("jo"), channel="call")


def test_nobody_notes_their_own_checks(line: Stage) -> None:
    with pytest.raises(RuleBroken, match="Somebody else"):
        actions.note_ready(
            line.actor("bea"), membership=line.memberships["bea"].pk, step="training", done_on=date(2025, 1, 1)
        )


def test_a_break_holds_the_next_call_until_it_is_ended(line: Stage) -> None:
    made = call(line)
    actions.end_contact(line.actor("jo"), made, typed="last words")
    actions.wrap_up(line.actor("jo"), made, wrapped=Wrapped("advice", rest=True))
    with pytest.raises(RuleBroken, match="break runs"):
        actions.open_contact(line.actor("jo"), channel="call")
    actions.end_pause(line.actor("jo"))
    assert not Pause.objects.filter(ends__gt=NOW).exists()
    actions.open_contact(line.actor("jo"), channel="call")


def test_a_call_back_is_promised_inside_the_safe_times_and_shows_the_number_only_then(line: Stage) -> None:
    unsafe = Ref(actions.open_contact(line.actor("jo"), channel="email"))
    actions.end_contact(line.actor("jo"), unsafe)
    with pytest.raises(RuleBroken, match="No safe way was given"):
        actions.wrap_up(line.actor("jo"), unsafe, wrapped=Wrapped("call_back"))
    made = call(line)
    actions.end_contact(line.actor("jo"), made)
    with pytest.raises(RuleBroken, match="safe way back"):
        actions.wrap_up(line.actor("jo"), made, wrapped=Wrapped("call_back"))
    actions.wrap_up(line.actor("jo"), made, wrapped=Wrapped("call_back", date(2025, 11, 18), checked=True))
    row = CallBack.objects.get()
    assert (row.starts, row.ends) == (_at(18, 12, 30), _at(18, 13, 15))
    assert "900777" not in str(seen(line, made))
    assert seen(line, made, at=_at(18, 12, 40)).calls[0].number == "07700 900777"
    with pytest.raises(RuleBroken, match="Not now"):
        actions.note_attempt(line.actor("jo", _at(18, 13, 20)), Ref(row.pk), result="no_answer")
    actions.note_attempt(line.actor("jo", _at(18, 12, 40)), Ref(row.pk), result="no_answer", again=date(2025, 11, 19))
    assert [one.due_on for one in CallBack.objects.filter(state="promised")] == [date(2025, 11, 19)]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"cut_off": "nothing"}, "No safe way"),
        ({"cut_off": "ring"}, "number that is safe"),
        ({"cut_off": "ring", "number": "07700 900777", "times": "9-3"}, "cannot be read by the clock"),
    ],
)
def test_without_a_safe_way_nothing_is_promised(line: Stage, told: dict[str, str], why: str) -> None:
    made = call(line, **told)
    with pytest.raises(RuleBroken, match=why):
        actions.promise_call(line.actor("jo"), made)
    assert CallBack.objects.count() == 0


def test_an_earlier_contact_shows_nothing_before_it_is_linked_with_consent(line: Stage) -> None:
    first = call(line, "kay", **REACH, word="Tangerine")
    actions.end_contact(line.actor("kay"), first, typed=f"earlier {CANARY}")
    now = call(line, called="Somebody")
    for typed in ("rhian zanzibarcanary", "+44 7700 900777", "TANGERINE"):
        found = actions.look_earlier(line.actor("jo"), now, typed=typed)
        assert len(found) == 1 and CANARY not in repr(found), typed
    with pytest.raises(NotFound):
        seen(line, first)
    with pytest.raises(RuleBroken, match="Ask the caller"):
        actions.link_earlier(line.actor("jo"), now, other=found[0].id, typed=typed, consent=False)
    with pytest.raises(NotFound):
        actions.link_earlier(line.actor("jo"), now, other=found[0].id, typed="somebody else", consent=True)
    actions.link_earlier(line.actor("jo"), now, other=found[0].id, typed=typed, consent=True)
    assert seen(line, first).lines[0].words == f"earlier {CANARY}"


def test_nobody_goes_through_names_on_one_contact(line: Stage) -> None:
    now = call(line, called="Somebody")
    for number in range(10):
        actions.look_earlier(line.actor("jo"), now, typed=f"name {number}")
    with pytest.raises(RuleBroken, match="10 looks"):
        actions.look_earlier(line.actor("jo"), now, typed="one more")


@pytest.mark.parametrize("caller", ["doing_it", "friend", "work", "professional"])
def test_earlier_contacts_are_looked_for_with_nobody_but_the_person(line: Stage, caller: str) -> None:
    call(line, "kay")
    now = call(line, caller=caller)
    with pytest.raises(RuleBroken):
        actions.look_earlier(line.actor("jo"), now, typed="07700 900777")


def test_for_who_may_be_doing_it_nothing_is_opened_or_offered(line: Stage) -> None:
    made = call(line, caller="doing_it")
    with pytest.raises(RuleBroken, match="nothing is confirmed"):
        actions.open_case_from(line.actor("jo"), made, consent="yes")
    with pytest.raises(RuleBroken, match="nothing is confirmed"):
        actions.offer(line.actor("jo"), made, kind="signpost", name="Example Service")


def test_a_colleague_listens_only_when_asked_and_writes_whispers(line: Stage) -> None:
    made = call(line)
    with pytest.raises(NotFound):
        actions.listen(line.actor("kay"), reference=str(made.key))
    actions.invite(line.actor("jo"), made, membership=line.memberships["kay"].pk)
    actions.listen(line.actor("kay"), reference=str(made.key))
    actions.keep_line(line.actor("kay"), made, typed="/i ask about the car")
    assert [(one.kind, one.by) for one in seen(line, made).lines] == [("whisper", "Kay")]
    actions.keep_draft(line.actor("jo"), made, typed="hers")
    actions.keep_draft(line.actor("kay"), made, typed="not hers")
    assert seen(line, made).draft == "hers"
    with pytest.raises(RuleBroken, match="Whisper instead"):
        actions.say(line.actor("kay"), made, told={"called": "x"})


def test_who_listens_asks_nobody_in_and_opens_no_ended_contact_again(line: Stage) -> None:
    made = call(line)
    kay, bea = line.memberships["kay"].pk, line.memberships["bea"].pk
    actions.invite(line.actor("jo"), made, membership=bea)
    actions.invite(line.actor("jo"), made, membership=kay)  # who was asked and did not come gives way
    actions.listen(line.actor("kay"), reference=str(made.key))
    with pytest.raises(RuleBroken, match="Whisper instead"):
        actions.invite(line.actor("kay"), made, membership=bea)
    with pytest.raises(RuleBroken, match="listens already"):
        actions.invite(line.actor("jo"), made, membership=bea)
    assert seen(line, made).listener == "Kay"
    actions.end_contact(line.actor("jo"), made)
    with pytest.raises(RuleBroken, match="Whisper instead"):
        actions.go_on(line.actor("kay"), made)
    assert seen(line, made).state == "wrap"
    actions.go_on(line.actor("jo"), made)
    assert seen(line, made).state == "live"


def test_what_was_missed_comes_in_once_and_no_number_with_it(line: Stage) -> None:
    data = (
        "at,outcome,waited,number\n2025-11-16T10:00,Missed,40,07700900123\nsoon,missed,1,\n2099-01-01T10:00,missed,,\n"
    )
    first = actions.bring_in_unanswered(line.actor("bea"), data=data)
    again = actions.bring_in_unanswered(line.actor("bea"), data=data)
    assert (first.taken, first.unread, again.taken, again.before) == (1, (3, 4), 0, 1)
    assert Unanswered.objects.get().waited == 40


def test_a_case_is_opened_only_with_consent_and_the_note_stays_where_it_is(line: Stage) -> None:
    made = call(line, **REACH, word="Paper Lanterns")
    with pytest.raises(RuleBroken, match="Write down"):
        actions.open_case_from(line.actor("jo"), made, consent=" ")
    reference = actions.open_case_from(line.actor("jo"), made, consent="name and number, to Stillwater")
    assert seen(line, made).case == reference
    came = cases.intake(line.actor("jo"), Ref(reference))
    assert came is not None and came.origin == ORIGIN_WORDS["contact"], "the clock of the first contact runs"
    assert queries.of_case(line.actor("jo"), Ref(reference))[0][0] == made.key
    (victim,) = people.people_in(line.actor("jo"), Ref(cases.case(line.actor("jo"), Ref(reference)).circle))
    reach = people.reach_of(line.actor("jo"), Ref(victim.id))
    assert reach is not None and "Mon to Fri 12:30 to 13:15" in str(reach)
    circle = Ref(cases.case(line.actor("jo"), Ref(reference)).circle)
    word = people_actions.check_caller(line.actor("jo"), circle, person=victim.id, word="paper lanterns")
    assert word == "fits", "the word agreed on the call is theirs in the case"
    with pytest.raises(RuleBroken, match="already"):
        actions.open_case_from(line.actor("jo"), made, consent="again")


def test_a_friend_who_rings_is_never_taken_for_the_person_the_case_is_about(line: Stage) -> None:
    made = call(line, **REACH, word="Paper Lanterns", caller="friend")
    with pytest.raises(RuleBroken, match="Somebody else rang"):
        actions.open_case_from(line.actor("jo"), made, consent="to look for help")
    reference = actions.open_case_from(line.actor("jo"), made, consent="to look for help", about="Seren Example")
    head = cases.case(line.actor("jo"), Ref(reference))
    (victim,) = people.people_in(line.actor("jo"), Ref(head.circle))
    assert victim.name == "Seren Example" and "somebody else rang" in head.summary
    assert people.reach_of(line.actor("jo"), Ref(victim.id)) is None
    assert not people.caller_page(line.actor("jo"), Ref(head.circle), victim.id).has_code
    assert queries.spoken_last(line.actor("jo"), [head.circle]) == {}, "nobody spoke with the person yet"


def test_a_friend_who_rings_is_not_referred_as_the_person_nor_their_number_as_theirs(line: Stage) -> None:
    made, there = call(line, **REACH, caller="friend"), line.memberships["priya"].agency
    said = {"kind": "referral", "name": there.name, "consent": "to be rung", "agency": there.pk, "reach": True}
    actions.offer(line.actor("jo"), made, **said)
    (came,) = cases.referrals_in(line.actor("priya"))
    told = cases.referral_in(line.actor("priya"), Ref(came.id))
    assert told.name == "Name not given (a friend or relative rang)"
    assert told.reach.startswith("Not theirs, but of whoever rang (") and CANARY in told.reach


def test_handing_a_person_over_needs_consent_words_and_a_taker(line: Stage) -> None:
    made = call(line)
    with pytest.raises(RuleBroken, match="consent words"):
        actions.offer(line.actor("jo"), made, kind="transfer", name="Example Service")
    given = actions.offer(line.actor("jo"), made, kind="transfer", name="Example Service", consent="my name")
    with pytest.raises(RuleBroken, match="who at the other"):
        actions.answer_offer(line.actor("jo"), Ref(given), accepted=True, taker="")
    actions.answer_offer(line.actor("jo"), Ref(given), accepted=True, taker="Sam, 10:40")
    assert seen(line, made).offers[0].state == "accepted"


def test_a_referral_from_a_call_comes_in_at_the_agency_and_its_answer_comes_back(line: Stage) -> None:
    made = call(line)
    there, kin = line.memberships["priya"].agency, line.memberships["moira"]
    kin.agency, kin.team, kin.roles = there, line.memberships["priya"].team, ["police_spoc"]
    kin.save()
    circles.keep_out_member(
        line.actor("jo"), Ref(seen(line, made).circle), membership=line.memberships["moira"].pk, reason="kin"
    )
    said = {"kind": "referral", "name": there.name, "consent": "my name and the texts", "agency": there.pk}
    given = actions.offer(line.actor("jo"), made, **said, reach=True)
    (came,) = cases.referrals_in(line.actor("priya"))
    told = cases.referral_in(line.actor("priya"), Ref(came.id))
    assert told.tells[0][1] == "my name and the texts" and CANARY in told.name
    assert told.reach == "07700 900777 Do not ring back. Text only, Mon-Fri 12:30-13:15.", "a number and its rules"
    assert cases.referrals_in(line.actor("moira")) == (), "kept out of the contact, kept out of the referral"
    assert seen(line, made).offers[0].here.state == "sent"
    case_actions.reject_referral(line.actor("priya"), Ref(came.id, told.version), rejected="full", answer="")
    (view,) = [one for one in seen(line, made).offers if one.id == given]
    assert view.here and (view.here.state, bool(view.here.why)) == ("rejected", True)
    given = actions.offer(line.actor("jo"), made, **said | {"kind": "transfer", "taker": "Priya"})
    (came,) = [one for one in cases.referrals_in(line.actor("priya")) if one.id != came.id]
    told = cases.referral_in(line.actor("priya"), Ref(came.id))
    assert told.tells[0][1] == "Handed over by voice to Priya. my name and the texts" and not told.reach
    case_actions.accept_referral(line.actor("priya"), Ref(came.id, told.version))
    (view,) = [one for one in seen(line, made).offers if one.id == given]
    assert view.here and view.here.state == "accepted", "handed over by voice, and finished on both sides"


def test_a_call_back_is_due_to_its_owner_and_a_contact_is_found_by_who_may_know(line: Stage) -> None:
    made = call(line)
    actions.promise_call(line.actor("jo"), made)
    jo = line.memberships["jo"].pk
    told = list(answers.due(line.actor("jo"), [jo], date(2025, 11, 17), 9))
    assert [(one.on, one.reason) for one in told] == [(date(2025, 11, 17), "promised")]
    late = list(answers.due(line.actor("jo", _at(18, 9, 0)), [jo], date(2025, 11, 18), 9))
    assert [one.reason for one in late] == ["late"] and CANARY not in str(late[0].sentence)
    assert list(answers.due(line.actor("kay"), [jo], date(2025, 11, 18), 9)) == []
    typed = str(made.key).lower().replace("-", " ")
    assert [one.title for one in answers.found(line.actor("bea"), typed)] == [f"Rhian {CANARY}, {made.key}"]
    assert list(answers.found(line.actor("kay"), typed)) == list(answers.found(line.actor("stranger"), typed)) == []


def test_whom_a_contact_keeps_out_meets_no_trace_of_it_on_the_line(line: Stage) -> None:
    made = call(line, **REACH, word="Tangerine")
    actions.promise_call(line.actor("jo"), made)
    given = CallBack.objects.get().pk
    circle = seen(line, made).circle
    circles.keep_out_member(line.actor("jo"), Ref(circle), membership=line.memberships["kay"].pk, reason="kin")
    kay = line.actor("kay")
    desk = queries.desk(kay)
    assert desk.calls == desk.waiting == () and queries.hand_over(kay).calls == ()
    now = call(line, "kay", called="Somebody")
    assert actions.look_earlier(line.actor("kay"), now, typed="Tangerine") == ()
    with pytest.raises(NotFound):
        actions.take_over_call(line.actor("kay"), call=given)


def test_another_agencys_line_meets_nothing_of_this_one(line: Stage) -> None:
    made = call(line)
    actions.promise_call(line.actor("jo"), made)
    given = CallBack.objects.get().pk
    stranger = line.actor("stranger")
    assert queries.desk(stranger).calls == ()
    for deed in (
        lambda: actions.take_over_call(line.actor("stranger"), call=given),
        lambda: actions.note_attempt(line.actor("stranger"), Ref(given), result="reached"),
        lambda: actions.keep_line(line.actor("stranger"), made, typed="x"),
        lambda: actions.go_on(line.actor("stranger"), made),
    ):
        with pytest.raises(NotFound):
            deed()
    ReadyStep.objects.update(membership=line.memberships["stranger"])
    with pytest.raises(NotFound):
        actions.take_waiting(line.actor("stranger"), reference=str(made.key))


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2025, 11, day, hour, minute, tzinfo=UTC)


def test_a_goodbye_waits_until_nothing_is_left_and_ends_calls_turns_and_lets_the_way_in_be_closed(line: Stage) -> None:
    jo, bea = line.memberships["jo"].pk, line.actor("bea")
    made = call(line)
    assert answers.leaving(jo) is not None
    with pytest.raises(RuleBroken):
        actions.note_ready(bea, membership=jo, step="goodbye", done_on=NOW.date())
    actions.end_contact(line.actor("jo"), made)
    actions.wrap_up(line.actor("jo"), made, wrapped=Wrapped("advice"))
    assert answers.leaving(jo) is None
    later = NOW + timedelta(days=2)
    actions.put_on_rota(
        line.actor("bea"), membership=jo, starts=later, ends=later + timedelta(hours=4), out_of_hours=False
    )  # fmt: skip
    assert queries.leaver(line.actor("bea"), jo).turns_to_come == 1
    actions.note_ready(line.actor("bea"), membership=jo, step="goodbye", done_on=NOW.date())
    left = queries.leaver(line.actor("bea"), jo)
    assert (left.turns_to_come, left.said) == (0, NOW.date())
    with pytest.raises(RuleBroken):
        actions.open_contact(line.actor("jo"), channel="call")
    with pytest.raises(NotFound):
        queries.leaver(line.actor("stranger"), jo)


def test_a_supervision_noted_with_its_notes_counts_for_the_line(line: Stage) -> None:
    jo = line.memberships["jo"]
    assert next(one for one in queries.care(line.actor("bea")) if one.name == "Jo").supervision_due
    case_actions.note_supervision(line.actor("bea"), whose=jo.pk, on=NOW.date(), notes="Rest.")
    assert not next(one for one in queries.care(line.actor("bea")) if one.name == "Jo").supervision_due
