"""Words of a screenshot: bubbles guessed, a person's confirmation as records, and no time that nobody knows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from joindots.evidence import rules
from joindots.evidence.readers.pictures.written import Word, Written
from joindots.evidence.rules import screenshots
from joindots.evidence.rules.screenshots import ME, NONE, OTHER, THEM, Line, Sheet, suggested
from joindots.kernel.when import london_day


def written(*lines: tuple[str, int, int]) -> Written:
    """Lines by their words, left edge and top, in a picture of 400 by 800 points; each word is 10 points a letter."""
    words = []
    for number, (text, left, top) in enumerate(lines):
        at = left
        for word in text.split():
            words.append(Word(word, (at, top, at + 6 * len(word), top + 20), number, 90))
            at += 6 * len(word) + 5
    return Written(400, 800, tuple(words))


def test_lines_of_one_bubble_stand_together_and_sides_are_guessed() -> None:
    told = suggested(written(
        ("Sam Example", 20, 10), ("Yesterday", 172, 120), ("I know where", 20, 200), ("you are 23:41", 20, 225),
        ("Leave me alone", 280, 300), ("23:42", 350, 322), ("again", 20, 400),
    ))  # fmt: skip
    assert [(one.text, one.who, one.shown) for one in told.lines] == [
        ("Sam Example", NONE, ""), ("Yesterday", NONE, ""), ("I know where you are", THEM, "Yesterday 23:41"),
        ("Leave me alone", ME, "Yesterday 23:42"), ("again", THEM, ""),
    ]  # fmt: skip
    swapped = suggested(written(("I know where", 20, 200), ("Leave me", 300, 300)), right=THEM)
    assert [one.who for one in swapped.lines] == [ME, THEM]


def said(*lines: Line, name: str = "Sam Example"):
    return list(screenshots.records(Sheet(400, 800, lines, "whatsapp", name), sha256="a" * 64, file="p.png", number=2))


def test_yesterday_stays_yesterday_and_a_day_that_is_known_gives_the_minute() -> None:
    one, other, third = said(
        Line("I know", THEM, "Yesterday 23:41"), Line("Stop", ME, "11:41 pm", date(2025, 3, 12), (1, 2, 3, 4)),
        Line("x", OTHER, "Yesterday", date(2025, 7, 1)),
    )  # fmt: skip
    assert (one.at_earliest, one.at_latest, one.at_shown, one.precision) == (None, None, "Yesterday 23:41", "time_only")
    assert rules.day_of(one) is None and rules.is_contact(one)
    assert (other.at_earliest, other.precision) == (datetime(2025, 3, 12, 23, 41, tzinfo=UTC), "minute")
    assert other.place.pointer == "box 1, 2 to 3, 4 of the picture"
    assert third.precision == "day" and london_day(third.at_earliest) == london_day(third.at_latest) == date(2025, 7, 1)
    assert [c.direction for c in (one, other, third)] == ["in", "out", "among_others"]
    assert (one.certainty_of_sender, other.sender.shown) == ("claimed", None)


def test_the_hour_that_comes_twice_keeps_both_readings() -> None:
    (one,) = said(Line("x", THEM, "01:30", date(2025, 10, 26)))
    assert (one.at_latest - one.at_earliest).total_seconds() == 3659


@pytest.mark.parametrize(("sheet", "code"), [
    (Sheet(1, 1), "no_lines"), (Sheet(1, 1, (Line("x"),)), "no_lines"),
    (Sheet(1, 1, (Line("x", THEM), Line(" ", ME))), "line_empty"),
])  # fmt: skip
def test_what_nobody_says_who_wrote_cannot_be_confirmed(sheet: Sheet, code: str) -> None:
    answer = screenshots.can_confirm(sheet)
    assert not answer and answer.reason is not None and answer.reason.code == code


LINES = some.builds(
    Line, some.text(max_size=12), some.sampled_from((THEM, ME, OTHER, NONE)),
    some.sampled_from(("", "25:61", "7.30", "12:05 am", "Mon 14:02")), some.none() | some.dates(date(1990, 1, 1)),
)  # fmt: skip


@settings(max_examples=40)
@given(some.lists(LINES, max_size=6))
def test_no_record_knows_its_time_better_than_the_picture_and_the_person(lines: list[Line]) -> None:
    confirmed = [one for one in lines if one.who != NONE and one.text.strip()]
    told = said(*lines)
    assert [c.text for c in told] == [one.text.strip() for one in confirmed]
    for c, one in zip(told, confirmed, strict=True):
        assert (c.at_earliest is None) == (one.day is None)
        assert c.precision != "minute" or screenshots._clock(one.shown) is not None
    assert screenshots.decoded(screenshots.encoded(Sheet(1, 2, tuple(lines)))).lines == tuple(lines)
