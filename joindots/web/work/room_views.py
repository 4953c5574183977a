"""A therapist's own desk: notes that no case, search, pack or colleague reaches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import therapy
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.web.typed import seen
from joindots.web.work.doing import Given, an_id, day, tried


@require_http_methods(["GET", "POST"])
def rooms(request: HttpRequest) -> HttpResponse:
    """The therapist's own list; for who passes on the notes of one who left, those by their references alone."""
    actor = actor_of(request)
    keeps, passes = casework.rooms.may(actor), casework.rooms_left.may(actor)
    if not keeps and not passes:
        raise NotAllowed(keeps.reason)

    def begin(given: Given) -> object:
        refuse_unless_shown(request, actor)
        return actions.open_room(actor, name=given.get("name", ""))

    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "open": begin,
            "pass": lambda given: actions.pass_room_on(
                actor, room=an_id(given, "room"), receiver=an_id(given, "receiver")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:rooms")
    context = {
        "rooms": casework.rooms(actor) if keeps else (), "keeps": keeps, "given": request.POST, "trouble": trouble,
        "left": casework.rooms_left(actor) if passes else (), "not_delayed": therapy.NOT_DELAYED,
        "therapists": casework.therapists(actor) if passes else (), "here": "rooms",
    }  # fmt: skip
    return render(request, "work/rooms.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, room: str) -> HttpResponse:
    """One person's notes; `days` shows when the person came and no word more."""
    actor = actor_of(request)
    key = tidy_reference(room)
    if key is None:
        raise NotFound
    page = casework.room(actor, Ref(key))
    trouble = None
    if request.method == "POST":
        gone = request.POST.get("do") == "erase" and "sure" in request.POST
        trouble = tried(request.POST, {
            "note": lambda given: actions.write_note(
                actor, Ref(key), on=day(given, "on"), attended=given.get("attended", ""), said=given.get("said", "")),
            "close": lambda given: actions.end_room(actor, seen(key, given), ended=True),
            "open": lambda given: actions.end_room(actor, seen(key, given), ended=False),
            **({"erase": lambda given: actions.erase_room(actor, seen(key, given))} if gone else {}),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:rooms") if gone else redirect("web:room", room=key)
    days = casework.attendance(actor, Ref(key)) if "days" in request.GET else ()
    context = {
        "room": page, "days": days, "only_days": "days" in request.GET, "given": request.POST, "trouble": trouble,
        "attended": therapy.ATTENDED.items(), "here": "rooms",
    }  # fmt: skip
    return render(request, "work/room.html", context, status=trouble.status if trouble else 200)
