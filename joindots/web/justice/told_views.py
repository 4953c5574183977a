"""Keeping somebody told: what is owed to them, the line that matters, and a text or a call by their safe way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions as casework_actions
from joindots.casework import queries as casework
from joindots.casework.queries.rights import RightView
from joindots.justice import actions as justice
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.notices import actions as notice_actions
from joindots.notices import queries as notices
from joindots.notices.rules.neutral import SENDER, TEXT, Said
from joindots.notices.rules.notices import Kind
from joindots.web.justice.places import places
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, maybe_day, row, tried

RING = "About their case. Say nothing to anybody else who answers."
"""What whoever rings is shown beside the number; it leaves to nobody."""
SHOWN = 5
BY_WAY = {"text": Kind.TEXT, "ring": Kind.CALL}


@require_http_methods(["GET", "POST"])
def keep_told(request: HttpRequest, reference: str) -> HttpResponse:
    """What is owed to the person of the case, the earliest first; a text or a call by their safe contact alone."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    person = next((one for one in head.people if one.stands_as == "victim"), None)
    if head.side != "victim" or person is None:
        raise NotFound
    rights = [one for block in casework.rights_of(actor, ref) for one in block.noted]
    shown = _shown(actor, head, person.id)
    trouble, given = None, request.POST
    if request.method == "POST":
        sent: list[UUID] = []

        def send(given: Given, kind: Kind) -> None:
            said = _said(given, kind, shown)
            sent.append(notice_actions.write(actor, Ref(head.circle), person=person.id, kind=kind, said=said).id)

        trouble = tried(given, {
            "text": partial(send, kind=Kind.TEXT), "ring": partial(send, kind=Kind.CALL),
            "told": lambda given: justice.tell(
                actor, row(given), to=given.get("to", ""), told_on=maybe_day(given, "told_on"),
                how=given.get("how", "")),
        })  # fmt: skip
        if trouble is None and given.get("do") == "ring":
            return redirect("web:notice", reference=reference, notice=sent[0])
        if trouble is None:
            return redirect("web:keep_told", reference=reference)
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "told"), "someone": person, "given": given,
        "trouble": trouble, "owed": sorted((one for one in rights if one.state == "open"), key=_by_day),
        "last": max((one for one in rights if one.told_on), key=_told, default=None),
        "text": shown.get("text"), "ring": shown.get("ring"), "words": given.get("body", TEXT),
        "reach": [one for one in shown.values() if one.told.leaves or one.told.waits_until],
        "log": [one for one in notices.left(actor, Ref(head.circle), person.id) if not one.whom][:SHOWN]
        if actor.may(notices.left.permission) else [],
        "may": casework_actions.note_right.may(actor, ref), "today": london_day(actor.at),
    }  # fmt: skip
    return render(request, "justice/keep_told.html", context, status=trouble.status if trouble else 200)


def _shown(actor: Actor, head: casework.CaseHead, person: UUID) -> Mapping[str, notices.Preview]:
    """What the gate says now of a text and of a call; nothing for a role that reaches nobody."""
    if not actor.may(notice_actions.write.permission):
        return {}
    circle = Ref(head.circle)
    return {code: notices.preview(actor, circle, person=person, kind=kind) for code, kind in BY_WAY.items()}


def _said(given: Given, kind: Kind, shown: Mapping[str, notices.Preview]) -> Said:
    """Words that give nothing away; the sender's name is the one that the person chose."""
    sender = next((one.sender for one in shown.values() if one.sender), SENDER)
    return Said(body=RING if kind == Kind.CALL else given.get("body", ""), sender=sender)


def _by_day(one: RightView) -> tuple[bool, date]:
    return one.due_on is None, one.due_on or one.on


def _told(one: RightView) -> tuple[date, date]:
    return one.told_on or date.min, one.on
