"""The page of one person of a case: names, numbers, accounts and plates, entered, corrected and withdrawn by hand."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import NotFound
from joindots.people import actions as people
from joindots.people import queries
from joindots.people.rules.marks import MARKS, REPORTED_ALONE
from joindots.web.typed import again, case_ref, seen
from joindots.web.work.doing import an_id, tried, words_of
from joindots.web.work.fields import Asking

FIELDS = {
    "mark_number": "value", "mark_email": "value", "mark_empty": "value", "mark_blank": "value", "mark_long": "value",
    "mark_twice": "value", "mark_kind": "kind", "mark_home": "kind",
}  # fmt: skip
"""The field of the form for adding that cures a refusal."""


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, reference: str, person: UUID) -> HttpResponse:
    """One person of a case. What was typed stands in the form again when it is refused."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    if not any(one.id == person for one in head.people):
        raise NotFound
    circle, given, trouble = Ref(head.circle), request.POST, None
    if request.method == "POST":
        someone = seen(person, given)
        trouble = tried(given, {
            "add": lambda sent: people.add_mark(
                actor, someone, kind=sent.get("kind", ""), value=words_of(sent, "value")),
            "correct": lambda sent: people.correct_mark(
                actor, someone, mark=an_id(sent, "row"), value=words_of(sent, "right"), why=words_of(sent, "why")),
            "withdraw": lambda sent: people.withdraw_mark(
                actor, someone, mark=an_id(sent, "row"), why=words_of(sent, "why")),
            "name": lambda sent: people.correct_name(
                actor, someone, name=words_of(sent, "name"), why=words_of(sent, "name_why")),
            "off": lambda sent: people.take_off(actor, circle, person=person, why=words_of(sent, "off_why")),
        }, FIELDS if given.get("do") == "add" else {})  # fmt: skip
        if trouble is None and given.get("do") == "off":
            return redirect("web:case", reference=reference)
        if trouble is None:
            return redirect("web:case_person", reference=reference, person=person)
    page, shown = queries.person_page(actor, circle, person), again(given, trouble.status if trouble else 200)
    ours, reported = head.side == "victim", page.stands_as == "suspect"
    asking = Asking(shown if shown.get("do") == "add" else type(given)())
    kinds = [(code, str(says).capitalize()) for code, says in MARKS.items() if reported or code not in REPORTED_ALONE]
    context = {
        "head": head, "tab": "summary", "page": page, "trouble": trouble, "given": shown,
        "fields": [asking.choice("kind", _("What is it?"), kinds), asking.text("value", _("As it is known"))],
        "may": ours and head.state == "open" and bool(people.add_mark.may(actor, Ref(person))),
        "may_off": page.stands_as != "victim",
        "may_reach": ours and not reported and bool(actor.may(queries.reach_of.permission)),
    }  # fmt: skip
    return render(request, "work/person.html", context, status=trouble.status if trouble else 200)
