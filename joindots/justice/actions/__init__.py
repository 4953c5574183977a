"""What is done on the way from report to conviction."""

from __future__ import annotations

from joindots.justice.actions.crimes import Said, follow, record, strike
from joindots.justice.actions.opposed import agree_as_buddy, agree_primary, change_role, say_primary

__all__ = ["Said", "agree_as_buddy", "agree_primary", "change_role", "follow", "record", "say_primary", "strike"]
