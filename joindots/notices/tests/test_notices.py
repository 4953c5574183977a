"""What leaves is asked of the card when it is written and again when it leaves; it leaves once or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.models import Membership
from joindots.casework import queries as cases
from joindots.circles.models import Standing
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.notices import actions, answers, queries, work
from joindots.notices.gateways import NotTaken, Parcel, Refused
from joindots.notices.models import Notice
from joindots.notices.rules.neutral import Said
from joindots.people import actions as people
from joindots.people import queries as reaching
from joindots.people.rules.reaching import Card, Kind, Trust, Use, Way
from joindots.people.rules.windows import Window
from tests.stage import Stage

NOON = datetime(2025, 11, 18, 12, 40, tzinfo=UTC)
"""A Tuesday, in Maya's window."""
TEA = NOON + timedelta(hours=4)
A_DAY = timedelta(hours=20)
NUMBER = UUID(int=5)
HOURS = (Window((0, 1, 2, 3, 4), 750, 795),)
NEWS = Said("The dentist has news. Ring when you can.", sender="the dentist")


class Recorder:
    """A gateway that keeps what it was given, or fails as it is told."""

    name = "stub"

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []
        self.fault: Exception | None = None

    def send(self, parcel: Parcel) -> None:
        if self.fault:
            raise self.fault
        self.parcels.append(parcel)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    made = Recorder()
    monkeypatch.setattr(work, "gateway_for", lambda agency, kind: made)
    return made


class Case:
    """A case in which one number was proved by a round trip."""

    def __init__(self, stage: Stage, **more: object) -> None:
        self.stage = stage
        head = cases.case(stage.actor("asha"), stage.case(victim="Rhian Example"))
        self.circle, self.person = Ref(head.circle), head.people[0].id
        self.set(NOON - A_DAY, **more)
        people.note_proved(self.asha(NOON - A_DAY), Ref(self.person), way=NUMBER)

    def asha(self, at: datetime = NOON) -> Actor:
        return self.stage.actor("asha", at)

    def set(self, at: datetime = NOON, *, moved: bool = False, **more: object) -> None:
        way = {"uses": (Use.TEXT,), "trust": Trust.FREE, **{k: v for k, v in more.items() if k in ("uses", "trust")}}
        card = {"windows": HOURS, **{k: v for k, v in more.items() if k not in way}}
        ways = (Way(id=NUMBER, kind=Kind.NUMBER, value="07700 900122", main=True, **way),)  # type: ignore[arg-type]
        people.set_card(self.asha(at), Ref(self.person), card=Card(ways=ways, **card), moved=moved)  # type: ignore[arg-type]

    def write(self, at: datetime = NOON, kind: str = "text", said: Said = NEWS, **more: object) -> actions.Written:
        return actions.write(self.asha(at), self.circle, person=self.person, kind=kind, said=said, **more)  # type: ignore[arg-type]


@pytest.fixture
def case(stage: Stage) -> Case:
    return Case(stage)


def state(written: actions.Written) -> tuple[str, str]:
    row = Notice.objects.get(pk=written.id)
    return row.state, row.code


def test_a_text_waits_for_the_safe_hour_and_leaves_once(case: Case, gateway: Recorder) -> None:
    written = case.write(TEA)
    assert not written.refused and written.not_before == datetime(2025, 11, 19, 12, 30, tzinfo=UTC)
    assert work.send_due(TEA) == 0 and gateway.parcels == []
    assert [work.send_due(written.not_before) for _ in range(3)] == [1, 0, 0]
    assert [(one.to, one.body, one.sender) for one in gateway.parcels] == [("+447700900122", NEWS.body, "the dentist")]
    assert state(written) == ("sent", "")


def test_what_became_unsafe_meanwhile_is_refused_at_the_door(case: Case, gateway: Recorder) -> None:
    told = case.write(TEA)
    case.set(TEA, trust=Trust.WATCHED)
    work.send_due(told.not_before)
    assert gateway.parcels == [] and state(told) == ("refused", "way_watched")
    assert [
        one.kind
        for one in answers.due(
            case.asha(told.not_before), [case.stage.memberships["asha"].pk], told.not_before.date(), 9
        )
    ] == ["notices.stuck"]


def test_no_way_that_was_proved_means_no_message_and_no_other_number(stage: Stage, gateway: Recorder) -> None:
    head = cases.case(stage.actor("asha"), stage.case(victim="Rhian Example"))
    person = head.people[0].id
    people.set_safe_contact(stage.actor("asha"), Ref(person), number="07700 900101", times="noon", channels=("text",))
    told = actions.write(stage.actor("asha", NOON), Ref(head.circle), person=person, kind="text", said=NEWS)
    assert told.refused and told.reason.code == "no_safe_way"
    row = Notice.objects.get()
    assert (row.state, bytes(row.body.blob), bytes(row.subject.blob)) != ("queued", b"", b"")
    assert stage.actor("asha", NOON).keys.open(row.body) == "" and work.send_due(NOON) == 0 and not gateway.parcels


def test_their_own_exception_lets_a_call_pass_with_a_reason_that_is_kept(stage: Stage, gateway: Recorder) -> None:
    case = Case(stage, exception="ring at any hour if he may come", exception_uses=(Use.CALL,))
    assert case.write(TEA, "call").refused and case.write(TEA, "call", emergency="short").refused
    told = case.write(TEA, "call", emergency="A programme told that he may know the house.")
    assert not told.refused and told.not_before == TEA
    page = queries.notice(case.asha(TEA), Ref(told.id))
    assert page.to == "" and "programme" in page.reason and page.line.emergency
    assert actions.begin(case.asha(TEA), Ref(told.id))
    assert queries.notice(case.asha(TEA), Ref(told.id)).to == "07700 900122"
    actions.end_by_hand(case.asha(TEA), Ref(told.id), how="done")
    assert state(told) == ("sent", "") and work.send_due(TEA) == 0
    assert case.write(TEA, "text", emergency="A programme told that he may know the house.").not_before > TEA


def test_for_seven_days_after_a_move_only_the_safe_way_serves(case: Case, gateway: Recorder) -> None:
    other = Way(id=UUID(int=6), kind=Kind.NUMBER, value="07700 900155", uses=(Use.TEXT,))
    home = Way(id=UUID(int=7), kind=Kind.ADDRESS, value="1 Elm Row, ZZ99 1AA", uses=(Use.POST,))
    main = Way(id=NUMBER, kind=Kind.NUMBER, value="07700 900122", uses=(Use.TEXT,), main=True)
    before = NOON - timedelta(hours=19)
    people.set_card(case.asha(before), Ref(case.person), card=Card(ways=(main, other, home), windows=HOURS))
    for way in (other, home):
        people.note_proved(case.asha(before), Ref(case.person), way=way.id)
    new = Way(id=UUID(int=8), kind=Kind.ADDRESS, value="9 Larch Close, ZZ99 4LC", uses=(Use.POST,))
    people.set_card(case.asha(), Ref(case.person), card=Card(ways=(main, other, new), windows=HOURS))
    card = reaching.card_of(case.asha(), Ref(case.person))
    assert card is not None and {one.value: one.trust for one in card.ways}["1 Elm Row, ZZ99 1AA"] == Trust.KNOWN
    letter = Said("Dear Rhian")
    for way, kind, said in ((other.id, "text", NEWS), (home.id, "letter", letter), (new.id, "letter", letter)):
        assert case.write(way=way, kind=kind, said=said).refused, way
    assert not case.write().refused
    week = NOON + timedelta(days=7, minutes=1)
    assert (
        not case.write(week, way=other.id).refused and case.write(week, way=home.id, kind="letter", said=letter).refused
    )


@pytest.mark.parametrize(
    ("fault", "ends"),
    [(NotTaken(), "queued"), (Refused(), "failed"), (TimeoutError(), "unsure"), (None, "sent")],
)
def test_what_a_gateway_says_is_what_the_log_says(
    case: Case, gateway: Recorder, fault: Exception | None, ends: str
) -> None:
    told = case.write()
    gateway.fault = fault
    work.send_due(NOON)
    assert state(told)[0] == ends
    gateway.fault = None
    work.send_due(NOON + timedelta(minutes=6))
    assert len(gateway.parcels) == (1 if ends in ("queued", "sent") else 0), "what may have left is not sent again"


def test_a_worker_that_is_killed_in_the_middle_never_leads_to_a_second_sending(case: Case, gateway: Recorder) -> None:
    told = case.write()
    assert actions.take(case.asha(), Ref(told.id)) is not None  # and here the process ends
    assert work.send_due(NOON) == 0
    work.send_due(NOON + timedelta(minutes=3))
    assert state(told) == ("unsure", "not_known") and gateway.parcels == []


def test_without_a_gateway_it_stays_here_and_says_so(case: Case, settings: object, tmp_path: Path) -> None:
    settings.GATEWAYS_FILE = tmp_path / "none.toml"  # type: ignore[attr-defined]
    told = case.write()
    work.send_due(NOON)
    assert state(told) == ("held_here", "no_gateway")
    assert "not sent" in queries.left(case.asha(), case.circle)[0].state_words


def test_words_that_tell_are_refused_before_anything_is_kept(case: Case) -> None:
    people.add_person(case.asha(), case.circle, name="Cal Pryce", stands_as="suspect")
    for words in ("The police rang.", "He is called CAL PRYCE", "from Stillwater", "see example.org", "sta\u200blking"):
        with pytest.raises(RuleBroken):
            case.write(said=Said(words))
    assert not Notice.objects.exists()


def test_who_left_the_case_sends_nothing_more(case: Case, gateway: Recorder) -> None:
    told = case.write(TEA)
    Standing.objects.filter(membership=case.stage.memberships["asha"]).update(ends=TEA + timedelta(hours=1))
    work.send_due(told.not_before)
    assert state(told) == ("failed", "writer_gone") and gateway.parcels == []


@pytest.mark.parametrize("whole", [True, False])
def test_what_did_not_leave_waits_for_whoever_has_the_case_once_its_writer_left(
    case: Case, gateway: Recorder, whole: bool
) -> None:
    """Whether the writer left the agency or this case alone; before that it is theirs, and never another agency's."""
    stage, told = case.stage, case.write(TEA)
    asha, ruth = stage.memberships["asha"], stage.memberships["ruth"]
    Standing.objects.create(
        circle_id=case.circle.key, membership=ruth, side="victim", basis="supervision", purpose="works it",
        starts=NOON - A_DAY, granted_by=ruth,
    )  # fmt: skip

    def stuck(who: str) -> int:
        due = answers.due(stage.actor(who, at), [stage.memberships[who].pk], at.date(), 9)
        return [one.kind for one in due].count("notices.stuck")

    at = told.not_before
    case.set(TEA, trust=Trust.WATCHED)
    work.send_due(at)
    assert state(told) == ("refused", "way_watched") and (stuck("asha"), stuck("ruth")) == (1, 0)
    gone = TEA + timedelta(hours=1)
    Standing.objects.filter(membership=asha).update(ends=gone)
    if whole:
        Membership.objects.filter(pk=asha.pk).update(ends=gone)
    assert stuck("ruth") == 1 and (stuck("priya"), stuck("stranger")) == (0, 0)


def test_a_round_trip_proves_a_way_and_three_wrong_words_end_it(case: Case, gateway: Recorder) -> None:
    other = Way(id=UUID(int=6), kind=Kind.NUMBER, value="07700 900155", uses=(Use.TEXT,))
    main = Way(id=NUMBER, kind=Kind.NUMBER, value="07700 900122", uses=(Use.TEXT,), main=True)
    people.set_card(case.asha(), Ref(case.person), card=Card(ways=(main, other), windows=HOURS))
    assert case.write(way=other.id).refused
    for fits in (False, True):
        actions.prove(case.asha(TEA), case.circle, person=case.person, way=other.id, said_now=True)
        work.send_due(TEA)
        word = gateway.parcels[-1].body.removeprefix("Your word is ").partition(".")[0]
        if not fits:
            assert [
                actions.confirm(case.asha(TEA), case.circle, person=case.person, way=other.id, word="no")
                for _ in range(3)
            ] == [False] * 3
            with pytest.raises(RuleBroken):
                actions.confirm(case.asha(TEA), case.circle, person=case.person, way=other.id, word=word)
        else:
            assert actions.confirm(case.asha(TEA), case.circle, person=case.person, way=other.id, word=word.upper())
    assert not case.write(TEA, way=other.id).refused


def test_the_other_side_and_other_agencies_find_nothing_of_it(case: Case, stage: Stage) -> None:
    told = case.write(TEA)
    priya = stage.memberships["priya"]
    Standing.objects.create(
        circle_id=case.circle.key,
        membership=priya,
        side="suspect",
        basis="team",
        purpose="x",
        starts=NOON - timedelta(days=1),
    )
    for who, problem in (("priya", (NotAllowed, NotFound)), ("stranger", (NotFound,))):
        with pytest.raises(problem):
            queries.left(stage.actor(who, NOON), case.circle)
        with pytest.raises(problem):
            queries.notice(stage.actor(who, NOON), Ref(told.id))
        with pytest.raises(problem):
            actions.write(stage.actor(who, NOON), case.circle, person=case.person, kind="text", said=NEWS)
        assert (
            list(
                answers.due(stage.actor(who, NOON), [stage.memberships["asha"].pk], NOON.date() + timedelta(days=9), 9)
            )
            == []
        )


def test_a_calendar_at_a_secret_address_names_nothing_and_ends_with_its_member(case: Case, stage: Stage) -> None:
    case.write(kind="call", said=Said("Ask how she slept")) and case.set(uses=(Use.CALL, Use.TEXT))
    case.write(kind="call", said=Said("Ask how she slept"))
    token = actions.make_feed(case.asha())
    made = work.feed(token, NOON)
    assert made is not None and b"BEGIN:VEVENT" in made and b"Work: 1 due" in made
    for word in (b"Rhian", b"slept", b"07700", b"Stillwater", b"joindots"):
        assert word.lower() not in made.lower()
    assert work.feed("x" + token, NOON) is None
    Membership.objects.filter(pk=stage.memberships["asha"].pk).update(ends=NOON)
    assert work.feed(token, NOON) is None
