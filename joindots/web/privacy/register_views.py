"""The register of requests about personal data: the list, entering one, one request with its clocks and letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.privacy import actions, queries
from joindots.privacy.rules import CAME_WORDS, GROUNDS, KIND_WORDS, Kind, State
from joindots.web.downloads import download
from joindots.web.typed import case_ref, seen

TEXTS = ("kind", "came_on", "came_how", "who", "reach", "words", "case", "wanted_on")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    code: str
    says: str
    chosen: bool


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Open requests by their clock, or answered ones."""
    actor = actor_of(request)
    state = State.ANSWERED if request.GET.get("state") == "answered" else State.OPEN
    found = queries.requests(actor, state)
    return render(request, "privacy/requests.html", {"found": found, "state": str(state), "here": "privacy"})


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enter a request."""
    actor = actor_of(request)
    may = actions.register.may(actor)
    if not may:
        raise NotAllowed(may.reason)
    today = actor.at.astimezone(LOCAL).date()
    typed = {name: request.POST.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}
    trouble = ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            return redirect("web:privacy_request", asked=_register(actor, typed))
        except RuleBroken as broken:
            trouble = str(broken)
    else:
        typed["came_on"] = today.isoformat()
        typed["case"] = request.GET.get("case", "")[:20]
    context = {
        "typed": typed, "trouble": trouble, "here": "privacy", "kinds": _choices(KIND_WORDS, typed["kind"]),
        "ways": _choices(CAME_WORDS, typed["came_how"]), "today": today.isoformat(),
    }  # fmt: skip
    return render(request, "privacy/add.html", context, status=422 if trouble else 200)


def _register(actor: Actor, typed: dict[str, str]) -> str:
    if typed["kind"] not in set(Kind):
        raise RuleBroken(words("no_kind", "Choose what is asked."))
    try:
        came = date.fromisoformat(typed["came_on"])
        wanted = date.fromisoformat(typed["wanted_on"]) if typed["wanted_on"] else None
    except ValueError:
        raise RuleBroken(words("no_day", "Give the day on which it came, such as 20/04/2026.")) from None
    return actions.register(
        actor, kind=Kind(typed["kind"]), came_on=came, came_how=typed["came_how"], who=typed["who"],
        reach=typed["reach"], words=typed["words"], case=typed["case"], wanted_on=wanted,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, asked: str) -> HttpResponse:
    """One request: acknowledged, extended, answered."""
    actor = actor_of(request)
    ref = case_ref(asked)
    view = queries.request(actor, ref)
    trouble, status = "", 200
    if request.method == "POST":
        try:
            _do(request, actor, view.reference)
            return redirect("web:privacy_request", asked=view.reference)
        except (RuleBroken, OutOfDate) as refused:
            trouble, status = str(refused), refused.status
            view = queries.request(actor, ref)
    typed = {name: request.POST.get(name, "") for name in ("why", "why_longer", "answer", "case")}
    context = {
        "view": view, "trouble": trouble, "typed": typed, "here": "privacy",
        "asks_police": view.kind is Kind.POLICE,
        "grounds": [Choice(code, says, code in request.POST.getlist("grounds")) for code, says in GROUNDS.items()],
        "answers": [Choice(code, says, code == typed["answer"]) for code, says in view.answers],
    }  # fmt: skip
    return render(request, "privacy/request.html", context, status=status)


def _do(request: HttpRequest, actor: Actor, reference: str) -> None:
    given, ref = request.POST, seen(reference, request.POST)
    wanted = given.get("do", "")
    if wanted == "acknowledge":
        actions.acknowledge(actor, ref)
    elif wanted == "extend":
        actions.extend(actor, ref, why=given.get("why_longer", "").strip())
    elif wanted == "which_case":
        actions.say_which_case(actor, ref, case=given.get("case", "").strip())
    elif wanted == "answer":
        actions.answer(actor, ref, answer=given.get("answer", ""), why=given.get("why", "").strip(),
                       grounds=given.getlist("grounds"))  # fmt: skip


@require_GET
def letter(request: HttpRequest, asked: str) -> FileResponse:
    """A letter as a text to be sent by the way that is safe; its name says nothing of anybody."""
    actor = actor_of(request)
    view = queries.request(actor, Ref(case_ref(asked).key))
    text = view.neither if request.GET.get("which") == "answer" else view.acknowledgement
    if not text:
        raise NotFound
    data = text.encode()
    return download(BytesIO(data), f"letter-{view.reference}.txt", len(data), "text/plain; charset=utf-8")


def _choices(table: dict[Kind, str] | dict[str, str], chosen: str) -> list[Choice]:
    return [Choice(str(code), says, str(code) == chosen) for code, says in table.items()]
