"""Words for the helpline's pages: the time of day of a moment, to the minute or the second."""

from __future__ import annotations

from datetime import datetime

from django import template

from joindots.kernel.when import LOCAL

register = template.Library()


@register.filter
def at_clock(value: datetime | None) -> str:
    """`21:14`, in London time; nothing where no moment is known."""
    return f"{value.astimezone(LOCAL):%H:%M}" if value else ""
