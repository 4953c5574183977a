"""Pages for anybody: the front page and "Is this stalking?", which keep nothing, and a form to ask for contact.

They set no cookie and read none: no mark against other sites is needed, for the first does nothing, and anybody may
send the second from anywhere. Answers are sent by a form, so that they stand in no address and no history.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as told_in
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.agencies.actors import visitor
from joindots.directory import queries as directory
from joindots.helpline import work
from joindots.helpline.rules import plain, safe
from joindots.helpline.rules.web import WebWords
from joindots.web.anybody import for_anybody
from joindots.web.directory.asking import opening_says

SAYS = {
    "unwanted": _("Somebody keeps getting in touch, following or watching me, and I do not want it."),
    "repeated": _("It has happened more than once."),
    "fixated": _("They always want to know where I am or what I do."),
    "obsessive": _("They will not stop, or they stop and start again."),
    "frightened": _("I am frightened, or I have changed how I live because of it."),
    "knows": _("They know things they should not know, or turn up where I am."),
}
MOST = {"called": 80, "number": 40, "times": 160, "say": 120, "words": 4000}
EMERGENCY = ("police-999",)
"""What stands above all lines, in words of its own."""
CALLERS = ("self", "friend", "work", "professional", "child_about", "")


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The way in. Who is signed in comes to their desk; all others see how to reach help now, and three ways on."""
    if request.user.is_authenticated:
        return redirect("web:today")
    at = request.at  # type: ignore[attr-defined]
    return for_anybody(request, "public/front.html", {"takes_words": bool(work.web_doors(at)), **_lines(at)})


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Six plain statements to tick."""
    return for_anybody(
        request, "public/questions.html", {"statements": [(code, SAYS[code]) for code in plain.STATEMENTS]}
    )


@csrf_exempt
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """What the ticks may mean, and what to do today. Nothing is kept, counted or written anywhere."""
    told = plain.answer(request.POST.getlist("tick"))
    at = request.at  # type: ignore[attr-defined]
    context = {"told": told.value, "doors": work.web_doors(at), **_lines(at)}
    return for_anybody(request, "public/answer.html", context)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Ask a helpline to get in touch: first how that is safe, then, if wished, a few words."""
    at = request.at  # type: ignore[attr-defined]
    lines = work.web_doors(at)
    given = {name: request.POST.get(name, "").strip()[:most] for name, most in MOST.items()}
    given |= {name: request.POST.get(name, "") for name in ("way", "line", "caller")}
    trouble: dict[str, str] = {}
    if request.method == "POST" and lines:
        trouble = _wrong(given)
        if not trouble and not ratelimit.consume(request, action="write_to_us"):
            return for_anybody(request, "public/too_often.html", {}, status=429)
        if not trouble and work.came_by_web(_line(given["line"], lines), _words(given), at):
            return for_anybody(request, "public/written.html", {"way": given["way"]})
    context = {"lines": lines, "given": given, "trouble": trouble}
    return for_anybody(request, "public/write.html", context, status=422 if trouble else 200)


def _wrong(given: dict[str, str]) -> dict[str, str]:
    """What must be changed before it can be sent, by field."""
    if given["way"] not in ("ring", "text", "nothing"):
        return {"way": told_in("Choose how we may get in touch, or that we should not.")}
    if given["way"] == "nothing":
        return {} if given["words"] else {"words": told_in("Write a few words, or choose a way to get in touch.")}
    wrong = {}
    if not given["number"]:
        wrong["number"] = told_in("Enter a number that is safe for you.")
    if safe.read(given["times"]) is None:
        wrong["times"] = told_in("Enter times such as “Mon-Fri 12:30-13:15”, or “any time”.")
    return wrong


def _words(given: dict[str, str]) -> WebWords:
    return WebWords(
        given["called"], given["way"], given["number"], given["times"], given["say"], given["words"],
        given["caller"] if given["caller"] in CALLERS else "",
    )  # fmt: skip


def _line(typed: str, lines: tuple[work.Door, ...]) -> UUID:
    chosen = next((one.id for one in lines if str(one.id) == typed), None)
    return chosen or lines[0].id


def _lines(at: datetime) -> dict[str, object]:
    """Numbers to ring: lines of who runs this service, then the national ones; each with whether it is open now, where
    that is told.
    """
    national = [one for one in directory.always_shown(visitor(at)) if one.service.reference not in EMERGENCY]
    return {
        "own": [(one, opening_says(one.hours, at) if one.hours.told else "") for one in work.own_lines(at)],
        "national": [
            (one.service.listing, opening_says(one.service.listing.hours, at) if one.service.listing.hours.told else "")
            for one in national
        ],
    }
