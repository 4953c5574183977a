"""The points to prove of a crime: what somebody linked to each, what is missing first, and what people made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework.models import Case
from joindots.chronology import queries as chronology
from joindots.chronology.queries.exhibits import ExhibitView
from joindots.evidence import queries as evidence
from joindots.evidence.queries import IncidentView
from joindots.justice import permissions
from joindots.justice.models import Crime, PointJudgement, PointLink
from joindots.justice.rules import crimes as crime_rules
from joindots.justice.rules import points as rules
from joindots.kernel.problems import NotFound
from joindots.law.crime_course import offences_in
from joindots.law.points import Point, offences_of_points, points_of
from joindots.law.tables import Offence


@dataclass(frozen=True, slots=True)
class Linked:
    """An act or a file that somebody linked to a point; `act` None for a file, and both empty for a removed one."""

    id: UUID
    version: int
    act: IncidentView | None
    file: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody made of a point, or of the whole, and why."""

    says: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PointBlock:
    """One point with what speaks to it, and what is missing at it."""

    point: Point
    offences: tuple[str, ...]
    linked: tuple[Linked, ...]
    judged: tuple[Judged, ...]
    """The newest first: it stands."""
    gap: str


@dataclass(frozen=True, slots=True)
class PointsPage:
    """All points of a crime, those with something missing first."""

    id: UUID
    version: int
    case: str
    offences: tuple[Offence, ...]
    """The offences of stalking that the points are about."""
    blocks: tuple[PointBlock, ...]
    conclusions: tuple[Judged, ...]
    acts: tuple[IncidentView, ...]
    files: tuple[ExhibitView, ...]
    all_offences: tuple[Offence, ...]

    @property
    def gaps(self) -> int:
        """At how many points something is missing."""
        return sum(bool(one.gap) for one in self.blocks)


@reads_one(permissions.SEE_POINTS, Crime)
def points(actor: Actor, row: Crime, *, first: date | None = None, last: date | None = None) -> PointsPage:
    """The points to prove of a crime with everything linked; of the case's acts those that began in these days."""
    case = Case.objects.filter(circle=row.circle_id).first()
    if case is None:
        raise NotFound
    ref, system = Ref(case.reference), crime_rules.system_of(row.report.force)
    acts, files = evidence.incidents_of(actor, ref), chronology.exhibits(actor, ref)
    linked = _linked(row, acts, files)
    judged = _judged(actor, row)
    blocks = [_block(one, linked.get(one.code, []), judged.get(one.code, ())) for one in points_of(system)]
    known = offences_in(system)
    within = [one for one in acts if _in_days(one, first, last)]
    return PointsPage(
        row.pk, row.version, case.reference, tuple(known[code] for code in offences_of_points(system)),
        tuple(sorted(blocks, key=lambda one: not one.gap)), judged.get("", ()), tuple(within), files,
        tuple(known.values()),
    )  # fmt: skip


def _in_days(act: IncidentView, first: date | None, last: date | None) -> bool:
    """An act without one day is shown whatever days are asked for."""
    day = act.day
    return day is None or ((first is None or first <= day) and (last is None or day <= last))


def _block(point: Point, linked: Sequence[Linked], judged: tuple[Judged, ...]) -> PointBlock:
    names = tuple(point.offences.split())
    return PointBlock(point, names, tuple(linked), judged, rules.gap_of(point, len(linked), bool(judged) * "said"))


def _linked(row: Crime, acts: Sequence[IncidentView], files: Sequence[ExhibitView]) -> dict[str, list[Linked]]:
    by_reference = {one.reference: one for one in acts}
    named = {(one.source if one.exhibit is None else None, one.exhibit): _file_says(one) for one in files}
    links = PointLink.objects.filter(crime=row, taken_back_at=None).select_related("by__user", "incident")
    told: dict[str, list[Linked]] = defaultdict(list)
    for one in links.order_by("at", "id"):
        act = by_reference.get(one.incident.reference) if one.incident else None
        if one.incident is not None and act is None:
            continue  # an act that was withdrawn speaks to nothing
        file = "" if act else named.get((one.source_id, one.exhibit_id), "a file that was removed")
        told[one.point].append(Linked(one.pk, one.version, act, file, one.by.user.name, one.at))
    return told


def _file_says(one: ExhibitView) -> str:
    return f"{one.reference}: {one.name}" if one.reference else one.name


def _judged(actor: Actor, row: Crime) -> dict[str, tuple[Judged, ...]]:
    known = offences_in(crime_rules.system_of(row.report.force))
    told: dict[str, list[Judged]] = defaultdict(list)
    for one in PointJudgement.objects.filter(crime=row).select_related("by__user").order_by("-at", "-id"):
        if one.point:
            says = rules.SAYS[one.says]
        else:
            says = crime_rules.offence_says(known[one.says]) if one.says in known else "no offence of the list is shown"
        told[one.point].append(Judged(says, actor.keys.open(one.why), one.by.user.name, one.at))
    return {point: tuple(rows) for point, rows in told.items()}
