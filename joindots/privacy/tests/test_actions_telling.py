"""What police and others ask about a client: it stands in the case, and nothing is given before the client was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from joindots.access import parts
from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.audit.models import Entry
from joindots.casework import queries as cases
from joindots.circles.models import Standing
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.notices import actions as notices
from joindots.people import actions as people
from joindots.people.rules.reaching import Card, Use, Way
from joindots.people.rules.reaching import Kind as WayKind
from joindots.privacy import actions, queries
from joindots.privacy.models import Request
from joindots.privacy.rules import GROUNDS, Kind
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

HOME = Way(id=UUID(int=1), kind=WayKind.ADDRESS, value="1 Example Row\nZZ99 1AA", uses=(Use.POST,), main=True)


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def stands(stage: Stage, name: str, circle: UUID, side: str = "victim") -> None:
    Standing.objects.create(
        circle_id=circle, membership=stage.memberships[name], side=side, basis="team", purpose="test", starts=stage.at
    )


@pytest.fixture
def case(stage: Stage) -> Any:
    """A case of Asha's, whose lead Ruth may know of it."""
    head = cases.case(stage.actor("asha"), stage.case())
    stands(stage, "ruth", head.circle)
    return head


def ask(stage: Stage, by: str = "ruth", **more: Any) -> str:
    return actions.register(
        stage.actor(by), kind=Kind.POLICE, came_on=stage.at.date(), came_how="mail", who="DC Example, Northshire",
        reach="at the desk", words=f"Notes of March, {CANARY}", **more,
    )  # fmt: skip


def give(stage: Stage, reference: str) -> None:
    actions.answer(stage.actor("ruth"), Ref(reference), answer="given", grounds=tuple(GROUNDS))


def waits(stage: Stage, name: str) -> list[str]:
    mine = [stage.memberships[name].pk]
    found = parts.due(stage.actor(name), mine, stage.at.date() + timedelta(days=30), 20)
    return [one.link for one in found if one.kind == "privacy.tell_client"]


def test_nothing_is_given_before_a_letter_has_left_or_it_is_written_down_why_not(stage: Stage, case: Any) -> None:
    reference = ask(stage, case=case.reference, wanted_on=stage.at.date() + timedelta(days=9))
    assert waits(stage, "asha") == [f"/cases/{case.reference}/asked/"]
    with pytest.raises(RuleBroken, match="Nothing is given before"):
        give(stage, reference)
    [asked] = queries.asked_about(stage.actor("asha"), Ref(case.reference))
    assert "DC Example" in asked.wording and CANARY in asked.wording
    with pytest.raises(RuleBroken, match="not filled in yet: “Why, as they say”"):
        actions.tell_client(stage.actor("asha"), Ref(asked.id), body=asked.wording)
    body = asked.wording.replace("(write it here)", "for the hearing.")
    with pytest.raises(RuleBroken, match="Write here how they say"):
        actions.tell_client(stage.actor("asha"), Ref(asked.id), body=body)
    body = body.replace("(Write here how they say that they will handle it.)", "One officer reads it.")
    refused = actions.tell_client(stage.actor("asha"), Ref(asked.id), body=body)
    assert refused.refused, "no letter is safe: their card says nothing of post"
    with pytest.raises(RuleBroken, match="Nothing is given before"):
        give(stage, reference)
    person = case.people[0].id
    people.set_card(stage.actor("asha"), Ref(person), card=Card(ways=(HOME,)))
    people.note_proved(stage.actor("asha"), Ref(person), way=HOME.id)
    written = actions.tell_client(stage.actor("asha"), Ref(asked.id), body=body)
    assert not written.refused
    with pytest.raises(RuleBroken, match="on its way"):
        actions.tell_client(stage.actor("asha"), Ref(asked.id), body="Again")
    with pytest.raises(RuleBroken, match="Nothing is given before"):
        give(stage, reference)
    assert waits(stage, "asha"), "it waits until it has left"
    stage.at = written.not_before or stage.at
    notices.begin(stage.actor("asha"), Ref(written.id))
    notices.end_by_hand(stage.actor("asha"), Ref(written.id), how="done")
    assert waits(stage, "asha") == []
    give(stage, reference)
    row = Request.objects.get()
    assert (row.client_told, row.state) == ("told", "answered")
    codes = set(Entry.objects.filter(book=case.circle).values_list("code", flat=True))
    assert codes >= {"privacy.registered", "privacy.client_written_to", "privacy.answered"}


def test_a_reason_why_not_is_kept_in_words_and_frees_the_answer(stage: Stage, case: Any) -> None:
    reference = ask(stage, case=case.reference)
    row = Ref(Request.objects.get().pk)
    with pytest.raises(RuleBroken, match="Write why"):
        actions.say_untold(stage.actor("asha"), row, why="  ")
    actions.say_untold(stage.actor("asha"), row, why="No letter is safe; told face to face.")
    assert waits(stage, "asha") == []
    give(stage, reference)
    assert queries.request(stage.actor("ruth"), Ref(reference)).why_untold == "No letter is safe; told face to face."


def test_a_request_is_moved_into_its_case_once_by_whoever_may_know_of_both(stage: Stage, case: Any) -> None:
    like, user = stage.memberships["ruth"], User.objects.create(username="dpo", name="Dee")
    stage.memberships["dpo"] = Membership.objects.create(
        user=user, agency=like.agency, roles=[Role.PRIVACY_OFFICER.value], starts=like.starts
    )
    reference = ask(stage, by="dpo")
    for typed in (case.reference, "AAAA-AAAA"):
        with pytest.raises(RuleBroken, match="no case with this reference"):
            actions.say_which_case(stage.actor("dpo"), Ref(reference), case=typed)
    actions.say_which_case(stage.actor("ruth"), Ref(reference), case=case.reference)
    view = queries.request(stage.actor("ruth"), Ref(reference))
    assert (view.case, view.words) == (case.reference, f"Notes of March, {CANARY}")
    with pytest.raises(NotFound):
        queries.request(stage.actor("dpo"), Ref(reference))
    with pytest.raises(RuleBroken, match="stands in a case already"):
        actions.say_which_case(stage.actor("ruth"), Ref(reference), case=case.reference)


def test_another_agency_and_the_side_of_the_person_reported_learn_nothing_of_it(
    stage: Stage, case: Any, sign_in: SignIn
) -> None:
    ask(stage, case=case.reference)
    stands(stage, "priya", case.circle)
    row = Ref(Request.objects.get().pk)
    for name in ("priya", "stranger"):
        with pytest.raises((NotAllowed, NotFound)):
            actions.say_untold(stage.actor(name), row, why="It is not ours to tell")
    stage.close()
    where = f"/cases/{case.reference}/asked/"
    page = sign_in("asha").get(where).content.decode()
    assert "DC Example" in page and 'name="why_untold"' in page
    assert "DC Example" in sign_in("asha").get(f"/cases/{case.reference}/casework/agreed/").content.decode()
    assert "DC Example" not in sign_in("priya").get(where).content.decode()


def test_a_refused_letter_keeps_what_was_typed(stage: Stage, case: Any, sign_in: SignIn) -> None:
    ask(stage, case=case.reference)
    row = Request.objects.get()
    stage.close()
    given = {"do": "tell", "row": row.pk, "version": row.version, "body": "My own words. (Write it here)"}
    page = sign_in("asha").post(f"/cases/{case.reference}/asked/", given)
    assert page.status_code == 422 and "not filled in yet" in (said := page.content.decode())
    assert ">My own words. (Write it here)</textarea>" in said
