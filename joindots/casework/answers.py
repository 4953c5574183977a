"""What casework answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import INSIDE, Holds
from joindots.casework import queries
from joindots.casework.models import Case, Chaser, Supervision, Task, TherapyRoom
from joindots.casework.rules import State
from joindots.circles.models import Side
from joindots.kernel.dots import Dot, Due, Ended, Found, Held, Over
from joindots.kernel.when import london_day, midnight
from joindots.kernel.words import Words, words

OPENED = "casework.opened"
BY = {
    "reference": "by this reference or number", "number": "by this telephone number",
    "email": "by this mail address", "handle": "by this name online", "vehicle": "by this vehicle",
    "address": "by this place",
}  # fmt: skip


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """When the case was opened: from then on somebody wrote things down."""
    if OPENED in kinds:
        case = queries.of_circle(actor, Ref(circle))
        opened = queries.opened_when(actor, case)
        yield Dot(opened, OPENED, "Case opened", "this service", "exact", "circle", f"/cases/{case.key}/")


def found(actor: Actor, typed: str) -> Iterator[Found]:
    """Cases by their reference or number, and whoever in a case is called so or bears such a mark."""
    if not queries.cases_met.may(actor):
        return
    for met in queries.cases_met(actor, typed):
        case = f"{met.reference}, {met.state} case"
        if met.through and met.through != met.victim:
            case += f" of {met.victim}"
        second = " · ".join(part for part in (met.stands_as, case, BY.get(met.by, "")) if part)
        yield Found("case", met.through or met.victim, second, f"/cases/{met.reference}/")


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """What waits: taking cases on, and the work for the person being stalked, of what the actor may know of."""
    if queries.taking_on.may(actor):
        yield from queries.taking_on(actor, whose, until, most)
    if queries.support_waiting.may(actor):
        yield from queries.support_waiting(actor, whose, until, most)


def leaving(membership: UUID) -> Words | None:
    """A leaver's access ends once each of their open cases, tasks and asks has another worker."""
    told = []
    if cases := Case.objects.filter(owner=membership, state=State.OPEN).count():
        told.append(
            words("leaver_cases", "Open cases that still have nobody else: {n}. A lead hands them over.", n=cases)
        )
    mine = {"owner": membership, "state": "open", "circle__state": "open"}
    if work := Task.objects.filter(**mine).count() + Chaser.objects.filter(**mine).count():
        told.append(words(
            "leaver_tasks", "Tasks, promises and agencies asked: {n}. Pass them to whoever has each case.", n=work
        ))  # fmt: skip
    return words("leaver_work", "{all}", all=" ".join(map(str, told))) if told else None


def sides(membership: UUID, at: datetime, owners: Collection[UUID]) -> dict[UUID, str]:
    """A therapist's own rooms, and supervisions at which the member was one of the two: nobody else stands in either,
    by whatever way they may know of a case.
    """
    rooms = TherapyRoom.objects.filter(pk__in=owners, therapist=membership)
    spoke = Supervision.objects.filter(Q(whose=membership) | Q(by=membership), pk__in=owners)
    return dict.fromkeys((*rooms.values_list("pk", flat=True), *spoke.values_list("pk", flat=True)), Side.VICTIM)


HOLDS = (
    Holds("casework.Case", words("h_case", "your case"), ("reference", "state", "relation", "opened_at", "summary")),
    Holds("casework.Intake", words("h_intake", "how you came to us"), ("origin", "came_at", "needs", "language")),
    Holds("casework.ContactTry", words("h_tries", "first calls to you"), ("at", "how", "outcome", "note")),
    Holds("casework.Consent", words("h_consents", "what you agreed to"),
          ("item", "whom", "purpose", "said", "given_on", "until", "withdrawn_at")),
    Holds("casework.Share", words("h_shares", "who was let in to read"), ("purpose", "why", "basis", "at", "until")),
    Holds("casework.Referral", words("h_referrals", "referrals made for you"),
          ("kind", "whom", "why", "content", "sent_at", "state", "answer")),
    Holds("casework.ReferralIn", words("h_referrals_in", "referrals that came about you"),
          ("kind", "content", "came_at", "answer")),
    Holds("casework.RejectedReport", words("h_rejected", "rows of a force’s feed that were not taken in"),
          ("came_at", "told", "why", "state", "ended_at")),
    Holds("casework.PoliceReport", words("h_reports", "reports to the police"),
          ("force", "reported_on", "crime_reference", "offered", "offered_what", "taken")),
    Holds("casework.Closing", words("h_closings", "how your case was closed"), ("reason", "at", "said", "if_again")),
    Holds("casework.PlanStep", words("h_plan", "lines of your safety plan"), ("what", "who", "by_when", "state")),
    Holds("casework.PlanAgreed", words("h_plans", "your plan as it was agreed"), ("on", "review_on", "sheet")),
    Holds("casework.Task", words("h_tasks", "what was promised or planned"), ("what", "due_on", "state", "why"),
          own="agency"),
    Holds("casework.Chaser", words("h_chasers", "what was asked of agencies"), ("to", "ask", "asked_on", "state"),
          own="agency"),
    Holds("casework.ChaserStep", words("h_chaser_steps", "what agencies said"), ("on", "deed", "words"),
          own="chaser__agency"),
    Holds("casework.RightDue", words("h_rights", "your rights as a victim"), ("right", "on", "state", "note")),
    Holds("casework.MeasureAsked", words("h_measures", "special measures"), ("measure", "state", "note")),
    Holds("casework.CourtDay", words("h_court", "days at court"), ("kind", "on", "court", "sheet")),
    Holds("casework.Letter", words("h_letters", "letters written for you"),
          ("kind", "to", "sheet", "answered_at", "answer")),
    Holds("casework.TherapyReferral", words("h_therapy", "referrals to therapy"), ("provider", "referred_on", "stage")),
    Holds("casework.CopeAnswer", words("h_answers", "your answers about how you cope"), ("on", "sheet")),
    Holds("casework.Cost", words("h_costs", "costs and losses"), ("kind", "on", "pence", "what")),
    Holds("casework.PutOff", words("h_put_off", "what a worker put off on their desk, and why"),
          ("what", "why", "until"), own="by__agency"),
    Holds("casework.SetAside", words("h_set_aside", "words of staff that did not get into the case, kept beside it"),
          ("at", "form", "fields"), own="by__agency"),
    *(Holds(f"casework.{model}", said, (), INSIDE, "share__circle" if model == "ShareReader" else "circle")
      for model, said in (
          ("Allocation", words("h_allocations", "who was asked to take the case")),
          ("Handover", words("h_handovers", "handing the case from one worker to another")),
          ("OwnNumber", words("h_numbers", "marks by which the case is found")),
          ("SafetyPlan", words("h_plan_heads", "the heading of a plan")),
          ("ShareReader", words("h_readers", "which accounts were let in")),
      )),
)  # fmt: skip
"""What casework holds of somebody, and what of it a copy shows. Therapy notes stand in no case and in no copy."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)


def ended(actor: Actor, circle: UUID) -> Iterator[Ended]:
    """The case of a circle, where it was closed."""
    yield from _ended(Case.objects.visible_to(actor, picked=True).filter(circle=circle, state=State.CLOSED))


def over(actor: Actor, asked: Over) -> Iterator[Ended]:
    """A page of the agency's closed cases, longest ago first."""
    ends = midnight(asked.until["case"] + timedelta(days=1))
    closed = Case.objects.visible_to(actor).filter(
        state=State.CLOSED, closed_at__lt=ends, circle__agency=asked.agency
    ).exclude(circle__in=asked.but)  # fmt: skip
    if last := asked.after.get("case"):
        closed = closed.filter(Q(closed_at__gt=last[0]) | Q(circle__gt=last[1]), closed_at__gte=last[0])
    yield from _ended(closed.order_by("closed_at", "circle")[: asked.most])


def _ended(rows: QuerySet[Case]) -> Iterator[Ended]:
    for row in rows.only("circle_id", "reference", "closed_at"):
        assert row.closed_at is not None
        yield Ended(row.circle_id, "case", london_day(row.closed_at), row.closed_at, row.reference,
                    f"/cases/{row.reference}/")  # fmt: skip
