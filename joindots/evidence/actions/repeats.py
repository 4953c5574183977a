"""One act told by several files is counted once: every record stays, and says which record stands for it."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.evidence import permissions
from joindots.evidence.models import Communication, DayCount, SourceFile
from joindots.evidence.rules.tallies import Days, packed

Repeats = dict[int, tuple[int, int]]
"""By place in this file: the file and place of the record that stands for the act."""
CLEARED = 4096


@writes(permissions.BRING_IN, SourceFile)
def clear_repeats(actor: Actor, source: SourceFile, *, generation: int) -> bool:
    """Forget which records of this file repeat others, before what they repeat is read anew. Whether any are left.

    Until they are marked again an act may be counted twice; it is never lost.
    """
    marked = Communication.objects.filter(source=source, generation=generation).exclude(repeat_of=None)
    ids = list(marked.values_list("pk", flat=True)[:CLEARED])
    Communication.objects.let_stand([(None, pk) for pk in ids])
    if len(ids) < CLEARED:
        DayCount.objects.filter(source=source, generation=generation).exclude(repeats=0).update(
            repeats=0, repeat_hours=b""
        )
    actor.record(source.circle_id, "evidence.repeats_cleared", source=source.pk, records=len(ids))
    return len(ids) == CLEARED


@writes(permissions.BRING_IN, SourceFile)
def mark_repeats(
    actor: Actor, source: SourceFile, *, generation: int, first: int, last: int, repeats: Repeats,
    generations: dict[int, int],
) -> int:  # fmt: skip
    """Say of the records from place `first` to `last` which repeat another file's. How many changed."""
    stands = _standing(repeats, generations)
    rows = Communication.objects.filter(source=source, generation=generation, seq__gte=first, seq__lte=last)
    changed = []
    for pk, seq, stood in rows.values_list("pk", "seq", "repeat_of"):
        stand = stands.get(repeats.get(seq, (0, -1)))
        if stand != stood:
            changed.append((stand, pk))
    Communication.objects.let_stand(changed)
    actor.record(source.circle_id, "evidence.repeats_marked", source=source.pk, records=len(changed))
    return len(changed)


@writes(permissions.BRING_IN, SourceFile)
def count_repeats(actor: Actor, source: SourceFile, *, generation: int, days: Days) -> None:
    """Keep how many contacts of each day are counted elsewhere, and in which hours."""
    rows = DayCount.objects.filter(source=source, generation=generation)
    changed = []
    for day, channel, direction, sender, number, hours, pk in rows.values_list(
        "day", "channel", "direction", "sender", "repeats", "repeat_hours", "pk"
    ):
        where = day, channel, direction, sender
        now = days.numbers[where], packed(days.hours[where])
        if now != (number, bytes(hours)):
            changed.append((*now, pk))
    DayCount.objects.let_repeat(changed)
    actor.record(source.circle_id, "evidence.repeats_counted", source=source.pk, contacts=days.total)


def _standing(repeats: Repeats, generations: dict[int, int]) -> dict[tuple[int, int], int]:
    """The ids of the records that stand for these, by file and place."""
    found: dict[tuple[int, int], int] = {}
    for file in {file for file, _ in repeats.values()}:
        places = [place for other, place in repeats.values() if other == file]
        rows = Communication.objects.filter(source=file, generation=generations[file], seq__in=places)
        found.update({(file, seq): pk for seq, pk in rows.values_list("seq", "pk")})
    return found
