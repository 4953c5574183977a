"""Opening, closing and reopening cases."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.casework import permissions, rules
from joindots.casework.models import Case
from joindots.circles import actions as circles
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.people import actions as people


@makes(permissions.OPEN_CASE)
def open_case(
    actor: Actor, *, victim: str, relation: str = rules.Relation.NOT_KNOWN, own_number: str = "", summary: str = ""
) -> str:
    """Open a case about a person being stalked. Its reference."""
    if not victim.strip():
        raise RuleBroken(words("name_missing", "Enter a name, or what the person wants to be called."))
    circle = circles.open_circle(actor)
    people.add_person(actor, Ref(circle.pk), name=victim.strip(), stands_as="victim")
    case = Case(circle=circle, relation=relation, opened_at=actor.at, owner_id=actor.membership_id)
    actor.keys.seal(case, own_number=own_number, summary=summary)
    case.save()
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
