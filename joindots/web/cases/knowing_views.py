"""Who may know: bringing people in, keeping them out, emergencies, their review, and erasing a case."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.casework import actions as casework_actions
from joindots.casework import queries as casework
from joindots.circles import actions as circles
from joindots.circles import queries as knowing
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.privacy import actions as privacy
from joindots.web.typed import case_ref
from joindots.web.work.doing import an_id

REASONS = (
    ("life", "Somebody may be hurt now"), ("no_cover", "Nobody who may know can be reached"),
    ("court", "A court or police matter today"),
)  # fmt: skip
SIDES = (
    ("victim", "the person being stalked"), ("suspect", "the person reported"), ("both", "both sides, by agreement"),
)  # fmt: skip
ERASE = "erase"


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring somebody in, send them away, or keep them out."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    circle, error = Ref(head.circle), ""
    if request.method == "POST":
        try:
            _change(request, actor, circle)
            return redirect("web:who", reference=reference)
        except RuleBroken as broken:
            error = str(broken)
    context = {
        "head": head, "tab": "who", "people": knowing.who_may_know(actor, circle), "sides": SIDES, "error": error,
        "may_grant": circles.bring_in.may(actor, circle), "may_exclude": circles.keep_out.may(actor, circle),
        "given": request.POST, "works": knowing.where_suspect_works(actor, circle),
        "agencies": knowing.agencies(actor),
        "may_say_where": circles.say_where_suspect_works.may(actor, circle),
    }  # fmt: skip
    return render(request, "web/who_change.html", context, status=422 if error else 200)


def _change(request: HttpRequest, actor: Actor, circle: Ref) -> None:
    wanted, username = request.POST.get("do", ""), request.POST.get("username", "")
    if wanted == "works":
        typed = request.POST.get("agency", "")
        circles.say_where_suspect_works(actor, circle, agency=an_id(request.POST, "agency") if typed else None)
        return
    membership = knowing.member_named(actor, username)
    if membership is None:
        raise RuleBroken(words("no_member", "No member of staff has this username. Check it with their agency."))
    side = request.POST.get("side", "")
    if wanted == "in" and side in dict(SIDES):
        purpose = request.POST.get("purpose", "").strip()[:120] or "case work"
        circles.bring_in(actor, circle, membership=membership, side=side, basis="share", purpose=purpose)
    elif wanted == "away":
        circles.send_away(actor, circle, membership=membership)
    elif wanted == "out":
        circles.keep_out_member(actor, circle, membership=membership, reason="conflict of interest")
    else:
        raise RuleBroken(words("choose_side", "Choose on whose side this person stands."))


@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Open one case for 60 minutes in an emergency, with a reason and a fresh second factor."""
    actor = actor_of(request)
    error = ""
    if request.method == "POST":
        reference = tidy_reference(request.POST.get("reference", ""))
        code = request.POST.get("reason_code", "")
        try:
            refuse_unless_shown(request, actor)
            if reference is None:
                raise NotFound
            casework_actions.open_in_emergency(
                actor, reference=reference, reason_code=code if code in dict(REASONS) else "life",
                reason=request.POST.get("reason", "")[:2000],
            )  # fmt: skip
            return redirect("web:case", reference=reference)
        except (RuleBroken, NotFound) as refused:
            error = str(refused)
    context = {"reasons": REASONS, "error": error, "fresh": actor.fresh, "given": request.POST}
    return render(request, "web/emergency.html", context, status=422 if error else 200)


@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """What people outside the chain of whoever did it must look at."""
    told = [(one, dict(REASONS).get(one.reason_code, "")) for one in knowing.alerts(actor_of(request))]
    return render(request, "web/alerts.html", {"alerts": told, "here": "alerts"})


@require_POST
def review(request: HttpRequest, opening: UUID) -> HttpResponse:
    """Close an emergency opening by review."""
    outcome = "right" if request.POST.get("outcome") == "right" else "wrong"
    circles.review_opening(actor_of(request), opening=opening, outcome=outcome)
    return redirect("web:alerts")


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    """Erase a case for good: asked by one, agreed by another."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    circle, error = Ref(head.circle), ""
    asked = knowing.second_asked(actor, circle, ERASE)
    if request.method == "POST":
        try:
            if asked is None:
                content = hashlib.sha256(head.reference.encode()).hexdigest()
                circles.ask_second(actor, circle, act=ERASE, content_hash=content)
                return redirect("web:erase", reference=reference)
            if not asked.agreed:
                agreed = request.POST.get("agreed") == "yes"
                circles.decide_second(actor, circle, act=asked.id, agreed=agreed, kind=ERASE)
                return redirect("web:erase", reference=reference)
            made = privacy.erase(actor, circle)
            return render(request, "web/erased.html", {"at": actor.at, "certificate": made})
        except RuleBroken as broken:
            error = str(broken)
    context = {"head": head, "tab": "who", "asked": asked, "error": error, "may": privacy.erase.may(actor, circle)}
    return render(request, "web/erase.html", context, status=422 if error else 200)
