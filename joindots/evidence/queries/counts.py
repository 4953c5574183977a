"""How many acts there are by day, channel and direction, and by hour: what pictures are drawn from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from django.db.models import CharField, Count, F, Sum
from django.db.models.functions import Cast, Substr

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import codes, permissions, rules
from joindots.evidence.models import Communication, DayCount, by_these, held_rows, these
from joindots.evidence.queries.shown import EVERYTHING, DayTold, Only

TO_THE_HOUR = len("2025-06-10 20")
TO_THE_SECOND = len("2025-06-10 20:14:05")
"""Letters of a moment as both databases write it, in UTC."""
TIMED = (codes.PRECISION_OF["second"], codes.PRECISION_OF["minute"])


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
    actor: Actor, case: Case, start: datetime, end: datetime, only: Only
) -> tuple[tuple[tuple[datetime, int], ...], int]:
    """How many contacts begin in each hour of a window, and how many more stand in it without a time of day.

    A contact has a time of day if it is known to the minute; a row of a log is no contact. The hours are of UTC.
    """
    rows = Communication.objects.filter(
        held_rows(case.circle_id),
        these(only.channels, only.direction, only.senders),
        earliest__gte=start,
        earliest__lt=end,
        contact=True,
        repeat_of=None,
    ).exclude(channel=codes.CHANNEL_OF["log"])
    timed = rows.filter(precision__in=TIMED, spread__lt=rules.AN_HOUR)
    hours = timed.annotate(hour=Substr(Cast("earliest", CharField()), 1, TO_THE_HOUR)).values_list("hour")
    told = tuple((_hour(hour), number) for hour, number in hours.annotate(number=Count("id")).order_by("hour"))
    return told, rows.filter(spread__lt=rules.A_DAY).count() - sum(number for _, number in told)


@reads_one(permissions.SEE_EVIDENCE, Case)
def message_times(
    actor: Actor, case: Case, start: datetime, end: datetime, channels: Collection[str], most: int
) -> tuple[tuple[tuple[tuple[int, int], datetime], ...], int]:
    """Conversation and moment of the first `most` messages of a window that are known to the minute; and how many."""
    rows = Communication.objects.filter(
        held_rows(case.circle_id), channel__in=[codes.CHANNEL_OF[one] for one in sorted(channels)], earliest__gte=start,
        earliest__lt=end, contact=True, repeat_of=None, precision__in=TIMED, spread__lt=rules.AN_HOUR,
    )  # fmt: skip
    told = rows.order_by("earliest", "source", "seq").annotate(at=Cast("earliest", CharField()))
    # As text: the framework's own way to read a moment takes most of the time for 100,000 of them (measured).
    times = tuple(
        ((source, thread), datetime.fromisoformat(at[:TO_THE_SECOND]).replace(tzinfo=UTC))
        for source, thread, at in told.values_list("source", "thread", "at")[:most]
    )
    return times, rows.count() if len(times) == most else len(times)


def _hour(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00").replace(tzinfo=UTC)
