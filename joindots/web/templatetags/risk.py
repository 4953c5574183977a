"""The judgement of risk in a case's header: `{% risk_line head %}`, made for whoever reads the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from joindots.access.actor import Actor
from joindots.risk.queries import levels
from joindots.web.risk.summary import RiskSummary, line_of, with_since

register = template.Library()
ASKED = levels.permission


@register.simple_tag(takes_context=True)
def risk_line(context: Context, head: Any) -> RiskSummary | None:
    """The newest judgement of each person; None where nobody is signed in, or their role or side sees no risk."""
    request = context.get("request")
    actor = getattr(request, "_actor", None)
    if not isinstance(actor, Actor) or not actor.may(ASKED):
        return None
    made: dict[Any, RiskSummary | None] = request.__dict__.setdefault("_risk_lines", {})
    if head.circle not in made:  # header and summary of one page ask the databases once
        made[head.circle] = line_of(actor, head.circle)
    return made[head.circle]


@register.simple_tag(takes_context=True)
def risk_summary(context: Context, head: Any) -> RiskSummary | None:
    """What the header says, with what was recorded since each judgement."""
    line = risk_line(context, head)
    return with_since(context["request"]._actor, head.circle, line) if line else None
