"""What the police ask for from the person's own phone or computer: the notice, the answer, and the day it is back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.justice import actions, queries
from joindots.justice.rules.devices import NEEDED, TOLD, DeviceAsked
from joindots.web.justice.places import places
from joindots.web.justice.rows import typed_to, with_typed
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, maybe_day, row, tried
from joindots.web.work.fields import Asking, Field

FIELD_OF = {f"device_{name}": name for name in NEEDED} | {
    "device_told": "told", "device_notice": "notice_on", "device_return": "return_by"
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest, crime: UUID) -> HttpResponse:
    """Requests for data from their own devices. To refuse is their right, and nothing is ticked before."""
    actor, given = actor_of(request), request.POST
    trouble = None
    if request.method == "POST":
        trouble = tried(given, {
            "ask": lambda given: actions.ask_device(actor, Ref(crime), new=_asked(given)),
            "move": lambda given: actions.move_device(
                actor, row(given), to=given.get("to", ""), on=maybe_day(given, "on"), said=given.get("said", "")),
        }, FIELD_OF)  # fmt: skip
        if trouble is None:
            return redirect("web:crime_devices", crime=crime)
    page = queries.devices(actor, Ref(crime))
    head = casework.case(actor, case_ref(page.case))
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "crimes"), "page": page, "trouble": trouble,
        "listed": with_typed(page.asks, given), "fields": _fields(typed_to(given, "ask")),
        "may": actions.ask_device.may(actor, Ref(crime)), "is_open": head.state == "open",
    }  # fmt: skip
    return render(request, "justice/devices.html", context, status=trouble.status if trouble else 200)


def _asked(given: Given) -> DeviceAsked:
    return DeviceAsked(
        **{name: given.get(name, "") for name in NEEDED}, told=frozenset(given.getlist("told")),
        notice_on=maybe_day(given, "notice_on"), return_by=maybe_day(given, "return_by"),
    )  # fmt: skip


def _fields(given: Given) -> list[Field]:
    asking = Asking(given)
    return [
        asking.text("device", _("Which device or account")),
        asking.text("what", _("What is asked for"), kind="area", hint=_("No more than is needed, with its dates.")),
        asking.text("enquiry", _("Which line of enquiry, and why this is needed for it"), kind="area"),
        asking.text("other_means", _("What else would do, and why it does not"), kind="area",
                    hint=_("Pictures that the person takes, or one chat with its file, may be enough.")),
        asking.several("told", _("The notice in writing tells the person"), TOLD),
        asking.text("notice_on", _("Day they got the notice"), kind="date"),
        asking.text("return_by", _("It is given back by"), kind="date"),
    ]  # fmt: skip
