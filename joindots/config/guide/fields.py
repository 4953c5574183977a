"""What each column holds and until when: every column that could hold somebody's words is declared here.

A text column that is neither sealed nor in `CLEAR_TEXT` fails the classification test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from joindots.vault.fields import SealedField

OURS = "joindots."
TEXT = (models.CharField, models.TextField, models.JSONField)
NUMBERS = (
    models.IntegerField, models.BooleanField, models.DateField, models.DateTimeField, models.TimeField,
    models.UUIDField,
)  # fmt: skip

CLEAR_TEXT: dict[str, str] = {
    "agencies.Agency.name": "name of an organisation",
    "agencies.Team.name": "name of a team",
    "agencies.User.username": "staff account",
    "agencies.User.name": "name of a member of staff",
    "agencies.User.password": "Argon2 hash",
    "agencies.User.session_key": "random key of the one session",
    "agencies.Membership.roles": "codes of roles",
    "agencies.Enrolment.code": "Argon2 hash of a code",
    "agencies.PartnerToken.name": "name of a partner's system",
    "agencies.PartnerToken.digest": "SHA-256 of a key with 256 bits of chance",
    "agencies.PartnerToken.scopes": "codes from a closed list",
    "casework.ReferralIn.mark": "keyed hash of a partner's reference",
    "agencies.FormSent.digest": "SHA-256 with a random mark in it",
    "agencies.FormSent.answer": "address of one of our own pages: codes and random references",
    "agencies.HeldPost.path": "address of one of our own pages: codes and random references",
    "audit.Book.head": "SHA-256",
    "audit.Entry.code": "code of a deed",
    "audit.Entry.content": "codes, ids and counts of the entry",
    "audit.Entry.previous": "SHA-256",
    "audit.Entry.digest": "SHA-256",
    "audit.Checkpoint.heads": "ids of books and SHA-256",
    "circles.Standing.purpose": "purpose of a standing, from a list",
    "circles.Exclusion.reason": "code",
    "circles.TwoPersonAct.act": "code",
    "circles.TwoPersonAct.content": "codes of roles",
    "circles.TwoPersonAct.content_hash": "SHA-256",
    "circles.TwoPersonAct.decision": "code",
    "circles.BreakGlass.reason_code": "code",
    "circles.BreakGlass.outcome": "code",
    "circles.Alert.code": "code",
    "people.Identifier.kind": "code",
    "people.WithdrawnMark.kind": "code",
    "casework.Case.reference": "random reference",
    "casework.MeasureAsked.measure": "code from a closed list",
    "casework.TherapyRoom.reference": "random reference",
    "casework.Intake.needs": "codes from a closed list",
    "casework.Intake.wants": "codes from a closed list",
    "casework.WorkerCard.qualifications": "codes from a closed list",
    "casework.WorkerCard.languages": "languages of a member of staff",
    "casework.WorkerCard.areas": "areas that a member of staff covers",
    "casework.Share.basis": "code from a closed list",
    "casework.Share.told": "code",
    "casework.Share.ended_why": "code",
    "casework.Referral.reference": "random reference",
    "casework.Referral.service": "reference of a service of the directory",
    "casework.Referral.basis": "code from a closed list",
    "casework.Referral.tells": "codes from a closed list",
    "casework.Referral.answered_by": "name of a member of staff",
    "casework.ReferralIn.sender": "name of a member of staff",
    "casework.PoliceReport.force": "code of a police force",
    "casework.PoliceReport.offered_by": "code",
    "casework.PoliceReport.taken": "code",
    "casework.PoliceReport.why_not": "code",
    "casework.PoliceReport.told": "codes, days and members of staff, of each version that a force told",
    "casework.RejectedReport.mark": "keyed hash of a crime reference",
    "casework.RejectedReport.print": "keyed hash of a row as it came",
    "casework.RejectedReport.sender": "name of a member of staff and of a partner's system",
    "casework.RejectedReport.ended_by": "name of a member of staff or of a partner's system",
    "casework.Closing.answers": "codes from a closed list",
    "casework.Looking.doing": "code",
    "casework.PutOff.kind": "code",
    "casework.SetAside.form": "code",
    "jobs.Job.kind": "code",
    "jobs.Job.subject": "id of a row",
    "jobs.Job.step": "code",
    "jobs.Job.code": "code",
    "notices.Notice.basis": "code from a closed list",
    "notices.Notice.code": "code",
    "notices.Notice.gateway": "code",
    "notices.Feed.token": "SHA-256 of a random token",
    "transfer.CaseSheet.address": "keyed hash of the content",
    "transfer.ColumnsKnown.meanings": "names of our own fields by place of the column",
    "transfer.ColumnsKnown.date_order": "code",
    "transfer.TakeOut.counts": "numbers of cases, files and records",
    "transfer.TakeOut.address": "keyed hash of the content",
    "evidence.SourceFile.address": "keyed hash of the content",
    "evidence.SourceFile.code": "code",
    "evidence.Reading.format": "code",
    "evidence.DayCount.hours": "numbers by hour",
    "evidence.DayCount.repeat_hours": "numbers by hour",
    "evidence.Exhibit.address": "keyed hash of the content",
    "evidence.Exhibit.kind": "type of file by its content",
    "evidence.Incident.reference": "random reference",
    "evidence.IncidentVersion.precision": "code",
    "evidence.IncidentVersion.zone_basis": "code",
    "evidence.IncidentVersion.time_flags": "codes",
    "evidence.IncidentVersion.kinds": "codes from a closed list",
    "evidence.IncidentVersion.behaviours": "codes from a closed list",
    "evidence.IncidentVersion.days": "dates",
    "evidence.IncidentVersion.reported": "codes from a closed list",
    "evidence.DeviceNote.check_code": "code from a closed list",
    "evidence.Capture.precision": "code",
    "evidence.Capture.zone_basis": "code",
    "evidence.Capture.time_flags": "codes",
    "evidence.LinkEnd.mark": "keyed hash of a place in a file",
    "chronology.Episode.reference": "random reference",
    "chronology.GroupingStep.runs": "ids of files, places in them, keyed hashes of places",
    "chronology.GroupingStep.readings": "ids of files and numbers",
    "chronology.GroupingStep.entries": "random references",
    "chronology.Pack.address": "keyed hash of the content",
    "chronology.Told.wording": "code of the wording used",
    "chronology.Disclosure.kept_back": "numbers by kind",
    "chronology.Disclosure.hits": "places in a pack and kinds of words, never a word",
    "chronology.Disclosure.sha256": "SHA-256 of a finished pack",
    "chronology.Disclosure.address": "keyed hash of the content",
    "chronology.KeptOut.mark": "keyed hash of a place in a file",
    "chronology.KeptOut.address": "keyed hash of the content",
    "helpline.Contact.reference": "random reference",
    "helpline.CallBack.attempts": "moments, ids of memberships and codes of results",
    "helpline.UnmetNeed.need": "code from a closed list",
    "helpline.UnmetNeed.area": "code of a police force's area",
    "helpline.UnmetNeed.relation": "code from a closed list",
    "helpline.OwnNumber.number": "the number by which anybody reaches the line, public",
    "directory.Service.reference": "random reference",
    "privacy.Request.reference": "random reference",
    "privacy.Request.grounds": "codes of what police showed",
    "privacy.Breach.reference": "random reference",
    "privacy.BreachStep.answer": "code",
    "privacy.Choice.kind": "name of a table",
    "privacy.Choice.key": "id of a row",
    "privacy.Signed.record": "code",
    "privacy.Signed.reference": "random reference",
    "privacy.Signed.rule": "code of a rule of keeping",
    "privacy.Signed.checked": "codes of what was looked at",
    "privacy.Certificate.reference": "random reference",
    "privacy.Certificate.record": "code",
    "privacy.Certificate.of": "random reference",
    "privacy.Certificate.rule": "code of a rule of keeping",
    "privacy.Certificate.counts": "numbers by the names of tables",
    "privacy.Period.rule": "code of a rule of keeping",
    "directory.Service.name_key": "name of a service, public",
    "directory.Service.says": "what a service tells of itself, public; never a place that is kept secret",
    "directory.Service.stands_for": "code",
    "directory.Service.source_name": "name of a publisher",
    "directory.Service.source_key": "SHA-256",
    "directory.Service.digest": "SHA-256",
    "directory.ServiceTag.code": "code of an area or of a kind of help",
    "directory.NationalCheck.code": "code",
    "directory.Arrival.source_name": "name of a publisher",
    "directory.Arrival.name": "name of a file of public listings",
    "directory.Arrival.form": "code",
    "risk.LoadedForm.code": "code of a form",
    "risk.LoadedForm.form_version": "version of a form",
    "risk.Assessment.tool": "code of a form or tool",
    "risk.Assessment.tool_version": "version of a form or tool",
    "risk.Answer.question": "code of a question",
    "risk.Answer.rests": "random references",
    "risk.JudgementVersion.at_risk": "codes from a closed list",
    "risk.JudgementVersion.ratings": "codes from a closed list",
    "risk.JudgementVersion.assessments": "ids of rows",
    "risk.JudgementVersion.entries": "random references",
    "risk.Prompt.rule": "code",
    "risk.Prompt.signs": "codes, days, numbers, ids and random references",
    "justice.Crime.stage": "code",
    "justice.Crime.offence": "code of an offence",
    "justice.CrimeStep.event": "code",
    "justice.CrimeStep.offence": "code of an offence",
    "justice.CrimeStep.included": "codes from a closed list",
    "justice.CrimeStep.checks": "codes from a closed list",
    "justice.CrimeStep.outcome": "code",
    "justice.CrimeStep.told": "code",
    "justice.MaterialMark.use": "code",
    "justice.HolderAsk.told": "code",
    "justice.HolderAsk.state": "code",
    "justice.PointLink.point": "code",
    "justice.PointJudgement.point": "code",
    "justice.PointJudgement.says": "code",
    "justice.PrimaryReview.finding": "code",
    "justice.PrimaryReview.covers": "codes from a closed list",
    "justice.PrimaryReview.looked": "codes from a closed list",
    "justice.PrimaryReview.state": "code",
    "justice.PutOnRecord.force": "code of a police force",
    "justice.ToldRequest.scheme": "code of a scheme",
    "justice.RoleChange.was": "code",
    "justice.RoleChange.now": "code",
    "orders.Order.kind": "code of a kind of order",
    "orders.Order.stage": "code",
    "orders.OrderTick.code": "code",
    "orders.OrderAsk.order": "code",
    "orders.OrderAsk.force": "code of a police force",
    "orders.OrderAsk.basis": "code",
    "orders.OrderAsk.state": "code",
    "orders.OrderAsk.withdrawn": "code",
    "orders.OrderAsk.told": "code",
    "orders.OrderAsk.answered_by": "name of a member of staff",
    "orders.AskIn.order": "code",
    "orders.AskIn.state": "code",
    "orders.AskIn.sender": "name of a member of staff",
    "orders.OrderDuty.kind": "code",
    "orders.OrderDuty.code": "code",
    "orders.PackPart.part": "code",
    "orders.PackAct.precision": "code",
    "orders.PackAct.zone_basis": "code",
    "orders.PackAct.time_flags": "codes",
    "orders.PackAct.kinds": "codes from a closed list",
    "orders.PackAct.told_by": "code",
    "orders.PackAct.grounds": "letters of the grounds",
    "orders.PackTerm.library": "code of a kind of condition",
    "orders.PackTerm.acts": "ids of acts",
    "orders.PackTerm.work": "code",
    "orders.PackTerm.worship": "code",
    "orders.PackTerm.children": "code",
    "orders.PackTerm.earlier": "code",
    "orders.PackPaper.state": "code",
    "orders.PackPaper.enclosed": "code",
    "orders.PackPaper.content_hash": "SHA-256 of a draft's content",
    "orders.PackPaper.hits": "places in papers and kinds of words, never a word",
    "orders.PackFile.what": "code",
    "orders.PackFile.address": "keyed hash of the content",
    "orders.PackSignature.step": "code",
    "orders.PackSignature.content_hash": "SHA-256 of a draft's content",
    "orders.SignatureAsk.step": "code",
    "orders.SignatureAsk.content_hash": "SHA-256 of a draft's content",
    "orders.OrderStep.event": "code",
    "orders.OrderStep.investigation": "code",
    "orders.OrderStep.told": "code",
    "orders.OrderCondition.library": "code of a kind of condition",
    "vault.PurposeKey.purpose": "code",
}
CLEAR_BYTES: dict[str, str] = {
    "agencies.HeldPost.fields": "sealed for a day under the key of its circle; of the installation where it has none",
    "audit.Checkpoint.signature": "Ed25519 signature",
    "people.Identifier.index": "blind index",
    "people.Belief.index": "blind index",
    "evidence.AccountSeen.index": "blind index",
    "casework.OwnNumber.index": "blind index",
    "helpline.CallerMark.index": "blind index",
    "transfer.ColumnsKnown.print": "keyed hash of a sheet's headings",
    "directory.Arrival.rows": "public listings as read from a file, packed",
    "orders.OrderTemplate.file": "sealed under a key of the installation",
    "risk.LoadedForm.file": "sealed under a key of the installation",
    "vault.TierKey.wrapped": "wrapped key",
    "vault.OwnerKey.wrapped": "wrapped key",
    "vault.PurposeKey.wrapped": "wrapped key",
}
UNTIL: dict[str, str] = {
    "casework.RejectedReport.told": "until the row comes in whole or is put away, then cleared",
    "casework.RejectedReport.why": "until the row comes in whole; of one put away, with its circle",
    "agencies": "while the account or agency is on record",
    "audit": "kept: the trail holds no word of anybody's",
    "vault": "destroyed when the owner is erased; gone from backups 30 days later",
    "people": "with the last circle the person stands in",
    "directory": "public facts: until the agency takes them off",
}
WITH_CIRCLE = "with its circle"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is and until when it is kept."""

    place: str
    holds: str
    sealed: str
    until: str


class Undeclared(Exception):
    """A column that could hold somebody's words and is neither sealed nor declared."""


def columns() -> Iterator[Column]:
    """Every column of our models, classified. Undeclared if one is not."""
    for model in sorted(_ours(), key=lambda one: one._meta.label):
        for field in model._meta.concrete_fields:
            yield _column(model, field)


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith(OURS)]


def _column(model: type[models.Model], field: Any) -> Column:
    place = f"{model._meta.label}.{field.name}"
    until = UNTIL.get(place, UNTIL.get(model._meta.app_label, WITH_CIRCLE))
    if isinstance(field, SealedField):
        return Column(place, "somebody's words", f"sealed, {field.tier} tier", until)
    if isinstance(field, models.BinaryField):
        if place in CLEAR_TEXT:
            return Column(place, CLEAR_TEXT[place], "clear", until)
        return Column(place, _declared(CLEAR_BYTES, place), "keyed", until)
    if isinstance(field, models.ForeignKey):
        return Column(place, "id of another row", "clear", until)
    if field.choices:
        return Column(place, "code from a closed list", "clear", until)
    if isinstance(field, TEXT):
        return Column(place, _declared(CLEAR_TEXT, place), "clear", until)
    if isinstance(field, NUMBERS):
        return Column(place, "number, date, id or flag", "clear", until)
    raise Undeclared(place)


def _declared(known: dict[str, str], place: str) -> str:
    if place not in known:
        raise Undeclared(place)
    return known[place]
