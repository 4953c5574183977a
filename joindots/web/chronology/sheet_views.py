"""The timeline as a PDF, narrowed as it is looked at; that it leaves stands in the case's custody."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from joindots.access import parts
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import queries as chronologies
from joindots.chronology.work import scratch_folder
from joindots.documents.timelines import timeline_pdf
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.web.chronology.chronology_views import only_words
from joindots.web.chronology.decided import decided
from joindots.web.chronology.narrowing import narrowed
from joindots.web.chronology.sheet import Looked, timeline_sheet
from joindots.web.chronology.timeline_views import asked_for
from joindots.web.chronology.whose import looked_up
from joindots.web.typed import case_ref


@require_GET
def timeline_as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Finding, pictures, their numbers and the list, as the address narrows them; with words only where asked for."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle = Ref(head.circle)
    narrow = looked_up(actor, ref, circle, narrowed(request.GET))
    asked = asked_for(actor, ref, narrow, parts.binds(actor, head.circle))
    if asked is None:
        raise NotFound
    made = decided(actor, ref, circle)
    words = request.GET.get("words") == "shown"
    look = Looked(actor, ref, head, asked, made, tuple(only_words(narrow, made)), words)
    sheet = timeline_sheet(look)
    chronologies.note_timeline(actor, ref, words=words)
    day = datetime.combine(london_day(actor.at), time(), UTC)
    answer = HttpResponse(timeline_pdf(sheet, day, scratch_folder()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="timeline-{ref.key}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
