"""The force's own Word template for applications: which is in use, loading one, and using none."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.documents.word_template import LARGEST, PLACES, BadTemplate
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.orders.actions import templates as actions
from joindots.orders.queries import templates as queries
from joindots.vault.files import open_file
from joindots.web.typed import seen

CHOOSE = "Choose the template’s file first."


@takes_files
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """The template in use, and loading one from a Word file."""
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        actor = actor_of(request)
        try:
            refuse_unless_shown(request, actor)
            data = _brought(request)
            if data is not None:
                actions.load_template(actor, data=data)
                return redirect("web:order_template")
            faults = (CHOOSE,)
        except BadTemplate as bad:
            faults = bad.faults
        except RuleBroken as broken:
            faults = (str(broken),)
    return _page(request, faults, 422 if faults else 200)


@require_POST
def end(request: HttpRequest, template: UUID) -> HttpResponse:
    """Use the template no more."""
    try:
        actions.end_template(actor_of(request), seen(template, request.POST))
    except (RuleBroken, OutOfDate) as broken:
        return _page(request, (str(broken.reason),), broken.status)
    return redirect("web:order_template")


def _page(request: HttpRequest, faults: tuple[str, ...], status: int) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "one": queries.template_in_use(actor), "faults": faults, "places": PLACES,
        "may_load": actions.load_template.may(actor),
    }  # fmt: skip
    return render(request, "orders/template.html", context, status=status)


def _brought(request: HttpRequest) -> bytes | None:
    """The bytes of the file that came, as far as a template can be long; None where none came."""
    for one in request.FILES.getlist("file"):
        if isinstance(one, SealedUpload):
            with open_file(one.sealed.path, one.sealed.key, one.sealed.size) as stream:
                return stream.read(LARGEST + 1)
    return None
