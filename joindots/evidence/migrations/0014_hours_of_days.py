"""Counts by day know in which hour contacts begin; those of files read before are counted from the index rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db import migrations, models

from joindots.kernel.when import LOCAL

AN_HOUR = 3_600
TIMED = (0, 1)
"""Of `codes.PRECISIONS`: known to the second or to the minute. A code never changes place."""
PLACE = 32
READ_AT_ONCE = 10_000

Hours = Counter[tuple[date, int, int, int]]


def count_hours(apps: Any, schema_editor: Any) -> None:
    """Write the hours of every held reading; of others there are no counts to keep."""
    DayCount = apps.get_model("evidence", "DayCount")
    for source, generation in (
        apps.get_model("evidence", "Reading").objects.filter(state="held").values_list("source", "generation")
    ):
        hours, repeated = counted(apps.get_model("evidence", "Communication"), source, generation)
        rows = DayCount.objects.filter(source=source, generation=generation)
        for row in rows.iterator(chunk_size=READ_AT_ONCE):
            where = (row.day, row.channel, row.direction, row.sender)
            if hours[where]:
                row.hours, row.repeat_hours = packed(hours[where]), packed(repeated[where])
                row.save(update_fields=("hours", "repeat_hours"))


def counted(communications: Any, source: int, generation: int) -> tuple[Hours, Hours]:
    """Contacts known to the minute, and those of them counted elsewhere: 24 numbers of four bytes in one."""
    hours: Hours = Counter()
    repeated: Hours = Counter()
    rows = communications.objects.filter(
        source=source, generation=generation, contact=True, precision__in=TIMED, spread__lt=AN_HOUR
    ).exclude(earliest=None)
    told = rows.values_list("earliest", "channel", "direction", "sender", "repeat_of")
    for earliest, channel, direction, sender, repeat_of in told.iterator(chunk_size=READ_AT_ONCE):
        local = earliest.astimezone(LOCAL)
        where, one = (local.date(), channel, direction, sender), 1 << (PLACE * local.hour)
        hours[where] += one
        if repeat_of is not None:
            repeated[where] += one
    return hours, repeated


def packed(hours: int) -> bytes:
    """As `rules.tallies` keeps them."""
    return hours.to_bytes((hours.bit_length() + 7) // 8, "little")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0013_counts_by_sender")]

    operations = [
        migrations.AddField("daycount", "hours", models.BinaryField(default=b"")),
        migrations.AddField("daycount", "repeat_hours", models.BinaryField(default=b"")),
        migrations.RunPython(count_hours, migrations.RunPython.noop, elidable=True),
    ]
