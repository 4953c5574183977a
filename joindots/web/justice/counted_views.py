"""What was put on record against victims, as counts by body: for who answers for an agency's whole work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from joindots.agencies.actors import actor_of
from joindots.justice import queries
from joindots.justice.rules.allegations import ByBody
from joindots.kernel.small_numbers import FEW, ended_quarters
from joindots.kernel.when import london_day

HEADS = (_("On record"), _("After the reported person’s complaint"), _("Not challenged"), _("No answer yet"),
         _("Upheld"), _("Withdrawn, quashed or cancelled"))  # fmt: skip


@require_GET
def puts_counted(request: HttpRequest) -> HttpResponse:
    """What was put on record in a quarter that has ended: counts alone."""
    actor = actor_of(request)
    quarters = ended_quarters(london_day(actor.at))
    chosen = {first.isoformat(): (first, last) for first, last in quarters}
    first, last = chosen.get(request.GET.get("quarter", ""), quarters[0])
    context = {
        "counts": [(one.body, _cells(one)) for one in queries.puts_counted(actor, first, last)], "heads": HEADS,
        "first": first, "last": last, "quarters": quarters, "here": "orders", "tab": "puts",
    }  # fmt: skip
    return render(request, "justice/counted.html", context)


def _cells(one: ByBody) -> list[tuple[object, object]]:
    numbers = (one.complained, one.unchallenged, one.waiting, one.stood, one.undone)
    told = [FEW if one.all is None else one.all, *("–" if number is None else number for number in numbers)]
    return list(zip(HEADS, told, strict=True))
