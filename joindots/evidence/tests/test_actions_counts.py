"""What is stored of how much contact each sender had on each day is what the records say, whatever becomes of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from joindots.access.door import Ref
from joindots.chronology import queries as chronologies
from joindots.evidence import actions, queries
from joindots.evidence.models import Communication, DayCount, Reading
from joindots.evidence.readers.answers import Answer
from joindots.evidence.rules import codes
from joindots.evidence.rules.tallies import packed
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.when import LOCAL
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


def test_counts_by_sender_are_those_of_the_records_as_files_come_are_answered_and_go(stage: Stage, keep: Keep) -> None:
    stage.at = datetime.now(UTC)
    case, brought = stage.case(), []
    for some in (LINES[:7], LINES[2:]):
        arrived = actions.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep("\n".join(some).encode()))
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
