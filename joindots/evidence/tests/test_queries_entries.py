"""Entries stand among the records of files: by day, in order, in search and in the day's counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from joindots.access.door import Ref
from joindots.evidence import actions, queries
from joindots.evidence.queries import Only
from joindots.evidence.rules.entries import Telling
from joindots.jobs import tasks
from joindots.kernel.when import Precision, When
from tests.stage import Stage

WHOLE = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
DAY = datetime(2025, 3, 13, tzinfo=UTC)


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


def at(hour: float, minutes: int = 1) -> When:
    start = DAY + timedelta(hours=hour)
    return When(
        start, start + timedelta(seconds=60 * minutes - 1), Precision.MINUTE if minutes == 1 else Precision.RANGE
    )


def write(stage: Stage, case: Ref, when: When, words: str = "", **more: object) -> str:
    told = Telling(when, ("near",), words=words, **more)
    return actions.write_entry(stage.actor("asha"), case, telling=told).reference


@pytest.fixture
def case(stage: Stage, keep) -> Ref:
    """A case with nine messages, one an hour from one o'clock, and entries at half past one to half past three."""
    case = stage.case()
    chat = "".join(f"13/03/2025, {1 + n:02}:00 - Cal Example: words {n}\n" for n in range(9))
    arrived = actions.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(chat.encode()))
    assert tasks.run(arrived.job) == "done"
    for hour in (3.5, 1.5, 2.5):
        write(stage, case, at(hour), f"entry {hour}")
    return case


IN_ORDER = [
    "words 0",
    "entry 1.5",
    "words 1",
    "entry 2.5",
    "words 2",
    "entry 3.5",
    *(f"words {n}" for n in range(3, 9)),
]


def test_entries_and_records_stand_in_one_order_of_time(stage: Stage, case: Ref) -> None:
    lines, total = queries.lines_between(stage.actor("asha"), case, *WHOLE)
    assert [line.text for line in lines] == IN_ORDER
    assert total == 12
    assert [line.entry != "" for line in lines[:3]] == [False, True, False]


@pytest.mark.parametrize("most", [1, 2, 3, 5, 7])
def test_page_by_page_every_line_is_shown_once_and_in_order(stage: Stage, case: Ref, most: int) -> None:
    shown = [
        line.text for skip in range(0, 15, most)
        for line in queries.lines_between(stage.actor("asha"), case, *WHOLE, most, skip)[0]
    ]  # fmt: skip
    assert shown == IN_ORDER


def test_a_day_counts_entries_apart_from_acts_and_one_over_days_has_no_day(stage: Stage, case: Ref) -> None:
    write(stage, case, When(DAY, DAY + timedelta(days=7), Precision.RANGE, given="that week"))
    write(stage, case, When(None, None, given="some time"))
    write(stage, case, When(None, DAY, Precision.RANGE, given="before"))
    days = queries.days_of(stage.actor("asha"), case)
    assert [(one.day and one.day.isoformat(), one.acts, one.entered, one.total) for one in days] == [
        ("2025-03-13", 9, 3, 12),
        (None, 0, 3, 3),
    ]
    undated = queries.lines_without_day(stage.actor("asha"), case)
    assert [line.says for line in undated] == [
        "Between Thu 13 Mar 2025, 00:00 and Thu 20 Mar 2025, 00:00",
        "Before Thu 13 Mar 2025",
        "Time not known (some time)",
    ]


def test_a_day_known_by_an_entry_alone_is_listed(stage: Stage) -> None:
    case = stage.case()
    write(stage, case, at(12))
    assert [(one.entered, one.total) for one in queries.days_of(stage.actor("asha"), case)] == [(1, 1)]
    lines, total = queries.lines_between(stage.actor("asha"), case, *WHOLE)
    assert (len(lines), total) == (1, 1)


def test_search_finds_an_entry_by_any_of_its_words_and_by_its_reference(stage: Stage, case: Ref) -> None:
    entry = write(stage, case, at(20), "A Red car", where="by the School gate", saw="a neighbour", effect="I hid")
    for words in ("red CAR", "school", "neighbour", "I hid", entry, "came near"):
        lines, total = queries.search(stage.actor("asha"), case, words)
        assert entry in [line.entry for line in lines], words
        assert total == len(lines)
    assert queries.search(stage.actor("asha"), case, "words 3")[1] == 1


def test_a_withdrawn_entry_stands_in_no_list_count_or_search(stage: Stage, case: Ref) -> None:
    entry = write(stage, case, at(20), "unlike any other")
    actions.withdraw_entry(stage.actor("asha"), Ref(entry), why="wrong case")
    assert queries.lines_between(stage.actor("asha"), case, *WHOLE)[1] == 12
    assert queries.days_of(stage.actor("asha"), case)[0].entered == 3
    assert queries.search(stage.actor("asha"), case, "unlike any other") == ((), 0)


def test_a_corrected_entry_is_shown_as_it_stands_now(stage: Stage, case: Ref) -> None:
    entry = write(stage, case, at(20), "before")
    told = Telling(at(21), ("call",), words="after")
    actions.correct_entry(stage.actor("asha"), Ref(entry), telling=told, why="heard again")
    lines = queries.search(stage.actor("asha"), case, "after")[0]
    assert [(line.kind, line.says, line.source_words.endswith("corrected")) for line in lines] == [
        ("A call", "Thu 13 Mar 2025, 21:00", True)
    ]
    assert queries.search(stage.actor("asha"), case, "before")[1] == 0


def test_lists_narrowed_to_channels_a_direction_or_other_kinds_leave_entries_out(stage: Stage, case: Ref) -> None:
    nothing: frozenset[str] = frozenset()
    for only, entered in (
        (Only(nothing), 3), (Only(frozenset({"whatsapp"}), nothing), 0), (Only(direction="in"), 0),
        (Only(direction="unknown"), 3), (Only(nothing, frozenset({"threat"})), 0),
    ):  # fmt: skip
        assert sum(one.entered for one in queries.days_of(stage.actor("asha"), case, only)) == entered
        lines, _ = queries.lines_between(stage.actor("asha"), case, *WHOLE, only=only)
        assert sum(line.entry != "" for line in lines) == entered
