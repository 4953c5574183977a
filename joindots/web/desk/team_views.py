"""The team lead's view: who carries what, who is to be supervised, what is late with whom; for care, never to rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import caring
from joindots.helpline import queries as helpline
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import Words
from joindots.notices import queries as notices
from joindots.risk import queries as risk
from joindots.web.desk.rows import grouped
from joindots.web.desk.today import desk_of
from joindots.web.typed import membership_typed
from joindots.web.work.doing import day as day_typed
from joindots.web.work.doing import maybe_day

MOST = 200
"""Workers on one page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One colleague: open cases, what kinds of heavy work are among them, supervision, and their leave."""

    worker: casework.WorkerLine
    away: bool
    heavy: tuple[str, ...]
    supervised: casework.Supervised | None
    leave: Words
    ask_leave: bool
    me: bool


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Everybody of the team by name, and what is late with any of them; or one colleague's desk, to help or cover."""
    actor = actor_of(request)
    workers = casework.workers(actor)[:MOST]
    asked = membership_typed(request.GET.get("who", ""))
    one = next((each for each in workers if each.membership == asked), None)
    if asked and one is None:
        raise NotFound
    desk = desk_of(actor, [one.membership] if one else [each.membership for each in workers])
    day = london_day(actor.at)
    late = [due for due in desk.today if due.on < day]
    context = {
        "lines": [] if one else _lines(actor, workers), "one": one, "desk": desk, "late": len(late),
        "groups": grouped(actor, desk, desk.today if one else late), "owners": one is None, "here": "team",
        "queue": len(casework.queue(actor)) if casework.queue.may(actor) else None,
        "care": helpline.care(actor) if helpline.care.may(actor) else (),
        "may_supervise": bool(actions.note_supervision.may(actor)),
        "left_rooms": len(casework.rooms_left(actor)) if casework.rooms_left.may(actor) else 0,
        "may_ready": bool(helpline.team.may(actor)),
    }  # fmt: skip
    return render(request, "desk/team.html", context)


@require_http_methods(["GET", "POST"])
def supervision(request: HttpRequest, who: UUID) -> HttpResponse:
    """The supervisions of one colleague at which the reader was one of the two; and, for a lead, to note another."""
    actor = actor_of(request)
    actions.note_supervision.refuse_role(actor)
    worker = next((one for one in casework.workers(actor) if one.membership == who), None)
    if worker is None:
        raise NotFound
    trouble = ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            actions.note_supervision(
                actor, whose=who, on=day_typed(request.POST, "on"), next_on=maybe_day(request.POST, "next_on"),
                notes=request.POST.get("notes", ""),
            )  # fmt: skip
            return redirect("web:supervision", who=who)
        except RuleBroken as broken:
            trouble = str(broken.reason)
    context = {
        "worker": worker, "told": casework.supervisions(actor, who), "state": casework.supervised(actor, [who])[who],
        "trouble": trouble, "given": request.POST, "me": who == actor.membership_id, "here": "team",
        "today": london_day(actor.at),
    }  # fmt: skip
    return render(request, "desk/supervision.html", context, status=422 if trouble else 200)


@require_GET
def my_supervision(request: HttpRequest) -> HttpResponse:
    """The reader's own supervisions, with what was noted between the two."""
    actor = actor_of(request)
    state = casework.my_week(actor).supervised
    context = {"told": casework.supervisions(actor, actor.membership_id), "state": state, "here": "today"}
    return render(request, "desk/my_supervision.html", context)


def _lines(actor: Actor, workers: Sequence[casework.WorkerLine]) -> list[Line]:
    whose = [each.membership for each in workers]
    carried = casework.carried(actor, whose) if casework.carried.may(actor) else {}
    supervised = casework.supervised(actor, whose) if casework.supervised.may(actor) else {}
    high = risk.judged_high(actor, whose) if carried and risk.judged_high.may(actor) else {}
    day = london_day(actor.at)
    lines = []
    for each in workers:
        who = each.membership
        leave, ask = caring.break_says(each.away_from, each.away_until, day)
        heavy = heavy_says(carried[who], high.get(who, 0)) if who in carried else ()
        me = who == actor.membership_id
        lines.append(Line(each, _away(each, day), heavy, supervised.get(who), leave, ask, me))
    return lines


@dataclass(frozen=True, slots=True)
class Week:
    """The reader's own week beside their desk: kinds of heavy work, supervision, leave."""

    heavy: tuple[str, ...]
    supervised: casework.Supervised
    leave: Words
    line: helpline.OwnWeek | None
    """The last seven days on the line; None for who takes no contacts."""
    calendar: bool
    """Whether a calendar of one's own can be had."""


def week_of(actor: Actor) -> Week:
    """What stands beside the desk of whoever reads it; they alone see it so."""
    mine = casework.my_week(actor)
    high = risk.judged_high(actor, [actor.membership_id]) if risk.judged_high.may(actor) else {}
    line = helpline.own_week(actor) if helpline.own_week.may(actor) else None
    leave, _ = caring.break_says(mine.away_from, mine.away_until, london_day(actor.at))
    return Week(
        heavy_says(mine.carried, high.get(actor.membership_id, 0)),
        mine.supervised,
        leave,
        line,
        bool(notices.own_feed.may(actor)),
    )


def heavy_says(carried: casework.Carried, high: int) -> tuple[str, ...]:
    """What kinds of heavy work somebody carries, in words; nothing of a kind is not said (pure)."""
    told = (
        (high, ngettext("%(n)d case judged high", "%(n)d cases judged high", high)),
        (carried.with_children,
         ngettext("%(n)d case with a child in it", "%(n)d cases with a child in them", carried.with_children)),
        (carried.court_days,
         ngettext("%(n)d court day in 14 days", "%(n)d court days in 14 days", carried.court_days)),
        (carried.new_cases,
         ngettext("%(n)d new case in 14 days", "%(n)d new cases in 14 days", carried.new_cases)),
    )  # fmt: skip
    return tuple(says % {"n": n} for n, says in told if n)


def _away(worker: casework.WorkerLine, day: date) -> bool:
    return bool(worker.away_from and worker.away_from <= day and (not worker.away_until or day <= worker.away_until))
