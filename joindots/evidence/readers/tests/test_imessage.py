"""imessage-exporter's text: every message once, at its time, by its sender."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.imessage.body import duration
from joindots.evidence.readers.records import Attachment, Communication, Coverage
from joindots.evidence.readers.tests.imessage_files import (
    SUMMER,
    block,
    hour_twice,
    items_of,
    questions_of,
    records_of,
    shown,
    tiles,
)


def test_a_message_has_sender_time_direction_and_place():
    text = block(SUMMER + " (Read by them after 1 hour, 49 seconds)", "Me", "Hello world") + block(
        "Dec 17, 2022 11:02:03 AM", "+447700900123", "I saw you", "", "today"
    )
    first, second = records_of(text)
    assert (first.direction, first.text, first.kind, first.sender.shown) == ("out", "Hello world", "text", "Me")
    assert first.at_earliest == first.at_latest == datetime(2022, 5, 17, 16, 29, 42, tzinfo=UTC)
    assert (first.at_shown, first.precision, first.zone_basis) == (SUMMER, "second", "device_assumed")
    assert first.extra == {"read_by": "them", "read_after": "1 hour, 49 seconds"}
    assert (second.direction, second.text) == ("in", "I saw you\n\ntoday")
    assert (second.sender.key, second.at_earliest.hour) == ("tel:+447700900123", 11)
    assert (second.place.line, second.thread, second.channel) == (5, "Sam Example", "imessage")
    assert [one.key for one in first.recipients] == ["tel:+447700900123"]
    assert not questions_of(text)


def test_a_reply_shown_twice_is_one_record_that_names_what_it_answers():
    text = (
        block("May 17, 2022  5:30:00 PM", "Sam Example", "where", "    May 17, 2022  5:40:00 PM", "    Me",
              "    at home", "", "with mum", "")
        + block("May 17, 2022  5:35:00 PM", "Sam Example", "hello?")
        + block("May 17, 2022  5:40:00 PM", "Me", "at home", "", "with mum",
                "This message responded to an earlier message.")
    )  # fmt: skip
    asked, other, reply = records_of(text)
    assert (asked.text, other.text, reply.text) == ("where", "hello?", "at home\n\nwith mum")
    assert (reply.quoted_of, reply.extra) == (asked.id, {"reply": True})
    assert tiles(text.encode(), items_of(text))


def test_a_reply_shown_only_under_its_question_is_a_record_of_its_own():
    text = block(
        "May 17, 2022  5:30:00 PM", "Sam Example", "where", "    May 17, 2022  5:40:00 PM", "    Me", "    home"
    )
    text += block("May 17, 2022  5:35:00 PM", "Sam Example", "hello?")
    first, reply, _ = records_of(text)
    assert (first.text, reply.text, reply.direction, reply.quoted_of) == ("where", "home", "out", first.id)
    assert tiles(text.encode(), items_of(text))


def test_tapbacks_stand_beside_the_words():
    (record,) = records_of(block(SUMMER, "Me", "hi", "Tapbacks:", "Loved by Sam Example", "☕️ by Kim", ""))
    assert (record.text, record.kind) == ("hi", "text")
    assert record.extra["tapbacks"] == [{"what": "Loved", "by": "Sam Example"}, {"what": "☕️", "by": "Kim"}]


def test_tapbacks_that_are_set_in_end_where_the_next_part_begins():
    (record,) = records_of(
        block(
            SUMMER, "Me", "hi", "Tapbacks:", "    1️⃣ by Sam Example", "    Outline Sticker from Kim: a/b.heic", "and you"
        )
    )
    assert record.text == "hi\nand you"
    assert [one["what"] for one in record.extra["tapbacks"]] == ["1️⃣", "Sticker"]


def test_what_the_exporter_writes_under_an_edit_is_no_part_of_it():
    (record,) = records_of(
        block(SUMMER, "Me", SUMMER + " I wil", "Edited 15 seconds later: I will", "Sent with Slam", "Tapbacks:",
              "    Loved by Sam Example", "    Loved by Kim", "and more")
    )  # fmt: skip
    assert (record.kind, record.text) == ("edited", "I will\nand more")
    assert [one["text"] for one in record.extra["versions"]] == ["I wil", "I will"]
    assert (record.extra["effects"], len(record.extra["tapbacks"])) == (["Sent with Slam"], 2)


def test_an_effect_is_no_word_of_the_sender():
    shown, typed = records_of(
        block(SUMMER, "Me", "Hello world", "Sent with Confetti") + block(SUMMER, "Me", "Sent with Confetti")
    )
    assert (shown.text, shown.extra) == ("Hello world", {"effects": ["Sent with Confetti"]})
    assert (typed.text, typed.extra) == ("Sent with Confetti", {})


def test_a_phones_translation_is_no_word_of_the_sender():
    (record,) = records_of(block(SUMMER, "Sam Example", "I see you", "Translated from:", "Rwy'n dy weld di"))
    assert (record.text, record.extra) == ("Rwy'n dy weld di", {"translation": "I see you"})


def test_files_of_an_export_made_on_windows_are_found():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("out/Sam Example.txt", block(SUMMER, "Me", "attachments\\1\\2.jpeg"))
        made.writestr("out/attachments/1/2.jpeg", b"picture")
    (record,) = records_of(archive.getvalue(), name="export.zip")
    assert (record.kind, record.media[0].name, record.media[0].present) == ("media", "attachments\\1\\2.jpeg", True)


def test_words_that_only_begin_like_tapbacks_stay_words():
    (record,) = records_of(block(SUMMER, "Me", "Tapbacks:", "Loved by Sam", "is what I saw"))
    assert record.text == "Tapbacks:\nLoved by Sam\nis what I saw"


def test_an_edit_keeps_every_version_and_when():
    text = block(SUMMER, "Sam Example", SUMMER + " I will come", "Edited 15 seconds later: I will come at 8",
                 "Edited 1 minute, 5 seconds later: never mind", "")  # fmt: skip
    (record,) = records_of(text)
    assert (record.kind, record.text) == ("edited", "never mind")
    assert [one["text"] for one in record.extra["versions"]] == ["I will come", "I will come at 8", "never mind"]
    assert record.edited_at == datetime(2022, 5, 17, 16, 31, 2, tzinfo=UTC)


def test_deleted_unsent_and_files():
    path = "/Users/invented/Library/Messages/Attachments/ab/11/X/IMG_0001.heic"
    deleted, unsent, part, media, missing = records_of(
        block("May 17, 2022  5:30:00 PM", "Sam Example", "This message was deleted from the conversation!", "gone")
        + "May 17, 2022  5:31:00 PM Sam Example unsent a message!\n\n"
        + block("May 17, 2022  5:32:00 PM", "Sam Example", "They unsent this message part 5 seconds after sending!")
        + block("May 17, 2022  5:33:00 PM", "Me", "look", "attachments/12/34.jpeg", path)
        + block("May 17, 2022  5:34:00 PM", "Sam Example", "Attachment missing!")
    )
    assert (deleted.kind, deleted.text) == ("deleted", "gone")
    assert (unsent.kind, unsent.direction, unsent.sender.shown) == ("unsent", "in", "Sam Example")
    assert (part.kind, part.text, part.extra["unsent"]) == ("unsent", None, [{"by": "They", "after": "5 seconds"}])
    assert (media.kind, media.text, [one.name for one in media.media]) == (
        "media",
        "look",
        ["attachments/12/34.jpeg", path],
    )
    assert (missing.kind, missing.media[0].present) == ("media", False)


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("You added Kim to the conversation.", "out"), ("Sam Example removed Kim from the conversation.", "in"),
        ("Sam Example left the conversation.", "in"), ("You renamed the conversation to Hello world", "out"),
        ("Sam Example changed the group photo.", "in"),
        ("You named the conversation Hello world", "out"), ("You changed the chat background.", "out"),
        ("Sam Example changed their phone number.", "in"), ("Sam Example removed the chat background.", "in"),
        ("Sam Example kept an audio message.", "in"),
    ],
)  # fmt: skip
def test_announcements_are_never_contact(sentence, direction):
    first, record = records_of(block("May 16, 2022  5:29:42 PM", "Me", "hi") + f"{SUMMER} {sentence}\n\n")
    assert (record.kind, record.direction, record.text) == ("system", direction, sentence)
    assert first.kind == "text"


@pytest.mark.parametrize("opening", ["You named the conversation Tea", "Kim waved", "You changed the chat background."])
def test_an_export_may_open_with_an_announcement(opening):
    text = f"May 16, 2022  5:29:42 PM {opening}\n\n" + block(SUMMER, "Me", "hi")
    assert len(records_of(text)) == 2
    assert len(records_of("Unable to format announcement!\n\n" + text)) == 2


def test_an_announcement_of_a_kind_not_known_still_counts():
    _, record = records_of(block("May 16, 2022  5:29:42 PM", "Me", "hi") + f"{SUMMER} Sam Example waved\n\n")
    assert (record.kind, record.text) == ("unknown", "Sam Example waved")


def test_a_group_has_no_recipients_that_the_file_does_not_name():
    text = block(SUMMER, "Me", "hi") + block("May 17, 2022  5:30:42 PM", "Sam Example", "a")
    group = text + block("May 17, 2022  5:31:42 PM", "Kim", "b")
    assert [one.shown for one in records_of(text)[0].recipients] == ["Sam Example"]
    assert records_of(group)[0].recipients == ()
    named = records_of(group, name="+447700900123, +447700900456 - 12.txt")[0].recipients
    assert [one.key for one in named] == ["tel:+447700900123", "tel:+447700900456"]


# time


def test_the_hour_that_came_twice_is_settled_by_the_files_order():
    records = records_of(hour_twice("1:10:00", "1:50:00", "1:20:00", "1:30:00"))[1:]
    assert [record.at_earliest.strftime("%H:%M") for record in records] == ["00:10", "00:50", "01:20", "01:30"]
    assert all(record.time_flags == ("dst_ambiguous", "settled_by_order") for record in records)
    assert all(record.at_earliest == record.at_latest and not record.open for record in records)


def test_the_hour_that_came_twice_is_asked_where_the_order_does_not_tell():
    text = hour_twice("1:10:00", "1:50:00", "2:20:00")
    records = records_of(text)[1:]
    assert [record.open for record in records] == [("clock_hour",), ("clock_hour",), ()]
    assert (records[0].at_earliest.hour, records[0].at_latest.hour) == (0, 1)
    (question,) = questions_of(text)
    assert (question.question, question.about, question.candidates) == ("clock_hour", "2022-10-30", ("first", "second"))
    assert question.example == "Oct 30, 2022  1:10:00 AM Sam Example"


@pytest.mark.parametrize(("value", "earliest", "latest"), [("first", 0, 0), ("second", 1, 1), ("not_sure", 0, 1)])
def test_an_answer_closes_the_question_of_the_hour(value, earliest, latest):
    answer = Answer("clock_hour", value, about="2022-10-30")
    text = hour_twice("1:10:00")
    record = records_of(text, answer)[1]
    assert (record.at_earliest.hour, record.at_latest.hour, record.open) == (earliest, latest, ())
    assert not questions_of(text, answer)


def test_a_time_that_did_not_exist_asks_for_the_zone():
    text = block("Mar 27, 2022  1:30:00 AM", "Sam Example", "night") + block("Mar 27, 2022  4:30:00 AM", "Me", "what")
    (question,) = questions_of(text)
    assert (question.question, question.example) == ("zone", "Mar 27, 2022  1:30:00 AM Sam Example")
    assert [record.open for record in records_of(text)] == [("zone",), ()]
    first, second = records_of(text, Answer("zone", "Europe/Madrid"))
    assert (first.at_earliest.hour, first.zone_basis, first.open) == (0, "asked", ())
    assert second.at_earliest.hour == 2


@pytest.mark.parametrize("shown", ["Jan  1, 2001 12:00:00 AM", "Jan 01, 2001 12:00:00 AM", "Dec 31, 2000  7:00:00 PM"])
def test_a_missing_date_is_unknown_not_2001(shown):
    record = records_of(block(shown.replace("  1,", " 1,"), "Sam Example", "hi") + block(SUMMER, "Me", "a"))[0]
    assert (record.at_earliest, record.precision, record.time_flags) == (None, "none", ("clock_suspect",))


@pytest.mark.parametrize(
    ("words", "seconds"), [("1 day, 2 hours, 3 minutes, 4 seconds", 93784), ("49 seconds", 49), ("soon", None)]
)
def test_lengths_of_time(words, seconds):
    found = duration(words)
    assert (found.total_seconds() if found is not None else None) == seconds


# whose phone


def test_without_me_and_without_receipts_the_owner_is_asked():
    text = block(SUMMER, "Alex Invented", "a") + block("May 17, 2022  5:30:42 PM", "Sam Example", "b")
    (question,) = questions_of(text)
    assert (question.question, question.candidates) == ("owner", ("Alex Invented", "Sam Example", "none"))
    assert [(r.direction, r.open) for r in records_of(text)] == [("unknown", ("owner",))] * 2
    assert [r.direction for r in records_of(text, Answer("owner", "Alex Invented"))] == ["out", "in"]
    assert [r.direction for r in records_of(text, Answer("owner", "none"))] == ["in", "in"]
    assert [(r.direction, r.open) for r in records_of(text, Answer("owner", "not_sure"))] == [("unknown", ())] * 2


@pytest.mark.parametrize("receipts", [("them", None), (None, "Alex Invented")])
def test_a_receipt_settles_whose_phone_it_was(receipts):
    own, others = (f" (Read by {one} after 49 seconds)" if one else "" for one in receipts)
    text = block(SUMMER + own, "Alex Invented", "a") + block("May 17, 2022  5:30:42 PM" + others, "Sam Example", "b")
    assert [record.direction for record in records_of(text)] == ["out", "in"]
    assert not questions_of(text)


def test_one_voice_that_nobody_answered_is_incoming():
    text = block(SUMMER, "Sam Example", "a") + block("May 17, 2022  5:30:42 PM", "Sam Example", "b")
    assert [record.direction for record in records_of(text)] == ["in", "in"]
    assert not questions_of(text)


# archives, and the whole round


def test_a_zip_of_an_export_finds_its_files():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/Sam Example.txt", block(SUMMER, "Sam Example", "attachments/0/1.jpeg"))
        archive.writestr("export/Kim.txt", block(SUMMER, "Me", "hello"))
        archive.writestr("export/attachments/0/1.jpeg", b"picture")
    items = items_of(packed.getvalue(), name="export.zip")
    first, second = [item for item in items if isinstance(item, Communication)]
    assert first.media[0].sha256 == hashlib.sha256(b"picture").hexdigest()
    assert (second.place.member, second.thread, second.seq) == ("export/Kim.txt", "Kim", 1)
    assert [item.name for item in items if isinstance(item, Attachment)] == ["export/attachments/0/1.jpeg"]
    assert [item.thread for item in items if isinstance(item, Coverage)] == ["Sam Example", "Kim"]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=20)
PLAIN = WORDS.filter(lambda line: line.strip() and not line.startswith(("    ", "/", "~", "\ufeff")))
MESSAGES = st.lists(
    st.tuples(st.booleans(), st.lists(PLAIN, min_size=1, max_size=3), st.integers(0, 5000)), max_size=15
)


@settings(max_examples=150, deadline=None)
@given(MESSAGES.filter(len))
def test_what_is_written_is_read_back(messages):
    at = datetime.combine(date(2022, 5, 17), time(9))
    text = ""
    expected = []
    for mine, lines, gap in messages:
        at += timedelta(seconds=gap)
        text += block(shown(at), "Me" if mine else "Sam Example", *lines)
        expected.append(("out" if mine else "in", "\n".join(lines), at - timedelta(hours=1)))
    items = items_of(text)
    found = [item for item in items if isinstance(item, Communication)]
    assert [(one.direction, one.text, one.at_earliest.replace(tzinfo=None)) for one in found] == expected
    assert tiles(text.encode(), items)
