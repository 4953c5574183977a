"""What a role in a case may not become by a side way (pure)."""

from __future__ import annotations

from typing import Final

from joindots.kernel.decisions import YES, Decision, no

SECOND_NEEDED: Final = (
    "Somebody whom this would be against is recorded as a victim. Nothing was written down. A second person must "
    "decide first, with reasons: ask on the page Who is the victim."
)
"""The one refusal of an order, a warning or a change of role, the same on every way in; it names no other case."""


def can_be_added(stands_as: str, *, is_victim_here: bool) -> Decision:
    """Whether somebody can be added as this: never the case's own victim as the person reported."""
    if stands_as == "suspect" and is_victim_here:
        return no("second_needed", SECOND_NEEDED)
    return YES
