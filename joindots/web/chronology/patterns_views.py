"""Patterns: what can be counted honestly, each with what it is counted from. No verdict and no forecast."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.pictures.curve import LENGTH
from joindots.chronology.rules.pictures.online import LEAST, shares
from joindots.chronology.rules.pictures.patterns import Around, Side, around, bursts, channels, side_of
from joindots.chronology.rules.pictures.told import BY_CODE, DAY, Window
from joindots.chronology.rules.wording import CHANNELS
from joindots.evidence import queries as evidence
from joindots.web.chronology.narrowing import MESSAGES, Narrowed
from joindots.web.chronology.timeline_views import Asked, asked_for, whose_finding
from joindots.web.typed import case_ref, whole

WEEKS = (1, 2, 4, 8, 12, 26)
MOST_MESSAGES = 200_000
"""Messages looked at for runs; beyond it the page says that it looked at the first so many."""
TALK = BY_CODE[MESSAGES].channels - {"email"}


@require_GET
def patterns(request: HttpRequest, reference: str) -> HttpResponse:
    """Both sides, before and after a day, runs of messages, channels."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    asked = asked_for(actor, ref, Narrowed())
    context: dict[str, object] = {"head": head, "tab": "timeline", "asked": asked, "weeks": WEEKS}
    names: dict[str, str] = dict(CHANNELS.items())
    if asked is not None:
        context |= whose_finding(actor, ref, Ref(head.circle), asked)
        context |= _sides(asked) | _around(asked, request.GET.get("day", ""), request.GET.get("weeks", ""))
        context |= _bursts(actor, ref, asked) | _online(actor, ref, asked)
        context["channels"] = [
            (names[one.code], one)
            for one in channels(
                (told.channel, told.day, told.direction, told.number)
                for told in evidence.counts_by_day(actor, ref)
            )
        ]  # fmt: skip
    return render(request, "web/patterns.html", context)


def _sides(asked: Asked) -> dict[str, object]:
    """Who made contact, in the same windows of 28 days for both."""
    window = asked.window
    sides = [side_of(asked.told, part, asked.coverage) for part in _parts(window)]
    return {"sides": sides, "all_sides": side_of(asked.told, window, asked.coverage)}


def _parts(window: Window) -> list[Window]:
    """The window in times of 28 days, the last as long as it is."""
    firsts = (window.first + at * LENGTH * DAY for at in range((len(window) + LENGTH - 1) // LENGTH))
    return [Window(first, min(first + (LENGTH - 1) * DAY, window.last)) for first in firsts]


def _online(actor: Actor, ref: Ref, asked: Asked) -> dict[str, object]:
    """How many of the acts were online, in each 28 days and in all."""
    counts = [(one.channel, one.day, one.number) for one in evidence.counts_by_day(actor, ref)]
    hidden = chronologies.same_acts(actor, ref).hidden  # told of by a message too, and counted once
    marks = evidence.entry_marks(actor, ref)
    entries = [(one.day, one.kinds) for one in marks if one.reference not in hidden]
    parts = (*_parts(asked.window), asked.window)
    *found, whole = shares(counts, entries, parts, asked.coverage)
    return {"online": found, "online_all": whole, "online_least": LEAST}


def _around(asked: Asked, day: str, weeks: str) -> dict[str, object]:
    """Equal times before and after the day asked for."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        return {"length": 8}
    length = typed if (typed := whole(weeks, 8)) in WEEKS else 8
    if chosen not in asked.whole:
        return {"length": length, "day": day, "outside": True}
    found = around(asked.all, chosen, 7 * length, asked.whole, asked.coverage)
    return {"length": length, "day": day, "chosen": chosen, "found": found, "rates": _rates(found)}


def _rates(found: Around) -> tuple[str, str] | None:
    """Acts a week before and after, where a source covers every day of both."""
    if not (found.before.whole and found.after.whole):
        return None
    return _a_week(found.before), _a_week(found.after)


def _a_week(side: Side) -> str:
    return f"{side.a_week:,.0f}" if side.a_week >= 10 else f"{side.a_week:.1f}".removesuffix(".0")


def _bursts(actor: Actor, ref: Ref, asked: Asked) -> dict[str, object]:
    """Runs of messages over the whole time looked at."""
    window = asked.window
    times, number = evidence.message_times(actor, ref, window.first, window.last, TALK, MOST_MESSAGES)
    return {"bursts": bursts(times), "not_looked_at": number - len(times)}
