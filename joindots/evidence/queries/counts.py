"""How many acts there are by day, channel and direction, and by hour: what pictures are drawn from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import CharField, F, Sum
from django.db.models.functions import Cast

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions, rules
from joindots.evidence.models import Communication, DayCount, by_these, held_rows, these
from joindots.evidence.queries.shown import EVERYTHING, DayTold, Only
from joindots.evidence.rules import codes, tallies
from joindots.kernel.when import midnight

TO_THE_SECOND = len("2025-06-10 20:14:05")
"""Letters of a moment as both databases write it, in UTC."""
TIMED = tuple(codes.PRECISION_OF[one] for one in sorted(tallies.TIMED))


@reads_one(permissions.SEE_EVIDENCE, Case)
def counts_by_day(actor: Actor, case: Case, only: Only = EVERYTHING) -> tuple[DayTold, ...]:
    """Every day, channel and direction that has contact or a row of a log; what repeats is counted once.

    Of some senders their contact alone, narrowed as asked.
    """
    counts = DayCount.objects.filter(held_rows(case.circle_id))
    if only.senders is not None:
        counts = counts.filter(these(only.channels, only.direction), by_these(only.senders))
    rows = (
        counts.values("day", "channel", "direction")
        .annotate(number=Sum("contacts") - Sum("repeats")).filter(number__gt=0).order_by(F("day").asc(nulls_last=True))
    )  # fmt: skip
    return tuple(
        DayTold(row["day"], codes.CHANNELS[row["channel"]], codes.DIRECTIONS[row["direction"]], row["number"])
        for row in rows
    )


@reads_one(permissions.SEE_EVIDENCE, Case)
def counts_by_hour(
    actor: Actor, case: Case, first: date, last: date, only: Only
) -> tuple[tuple[tuple[int, ...], ...], int]:
    """How many contacts of these days begin in each hour, by weekday from Monday; and how many have no time of day.

    A contact has a time of day if it is known to the minute; a row of a log is no contact. Days and hours of London.
    """
    counts = DayCount.objects.filter(
        held_rows(case.circle_id), these(only.channels, only.direction), day__gte=first, day__lte=last
    ).exclude(channel=codes.CHANNEL_OF["log"])
    if only.senders is not None:
        counts = counts.filter(by_these(only.senders))
    by_weekday, number = [0] * 7, 0
    for day, contacts, repeats, hours, repeated in counts.values_list(
        "day", "contacts", "repeats", "hours", "repeat_hours"
    ):
        assert day is not None  # those not known lie outside of every window
        by_weekday[day.weekday()] += tallies.unpacked(hours) - tallies.unpacked(repeated)
        number += contacts - repeats
    grid = tuple(map(tallies.by_hour, by_weekday))
    return grid, number - sum(map(sum, grid))


@reads_one(permissions.SEE_EVIDENCE, Case)
def message_times(
    actor: Actor, case: Case, first: date, last: date, channels: Collection[str], most: int
) -> tuple[tuple[tuple[tuple[int, int], datetime], ...], int]:
    """Conversation and moment of the first `most` messages of these days known to the minute; and how many."""
    rows = Communication.objects.filter(
        held_rows(case.circle_id), these(channels, ""), earliest__gte=midnight(first),
        earliest__lt=midnight(last + timedelta(days=1)), contact=True, repeat_of=None, precision__in=TIMED,
        spread__lt=rules.AN_HOUR,
    )  # fmt: skip
    told = rows.order_by("earliest", "source", "seq").annotate(at=Cast("earliest", CharField()))
    # As text: the framework's own way to read a moment takes most of the time for 100,000 of them (measured).
    times = tuple(
        ((source, thread), datetime.fromisoformat(f"{at[:TO_THE_SECOND]}+00:00"))
        for source, thread, at in told.values_list("source", "thread", "at")[:most]
    )
    if len(times) < most:
        return times, len(times)
    grid, _ = counts_by_hour.run(actor, case, first, last, Only(frozenset(channels)))
    return times, sum(map(sum, grid))
