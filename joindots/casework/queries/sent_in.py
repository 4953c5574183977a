"""What came of the referrals that a partner's system sent: their state and the reason, and nothing of the case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.agencies.models import Agency
from joindots.casework import permissions
from joindots.casework.models import ReferralIn
from joindots.casework.rules import referring as rule


@dataclass(frozen=True, slots=True)
class SentIn:
    """Where one referral stands, by the partner's own reference."""

    reference: str
    to: str
    state: str
    came_at: datetime
    due_on: date
    answered_at: datetime | None
    why: str
    """Why it was not taken on, of a closed list; empty otherwise. What was written to it stays inside."""


@reads(permissions.SEE_SENT_IN)
def sent_in(actor: Actor, references: Collection[str]) -> tuple[SentIn, ...]:
    """Those of the actor's agency that bear these references; others are as if they were not."""
    marks = {ReferralIn.marked(actor.agency_id, one): one.strip() for one in references}
    rows = ReferralIn.objects.filter(source=actor.agency_id, mark__in=marks).select_related("circle__agency")
    return tuple(
        SentIn(marks[row.mark], row.circle.agency.name, row.state, row.came_at, row.due_on, row.answered_at,
               rule.REJECTED_WORDS.get(row.rejected, ""))
        for row in rows.order_by("came_at")
    )  # fmt: skip


@reads(permissions.SEND_IN)
def who_takes_referrals(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Agencies of this installation to which a referral can be sent: id and name."""
    rows = Agency.objects.exclude(pk=actor.agency_id).order_by("name").values_list("pk", "name")
    return tuple((str(key), name) for key, name in rows)
