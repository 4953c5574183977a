"""A pack for disclosure leaves only by two people, within its days, and while nothing was added to the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership, User
from joindots.audit.models import Entry
from joindots.chronology import actions, queries
from joindots.chronology.actions import Contents
from joindots.chronology.models import Disclosure
from joindots.chronology.rules.release import State
from joindots.circles.models import Circle, Exclusion, Side, TwoPersonAct
from joindots.evidence.models import SourceFile
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.people import actions as people
from joindots.vault import files
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

Keep = Callable[[bytes], SealedFile]


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment; Asha's agency has Ruth beside her, and the Trust as its buddy."""
    stage.at = datetime.now(UTC) - timedelta(minutes=9)
    trust = Agency.objects.get(name="Trust")
    Agency.objects.filter(name="Stillwater").update(buddy=trust)
    return stage


@pytest.fixture
def pack(stage: Stage, keep: Keep) -> UUID:
    """A pack that was made and found clean, without the work of making it."""
    case = stage.case()
    asha = stage.actor("asha")
    actions.note_told(asha, case, how="phone", told_at=stage.at - timedelta(hours=1), said=f"not {CANARY}")
    actions.ask_for_disclosure(asha, case, about=(f"Cal {CANARY}",), recipient=f"For {CANARY}")
    row = Disclosure.objects.get()
    made = Contents(stage.at, stage.at, 3, 9, 1, 2, {"address": 4, "files kept out": 2}, 11, with_ocr=True)
    actions.keep_disclosure(asha, Ref(row.pk), sealed=keep(b"PK\x03\x04 the pack"), made=made)
    stage.at += timedelta(minutes=8)
    ruth_too(stage)
    stage.close()
    return row.pk


def ruth_too(stage: Stage) -> None:
    """Ruth, the team lead, may know of the case on the victim's side."""
    Circle.objects.get().standings.create(
        membership=stage.memberships["ruth"], side=Side.VICTIM, basis="team", purpose="x", starts=stage.at
    )


def asked(stage: Stage, pack: UUID, *, buddy: bool = False) -> UUID:
    return actions.ask_release(stage.actor("asha", fresh=True), Ref(pack), buddy=buddy)


def state(stage: Stage, pack: UUID, at: datetime | None = None) -> State:
    return queries.disclosure(stage.actor("asha", at), Ref(pack)).state


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(RuleBroken) as broken:
        call()
    return broken.value.reason.code


def test_asked_by_one_released_by_another_fetched_within_a_week_and_noted_each_time(stage: Stage, pack: UUID) -> None:
    asha = lambda **more: stage.actor("asha", **more)  # noqa: E731
    assert refused(lambda: actions.fetch(asha(fresh=True), Ref(pack))) == "not_released"
    assert refused(lambda: actions.ask_release(asha(), Ref(pack))) == "not_fresh"
    act = asked(stage, pack)
    stage.memberships["asha"].roles.append("team_lead")
    assert refused(lambda: actions.decide_release(asha(fresh=True), act=act, agreed=True)) == "same_person"
    assert refused(lambda: actions.decide_release(stage.actor("ruth"), act=act, agreed=True)) == "not_fresh"
    assert TwoPersonAct.objects.get().decision == "asked"
    assert actions.decide_release(stage.actor("ruth", fresh=True), act=act, agreed=True) is State.RELEASED
    assert refused(lambda: actions.decide_release(stage.actor("ruth", fresh=True), act=act, agreed=False)) == "decided"
    assert refused(lambda: actions.fetch(asha(), Ref(pack))) == "not_fresh"
    for _ in range(2):
        handed = actions.fetch(asha(fresh=True), Ref(pack))
        with handed.open() as stream:
            assert stream.read() == b"PK\x03\x04 the pack"
    assert CANARY not in handed.name
    assert Entry.objects.filter(code="chronology.disclosure_fetched").count() == 2
    week = stage.at + timedelta(days=7)
    assert refused(lambda: actions.fetch(stage.actor("asha", week, fresh=True), Ref(pack))) == "not_released"
    assert state(stage, pack, week) is State.ENDED
    told = queries.statement_of(asha(), Ref(Circle.objects.get().case.reference))
    (part,) = [one for one in told.parts if one.title.startswith("Pack for disclosure")]
    said = " ".join(line.says for line in part.lines)
    assert "released by Ruth, team lead, Stillwater" in said
    assert "downloaded by Asha, stalking advocate, Stillwater, 2 times" in said


def test_nobody_answered_means_not_released_and_it_can_be_asked_again(stage: Stage, pack: UUID) -> None:
    act = asked(stage, pack)
    late = stage.at + timedelta(hours=72)
    assert state(stage, pack, late) is State.LAPSED
    call = lambda: actions.decide_release(stage.actor("ruth", late, fresh=True), act=act, agreed=True)  # noqa: E731
    assert refused(call) == "expired"
    stage.at = late
    again = asked(stage, pack)
    assert actions.decide_release(stage.actor("ruth", fresh=True), act=again, agreed=False) is State.REFUSED
    assert refused(lambda: actions.fetch(stage.actor("asha", fresh=True), Ref(pack))) == "not_released"


def test_what_is_added_to_the_list_stops_release_decision_and_download(stage: Stage, pack: UUID) -> None:
    circle = Ref(Circle.objects.get().pk)
    act = asked(stage, pack)
    add = lambda at: people.protect(stage.actor("asha", at), circle, kind="other", word="Quillfeather")  # noqa: E731
    add(stage.at)
    assert refused(lambda: actions.decide_release(stage.actor("ruth", fresh=True), act=act, agreed=True)) == (
        "list_grown_meanwhile"
    )
    assert queries.disclosure(stage.actor("asha"), Ref(pack)).grown
    Disclosure.objects.update(gathered_at=stage.at)
    assert actions.decide_release(stage.actor("ruth", fresh=True), act=act, agreed=True) is State.RELEASED
    add(stage.at + timedelta(seconds=1))
    late = stage.actor("asha", stage.at + timedelta(minutes=1), fresh=True)
    assert refused(lambda: actions.fetch(late, Ref(pack))) == "list_grown_since"
    Disclosure.objects.update(state="ready")
    assert refused(lambda: actions.ask_release(late, Ref(pack))) == "list_grown"


def test_other_bytes_than_those_agreed_to_are_neither_asked_about_nor_handed_over(
    stage: Stage, pack: UUID, keep: Keep
) -> None:
    row = Disclosure.objects.get()
    path = files.folder() / row.circle_id.hex / row.address
    good = path.read_bytes()
    act = asked(stage, pack)
    TwoPersonAct.objects.update(content_hash="0" * 64)
    assert refused(lambda: actions.decide_release(stage.actor("ruth", fresh=True), act=act, agreed=True)) == (
        "another_pack"
    )
    TwoPersonAct.objects.update(content_hash=row.sha256)
    actions.decide_release(stage.actor("ruth", fresh=True), act=act, agreed=True)
    Disclosure.objects.update(sha256="1" * 64)
    assert refused(lambda: actions.fetch(stage.actor("asha", fresh=True), Ref(pack))) == "another_pack"
    TwoPersonAct.objects.update(content_hash="1" * 64)
    assert refused(lambda: actions.fetch(stage.actor("asha", fresh=True), Ref(pack))) == "pack_changed"
    assert path.read_bytes() == good


def test_who_else_may_not_decide_learns_nothing(stage: Stage, pack: UUID) -> None:
    act = asked(stage, pack)
    for name in ("moira", "priya"):
        decider = stage.memberships[name]
        assert decider.role_set & {Role.PRIVACY_OFFICER, Role.POLICE_SPOC}
        assert queries.releases_waiting(stage.actor(name)) == ()
        for call in (queries.release_asked, lambda one, act: actions.decide_release(one, act=act, agreed=True)):
            with pytest.raises(NotFound):
                call(stage.actor(name, fresh=True), act)
    Exclusion.objects.create(circle=Circle.objects.get(), user=stage.memberships["ruth"].user, reason="kin",
                             by=stage.memberships["asha"], at=stage.at)  # fmt: skip
    with pytest.raises(NotFound):
        actions.decide_release(stage.actor("ruth", fresh=True), act=act, agreed=True)
    with pytest.raises(NotAllowed):
        queries.releases_waiting(stage.actor("asha"))


def test_a_buddys_person_decides_on_a_page_that_holds_no_name(stage: Stage, pack: UUID, sign_in: SignIn) -> None:
    act = asked(stage, pack, buddy=True)
    moira = sign_in("moira")
    listed, page = (moira.get(at).content.decode() for at in ("/releases/", f"/releases/{act}/"))
    assert "Pack for disclosure" in listed
    case = Circle.objects.get().case.reference
    for text in (listed, page):
        assert [one for one in (CANARY, "Asha", "Ruth", "Maya", "Cal ", case, str(pack)) if one in text] == []
    assert "address or place" in page
    assert "Stillwater" in page
    assert moira.get(f"/disclosures/{pack}/").status_code == 404
    decided = moira.post(f"/releases/{act}/", {"do": "agree"})
    assert "Released" in decided.content.decode()
    assert state(stage, pack) is State.RELEASED
    assert moira.get(f"/releases/{act}/").status_code == 404
    assert Entry.objects.filter(code="chronology.release_looked_at").exists()
    assert Entry.objects.filter(book=stage.memberships["moira"].agency_id, code="circles.decided_release").exists()


def test_a_buddy_is_asked_by_a_small_agency_alone_and_never_one_where_the_suspect_works(
    stage: Stage, pack: UUID
) -> None:
    act = asked(stage, pack, buddy=True)
    trust = stage.memberships["moira"].agency
    Circle.objects.update(restricted_from=trust)
    assert queries.releases_waiting(stage.actor("moira")) == ()
    Circle.objects.update(restricted_from=None)
    assert len(queries.releases_waiting(stage.actor("moira"))) == 1
    third = User.objects.create(username="nia", name="Nia")
    Membership.objects.create(
        user=third, agency=stage.memberships["asha"].agency, roles=["advocate"], starts=stage.at - timedelta(days=1)
    )
    with pytest.raises(NotFound):
        actions.decide_release(stage.actor("moira", fresh=True), act=act, agreed=True)
    Disclosure.objects.update(state="ready")
    assert refused(lambda: asked(stage, pack, buddy=True)) == "agency_not_small"


def test_the_suspects_side_finds_no_pack_no_list_and_no_mark_by_any_address(
    stage: Stage, pack: UUID, sign_in: SignIn
) -> None:
    Circle.objects.get().standings.create(
        membership=stage.memberships["priya"], side=Side.SUSPECT, basis="share", purpose="x", starts=stage.at
    )
    case = Circle.objects.get().case.reference
    client: Client = sign_in("priya")
    for address in (
        f"/cases/{case}/never-leaves/", f"/cases/{case}/never-leaves/keep-out/", f"/disclosures/{pack}/",
        f"/cases/{case}/never-leaves/pictures/", f"/cases/{case}/packs/disclosure/", f"/cases/{case}/custody/statement/",
        f"/cases/{case}/custody/statement.csv", f"/cases/{case}/custody/statement.pdf",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert client.post(f"/disclosures/{pack}/fetch/").status_code == 404


def test_what_was_brought_in_and_told_is_shut_to_the_suspects_side_on_every_page(
    stage: Stage, pack: UUID, sign_in: SignIn
) -> None:
    Circle.objects.get().standings.create(
        membership=stage.memberships["priya"], side=Side.SUSPECT, basis="share", purpose="x", starts=stage.at
    )
    case = Circle.objects.get().case.reference
    client: Client = sign_in("priya")
    summary = client.get(f"/cases/{case}/").content.decode()
    assert "Who may know" in summary and "/timeline/" not in summary
    pages = (
        "timeline/", "timeline.csv", "patterns/", "chronology/", "search/?q=a", "files/", "packs/",
        "what-happened/", "online/", "who-is-who/", "episodes/", "exhibits/", "without-record/",
    )  # fmt: skip
    shut = [f"/cases/{case}/{page}" for page in pages]
    for source in SourceFile.objects.values_list("pk", flat=True):
        shut += [f"/files/{source}/", f"/files/{source}/original/"]
    for address in shut:
        answer = client.get(address)
        assert (answer.status_code, CANARY in answer.content.decode()) == (403, False), address
    assert client.post(f"/cases/{case}/log/add/", {"kind": "near", "way": "now", "words": "x"}).status_code == 403
