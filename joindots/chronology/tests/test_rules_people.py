import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules.document import chronology_of
from joindots.chronology.tests.making import CALLUM, MAYA, PRIYA, record, source
from joindots.evidence.readers.records import Attachment, Media, NotUnderstood, Place, Question

SECRET = "zebra-quilt"


def all_of(chronology):
    """Everything that would be written, as one text."""
    document = chronology.document
    messages, rows = [asdict(one) for one in document.messages], list(document.rows)
    parts = [asdict(replace(document, messages=(), rows=())), messages, rows]
    exhibits = [(one.name, one.says, one.sha256) for one in chronology.exhibits if not one.why_not]
    return json.dumps([parts, exhibits], default=str)


def group(**priyas):
    return source(
        record(0, 0, thread="Choir"),
        record(1, 1, thread="Choir", sender=PRIYA, **{"text": SECRET, **priyas}),
        record(2, 2, thread="Choir", direction="out", sender=MAYA),
    )


def test_others_words_in_a_group_are_kept_back_everywhere_and_counted():
    chronology = chronology_of([group()], about=["Callum Pryce"])
    text = all_of(chronology)
    assert SECRET not in text
    assert "Priya" not in text
    assert "+447700900456" not in text
    assert "words 0" in text and "words 2" in text
    (entry,) = chronology.document.entries
    assert (
        entry.lines[0]
        == "1 from Callum Pryce, 1 from Maya (the phone's owner), 1 from another person (words kept back)."
    )


def test_others_messages_in_a_group_are_no_contact_and_alone_make_no_entry():
    chat = group()
    chat.communications.append(record(3, 600, thread="Choir", sender=PRIYA))
    document = chronology_of([chat], about=["Callum Pryce"]).document
    counts = {count.says: count.count for count in document.counts}
    assert counts["Acts of contact"] == 2
    assert counts["Messages of other people in groups: not counted, words kept back"] == 2
    assert len(document.entries) == 1
    assert [row["counted_as"] for row in document.rows] == ["contact", "of others", "contact", "of others"]


def test_a_person_may_be_named_by_number_and_their_words_are_shown():
    assert SECRET in all_of(chronology_of([group()], about=["Callum Pryce", "07700 900456"]))


def test_without_a_name_only_the_owners_words_of_a_group_are_shown():
    text = all_of(chronology_of([group()]))
    assert SECRET not in text and "words 0" not in text and "words 2" in text


def test_a_conversation_of_two_is_shown_whole():
    chat = source(record(0), record(1, 1, direction="out", sender=MAYA))
    assert "words 0" in all_of(chronology_of([chat], about=["Somebody Else"]))


def test_a_source_with_words_kept_back_is_listed_and_not_enclosed():
    chronology = chronology_of([group()], about=["Callum Pryce"])
    (exhibit,) = chronology.exhibits
    assert exhibit.why_not
    assert exhibit.sha256 == "a" * 64


def test_others_pictures_in_a_group_are_not_enclosed_and_not_named():
    picture = Media(f"{SECRET}.jpg", True, "c" * 64, 10, "image/jpeg")
    chat = group(media=(picture,))
    chat.attachments.append(Attachment(f"{SECRET}.jpg", "c" * 64, 10, Place(member=f"{SECRET}.jpg"), "image/jpeg"))
    chronology = chronology_of([chat], about=["Callum Pryce"])
    assert SECRET not in all_of(chronology)
    assert [one.why_not != "" for one in chronology.exhibits] == [True, True]
    assert SECRET not in chronology.exhibits[1].name


def test_questions_and_places_of_a_source_with_kept_back_words_show_no_examples():
    chat = group()
    chat.questions.append(Question("a" * 64, "chat.txt", "owner", "Which of these is you?", (SECRET,), SECRET))
    chat.not_understood.append(NotUnderstood(Place(line=9, length=4), "unknown_line", SECRET))
    assert SECRET not in all_of(chronology_of([chat], about=["Callum Pryce"]))


def test_what_a_reader_kept_back_carries_no_content_and_is_no_contact():
    row = record(0, channel="payment", kind="payment", text=SECRET, amount_pence=250_000, extra={"kept_back": True})
    chronology = chronology_of([source(row)])
    text = all_of(chronology)
    assert SECRET not in text
    assert "250000" not in text
    assert chronology.document.entries == ()
    assert [count.count for count in chronology.document.counts if count.says == "Acts of contact"] == [0]


@given(st.lists(st.tuples(st.sampled_from("cpm"), st.sampled_from(["text", "system", "edited", "media"])), max_size=12))
def test_no_word_of_a_bystander_ever_leaves_a_group(turns):
    who = {"c": CALLUM, "p": PRIYA, "m": MAYA}
    chat = source(
        record(100, 0, thread="Choir"),
        record(101, 0, thread="Choir", sender=PRIYA, text=SECRET),
        *(
            record(n, n, thread="Choir", kind=kind, sender=who[turn], direction="out" if turn == "m" else "in",
                   text=SECRET if turn == "p" else "mine", quoted_of=SECRET if turn == "p" else None)
            for n, (turn, kind) in enumerate(turns)
        ),
    )  # fmt: skip
    assert SECRET not in all_of(chronology_of([chat], about=["Callum Pryce"]))


def test_a_group_whose_file_names_no_thread_is_a_group_all_the_same():
    records = [
        record(text="mine", direction="out", sender=MAYA, thread=None),
        record(text="his", direction="in", sender=CALLUM, thread=None),
        record(text="Zanzibarcanary", direction="in", sender=PRIYA, thread=None),
    ]
    told = all_of(chronology_of([source(*records)], [CALLUM.shown]))
    assert "his" in told
    assert "Zanzibarcanary" not in told


@pytest.mark.parametrize(
    "given",
    [{"channel": "snapchat", "extra": {"group": True}}, {"channel": "mms", "recipients": (MAYA, CALLUM)}],
)
def test_a_group_in_which_one_other_person_wrote_is_a_group(given):
    chat = source(record(0, sender=PRIYA, text=SECRET, **given), record(1, 1, direction="out", sender=MAYA, **given))
    assert SECRET not in all_of(chronology_of([chat], about=["Callum Pryce"]))
    assert SECRET in all_of(chronology_of([chat], about=["Priya"]))
