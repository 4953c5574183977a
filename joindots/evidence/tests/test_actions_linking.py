"""Links: a file shows an entry, records and entries are one act; undone with a name, found again after a new reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from joindots.access.door import Ref
from joindots.evidence import actions, queries
from joindots.evidence.models import Communication, LinkEnd
from joindots.evidence.readers.answers import Answer
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import SAME_ACT, SHOWS, End
from joindots.jobs import tasks
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import Precision, When
from joindots.vault import files
from tests.stage import CANARY, Stage

Keep = Callable[[bytes], files.SealedFile]
CHAT = """10/06/2025, 21:14 - Cal Example: You have a lovely voice.
26/06/2025, 19:02 - Maya Example: Please don't message me again.
27/06/2025, 00:30 - Cal Example: I can see your light
"""
AT = datetime(2025, 6, 26, 23, 30, tzinfo=UTC)
WHOLE = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


@pytest.fixture
def case(stage: Stage) -> Ref:
    """A case."""
    return stage.case()


@pytest.fixture
def entry(stage: Stage, case: Ref) -> str:
    """An entry of it."""
    told = Telling(When(AT, AT, Precision.MINUTE), ("near",), words="He stood outside")
    return actions.write_entry(stage.actor("asha"), case, telling=told).reference


def bring(stage: Stage, case: Ref, sealed: files.SealedFile, name: str) -> int:
    arrived = actions.bring_in(stage.actor("asha"), case, name=name, sealed=sealed)
    if arrived.job:
        tasks.run(arrived.job)
    return arrived.source


def link(stage: Stage, case: Ref, *ends: End, kind: str = SHOWS, why: str = "") -> Ref:
    return Ref(actions.link(stage.actor("asha"), case, kind=kind, ends=ends, why=why))


def links_of(stage: Stage, entry: str) -> tuple[queries.LinkView, ...]:
    return queries.links_of(stage.actor("asha"), Ref(entry))


def line_of(stage: Stage, case: Ref, entry: str) -> queries.Line:
    return next(one for one in queries.lines_between(stage.actor("asha"), case, *WHOLE)[0] if one.entry == entry)


def test_a_file_that_shows_an_entry_is_its_exhibit_until_that_is_undone_and_then_both_stay(
    stage: Stage, case: Ref, entry: str, keep: Keep
) -> None:
    source = bring(stage, case, keep(b"a picture"), "gate.bin")
    made = link(stage, case, End(entry=entry), End(source=source), why=f"taken by {CANARY}")
    assert link(stage, case, End(source=source), End(entry=entry)) == made  # the same one, not a second
    (media,) = line_of(stage, case, entry).record.media
    assert (media.name, media.present, media.size) == ("gate.bin", True, 9)
    log = queries.log_file(stage.actor("asha"), case)
    assert log is not None
    assert b"gate.bin" in log.data
    (view,) = links_of(stage, entry)
    assert (view.by, view.why, view.stands) == ("Asha", f"taken by {CANARY}", True)

    actions.undo_link(stage.actor("asha"), made, why="the wrong night")
    (view,) = links_of(stage, entry)
    assert (view.ended_by, view.ended_why, view.stands) == ("Asha", "the wrong night", False)
    assert line_of(stage, case, entry).record.media == ()
    assert queries.file(stage.actor("asha"), Ref(source)).file.name == "gate.bin"
    with pytest.raises(RuleBroken):
        actions.undo_link(stage.actor("asha"), made)


def test_a_record_is_found_again_after_a_new_reading_wherever_it_stands_then(
    stage: Stage, case: Ref, entry: str, keep: Keep
) -> None:
    source = bring(stage, case, keep(CHAT.encode()), "WhatsApp Chat with Cal.txt")
    link(stage, case, End(entry=entry), End(source=source, seq=2), kind=SAME_ACT)
    tasks.run(actions.answer(stage.actor("asha"), Ref(source), answers=(Answer("owner", "Maya Example"),)))
    assert Communication.objects.filter(source=source).values_list("generation", flat=True).first() == 2
    (end,) = links_of(stage, entry)[0].ends
    assert end.line is not None
    assert end.line.text == "I can see your light"
    assert [ends for _, ends in queries.same_acts(stage.actor("asha"), case)] == [((entry, 0, 0), ("", source, 2))]
    LinkEnd.objects.exclude(seq=None).update(seq=0)  # as if the new reading had found two records more before it
    (end,) = links_of(stage, entry)[0].ends
    assert end.line is not None
    assert end.line.seq == 2
    LinkEnd.objects.exclude(seq=None).update(mark="0" * 32)  # no record of this mark: it says so, and guesses none
    (end,) = links_of(stage, entry)[0].ends
    assert end.line is None
    assert end.record


def test_a_file_that_is_removed_leaves_a_link_that_says_one_was_there(
    stage: Stage, case: Ref, entry: str, keep: Keep
) -> None:
    source = bring(stage, case, keep(b"a picture"), "gate.bin")
    link(stage, case, End(entry=entry), End(source=source))
    assert tasks.run(actions.remove(stage.actor("asha"), Ref(source))) == "done"
    assert links_of(stage, entry)[0].ends[0].gone
    assert line_of(stage, case, entry).record.media == ()


def test_nothing_of_another_case_can_be_linked(stage: Stage, case: Ref, entry: str, keep: Keep) -> None:
    other = stage.case(victim="Somebody Else")
    source = bring(stage, other, keep(b"elsewhere"), "other.bin")
    mine = bring(stage, case, keep(CHAT.encode()), "WhatsApp Chat with Cal.txt")
    for ends in (
        (End(entry=entry), End(source=source)),
        (End(entry=entry), End(source=mine, seq=99)),
        (End(entry=entry), End(source=mine, seq=999_999)),
        (End(entry="2222-2222"), End(source=mine)),
        (End(entry=entry), End()),
    ):
        with pytest.raises(NotFound):
            link(stage, case, *ends)
    with pytest.raises(NotFound):
        actions.link(stage.actor("stranger"), case, kind=SHOWS, ends=(End(entry=entry), End(source=mine)))
    for kind, ends in (
        (SHOWS, (End(entry=entry),)),
        (SHOWS, (End(entry=entry), End(entry=entry))),
        (SHOWS, (End(source=mine), End(source=mine, seq=1))),
        (SAME_ACT, (End(entry=entry), End(source=mine))),
        ("other", (End(entry=entry), End(source=mine))),
    ):
        with pytest.raises(RuleBroken):
            link(stage, case, *ends, kind=kind)
