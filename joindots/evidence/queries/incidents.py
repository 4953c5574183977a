"""Entries of the log as their reader may see them: one with its history, all of a case, and words in them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import EntryDraft, Incident, IncidentVersion
from joindots.evidence.queries.files_shown import Shown, shown_by_entry
from joindots.evidence.queries.found import NoteView, notes_by_entry
from joindots.evidence.readers.records import Communication
from joindots.evidence.rules import entries
from joindots.evidence.rules.entries import State, Step, Telling, day_of
from joindots.evidence.rules.entry_records import FILE, record_of, telling_data
from joindots.kernel.when import Precision, When, day_says
from joindots.people import queries as people
from joindots.vault.fields import sealed_in

Names = Mapping[UUID | None, str]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One entry of the log as it stands, without its words."""

    reference: str
    when: When
    kinds: tuple[str, ...]
    behaviours: tuple[str, ...]
    count: int
    count_about: bool
    told_by: str
    withdrawn: bool
    written_by: str
    written_at: datetime
    number: int
    """Of its newest version; more than 1 where it was corrected or withdrawn."""
    doer: str
    """A code of who did it; empty where nobody said."""

    @property
    def day(self) -> date | None:
        """The London day it began on; None if that is not known or it spans more than a day."""
        return entries.day_of(self.when)

    @property
    def says(self) -> str:
        """What it was, in the form's words."""
        return entries.kinds_say(self.kinds)


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of an entry: all it says, who made it so, when and why."""

    number: int
    step: str
    by: str
    at: datetime
    why: str
    telling: Telling
    doer: str
    """Who did it, in words; empty where nobody said."""

    @property
    def step_words(self) -> str:
        """What was done."""
        return entries.STEP_WORDS[Step(self.step)]


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One entry with all its versions, newest first."""

    case: str
    version: int
    """What a correction must have seen."""
    view: IncidentView
    history: tuple[VersionView, ...]
    files: tuple[Shown, ...] = ()
    """Files that show what it tells, in the order in which they were linked."""
    found: tuple[NoteView, ...] = ()
    """Where it tells of something that was found on a device or thing: the notes of it, newest first."""
    marked: tuple[str, datetime] | None = None
    """Who marked it for a statement, and when."""

    @property
    def telling(self) -> Telling:
        """What it says now."""
        return self.history[0].telling


@reads_one(permissions.SEE_EVIDENCE, Case)
def incidents_of(actor: Actor, case: Case, *, withdrawn: bool = False) -> tuple[IncidentView, ...]:
    """The entries of a case's log that stand, in order of time, unknown times last; `withdrawn` ones too if asked."""
    rows = _newest(case, withdrawn=withdrawn).select_related(None).values_list(*_CLEAR, "given")
    first = IncidentVersion.objects.filter(incident__circle=case.circle_id, number=1)
    written = {pk: (name, at) for pk, name, at in first.values_list("incident", "by__user__name", "at")}
    return tuple(_quick_view(actor, case.circle_id, row, written) for row in rows)


_CLEAR = (
    "pk", "incident", "incident__reference", "incident__state", "number", "kinds", "behaviours", "times",
    "times_about", "told_by", "doer", "earliest", "latest", "precision", "zone_basis", "time_flags",
)  # fmt: skip


def _quick_view(
    actor: Actor, circle: UUID, row: tuple[Any, ...], written: Mapping[UUID, tuple[str, datetime]]
) -> IncidentView:
    """A view without making a row of the model of it: with a thousand entries that took most of the time."""
    (pk, incident, reference, state, number, kinds, behaviours, times, about, told_by, doer, earliest, latest,
     precision, basis, flags, given) = row  # fmt: skip
    words = actor.keys.open(sealed_in(IncidentVersion, "given", pk, circle, given)) if given else ""
    when = When(earliest, latest, Precision(precision), basis, tuple(flags.split()), words)
    by, at = written[incident]
    return IncidentView(
        reference, when, tuple(kinds), tuple(behaviours), times, about, told_by, state == State.WITHDRAWN, by, at,
        number, doer,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryMark:
    """An entry that stands, as the pictures need it: nothing of it is opened."""

    reference: str
    when: When
    kinds: tuple[str, ...]
    doer: str
    days: tuple[date, ...]
    """Days that its words name one by one, each possible."""

    @property
    def day(self) -> date | None:
        """The London day it began on; None if that is not known or it spans more than a day."""
        return entries.day_of(self.when)


@reads_one(permissions.SEE_EVIDENCE, Case)
def entry_marks(actor: Actor, case: Case) -> tuple[EntryMark, ...]:
    """Every entry of a case that stands, in order of time, without a word of it."""
    columns = ("incident__reference", "earliest", "latest", "precision", "kinds", "doer", "days")
    rows = _newest(case).select_related(None).values_list(*columns)
    return tuple(
        EntryMark(reference, When(start, end, Precision(precision)), tuple(kinds), doer,
                  tuple(map(date.fromisoformat, days)))
        for reference, start, end, precision, kinds, doer, days in rows
    )  # fmt: skip


@reads_one(permissions.SEE_EVIDENCE, Incident)
def incident(actor: Actor, row: Incident) -> IncidentPage:
    """One entry of the log with its history."""
    page = _pages(actor, Case.objects.get(circle=row.circle_id), [row])[0]
    if row.statement_by is None or row.statement_at is None:
        return page
    return replace(page, marked=(row.statement_by.user.name, row.statement_at))


@reads_one(permissions.SEE_EVIDENCE, Case)
def last_written(actor: Actor, case: Case) -> IncidentPage | None:
    """The entry of the case that was written last and stands, for "the same again"; None where there is none."""
    rows = Incident.objects.filter(circle=case.circle_id, state=State.STANDS).order_by("-made_at", "-id")
    return next(iter(_pages(actor, case, list(rows[:1]))), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-written entry of the reader's own: when it was kept, and the form's fields as JSON."""

    at: datetime
    sheet: str = field(repr=False)


@reads_one(permissions.WRITE_ENTRY, Case)
def draft_of(actor: Actor, case: Case) -> Draft | None:
    """The actor's own half-written entry in a case; None where there is none. Nobody else's is ever shown."""
    row = EntryDraft.objects.filter(circle=case.circle_id, by=actor.membership_id).first()
    return Draft(row.at, actor.keys.open(row.sheet)) if row else None


@dataclass(frozen=True, slots=True)
class LogFile:
    """A case's log as one file: every entry with all its versions, and the records of those that stand."""

    name: str
    data: bytes = field(repr=False)
    records: tuple[Communication, ...] = field(repr=False)


@reads_one(permissions.SEE_EVIDENCE, Case)
def log_file(actor: Actor, case: Case) -> LogFile | None:
    """The case's log as a pack encloses it; None where nothing was written. The same log gives the same bytes."""
    rows = Incident.objects.filter(circle=case.circle_id).order_by("made_at", "id")
    pages = _pages(actor, case, list(rows))
    if not pages:
        return None
    told = {"entries": [_entry_data(page) for page in pages]}
    data = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    standing = [page for page in pages if not page.view.withdrawn]
    return LogFile(FILE, data, tuple(_record(page) for page in standing))


def _record(page: IncidentPage) -> Communication:
    view = page.view
    return record_of(
        view.reference, page.telling, view.written_by, view.written_at, _corrected(page.history),
        [one.enclosed for one in page.files],
        page.history[0].doer, page.found[0].says if page.found else "",
    )  # fmt: skip


def _corrected(history: tuple[VersionView, ...]) -> str:
    """Every change since an entry was written, in words, the first one first."""
    return "; ".join(
        f"{one.step_words} by {one.by} on {day_says(one.at)}: {one.why}" for one in reversed(history[:-1])
    )  # fmt: skip


def _entry_data(page: IncidentPage) -> dict[str, object]:
    versions = [
        {"number": one.number, "step": one.step, "by": one.by, "at": one.at.astimezone(UTC).isoformat(), "why": one.why,
         **telling_data(one.telling), "who_did_it_says": one.doer}
        for one in reversed(page.history)
    ]  # fmt: skip
    files = [{"name": one.name, "sha256": one.sha256, "bytes": one.size} for one in page.files]
    return {
        "reference": page.view.reference, "withdrawn": page.view.withdrawn, "files": files,
        "found": [{"says": one.says, "by": one.by, "at": one.at.astimezone(UTC).isoformat()} for one in page.found],
        "versions": versions,
    }  # fmt: skip


@reads_one(permissions.SEE_EVIDENCE, Case)
def entry_days(actor: Actor, case: Case) -> tuple[tuple[date | None, tuple[str, ...], str], ...]:
    """The London day of each entry that stands, None where it is not known, its kinds, and the code of who did it.
    Nothing is opened.
    """
    rows = IncidentVersion.objects.filter(incident__circle=case.circle_id, number=F("incident__number"))
    clear = rows.filter(incident__state=State.STANDS).values_list("earliest", "latest", "kinds", "doer")
    return tuple((entries.day_of(When(start, end)), tuple(kinds), doer) for start, end, kinds, doer in clear)


@reads_one(permissions.SEE_EVIDENCE, Case)
def standing(
    actor: Actor,
    case: Case,
    window: tuple[datetime, datetime] | None = None,
    dated: bool | None = None,
    entries: Collection[str] | None = None,
) -> tuple[IncidentPage, ...]:
    """The entries that stand, each with its newest version alone: all, or those that begin within a window; those
    whose day is known (`dated`), or not; those of these references.
    """
    found = _newest(case)
    if entries is not None:
        found = found.filter(incident__reference__in=entries)
    if window:
        found = found.filter(earliest__gte=window[0], earliest__lt=window[1])
    if dated is not None:
        days = found.values_list("pk", "earliest", "latest")
        wanted = [pk for pk, earliest, latest in days if (day_of(When(earliest, latest)) is not None) is dated]
        found = found.filter(pk__in=wanted)
    rows = list(found)
    written = _written(row.incident_id for row in rows)
    files = shown_by_entry.run(actor, case, {row.incident_id for row in rows}) if rows else {}
    notes = notes_by_entry.run(actor, case, {row.incident_id for row in rows}) if rows else {}
    names = _names(actor, rows)
    return tuple(
        IncidentPage(
            case.reference, row.incident.version, _view(actor, row, *written[row.incident_id]),
            (_version(actor, row, names),), files.get(row.incident_id, ()), notes.get(row.incident_id, ()),
        )
        for row in rows
    )  # fmt: skip


@reads_one(permissions.SEE_EVIDENCE, Case)
def entries_for_statement(actor: Actor, case: Case) -> tuple[IncidentPage, ...]:
    """The entries that stand and are marked for a statement, in order of time."""
    rows = Incident.objects.filter(circle=case.circle_id).exclude(statement_at=None)
    marked = tuple(rows.values_list("reference", flat=True))
    return standing.run(actor, case, entries=marked) if marked else ()


def _pages(actor: Actor, case: Case, rows: list[Incident]) -> list[IncidentPage]:
    versions: defaultdict[UUID, list[IncidentVersion]] = defaultdict(list)
    found = IncidentVersion.objects.filter(incident__in=rows).select_related("by__user", "incident")
    for one in found.order_by("-number"):
        versions[one.incident_id].append(one)
    files = shown_by_entry.run(actor, case, {row.pk for row in rows}) if rows else {}
    names = _names(actor, (one for found in versions.values() for one in found))
    notes = notes_by_entry.run(actor, case, {row.pk for row in rows}) if rows else {}
    return [
        replace(
            _page(actor, case.reference, row, versions[row.pk], names), files=files.get(row.pk, ()),
            found=notes.get(row.pk, ()),
        )
        for row in rows
    ]  # fmt: skip


def _page(actor: Actor, case: str, row: Incident, versions: list[IncidentVersion], names: Names) -> IncidentPage:
    first = versions[-1]
    view = _view(actor, versions[0], first.by.user.name, first.at)
    return IncidentPage(case, row.version, view, tuple(_version(actor, one, names) for one in versions))


def _newest(case: Case, *, withdrawn: bool = False) -> QuerySet[IncidentVersion]:
    """The newest version of each entry of a case, in order of time."""
    rows = IncidentVersion.objects.filter(incident__circle=case.circle_id, number=F("incident__number"))
    if not withdrawn:
        rows = rows.filter(incident__state=State.STANDS)
    return rows.select_related("incident", "by__user").order_by(
        F("earliest").asc(nulls_last=True), F("latest").asc(nulls_last=True), "incident__made_at", "incident__id"
    )


def _written(incidents: Iterable[UUID]) -> dict[UUID, tuple[str, datetime]]:
    """Who wrote each entry first, and when."""
    rows = IncidentVersion.objects.filter(incident__in=list(incidents), number=1)
    return {pk: (name, at) for pk, name, at in rows.values_list("incident", "by__user__name", "at")}


def _view(actor: Actor, row: IncidentVersion, written_by: str, written_at: datetime) -> IncidentView:
    return IncidentView(
        row.incident.reference, row.time(actor.keys.open), tuple(row.kinds), tuple(row.behaviours), row.times,
        row.times_about, row.told_by, row.incident.state == State.WITHDRAWN, written_by, written_at, row.number,
        row.doer,
    )  # fmt: skip


def _version(actor: Actor, row: IncidentVersion, names: Names) -> VersionView:
    telling = row.telling(actor.keys.open)
    doer = entries.doer_says(telling.doer, names.get(telling.doer_person, ""), telling.doer_words)
    return VersionView(row.number, row.step, row.by.user.name, row.at, actor.keys.open(row.why), telling, doer)


def _names(actor: Actor, rows: Iterable[IncidentVersion]) -> Names:
    """The names of those who are said to have done it or sent somebody, by their ids."""
    circles = {row.circle_id for row in rows if row.doer_person_id}
    return {one.id: one.name for circle in circles for one in people.people_in(actor, Ref(circle))}
