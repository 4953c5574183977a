"""Opening, closing and reopening cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Membership
from joindots.casework import permissions, rules
from joindots.casework.models import Allocation, Case, Closing, Consent, Handover, Intake, OwnNumber
from joindots.casework.rules.intake import (
    GRADE_WORDS,
    NEED_WORDS,
    ORIGIN_WORDS,
    QUALIFICATION_WORDS,
    Grade,
    first_contact_due,
)
from joindots.casework.tasks import refuse_others
from joindots.circles import actions as circles
from joindots.circles import permissions as circle_permissions
from joindots.circles import queries as knowing
from joindots.circles.models import Circle
from joindots.circles.tasks import holding
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import Precision, When, london_day
from joindots.kernel.words import words
from joindots.people import actions as people
from joindots.people.models import Person
from joindots.people.rules.finding import NOT_KNOWN
from joindots.vault.blind import blind, generations

Identifiers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """One thing the person agreed to when the case came in: item, agency of this installation or whom in words."""

    item: str
    how: str
    agency: UUID | None = None
    whom: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """How a case came in: from a contact, a referral or the web form, with what it needs and what was agreed to."""

    origin: str
    source: str = ""
    """Who sent it, in words: the contact's or referral's reference, the agency."""
    grade: str = Grade.STANDARD
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    area: str = ""
    language: str = ""
    came_at: datetime | None = None
    """When it came; the first contact counts from then. None: now."""
    queue: bool = True
    """Whether a lead says who takes it; otherwise it is the opener's own."""
    agreed: tuple[Agreed, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Others of the case: name, and as what they stand (`secondary`, `child`, `witness`)."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How things stood when a case was closed: answers by code, the person's own words, what to do if it goes on."""

    answers: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    if_again: str = ""
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known when a case is opened: identifiers, who is reported, where she lives, when it began."""

    identifiers: Identifiers = ()
    address: str = ""
    suspect: str = ""
    suspect_identifiers: Identifiers = ()
    opened: When | None = None
    once: tuple[str, str] | None = field(default=None)
    """The kind and value of the mark under which this case may be brought in only once."""


NOTHING_ELSE = Known()
NOTHING_SAID = Ended()


@makes(permissions.OPEN_CASE)
def open_case(
    actor: Actor, *, victim: str, relation: str = rules.Relation.NOT_KNOWN, own_number: str = "", summary: str = "",
    known: Known = NOTHING_ELSE, arrived: Arrived | None = None,
) -> str:  # fmt: skip
    """Open a case about a person being stalked. Its reference. `arrived` says how it came in, if it was sent."""
    if not victim.strip():
        raise RuleBroken(words("name_missing", "Enter a name, or what the person wants to be called."))
    if relation not in rules.RELATION_WORDS:
        raise RuleBroken(words("relation_unknown", "Choose what the person reported is to them from the list."))
    return _open_in(actor, circles.open_circle(actor), victim, relation, own_number, summary, known, arrived)


@makes(permissions.ANSWER_REFERRAL)
def open_received(
    actor: Actor, *, circle: UUID, victim: str, relation: str, summary: str, known: Known, arrived: Arrived
) -> str:
    """Open a case in the circle in which a referral came, where there is none yet. Its reference."""
    found = Circle.objects.visible_to(actor, write=True, picked=True).filter(
        pk=circle, agency=actor.agency_id, case=None
    )
    row = found.first()
    if row is None:
        raise NotFound
    relation = relation if relation in rules.RELATION_WORDS else rules.Relation.NOT_KNOWN
    return _open_in(actor, row, victim or "Name not given", relation, "", summary, known, arrived)


def _open_in(
    actor: Actor, circle: Circle, victim: str, relation: str, own_number: str, summary: str, known: Known,
    arrived: Arrived | None,
) -> str:  # fmt: skip
    """Open a case in a circle in which the actor stands."""
    _add_people(actor, Ref(circle.pk), victim.strip(), known)
    case = Case(circle=circle, relation=relation, opened_at=actor.at, owner_id=actor.membership_id)
    if known.opened is not None:
        _open_as_of(case, known.opened)
    actor.keys.seal(case, own_number=own_number, summary=summary)
    if arrived is not None and arrived.queue and not _anybody_allocates(actor):
        arrived = replace(arrived, queue=False)  # it would wait for somebody who is not there
    if arrived is not None and arrived.queue:
        case.owner_id = None
    case.save()
    _mark(actor, case, own_number, known.once)
    actor.record(circle.pk, "casework.opened", relation=relation)
    if arrived is not None:
        _came_in(actor, circle, arrived)
    return case.reference


def _anybody_allocates(actor: Actor) -> bool:
    """Whether the agency has anybody now who says who takes a case."""
    there = Membership.objects.current(actor.at).filter(agency=actor.agency_id)
    return there.filter(holding(permissions.ALLOCATE.roles)).exists()


def _came_in(actor: Actor, circle: Circle, arrived: Arrived) -> None:
    """Keep how it came in, start the clock of the first contact, and let the leads know where it waits for them."""
    if arrived.grade not in GRADE_WORDS or arrived.origin not in ORIGIN_WORDS:
        raise RuleBroken(words("intake_unknown", "Choose where it came from and how soon it is from the lists."))
    came = min(arrived.came_at or actor.at, actor.at)
    row = Intake(
        circle=circle, origin=arrived.origin, grade=arrived.grade, came_at=came, queued=arrived.queue,
        needs=[one for one in NEED_WORDS if one in arrived.needs],
        wants=[one for one in QUALIFICATION_WORDS if one in arrived.wants],
        contact_due=first_contact_due(Grade(arrived.grade), came),
    )  # fmt: skip
    actor.keys.seal(row, source=arrived.source, area=arrived.area, language=arrived.language)
    row.save()
    for name, stands_as in arrived.others:
        people.add_person(actor, Ref(circle.pk), name=name, stands_as=stands_as)
    victim = Person.objects.filter(presences__circle=circle, presences__stands_as="victim").first()
    for one in arrived.agreed:
        consent = Consent(
            circle=circle, person=victim, item=one.item, agency_id=one.agency, how=one.how,
            given_on=london_day(came), written_by_id=actor.membership_id, written_at=actor.at,
        )  # fmt: skip
        actor.keys.seal(consent, whom=one.whom, purpose=one.purpose)
        consent.save()
        actor.record(circle.pk, "casework.agreed", item=one.item)
    if arrived.queue:
        circles.lead_in(actor, Ref(circle.pk), purpose="a case to allocate")
    actor.record(circle.pk, "casework.came_in", origin=arrived.origin, grade=arrived.grade)


@writes(permissions.CLOSE_CASE, Case, when=lambda case: rules.can_move(rules.State(case.state), rules.State.CLOSED))
def close_case(actor: Actor, case: Case, *, reason: str, ended: Ended = NOTHING_SAID) -> None:
    """Close a case, with the reason's code and how things stood. What was said is the person's, word for word.

    Whatever of it waited for somebody else (a handover, somebody asked to take it) is called off.
    """
    refuse_others(actor, case)
    case.state, case.closed_at = rules.State.CLOSED, actor.at
    case.save(update_fields=("state", "closed_at"))
    row = Closing(
        circle_id=case.circle_id, reason=reason[:12], follow_up=ended.follow_up,
        answers={code: told for code, told in ended.answers.items() if told}, by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, said=ended.said, if_again=ended.if_again)
    row.save()
    Handover.objects.filter(circle=case.circle_id, state="asked").update(state="taken_back", answered_at=actor.at)
    Allocation.objects.filter(circle=case.circle_id, state="asked").update(state="changed", answered_at=actor.at)
    Intake.objects.filter(circle=case.circle_id).update(queued=False)
    actor.record(case.circle_id, "casework.closed", reason=reason)


@writes(permissions.CLOSE_CASE, Case, when=lambda case: rules.can_move(rules.State(case.state), rules.State.OPEN))
def reopen_case(actor: Actor, case: Case, *, why: str = "") -> None:
    """Open a closed case again. Its earlier closing stays, with what was said then."""
    refuse_others(actor, case)
    case.state, case.closed_at = rules.State.OPEN, None
    case.save(update_fields=("state", "closed_at"))
    row = Closing.objects.filter(circle=case.circle_id, again_at=None).order_by("-at").first()
    if row is not None:
        row.again_at, row.again_by_id = actor.at, actor.membership_id
        actor.keys.seal(row, again_why=why)
        row.save()
    actor.record(case.circle_id, "casework.reopened")


def _add_people(actor: Actor, circle: Ref, victim: str, known: Known) -> None:
    """The victim, and the person reported where one is known. An address is kept at the contact tier, unconfirmed."""
    person: UUID = people.add_person(
        actor, circle, name=victim, stands_as="victim", identifiers=known.identifiers
    )  # fmt: skip
    if known.address:
        people.set_safe_contact(actor, Ref(person), number="", times="", address=known.address)
    if known.suspect.strip() or known.suspect_identifiers:
        people.add_person(
            actor, circle, name=known.suspect.strip() or NOT_KNOWN, stands_as="suspect",
            identifiers=known.suspect_identifiers,
        )  # fmt: skip


def _open_as_of(case: Case, opened: When) -> None:
    """Keep the day as exactly as it is known; a case whose day is not known sorts by the day it came here."""
    case.opened_precision = opened.precision
    if opened.earliest is None:
        case.opened_precision = Precision.UNKNOWN
    else:
        case.opened_at, case.opened_until = opened.earliest, opened.latest


def _mark(actor: Actor, case: Case, own_number: str, once: tuple[str, str] | None) -> None:
    """Keep the case's own number, or what stands in for it, to be found by its blind index."""
    mark = once or ((OwnNumber.Kind.OWN, rules.same_number(own_number)) if own_number.strip() else None)
    if mark is None:
        return
    row = OwnNumber(circle_id=case.circle_id, agency_id=actor.agency_id, kind=mark[0], generation=generations()[0])
    row.brought_in = once is not None
    row.index = blind(row.indexed, mark[1], row.generation)
    actor.keys.seal(row, value=mark[1])
    row.save()


@makes(circle_permissions.BREAK_GLASS)
def open_in_emergency(actor: Actor, *, reference: str, reason_code: str, reason: str) -> None:
    """Open a case by its reference for 60 minutes, read-only. Who is kept out is told there is nothing here."""
    knowing.refuse_emergency(actor, reason)
    found = Case.objects.filter(reference=reference, circle__state="open").first()
    if found is None:
        actor.visit.misses(Case, reference)
        raise NotFound
    circles.break_glass(actor, circle=found.circle_id, reason_code=reason_code, reason=reason)
