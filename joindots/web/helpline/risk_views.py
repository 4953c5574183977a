"""Risk questions on a call: one at a time, beside the caller's own words. What is left is kept for next time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.helpline import queries
from joindots.kernel.problems import RuleBroken
from joindots.risk import actions as risk
from joindots.risk import queries as asking
from joindots.risk.rules.asking import KEYS, SAID_WORDS, Said
from joindots.web.typed import case_ref

ANSWERS = tuple((said.value, SAID_WORDS[said], KEYS[said]) for said in (Said.YES, Said.NO, Said.NOT_KNOWN))


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, contact: str) -> HttpResponse:
    """The next question of the short screen, or the one asked for; an answer leads to the next."""
    actor, ref = actor_of(request), case_ref(contact)
    seen = queries.contact(actor, ref)
    circle, trouble = Ref(seen.circle), ""
    if request.method == "POST":
        try:
            whom = "client" if seen.caller in ("", "self") else "other"
            if "begin" in request.POST:
                risk.start(actor, circle, asked_of=whom)
            else:
                page = asking.state(actor, circle)
                if page is not None:
                    risk.answer(
                        actor, Ref(page.view.id), question=request.POST.get("question", ""),
                        said=request.POST.get("said", ""), words=request.POST.get("words", ""),
                    )  # fmt: skip
            return redirect("web:helpline_risk", contact=ref.key)
        except RuleBroken as broken:
            trouble = str(broken.reason)
    page = asking.state(actor, circle)
    wanted = request.GET.get("question", "") or (page.next if page else "")
    item = page.item(wanted) if page else None
    context = {"seen": seen, "page": page, "item": item, "answers": ANSWERS, "trouble": trouble, "here": "helpline"}
    return render(request, "helpline/risk.html", context, status=422 if trouble else 200)
