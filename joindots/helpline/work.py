"""The public form's way in, where nobody is signed in: contacts come in the name of who opened the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access import door
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.helpline.actions import keep_web
from joindots.helpline.models import WebDoor
from joindots.helpline.rules.web import WebWords
from joindots.helpline.tasks.line import is_open


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


def came_by_web(line: UUID, told: WebWords, at: datetime) -> bool:
    """Keep what somebody wrote on the public form. False where that line takes nothing from the web now."""
    row = WebDoor.objects.filter(pk=line, is_open=True).select_related("opened_by").first()
    if row is None or not Membership.objects.current(at).filter(pk=row.opened_by_id).exists():
        return False
    actor = actor_as(row.opened_by, at)
    keep_web(actor, told=told)
    door.close(actor)
    return True
