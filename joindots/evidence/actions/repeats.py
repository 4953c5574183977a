"""One act told by several files is counted once: every record stays, and says which record stands for it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import F

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.evidence import permissions
from joindots.evidence.models import Communication, DayCount, SourceFile

Repeats = list[tuple[int, int, int]]
"""Place in this file, and the file and place of the record that stands for the act."""


@writes(permissions.BRING_IN, SourceFile)
def clear_repeats(actor: Actor, source: SourceFile, *, generation: int) -> None:
    """Forget which records of this file repeat others: it is about to be said anew."""
    Communication.objects.filter(source=source, generation=generation).exclude(repeat_of=None).update(repeat_of=None)
    DayCount.objects.filter(source=source, generation=generation).update(repeats=0)
    actor.record(source.circle_id, "evidence.repeats_cleared", source=source.pk)


@writes(permissions.BRING_IN, SourceFile)
def mark_repeats(
    actor: Actor, source: SourceFile, *, generation: int, repeats: Repeats, generations: dict[int, int],
    days: Counter[tuple[date | None, int, int]],
) -> None:  # fmt: skip
    """Keep which records of this file repeat another file's, and how many contacts a day that takes off."""
    standing: dict[tuple[int, int], int] = {}
    for other, other_generation in generations.items():
        places = [place for _, file, place in repeats if file == other]
        rows = Communication.objects.filter(source=other, generation=other_generation, seq__in=places)
        standing.update({(other, seq): pk for seq, pk in rows.values_list("seq", "pk")})
    mine = Communication.objects.filter(
        source=source, generation=generation, seq__in=[place for place, _, _ in repeats]
    )
    stands = {place: standing[(file, other)] for place, file, other in repeats}
    found = list(mine.only("pk", "seq", "repeat_of"))
    for row in found:
        row.repeat_of = stands[row.seq]
    Communication.objects.bulk_update(found, ("repeat_of",), batch_size=300)
    for (day, channel, direction), number in days.items():
        DayCount.objects.filter(
            source=source, generation=generation, day=day, channel=channel, direction=direction
        ).update(repeats=F("repeats") + number)
    actor.record(source.circle_id, "evidence.repeats_marked", source=source.pk, records=len(found))
