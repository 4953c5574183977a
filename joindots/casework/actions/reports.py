"""Reports to the police on a case, and whether a specialist was offered, by whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.casework import permissions, rules
from joindots.casework.actions.cases import Known, open_case
from joindots.casework.models import Case, OwnNumber, PoliceReport
from joindots.casework.rules import referring as rule
from joindots.casework.tasks import came_whole
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.law.tables import police_forces
from joindots.vault.blind import blind, generations


def _workable(case: Case) -> Decision:
    return rules.can_work(rules.State(case.state))


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of the offer of a specialist. Empty where nobody asked yet."""

    offered: str = rule.Offered.NOT_KNOWN
    on: date | None = None
    by: str = ""
    what: str = ""
    """Which service or person, in words."""
    taken: str = ""
    why_not: str = ""


NOBODY_ASKED = Offer()


@writes(permissions.REPORT, Case, when=_workable)
def note_report(
    actor: Actor, case: Case, *, force: str, reported_on: date, stage: str, crime_reference: str = "",
    offer: Offer = NOBODY_ASKED,
) -> UUID:  # fmt: skip
    """Write down that somebody reported to the police. Whether a specialist was offered is asked of every report."""
    if force not in police_forces() and force != rule.ANOTHER_FORCE:
        raise RuleBroken(words("force_unknown", "Choose the police force from the list."))
    if reported_on > london_day(actor.at):
        raise RuleBroken(words("report_ahead", "The day of the report cannot lie in the future."))
    row = PoliceReport(
        circle_id=case.circle_id, force=force, reported_on=reported_on, written_by_id=actor.membership_id,
        written_at=actor.at, due_on=rule.offer_due(reported_on),
    )  # fmt: skip
    _stage(row, stage)
    _offer(actor, row, offer)
    _number(actor, row, crime_reference)
    row.save()
    actor.record(case.circle_id, "casework.reported", force=force, stage=stage, missing=row.missing)
    return row.pk


@writes(permissions.REPORT, PoliceReport)
def change_report(actor: Actor, report: PoliceReport, *, stage: str, crime_reference: str) -> None:
    """Write down what became of a report, or its crime reference."""
    _stage(report, stage)
    _number(actor, report, crime_reference)
    report.save()
    actor.record(report.circle_id, "casework.report_changed", stage=stage)


@writes(permissions.REPORT, PoliceReport)
def tell_offer(actor: Actor, report: PoliceReport, *, offer: Offer) -> None:
    """Write down whether a specialist was offered, when, by whom, and whether it was taken up or why not."""
    _offer(actor, report, offer)
    report.save()
    actor.record(report.circle_id, "casework.offer_told", offered=report.offered, missing=report.missing)


@dataclass(frozen=True, slots=True)
class ToldAgain:
    """What a force tells of a report as one version of it. None: nothing is told of it."""

    stage: str | None = None
    offer: Offer | None = None
    as_of: date | None = None
    """The day on which it stood so in their system: the same words of another day are another version."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a force tells of a report: where, when, what became of it, and whether a specialist was offered."""

    force: str
    on: date
    stage: str
    offer: Offer
    version: ToldAgain
    """The same as its first version: of what is named alone."""


@makes(permissions.OPEN_CASE)
def open_reported(actor: Actor, *, victim: str, relation: str, own_number: str, known: Known, told: Reported) -> str:
    """Open a case from a report, with the report and the offer written down: all of it or nothing. Its reference."""
    reference = open_case(actor, victim=victim, relation=relation, own_number=own_number, known=known)
    report = note_report(
        actor, Ref(reference), force=told.force, reported_on=told.on, stage=told.stage, crime_reference=own_number,
        offer=told.offer,
    )  # fmt: skip
    first = {**_version(told.version), "by": str(actor.membership_id), "at": actor.at.isoformat()}
    PoliceReport.objects.filter(pk=report).update(told=[first])
    came_whole(actor, own_number)
    return reference


@makes(permissions.REPORT)
def take_told(actor: Actor, *, crime_reference: str, told: ToldAgain) -> tuple[str, ...]:
    """Take what a force tells anew as the next version of its report. The codes of what changed; nothing where it is
    the same, was told before in these words, or the report is none that the actor may know of.

    That nobody asked yet, and that it is not known how it was recorded, never stand in place of what is known.
    """
    row = _report_of(actor, crime_reference)
    version = _version(told)
    came_whole(actor, crime_reference)
    if row is None or any({**version, "by": "", "at": ""} == {**one, "by": "", "at": ""} for one in row.told):
        return _told_before(actor)
    rules.can_work(rules.State(Case.objects.get(circle=row.circle_id).state)).or_raise()
    changed = []
    if told.stage not in (None, rule.Stage.REPORTED, row.stage):
        _stage(row, told.stage or "")
        changed.append("stage")
    if told.offer is not None and told.offer.offered != rule.Offered.NOT_KNOWN and _offered(row) != _told(told.offer):
        _offer(actor, row, replace(told.offer, what=actor.keys.open(row.offered_what)))
        changed.append("offer")
    if not changed:
        return _told_before(actor)
    row.told = [*row.told, {**version, "by": str(actor.membership_id), "at": actor.at.isoformat()}]
    row.version += 1
    row.save()
    actor.record(
        row.circle_id, "casework.report_told_again", stage=row.stage, offered=row.offered, missing=row.missing,
        version=row.version,
    )  # fmt: skip
    return tuple(changed)


def _told_before(actor: Actor) -> tuple[str, ...]:
    """Nothing is changed, and that somebody told it stands in the agency's trail, without saying of what."""
    actor.record(actor.agency_id, "casework.report_told_before", book_kind="agency")
    return ()


def _report_of(actor: Actor, crime_reference: str) -> PoliceReport | None:
    """The report with this crime reference in a case of the actor's agency that the actor may write in."""
    mark, value = OwnNumber(agency_id=actor.agency_id, kind=OwnNumber.Kind.URN), rules.same_number(crime_reference)
    index = [blind(mark.indexed, value, generation) for generation in generations()]
    numbers = OwnNumber.objects.filter(agency=actor.agency_id, index__in=index)
    rows = PoliceReport.objects.visible_to(actor, write=True, picked=True).filter(number__in=numbers)
    return rows.select_for_update(of=("self",)).order_by("-reported_on", "-id").first()


def _version(told: ToldAgain) -> dict[str, str]:
    offer = told.offer or NOBODY_ASKED
    said = {
        "stage": told.stage or "", "offered": offer.offered, "on": str(offer.on or ""), "offer_by": offer.by,
        "taken": offer.taken, "why_not": offer.why_not, "as_of": str(told.as_of or ""),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def _told(offer: Offer) -> tuple[object, ...]:
    """An offer as its row would hold it."""
    made = offer.offered == rule.Offered.YES
    taken = offer.taken if made else ""
    return (offer.offered, offer.on if made else None, offer.by if made else "", taken,
            offer.why_not if taken == "no" else "")  # fmt: skip


def _offered(row: PoliceReport) -> tuple[object, ...]:
    return row.offered, row.offered_on, row.offered_by, row.taken, row.why_not


def _stage(row: PoliceReport, stage: str) -> None:
    if stage not in rule.STAGE_WORDS:
        raise RuleBroken(words("stage_unknown", "Choose what became of the report from the list."))
    row.stage = stage


def _offer(actor: Actor, row: PoliceReport, offer: Offer) -> None:
    if offer.offered not in rule.OFFERED_WORDS:
        raise RuleBroken(words("offer_unknown", "Say whether a specialist was offered, or that nobody has asked yet."))
    offered = rule.Offered(offer.offered)
    rule.can_tell_offer(
        offered, on=offer.on, by=offer.by, taken=offer.taken, why=offer.why_not, today=london_day(actor.at)
    ).or_raise()
    if offer.on is not None and offer.on < row.reported_on:
        raise RuleBroken(words("offer_before", "A specialist cannot have been offered before the report was made."))
    made = offered is rule.Offered.YES
    row.offered, row.offered_on, row.offered_by = offered, offer.on if made else None, offer.by if made else ""
    row.taken = offer.taken if made else ""
    row.why_not = offer.why_not if row.taken == "no" else ""
    row.missing = rule.is_missing(offered, row.taken)
    actor.keys.seal(row, offered_what=offer.what if made else "")


def _number(actor: Actor, row: PoliceReport, crime_reference: str) -> None:
    """Seal the crime reference, and let it be found by its blind index among the agency's own."""
    actor.keys.seal(row, crime_reference=crime_reference.strip())
    if row.number_id is not None:
        OwnNumber.objects.filter(pk=row.number_id).delete()
        row.number_id = None
    if not crime_reference.strip():
        return
    mark = OwnNumber(
        circle_id=row.circle_id, agency_id=actor.agency_id, kind=OwnNumber.Kind.URN, generation=generations()[0]
    )
    value = rules.same_number(crime_reference)
    mark.index = blind(mark.indexed, value, mark.generation)
    actor.keys.seal(mark, value=value)
    mark.save()
    row.number_id = mark.pk
