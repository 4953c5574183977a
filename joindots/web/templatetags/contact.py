"""The safe-contact line of a case's head, and the one place of the words for danger."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.people import queries as people
from joindots.people.rules.danger import CALL, SILENT

register = template.Library()


@register.simple_tag
def in_danger() -> str:
    """What to do in danger now: call 999, and what to do if one cannot speak."""
    return f"{gettext(str(CALL))} {gettext(str(SILENT))}"


@register.simple_tag
def if_silent() -> str:
    """What to do if one cannot speak: from a mobile, when prompted; stay on the line."""
    return gettext(str(SILENT))


@register.inclusion_tag("contact/safe_line.html", takes_context=True)
def safe_line(context: dict[str, Any], head: Any) -> dict[str, Any]:
    """How the person is reached, for who is on their side and may know it; nothing for anybody else."""
    actor = getattr(context.get("request"), "_actor", None)
    if head.side != "victim" or not isinstance(actor, Actor) or not actor.may(people.safe_line.permission):
        return {"line": None}
    return {"line": people.safe_line(actor, Ref(head.circle)), "head": head}
