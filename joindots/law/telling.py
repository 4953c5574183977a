"""Who is protected is told first, by safe contact, before somebody else learns of it; or why not is recorded (pure).

The one rule for orders and crimes alike. Source: project design, from the practice of telling before service and
release; a person decides how, and software only keeps the step from being forgotten.
"""

from __future__ import annotations

from typing import Literal

from joindots.kernel.decisions import YES, Decision, no

Telling = Literal["", "told", "overridden", "known"]
"""Whether the person protected was told first; or it was overridden with a reason; or known only afterwards, from
what somebody told. Empty: nothing is said of it."""


def may_go_on(tell_first: bool, told: Telling) -> Decision:
    """Whether a step can be taken: one that asks for telling first waits until it is said how that stands."""
    if not tell_first or told:
        return YES
    return no(
        "tell_first", "First tell the person protected, by their safe contact. If that cannot be, write down why."
    )


def why_missing(told: Telling) -> str:
    """What is asked for where somebody was not told first; empty where nothing is."""
    return "Write why the person protected could not be told first." if told == "overridden" else ""
