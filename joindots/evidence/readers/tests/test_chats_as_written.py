"""Chats as the apps really write them, and answers as people really give them: what other tests did not try."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.meta import FORMAT as META
from joindots.evidence.readers.records import Question
from joindots.evidence.readers.tally import FileRead, Tally
from joindots.evidence.readers.tests.imessage_files import SUMMER, block, records_of
from joindots.evidence.readers.tests.json_files import answered, reading
from joindots.evidence.readers.tests.test_meta import ASH, ROBIN, SAM, hidden, message, secret, thread

# answers

HOUR = Question(
    "f" * 64, "chat.txt", "clock_hour", "Which?", ("first", "second"), "27/10/2024, 01:30 - Sam:", about="2024-10-27"
)


@pytest.mark.parametrize(("value", "status"), [("first", 0), ("not_sure", 0), ("summer", 3), (1, 3), (["first"], 3)])
def test_an_answer_that_is_none_of_the_questions_own_leaves_it_open(value, status):
    found = Tally(Answers([Answer("clock_hour", value)]))
    found.begin(FileRead("chat.txt", "f" * 64, 100))
    found.add(HOUR)
    assert found.exit == status


# imessage-exporter, older versions


@pytest.mark.parametrize(
    ("sender", "line"),
    [
        ("Sam Example", "They deleted a message."),
        ("Me", "You deleted a message."),
        ("Sam Example", "Sam Example unsent a message!"),
        ("+447700900123", "+447700900123 unsent a message!"),
        ("Me", "You unsent a message!"),
    ],
)
def test_a_message_that_was_taken_back_is_unsent_in_older_exports_too(sender, line):
    (record, _) = records_of(block(SUMMER, sender, line) + block(SUMMER, "Me", "why"))
    assert (record.kind, record.text, record.sender.shown) == ("unsent", None, sender)
    assert record.extra["unsent"] == [{"by": line.split(" unsent ")[0].split(" deleted ")[0], "after": None}]


@pytest.mark.parametrize("line", ["Kim unsent a message!", "They deleted a message. Why?", "We unsent a message!"])
def test_words_about_taking_back_stay_words(line):
    (record,) = records_of(block(SUMMER, "Sam Example", line))
    assert (record.kind, record.text) == ("text", line)


@pytest.mark.parametrize("sentence", ["Sam Example performed unknown action 5.", "You unsent a message."])
def test_an_announcement_may_end_in_a_full_stop(sentence):
    record = records_of(f"{SUMMER} {sentence}\n\n" + block(SUMMER, "Me", "a"))[0]
    assert record.kind == ("unsent" if "unsent" in sentence else "system")


# Messenger and Instagram


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Sam named the group Elm Street.", "system"),
        ("Sam Bample named the group Elm.", "system"),
        ("Sam added Ash Madeup to the group.", "system"),
        ("Sam left the group.", "system"),
        ("Sam set the nickname for Róbin Testcase to Rat.", "system"),
        ("Sam set her own nickname to Queen.", "system"),
        ("Sam changed the theme to Love.", "system"),
        ("Liked a message", "reaction"),
        ("Reacted 😡 to your message ", "reaction"),
        ("Ash left the group.", "text"),
        ("You left the group.", "text"),
        ("Sam left the group because of you", "text"),
        ("I liked a message", "text"),
    ],
)
def test_what_messenger_says_of_a_group_is_nobodys_message(words, kind):
    (one,) = reading(META, thread(message(1, content=words), people=(SAM, ROBIN, ASH))).messages
    assert (one.kind, one.text) == (kind, words)
    assert one.extra.get("told_by_wording", False) is (kind != "text")


def test_the_app_says_you_to_the_owner_alone():
    made = thread(message(1, ROBIN, "You created this group."), people=(SAM, ROBIN, ASH))
    assert [one.kind for one in reading(META, made).messages] == ["text"]
    assert [one.kind for one in reading(META, made, answered(owner=ROBIN)).messages] == ["system"]


def test_a_chat_of_two_has_no_group_to_leave():
    assert [one.kind for one in reading(META, thread(message(1, content="Sam left the group."))).messages] == ["text"]


@pytest.mark.parametrize(
    ("more", "kind"),
    [({"text": "Missed call"}, "call_missed"), ({"text": "Call", "callDuration": 9}, "call_answered"), ({}, "unknown")],
)
def test_an_encrypted_call_is_no_message(more, kind):
    (one,) = reading(META, secret(hidden(1, type="call", **more))).messages
    assert one.kind == kind
