"""Calls that nobody took, as staff enter them or as a phone system's file tells them (pure). Numbers are never read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL

KINDS = {
    "missed": "missed", "no answer": "missed", "noanswer": "missed", "unanswered": "missed", "abandoned": "abandoned",
    "hung up": "abandoned", "dropped": "abandoned",
}  # fmt: skip
MOST = 20_000
A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class One:
    """One call that nobody took: its kind, when it came, how many seconds it waited where that is known."""

    kind: str
    at: datetime
    waited: int | None


def can_note(kind: str, at: datetime, waited: int | None, now: datetime) -> Decision:
    """Whether this can be noted: a known kind, not still to come, and no wait longer than a day."""
    if kind not in ("missed", "abandoned"):
        return no("unanswered_kind", "Say whether it was not answered, or the caller hung up while waiting.")
    if at > now + timedelta(minutes=1) or at.year < 2000:
        return no("unanswered_at", "Enter when the call came: a time that is not still to come.")
    if waited is not None and not 0 <= waited <= A_DAY:
        return no("unanswered_wait", "Enter how many seconds it waited, at most a day, or leave it out.")
    return YES


def read(row: Mapping[Any, Any], now: datetime) -> One | None:
    """One row of a phone system's file; None where it cannot be read for certain. A time without a zone is London's."""
    told = {str(name).strip().casefold(): str(value or "").strip() for name, value in row.items() if name}
    kind = KINDS.get(told.get("outcome", "").casefold().replace("-", " ").replace("_", " "))
    try:
        at = datetime.fromisoformat(told.get("at", ""))
        at = at if at.tzinfo else at.replace(tzinfo=LOCAL)
    except ValueError:
        return None
    wait = told.get("waited", "")
    waited = int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 7 else None
    if kind is None or (wait and waited is None) or not can_note(kind, at, waited, now):
        return None
    return One(kind, at, waited)
