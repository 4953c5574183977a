"""The risk of one case: who judges it how, what asks for a new look, what was asked, and how it went over time."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.when import london_day
from joindots.risk import actions, queries
from joindots.risk.rules.asking import ASKED_OF
from joindots.web.risk.drawing import history_lines, history_picture
from joindots.web.typed import case_ref


@require_GET
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Judgements side by side, prompts, forms, and the history as a picture with its table."""
    return risk_page(request, reference)


def risk_page(request: HttpRequest, reference: str, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page, with what stood in the way of something that was asked of it."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    circle = Ref(head.circle)
    judged, asked = queries.judgements(actor, circle), queries.assessments(actor, circle)
    prompts, changes = queries.prompts(actor, circle), queries.changes(actor, circle)
    current = [one for one in judged if one.current]
    since = queries.numbers_since(actor, circle, [one.made_at for one in current]) or {}
    context = {
        "head": head, "tab": "risk", "trouble": trouble, "judged": judged, "asked": asked, "changes": changes,
        "current": [(one, since.get(one.made_at)) for one in current],
        "differ": len({one.now.said.level for one in current}) > 1,
        "open_prompts": [one for one in prompts if one.open],
        "answered": [one for one in prompts if not one.open], "behind": queries.behind(actor, circle),
        "history": history_picture(judged, prompts, changes, london_day(actor.at)),
        "lines": history_lines(judged, asked, prompts, changes), "forms": queries.forms(actor),
        "asked_of": ASKED_OF.items(), "may_ask": actions.start.may(actor, circle),
        "may_judge": actions.judge.may(actor, circle), "may_note": actions.note_change.may(actor, circle),
        "may_look": actions.look.may(actor, circle), "is_open": head.state == "open",
    }  # fmt: skip
    return render(request, "risk/risk.html", context, status=status)


@require_GET
def history_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The table behind the picture."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    circle = Ref(head.circle)
    lines = history_lines(
        queries.judgements(actor, circle), queries.assessments(actor, circle), queries.prompts(actor, circle),
        queries.changes(actor, circle),
    )  # fmt: skip
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="history.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(("day", "what", "who", "says", "then"))
    sheet.writerows((one.day, one.what, *map(_plain, (one.who, one.says, one.until))) for one in lines)
    queries.note_table(actor, circle, rows=len(lines))
    return answer


def _plain(text: str) -> str:
    """Words of somebody's that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
