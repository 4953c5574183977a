"""An entry's life behind the door: written once, corrected, withdrawn, brought back; every version stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from joindots.access.door import Ref
from joindots.audit.models import Entry
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.circles.models import Circle, Side, Standing
from joindots.config.keeping.verifying import Status, seals
from joindots.evidence import actions, queries
from joindots.evidence.models import Incident, IncidentVersion
from joindots.evidence.rules.entries import Telling
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import Precision, When
from joindots.people import actions as people
from tests.stage import CANARY, NOW, Stage

WHEN = When(NOW - timedelta(days=2), NOW - timedelta(days=2, hours=-1), Precision.RANGE, given="about nine on Saturday")
TOLD = Telling(
    WHEN, ("message", "near"), ("email",), 12, True, "client", ("police",), "NS/1", f"by the gate, {CANARY}",
    f"He wrote twice, {CANARY}", "I did not sleep", "A neighbour",
)  # fmt: skip


@pytest.fixture
def entry(stage: Stage) -> Ref:
    """An entry of a case of asha's."""
    return Ref(actions.write_entry(stage.actor("asha"), stage.case(), telling=TOLD).reference)


def test_what_was_written_is_read_back_whole_and_no_more_exact(stage: Stage, entry: Ref) -> None:
    page = queries.incident(stage.actor("asha"), entry)
    assert page.telling == TOLD
    assert (page.view.written_by, page.view.written_at, page.view.number) == ("Asha", NOW, 1)
    assert [one.step for one in page.history] == ["written"]


@pytest.mark.parametrize(
    "when",
    [
        When(None, None, given="the other day"),
        When(None, NOW, Precision.RANGE, given="before Monday"),
        When(NOW, None, Precision.RANGE),
        When(NOW, NOW + timedelta(hours=1, seconds=59), Precision.MINUTE, flags=("dst_ambiguous",)),
    ],
)
def test_a_time_comes_out_of_the_log_as_it_went_in(stage: Stage, when: When) -> None:
    case = stage.case()
    actions.write_entry(stage.actor("asha"), case, telling=Telling(when, ("call",)))
    assert [one.when for one in queries.incidents_of(stage.actor("asha"), case)] == [when]


def test_a_correction_is_a_new_version_and_the_old_one_stays(stage: Stage, entry: Ref) -> None:
    told = Telling(WHEN, ("call",), words="She says it was a call")
    later = NOW + timedelta(days=1)
    actions.correct_entry(stage.actor("asha", later), entry, telling=told, why=" told again on the phone ")
    page = queries.incident(stage.actor("asha"), entry)
    assert page.telling == told
    assert page.view.written_at == NOW
    assert [(one.step, one.why, one.by, one.telling) for one in page.history] == [
        ("corrected", "told again on the phone", "Asha", told),
        ("written", "", "Asha", TOLD),
    ]
    assert page.history[0].at == later


def test_a_correction_of_what_somebody_else_changed_is_out_of_date(stage: Stage, entry: Ref) -> None:
    seen = queries.incident(stage.actor("asha"), entry).version
    actions.correct_entry(stage.actor("asha"), Ref(entry.key, seen), telling=TOLD, why="one")
    with pytest.raises(OutOfDate):
        actions.correct_entry(stage.actor("asha"), Ref(entry.key, seen), telling=TOLD, why="two")
    with pytest.raises(OutOfDate):
        actions.withdraw_entry(stage.actor("asha"), Ref(entry.key, seen), why="three")


def test_a_withdrawn_entry_is_kept_not_counted_and_can_be_brought_back(stage: Stage) -> None:
    case = stage.case()
    entry = Ref(actions.write_entry(stage.actor("asha"), case, telling=TOLD).reference)
    actions.withdraw_entry(stage.actor("asha"), entry, why="It was another person")
    assert queries.incidents_of(stage.actor("asha"), case) == ()
    assert [one.withdrawn for one in queries.incidents_of(stage.actor("asha"), case, withdrawn=True)] == [True]
    assert queries.last_written(stage.actor("asha"), case) is None
    with pytest.raises(RuleBroken):
        actions.correct_entry(stage.actor("asha"), entry, telling=TOLD, why="x")
    with pytest.raises(RuleBroken):
        actions.withdraw_entry(stage.actor("asha"), entry, why="again")
    actions.bring_back_entry(stage.actor("asha"), entry, why="It was him after all")
    page = queries.incident(stage.actor("asha"), entry)
    assert page.telling == TOLD
    assert [one.step for one in page.history] == ["brought_back", "withdrawn", "written"]
    assert len(queries.incidents_of(stage.actor("asha"), case)) == 1


def test_no_reason_no_change(stage: Stage, entry: Ref) -> None:
    for deed in (actions.withdraw_entry, actions.correct_entry):
        more = {"telling": TOLD} if deed is actions.correct_entry else {}
        with pytest.raises(RuleBroken):
            deed(stage.actor("asha"), entry, why=" ", **more)
    assert len(queries.incident(stage.actor("asha"), entry).history) == 1


def test_a_form_sent_twice_makes_one_entry(stage: Stage) -> None:
    case, other, form = stage.case(), stage.case(), uuid4()
    first = actions.write_entry(stage.actor("asha"), case, telling=TOLD, form=form)
    second = actions.write_entry(stage.actor("asha"), case, telling=TOLD, form=form)
    assert (first.reference, first.before, second.before) == (second.reference, False, True)
    elsewhere = actions.write_entry(stage.actor("asha"), other, telling=TOLD, form=form)
    assert not elsewhere.before
    assert elsewhere.reference != first.reference
    assert Incident.objects.count() == 2


def test_a_closed_case_takes_no_entry_and_changes_none(stage: Stage) -> None:
    case = stage.case()
    entry = Ref(actions.write_entry(stage.actor("asha"), case, telling=TOLD).reference)
    casework.close_case(stage.actor("asha"), case, reason="asked")
    with pytest.raises(RuleBroken):
        actions.write_entry(stage.actor("asha"), case, telling=TOLD)
    with pytest.raises(RuleBroken):
        actions.correct_entry(stage.actor("asha"), entry, telling=TOLD, why="x")
    with pytest.raises(RuleBroken):
        actions.withdraw_entry(stage.actor("asha"), entry, why="x")
    assert queries.incident(stage.actor("asha"), entry).telling == TOLD


def test_an_entry_is_nothing_to_a_stranger_and_not_a_privacy_officers_work(stage: Stage, entry: Ref) -> None:
    with pytest.raises(NotFound):
        queries.incident(stage.actor("stranger"), entry)
    with pytest.raises(NotFound):
        actions.withdraw_entry(stage.actor("stranger"), entry, why="x")
    with pytest.raises(NotAllowed):
        actions.withdraw_entry(stage.actor("moira"), entry, why="x")


def test_every_deed_stands_in_the_trail_without_a_word(stage: Stage, entry: Ref) -> None:
    actions.correct_entry(stage.actor("asha"), entry, telling=TOLD, why=f"because {CANARY}")
    actions.withdraw_entry(stage.actor("asha"), entry, why=f"because {CANARY}")
    actions.bring_back_entry(stage.actor("asha"), entry, why=f"because {CANARY}")
    deeds = Entry.objects.filter(code__startswith="evidence.entry_").order_by("id")
    assert [one.code.rpartition("_")[2] for one in deeds] == ["written", "corrected", "withdrawn", "back"]
    assert CANARY not in "".join(str(one.content) for one in deeds)


def test_no_word_of_an_entry_stands_open_in_the_database(stage: Stage, entry: Ref) -> None:
    for row in IncidentVersion.objects.values():
        open_words = [value for value in row.values() if isinstance(value, str | list)]
        assert CANARY not in str(open_words)
        assert CANARY.encode() not in b"".join(bytes(v) for v in row.values() if isinstance(v, bytes | memoryview))


def test_the_last_entry_is_the_one_written_last_whatever_its_time(stage: Stage) -> None:
    case = stage.case()
    assert queries.last_written(stage.actor("asha"), case) is None
    actions.write_entry(stage.actor("asha", NOW), case, telling=TOLD)
    old = Telling(When(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC), Precision.RANGE), ("money",))
    actions.write_entry(stage.actor("asha", NOW + timedelta(minutes=1)), case, telling=old)
    last = queries.last_written(stage.actor("asha"), case)
    assert last is not None
    assert last.view.kinds == ("money",)
    assert [one.kinds for one in queries.incidents_of(stage.actor("asha"), case)] == [("money",), ("message", "near")]


def test_a_draft_is_its_writers_alone_one_of_them_and_gone_when_an_entry_is_kept(stage: Stage) -> None:
    case = stage.case()
    Standing.objects.create(
        circle=Circle.objects.get(), membership=stage.memberships["ruth"], side=Side.VICTIM, basis="team", purpose="x",
        starts=NOW - timedelta(days=1),
    )  # fmt: skip
    for words in ("half", f"half a word {CANARY}"):
        actions.keep_draft(stage.actor("asha"), case, sheet=words)
    mine = queries.draft_of(stage.actor("asha"), case)
    assert mine is not None
    assert (mine.sheet, mine.at) == (f"half a word {CANARY}", NOW)
    assert queries.draft_of(stage.actor("ruth"), case) is None
    actions.write_entry(stage.actor("ruth"), case, telling=TOLD)
    assert queries.draft_of(stage.actor("asha"), case) is not None
    actions.write_entry(stage.actor("asha"), case, telling=TOLD)
    assert queries.draft_of(stage.actor("asha"), case) is None
    with pytest.raises(NotFound):
        queries.draft_of(stage.actor("stranger"), case)


def test_the_seals_of_the_log_verify_whole_and_an_altered_one_is_named(stage: Stage, entry: Ref) -> None:
    stage.close()
    assert list(seals()) == []
    IncidentVersion.objects.update(words=b"\x01" + b"0" * 60)
    assert [one.status for one in seals()] == [Status.SEAL_BROKEN]


def test_who_did_it_is_told_by_name_only_of_a_person_reported_here(stage: Stage) -> None:
    case = stage.case()
    circle = Ref(cases.case(stage.actor("asha"), case).circle)
    reported = people.add_person(stage.actor("asha"), circle, name="Cal Example", stands_as="suspect")
    witness = people.add_person(stage.actor("asha"), circle, name="Wyn Example", stands_as="witness")
    told = Telling(WHEN, ("near",), doer="sent", doer_person=reported, doer_words="a man in a van")
    entry = Ref(actions.write_entry(stage.actor("asha"), case, telling=told).reference)
    page = queries.incident(stage.actor("asha"), entry)
    assert page.telling == told
    assert page.history[0].doer == "somebody sent by Cal Example (a man in a van)"
    with pytest.raises(RuleBroken):
        actions.write_entry(stage.actor("asha"), case, telling=replace(told, doer_person=witness))
    with pytest.raises(RuleBroken):
        actions.write_entry(stage.actor("asha"), case, telling=replace(told, doer="unknown"))
    unsaid = actions.write_entry(stage.actor("asha"), case, telling=Telling(WHEN, ("near",))).reference
    assert queries.incident(stage.actor("asha"), Ref(unsaid)).history[0].doer == ""
    theirs = queries.days_of(stage.actor("asha"), case, queries.Only(direction="in"))
    assert sum(day.entered for day in theirs) == 1  # the one of which somebody said so


def test_an_entry_is_marked_for_a_statement_and_says_nothing_new_by_it(stage: Stage, entry: Ref) -> None:
    case = Ref(queries.incident(stage.actor("asha"), entry).case)
    first = actions.write_entry(
        stage.actor("asha"), case, telling=replace(TOLD, when=When(NOW - timedelta(days=9), NOW))
    ).reference
    for one in (str(entry.key), first):
        actions.mark_for_statement(stage.actor("asha"), Ref(one), marked=True)
    page = queries.incident(stage.actor("asha"), entry)
    assert (page.marked, len(page.history)) == (("Asha", NOW), 1)

    def marked() -> list[str]:
        return [one.view.reference for one in queries.entries_for_statement(stage.actor("asha"), case)]

    assert marked() == [first, entry.key], "in order of time"
    with pytest.raises(NotFound):
        queries.entries_for_statement(stage.actor("priya"), case)
    with pytest.raises(NotFound):
        actions.mark_for_statement(stage.actor("priya"), entry, marked=False)
    actions.withdraw_entry(stage.actor("asha"), Ref(first), why="Told of another case")
    with pytest.raises(RuleBroken, match="Bring it back"):
        actions.mark_for_statement(stage.actor("asha"), Ref(first), marked=True)
    assert marked() == [entry.key]
    actions.mark_for_statement(stage.actor("asha"), entry, marked=False)
    assert marked() == []
