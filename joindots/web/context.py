"""What every page's frame shows: who is signed in, as whom, and where that leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from joindots.access.actor import Actor
from joindots.agencies import holding
from joindots.agencies.actors import face_of
from joindots.casework import queries as casework
from joindots.chronology import queries as chronologies
from joindots.circles import actions as circle_actions
from joindots.circles import queries as circles
from joindots.directory import queries as directory
from joindots.evidence import queries as evidence
from joindots.helpline import queries as helpline
from joindots.jobs import queries as jobs
from joindots.justice import queries as justice
from joindots.notices import queries as notices
from joindots.orders import queries as orders
from joindots.privacy import queries as privacy
from joindots.transfer import queries as transfer


def frame(request: HttpRequest) -> dict[str, Any]:
    """The name and agency of who acts, and which further pages are theirs; nothing where nobody does."""
    face = face_of(request)
    actor = getattr(request, "_actor", None)
    if not isinstance(actor, Actor):
        return {"frame": face}
    return {
        "frame": face,
        "keys_off": request.COOKIES.get("single-keys") == "off",
        "takes_calls": _offers_call(request) and bool(helpline.takes_calls.may(actor)) and helpline.takes_calls(actor),
        "held": holding.is_offered(request),
        "sees_cases": bool(casework.cases.may(actor)),
        "sees_helpline": bool(helpline.desk.may(actor)),
        "sees_requests": bool(privacy.requests.may(actor)),
        "makes_copies": bool(actor.may(privacy.copy.permission)),
        "may_say_breach": bool(privacy.breaches.may(actor)),
        "sees_services": bool(directory.find.may(actor)),
        "sees_team": bool(casework.queue.may(actor)),
        "sees_staff": bool(circles.staff.may(actor)),
        "sees_alerts": bool(circles.alerts.may(actor)),
        "may_break_glass": bool(circle_actions.break_glass.may(actor)),
        "may_bring_in_cases": bool(transfer.sheets.may(actor)),
        "sees_take_outs": bool(transfer.take_outs.may(actor)),
        "sees_releases": bool(chronologies.releases_waiting.may(actor)),
        "sees_health": bool(jobs.health.may(actor)),
        "keeps_rooms": bool(casework.rooms.may(actor)),
        "sees_justice": bool(actor.may(justice.crimes.permission)),
        "sees_orders": bool(actor.may(orders.orders.permission)),
        "answers_asks": bool(actor.may(orders.ask_in.permission)),
        "counts_asks": bool(orders.asks_counted.may(actor)),
        "counts_puts": bool(justice.puts_counted.may(actor)),
        "makes_return": bool(orders.return_of.may(actor)),
        "sees_contact": bool(actor.may(notices.left.permission)),
        "sees_evidence": bool(actor.may(evidence.incidents_of.permission)),
        "sees_support": bool(actor.may(casework.tasks_of.permission)),
    }


def _offers_call(request: HttpRequest) -> bool:
    """Not on the helpline's desk, which has its own button, nor on the pages of one contact, where N may mean no."""
    match = request.resolver_match
    return match is not None and match.url_name != "helpline" and "contact" not in match.kwargs
