"""Opening, closing and reopening cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.casework import permissions, rules
from joindots.casework.models import Case, OwnNumber
from joindots.circles import actions as circles
from joindots.circles import permissions as circle_permissions
from joindots.circles import queries as knowing
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import Precision, When
from joindots.kernel.words import words
from joindots.people import actions as people
from joindots.vault.blind import blind, generations

Identifiers = tuple[tuple[str, str], ...]


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


@makes(permissions.OPEN_CASE)
def open_case(
    actor: Actor, *, victim: str, relation: str = rules.Relation.NOT_KNOWN, own_number: str = "", summary: str = "",
    known: Known = NOTHING_ELSE,
) -> str:  # fmt: skip
    """Open a case about a person being stalked. Its reference."""
    if not victim.strip():
        raise RuleBroken(words("name_missing", "Enter a name, or what the person wants to be called."))
    circle = circles.open_circle(actor)
    _add_people(actor, Ref(circle.pk), victim.strip(), known)
    case = Case(circle=circle, relation=relation, opened_at=actor.at, owner_id=actor.membership_id)
    if known.opened is not None:
        _open_as_of(case, known.opened)
    actor.keys.seal(case, own_number=own_number, summary=summary)
    case.save()
    _mark(actor, case, own_number, known.once)
    actor.record(circle.pk, "casework.opened", relation=relation)
    return case.reference


@writes(permissions.CLOSE_CASE, Case, when=lambda case: rules.can_move(rules.State(case.state), rules.State.CLOSED))
def close_case(actor: Actor, case: Case, *, reason: str) -> None:
    """Close a case, with the reason's code."""
    case.state, case.closed_at = rules.State.CLOSED, actor.at
    case.save(update_fields=("state", "closed_at"))
    actor.record(case.circle_id, "casework.closed", reason=reason)


@writes(permissions.CLOSE_CASE, Case, when=lambda case: rules.can_move(rules.State(case.state), rules.State.OPEN))
def reopen_case(actor: Actor, case: Case) -> None:
    """Open a closed case again."""
    case.state, case.closed_at = rules.State.OPEN, None
    case.save(update_fields=("state", "closed_at"))
    actor.record(case.circle_id, "casework.reopened")


def _add_people(actor: Actor, circle: Ref, victim: str, known: Known) -> None:
    """The victim, and the person reported where one is known. An address is kept at the contact tier, unconfirmed."""
    person: UUID = people.add_person(
        actor, circle, name=victim, stands_as="victim", identifiers=known.identifiers
    )  # fmt: skip
    if known.address:
        people.set_safe_contact(actor, Ref(person), number="", times="", address=known.address)
    if known.suspect or known.suspect_identifiers:
        people.add_person(
            actor, circle, name=known.suspect or "Name not known", stands_as="suspect",
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
