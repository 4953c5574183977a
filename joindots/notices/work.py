"""The worker's side: what is due is sent at its hour, once; a secret address is answered with its calendar."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from joindots.access import door
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, Problem
from joindots.notices import actions, queries
from joindots.notices.gateways import Gateway, NotTaken, Parcel, Refused
from joindots.notices.gateways.chosen import BadSettings, gateway_for
from joindots.notices.models import Feed
from joindots.notices.rules.notices import State
from joindots.notices.tasks import give_up, give_up_lapsed, put_off, to_send

log = logging.getLogger(__name__)


def send_due(at: datetime | None = None) -> int:
    """Send every notice whose hour has come, as whoever wrote it. How many were given to a gateway or settled.

    A notice is taken under a lease before anything is handed over, and settled after. What is killed in between is
    never sent again: once the lease has lapsed it is said that nobody knows whether it left.
    """
    give_up_lapsed(at or datetime.now(UTC))
    return sum(_send(notice, by, at) for notice, by in to_send(at or datetime.now(UTC)))


def feed(token: str, at: datetime) -> bytes | None:
    """The calendar at a secret address; None where it leads nowhere: unknown, ended, or its member has left."""
    digest = sha256(token.encode()).hexdigest()
    found = Feed.objects.select_related("membership__user").filter(token=digest, ended_at=None).first()
    if found is None:
        return None
    try:
        actor = actor_as(found.membership, at)
        made = queries.feed(actor, str(found.pk))
    except NotAllowed:
        return None
    door.close(actor)
    return made


def _send(notice: UUID, by: UUID, at: datetime | None) -> bool:
    """Send one, from a visit of its own. Whatever goes wrong is noted as a code, and stops no other."""
    try:
        actor = actor_as(Membership.objects.get(pk=by), at or datetime.now(UTC))
    except NotAllowed:
        give_up(notice, "writer_gone")
        return True
    try:
        taken = actions.take(actor, Ref(notice))
        if taken is None:
            return True
        state, code, gateway = _carried(*taken)
        actions.settle(actor, Ref(notice), state=state, code=code, gateway=gateway)
    except (NotFound, NotAllowed):
        give_up(notice, "writer_gone")
    except OutOfDate:
        return False
    except Problem as told:  # where somebody else was faster, or has withdrawn it, this changes nothing
        give_up(notice, told.reason.code[:24])
    except Exception as fault:  # noqa: BLE001 - before anything was handed over: the others still leave
        log.warning("a notice could not be taken: %s", type(fault).__name__)
        put_off(notice, actor.at)
        return False
    finally:
        door.close(actor)
    return True


def _carried(agency: str, parcel: Parcel) -> tuple[State, str, str]:
    """Hand it over, and say what became of it."""
    name = ""
    try:
        gateway: Gateway | None = gateway_for(agency, parcel.kind)
        if gateway is None:
            return State.HELD_HERE, "no_gateway", ""
        name = gateway.name
        gateway.send(parcel)
    except NotTaken:
        return State.QUEUED, "", name
    except BadSettings as told:
        log.warning("a gateway cannot be used: %s", told)
        return State.FAILED, "gateway_refused", name
    except Refused:
        return State.FAILED, "gateway_refused", name
    except Exception as fault:  # noqa: BLE001 - only its kind is kept: its words could be somebody's
        log.warning("a gateway broke off: %s", type(fault).__name__)
        return State.UNSURE, "not_known", name
    return State.SENT, "", name
