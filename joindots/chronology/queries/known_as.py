"""How the files show the people of a case, as far as somebody said whose an account is, for a pack's form."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework import queries as casework
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.rules.people import About
from joindots.evidence.readers.records import Identity
from joindots.people import queries as people
from joindots.people.rules.beliefs import account_of, file_of, whose

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
        if side in found and (named := written(account)):
            found[side].append(named)
    return {side: tuple(dict.fromkeys(sorted(named))) for side, named in found.items()}


def written(account: str) -> str:
    """An account as it is typed into a form, so that a pack finds it again; empty where no words do."""
    name = account_of(account)
    identity = Identity(name, None) if file_of(account) is not None else Identity(None, account)
    return next((words for words in (name, account) if words and About((words,)).names_one(identity)), "")
