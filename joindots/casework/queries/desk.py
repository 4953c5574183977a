"""What a desk says beside something due: what was put off and why, when somebody last looked, the last contact."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.casework import permissions
from joindots.casework.models import Case, ContactTry, Looking, PutOff
from joindots.casework.rules import State
from joindots.casework.rules.handing import LOOKING_MINUTES, READ
from joindots.casework.rules.intake import SPOKEN
from joindots.circles.models import Circle, Standing
from joindots.kernel.when import london_day

MOST: int = 200
CASES: int = 500
"""Cases of one worker that are asked about; nobody carries as many."""


@dataclass(frozen=True, slots=True)
class PutOffView:
    """Something put off: the thing as it stood, whose desk, why, and the day on which it comes back."""

    id: UUID
    version: int
    circle: UUID
    what: str
    by: str
    mine: bool
    why: str
    until: date


@reads(permissions.KEEP_DESK)
def put_off_now(actor: Actor, whose: Collection[UUID]) -> tuple[PutOffView, ...]:
    """What these memberships put off to a day that has not come, of circles the actor may know of."""
    rows = PutOff.objects.visible_to(actor, picked=True).filter(
        by__in=whose, until__gt=london_day(actor.at), ended_at=None, circle__state="open"
    )
    found = list(rows.select_related("by__user").order_by("until", "pk")[:MOST])
    actor.keys.prepare(row.circle_id for row in found)
    return tuple(
        PutOffView(row.pk, row.version, row.circle_id, actor.keys.open(row.what), row.by.user.name,
                   row.by_id == actor.membership_id, actor.keys.open(row.why), row.until)
        for row in found
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """One open case of a worker, and since when they have not looked into what happened there."""

    circle: UUID
    reference: str
    at: datetime
    ever: bool
    """Whether they looked at all; otherwise it is since they came to know of the case."""


@reads(permissions.SEE_CASES)
def looked_last(actor: Actor, who: UUID) -> tuple[Looked, ...]:
    """The open cases of one worker that the actor may know of, with the moment of the worker's last look into each."""
    cases = dict(
        Case.objects.visible_to(actor, picked=True).filter(owner=who, state=State.OPEN)
        .order_by("-opened_at").values_list("circle", "reference")[:CASES]
    )  # fmt: skip
    looks = Looking.objects.filter(membership=who, doing=READ, circle__in=cases).values_list("circle", "until")
    seen = {circle: until - timedelta(minutes=LOOKING_MINUTES) for circle, until in looks}
    stands = Standing.objects.in_force(actor.at).filter(membership=who, circle__in=cases)
    began = dict(stands.order_by("-starts").values_list("circle", "starts"))
    return tuple(
        Looked(circle, reference, seen.get(circle) or began[circle], circle in seen)
        for circle, reference in cases.items() if circle in seen or circle in began
    )  # fmt: skip


@reads(permissions.SEE_WORK)
def spoken_last(actor: Actor, circles: Collection[UUID]) -> dict[UUID, tuple[datetime, str]]:
    """When somebody last reached the person for a first contact, and how, in each circle the actor may know of."""
    known = Circle.objects.visible_to(actor, picked=True).filter(pk__in=circles)
    rows = ContactTry.objects.filter(circle__in=known, outcome__in=SPOKEN).order_by("at")
    return {row.circle_id: (row.at, row.get_how_display()) for row in rows.only("circle_id", "at", "how")}
