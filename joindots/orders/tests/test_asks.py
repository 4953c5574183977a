"""Asking a force for an order: what it sees, one ask at a time, the answer told by a person, consent, small counts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access import parts
from joindots.access.door import Ref
from joindots.agencies.models import Agency, Membership, User
from joindots.casework import actions as casework
from joindots.casework.models import Case
from joindots.casework.rules import agreeing
from joindots.circles.models import Circle, Standing
from joindots.kernel.dots import Reason
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.small_numbers import SMALL
from joindots.kernel.when import london_day
from joindots.law.tables import police_forces
from joindots.orders import actions, answers, queries
from joindots.orders.models import AskIn, OrderAsk
from joindots.orders.rules import asks as rule
from joindots.orders.tests.test_actions import begun
from joindots.people import actions as people
from joindots.people.rules.roles import SECOND_NEEDED
from tests.stage import CANARY, NOW, Stage

TODAY = london_day(NOW)
ABOUT = "Callum Pryce, about 34, as named in the crime report"
NEED = "Six acts in a month, coming closer each time; bail ended on Friday and nothing binds him now."
WHY = "Danger to life: he said on Monday that he knows where she is and is coming."


@pytest.fixture
def circle(stage: Stage) -> UUID:
    Agency.objects.filter(name="Northshire").update(kind="police")
    found: UUID = Case.objects.get(reference=stage.case("asha").key).circle_id
    return found


def of(stage: Stage) -> Agency:
    found: Agency = stage.memberships["priya"].agency
    return found


def agreed(stage: Stage, circle: UUID, **more: Any) -> UUID:
    case = Case.objects.get(circle=circle)
    what = casework.Agreement("refer", "spoken", TODAY, of(stage).pk, purpose="asking for an order", **more)
    return casework.agree(stage.actor("asha"), Ref(case.reference), what=what)


def asking(stage: Stage, consent: UUID | None, **more: Any) -> actions.Asking:
    ask = rule.Ask("spo", "Maya", ABOUT, NEED, days=more.pop("days", rule.ANSWER_WORKING_DAYS))
    return actions.Asking(more.pop("force", str(of(stage).pk)), ask, consent=consent, **more)


def asked(stage: Stage, circle: UUID) -> tuple[UUID, UUID]:
    """An ask and the force's copy of it."""
    key = actions.ask_for_order(stage.actor("asha"), Ref(circle), what=asking(stage, agreed(stage, circle)))
    return key, AskIn.objects.get(sent=key).pk


def answer(stage: Stage, came: UUID, said: str, **more: Any) -> None:
    given = {"why": "The acts do not reach the test yet, in our view.", "applied_on": None, "again_on": None, **more}
    actions.answer_ask(stage.actor("priya"), Ref(came), answer=said, **given)


def test_the_force_sees_what_it_was_told_and_nothing_else_of_the_case(stage: Stage, circle: UUID) -> None:
    key, came = asked(stage, circle)
    seen = queries.ask_in(stage.actor("priya"), Ref(came))
    assert seen.sheet is not None
    assert (seen.sheet.name, seen.sheet.need, seen.sheet.relied) == ("Maya", NEED, ())
    assert "agreed to this on 17 November 2025" in seen.sheet.basis
    assert (seen.case, CANARY in repr(seen)) == ("", False)
    assert seen.due_on == date(2025, 11, 24), "five working days: a default of this service"
    me = stage.actor("priya")
    due = list(answers.due(me, [me.membership_id], TODAY, 60))
    assert [(one.kind, one.on) for one in due] == [("orders.ask_in", seen.due_on)]
    with pytest.raises(NotFound):
        queries.ask(stage.actor("ruth"), Ref(key))  # of the same agency, but she may not know of the case
    with pytest.raises(NotFound):
        queries.ask_in(stage.actor("stranger"), Ref(came))
    stage.close()


def test_while_one_ask_goes_on_a_second_is_refused_by_a_sentence(stage: Stage, circle: UUID) -> None:
    key, came = asked(stage, circle)
    consent = OrderAsk.objects.get(pk=key).consent_id
    with pytest.raises(RuleBroken, match="Asha asked this force for this order on 17 November 2025"):
        actions.ask_for_order(stage.actor("asha"), Ref(circle), what=asking(stage, consent))
    answer(stage, came, "no")
    actions.ask_for_order(stage.actor("asha"), Ref(circle), what=asking(stage, consent))
    with pytest.raises(RuleBroken, match="cannot be answered any more"):
        answer(stage, came, "no")


def test_an_answer_is_told_by_a_person_and_stands_on_the_desk_until_then(stage: Stage, circle: UUID) -> None:
    key, came = asked(stage, circle)
    answer(stage, came, "not_yet", again_on=TODAY + timedelta(days=7))
    me = stage.actor("asha")
    due = list(answers.due(me, [me.membership_id], TODAY, 60))
    assert [(one.kind, one.reason) for one in due] == [("orders.ask_tell", Reason.NEW)]
    view = queries.ask(stage.actor("asha"), Ref(key))
    assert (view.state, view.due_on, view.told) == ("not_yet", TODAY + timedelta(days=7), "")
    with pytest.raises(RuleBroken, match="why it is not told now"):
        actions.tell_answer(stage.actor("asha"), Ref(key, view.version), told="not_now", how=" ")
    actions.tell_answer(stage.actor("asha"), Ref(key, view.version), told="not_now", how="He is with her until Friday")
    assert OrderAsk.objects.get(pk=key).to_tell, "not told yet: it stays to be told"
    with pytest.raises(OutOfDate):
        actions.tell_answer(stage.actor("asha"), Ref(key, view.version), told="told", how="")
    actions.tell_answer(stage.actor("asha"), Ref(key), told="told", how="")
    assert list(answers.due(me, [me.membership_id], TODAY, 60)) == []
    late = list(answers.due(me, [me.membership_id], TODAY + timedelta(days=7), 60))
    assert [(one.kind, one.reason) for one in late] == [("orders.ask", Reason.LATE)]
    stage.close()


def test_when_consent_goes_the_ask_goes_and_its_words_at_the_force(stage: Stage, circle: UUID) -> None:
    key, came = asked(stage, circle)
    consent = OrderAsk.objects.get(pk=key).consent_id
    assert consent is not None
    casework.take_back(stage.actor("asha"), Ref(consent), said_by="client", follows="No ask for now")
    assert OrderAsk.objects.get(pk=key).state == "withdrawn"
    seen = queries.ask_in(stage.actor("priya"), Ref(came))
    assert (seen.sheet, seen.state, seen.open) == (None, "withdrawn", False)
    with pytest.raises(RuleBroken, match="no consent in force"):
        actions.ask_for_order(stage.actor("asha"), Ref(circle), what=asking(stage, consent))


def test_what_must_never_leave_stops_an_ask_in_its_name_too_and_again_when_it_is_sent(
    stage: Stage, circle: UUID
) -> None:
    people.protect(stage.actor("asha"), Ref(circle), kind="address", word="12 Elm Rise, Exampletown")
    case = Case.objects.get(circle=circle)
    what = casework.Agreement(
        "refer", "spoken", TODAY, None, police_forces()["cleveland"].name, purpose="asking for an order"
    )
    consent = casework.agree(stage.actor("asha"), Ref(case.reference), what=what)
    for name in ("Maya, 12 Elm Rise, Exampletown", "Maya at 12 elm rise exampletown"):
        bad = asking(stage, consent, force="cleveland")
        bad = replace(bad, ask=replace(bad.ask, name=name))
        with pytest.raises(RuleBroken, match="must not leave"):
            actions.ask_for_order(stage.actor("asha"), Ref(circle), what=bad)
    key = actions.ask_for_order(stage.actor("asha"), Ref(circle), what=asking(stage, consent, force="cleveland"))
    people.protect(stage.actor("asha"), Ref(circle), kind="other", word="Friday")
    with pytest.raises(RuleBroken, match="must not leave"):
        actions.send_ask(stage.actor("asha"), Ref(key), kind="letter", to="1 Example Street\nExampletown")
    assert OrderAsk.objects.get(pk=key).notice_id is None


def test_no_order_is_asked_for_against_somebody_recorded_as_a_victim_on_one_persons_word(
    stage: Stage, circle: UUID
) -> None:
    people.add_person(stage.actor("asha"), Ref(circle), name="Callum Pryce", stands_as="suspect")
    stage.case("asha", victim="Callum Pryce")
    with pytest.raises(RuleBroken, match=re.escape(SECOND_NEEDED)):
        asked(stage, circle)
    assert not OrderAsk.objects.exists()
    stage.close()


def test_without_consent_a_basis_in_law_is_named_with_its_reasons(stage: Stage, circle: UUID) -> None:
    for wrong, says in (
        ({"basis": "consent"}, "no consent in force"),
        ({"basis": "because"}, "another basis in law"),
        ({"basis": next(iter(agreeing.bases())), "why_basis": "urgent"}, "at least 20 letters"),
    ):
        with pytest.raises(RuleBroken, match=says):
            actions.ask_for_order(stage.actor("asha"), Ref(circle), what=asking(stage, None, **wrong))
    case = Case.objects.get(circle=circle)
    reads = casework.Agreement("share", "spoken", TODAY, of(stage).pk, purpose="the investigation")
    only_reads = casework.agree(stage.actor("asha"), Ref(case.reference), what=reads)
    with pytest.raises(RuleBroken, match="no consent in force"):  # that they may read it is not that they are asked
        actions.ask_for_order(stage.actor("asha"), Ref(circle), what=asking(stage, only_reads))
    what = asking(stage, None, basis=next(iter(agreeing.bases())), why_basis=WHY)
    key = actions.ask_for_order(stage.actor("asha"), Ref(circle), what=what)
    assert queries.ask(stage.actor("asha"), Ref(key)).why_basis == WHY


def test_only_who_works_for_the_person_asks_and_only_in_a_case_of_their_own_agency(stage: Stage, circle: UUID) -> None:
    with pytest.raises(NotAllowed):
        actions.ask_for_order(stage.actor("priya"), Ref(circle), what=asking(stage, None))
    with pytest.raises(NotFound):
        actions.ask_for_order(stage.actor("stranger"), Ref(circle), what=asking(stage, None))
    assert not OrderAsk.objects.exists()


DAY = date(2026, 1, 1)
COUNTED = st.builds(
    rule.Asked, st.sampled_from(["A", "B"]), st.sampled_from([one.value for one in rule.AskState]), st.just(DAY),
    st.just(DAY + timedelta(days=7)), st.none() | st.integers(0, 20).map(lambda days: DAY + timedelta(days=days)),
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(COUNTED, max_size=40))
def test_what_is_counted_for_a_force_is_what_was_asked_of_it(asks: list[rule.Asked]) -> None:
    for one in rule.counted(asks):
        mine = [ask for ask in asks if ask.force == one.force]
        assert one.asked == (len(mine) if len(mine) >= SMALL else None)
        assert one.applied in (None, sum(ask.state == "applied" for ask in mine))
        assert one.in_time is None or one.answered is not None
        assert one.in_time in (None, sum(ask.answered_on is not None and ask.answered_on <= ask.due_on for ask in mine))


def test_where_the_person_reported_has_kin_in_the_force_it_goes_to_who_knows_already_alone(
    stage: Stage, circle: UUID
) -> None:
    Circle.objects.filter(pk=circle).update(restricted_from=of(stage))
    with pytest.raises(RuleBroken, match="works there"):
        asked(stage, circle)
    tom = Membership.objects.create(
        user=User.objects.create(username="tom", name="Tom"), agency=of(stage), starts=NOW - timedelta(days=9),
        roles=["police_officer"],
    )  # fmt: skip
    Standing.objects.create(circle_id=circle, membership=tom, side="both", basis="share", purpose="shared",
                            read_only=True, starts=NOW - timedelta(days=1))  # fmt: skip
    stage.memberships["tom"] = tom
    _, came = asked(stage, circle)
    assert queries.ask_in(stage.actor("tom"), Ref(came)).case, "he may know of the case: it is named to him"
    with pytest.raises(NotFound):
        queries.ask_in(stage.actor("priya"), Ref(came))
    stage.close()


def test_when_the_case_that_asked_is_erased_its_words_go_at_the_force_too(stage: Stage, circle: UUID) -> None:
    _, came = asked(stage, circle)
    answer(stage, came, "not_yet", again_on=TODAY + timedelta(days=7))
    assert parts.forget(circle)
    row = AskIn.objects.get(pk=came)
    told = queries.ask_in(stage.actor("priya"), Ref(came))
    assert (told.sheet, told.sender, told.open, row.sent) == (None, "", False, None)
    assert told.answer.startswith("The acts do not reach"), "the force's own words stay its own"
    stage.close()


def test_applied_is_tied_to_the_forces_own_order_and_takes_its_day(stage: Stage, circle: UUID) -> None:
    key, came = asked(stage, circle)
    theirs = Case.objects.get(reference=stage.case("priya", victim="Rhian Example").key).circle_id
    order = begun(stage, theirs)
    (lodged,) = queries.orders_lodged(stage.actor("priya"))
    assert (lodged.order, lodged.victim) == (order, "Rhian Example")
    with pytest.raises(RuleBroken, match="Choose an order of yours"):
        answer(stage, came, "applied", order=came)
    answer(stage, came, "applied", order=order)
    told = queries.ask_in(stage.actor("priya"), Ref(came))
    assert (told.applied_order, told.applied_on) == (order, max(lodged.on, told.asked_on))
    assert queries.ask(stage.actor("asha"), Ref(key)).applied_on == told.applied_on
    assert "Rhian" not in repr(queries.ask(stage.actor("asha"), Ref(key))), "nothing of the force's own case"
    stage.close()
