"""What was recorded since a moment, and the finer acts of entries: codes, days and numbers, nothing opened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Sum

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.casework import queries as casework
from joindots.casework.models import Case
from joindots.circles.models import Side
from joindots.evidence import permissions
from joindots.evidence.models import DayCount, Incident, IncidentVersion, Reading, SourceFile, held_rows
from joindots.evidence.rules import entries
from joindots.evidence.rules.entries import State
from joindots.kernel.when import Precision, When, london_day

NEW_DAYS = 60
"""Days after which something that was not looked at is no news any more: reviews and prompts of risk carry it."""


@dataclass(frozen=True, slots=True)
class Since:
    """How much came after a moment: entries written, and contacts of files on later days."""

    entries: int
    contacts: int

    @property
    def number(self) -> int:
        """Both together."""
        return self.entries + self.contacts


@dataclass(frozen=True, slots=True)
class Finer:
    """An entry that stands: its time, when it was written, and what exactly it tells of, by codes."""

    reference: str
    when: When
    written: datetime
    kinds: tuple[str, ...]
    behaviours: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The London day it began on; None if that is not known or it spans more than a day."""
        return entries.day_of(self.when)

    @property
    def says(self) -> str:
        """What it was, in the form's words."""
        return entries.kinds_say(self.kinds)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of an entry and the newest reading of a case: what somebody who looked has seen."""

    entry: UUID | None
    reading: UUID | None


@dataclass(frozen=True, slots=True)
class Brought:
    """What others brought to a case since somebody last looked: entries and files, and the moment of the first."""

    looked: casework.Looked
    entries: int
    files: int
    first: datetime


@reads(permissions.SEE_EVIDENCE)
def brought_since(actor: Actor, who: UUID, most: int) -> tuple[Brought, ...]:
    """What others wrote or brought in since one worker last looked into each of their open cases; oldest first.

    Only of the last `NEW_DAYS` days, so that the work is bounded by what is new and not by what is held.
    """
    looked = {one.circle: one for one in casework.looked_last(actor, who)}
    actor.keys.prepare(looked)
    mine = [circle for circle in looked if actor.keys.side(circle) == Side.VICTIM]
    floor = max(min((looked[one].at for one in mine), default=actor.at), actor.at - timedelta(days=NEW_DAYS))
    entries = Incident.objects.filter(circle__in=mine, made_at__gt=floor, state=State.STANDS)
    own = IncidentVersion.objects.filter(circle__in=mine, number=1, by=who)
    entries = entries.exclude(pk__in=own.values("incident"))
    files = SourceFile.objects.filter(circle__in=mine, given_at__gt=floor, state=SourceFile.State.HELD)
    told: dict[UUID, tuple[list[datetime], list[datetime]]] = {one: ([], []) for one in mine}
    for place, rows in enumerate((entries.values_list("circle", "made_at"),
                                  files.exclude(given_by=who).values_list("circle", "given_at"))):  # fmt: skip
        for circle, at in rows:
            if at > looked[circle].at:
                told[circle][place].append(at)
    found = [
        Brought(looked[circle], len(written), len(given), min(written + given))
        for circle, (written, given) in told.items() if written or given
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.first)[:most])


@reads_one(permissions.SEE_EVIDENCE, Case)
def acts_since(actor: Actor, case: Case, moments: Collection[datetime]) -> dict[datetime, Since]:
    """For each moment, how many entries that stand were written after it, and how many contacts lie on later days.

    Three queries however many moments there are.
    """
    if not moments:
        return {}
    first = min(moments)
    rows = Incident.objects.filter(circle=case.circle_id, state=State.STANDS, made_at__gt=first)
    written = list(rows.values_list("made_at", flat=True))
    later = DayCount.objects.filter(held_rows(case.circle_id), day__gt=london_day(first))
    by_day = later.values_list("day").annotate(number=Sum("contacts") - Sum("repeats"))
    told = {day: number for day, number in by_day if day is not None}
    return {
        at: Since(sum(one > at for one in written), sum(number for day, number in told.items() if day > london_day(at)))
        for at in moments
    }


@reads_one(permissions.SEE_EVIDENCE, Case)
def finer_acts(actor: Actor, case: Case) -> tuple[Finer, ...]:
    """Every entry of a case that stands, by the time it was written; its time without its words."""
    rows = IncidentVersion.objects.filter(incident__circle=case.circle_id, number=F("incident__number"))
    columns = (
        "incident__reference", "earliest", "latest", "precision", "incident__made_at", "kinds", "behaviours",
    )  # fmt: skip
    found = rows.filter(incident__state=State.STANDS).order_by("incident__made_at", "incident").values_list(*columns)
    return tuple(
        Finer(reference, When(start, end, Precision(precision)), written, tuple(kinds), tuple(behaviours))
        for reference, start, end, precision, written, kinds, behaviours in found
    )


@reads_one(permissions.SEE_EVIDENCE, Case)
def newest_of(actor: Actor, case: Case) -> Newest:
    """The newest version of any entry, and the newest reading that is held."""
    versions = IncidentVersion.objects.filter(circle=case.circle_id).order_by("-pk").values_list("pk", flat=True)
    readings = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD).order_by("-pk")
    return Newest(versions.first(), readings.values_list("pk", flat=True).first())
