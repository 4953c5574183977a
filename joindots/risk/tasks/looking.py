"""Looking whether the rules ask for a new look, and whose circles wait for it: by an action, or by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from joindots.access.actor import Actor
from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.casework.rules import State as CaseState
from joindots.circles.models import Circle, Side, Standing
from joindots.evidence.models import IncidentVersion, Reading
from joindots.kernel.when import london_day
from joindots.risk.models import Prompt, Watch
from joindots.risk.permissions import SEEING
from joindots.risk.rules import escalating
from joindots.risk.rules.escalating import Recorded, Sign
from joindots.risk.rules.tables import Escalation, escalations
from joindots.risk.tasks.recorded import newest_in, recorded

ALIVE = timedelta(days=60)
"""A circle is looked at daily while anything was recorded within these days, or somebody judges it high."""
BEHIND = timedelta(days=3)
"""How far back new entries and files are looked for: longer than any worker stands still unseen."""


def look_at(actor: Actor, circle: Circle) -> tuple[str, ...]:
    """Let the rules look at everything recorded so far, inside an action whose door was passed."""
    today = london_day(actor.at)
    found = recorded(actor, circle.pk, today)
    rules = escalations()
    kept = list(Prompt.objects.filter(circle=circle))
    used = {(row.rule, sign["key"]) for row in kept for sign in row.signs}
    new = escalating.fresh(escalating.signs(found, rules, today), used)
    open_now = {row.rule: row for row in kept if row.closed_at is None}
    for code, signs in new.items():
        _raise(actor, circle, rules[code], signs, open_now.get(code))
    _seen(actor, circle, found, today)
    actor.record(circle.pk, "risk.looked", raised=sorted(new))
    return tuple(new)


def _raise(actor: Actor, circle: Circle, rule: Escalation, signs: Sequence[Sign], row: Prompt | None) -> None:
    """A new prompt, or more facts for the open one of the same rule: nobody is asked twice at a time."""
    due_at, due_on = escalating.due_at(rule, actor.at)
    told = [_plain(sign) for sign in signs]
    if row is None:
        Prompt.objects.create(
            circle=circle, agency_id=circle.agency_id, rule=rule.code, signs=told, raised_at=actor.at, due_at=due_at,
            due_on=due_on,
        )  # fmt: skip
        return
    row.signs = [*row.signs, *told]
    if due_on < row.due_on:
        row.due_at, row.due_on = due_at, due_on
    row.save(update_fields=("signs", "due_at", "due_on"))


def _plain(sign: Sign) -> dict[str, Any]:
    return {**asdict(sign), "day": str(sign.day) if sign.day else None}


def _seen(actor: Actor, circle: Circle, found: Recorded, today: date) -> None:
    newest = newest_in(actor, circle.pk)
    last = max((day for day in found.by_day or () if day <= today), default=None)
    alive = found.judged_high or (last is not None and today - last <= ALIVE)
    Watch.objects.update_or_create(
        circle=circle,
        defaults={
            "seen_entry": newest.entry, "seen_reading": newest.reading, "at": actor.at,
            "look_on": today + timedelta(days=1) if alive else None,
        },
    )  # fmt: skip


def waiting(at: datetime, most: int) -> list[UUID]:
    """Open circles in which something was recorded that the rules have not seen, or whose day to look has come."""
    since = floor_of(at - BEHIND)
    versions, readings = IncidentVersion.objects.filter(pk__gt=since), Reading.objects.filter(pk__gt=since)
    here = Watch.objects.filter(circle=OuterRef("circle"))
    new = versions.exclude(Exists(here.filter(seen_entry__gte=OuterRef("pk"))))
    read = readings.filter(state=Reading.State.HELD).exclude(Exists(here.filter(seen_reading__gte=OuterRef("pk"))))
    found = [*new.values_list("circle", flat=True)[: most * 50], *read.values_list("circle", flat=True)[: most * 50]]
    late = Watch.objects.filter(look_on__lte=london_day(at)).order_by("look_on").values_list("circle", flat=True)
    wanted = list(dict.fromkeys([*found, *late[:most]]))
    open_now = Case.objects.filter(circle__in=wanted, state=CaseState.OPEN, circle__state="open")
    allowed = set(open_now.values_list("circle", flat=True))
    Watch.objects.filter(circle__in=set(wanted) - allowed).update(look_on=None)
    return [circle for circle in wanted if circle in allowed][:most]


def floor_of(at: datetime) -> UUID:
    """The smallest id (UUIDv7) that a row made at a moment can have."""
    return UUID(int=int(at.timestamp() * 1000) << 80 | 0x7 << 76 | 0x2 << 62)


def who_looks(circle: UUID, at: datetime) -> Membership | None:
    """In whose name the rules look: the case's owner, or another of its own agency who stands on her side."""
    row = Circle.objects.get(pk=circle)
    standing = Standing.objects.in_force(at).filter(circle=row, side=Side.VICTIM, read_only=False)
    near = standing.filter(membership__agency=row.agency_id).select_related("membership__user")
    able = [one.membership for one in near.order_by("starts", "id") if one.membership.role_set & SEEING]
    owner = Case.objects.filter(circle=circle).values_list("owner", flat=True).first()
    return next((one for one in able if one.pk == owner), next(iter(able), None))
