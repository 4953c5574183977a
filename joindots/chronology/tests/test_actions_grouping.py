"""Grouping through the door: kept with who, when and why, undone at any time, and standing after another reading."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.chronology import actions, queries
from joindots.chronology.models import GroupingStep
from joindots.chronology.rules.grouping.spans import flat
from joindots.chronology.tests.test_actions_log import member, packed
from joindots.evidence import actions as evidence
from joindots.evidence import queries as held
from joindots.evidence.readers.answers import Answer
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import SAME_ACT, End
from joindots.jobs import tasks
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import Precision, When
from joindots.people import actions as people
from joindots.people.rules.beliefs import identity_of
from tests.stage import CANARY, Stage

FIRST, LAST = datetime(2025, 3, 12, tzinfo=UTC), datetime(2025, 3, 14, tzinfo=UTC)
ENTRY = When(FIRST, FIRST + timedelta(hours=3), Precision.PART_OF_DAY, given="in the night")


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


def chat(minutes: tuple[int, ...], extra: str = "") -> bytes:
    """Messages of the night of the 12th of March, the day of which only one order of day and month lets stand."""
    lines = [f"12/03/2025, 23:{minute:02} - Cal {CANARY}: {CANARY} {minute}" for minute in minutes]
    return "\n".join([*lines, "13/03/2025, 10:00 - Maya: stop", extra]).encode()


def brought(stage: Stage, case: Ref, keep, data: bytes, name: str = "chat.txt") -> int:
    arrived = evidence.bring_in(stage.actor("asha"), case, name=name, sealed=keep(data))
    assert tasks.run(arrived.job) == "done"
    return arrived.source


def episode_of(stage: Stage, case: Ref) -> queries.EpisodeView:
    (one,) = queries.episodes(stage.actor("asha"), case)
    return one


def test_an_episode_holds_what_stood_there_with_its_history_and_comes_back_after_an_undoing(stage: Stage, keep) -> None:
    case = stage.case()
    source = brought(stage, case, keep, chat((1, 2, 3, 4)))
    entry = evidence.write_entry(stage.actor("asha"), case, telling=Telling(ENTRY, ("near",))).reference
    found = queries.stretch(stage.actor("asha"), case, FIRST, LAST)
    assert (flat(found.spans), found.entries, found.acts) == ([(source, 0, 4)], (entry,), 5)
    named = actions.name_episode(
        stage.actor("asha"), case, name=f"The night, {CANARY}", note="a note", spans=found.spans, entries=found.entries
    )
    one = episode_of(stage, case)
    assert (one.reference, one.name, one.acts, one.entries) == (named, f"The night, {CANARY}", 5, 1)
    assert (one.first, one.last) == (FIRST.date(), datetime(2025, 3, 13, tzinfo=UTC).date())
    actions.take_out(stage.actor("asha"), Ref(named), spans={source: ((4, 4),)}, why=f"Maya's own, {CANARY}")
    assert episode_of(stage, case).acts == 4
    page = queries.episode(stage.actor("asha"), Ref(named))
    assert [step.kind for step in page.history] == ["take_out", "name"]
    assert (page.history[0].by, page.history[0].why, page.history[0].records) == ("Asha", f"Maya's own, {CANARY}", 1)
    for step in page.history:
        actions.undo(stage.actor("asha"), case, step=step.id)
    assert queries.episodes(stage.actor("asha"), case) == ()
    undoing = queries.decisions(stage.actor("asha"), case)[0]
    assert undoing.undid == "named an episode"
    actions.undo(stage.actor("asha"), case, step=undoing.id)
    assert episode_of(stage, case).acts == 5
    with pytest.raises(RuleBroken, match="undone already"):
        actions.undo(stage.actor("asha"), case, step=page.history[0].id)


def test_what_stands_already_is_not_decided_again_and_what_was_overruled_is(stage: Stage, keep) -> None:
    case, asha = stage.case(), stage.actor("asha")
    source = brought(stage, case, keep, chat((1, 2, 3, 4)))
    run, named = {source: ((0, 2),)}, actions.name_episode(asha, case, name="n", spans={source: ((3, 3),)})
    twice = (
        lambda: actions.accept_run(asha, case, spans=run),
        lambda: actions.merge_runs(asha, case, at=(source, 3)),
        lambda: actions.accept_run(asha, case, spans=run),  # the joining overruled it at its edge
        lambda: actions.split_run(asha, case, at=(source, 1)),
        lambda: actions.put_in(asha, Ref(named), spans=run),
        lambda: actions.take_out(asha, Ref(named), spans=run),
    )
    for deed in twice:
        deed()
        decided = GroupingStep.objects.count()
        with pytest.raises(RuleBroken, match=r"already|does not stand"):
            deed()
        assert GroupingStep.objects.count() == decided
    actions.undo(asha, case, step=queries.decisions(asha, case)[-2].id)
    assert len(queries.decisions(asha, case)) == 1 + len(twice) + 1


def test_what_is_not_the_cases_is_not_there_and_a_stale_window_changes_nothing(stage: Stage, keep) -> None:
    case, other = stage.case(), stage.case()
    source, elsewhere = brought(stage, case, keep, chat((1, 2))), brought(stage, other, keep, chat((3, 4)))
    for spans in ({elsewhere: ((0, 1),)}, {source: ((0, 99),)}):
        with pytest.raises(NotFound):
            actions.accept_run(stage.actor("asha"), case, spans=spans)
    with pytest.raises(NotFound):
        actions.name_episode(stage.actor("asha"), case, name="n", entries=("2222-2222",))
    with pytest.raises(RuleBroken):
        actions.name_episode(stage.actor("asha"), case, name=" ", spans={source: ((0, 1),)})
    with pytest.raises(RuleBroken):
        actions.name_episode(stage.actor("asha"), case, name="n")
    assert not GroupingStep.objects.exists()
    named = actions.name_episode(stage.actor("asha"), case, name="n", spans={source: ((0, 1),)})
    seen = queries.episode(stage.actor("asha"), Ref(named)).version
    actions.rename_episode(stage.actor("asha"), Ref(named, seen), name="m", note="")
    with pytest.raises(OutOfDate):
        actions.rename_episode(stage.actor("asha"), Ref(named, seen), name="o", note="")
    assert episode_of(stage, case).name == "m"
    with pytest.raises(NotFound):
        queries.episode(stage.actor("stranger"), Ref(named))
    step = GroupingStep.objects.first()
    with pytest.raises(NotFound):
        actions.undo(stage.actor("asha"), other, step=step.pk)


def test_a_grouping_stands_after_a_new_reading_and_a_removed_file_takes_only_its_own_records(
    stage: Stage, keep
) -> None:
    case = stage.case()
    source, other = brought(stage, case, keep, chat((1, 2, 3))), brought(stage, case, keep, chat((40, 41)), "b.txt")
    named = actions.name_episode(stage.actor("asha"), case, name="n", spans={source: ((1, 2),), other: ((0, 1),)})
    assert episode_of(stage, case).acts == 4
    job = evidence.answer(stage.actor("asha"), Ref(source), answers=(Answer("owner", "Maya"),))
    assert tasks.run(job) == "done"
    assert episode_of(stage, case).acts == 4
    # A reading that finds a record more before them: the marks lead to where they stand now.
    GroupingStep.objects.update(readings={})
    row = GroupingStep.objects.get()
    row.runs = [[s, first - 1, last - 1, *marks] if s == source else [s, first, last, *marks]
                for s, first, last, *marks in row.runs]  # fmt: skip
    row.save()
    assert flat(episode_of(stage, case).spans) == sorted([(source, 1, 2), (other, 0, 1)])
    assert tasks.run(evidence.remove(stage.actor("asha"), Ref(other))) == "done"
    assert episode_of(stage, case).acts == 2
    assert queries.episode(stage.actor("asha"), Ref(named)).history[0].lost == 1
    assert len(held.files_of(stage.actor("asha"), case)) == 1


def test_a_pack_carries_episodes_references_and_what_is_believed_and_counts_an_act_once(stage: Stage, keep) -> None:
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    source = brought(
        stage, case, keep, b"12/03/2025, 23:01 - Cal Example: words\n12/03/2025, 23:02 - Cal Example: more\n"
    )
    asha = stage.actor("asha")
    entry = evidence.write_entry(asha, case, telling=Telling(ENTRY, ("message",), times=12)).reference
    evidence.link(asha, case, kind=SAME_ACT, ends=(End(entry=entry), End(source=source, seq=1)))
    named = actions.name_episode(asha, case, name="The night", note="a note", spans={source: ((1, 1),)})
    actions.refer(asha, case, source=source, name="Asha Bell", initials="AB")
    head = casework.case(asha, case)
    people.say_who(
        asha, Ref(head.circle), accounts=(identity_of(source, "Cal Example", None),), person=head.people[0].id,
        sure="staff", said_by="staff", why="so she said",
    )  # fmt: skip
    stage.close()
    pack = packed(stage, case)
    told = json.loads(member(pack, "records.json"))
    rows = {row["words"] or row["id"]: row for row in told["records"]}
    assert {key: (row["episode"], row["counted_as"], row["count"]) for key, row in rows.items()} == {
        "words": (None, "contact", 1), "more": (named, "contact", 1), entry: (named, "same act", 0),
    }  # fmt: skip
    assert told["episodes"] == [{"reference": named, "name": "The night", "note": "a note"}]
