"""Takings out, as whoever asked and whoever decides sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership
from joindots.transfer import permissions
from joindots.transfer.models import TakeOut

DECIDES = frozenset({Role.TEAM_LEAD, Role.PRIVACY_OFFICER})


@dataclass(frozen=True, slots=True)
class OutView:
    """One taking out: who asked, who decided, how far it is, what is in it."""

    id: UUID
    version: int
    state: str
    asked_by: str
    agency: str
    asked_at: datetime
    mine: bool
    decision: str
    decided_by: str
    expires: datetime
    expired: bool
    job: UUID | None
    ready_at: datetime | None
    taken_at: datetime | None
    counts: Mapping[str, int]
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who may be the second person."""

    membership: UUID
    name: str
    agency: str


@reads(permissions.DECIDE_TAKE_OUT)
def take_outs(actor: Actor) -> tuple[OutView, ...]:
    """The takings out that the actor asked for or may decide, newest first."""
    rows = TakeOut.objects.visible_to(actor).select_related(
        "asked_by__user", "asked_by__agency", "act__decided_by__user"
    )
    return tuple(_view(actor, row) for row in rows.order_by("-asked_at")[:50])


@reads_one(permissions.DECIDE_TAKE_OUT, TakeOut)
def take_out(actor: Actor, row: TakeOut) -> OutView:
    """One taking out."""
    return _view(actor, row)


@reads(permissions.TAKE_OUT)
def deciders(actor: Actor) -> tuple[Decider, ...]:
    """Who may be the second person: other leads and privacy officers of the agency, else those of its buddy."""
    own = _deciding(actor, actor.agency_id)
    if own:
        return own
    buddy = Agency.objects.filter(pk=actor.agency_id).values_list("buddy", flat=True).first()
    return _deciding(actor, buddy) if buddy else ()


def _deciding(actor: Actor, agency: UUID) -> tuple[Decider, ...]:
    rows = Membership.objects.current(actor.at).filter(agency=agency).exclude(user=actor.user_id)
    return tuple(
        Decider(row.pk, row.user.name, row.agency.name)
        for row in rows.select_related("user", "agency").order_by("user__name")
        if row.role_set & DECIDES
    )


def _view(actor: Actor, row: TakeOut) -> OutView:
    mine = row.asked_by_id == actor.membership_id
    return OutView(
        row.pk, row.version, row.state, row.asked_by.user.name, row.asked_by.agency.name, row.asked_at, mine,
        row.act.decision, row.act.decided_by.user.name if row.act.decided_by else "", row.act.expires,
        actor.at >= row.act.expires, row.job, row.ready_at, row.taken_at, row.counts, row.size,
        actor.keys.open(row.sha256) if mine else "",
    )  # fmt: skip
