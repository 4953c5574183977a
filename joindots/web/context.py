"""What every page's frame shows: who is signed in, as whom, and where that leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from joindots.access.actor import Actor
from joindots.agencies.actors import face_of
from joindots.circles import actions as circle_actions
from joindots.circles import queries as circles
from joindots.jobs import queries as jobs


def frame(request: HttpRequest) -> dict[str, Any]:
    """The name and agency of who acts, and which further pages are theirs; nothing where nobody does."""
    face = face_of(request)
    actor = getattr(request, "_actor", None)
    acts = isinstance(actor, Actor)
    return {
        "frame": face,
        "sees_staff": acts and bool(circles.staff.may(actor)),
        "sees_alerts": acts and bool(circles.alerts.may(actor)),
        "may_break_glass": acts and bool(circle_actions.break_glass.may(actor)),
        "sees_health": acts and bool(jobs.health.may(actor)),
    }
