"""What was put on record against either person: written down, challenged with a clock, ended, counted; two people first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework.models import Case, Chaser
from joindots.justice import actions, queries
from joindots.justice.models import PutOnRecord
from joindots.justice.rules import allegations as rules
from joindots.justice.rules.allegations import KINDS, NEXT, Put, PutStage
from joindots.justice.rules.opposed import SECOND_NEEDED
from joindots.kernel.problems import NotAllowed, OutOfDate, RuleBroken
from joindots.kernel.small_numbers import SMALL
from joindots.kernel.when import london_day
from joindots.people import actions as people
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
CRIME = Put("victim", "crime", TODAY, "reported", force="cleveland", reference="NS/25/131902",
            mirrors="NS/25/104417", what="“She harasses me”, one screenshot.")  # fmt: skip


def opened(stage: Stage, victim: str = "Maya Ellwood", suspect: str = "Callum Pryce") -> Ref:
    circle: UUID = Case.objects.get(reference=stage.case("priya", victim=victim).key).circle_id
    people.add_person(stage.actor("priya"), Ref(circle), name=suspect, stands_as="suspect")
    return Ref(circle)


def seen(key: UUID) -> Ref:
    return Ref(key, PutOnRecord.objects.get(pk=key).version)


STAGES = st.sampled_from([one.value for one in PutStage])


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(list(KINDS)), st.sampled_from(list(rules.COMPLAINED)), STAGES,
                          st.sampled_from(["", "cleveland", "kent"]), st.booleans())))  # fmt: skip
def test_the_numbers_never_exceed_what_they_are_a_part_of(rows: list[tuple[str, str, str, str, bool]]):
    told = rules.tally(rows)
    held = [row for row in rows if row[2] != "struck"]
    assert told.all == len(held) == sum(number for _, number in told.by_kind)
    assert told.withdrawn + told.quashed + told.stood + told.waiting <= told.all
    assert max(told.by_complaint, told.challenged, told.forces) <= told.all


@settings(max_examples=40)
@given(STAGES, STAGES, st.integers(-3, 3), st.text(max_size=4))
def test_only_what_the_table_allows_can_follow_with_words_and_a_day_that_came(now: str, to: str, days: int, said: str):
    told = rules.can_move(now, to, TODAY + timedelta(days=days), TODAY, TODAY, said)
    assert bool(told) == (PutStage(to) in NEXT[PutStage(now)] and days == 0 and bool(said.strip()))


def test_every_stage_stands_in_the_table_and_what_was_struck_ends():
    assert set(NEXT) == set(PutStage)
    assert NEXT[PutStage.STRUCK] == ()


@pytest.mark.parametrize(
    "more", [{"kind": "x"}, {"against": "x"}, {"complained": ""}, {"force": "x"}, {"on": TODAY + timedelta(days=1)},
             {"until": TODAY - timedelta(days=1)}, {"what": "x" * 5000}, {"reference": "x" * 500}],
)  # fmt: skip
def test_what_does_not_say_what_it_must_is_refused(more: dict[str, object]):
    assert rules.can_put(CRIME, TODAY)
    assert not rules.can_put(replace(CRIME, **more), TODAY)  # type: ignore[arg-type]  # wrong on purpose


def test_it_is_challenged_with_a_reply_clock_withdrawn_counted_and_a_stale_window_changes_nothing(stage: Stage):
    circle = opened(stage)
    key = actions.put_on_record(stage.actor("priya"), circle, put=CRIME)
    old = seen(key)
    ask = {"to": "Crime registrar", "ask": "Take her off as the person reported.", "basis": "duty", "on": TODAY}
    actions.challenge(stage.actor("priya"), old, days=2, **ask)  # type: ignore[arg-type]
    chaser = Chaser.objects.get()
    assert chaser.due_on == TODAY + timedelta(days=2), "Monday and two working days"
    with pytest.raises(OutOfDate):
        actions.settle_put(stage.actor("priya"), old, to="withdrawn", on=TODAY, said="x")
    with pytest.raises(RuleBroken, match="cannot follow"):
        actions.challenge(stage.actor("priya"), seen(key), days=2, **ask)  # type: ignore[arg-type]
    actions.settle_put(stage.actor("priya"), seen(key), to="withdrawn", on=TODAY, said="The registrar cancelled it.")
    assert Chaser.objects.get().state == "answered"
    page = queries.on_record(stage.actor("priya"), circle)
    tally = page.of_victim
    assert (tally.all, tally.by_complaint, tally.challenged, tally.withdrawn, tally.waiting) == (1, 1, 1, 1, 0)
    assert [one.says for one in page.victim[0].steps] == ["challenged, no answer yet", "withdrawn"]
    assert page.of_suspect.all == 0
    stage.close()


def test_a_warning_against_somebody_who_is_a_victim_elsewhere_is_stopped_and_an_arrest_is_a_fact(stage: Stage):
    opened(stage)
    claim = opened(stage, "Callum Pryce", "Maya Ellwood")
    officer = stage.actor("priya")
    for kind in rules.WARNINGS:
        with pytest.raises(RuleBroken) as stopped:
            actions.put_on_record(officer, claim, put=Put("suspect", kind, TODAY, "reported"))
        assert str(stopped.value) == SECOND_NEEDED
    actions.put_on_record(officer, claim, put=Put("suspect", "arrest", TODAY, "reported"))
    assert queries.on_record(officer, claim).of_suspect.all == 1
    stage.close()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["Kent", "Cleveland"]), st.sampled_from(list(rules.COMPLAINED)), STAGES),
                max_size=40))  # fmt: skip
def test_counts_by_body_show_no_small_number_and_none_more_than_there_is(rows: list[tuple[str, str, str]]):
    for one in rules.by_body(rows):
        mine = [row for row in rows if row[0] == one.body and row[2] != "struck"]
        parts = (one.undone, one.stood, one.waiting, one.unchallenged)
        assert one.all == (len(mine) if len(mine) >= SMALL else None)
        assert not any(part is not None and 0 < part < SMALL for part in (*parts, one.complained))
        assert sum(part or 0 for part in parts) <= len(mine)
        assert parts.count(None) != 1 or one.all is None


def test_counts_are_of_the_own_agencys_victims_and_for_who_answers_for_it_alone(stage: Stage):
    circle = opened(stage)
    for _ in range(6):
        actions.put_on_record(stage.actor("priya"), circle, put=CRIME)
    actions.put_on_record(stage.actor("priya"), circle, put=replace(CRIME, against="suspect", force="kent"))
    later = NOW + timedelta(days=60)
    quarter = (date(2025, 10, 1), date(2025, 12, 31))
    (one,) = queries.puts_counted(stage.actor("priya", later), *quarter)
    assert (one.body, one.all, one.unchallenged, one.complained) == ("Cleveland Police", 6, 6, 6)
    assert not queries.puts_counted(stage.actor("ruth", later), *quarter)
    with pytest.raises(NotAllowed):
        queries.puts_counted(stage.actor("asha", later), *quarter)
    with pytest.raises(RuleBroken):
        queries.puts_counted(stage.actor("priya", later), date(2025, 10, 2), quarter[1])


def test_a_challenge_on_consent_rests_on_the_one_that_names_whom_is_asked(stage: Stage):
    circle = opened(stage)
    key = actions.put_on_record(stage.actor("priya"), circle, put=CRIME)
    reference = Ref(Case.objects.get(circle=circle.key).reference)
    for whom in ("Somebody Else", "Crime Registrar"):
        with pytest.raises(RuleBroken, match="Ask first"):
            challenged(stage, key)
        casework.agree(stage.actor("priya"), reference, what=casework.Agreement(
            "letter", "spoken", TODAY, whom=whom, purpose="Look at the mirrored report"))  # fmt: skip
    challenged(stage, key)
    assert Chaser.objects.get().consent is not None
    stage.close()


def challenged(stage: Stage, key: UUID) -> None:
    actions.challenge(
        stage.actor("priya"), seen(key), to="crime registrar", ask="Take her off.", basis="consent", on=TODAY, days=5
    )
