"""Chats as the apps really write them, and answers as people really give them: what other tests did not try."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.records import Question
from joindots.evidence.readers.tally import FileRead, Tally
from joindots.evidence.readers.tests.imessage_files import SUMMER, block, records_of

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
