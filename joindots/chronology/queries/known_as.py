"""How the files show the people of a case, as far as somebody said whose an account is, for a pack's form."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework import queries as casework
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.rules.people import as_typed
from joindots.people import queries as people
from joindots.people.rules.beliefs import whose

REPORTED, OWN = "suspect", "victim"


@reads_one(permissions.MAKE_PACK, Case)
def known_as(actor: Actor, case: Case) -> dict[str, tuple[str, ...]]:
    """Names and numbers of the person reported (`suspect`) and of the person being stalked (`victim`).

    Only accounts on which nobody disagrees, each as a pack's form takes it; an account of a file that no form can
    name is left out. It is a beginning for a person to look over, and no match.
    """
    head = casework.case(actor, Ref(case.reference))
    stands = {one.id: one.stands_as for one in head.people}
    found: dict[str, list[str]] = {REPORTED: [], OWN: []}
    for account, held in people.whose_accounts(actor, Ref(head.circle)).items():
        side = stands.get(person) if (person := whose(held)) else None
        if side in found and (named := as_typed(account)):
            found[side].append(named)
    return {side: tuple(dict.fromkeys(sorted(named))) for side, named in found.items()}
