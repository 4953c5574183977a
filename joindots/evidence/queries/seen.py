"""Cases met by an account that writes in one of their files: a number, an address, a name as the file shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.casework import queries as casework
from joindots.circles.models import Side
from joindots.evidence import permissions
from joindots.evidence.models import AccountSeen, Reading
from joindots.evidence.rules.seen import KIND, meant_by
from joindots.people.rules.beliefs import account_of
from joindots.vault.blind import blind_all, generations

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class AccountMet:
    """One case in whose files an account writes, and the account as people read it."""

    reference: str
    state: str
    victim: str
    account: str


@reads(permissions.SEE_EVIDENCE)
def accounts_met(actor: Actor, typed: str) -> tuple[AccountMet, ...]:
    """The cases whose files hold an account that is what was typed, exactly: at most fifty cases, the newest first.

    Only where the actor stands on the side of the person being stalked: files are shown to no other.
    """
    marks = [(KIND, mark) for mark in meant_by(typed)]
    indexes = [index for generation in generations() for index in blind_all(marks, generation)]
    if not indexes:
        return ()
    rows = AccountSeen.objects.visible_to(actor).filter(
        index__in=indexes, reading__state=Reading.State.HELD, circle__state="open"
    )
    circles = list(rows.order_by("-circle").values_list("circle", flat=True).distinct()[:MOST])
    met = list(rows.filter(circle__in=circles).order_by("circle", "pk"))
    actor.keys.prepare(row.circle_id for row in met)
    found = {row.circle_id: row for row in met if actor.keys.side(row.circle_id) == Side.VICTIM}
    actor.visit.shows(found)
    cases = casework.lines_of(actor, found) if found else {}
    return tuple(
        AccountMet(cases[circle].reference, cases[circle].state, cases[circle].victim,
                   account_of(actor.keys.open(row.value)))
        for circle, row in reversed(found.items()) if circle in cases
    )  # fmt: skip
