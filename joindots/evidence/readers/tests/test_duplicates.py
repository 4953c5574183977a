"""Duplicates between files are grouped, and no true count is ever lowered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.duplicates import Spool, folded
from joindots.evidence.readers.records import Communication, Identity, Media, Place

START = datetime(2024, 1, 1, 12, tzinfo=UTC)
MARK = Identity("Mark Example", "tel:+447700900123")
SAM = Identity("Sam Example", "tel:+447700900456")


def record(minute: int, text: str | None, **other) -> Communication:
    """One message at a minute of a day; the rest as given."""
    at = START + timedelta(minutes=minute)
    base = {
        "id": "0", "source_file": "a", "place": Place(), "seq": 0, "channel": "whatsapp", "kind": "text",
        "thread": "Mark", "sender": Identity("Mark"), "at_earliest": at, "at_latest": at + timedelta(seconds=59),
        "precision": "minute", "text": text,
    }  # fmt: skip
    return Communication(**{**base, **other})


def file(name: str, records, **other) -> list[Communication]:
    return [
        msgspec.structs.replace(one, id=f"{name}-{seq}", source_file=name, seq=seq, **other)
        for seq, one in enumerate(records)
    ]


def grouped(*files: list[Communication]) -> tuple[int, dict[str, str | None]]:
    spool = Spool()
    for records in files:
        for one in records:
            spool.add(one)
    groups = {one.id: one.dup_group for one in spool.grouped()}
    assert spool.acts == len(set(groups.values()))
    return spool.acts, groups


def acts(*files: list[Communication]) -> int:
    return grouped(*files)[0]


def talk(count: int, start: int = 0) -> list[Communication]:
    """A chat of two, each record different."""
    return [record(start + n, f"message {n}", sender=Identity(("Mark", "Sam")[n % 2])) for n in range(count)]


# Chats: few senders, texts and minutes, so that equal records are common.
rows_of_chat = st.tuples(st.integers(0, 6), st.sampled_from("MS"), st.sampled_from(["?", "hi", "I see you"]))
chats = st.lists(rows_of_chat, max_size=25)


def chat(rows) -> list[Communication]:
    in_time = sorted(rows, key=lambda row: row[0])
    return [record(minute, text, sender=Identity(sender)) for minute, sender, text in in_time]


@given(chats)
def test_records_of_one_file_are_never_grouped(rows):
    assert acts(file("a", chat(rows))) == len(rows)


@given(chats, chats, st.permutations([0, 1, 2]))
def test_a_copy_of_a_file_changes_no_count_and_the_order_of_files_does_not_matter(one, other, order):
    a, b, copy = file("a", chat(one)), file("b", chat(other)), file("c", chat(one))
    count, groups = grouped(a, b)
    with_copy, again = grouped(*[[a, b, copy][n] for n in order])
    assert with_copy == count
    assert grouped(b, a)[1] == groups
    for seq in range(len(one)):
        assert again[f"a-{seq}"] == again[f"c-{seq}"]


@given(chats, st.data())
@settings(max_examples=60)
def test_overlapping_exports_of_one_chat_are_their_union(rows, data):
    whole = chat(rows)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    assert acts(file("a", whole[:end]), file("b", whole[start:]), file("c", whole)) == len(whole)


@given(st.integers(0, 20), st.integers(0, 20))
def test_two_cuts_of_a_chat_without_repeats_are_exactly_their_union(end, start):
    whole = talk(20)
    assert acts(file("a", whole[:end]), file("b", whole[start:])) == len(set(range(end)) | set(range(start, 20)))


@given(chats, chats)
def test_acts_are_never_fewer_than_the_richest_file_shows(one, other):
    a, b = file("a", chat(one)), file("b", chat(other))
    assert max(len(a), len(b)) <= acts(a, b) <= len(a) + len(b)


def test_question_marks_in_one_second_stay_two_acts_though_another_export_has_both():
    twice = [record(0, "?"), record(0, "?")]
    assert acts(file("a", twice), file("b", twice)) == 2


def test_the_same_words_in_two_chats_are_two_acts():
    text = "I know where you live, both of you"
    assert acts(file("a", [record(0, text)], thread="Mark"), file("b", [record(0, text)], thread="Family")) == 2


def test_the_same_words_by_two_channels_are_two_acts():
    text = "I know where you live"
    sms = file("a", [record(0, text, sender=MARK, recipients=(SAM,))], channel="sms")
    chat_too = file("b", [record(0, text, sender=MARK, recipients=(SAM,))])
    assert acts(sms, chat_too) == 2


def test_a_renamed_export_is_known_by_its_run_of_talk():
    assert acts(file("a", talk(20)), file("b", talk(20), thread="chat (1)")) == 20


def test_a_run_from_one_sender_does_not_join_two_chats():
    spam = [record(n, f"threat {n}") for n in range(10)]
    assert acts(file("a", spam, thread="Sam"), file("b", spam, thread="Work")) == 20


def test_two_phones_with_one_name_for_him_stay_two_chats():
    hers = [*talk(40), record(50, "Where is she?")]
    mothers = [record(n, f"other {n}", sender=Identity(("Mark", "Ann")[n % 2])) for n in range(40)]
    assert acts(file("a", hers), file("b", [*mothers, record(50, "Where is she?")])) == 82


def test_seconds_and_minutes_meet():
    second = [msgspec.structs.replace(one, at_earliest=one.at_latest, precision="second") for one in talk(6)]
    assert acts(file("a", talk(6)), file("b", second)) == 6


@pytest.mark.parametrize(("apart", "count"), [(0, 1), (1, 1), (2, 2)])
def test_another_exporters_clock_may_be_a_minute_off_between_hard_identifiers(apart, count):
    text = "I saw you at the station"
    one = record(0, text, sender=MARK, recipients=(SAM,), thread="x")
    other = record(apart, text, sender=MARK, recipients=(SAM,), thread="police")
    assert acts(file("a", [one]), file("b", [other])) == count


def test_a_minute_off_is_not_enough_for_a_short_text():
    one = record(0, "?", sender=MARK, recipients=(SAM,), thread="x")
    assert acts(file("a", [one]), file("b", [record(1, "?", sender=MARK, recipients=(SAM,), thread="y")])) == 2


def test_one_message_id_is_one_mail():
    mail = {"channel": "email", "place": Place(pointer="<1@example.org>"), "thread": None}
    a = file("a", [record(0, "hello", **mail)])
    b = file("b", [record(0, "hello changed by a gateway", **{**mail, "thread": "x"})])
    assert acts(a, b) == 1


def test_missed_calls_of_two_backups_are_counted_once():
    calls = [record(n * 7, None, kind="call_missed", channel="call", sender=MARK, duration_s=0) for n in range(5)]
    assert acts(file("a", calls), file("b", calls[2:])) == 5


def test_two_photos_of_one_minute_are_two_and_one_photo_brought_in_twice_is_one():
    def photo(name: str) -> Communication:
        return record(0, None, channel="photo", kind="media", thread=None, media=(Media(name, True, sha256=name * 8),))

    assert acts(file("a", [photo("x")]), file("b", [photo("y")])) == 2
    assert acts(file("a", [photo("x")]), file("b", [photo("x"), photo("y")])) == 2


def test_two_exports_in_one_archive_are_compared_as_two_files_are():
    first = file("a", talk(12), extra={"part": "old.txt"})
    whole = [
        msgspec.structs.replace(one, id=f"a-{12 + n}", seq=12 + n)
        for n, one in enumerate(file("a", talk(20), extra={"part": "new.txt"}))
    ]
    count, groups = grouped([*first, *whole])
    assert count == 20
    assert [groups[f"a-{n}"] for n in range(12)] == [groups[f"a-{12 + n}"] for n in range(12)]


def test_records_come_back_as_they_were_but_for_the_group():
    given_ones = [*file("a", talk(3)), *file("b", [record(0, "half \ud83d", extra={"n": 1})])]
    spool = Spool()
    for one in given_ones:
        spool.add(one)
    back = [msgspec.structs.replace(one, dup_group=None) for one in spool.grouped()]
    assert back[:3] == given_ones[:3]
    assert back[3].text == "half \ufffd"


def test_texts_fold_to_what_two_exporters_agree_on():
    assert folded("\u200eIt\u2019s  me\u00a0\n") == "It's me"
    assert folded("e\u0301") == "\u00e9"
