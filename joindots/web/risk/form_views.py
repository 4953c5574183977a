"""The forms that can be asked: ours with their notes, and those that this agency loaded under its own licence."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.risk import actions, queries
from joindots.risk.rules.forms import LARGEST, BadForm
from joindots.vault.files import open_file
from joindots.web.typed import seen

CHOOSE = "Choose the form’s file first."


@takes_files
@require_http_methods(["GET", "POST"])
def forms(request: HttpRequest) -> HttpResponse:
    """The list, and loading a form from its file."""
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        actor = actor_of(request)
        try:
            refuse_unless_shown(request, actor)
            data = _brought(request)
            if data is not None:
                actions.load_form(actor, data=data)
                return redirect("web:risk_forms")
            faults = (CHOOSE,)
        except BadForm as bad:
            faults = tuple(f"{one[0].upper()}{one[1:]}" for one in bad.faults)
        except RuleBroken as broken:
            faults = (str(broken),)
    return _page(request, faults, 422 if faults else 200)


@require_POST
def end(request: HttpRequest, form: UUID) -> HttpResponse:
    """Take a loaded form out of use."""
    try:
        actions.take_out_of_use(actor_of(request), seen(form, request.POST))
    except (RuleBroken, OutOfDate) as broken:
        return _page(request, (str(broken.reason),), broken.status)
    return redirect("web:risk_forms")


def _page(request: HttpRequest, faults: tuple[str, ...], status: int) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "forms": queries.forms(actor), "loaded": queries.loaded_forms(actor), "faults": faults,
        "may_load": actions.load_form.may(actor), "here": "risk_forms",
    }  # fmt: skip
    return render(request, "risk/forms.html", context, status=status)


def _brought(request: HttpRequest) -> bytes | None:
    """The bytes of the file that came, as far as a form can be long; None where none came."""
    for one in request.FILES.getlist("file"):
        if isinstance(one, SealedUpload):
            with open_file(one.sealed.path, one.sealed.key, one.sealed.size) as stream:
                return stream.read(LARGEST + 1)
    return None
