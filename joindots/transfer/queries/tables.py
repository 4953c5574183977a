"""The tables that leave with an agency: which rows are a circle's, which columns stay, and their schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import models

from joindots.access.actor import Actor
from joindots.casework.models import (
    Allocation,
    Case,
    Chaser,
    ChaserStep,
    Closing,
    Consent,
    ContactTry,
    CopeAnswer,
    Cost,
    CourtDay,
    Handover,
    Intake,
    Letter,
    MeasureAsked,
    OwnNumber,
    PlanAgreed,
    PlanStep,
    PoliceReport,
    PutOff,
    Referral,
    ReferralIn,
    RejectedReport,
    RightDue,
    SafetyPlan,
    SetAside,
    Share,
    ShareReader,
    Task,
    TherapyReferral,
)
from joindots.chronology.models import (
    Disclosure,
    Episode,
    ExhibitReference,
    GroupingStep,
    KeptOut,
    LookedOver,
    Pack,
    Producer,
    Told,
)
from joindots.circles.models import Alert, BreakGlass, Circle, Exclusion, Standing, TwoPersonAct
from joindots.evidence import findings
from joindots.evidence.models import (
    Capture,
    CoverageGap,
    DeviceNote,
    Exhibit,
    Incident,
    IncidentVersion,
    Link,
    LinkEnd,
    Reading,
    SourceFile,
    Transcript,
)
from joindots.evidence.rules import keeping, screenshots
from joindots.helpline.models import CallBack, Contact, EarlierLink, Line, Offer, UnmetNeed
from joindots.jobs.models import Job
from joindots.justice import models as justice
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.notices.models import Notice, RoundTrip
from joindots.orders import models as orders
from joindots.people.models import (
    Belief,
    CallerCheck,
    CodeWord,
    Identifier,
    Person,
    Presence,
    ProtectedWord,
    SafeContact,
    TakenOff,
    WithdrawnMark,
)
from joindots.privacy.models import Breach, BreachStep, Certificate, Choice, Copy, Hold, Request, Signed
from joindots.risk.models import Answer, Assessment, Change, Judgement, JudgementVersion, Prompt
from joindots.transfer.models import CaseSheet, LeftOut
from joindots.vault.fields import Sealed, SealedField, owner_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
INDEX = ("index", "generation")
AT_REST = ("file_key", "address")
Form = Callable[[bytes], Any]


def _json_of(data: bytes) -> Any:
    return json.loads(data) if data else None


@dataclass(frozen=True)
class TableOf:
    """One table: its name outside, its rows' way to their circle, and what stays because it means nothing elsewhere."""

    name: str
    model: type[models.Model]
    path: str
    says: str
    stays: tuple[str, ...] = ()
    forms: Mapping[str, Form] = field(default_factory=dict)
    """How a sealed column that holds no plain text is read."""
    only: models.Q = field(default_factory=models.Q)
    """Which of the circle's rows are the agency's at all."""

    @property
    def fields(self) -> tuple[models.Field[Any, Any], ...]:
        """The columns that leave."""
        return tuple(one for one in self.model._meta.concrete_fields if one.name not in self.stays)

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(one.name for one in self.fields)

    def rows(self, actor: Actor, circles: models.QuerySet[Circle]) -> Iterable[dict[str, Any]]:
        """The rows of these circles, opened with the actor's ring; what the ring may not open is null."""
        ids = self.model._default_manager.filter(self.only, **{f"{self.path}__in": circles}).values("pk")
        found = list(self.model._default_manager.filter(pk__in=ids).order_by("pk"))
        if any(isinstance(one, SealedField) for one in self.fields):
            actor.keys.prepare({owner_of(row) for row in found})
        return ({one.name: self._value(actor, row, one) for one in self.fields} for row in found)

    def _value(self, actor: Actor, row: models.Model, one: models.Field[Any, Any]) -> Any:
        value = getattr(row, one.attname)
        if isinstance(value, Sealed):
            data = _opened(actor, value)
            form = self.forms.get(one.name)
            return data if data is None else form(data) if form else data.decode("utf-8", "replace")
        if isinstance(value, UUID) or _long(one):
            return None if value is None else str(value)
        return value.isoformat() if isinstance(value, datetime | date) else value

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a line."""
        return {
            "$schema": DIALECT, "title": self.name, "description": self.says, "type": "object",
            "properties": {one.name: _schema(one, one.name in self.forms) for one in self.fields},
            "required": list(self.columns), "additionalProperties": False,
        }  # fmt: skip


def _opened(actor: Actor, value: Sealed) -> bytes | None:
    """Null past the wall of contact, and where a key was destroyed."""
    try:
        return actor.keys.open_bytes(value)
    except (NotFound, NotAllowed):
        return None


def _long(one: models.Field[Any, Any]) -> bool:
    """Whether it is an id of 62 bits, which leaves as text: many programs keep no more than 53 bits of a number."""
    target = one.target_field if isinstance(one, models.ForeignKey) else one
    return target.primary_key and isinstance(target, models.BigIntegerField)


def _schema(one: models.Field[Any, Any], formed: bool) -> dict[str, Any]:
    if isinstance(one, models.JSONField) or formed:
        return {}
    if isinstance(one, SealedField):
        return {"type": ["string", "null"], "description": "sealed here; null where it may not be opened"}
    kind: dict[str, Any] = {"type": "string"}
    target = one.target_field if isinstance(one, models.ForeignKey) else one
    if isinstance(target, models.UUIDField):
        kind["format"] = "uuid"
    elif isinstance(target, models.BooleanField):
        kind["type"] = "boolean"
    elif isinstance(target, models.IntegerField) and not _long(one):
        kind["type"] = "integer"
    elif isinstance(target, models.DateTimeField):
        kind["format"] = "date-time"
    elif one.choices:
        kind["enum"] = [str(code) for code, _ in one.choices]
    return {**kind, "type": [kind["type"], "null"]} if one.null else kind


TOLD_TO_IT = models.Q(to=models.F("circle__agency"))
"""Alerts to others stay: those about somebody of the agency are for people outside their chain alone."""
OWN_WORK = models.Q(agency=models.F("circle__agency"))
"""Tasks of another agency in this one's circle are that agency's."""
OWN_STEPS = models.Q(chaser__agency=models.F("circle__agency"))
TABLES: tuple[TableOf, ...] = (
    TableOf("circles", Circle, "pk", "Everything about somebody belongs to a circle; a case has one."),
    TableOf("cases", Case, "circle", "Cases: reference, state, relation, when opened, own number, summary."),
    TableOf("own_numbers", OwnNumber, "circle", "The agency's own numbers of its cases.", INDEX),
    TableOf("intakes", Intake, "circle", "How a case came in, what it needs, and when the person was first spoken to."),
    TableOf("allocations", Allocation, "circle", "Who was asked to take a case, and what they said."),
    TableOf("contact_tries", ContactTry, "circle", "Tries to speak to the person for the first time."),
    TableOf("consents", Consent, "circle", "What somebody agreed to, and what was taken back."),
    TableOf("shares", Share, "circle", "What was opened to readers: what for, on what basis, until when."),
    TableOf("share_readers", ShareReader, "share__circle", "Who was let in by each share."),
    TableOf("referrals", Referral, "circle", "Referrals that left a case: to whom, what they say, what came of them."),
    TableOf("referrals_in", ReferralIn, "circle", "Referrals that came to the agency.", ("sent",)),
    TableOf("reports_rejected", RejectedReport, "circle", "Rows of a feed not taken in.", ("mark", "print"),
            {"told": _json_of}),
    TableOf("police_reports", PoliceReport, "circle", "Reports to the police, and whether a specialist was offered."),
    TableOf("handovers", Handover, "circle", "Cases handed from one worker to another."),
    TableOf("closings", Closing, "circle", "Closings, with how things stood in the person's own words."),
    TableOf("put_off", PutOff, "circle", "What a worker put off on their desk: what it was, until when, and why."),
    TableOf("set_aside", SetAside, "circle", "What was written into a form that another had changed meanwhile."),
    TableOf("people", Person, "presences__circle", "People, once each."),
    TableOf("presences", Presence, "circle", "Who stands in which circle, and as what."),
    TableOf("identifiers", Identifier, "person__presences__circle", "Numbers, addresses, accounts of people.", INDEX),
    TableOf("withdrawn_marks", WithdrawnMark, "person__presences__circle", "Marks of people that were withdrawn."),
    TableOf("taken_off", TakenOff, "circle", "Who stood in a case by mistake, and why they were taken off."),
    TableOf(
        "safe_contact", SafeContact, "person__presences__circle",
        "How people may be reached safely: every version of every card.", forms={"card": _json_of},
    ),
    TableOf("code_words", CodeWord, "person__presences__circle", "That there is a code word; the word stays.",
            ("word", "duress")),
    TableOf("caller_checks", CallerCheck, "circle", "Checks of who a caller was, and how they ended."),
    TableOf("notices", Notice, "circle", "What left, waits, failed or was refused, and why."),
    TableOf("round_trips", RoundTrip, "circle", "Ways that were being proved; the word stays.", ("word",)),
    TableOf("standings", Standing, "circle", "Who may know of a circle, why, from when until when."),
    TableOf("exclusions", Exclusion, "circle", "Who may never know of a circle."),
    TableOf("two_person_acts", TwoPersonAct, "circle", "What took two people, and who decided."),
    TableOf("emergency_openings", BreakGlass, "circle", "Circles opened in an emergency, with the reason."),
    TableOf("alerts", Alert, "circle", "What the agency was told to look at.", only=TOLD_TO_IT),
    TableOf("safety_plans", SafetyPlan, "circle", "Safety plans: whose, and when each is looked at again."),
    TableOf("plan_lines", PlanStep, "circle", "Lines of safety plans: what, who, by when, and how each ended."),
    TableOf("plans_agreed", PlanAgreed, "circle", "Versions of plans, word for word.", forms={"sheet": _json_of}),
    TableOf("tasks", Task, "circle", "Tasks and promises of the agency's own.", only=OWN_WORK),
    TableOf("agencies_asked", Chaser, "circle", "What was asked of other agencies, until when.", only=OWN_WORK),
    TableOf("agencies_asked_steps", ChaserStep, "circle", "What was done about each asking.", only=OWN_STEPS),
    TableOf("rights_due", RightDue, "circle", "The Victims' Code: what started a right, until when, and how it ended."),
    TableOf("special_measures", MeasureAsked, "circle", "Special measures that are wanted, and what became of them."),
    TableOf("court_days", CourtDay, "circle", "Days at court as they were planned.", forms={"sheet": _json_of}),
    TableOf("letters", Letter, "circle", "Letters that were made.", forms={"sheet": _json_of}),
    TableOf("support_referrals", TherapyReferral, "circle", "Referrals to therapy and their waits; no note of any."),
    TableOf("answers", CopeAnswer, "circle", "Paired questions as they were answered.", forms={"sheet": _json_of}),
    TableOf("costs", Cost, "circle", "Costs and losses, withdrawn ones too."),
    TableOf("files", SourceFile, "circle", "Files as they came; their bytes stand under cases/.", AT_REST),
    TableOf(
        "readings", Reading, "circle", "What was read from a file: counts, answers, findings.",
        forms={
            "answers": lambda data: msgspec.to_builtins(findings.decoded_answers(data)),
            "choice": lambda data: msgspec.to_builtins(keeping.decoded(data)),
            "findings": lambda data: msgspec.to_builtins(findings.decoded(data)),
        },
    ),
    TableOf(
        "transcripts", Transcript, "circle", "Words that pictures show: suggested by a machine, confirmed by a person.",
        forms={"sheet": lambda data: msgspec.to_builtins(screenshots.decoded(data))},
    ),
    TableOf("exhibits", Exhibit, "circle", "Files found inside others; their bytes stand under cases/.", AT_REST),
    TableOf("log_entries", Incident, "circle", "Entries of the log: reference, and whether each stands."),
    TableOf("log_versions", IncidentVersion, "circle", "What each entry says, and said before it was corrected."),
    TableOf("captures", Capture, "circle", "Which files are captures: of what address, by whom, when as claimed."),
    TableOf("device_notes", DeviceNote, "circle", "What came of looks at devices, and what was done."),
    TableOf("links", Link, "circle", "What was linked, and undone: who says so, when and why."),
    TableOf("link_ends", LinkEnd, "link__circle", "What each link links: entries, files, records of files."),
    TableOf("protected_words", ProtectedWord, "circle", "What must never leave, who said so, who withdrew it."),
    TableOf("tellings", Told, "circle", "That the person was told what a court may order, and in which words."),
    TableOf("kept_out", KeptOut, "circle", "What is kept out of disclosure, by whom and why."),
    TableOf("looked_over", LookedOver, "circle", "Pictures that somebody looked over for disclosure."),
    TableOf("disclosures", Disclosure, "circle", "Packs for disclosure: checks, numbers, release.", AT_REST),
    TableOf("episodes", Episode, "circle", "Stretches that were named; what stands in them is said by grouping_steps."),
    TableOf("grouping_steps", GroupingStep, "circle", "Every decision about grouping, and every undoing, in order."),
    TableOf("producers", Producer, "circle", "Who produces exhibits: name, initials, the highest number given."),
    TableOf("exhibit_references", ExhibitReference, "circle", "Police-style references of exhibits, such as AB/1."),
    TableOf("beliefs", Belief, "circle", "Whose an account is believed to be: who says so, how sure, why.", INDEX),
    TableOf("coverage_gaps", CoverageGap, "circle", "Days of which somebody told that there is no record."),
    TableOf("risk_askings", Assessment, "circle", "Forms about risk that were asked, and results of other tools.",
            ("form",)),
    TableOf("risk_answers", Answer, "circle", "Every answer ever given to them, with its words."),
    TableOf("judgements", Judgement, "circle", "Judgements of risk: whose, when, until when they stand for review."),
    TableOf("judgement_versions", JudgementVersion, "circle", "What each judgement says, and said before."),
    TableOf("risk_prompts", Prompt, "circle", "What asked for a new look at a risk, its facts, and who answered."),
    TableOf("risk_changes", Change, "circle", "Changes around a case that somebody noted."),
    TableOf("crimes", justice.Crime, "circle", "Crimes that were followed from a report, and where each stands."),
    TableOf("point_links", justice.PointLink, "circle", "Acts and files that somebody linked to a point to prove."),
    TableOf("point_judgements", justice.PointJudgement, "circle", "What people made of the points to prove, and why."),
    TableOf("material_marks", justice.MaterialMark, "circle", "How material is used in a case file, as somebody said."),
    TableOf("holder_asks", justice.HolderAsk, "circle", "What others were asked for, why, and who was told."),
    TableOf("device_asks", justice.DeviceAsk, "circle", "What was asked for from the person's own devices, and why."),
    TableOf("device_steps", justice.DeviceStep, "circle", "What they answered, and when it was given back."),
    TableOf("crime_steps", justice.CrimeStep, "circle", "What happened to each crime, struck steps too."),
    TableOf("orders", orders.Order, "circle", "Protective orders that were thought of, and where each stands."),
    TableOf("order_asks", orders.OrderAsk, "circle", "Asks for orders: of whom, why, the answer.", only=OWN_WORK),
    TableOf("order_asks_in", orders.AskIn, "circle", "Asks for orders that came, and how each was answered."),
    TableOf("order_duties", orders.OrderDuty, "circle", "Days on which something of an order is to be seen to."),
    TableOf("order_keeping", orders.OrderKeeping, "circle", "Who looks after each order, and what is reported of it."),
    TableOf("order_told", orders.OrderTold, "circle", "That somebody was told later of what could not be told first."),
    TableOf("order_steps", orders.OrderStep, "circle", "What happened to each order, struck steps too."),
    TableOf("order_conditions", orders.OrderCondition, "circle", "Conditions of orders, with their days and places."),
    TableOf("primary_reviews", justice.PrimaryReview, "circle", "Who was found to be the primary victim, and why."),
    TableOf("put_on_record", justice.PutOnRecord, "circle", "Notices, warnings, arrests and the like on record."),
    TableOf("put_on_record_steps", justice.PutStep, "circle", "What became of each: challenged, withdrawn, upheld."),
    TableOf("proceedings", justice.Proceeding, "circle", "Proceedings in courts and bodies, and how each ended."),
    TableOf("proceeding_steps", justice.ProceedingStep, "circle", "What happened in each, and what it took."),
    TableOf("told_requests", justice.ToldRequest, "circle", "Requests to be told what the police hold of somebody."),
    TableOf("told_steps", justice.ToldStep, "circle", "What became of each, with the exact words that were said."),
    TableOf("role_changes", justice.RoleChange, "circle", "As what somebody stood, and stands since."),
    TableOf("order_services", orders.OrderService, "circle", "How each order was served: by whom, how, where."),
    TableOf("order_ticks", orders.OrderTick, "circle", "Notices, entries and hand-overs beside orders."),
    TableOf("order_acts_decided", orders.Decided, "circle", "Acts decided by an order's conditions, by whom and when."),
    TableOf("order_breaches", orders.Breach, "circle", "Recorded breaches: act, arrest, charge, outcome."),
    TableOf("order_protected", orders.Protected, "circle", "People whom orders protect."),
    TableOf("order_packs", orders.OrderPack, "circle", "Applications for orders, one to an order."),
    TableOf("order_pack_parts", orders.PackPart, "circle", "Parts of applications that are told in words."),
    TableOf("order_pack_acts", orders.PackAct, "circle", "Acts that applications rely on, as the schedule has them."),
    TableOf("order_pack_terms", orders.PackTerm, "circle", "Terms that are asked for, and the acts each is tied to."),
    TableOf("order_pack_papers", orders.PackPaper, "circle", "Makings of an application's papers, with their content."),
    TableOf("order_pack_files", orders.PackFile, "circle", "Files of such papers; what they say is above.", AT_REST),
    TableOf("order_pack_signatures", orders.PackSignature, "circle", "Who signed which content, as what."),
    TableOf("order_signature_asks", orders.SignatureAsk, "circle", "Who was asked to sign which content."),
    TableOf("order_pack_sendings", orders.PackSending, "circle", "That an application was sent: to whom, when, how."),
    TableOf("packs", Pack, "circle", "Packs that were made; they stand under cases/.", AT_REST),
    TableOf("privacy_requests", Request, "circle", "Requests about personal data: asked, by when, how answered."),
    TableOf("privacy_copies", Copy, "circle", "Copies that were made for a client, and words taken out of them."),
    TableOf("privacy_copy_choices", Choice, "circle", "What was decided about each record for a copy."),
    TableOf("privacy_holds", Hold, "circle", "What stopped an erasing, and what was lifted."),
    TableOf("privacy_signed", Signed, "circle", "What was signed when a time was over."),
    TableOf("privacy_certificates", Certificate, "circle", "What was erased: numbers, and nobody's name."),
    TableOf("privacy_breaches", Breach, "circle", "Data that may have got out, and drills."),
    TableOf("privacy_breach_steps", BreachStep, "circle", "What was done about each."),
    TableOf("jobs", Job, "circle", "Long work and how it ended."),
    TableOf(
        "case_sheets", CaseSheet, "circle", "Spreadsheets from which cases came; their bytes stand under sheets/.",
        AT_REST, {"survey": _json_of, "mapping": _json_of, "tried": _json_of},
    ),
    TableOf(
        "helpline_contacts", Contact, "circle", "Contacts with the helpline, and what was said on each.",
        forms={"who": _json_of, "reach": _json_of, "sheet": _json_of},
    ),
    TableOf("helpline_lines", Line, "circle", "Lines of the notes of contacts, with their times."),
    TableOf("helpline_links", EarlierLink, "circle", "Earlier contacts that were linked as the caller wished."),
    TableOf("helpline_calls", CallBack, "circle", "Call-backs that were promised, and every attempt."),
    TableOf("helpline_offers", Offer, "circle", "Services that callers were told of or handed over to."),
    TableOf("helpline_unmet", UnmetNeed, "circle", "Needs that no service met, as codes."),
    TableOf("rows_left_out", LeftOut, "circle", "Rows of those that did not come in.", forms={"told": _json_of}),
)  # fmt: skip
NAMES: Collection[str] = tuple(one.name for one in TABLES)

STAYS: dict[str, str] = {
    "casework.Looking": "that somebody has a page open, for minutes; and when they last looked into what happened",
    "casework.WorkerCard": "of a member of staff, and of no case",
    "orders.OrderSpan": "follows from the steps of an order, and is made anew from them",
    "evidence.Page": "leaves as records, one line each, in the normal form",
    "evidence.AccountSeen": "found anew from the records",
    "evidence.Communication": "leaves as records, one line each, in the normal form",
    "evidence.DayCount": "counted anew from the records",
    "evidence.EntryDraft": "half-written by one person, and no part of the case until it is kept",
    "evidence.Sending": "a file on its way in, and no part of the case until it is whole",
    "evidence.Thumbnail": "made anew from the file itself",
    "casework.Supervision": "between two members of staff, and of no case",
    "casework.TherapyRoom": "stays with the therapist alone, under a key of its own",
    "casework.TherapyNote": "stays with the therapist alone",
    "audit.Book": "leaves as the trail",
    "audit.Entry": "leaves as the trail",
    "audit.Checkpoint": "of the whole installation, all agencies together",
    "directory.Service": "public facts: leaves as an Open Referral file from the directory's own page",
    "directory.ServiceTag": "found anew from the listings",
    "directory.NationalCheck": "that a shipped listing was confirmed, which means nothing elsewhere",
    "directory.Arrival": "a publisher's file on its way in",
    "agencies.Agency": "leaves with the members",
    "agencies.Team": "leaves with the members",
    "agencies.User": "leaves with the members, without what signs them in",
    "agencies.Membership": "leaves as members",
    "agencies.FormSent": "that a form was sent, for a minute",
    "agencies.HeldPost": "sent by one person after their session had ended, and done by nobody yet",
    "agencies.Enrolment": "codes that let staff in never leave",
    "agencies.PartnerToken": "keys that let systems in never leave",
    "orders.OrderTemplate": "a form of the agency's own, which it has as a file",
    "risk.LoadedForm": "a form under somebody's licence, which its holder has as a file",
    "risk.Watch": "how far the rules have looked, which is looked anew",
    "notices.Feed": "the secret address of a member's own calendar ends here",
    "privacy.Period": "how long the agency keeps things; it stands in its record of processing",
    "transfer.ColumnsKnown": "a keyed print of headings, which means nothing elsewhere",
    "transfer.TakeOut": "a taking out holds no other",
    "helpline.CallerMark": "marks by which a caller is met again; an agreed word is shown to nobody",
    "helpline.OpenHours": "how the line runs; nobody is named",
    "helpline.OwnNumber": "the line's public number",
    "helpline.Turn": "the line's rota",
    "helpline.Pause": "breaks of staff",
    "helpline.ReadyStep": "checks and training of staff",
    "helpline.Unanswered": "times of calls that nobody took; nobody is named",
    "helpline.WebDoor": "whether the public form is open",
    "vault.TierKey": "keys never leave",
    "vault.OwnerKey": "keys never leave",
    "vault.PurposeKey": "keys never leave",
    "vault.Destroyed": "keys never leave",
}
"""Every other table of ours, and why it does not leave as it stands."""
