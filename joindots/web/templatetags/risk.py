"""The judgement of risk in a case's header: `{% risk_line head %}`, made for whoever reads the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from joindots.access.actor import Actor
from joindots.risk.queries import levels
from joindots.web.risk.summary import RiskSummary, line_of, summary_of

register = template.Library()
ASKED = levels.permission


@register.simple_tag(takes_context=True)
def risk_line(context: Context, head: Any) -> RiskSummary | None:
    """The newest judgement of each person; None where nobody is signed in, or their role or side sees no risk."""
    actor = _actor(context)
    return line_of(actor, head.circle) if actor and actor.may(ASKED) else None


@register.simple_tag(takes_context=True)
def risk_summary(context: Context, head: Any) -> RiskSummary | None:
    """The same with what was recorded since each."""
    actor = _actor(context)
    return summary_of(actor, head.circle) if actor and actor.may(ASKED) else None


def _actor(context: Context) -> Actor | None:
    made = getattr(context.get("request"), "_actor", None)
    return made if isinstance(made, Actor) else None
