"""Find help: for anybody, without an account. It keeps nothing, sets no cookie and needs no script.

What is looked for is sent by a form, so that it stands in no address, no history and no log of addresses; a form that
changes nothing needs no mark against other sites.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from joindots.agencies.actors import visitor
from joindots.directory import queries
from joindots.directory.rules.national import ALWAYS_SHOWN
from joindots.web.anybody import for_anybody
from joindots.web.directory.asking import choices, opening_says, sheet_of

SHOWN = 20


@csrf_exempt
@require_http_methods(["GET", "POST"])
def find_help(request: HttpRequest) -> HttpResponse:
    """National lines always; services for a place when it is asked for."""
    at = request.at  # type: ignore[attr-defined]
    actor = visitor(at)
    sheet = sheet_of(request.POST)
    matches = queries.open_to_all(actor, sheet.asked) if sheet.any else None
    found = [hit for hit in matches.hits if hit.service.reference not in ALWAYS_SHOWN][:SHOWN] if matches else []
    lines, hits = ([(one, opening_says(one.service.listing.hours, at)) for one in each]
                   for each in (queries.always_shown(actor), found))  # fmt: skip
    context = {
        "sheet": sheet, "searched": matches is not None, "lines": lines, "hits": hits,
        "none": matches.none if matches else None, "place": sheet.place, **choices(sheet),
    }  # fmt: skip
    return for_anybody(request, "directory/find_help.html", context)
