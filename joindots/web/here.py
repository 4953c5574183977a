"""Who else has a page of a case open or writes in it: noted by the frame of every such page, and ended by sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from joindots.access.actor import Actor
from joindots.casework import queries as casework
from joindots.casework.rules.handing import READ, place

WRITES: Final = frozenset({
    "case_change", "case_somebody", "case_share", "case_refer", "close_case", "new_letter", "press",
    "card_change", "code_word", "write_to", "risk_question", "risk_result", "risk_judge", "risk_correct",
    "risk_changed", "order_record", "order_condition", "order_other", "order_known", "order_facts", "orders_ask",
    "order_pack_part", "order_pack_act", "order_pack_new_term", "order_pack_term", "order_pack_sign", "crime_record",
    "primary_reasons", "add_entry", "correct_entry",
})  # fmt: skip
"""Pages that are one form: whoever opens one writes. Elsewhere only who sent something that was refused does."""
READS: Final = frozenset({"timeline", "chronology"})
"""Pages of what happened: a look at them stays noted, so that a desk can say what came since."""
Respond = Callable[[HttpRequest], HttpResponseBase]


def where(request: HttpRequest) -> str:
    """The code of the page that is open, or written in."""
    name = request.resolver_match.url_name if request.resolver_match else None
    if name in READS:
        return READ
    return place(request.path, writes=name in WRITES or request.method == "POST")


class NoLongerHere:
    """What was sent and taken is not being written any more."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        actor = getattr(request, "_actor", None)
        if (
            request.method == "POST" and 300 <= response.status_code < 400 and isinstance(actor, Actor)
            and casework.left_page.may(actor)
        ):  # fmt: skip
            casework.left_page(actor, place(request.path, writes=True))
        return response
