"""What is kept out of disclosure stays out when its file is removed, and when the same bytes come again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from joindots.access.door import Ref
from joindots.chronology import actions, queries
from joindots.chronology.models import Pack
from joindots.chronology.work import gathering
from joindots.chronology.work.gathering import Gathered, gathered
from joindots.circles.models import Circle
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import End
from joindots.jobs import tasks
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import When
from joindots.people import actions as people
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

Keep = Callable[[bytes], SealedFile]
SHARED = (
    b"21/06/2025, 08:00 - Callum: this one is private\n21/06/2025, 08:05 - Maya: please stop writing\n"
    b"21/06/2025, 08:09 - Callum: where are you tonight\n21/06/2025, 08:11 - Maya: leave me be\n"
)
FIRST = SHARED + b"22/06/2025, 09:00 - Callum: good morning\n"
SECOND = SHARED + b"22/06/2025, 09:00 - Callum: good morning\n23/06/2025, 09:00 - Callum: hello again\n"
NAME = "WhatsApp Chat with Callum.txt"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


def brought(stage: Stage, case: Ref, name: str, sealed: SealedFile) -> int:
    arrived = evidence.bring_in(stage.actor("asha"), case, name=name, sealed=sealed)
    assert arrived.job is not None
    assert tasks.run(arrived.job) == "done"
    return arrived.source


def told(stage: Stage, case: Ref) -> tuple[Gathered, list[str | None]]:
    """What a pack is made from, and the words of the records that it keeps out."""
    found = gathered(stage.actor("asha"), case, ("Callum",))
    return found, sorted(found.sources[file].communications[at].text for file, at in found.marks.whole)


def test_a_marked_record_whose_file_was_removed_leaves_by_no_other_file(stage: Stage, keep: Keep) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    first = brought(stage, case, NAME, keep(FIRST))
    brought(stage, case, NAME, keep(SECOND))
    actions.keep_out(stage.actor("asha"), case, end=End(source=first, seq=0), why="hers alone")
    assert told(stage, case)[1] == ["this one is private"] * 2
    assert tasks.run(evidence.remove(stage.actor("asha"), Ref(first))) == "done"
    with pytest.raises(RuleBroken) as lost:
        told(stage, case)
    assert lost.value.reason.code == "mark_lost"
    (mark,) = queries.kept_out_of(stage.actor("asha"), case)
    assert mark.what == "record 1 of a file that was removed"
    brought(stage, case, NAME, keep(FIRST))
    assert told(stage, case)[1] == ["this one is private"] * 2


def test_a_file_kept_out_whole_stays_out_when_it_is_removed_and_comes_again(stage: Stage, keep: Keep) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    first = brought(stage, case, NAME, keep(FIRST))
    actions.keep_out(stage.actor("asha"), case, end=End(source=first), why="hers alone")
    assert tasks.run(evidence.remove(stage.actor("asha"), Ref(first))) == "done"
    assert told(stage, case)[0].marks.files == set()
    brought(stage, case, "again.txt", keep(FIRST))
    assert told(stage, case)[0].marks.files == {0}


def test_a_mark_on_an_entry_holds_for_its_message_after_the_entry_was_withdrawn(stage: Stage, keep: Keep) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    first = brought(stage, case, NAME, keep(FIRST))
    telling = Telling(When(None, None, given="in June"), ("message",), words="It said something")
    entry = evidence.write_entry(stage.actor("asha"), case, telling=telling).reference
    ends = (End(entry=entry), End(source=first, seq=0))
    evidence.link(stage.actor("asha"), case, kind="same_act", ends=ends)
    actions.keep_out(stage.actor("asha"), case, end=End(entry=entry), why="hers alone")
    evidence.withdraw_entry(stage.actor("asha"), Ref(entry), why="told by the message")
    assert told(stage, case)[1] == ["this one is private"]


def test_a_word_or_mark_that_came_after_the_gathering_is_seen_before_the_pack_is_kept(stage: Stage) -> None:
    """Whoever began to write it down before the gathering has an earlier moment: it is asked for, not reckoned."""
    case = stage.case(victim="Maya Example", summary="", own_number="")
    telling = Telling(When(None, None, given="in June"), ("message",), words="It said something")
    entry = evidence.write_entry(stage.actor("asha"), case, telling=telling).reference
    found, _ = told(stage, case)
    assert gathering.still(stage.actor("asha"), case, found)
    people.protect(stage.actor("asha"), Ref(Circle.objects.get().pk), kind="school", word="Quillfeather School")
    assert not gathering.still(stage.actor("asha"), case, found)
    found, _ = told(stage, case)
    mark = actions.keep_out(stage.actor("asha"), case, end=End(entry=entry), why="hers alone")
    assert not gathering.still(stage.actor("asha"), case, found)
    actions.lift(stage.actor("asha"), Ref(mark), why="told by mistake")
    assert gathering.still(stage.actor("asha"), case, found)


def test_files_that_change_while_they_are_gathered_make_no_pack(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    asked = iter(({}, {"1": 2}))
    monkeypatch.setattr(gathering, "_readings", lambda *_: next(asked))
    with pytest.raises(RuleBroken) as broken:
        told(stage, case)
    assert broken.value.reason.code == "files_changed"


def test_a_pack_that_is_not_made_yet_is_not_there_to_be_downloaded(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case()
    actions.ask_for_pack(stage.actor("asha"), case)
    stage.close()
    assert sign_in("asha").get(f"/packs/{Pack.objects.get().pk}/").status_code == 404
