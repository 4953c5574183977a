"""What the person being stalked is shown on a worker's screen: the same data in softer words, pictures folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology.rules.pictures.calendar import calendar
from joindots.chronology.rules.pictures.told import LANES, LOG, Told
from joindots.evidence import actions
from joindots.web.chronology.narrowing import Narrowed
from joindots.web.chronology.timeline_views import FEW, Asked, asked_for
from joindots.web.chronology.turned import is_cut, turned_picture
from joindots.web.typed import case_ref

HERS = {
    "approach": ("time somebody came near", "times somebody came near"),
    "property": ("thing with home, car or things", "things with home, car or things"),
    "threats": ("threat, or hurt", "threats, or hurts"), "other": ("other thing", "other things"),
    "online": ("thing online", "things online"), LOG: ("line of your own notes", "lines of your own notes"),
}  # fmt: skip
"""Softer words for what a lane counts, where the staff's own are not soft."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month in words; `quiet` where nothing is told, and `covered` whether a source looked at all of it."""

    first: date
    says: str
    covered: bool

    @property
    def quiet(self) -> bool:
        """Whether nothing is told of it."""
        return not self.says


@require_GET
def happening(request: HttpRequest, reference: str) -> HttpResponse:
    """What has been happening, by month, newest first; the calendar is folded; a pause keeps the place."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    asked = asked_for(actor, ref, Narrowed())
    context: dict[str, object] = {
        "head": head, "plain": True, "asked": asked, "paused": "pause" in request.GET, "kept": "kept" in request.GET,
        "at": actor.at, "may_write": actions.write_entry.may(actor, ref),
    }  # fmt: skip
    if asked is not None:
        days = calendar(asked.told, asked.window, asked.coverage, asked.known, asked.possible)
        context |= {
            "months": _months(asked), "said": _said(asked.told),
            "pictures": sum(one.number for one in asked.all) >= FEW, "turned": turned_picture(days),
            "turned_cut": is_cut(days),
        }  # fmt: skip
    return render(request, "web/person_timeline.html", context)


def _months(asked: Asked) -> list[Month]:
    """Every month looked at, the newest first."""
    by_month: dict[tuple[int, int], list[Told]] = {}
    for one in asked.told:
        if one.day is not None:
            by_month.setdefault((one.day.year, one.day.month), []).append(one)
    uncovered = {(day.year, day.month) for hole in asked.holes for day in hole.days()}
    known = sorted({(day.year, day.month) for day in asked.window.days()}, reverse=True)
    return [Month(date(*month, 1), _said(by_month.get(month, ())), month not in uncovered) for month in known]


def _said(told: Sequence[Told]) -> str:
    """`12 messages, 3 calls and 1 time somebody came near`, in the fixed order."""
    numbers: Counter[str] = Counter()
    for one in told:
        numbers[one.lane] += one.number
    parts = []
    for lane in LANES:
        if number := numbers[lane.code]:
            once, several = HERS.get(lane.code, lane.unit)
            parts.append(f"{number:,} {once if number == 1 else several}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
