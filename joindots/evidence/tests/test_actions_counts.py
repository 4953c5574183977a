"""What is stored of how much contact each sender had on each day is what the records say, whatever becomes of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as some

from joindots.access.door import Ref
from joindots.chronology import actions as grouping
from joindots.chronology import queries as chronologies
from joindots.evidence import actions, queries
from joindots.evidence.models import Communication, DayCount, Reading
from joindots.evidence.readers.answers import Answer
from joindots.evidence.rules import codes
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.tallies import packed
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.when import LOCAL, Precision, When
from joindots.vault import files
from tests.stage import Stage

HOUR, DAY = 3_600, 90_000
"""As `rules.arriving`: what spans so much has no one hour, or no one day."""
Keep = Callable[[bytes], files.SealedFile]
WHERE = ("day", "channel", "direction", "sender")
WRITERS = ("Cal Example", "Maya Example", "Robin: Other")
LINES = [
    f"{day:02d}/06/2025, {hour:02d}:{at % 60:02d} - {WRITERS[at % 3]}: message {at}"
    for at, (day, hour) in enumerate((day, hour) for day in (1, 2, 28) for hour in (0, 9, 23))
]
ROWS = "Date,What happened,How often\n02/06/2025,He rang,3\nlast summer,He waited,\n"


def recount(source: int, generation: int) -> tuple[dict[Any, int], ...]:
    """Contacts, those counted elsewhere, and the hours of both, from the index rows alone."""
    contacts, repeats, hours, repeated = Counter[Any](), Counter[Any](), Counter[Any](), Counter[Any]()
    for row in Communication.objects.filter(source=source, generation=generation, contact=True):
        local = row.earliest.astimezone(LOCAL) if row.earliest and row.spread < DAY else None
        key = (local.date() if local else None, row.channel, row.direction, row.sender)
        contacts[key] += 1
        repeats[key] += row.repeat_of is not None
        if local and row.spread < HOUR and codes.PRECISIONS[row.precision] in {"second", "minute"}:
            hours[key] += 1 << (32 * local.hour)
            repeated[key] += (1 << (32 * local.hour)) * (row.repeat_of is not None)
    return contacts, repeats, hours, repeated


def right(stage: Stage, case: Ref) -> int:
    """Assert it, and say how many contacts count."""
    for source, generation in Reading.objects.filter(state="held").values_list("source", "generation"):
        contacts, repeats, hours, repeated = recount(source, generation)
        rows = DayCount.objects.filter(source=source, generation=generation)
        stored = {row[:4]: row[4:] for row in rows.values_list(*WHERE, "contacts", "repeats")}
        assert stored == {key: (number, repeats[key]) for key, number in contacts.items()}
        for *where, kept, kept_twice in rows.values_list(*WHERE, "hours", "repeat_hours"):
            key = (where[0], where[1], where[2], where[3])
            assert (bytes(kept), bytes(kept_twice)) == (packed(hours[key]), packed(repeated[key]))
    assert not DayCount.objects.exclude(source__in=Reading.objects.values("source")).exists()
    told = chronologies.accounts_of(stage.actor("asha"), case)
    days = queries.days_of(stage.actor("asha"), case)
    assert sum(one.acts for one in told) == sum(day.acts for day in days)
    some = (date(2025, 6, 2), date(2025, 6, 27))
    assert sum(one.acts for one in chronologies.accounts_of(stage.actor("asha"), case, some)) == sum(
        day.acts for day in days if day.day and some[0] <= day.day <= some[1]
    )
    return sum(one.acts for one in told)


LONG = [f"{day}/06/2025, 10:{at:02d} - Cal Example: line {at}" for at, day in enumerate((13, 13, 14, 14, 20, 27))]
SLICES = ((0, 4), (2, 6), (1, 5), (0, 6))
DEEDS = some.lists(
    some.tuples(some.sampled_from(("bring", "bring", "remove", "tell", "correct", "group", "undo")), some.integers(0, 3)),
    min_size=4, max_size=5,
)  # fmt: skip


@given(DEEDS)
@settings(
    max_examples=2, deadline=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@example(
    [("bring", 0), ("tell", 1), ("group", 0), ("bring", 1), ("correct", 0), ("undo", 0), ("remove", 0), ("bring", 0)]
)
def test_whatever_is_done_in_whatever_order_a_day_counts_the_lines_and_entries_that_stand_on_it(
    stage: Stage, keep: Keep, deeds: list[tuple[str, int]]
) -> None:
    stage.at = datetime.now(UTC)
    case, held, told = stage.case(), dict[int, int](), dict[str, date]()
    for deed, at in deeds:
        asha = stage.actor("asha")
        day = date(2025, 6, 13 + at)
        if deed == "bring":
            data = "\n".join(LONG[slice(*SLICES[at])]).encode()
            arrived = actions.bring_in(asha, case, name="chat.txt", sealed=keep(data))
            assert arrived.before is (at in held.values())
            held[arrived.source] = at
            if arrived.job:
                assert tasks.run(arrived.job) == "done"
        elif deed == "remove" and held:
            source = sorted(held)[at % len(held)]
            assert tasks.run(actions.remove(asha, Ref(source))) == "done"
            del held[source]
        elif deed == "tell" or (deed == "correct" and not told):
            told[actions.write_entry(asha, case, telling=on(day)).reference] = day
        elif deed == "correct":
            entry = sorted(told)[at % len(told)]
            actions.correct_entry(asha, Ref(entry), telling=on(day), why="it was another day")
            told[entry] = day
        elif deed == "group" and (held or told):
            grouping.name_episode(
                asha, case, name=f"night {at}", spans=dict.fromkeys(held, ((0, 1),)), entries=tuple(told)
            )
        elif deed == "undo" and (steps := [one for one in chronologies.decisions(asha, case) if one.may_be_undone]):
            grouping.undo(asha, case, step=steps[at % len(steps)].id)
    lines = {line for at in held.values() for line in LONG[slice(*SLICES[at])]}
    acts, entered = Counter(int(line[:2]) for line in lines), Counter(day.day for day in told.values())
    days = queries.days_of(stage.actor("asha"), case)
    assert {one.day.day: (one.acts, one.entered) for one in days if one.day} == {
        day: (acts[day], entered[day]) for day in {*acts, *entered}
    }
    assert all(one.day for one in days)
    assert right(stage, case) == len(lines)


def on(day: date) -> Telling:
    """Something that happened on a day, at noon."""
    noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    return Telling(When(noon, noon, Precision.MINUTE, given="noon"), ("near",), words="He waited")


def test_counts_by_sender_are_those_of_the_records_as_files_come_are_answered_and_go(stage: Stage, keep: Keep) -> None:
    stage.at = datetime.now(UTC)
    case, brought = stage.case(), []
    for part in (LINES[:7], LINES[2:]):
        arrived = actions.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep("\n".join(part).encode()))
        brought.append(arrived.source)
        assert tasks.run(arrived.job) == "done"
        right(stage, case)
    log = actions.bring_in(stage.actor("asha"), case, name="log.csv", sealed=keep(ROWS.encode()))
    assert tasks.run(log.job) == "done"
    everything = right(stage, case)
    assert DayCount.objects.filter(repeats__gt=0).exists(), "the files repeat one another"
    again = actions.answer(stage.actor("asha"), Ref(brought[0]), answers=(Answer("owner", "Maya Example"),))
    assert tasks.run(again) == "done"
    assert right(stage, case) == everything
    for source in brought:
        assert tasks.run(actions.remove(stage.actor("asha"), Ref(source))) == "done"
        right(stage, case)
    assert right(stage, case) == 0
    assert not Job.objects.filter(state="failed").exists()
