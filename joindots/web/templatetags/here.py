"""Who else has a case open, on every page of it: `{% others_here head %}`."""

from __future__ import annotations

from typing import Any

from django import template

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.middleware import RENEWS
from joindots.casework import queries as casework
from joindots.web.here import where

register = template.Library()
ASKED = casework.looking.permission


@register.inclusion_tag("work/parts/here.html", takes_context=True)
def others_here(context: dict[str, Any], head: Any) -> dict[str, Any]:
    """Others on this page or in this case now; nothing where a page renews itself, for nobody may be there."""
    request = context.get("request")
    actor = getattr(request, "_actor", None)
    if request is None or not isinstance(actor, Actor) or RENEWS in request.headers or not actor.may(ASKED):
        return {"others": ()}
    return {"others": casework.looking(actor, Ref(head.reference), where(request))}
