"""The list of exhibits: every file of a case, with its police-style reference where one was given."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import actions
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.referring import initials_of
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.web.typed import case_ref, whole


@require_http_methods(["GET", "POST"])
def exhibits(request: HttpRequest, reference: str) -> HttpResponse:
    """The files of a case and their references; giving one."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = ""
    if request.method == "POST":
        try:
            given = _refer(actor, ref, request.POST)
            response = redirect("web:exhibits", reference=reference)
            response["Location"] += f"?given={given}"
            return response
        except RuleBroken as broken:
            trouble = str(broken.reason)
    known = chronologies.producers(actor, ref)
    context = {
        "head": head, "tab": "evidence", "exhibits": chronologies.exhibits(actor, ref), "producers": known,
        "trouble": trouble, "given": request.POST, "may": actions.refer.may(actor, ref),
        "chosen": request.POST.get("file") or request.GET.get("file", ""), "now": request.GET.get("given", "")[:12],
        "name": known[-1].name if known else head.owner, "initials": known[-1].initials if known else
        initials_of(head.owner),
    }  # fmt: skip
    return render(request, "web/exhibits.html", context, status=422 if trouble else 200)


def _refer(actor: Actor, ref: Ref, given: QueryDict) -> str:
    """Give the chosen file its reference."""
    source, exhibit = _file(given.get("file", ""))
    number = given.get("number", "").strip()
    return actions.refer(
        actor, ref, name=given.get("name", ""), initials=given.get("initials", ""), source=source, exhibit=exhibit,
        number=whole(number, None, digits=7),
    )  # fmt: skip


def _file(typed: str) -> tuple[int | None, UUID | None]:
    """A file's id as its address has it: a whole number, or the id of a file found inside one."""
    if typed.isdecimal() and len(typed) < 20:
        return int(typed), None
    try:
        return None, UUID(typed)
    except ValueError:
        raise NotFound from None
