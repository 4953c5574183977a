"""What left and what waits; writing to somebody, with the line that matters read before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.notices import actions, queries
from joindots.notices.rules import neutral
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import BY_HAND, ENDED_WORDS, KIND_WORDS, POSTED_WORDS, USE, Kind
from joindots.people import queries as people
from joindots.people.rules.reaching import KIND_WORDS as WAY_WORDS
from joindots.web.contact.card_views import head_of
from joindots.web.typed import case_ref, seen
from joindots.web.work.taking_views import moment

OFFERED = (Kind.TEXT, Kind.CALL, Kind.MAIL, Kind.LETTER, Kind.VOICEMAIL, Kind.CALENDAR)
VERBS = {
    Kind.TEXT: "Send a text", Kind.CALL: "Ring", Kind.MAIL: "Send an e-mail", Kind.LETTER: "Send a letter",
    Kind.VOICEMAIL: "Leave voicemail", Kind.CALENDAR: "Send a calendar entry",
}  # fmt: skip


@require_GET
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody of the case who may be reached, and what left."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    if head.side != "victim":
        raise NotFound
    somebody = [
        (one, people.reach_of(actor, Ref(one.id))) for one in head.people if one.stands_as != "suspect"
    ]  # fmt: skip
    log = queries.left(actor, Ref(head.circle))
    return render(request, "contact/people.html", {"head": head, "tab": "contact", "people": somebody, "log": log})


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, reference: str, person: UUID) -> HttpResponse:
    """Write or ring: first the words, then the line that matters with what will happen, then it is queued."""
    actor = actor_of(request)
    head = head_of(actor, reference, person)
    given, wanted = request.POST, (request.POST or request.GET).get("kind", "")
    kind = Kind(wanted) if wanted in set(OFFERED) else Kind.TEXT
    emergency, error, step = given.get("emergency", "")[:600], "", "words"
    way = _uuid(given.get("way", ""))
    shown = queries.preview(actor, Ref(head.circle), person=person, kind=kind, way=way, emergency=emergency)
    said, starts = _said(given, shown.sender, kind), None
    if request.method == "POST" and given.get("do") != "back":
        try:
            neutral.can_be(kind, said, ()).or_raise()
            starts = moment(request.POST, "starts") if kind == Kind.CALENDAR else None
            step = "check"
            if given.get("do") == "send":
                told = actions.write(
                    actor, Ref(head.circle), person=person, kind=kind, said=said, way=way, emergency=emergency,
                    starts=starts,
                )  # fmt: skip
                return redirect("web:notice", reference=reference, notice=told.id)
        except RuleBroken as broken:
            error, step = str(broken), "words"
    someone = next(one for one in head.people if one.id == person)
    context = {
        "head": head, "tab": "contact", "someone": someone, "shown": shown, "said": said, "kind": kind.value,
        "kind_words": KIND_WORDS[kind], "verb": VERBS[kind], "starts": starts,
        "kinds": [(one.value, VERBS[one]) for one in OFFERED if one != Kind.CALENDAR or shown.calendar],
        "given": given, "emergency": emergency, "error": error, "step": step, "by_hand": kind in BY_HAND,
        "way": way or "",
        "ways": [(one.id, WAY_WORDS[one.kind], number) for number, one in enumerate(shown.ways, 1)],
        "use": USE[kind].value,
    }  # fmt: skip
    return render(request, "contact/write.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def left(request: HttpRequest, reference: str, notice: UUID) -> HttpResponse:
    """One notice: withdraw it, begin it by hand, say what came of it, note that it was looked at."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    error = ""
    if request.method == "POST":
        try:
            _do(actor, request, notice)
            return redirect("web:notice", reference=reference, notice=notice)
        except RuleBroken as broken:
            error = str(broken)
    page = queries.notice(actor, Ref(notice))
    if page.circle != head.circle:
        raise NotFound
    sees = bool(actor.may(queries.left.permission))
    context = {"head": head, "tab": "contact", "page": page, "error": error, "sees_all": sees, "ends": [
        (how.value, words) for how, words in (POSTED_WORDS if page.posted else ENDED_WORDS).items()
    ]}  # fmt: skip
    return render(request, "contact/left.html", context, status=422 if error else 200)


@require_GET
def of_circle(
    request: HttpRequest, circle: UUID, person: UUID | None = None, notice: UUID | None = None, to: str = "card"
) -> HttpResponse:
    """The way from a desk, which knows circles, to the page in its case."""
    actor = actor_of(request)
    reference = casework.of_circle(actor, Ref(circle)).key
    if notice is not None:
        return redirect("web:notice", reference=reference, notice=notice)
    return redirect(f"web:{to}", reference=reference, person=person)


def _do(actor: Actor, request: HttpRequest, notice: UUID) -> None:
    ref, do = seen(notice, request.POST), request.POST.get("do", "")
    if do == "withdraw":
        actions.withdraw(actor, ref)
    elif do == "begin":
        actions.begin(actor, ref)
    elif do == "end":
        actions.end_by_hand(actor, ref, how=request.POST.get("how", ""))
    elif do == "seen":
        actions.note_seen(actor, ref)
    else:
        raise NotFound


def _said(given: Mapping[str, str], sender: str, kind: Kind) -> Said:
    get = given.get
    body = neutral.TEXT if kind in {Kind.TEXT, Kind.VOICEMAIL} else neutral.SUBJECT if kind == Kind.CALENDAR else ""
    return Said(
        get("body", body).replace("\r\n", "\n"), get("subject", neutral.SUBJECT).strip(),
        get("sender", sender or neutral.SENDER).strip(), get("file_name", neutral.FILE).strip(),
    )  # fmt: skip


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
