"""Cases met by what somebody typed: a reference, the agency's own number, or somebody in the case."""

from __future__ import annotations

from dataclasses import dataclass

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.casework import permissions
from joindots.casework.models import Case, OwnNumber
from joindots.casework.rules import same_number
from joindots.circles.models import in_known
from joindots.kernel.ids import tidy_reference
from joindots.people import queries as people
from joindots.vault.blind import blind_all, generations

NAMED = frozenset({"name", "name_word"})


@dataclass(frozen=True, slots=True)
class CaseMet:
    """A case that was met, through whom (nobody: by its reference or number), and by which kind of mark."""

    reference: str
    state: str
    victim: str
    through: str
    stands_as: str
    by: str


@reads(permissions.SEE_CASES)
def cases_met(actor: Actor, typed: str) -> tuple[CaseMet, ...]:
    """Cases the actor may know of that bear what was typed, or somebody in them does: by number first, then by people.

    One row for each person met in each case. What the actor may not know of is neither shown nor counted.
    """
    numbered = _numbered(actor, typed)
    met = people.people_found(actor, typed) if people.people_found.may(actor) else ()
    rows = Case.objects.filter(circle__in={one.circle for one in met}).values_list("circle", "reference", "state")
    cases = {circle: (reference, state) for circle, reference, state in rows}
    circles = {row.circle_id for row in numbered} | set(cases)
    actor.visit.shows(circles)
    names = people.victims_of(actor, circles) if circles else {}
    return (
        *(CaseMet(row.reference, row.state, names.get(row.circle_id, "Name not recorded"), "", "", "reference")
          for row in numbered),
        *(CaseMet(*cases[one.circle], names.get(one.circle, "Name not recorded"), one.name, one.stands_as_words,
                  "name" if one.by in NAMED else one.by)
          for one in met if one.circle in cases),
    )  # fmt: skip


def _numbered(actor: Actor, typed: str) -> list[Case]:
    """The cases that bear a reference, a number of the actor's own agency, or a crime reference noted there."""
    known = Case.objects.visible_to(actor, picked=True)
    reference = tidy_reference(typed)
    found = list(known.filter(reference=reference)) if reference else []
    value = same_number(typed)
    kinds = (OwnNumber.Kind.OWN, OwnNumber.Kind.URN)
    marks = [(OwnNumber(agency_id=actor.agency_id, kind=kind).indexed, value) for kind in kinds if value]
    indexes = [index for generation in generations() for index in blind_all(marks, generation)]
    owned = OwnNumber.objects.filter(in_known(actor, picked=True), index__in=indexes)  # a mark is of one agency alone
    return found + list(known.filter(circle__in=list(owned.values_list("circle", flat=True))).order_by("-opened_at"))
