"""Both ways: two people who each report the other, their histories side by side with the same tools. No verdict."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.justice import queries
from joindots.justice.rules.both_ways import SILENCE, SOON, Window
from joindots.web.justice.places import places
from joindots.web.typed import case_ref

WIDE, HIGH, MOST_BARS = 960, 90, 80
MIDDLE = HIGH + 20


@dataclass(frozen=True, slots=True)
class Bar:
    """28 days in the picture: one bar up, one down, by one scale."""

    x: float
    width: float
    up: float
    down: float
    window: Window

    @property
    def top(self) -> float:
        """Where the bar that goes up begins."""
        return round(MIDDLE - self.up, 1)

    @property
    def middle(self) -> int:
        """The line from which both go."""
        return MIDDLE


@require_GET
def both_ways(request: HttpRequest, reference: str) -> HttpResponse:
    """Both histories, as far as the reader may know of them."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    page = queries.both_ways(actor, Ref(head.circle))
    shown = page.windows[-MOST_BARS:]
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "both"), "page": page, "bars": _bars(shown),
        "shown": shown, "more": len(page.windows) - len(shown), "wide": WIDE, "middle": MIDDLE,
        "low": 2 * HIGH + 36, "whole": 2 * HIGH + 42,
        "silence": SILENCE, "soon": SOON,
    }  # fmt: skip
    return render(request, "justice/both_ways.html", context)


def _bars(windows: tuple[Window, ...]) -> list[Bar]:
    """Bars of both by one scale: the longest is as high as there is room for."""
    most = max((max(one.acts.a, one.acts.b) for one in windows), default=0)
    if not most:
        return []
    step = min(40.0, WIDE / len(windows))
    return [
        Bar(round(at * step, 1), round(max(step - 3, 1), 1), _long(one.acts.b, most), _long(one.acts.a, most), one)
        for at, one in enumerate(windows)
    ]


def _long(number: int, most: int) -> float:
    """How long a bar is; one act is always to be seen."""
    return round(max(number * HIGH / most, 1.5), 1) if number else 0
