"""What the register looks up beneath its actions: the case that is meant, and whether its client was told."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.casework.models import Case
from joindots.circles.models import Side
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.privacy.models import Request
from joindots.privacy.rules import Kind
from joindots.privacy.rules.register import told_by


def case_circle(actor: Actor, reference: str) -> UUID:
    """The circle of a case of the actor's agency. One that the actor may not know of is refused like none at all."""
    rows = Case.objects.visible_to(actor, write=True, picked=True).filter(circle__agency=actor.agency_id)
    case = rows.filter(reference=tidy_reference(reference) or "").first()
    if case is None or actor.keys.side(case.circle_id) != Side.VICTIM:
        raise RuleBroken(words("no_such_case", "There is no case with this reference that you may know of."))
    return case.circle_id


def told_by_now(actor: Actor, row: Request) -> str:
    """The code of whether the client was told of what others ask; empty while nothing is decided, and of the rest."""
    if row.kind != Kind.POLICE:
        return ""
    return told_by(row.notice.state if row.notice else "", actor.keys.open(row.why_untold))


def is_tied(row: Request) -> bool:
    """Whether a request stands in a case."""
    return Case.objects.filter(circle=row.circle_id).exists()
