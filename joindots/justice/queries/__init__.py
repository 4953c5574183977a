"""The way from report to conviction, as its reader may see it."""

from __future__ import annotations

from joindots.justice.queries.opposed import (
    Opposed,
    ReviewView,
    RoleChangeView,
    SecondAsked,
    Waits,
    opposed_waiting,
    primary_victim,
    seconds_asked,
)

__all__ = [
    "Opposed",
    "ReviewView",
    "RoleChangeView",
    "SecondAsked",
    "Waits",
    "opposed_waiting",
    "primary_victim",
    "seconds_asked",
]
