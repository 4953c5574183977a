"""Requests for data from the person's own device, as their reader may see them, and what is to be given back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.casework.models import Case, owned_by
from joindots.circles.models import in_known
from joindots.justice import permissions
from joindots.justice.models import Crime, DeviceAsk, DeviceStep
from joindots.justice.rules import devices as rules
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day


@dataclass(frozen=True, slots=True)
class DeviceStepView:
    """What became of a request."""

    says: str
    on: date
    said: str
    by: str


@dataclass(frozen=True, slots=True)
class DeviceAskView:
    """One request."""

    id: UUID
    version: int
    device: str
    what: str
    enquiry: str
    other_means: str
    notice_on: date
    return_by: date
    state: str
    state_words: str
    late: bool
    """Whether it is still held after the day by which it was to be given back."""
    by: str
    at: datetime
    steps: tuple[DeviceStepView, ...]
    can_follow: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DevicesPage:
    """All requests of a crime, newest first."""

    id: UUID
    case: str
    asks: tuple[DeviceAskView, ...]


@dataclass(frozen=True, slots=True)
class DeviceDue:
    """Something that is to be given back."""

    circle: UUID
    crime: UUID
    on: date
    late: bool


@reads_one(permissions.SEE_JUSTICE, Crime)
def devices(actor: Actor, row: Crime) -> DevicesPage:
    """What was asked of the person's own devices for a crime."""
    case = Case.objects.filter(circle=row.circle_id).first()
    if case is None:
        raise NotFound
    asks = list(DeviceAsk.objects.filter(crime=row).select_related("by__user").order_by("-at", "-id"))
    steps: defaultdict[UUID, list[DeviceStep]] = defaultdict(list)
    for one in DeviceStep.objects.filter(ask__in=asks).select_related("by__user").order_by("at", "id"):
        steps[one.ask_id].append(one)
    return DevicesPage(row.pk, case.reference, tuple(_view(actor, one, steps[one.pk]) for one in asks))


@reads(permissions.SEE_JUSTICE)
def devices_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[DeviceDue, ...]:
    """What the police hold and is to be given back by a day: written down by these, or in cases they own."""
    known = Q(in_known(actor, picked=True), circle__state="open", circle__case__state="open", due_on__lte=until)
    parts = (DeviceAsk.objects.filter(known, by__in=list(whose)),
             DeviceAsk.objects.filter(known, owned_by(whose)))  # fmt: skip
    rows = {one.pk: one for part in parts for one in part.order_by("due_on", "id")[:most]}
    actor.keys.prepare({row.circle_id for row in rows.values()})
    found = [row for row in rows.values() if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows({row.circle_id for row in found})
    today = london_day(actor.at)
    told = [DeviceDue(row.circle_id, row.crime_id, row.due_on, row.due_on < today) for row in found if row.due_on]
    return tuple(sorted(told, key=lambda one: (one.on, one.crime))[:most])


def _view(actor: Actor, row: DeviceAsk, steps: list[DeviceStep]) -> DeviceAskView:
    show = actor.keys.open
    return DeviceAskView(
        row.pk, row.version, show(row.device), show(row.what), show(row.enquiry), show(row.other_means), row.notice_on,
        row.return_by, row.state, rules.STATE_WORDS[row.state],
        row.due_on is not None and row.due_on < london_day(actor.at), row.by.user.name, row.at,
        tuple(DeviceStepView(rules.EVENT_WORDS[one.to], one.on, show(one.said), one.by.user.name) for one in steps),
        tuple((code, rules.EVENT_WORDS[code]) for code in rules.NEXT[row.state]),
    )  # fmt: skip
