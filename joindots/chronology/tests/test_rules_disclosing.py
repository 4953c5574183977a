"""What of a case's files may be shown: marked records, others' conversations and places of pictures never are."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from joindots.chronology.rules.disclosing.enclosing import SAYS, WhyNot, why_not
from joindots.chronology.rules.disclosing.holding import holders
from joindots.chronology.rules.disclosing.marking import Marks, marked
from joindots.chronology.rules.disclosing.records import disclosed
from joindots.chronology.rules.given import SourceRead
from joindots.chronology.rules.people import About
from joindots.chronology.tests.making import CALLUM, MAYA, PRIYA, record, source
from joindots.documents.leaks.protected import Protected, Word
from joindots.evidence.readers.records import Identity, Media, Place
from joindots.kernel.problems import RuleBroken

REPORTED, OWN = About(("Callum Pryce",)), About(("Maya",))


def shown(*sources: SourceRead, marks: Marks | None = None) -> list[str | None]:
    return [c.text for one in sifted(*sources, marks=marks).sources for c in one.communications]


def sifted(*sources: SourceRead, marks: Marks | None = None):
    return disclosed(
        sources, REPORTED, OWN, marks or Marks(), lambda text: text.replace("SECRET", "[kept back]"),
        lambda text, part: text.replace(part, "[kept back]"),
    )  # fmt: skip


class Mark:
    """A mark as the maker of a pack is given it."""

    def __init__(self, source: int | None = None, seq: int | None = None, entry: str = "", part: str = "") -> None:
        self.source, self.seq, self.entry, self.part = source, seq, entry, part
        self.mark = f"line {(seq or 0) + 1}"
        self.address = ""


def found(sources: Iterable[SourceRead], *marks: Mark, same: tuple[object, ...] = ()) -> Marks:
    sources = tuple(sources)
    return marked(sources, tuple(range(10, 10 + len(sources))), marks, same, lambda place: f"line {place.line}")


def test_a_conversation_with_somebody_else_leaves_nothing_not_even_that_it_was() -> None:
    mum = Identity("Mum", "tel:+447700900777")
    own = record(1, thread="Mum", direction="out", sender=MAYA, recipients=(mum,))
    assert shown(source(record(0), record(2, thread="Mum", sender=mum), own)) == ["words 0"]
    (kept,) = sifted(source(record(2, thread="Mum", sender=mum))).sources
    assert (kept.communications, kept.coverage) == ([], [])


def test_where_nobody_said_whose_phone_it_is_only_conversations_with_the_person_reported_are_shown() -> None:
    theirs = record(0, thread="Callum", direction="unknown", sender=MAYA)
    other = record(1, thread="Mum", direction="unknown", sender=MAYA)
    assert shown(source(theirs, record(2, direction="unknown"), other)) == ["words 0", "words 2"]


@pytest.mark.parametrize("way", ["out", "unknown", "in"])
@pytest.mark.parametrize(
    ("sender", "own", "name"),
    [
        (Identity("Maya", "tel:+447700900122"), "Maya", "Maya"),
        (Identity("Maya", "mailto:maya.new@example.org"), "Maya", "Maya"),
        (Identity("maya.new@example.org", "mailto:maya.new@example.org"), "maya.new@example.org", None),
        (Identity("+44 7700 900122", "tel:+447700900122"), "+44 7700 900122", None),
        (Identity(None, "tel:+447700900122"), "07700 900122", None),
    ],
)
def test_a_number_or_address_that_reaches_the_person_stalked_is_in_no_pack_whatever_the_list_says(
    way: str, sender: Identity, own: str, name: str | None
) -> None:
    sources = (source(record(0), record(1, direction=way, sender=sender, recipients=(CALLUM, sender))),)
    given = disclosed(sources, REPORTED, About((own,)), Marks(), lambda text: text, lambda text, part: text)
    (_, hers) = given.sources[0].communications
    assert hers.sender == Identity(name, None)
    assert "900122" not in str(hers)
    assert "maya.new" not in str(hers)
    assert not given.whole[0]


def test_her_own_spending_is_no_business_of_theirs_and_a_withheld_call_is() -> None:
    paid = {"channel": "payment", "thread": None, "amount_pence": 100}
    shop = record(0, direction="out", sender=Identity(), **paid)
    theirs = record(1, direction="in", **paid)
    withheld = record(2, channel="call", thread=None, sender=Identity(), certainty_of_sender="withheld")
    rung = record(3, channel="call", thread=None, direction="out", sender=Identity())
    listed = record(4, channel="call", thread=None, direction="unknown", sender=Identity(),
                    extra={"other_side": "Callum Pryce"})  # fmt: skip
    assert shown(source(shop, theirs, withheld, rung, listed)) == ["words 1", "words 2", "words 4"]


def test_in_a_group_others_are_kept_back_and_those_written_to_are_called_others() -> None:
    group = {"thread": "Choir", "extra": {"group": True}}
    mine = record(2, direction="out", sender=MAYA, recipients=(CALLUM, PRIYA), **group)
    given = sifted(source(record(0, **group), record(1, sender=PRIYA, **group), mine))
    words = [(c.text, c.sender.shown) for c in given.sources[0].communications]
    assert words == [("words 0", "Callum Pryce"), (None, None), ("words 2", "Maya")]
    assert [one.shown for one in given.sources[0].communications[2].recipients] == ["Callum Pryce", "another person"]
    assert {c.thread for c in given.sources[0].communications} == {None}
    assert not given.whole[0]


def test_names_of_files_places_inside_them_and_what_stands_beside_pictures_are_gone() -> None:
    photo = record(
        0, channel="photo", place=Place(member="SECRET/x.jpg", byte=5, pointer="SECRET"),
        media=(Media("SECRET.jpg", True, "f" * 64, 9, "image/jpeg"),), extra={"place": "51.5, -0.1", "model": "X"},
    )  # fmt: skip
    (kept,) = sifted(source(photo, name="SECRET.jpg")).sources
    (c,) = kept.communications
    assert (kept.name, c.place, c.extra, c.media[0].name) == ("Source 1", Place(), {}, None)
    assert "SECRET" not in repr(kept)


def test_a_mark_on_one_record_holds_for_every_record_that_tells_of_the_same_act() -> None:
    sources = (source(record(0, dup_group="g"), record(1)), source(record(0, dup_group="g"), record(5), mark="b"))
    marks = found(sources, Mark(10, 0))
    assert marks.whole == {(0, 0), (1, 0)}
    assert shown(*sources, marks=marks) == [None, "words 1", None, "words 5"]
    linked = found(sources, Mark(10, 1), same=((("", 10, 1), ("", 11, 1)), (("", 11, 1), ("", 10, 0))))
    assert linked.whole == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_some_words_of_a_record_are_kept_back_in_each_that_tells_of_it() -> None:
    sources = (source(record(0, text="by the old mill", dup_group="g")),
               source(record(3, text="by the old mill", dup_group="g"), mark="b"))  # fmt: skip
    assert shown(*sources, marks=found(sources, Mark(10, 0, part="old mill"))) == ["by the [kept back]"] * 2


def test_a_marked_record_is_known_again_where_it_stands_now_and_its_loss_stops_the_pack() -> None:
    sources = (source(record(0), record(1), record(2)),)
    moved = Mark(10, 0)
    moved.mark = "line 3"
    assert found(sources, moved).whole == {(0, 2)}
    moved.mark = "line 99"
    with pytest.raises(RuleBroken) as lost:
        found(sources, moved)
    assert lost.value.reason.code == "mark_lost"


def test_a_mark_on_a_record_of_a_removed_file_stops_the_pack_for_others_may_tell_the_same() -> None:
    with pytest.raises(RuleBroken) as lost:
        found((source(record(0)),), Mark(99, 0))
    assert lost.value.reason.code == "mark_lost"
    assert found((source(record(0)),), Mark(99)).files == set()


def test_a_mark_on_an_entry_holds_for_the_message_it_tells_of_though_the_entry_was_withdrawn() -> None:
    same = ((("2345-6789", 0, 0), ("", 10, 1)),)
    marks = found((source(record(0), record(1)),), Mark(entry="2345-6789"), same=same)
    assert marks.whole == {(0, 1)}


def test_a_file_carried_by_a_marked_record_is_not_in_the_pack_and_one_nobody_shows_neither() -> None:
    media = (Media("a.jpg", True, "f" * 64, 9, "image/jpeg"),)
    sources = (source(record(0, media=media), record(1)),)
    given = sifted(*sources, marks=found(sources, Mark(10, 0)))
    assert given.hidden_media == {"f" * 64}
    plain = {"kind": "image/jpeg", "marked": False, "hidden": False, "shown": True, "of_records": False, "log": False}
    assert why_not(**plain) is None
    assert why_not(**{**plain, "hidden": True}) is WhyNot.OF_KEPT
    assert why_not(**{**plain, "shown": False}) is WhyNot.OF_KEPT
    assert why_not(**{**plain, "marked": True}) is WhyNot.MARKED
    assert why_not(**{**plain, "of_records": True}) is WhyNot.WHOLE
    assert why_not(**{**plain, "kind": "video/mp4"}) is WhyNot.SOUND
    assert why_not(**{**plain, "kind": "application/zip"}) is WhyNot.UNKNOWN
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for kind in ("audio/x-wav", "text/html", "message/rfc822", word):
        assert why_not(**{**plain, "kind": kind}) is None
    assert set(SAYS) == set(WhyNot)


def test_who_saw_it_and_which_worker_wrote_it_down_are_left_out_of_an_entry() -> None:
    entry = record(
        0, channel="log", kind="incident", thread=None, direction="unknown", sender=Identity(),
        place=Place(pointer="log entry AB by Asha"),
        extra={"log_entry": "Came near", "witnesses": "Priya saw", "corrected": "by Asha", "where": "SECRET lane"},
    )  # fmt: skip
    given = sifted(source(entry))
    (c,) = given.sources[0].communications
    assert c.extra == {"log_entry": "Came near", "where": "[kept back] lane"}
    assert c.place == Place()


def test_a_word_that_stands_half_in_one_message_and_half_in_the_next_names_both() -> None:
    kept = sifted(source(record(0, text="ring 07700"), record(1, text="900 122 after six"), record(2)))
    alone = sifted(source(record(0), record(1, text="it is 07700900122")))
    number = Protected((Word("07700 900122", "number"),))
    assert holders(kept.sources, number) == {"number": ((0, 0), (0, 1))}
    assert holders(alone.sources, number) == {"number": ((0, 1),)}
    assert holders(alone.sources, Protected()) == {}
