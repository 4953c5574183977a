"""Acts that a log entry tells of and a file shows too, as somebody said; and where a record stands in time."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.rules.grouping.same import NOTHING_SAME, Same, same_of
from joindots.chronology.rules.grouping.spans import Place
from joindots.chronology.rules.grouping.steps import Key
from joindots.evidence import queries as evidence
from joindots.evidence.models import Communication, held_rows
from joindots.evidence.rules import A_DAY


@reads_one(permissions.SEE_GROUPING, Case)
def same_acts(actor: Actor, case: Case) -> Same:
    """What is counted with what, by the links that stand."""
    links: list[list[Key]] = [
        [entry or (source, seq) for entry, source, seq in ends]
        for _, ends in evidence.same_acts(actor, Ref(case.reference))
    ]
    if not links:
        return NOTHING_SAME
    places = [key for ends in links for key in ends if not isinstance(key, str)]
    near = Q(pk__in=())
    for source, seq in places:
        near |= Q(source=source, seq=seq)
    counted = set(
        Communication.objects.filter(held_rows(case.circle_id), near, contact=True).values_list("source", "seq")
        if places
        else ()
    )
    entries = [one.reference for one in evidence.entry_marks(actor, Ref(case.reference))]
    return same_of(links, counted, entries)


@reads_one(permissions.SEE_GROUPING, Case)
def moment_of(actor: Actor, case: Case, place: Place) -> tuple[int, datetime | None]:
    """The reading in which a record of the case stands at this place now (0: none does), and the earliest moment it
    may have; none where its day is not known.
    """
    rows = Communication.objects.filter(held_rows(case.circle_id), source=place[0], seq=place[1])
    generation, earliest, spread = rows.values_list("generation", "earliest", "spread").first() or (0, None, None)
    return generation, earliest if spread is not None and spread < A_DAY else None
