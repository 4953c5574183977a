"""The copy a client gets, and what is kept, held, signed and erased: by actions, and a walk through the pages."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from joindots.access import parts
from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.casework import actions as casework
from joindots.casework.models import Case, PutOff, SetAside
from joindots.circles.models import Circle, Standing
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.people import actions as people
from joindots.privacy import actions, queries
from joindots.privacy.models import Certificate, Copy, Signed
from joindots.privacy.queries import keeping
from joindots.privacy.rules.keeping import CHECKS
from joindots.transfer.queries.tables import TABLES
from joindots.vault.models import OwnerKey
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

SUSPECT = "Cal Other"


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def stands(stage: Stage, name: str, circle: UUID, side: str = "victim") -> None:
    Standing.objects.create(
        circle_id=circle, membership=stage.memberships[name], side=side, basis="team", purpose="test", starts=stage.at
    )


@pytest.fixture
def case(stage: Stage) -> Case:
    """A case with the person reported in it, that the lead may know of, closed eight years before what `at` says."""
    ref = stage.case(summary=f"{SUSPECT} waits for Maya. {SUSPECT.upper()} again.", own_number="")
    row = Case.objects.get(reference=ref.key)
    people.add_person(stage.actor("asha"), Ref(row.circle_id), name=SUSPECT, stands_as="suspect")
    stands(stage, "ruth", row.circle_id)
    stage.close()
    return row


def second(stage: Stage) -> None:
    """One more lead of the same agency."""
    like = stage.memberships["ruth"]
    user = User.objects.create(username="lena", name="Lena")
    stage.memberships["lena"] = Membership.objects.create(
        user=user, agency=like.agency, team=like.team, roles=[Role.TEAM_LEAD.value], starts=like.starts
    )


def over(row: Case) -> None:
    Case.objects.filter(pk=row.pk).update(state="closed", closed_at=datetime.now(UTC) - timedelta(days=8 * 366))


def test_every_table_of_a_circle_says_what_of_it_a_person_may_be_shown() -> None:
    told = {one.model: one for answer in parts.answering("held") for one in answer.__globals__["HOLDS"]}
    assert set(told) == {one.model._meta.label for one in TABLES} - {"circles.Circle"} | {"helpline.CallerMark"}
    for one in told.values():
        columns = {field.name for field in one.table._meta.concrete_fields}
        assert set(one.shows) <= columns, one.model
        assert bool(one.shows) is (one.kept_back is None), one.model
        assert not {"index", "file_key", "address_of", "duress"} & set(one.shows)


def test_everything_held_is_counted_and_opens_for_a_copy(stage: Stage, case: Case) -> None:
    found = {one.kind: one for one in parts.held(stage.actor("ruth"), case.circle_id)}
    assert found["casework.Case"].count == 1 and found["people.Person"].count == 2
    for one in found.values():
        if one.kept_back is None:
            assert len(list(one.pieces())) == one.count
    with pytest.raises(NotFound):
        queries.what_is_held(stage.actor("stranger"), Ref(case.circle_id))


def looked(stage: Stage, case: Case) -> UUID:
    """A copy in which everything is given but one record."""
    made = actions.begin_copy(stage.actor("asha"), Ref(case.circle_id))
    decided = {
        (one.kind, piece.key): (True, "")
        for one in parts.held(stage.actor("asha"), case.circle_id)
        if one.kept_back is None
        for piece in one.pieces()
    }
    actions.choose(stage.actor("asha"), Ref(made), decided=decided)
    return made


def test_a_copy_leaves_once_each_record_was_looked_at_and_a_second_person_agreed(stage: Stage, case: Case) -> None:
    made = actions.begin_copy(stage.actor("asha"), Ref(case.circle_id))
    with pytest.raises(RuleBroken, match="not looked at yet"):
        actions.ask_for_copy(stage.actor("asha"), Ref(made))
    made = looked(stage, case)
    told = queries.copy(stage.actor("asha"), Ref(made))
    assert SUSPECT in told.out and sum(one.left for one in told.kinds) == 0
    assert actions.choose(stage.actor("asha"), Ref(made), decided={("casework.Case", "nowhere"): (True, "")}) == 0
    actions.ask_for_copy(stage.actor("asha"), Ref(made))
    with pytest.raises(RuleBroken, match="Begin anew"):
        actions.take_words_out(stage.actor("asha"), Ref(made), typed="")
    for who, fresh, says in (("ruth", False, "second factor"), ("asha", True, "does not let you")):
        with pytest.raises((RuleBroken, NotAllowed), match=says):
            actions.agree_to_copy(stage.actor(who, fresh=fresh), copy=made, agreed=True)
    with pytest.raises(NotFound):
        actions.agree_to_copy(stage.actor("stranger", fresh=True), copy=made, agreed=True)
    with pytest.raises(RuleBroken, match="second person must agree"):
        actions.fetch_copy(stage.actor("asha", fresh=True), Ref(made))
    actions.agree_to_copy(stage.actor("ruth", fresh=True), copy=made, agreed=True)
    told_it = str(actions.fetch_copy(stage.actor("asha", fresh=True), Ref(made)).bundle)
    assert SUSPECT.lower() not in told_it.lower() and "Maya" in told_it
    people.add_person(stage.actor("asha"), Ref(case.circle_id), name="Somebody New", stands_as="witness")
    actions.fetch_copy(stage.actor("asha", fresh=True), Ref(made))  # what came since is no part of it
    casework.change_case(
        stage.actor("asha"), Ref(case.reference), relation="stranger", own_number="", summary="It goes on."
    )
    with pytest.raises(OutOfDate):
        actions.fetch_copy(stage.actor("asha", fresh=True), Ref(made))


def test_what_is_held_is_erased_by_nobody_and_then_by_two_with_a_certificate(stage: Stage, case: Case) -> None:
    circle = Ref(case.circle_id)
    second(stage)
    stands(stage, "lena", case.circle_id)
    with pytest.raises(NotFound):  # an open case has no end from which a time would run
        actions.sign_to_erase(stage.actor("ruth"), circle, checked=tuple(CHECKS))
    over(case)
    assert [one.reference for one in queries.due_list(stage.actor("ruth")).lines] == [case.reference]
    actions.hold(
        stage.actor("ruth"), circle, kind="inquiry", why=CANARY, review_on=stage.at.date() + timedelta(days=30)
    )
    with pytest.raises(RuleBroken, match="inquest"):
        actions.sign_to_erase(stage.actor("ruth"), circle, checked=tuple(CHECKS))
    hold = queries.record(stage.actor("ruth"), circle).holds[0]
    actions.lift(stage.actor("lena"), Ref(hold.id, hold.version), why="it is over")
    with pytest.raises(RuleBroken, match="tick it"):
        actions.sign_to_erase(stage.actor("ruth"), circle, checked=tuple(CHECKS)[1:])
    actions.sign_to_erase(stage.actor("ruth"), circle, checked=tuple(CHECKS))
    with pytest.raises(RuleBroken, match="Somebody else"):
        actions.agree_to_erase(stage.actor("ruth"), circle, agreed=True)
    with pytest.raises(RuleBroken, match="second person"):
        actions.erase(stage.actor("ruth"), circle)
    actions.agree_to_erase(stage.actor("lena"), circle, agreed=True)
    actions.hold(  # a hold set after both agreed still stops it
        stage.actor("lena"), circle, kind="police", why="asked", review_on=stage.at.date() + timedelta(days=9)
    )
    with pytest.raises(RuleBroken, match="police asked"):
        actions.erase(stage.actor("ruth"), circle)
    hold = queries.record(stage.actor("ruth"), circle).holds[0]
    actions.lift(stage.actor("lena"), Ref(hold.id), why="no longer")
    reference = actions.erase(stage.actor("ruth"), circle)
    assert not OwnerKey.objects.filter(owner=case.circle_id).exists()
    told = queries.certificate(stage.actor("lena"), reference)
    assert told.of == case.reference and told.records > 5 and told.agreed_by == "Lena"
    assert (told.backups_until - stage.at.date()).days in (30, 31)
    assert CANARY not in str(Certificate.objects.values().get()) and Signed.objects.get().checked == sorted(CHECKS)
    assert Circle.objects.get(pk=case.circle_id).state == "erased"
    assert queries.due_list(stage.actor("ruth")).lines == ()
    with pytest.raises(NotFound):
        queries.certificate(stage.actor("stranger"), reference)


def test_kept_longer_it_leaves_the_list_until_its_day(stage: Stage, case: Case) -> None:
    over(case)
    until = stage.at.date() + timedelta(days=40)
    actions.keep_longer(stage.actor("ruth"), Ref(case.circle_id), why="a child is in it", again_on=until)
    assert queries.due_list(stage.actor("ruth")).lines == ()
    assert len(queries.due_list(stage.actor("ruth", stage.at + timedelta(days=41))).lines) == 1
    actions.set_period(stage.actor("ruth"), rule="advocacy_case", months=120)
    assert queries.due_list(stage.actor("ruth", stage.at + timedelta(days=41))).lines == ()
    assert {one.months for one in queries.periods(stage.actor("ruth"))} == {120, 24}


def test_what_was_agreed_is_not_erased_once_it_was_opened_again_or_is_kept_longer(stage: Stage, case: Case) -> None:
    circle, ruth = Ref(case.circle_id), stage.actor("ruth")
    second(stage)
    stands(stage, "lena", case.circle_id)
    over(case)
    until = stage.at.date() + timedelta(days=40)
    actions.sign_to_erase(ruth, circle, checked=tuple(CHECKS))
    actions.agree_to_erase(stage.actor("lena"), circle, agreed=True)
    Case.objects.filter(pk=case.pk).update(state="open", closed_at=None)  # the client came back
    with pytest.raises(RuleBroken, match="opened again"):
        actions.erase(ruth, circle)
    over(case)
    actions.keep_longer(stage.actor("lena"), circle, why="a child is in it", again_on=until)
    for deed in (lambda: actions.erase(ruth, circle), lambda: actions.sign_to_erase(ruth, circle, checked=(*CHECKS,))):
        with pytest.raises(RuleBroken, match="It is kept until"):
            deed()
    assert Circle.objects.get(pk=case.circle_id).state == "open"


def test_another_agencys_people_see_no_trace_and_change_nothing(stage: Stage, case: Case) -> None:
    over(case)
    assert queries.due_list(stage.actor("stranger")).lines == ()
    with pytest.raises(NotFound):
        queries.record(stage.actor("stranger"), Ref(case.circle_id))
    stands(stage, "stranger", case.circle_id)
    assert not queries.record(stage.actor("stranger"), Ref(case.circle_id)).own
    for deed in (
        lambda actor, ref: actions.hold(actor, ref, kind="police", why="x", review_on=stage.at.date()),
        lambda actor, ref: actions.sign_to_erase(actor, ref, checked=tuple(CHECKS)),
        actions.erase,
    ):
        with pytest.raises(NotAllowed, match="another agency"):
            deed(stage.actor("stranger"), Ref(case.circle_id))


def test_the_side_of_the_person_reported_gets_no_copy_and_no_list(stage: Stage, case: Case) -> None:
    stands(stage, "stranger", case.circle_id, side="suspect")
    asked: tuple[Callable[[], object], ...] = (
        lambda: queries.what_is_held(stage.actor("stranger"), Ref(case.circle_id)),
        lambda: actions.begin_copy(stage.actor("stranger"), Ref(case.circle_id)),
        lambda: queries.record(stage.actor("stranger"), Ref(case.circle_id)),
    )
    for one in asked:
        with pytest.raises((NotAllowed, NotFound)):
            one()
    assert not Copy.objects.exists()


def test_a_copy_is_made_through_the_pages(stage: Stage, sign_in: SignIn, case: Case) -> None:
    client = sign_in("asha")
    assert client.post(f"/privacy/held/{case.circle_id}/").status_code == 302
    row = Copy.objects.get(pk=looked(stage, case))
    where = f"/privacy/copies/{row.pk}/"
    stage.close()
    assert SUSPECT in client.get(where).content.decode()
    shown = client.get(f"{where}records/?kind=people.Person")
    assert "█" in shown.content.decode()
    sent = {f"piece-{each.key}": "give" for each in shown.context["found"]}
    sent |= {"do": "choose", "version": str(shown.context["view"].version)}
    assert client.post(f"{where}records/?kind=people.Person", sent).status_code == 302
    assert client.get(f"{where}records/?kind=people.Belief").status_code == 404
    assert client.post(where, {"do": "ask", "version": "1"}).status_code == 409
    row.refresh_from_db()
    assert client.post(where, {"do": "ask", "version": str(row.version)}).status_code == 302
    assert client.post(f"{where}fetch/").status_code == 422
    assert sign_in("stranger").get(where).status_code == 404
    assert sign_in("ruth").post(where, {"do": "agree"}).status_code == 302
    fetched = sign_in("asha").post(f"{where}fetch/")
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as file:
        assert file.read("copy.pdf").startswith(b"%PDF")
        told = json.loads(file.read("copy.json"))
    assert told["regime"] == "UK GDPR" and SUSPECT not in json.dumps(told)
    assert "copy.zip" in fetched.headers["Content-Disposition"]


def test_what_is_due_is_paged_past_anything_that_is_kept_longer_or_another_agencys(
    stage: Stage, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAGE", 2)
    stands(stage, "ruth", other := Case.objects.get(reference=stage.case("stranger").key).circle_id)
    day = datetime.now(UTC) - timedelta(days=9 * 366)
    longer = [Case.objects.get(reference=stage.case().key) for _ in range(3)]
    last = [case, *(Case.objects.get(reference=stage.case().key) for _ in range(3))]
    for row in (*longer, *last[1:]):
        stands(stage, "ruth", row.circle_id)
    Case.objects.update(state="closed", closed_at=day)
    stage.close()
    for row in longer:
        actions.keep_longer(
            stage.actor("ruth"), Ref(row.circle_id), why="a child", again_on=stage.at.date() + timedelta(days=9)
        )
    told, after = [], ""
    while page := queries.due_list(stage.actor("ruth"), after):
        told += [one.circle for one in page.lines]
        if not (after := page.after):
            break
    assert sorted(told) == sorted(one.circle_id for one in last) and other not in told
    assert len(queries.due_list(stage.actor("ruth"), "case.nonsense.1,x").lines) == 2


def test_what_a_worker_put_off_or_could_not_save_is_in_a_persons_copy(stage: Stage, case: Case) -> None:
    desk = {"circle_id": case.circle_id, "by": stage.memberships["asha"], "at": stage.at}
    asha = stage.actor("asha")
    put_off = PutOff(kind="x", until=stage.at.date(), **desk)
    aside = SetAside(form="case", **desk)
    asha.keys.seal(put_off, what="Ring Maya", why="Maya is away")
    asha.keys.seal(aside, fields=json.dumps({"summary": "Maya moved"}))
    put_off.save()
    aside.save()
    told = {one.kind: one for one in parts.held(stage.actor("ruth"), case.circle_id)}
    said = [str(piece.lines) for kind in ("PutOff", "SetAside") for piece in told[f"casework.{kind}"].pieces()]
    assert "Maya is away" in said[0] and "Maya moved" in said[1]
