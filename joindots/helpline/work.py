"""The public form's way in, where nobody is signed in: contacts come in the name of who opened the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access import door
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.helpline.actions import keep_web
from joindots.helpline.models import OwnNumber, WebDoor
from joindots.helpline.rules.web import WebWords
from joindots.helpline.tasks.line import hours_of, is_open
from joindots.law.hours import Hours, Open, state


@dataclass(frozen=True, slots=True)
class Door:
    """A line that takes contacts from the web: its row, its name, whether it is open now (`open`, `closed` …)."""

    id: UUID
    name: str
    now: str


def web_doors(at: datetime) -> tuple[Door, ...]:
    """Lines that take contacts from the web, by name: those whose opener still works there."""
    rows = WebDoor.objects.filter(is_open=True).select_related("agency").order_by("agency__name")
    working = set(
        Membership.objects.current(at).filter(pk__in=rows.values("opened_by")).values_list("pk", flat=True)
    )  # fmt: skip
    return tuple(
        Door(row.pk, row.agency.name, is_open(row.agency_id, at)[0]) for row in rows if row.opened_by_id in working
    )


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An agency's own line: whose it is, its number, its hours."""

    name: str
    number: str
    hours: Hours


def own_lines(at: datetime) -> tuple[OwnLine, ...]:
    """Lines of the agencies of this service that tell a number: those open now first, then by name."""
    rows = OwnNumber.objects.select_related("agency").order_by("agency__name")
    lines = [OwnLine(row.agency.name, row.number, hours_of(row.agency_id)) for row in rows]
    return tuple(sorted(lines, key=lambda one: state(one.hours, at) is not Open.OPEN))


def came_by_web(line: UUID, told: WebWords, at: datetime) -> bool:
    """Keep what somebody wrote on the public form. False where that line takes nothing from the web now."""
    row = WebDoor.objects.filter(pk=line, is_open=True).select_related("opened_by").first()
    if row is None or not Membership.objects.current(at).filter(pk=row.opened_by_id).exists():
        return False
    actor = actor_as(row.opened_by, at)
    keep_web(actor, told=told)
    door.close(actor)
    return True
