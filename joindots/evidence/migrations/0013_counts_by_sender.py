"""Counts by day know each sender; those of files read before are counted anew from the index rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import islice
from typing import Any

from django.db import migrations, models

from joindots.kernel.when import london_day

A_DAY = 90_000
"""As `rules.arriving`: a record that spans this or more has no one day."""
AT_ONCE = 2_000
READ_AT_ONCE = 10_000


def count_anew(apps: Any, schema_editor: Any) -> None:
    """Write the counts of every held reading again; of others there are none to keep."""
    DayCount = apps.get_model("evidence", "DayCount")
    Reading = apps.get_model("evidence", "Reading")
    DayCount.objects.all().delete()
    for source, generation in Reading.objects.filter(state="held").values_list("source", "generation"):
        contacts, repeats = counted(apps.get_model("evidence", "Communication"), source, generation)
        rows = (
            DayCount(
                source_id=source, generation=generation, day=key[0], channel=key[1], direction=key[2], sender=key[3],
                contacts=number, repeats=repeats[key],
            )
            for key, number in contacts.items()
        )  # fmt: skip
        while some := list(islice(rows, AT_ONCE)):
            DayCount.objects.bulk_create(some)


Counts = Counter[tuple[date | None, int, int, int]]


def counted(communications: Any, source: int, generation: int) -> tuple[Counts, Counts]:
    """Contacts, and how many of them are counted elsewhere, by day, channel, direction and sender."""
    contacts: Counts = Counter()
    repeats: Counts = Counter()
    rows = communications.objects.filter(source=source, generation=generation, contact=True)
    told = rows.values_list("earliest", "spread", "channel", "direction", "sender", "repeat_of")
    for earliest, spread, channel, direction, sender, repeat_of in told.iterator(chunk_size=READ_AT_ONCE):
        day = london_day(earliest) if earliest is not None and spread < A_DAY else None
        contacts[day, channel, direction, sender] += 1
        repeats[day, channel, direction, sender] += repeat_of is not None
    return contacts, repeats


class Migration(migrations.Migration):
    dependencies = [("evidence", "0012_coverage_gaps")]

    operations = [
        migrations.AddField("daycount", "sender", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count_anew, migrations.RunPython.noop, elidable=True),
    ]
