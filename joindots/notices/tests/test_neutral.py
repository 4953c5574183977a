"""Words that could tell somebody else what it is about never stand where somebody else could see them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from joindots.documents.tests.disguises import PLAIN
from joindots.documents.tests.world import World
from joindots.notices.rules import calendars
from joindots.notices.rules.neutral import FILE, SENDER, SUBJECT, TELLING, TEXT, Said, can_be, telling
from joindots.notices.rules.notices import NEXT, Kind, State

NOW = datetime(2025, 11, 17, 9, tzinfo=UTC)
PLACES = st.sampled_from(["body", "subject", "sender", "file_name"])
SEEN = st.sampled_from([Kind.TEXT, Kind.MAIL, Kind.VOICEMAIL, Kind.CALENDAR])
DRESSED = [str.upper, str.title, lambda word: word, "\u200b".join, lambda word: f"({word}s)"]


def said(place: str, text: str) -> Said:
    return Said(**{"body": "See you soon.", place: text})  # type: ignore[arg-type]


@settings(max_examples=80)
@given(SEEN, PLACES, st.sampled_from(TELLING), st.sampled_from(DRESSED))
def test_no_telling_word_passes_however_it_is_dressed(kind: Kind, place: str, word: str, dressed: object) -> None:
    assert not can_be(kind, said(place, f"About {dressed(word)}"), ())  # type: ignore[operator]


@settings(max_examples=80)
@given(
    SEEN,
    PLACES,
    st.sampled_from(["Cal Pryce", "9 Larch Close", "Stillwater", "07700 900122", "Zoë"]),
    st.sampled_from(DRESSED[:3]),
)
def test_no_name_or_place_of_the_case_passes(kind: Kind, place: str, never: str, dressed: object) -> None:
    assert not can_be(kind, said(place, f"see {dressed(never)}, today"), (never,))  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    [TEXT, "The dentist has news. Ring when you can.", "I look forward to hearing from you", "Running late, 10 minutes",
     "Can you ring me on Tuesday at 12:40?", "Your word is maple. Please keep it for your next call."],
)  # fmt: skip
def test_ordinary_words_pass(text: str) -> None:
    assert can_be(Kind.TEXT, Said(text), ("Cal Pryce", "Al")) and telling(text, ()) == ""


@given(st.sampled_from(Kind), st.sampled_from(["write it here", "Write here how they will handle it", "WRITE\nhere"]))
def test_nothing_leaves_with_a_place_that_is_not_filled_in(kind: Kind, place: str) -> None:
    refused = can_be(kind, Said(f"Dear Sam\n\nWhy, as they say: ({place})"), ())
    assert refused.reason.code == "not_filled" and "Why, as they say" in str(refused.reason)
    assert can_be(kind, Said(f"Why, as they say: to decide ({place.split()[0]} to them there)."), ())


@pytest.mark.parametrize(
    "text", ["www.stillwater.example", "see help.org.uk", "a@example.org", "", " ", "x" * 301, "a\x00b", "\u202ecod"]
)  # fmt: skip
def test_links_empty_long_and_hidden_signs_are_refused(text: str) -> None:
    assert not can_be(Kind.TEXT, Said(text), ())


def test_a_number_of_the_case_is_found_however_it_is_written() -> None:
    for text in ("ring 07700900122", "ring +44 7700 900 122", "ring 0 7700-900122 now"):
        assert not can_be(Kind.TEXT, Said(text), ("07700 900122",)), text
    assert can_be(Kind.TEXT, Said("ring 07700 900155"), ("07700 900122", "flat 2"))


@settings(max_examples=60)
@given(st.text(max_size=70))
def test_what_stands_on_the_outside_is_one_short_line(text: str) -> None:
    if can_be(Kind.MAIL, Said("See you soon", subject=text), ()):
        assert len(text) <= 60 and not set("\r\n\x00") & set(text)
    assert not can_be(Kind.MAIL, Said("See you soon", file_name=f"../{text}"), ())


@given(st.integers(0, 10_000), st.sampled_from(sorted(PLAIN)), st.sampled_from(("body", "subject", "sender")))
@settings(max_examples=60, deadline=None)
def test_nothing_protected_is_seen_however_it_is_written(seed: int, way: str, place: str) -> None:
    rng = random.Random(seed)
    secrets = World(rng).secrets
    line = " ".join(PLAIN[way](rng.choice(secrets.each()[:-1]), rng).split())
    assert not can_be(Kind.CALENDAR, said(place, line), (), secrets.protected()), line
    assert can_be(Kind.CALENDAR, said(place, "See you at ten"), (), secrets.protected())


def test_a_letters_words_are_inside_its_envelope_and_its_outside_is_not() -> None:
    assert can_be(Kind.LETTER, Said("The court date is Monday."), ())
    assert not can_be(Kind.LETTER, Said("The court date is Monday.", sender="Victim Care"), ())
    assert all(telling(text, ()) == "" for text in (SENDER, SUBJECT, FILE))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.dates(date(2025, 10, 1), date(2026, 3, 1)), st.none() | st.just(NOW)), max_size=12))
def test_a_calendar_counts_everything_once_by_day_and_says_nothing_else(
    days: list[tuple[date, datetime | None]],
) -> None:
    made = Calendar.from_ical(calendars.of_work(days, NOW, "salt"))
    whole = [one for one in made.walk("VEVENT") if not isinstance(one.decoded("dtstart"), datetime)]
    assert sum(int(str(one["summary"]).split()[1]) for one in whole) == len(days)
    assert all(one.decoded("dtstart") >= NOW.date() for one in whole)
    assert {key for one in made.walk("VEVENT") for key in one} <= {
        "UID",
        "DTSTAMP",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "TRANSP",
    }


def test_nothing_comes_back_from_an_end() -> None:
    assert all(not NEXT[state] for state in State if state not in (State.QUEUED, State.LEAVING))
